package folk

import (
	"taizhang/model"
	"taizhang/store/demo/internal/dice"
)

// Admission is one person's way into the party: the days of the twenty-five steps
// (domain.md §3.1) and what stands beside them. Steps after the ledger's last day
// have not happened.
type Admission struct {
	ID       string // of its record, once that is written
	Person   *Villager
	Steps    map[string]model.Date
	Mentors  []*Villager // sponsors too
	Withdrew model.Date
	Extended model.Date // the end of the prolonged probation, "" for none
	Halved   bool       // only half came to the meeting that accepted
}

// Pace says how long one waited between application and the list of activists.
type Pace struct{ Months, Days int }

// NewAdmission lays the steps out from the day of application. The chain keeps
// both editions of the rules: a notice of seven working days, a branch meeting
// within a month of the pre-review, approval within three months, an oath within
// a month.
func NewAdmission(d *dice.Dice, p *Villager, applied model.Date, wait Pace) *Admission {
	a := &Admission{Person: p, Steps: map[string]model.Date{}}
	day := Workday(applied)
	set := func(step string, from model.Date, low, high int) model.Date {
		a.Steps[step] = Workday(from.AddDays(d.Between(low, high)))
		return a.Steps[step]
	}
	set("applied_on", day, 0, 0)
	set("talked_on", day, 9, 24)
	activist := set("activist_on", day.AddMonths(wait.Months), wait.Days, wait.Days+6)
	set("activist_filed_on", activist, 6, 15)
	notice := set("notice_from", activist.AddMonths(12), 5, 9)
	end, _ := model.AfterWorkdays(notice, 7)
	a.Steps["notice_to"] = end
	candidate := set("candidate_on", end, 4, 6)
	set("candidate_filed_on", candidate, 5, 9)
	vetted := set("vetted_on", candidate, 20, 26)
	trained := set("trained_on", vetted, 14, 20)
	committee := set("committee_on", trained, 7, 11)
	reviewed := set("prereviewed_on", committee, 9, 14)
	accepted := set("accepted_on", reviewed, 8, 14)
	set("superior_talk_on", accepted, 10, 18)
	approved := set("approved_on", accepted, 26, 36)
	set("grouped_on", approved, 3, 5)
	set("filed_on", approved, 6, 12)
	set("oath_on", approved, 6, 20)
	ends := accepted.AddYears(1)
	set("asked_on", ends, -12, -5)
	voted := set("confirm_voted_on", ends, 5, 10)
	if voted < ends {
		voted = ends.AddDays(1)
		a.Steps["confirm_voted_on"] = voted
	}
	confirmed := set("confirm_approved_on", voted, 18, 26)
	set("archived_on", confirmed, 10, 20)
	return a
}

// BeforeAcceptance is about how long one has been on the way when the branch
// meeting accepts one, after a wait of five months.
func BeforeAcceptance(accepted model.Date) model.Date { return accepted.AddMonths(-20).AddDays(-2) }

// BeforeCandidate is likewise for the list of candidates.
func BeforeCandidate(candidate model.Date) model.Date {
	return candidate.AddMonths(-17).AddDays(-24)
}

// Stage names the sort of person on a day.
func (a *Admission) Stage(d model.Date) string {
	has := func(step string) bool { return a.Steps[step] <= d }
	switch {
	case a.Withdrew != "" && a.Withdrew <= d, !has("applied_on"):
		return "群众"
	case has("confirm_approved_on"):
		return "正式党员"
	case has("approved_on"):
		return "预备党员"
	case has("candidate_on"):
		return "发展对象"
	case has("activist_on"):
		return "入党积极分子"
	}
	return "入党申请人"
}

// AdmissionSteps are the steps that leave a day, in the order in which they are taken.
var AdmissionSteps = []string{"applied_on", "talked_on", "activist_on", "activist_filed_on", "notice_from", "notice_to", "candidate_on",
	"candidate_filed_on", "vetted_on", "trained_on", "committee_on", "prereviewed_on", "accepted_on", "superior_talk_on", "approved_on",
	"grouped_on", "filed_on", "oath_on", "asked_on", "confirm_voted_on", "confirm_approved_on", "archived_on"}

// LaidOut makes an admission of the steps that were taken.
func LaidOut(steps map[string]model.Date) *Admission {
	a := &Admission{Steps: map[string]model.Date{}}
	for _, step := range AdmissionSteps {
		a.Steps[step] = Never
	}
	for step, on := range steps {
		a.Steps[step] = on
	}
	return a
}

// Shift moves all steps by so many days, back where they are negative.
func (a *Admission) Shift(days int) {
	for step, on := range a.Steps {
		a.Steps[step] = on.AddDays(days)
	}
}

// Stop takes the steps from one on back: they have not been taken.
func (a *Admission) Stop(from string) {
	passed := false
	for _, step := range AdmissionSteps {
		passed = passed || step == from
		if passed {
			a.Steps[step] = Never
		}
	}
}

// Never is the day of a step that was not taken.
const Never = model.Date("2099-12-31")

// ShiftTo moves all steps so that the approval falls near a day and within
// two others; those before are kept on working days.
func (a *Admission) ShiftTo(approved, from, to model.Date) {
	days := a.Steps["approved_on"].DaysUntil(approved)
	weeks := days / 7 * 7 // weekdays stay what they are
	for step, on := range a.Steps {
		a.Steps[step] = on.AddDays(weeks)
	}
	for a.Steps["approved_on"] < from {
		for step, on := range a.Steps {
			a.Steps[step] = on.AddDays(7)
		}
	}
	for a.Steps["approved_on"] > to {
		for step, on := range a.Steps {
			a.Steps[step] = on.AddDays(-7)
		}
	}
	// The year of probation is counted anew, since the days have moved.
	ends := a.Steps["accepted_on"].AddYears(1)
	late := 0
	if a.Steps["confirm_voted_on"] < ends {
		late = a.Steps["confirm_voted_on"].DaysUntil(ends) + 1
	}
	for _, step := range []string{"confirm_voted_on", "confirm_approved_on", "archived_on"} {
		a.Steps[step] = a.Steps[step].AddDays(late)
	}
}
