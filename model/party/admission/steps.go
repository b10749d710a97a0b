// Package admission knows the twenty-five steps of 发展党员: their order and limits by the
// edition in force (domain.md §3), their votes, and what follows from them.
package admission

import (
	"fmt"
	"strings"

	"taizhang/model"
)

// AdmissionStep is one of the twenty-five steps of admitting a member (domain.md
// §3.1). Steps 6 and 21 are observation records and have no field here.
type AdmissionStep struct {
	No    int
	Name  string
	Field string // of kind admission, "" for 6 and 21
	// term gives the earliest and the latest day of the step, "" for none.
	term func(p *model.Packs, r *model.Record) (earliest, latest model.Date)
}

// AdmissionSteps gives the steps in their order.
func AdmissionSteps() []AdmissionStep { return admissionSteps }

var admissionSteps = []AdmissionStep{
	{No: 1, Name: "递交入党申请书", Field: "applied_on"},
	{No: 2, Name: "派人谈话", Field: "talked_on", term: within("applied_on", "admission.talk.months")},
	{No: 3, Name: "确定积极分子", Field: "activist_on", term: notBefore("talked_on")},
	{No: 4, Name: "上级备案", Field: "activist_filed_on", term: notBefore("activist_on")},
	{No: 5, Name: "指定培养联系人", Field: "mentors", term: notBefore("activist_on")},
	{No: 6, Name: "培养教育考察"},
	{No: 7, Name: "确定发展对象", Field: "candidate_on", term: candidateTerm},
	{No: 8, Name: "上级备案或同意", Field: "candidate_filed_on", term: notBefore("candidate_on")},
	{No: 9, Name: "确定入党介绍人", Field: "sponsors", term: notBefore("candidate_on")},
	{No: 10, Name: "政治审查", Field: "vetted_on", term: notBefore("candidate_on")},
	{No: 11, Name: "集中培训", Field: "trained_on", term: notBefore("candidate_on")},
	{No: 12, Name: "支委会审查", Field: "committee_on", term: notBefore("trained_on")},
	{No: 13, Name: "上级预审", Field: "prereviewed_on", term: notBefore("committee_on")},
	{No: 14, Name: "填写入党志愿书", Field: "form_no", term: notBefore("prereviewed_on")},
	{No: 15, Name: "支部大会讨论", Field: "accepted_on", term: within("prereviewed_on", "admission.meeting.months")},
	{No: 16, Name: "上级派人谈话", Field: "superior_talk_on", term: notBefore("accepted_on")},
	{No: 17, Name: "上级党委审批", Field: "approved_on", term: within("accepted_on", "admission.approve.months")},
	{No: 18, Name: "组织部门备案", Field: "filed_on", term: notBefore("approved_on")},
	{No: 19, Name: "编入党小组", Field: "grouped_on", term: notBefore("approved_on")},
	{No: 20, Name: "入党宣誓", Field: "oath_on", term: within("approved_on", "admission.oath.months")},
	{No: 21, Name: "继续教育考察"},
	{No: 22, Name: "提出转正申请", Field: "asked_on", term: askTerm},
	{No: 23, Name: "支部大会讨论转正", Field: "confirm_voted_on", term: discussTerm},
	{No: 24, Name: "上级党委审批转正", Field: "confirm_approved_on", term: within("confirm_voted_on", "admission.confirm.months")},
	{No: 25, Name: "材料归档", Field: "archived_on", term: within("confirm_approved_on", "admission.archive.months")},
}

// Term gives the step's earliest and latest day by the edition in force when the period
// before it began; "" where there is none.
func (s AdmissionStep) Term(p *model.Packs, r *model.Record) (earliest, latest model.Date) {
	if s.term == nil {
		return "", ""
	}
	return s.term(p, r)
}

func notBefore(field string) func(*model.Packs, *model.Record) (model.Date, model.Date) {
	return func(_ *model.Packs, r *model.Record) (model.Date, model.Date) { return r.Date(field), "" }
}

