package demo

import (
	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// faultyAdmissions lays out those on whose way a term was missed.
func (v *village) faultyAdmissions(d *dice.Dice) {
	f, usual := v.faulty, folk.Pace{Months: 5}
	plan := func(a *folk.Admission) *folk.Admission {
		v.admissions = append(v.admissions, a)
		return a
	}
	f.eleven = plan(folk.NewAdmission(d, v.applicant(), v.span.asOf.AddMonths(-17).AddDays(-16), usual))
	candidate := f.eleven.Steps["activist_on"].AddMonths(11)
	f.eleven.Stop("candidate_on")
	f.eleven.Steps["candidate_on"] = candidate
	f.eleven.Steps["notice_from"], f.eleven.Steps["notice_to"] = candidate.AddDays(-16), candidate.AddDays(-4)
	f.halved = folk.NewAdmission(d, v.applicant(), folk.BeforeAcceptance(v.span.asOf.AddDays(-45)), usual)
	f.halved.Shift(f.halved.Steps["accepted_on"].DaysUntil(v.span.asOf.AddDays(-45)))
	f.halved.Stop("superior_talk_on")
	f.halved.Halved = true
	plan(f.halved)
	f.young = folk.NewAdmission(d, v.applicant(), v.span.asOf.AddDays(-47), folk.Pace{Months: 8})
	f.youngBirth = v.span.asOf.AddYears(-17).AddDays(-100)
	f.youngID = f.crowd.IDs.Next(f.youngBirth, f.young.Person.Sex)
	plan(f.young)
	for _, a := range v.revisedAdmissions() {
		plan(a)
	}
	f.lateApproval, f.longer, f.lapsed = v.admissions[0], v.admissions[1], v.admissions[2]
}

// revisedAdmissions fall under the rules of May 2026: a notice of four working days
// around National Day, and one who was hurried through, but for a branch meeting
// five weeks after the pre-review.
func (v *village) revisedAdmissions() []*folk.Admission {
	f := v.faulty
	f.notice = folk.LaidOut(map[string]model.Date{
		"applied_on": "2026-05-12", "talked_on": "2026-05-25", "activist_on": "2026-06-15", "activist_filed_on": "2026-06-24",
		"notice_from": "2026-09-29", "notice_to": "2026-10-09"})
	f.late = folk.LaidOut(map[string]model.Date{
		"applied_on": "2026-05-12", "talked_on": "2026-05-20", "activist_on": "2026-05-27", "activist_filed_on": "2026-06-03",
		"notice_from": "2026-06-05", "notice_to": "2026-06-12", "candidate_on": "2026-06-15", "candidate_filed_on": "2026-06-22",
		"vetted_on": "2026-07-06", "trained_on": "2026-07-17", "committee_on": "2026-07-24", "prereviewed_on": "2026-08-03",
		"accepted_on": "2026-09-07", "superior_talk_on": "2026-09-21"})
	f.notice.Person, f.late.Person = v.applicant(), v.applicant()
	return []*folk.Admission{f.notice, f.late}
}

// delayed changes the ways of those who are confirmed in the year: the first was
// approved after six months and a half, the probation of the second was prolonged
// by five months, that of the third was over 45 days ago and nobody met about it.
func (v *village) delayed(i int, a *folk.Admission) {
	switch i {
	case 0:
		late := a.Steps["approved_on"].DaysUntil(a.Steps["accepted_on"].AddMonths(6).AddDays(15))
		for _, step := range []string{"approved_on", "grouped_on", "filed_on", "oath_on"} {
			a.Steps[step] = a.Steps[step].AddDays(late)
		}
	case 1:
		a.Extended = a.Steps["accepted_on"].AddMonths(17)
		a.Steps["asked_on"] = a.Extended.AddDays(-9)
		a.Steps["confirm_voted_on"] = folk.Workday(a.Extended.AddDays(6))
		a.Steps["confirm_approved_on"] = folk.Workday(a.Steps["confirm_voted_on"].AddDays(21))
		a.Steps["archived_on"] = folk.Workday(a.Steps["confirm_approved_on"].AddDays(14))
	case 2:
		a.Shift(a.Steps["accepted_on"].DaysUntil(v.span.asOf.AddDays(-45).AddYears(-1)))
		a.Stop("confirm_voted_on")
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
