package demo

import "taizhang/model"

// laidOut makes an admission of the steps that were taken.
func laidOut(steps map[string]model.Date) *admission {
	a := &admission{steps: map[string]model.Date{}}
	for _, step := range admissionSteps {
		a.steps[step] = never
	}
	for step, on := range steps {
		a.steps[step] = on
	}
	return a
}

// shift moves all steps by so many days.
func (a *admission) shift(days int) {
	for step, on := range a.steps {
		a.steps[step] = on.AddDays(days)
	}
}

// stop takes the steps from one on back: they have not been taken.
func (a *admission) stop(from string) {
	passed := false
	for _, step := range admissionSteps {
		passed = passed || step == from
		if passed {
			a.steps[step] = never
		}
	}
}

// faultyAdmissions lays out those on whose way a term was missed.
func (v *village) faultyAdmissions(d *dice) {
	f, usual := v.faulty, pace{5, 0}
	plan := func(a *admission) *admission {
		v.admissions = append(v.admissions, a)
		return a
	}
	f.eleven = plan(newAdmission(d, v.applicant(), v.span.asOf.AddMonths(-17).AddDays(-16), usual))
	candidate := f.eleven.steps["activist_on"].AddMonths(11)
	f.eleven.stop("candidate_on")
	f.eleven.steps["candidate_on"] = candidate
	f.eleven.steps["notice_from"], f.eleven.steps["notice_to"] = candidate.AddDays(-16), candidate.AddDays(-4)
	f.halved = newAdmission(d, v.applicant(), beforeAcceptance(v.span.asOf.AddDays(-45)), usual)
	f.halved.shift(f.halved.steps["accepted_on"].DaysUntil(v.span.asOf.AddDays(-45)))
	f.halved.stop("superior_talk_on")
	f.halved.halved = true
	plan(f.halved)
	f.young = newAdmission(d, v.applicant(), v.span.asOf.AddDays(-47), pace{8, 0})
	f.youngBirth = v.span.asOf.AddYears(-17).AddDays(-100)
	f.youngID = f.crowd.ids.next(f.youngBirth, f.young.person.Sex)
	plan(f.young)
	for _, a := range v.revisedAdmissions() {
		plan(a)
	}
	f.lateApproval, f.longer, f.lapsed = v.admissions[0], v.admissions[1], v.admissions[2]
}

// revisedAdmissions fall under the rules of May 2026: a notice of four working days
// around National Day, and one who was hurried through, but for a branch meeting
// five weeks after the pre-review.
func (v *village) revisedAdmissions() []*admission {
	f := v.faulty
	f.notice = laidOut(map[string]model.Date{
		"applied_on": "2026-05-12", "talked_on": "2026-05-25", "activist_on": "2026-06-15", "activist_filed_on": "2026-06-24",
		"notice_from": "2026-09-29", "notice_to": "2026-10-09"})
	f.late = laidOut(map[string]model.Date{
		"applied_on": "2026-05-12", "talked_on": "2026-05-20", "activist_on": "2026-05-27", "activist_filed_on": "2026-06-03",
		"notice_from": "2026-06-05", "notice_to": "2026-06-12", "candidate_on": "2026-06-15", "candidate_filed_on": "2026-06-22",
		"vetted_on": "2026-07-06", "trained_on": "2026-07-17", "committee_on": "2026-07-24", "prereviewed_on": "2026-08-03",
		"accepted_on": "2026-09-07", "superior_talk_on": "2026-09-21"})
	f.notice.person, f.late.person = v.applicant(), v.applicant()
	return []*admission{f.notice, f.late}
}

// delayed changes the ways of those who are confirmed in the year: the first was
// approved after six months and a half, the probation of the second was prolonged
// by five months, that of the third was over 45 days ago and nobody met about it.
func (v *village) delayed(i int, a *admission) {
	switch i {
	case 0:
		late := a.steps["approved_on"].DaysUntil(a.steps["accepted_on"].AddMonths(6).AddDays(15))
		for _, step := range []string{"approved_on", "grouped_on", "filed_on", "oath_on"} {
			a.steps[step] = a.steps[step].AddDays(late)
		}
	case 1:
		a.extended = a.steps["accepted_on"].AddMonths(17)
		a.steps["asked_on"] = a.extended.AddDays(-9)
		a.steps["confirm_voted_on"] = workday(a.extended.AddDays(6))
		a.steps["confirm_approved_on"] = workday(a.steps["confirm_voted_on"].AddDays(21))
		a.steps["archived_on"] = workday(a.steps["confirm_approved_on"].AddDays(14))
	case 2:
		a.shift(a.steps["accepted_on"].DaysUntil(v.span.asOf.AddDays(-45).AddYears(-1)))
		a.stop("confirm_voted_on")
	}
}

// acceptedNear is the day near which the branch meeting accepted those confirmed in
// the year.
func (v *village) acceptedNear(i int) model.Date {
	opening := v.span.opening()
	if v.faulty == nil {
		return opening.AddMonths(-10 + 4*i)
	}
	return []model.Date{opening.AddMonths(-10), opening.AddMonths(-8), v.span.asOf.AddDays(-45).AddYears(-1)}[i]
}