// within is a term of so many calendar months from the day of another step; a
// limit of 0 asks for none.
func within(field, limit string) func(*model.Packs, *model.Record) (model.Date, model.Date) {
	return func(p *model.Packs, r *model.Record) (model.Date, model.Date) {
		from := r.Date(field)
		n := p.Limit(limit, from).Int()
		if from == "" || n == 0 {
			return from, ""
		}
		return from, from.AddMonths(n)
	}
}

// candidateTerm: a year as an activist, and where the edition asks for it a notice
// of so many working days.
func candidateTerm(p *model.Packs, r *model.Record) (earliest, latest model.Date) {
	if d := r.Date("activist_on"); d != "" {
		earliest = d.AddMonths(p.Limit("admission.activist.months", d).Int())
	}
	step := r.Date("candidate_on")
	if step == "" {
		step = r.Date("notice_from")
	}
	if n := p.Limit("admission.notice.workdays", step).Int(); n > 0 && r.Filled("notice_from") {
		last, _ := model.AfterWorkdays(r.Date("notice_from"), n)
		earliest = max(earliest, last.AddDays(1))
	}
	return earliest, ""
}

// AdmissionProbationEnd gives the day on which the probation of an admission ends:
// a year after the branch meeting, or the end of its extension. "" before step 15.
func AdmissionProbationEnd(p *model.Packs, r *model.Record) model.Date {
	accepted := r.Date("accepted_on")
	if accepted == "" {
		return ""
	}
	end := accepted.AddMonths(p.Limit("admission.probation.months", accepted).Int())
	return max(end, r.Date("extended_to"))
}

func askTerm(p *model.Packs, r *model.Record) (earliest, latest model.Date) {
	end := AdmissionProbationEnd(p, r)
	return end.AddDays(-p.Limit("admission.ask.days", end).Int()), end
}

func discussTerm(p *model.Packs, r *model.Record) (earliest, latest model.Date) {
	end := AdmissionProbationEnd(p, r)
	return end, end.AddMonths(p.Limit("admission.discuss.months", end).Int())
}

// Progress is where an admission stands.
type Progress struct {
	Next             *AdmissionStep // nil when all is done or it has ended
	Earliest, Latest model.Date     // of the next step; "" for none
	Missing          []AdmissionStep
}

// AdmissionProgress gives the next step with its term, and the steps that were
// left out before the last one taken.
func AdmissionProgress(p *model.Packs, r *model.Record) Progress {
	var g Progress
	last := -1
	for i, s := range admissionSteps {
		if s.Field != "" && r.Filled(s.Field) {
			last = i
		}
	}
	for i, s := range admissionSteps {
		if s.Field == "" || r.Filled(s.Field) {
			continue
		}
		if i < last {
			g.Missing = append(g.Missing, s)
		} else if g.Next == nil && !r.Filled("ended_on") && !r.Is("confirm_result", "取消资格") {
			g.Next = &admissionSteps[i]
			g.Earliest, g.Latest = s.Term(p, r)
		}
	}
	return g
}

// Text says the next step and its term in a few words: 7 确定发展对象(2026-05-01 起).
func (g Progress) Text() string {
	if g.Next == nil {
		return ""
	}
	text := fmt.Sprintf("%d %s", g.Next.No, g.Next.Name)
	switch {
	case g.Earliest != "" && g.Latest != "":
		text += fmt.Sprintf("(%s 至 %s)", g.Earliest, g.Latest)
	case g.Earliest != "":
		text += fmt.Sprintf("(%s 起)", g.Earliest)
	}
	return text
}

// MissingText lists the steps that were left out: 4 上级备案、8 上级备案或同意.
func (g Progress) MissingText() string {
	names := make([]string, len(g.Missing))
	for i, s := range g.Missing {
		names[i] = fmt.Sprintf("%d %s", s.No, s.Name)
	}
	return strings.Join(names, "、")
}
