package admission

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// Due are the reminders R-DEV-01 to R-DEV-14 of domain.md §3.2. Each step has its term
// from admissionSteps, by the edition in force when the period before it began.
var Due = []model.DueItem{
	stepDue("R-DEV-01", 2, "收到入党申请书后一个月内要派人谈话", "%d 名申请人还没有派人谈话", "admission.talk.months", "applied_on", "activist_on", Source),
	{Code: "R-DEV-02", Text: "积极分子和预备党员每半年考察一次", Line: "%d 人到了半年考察的时候", Source: Source,
		Limits: []string{"admission.observe.months", "due.days"}, Find: dueObservations},
	{Code: "R-DEV-03", Text: "确定为积极分子满一年,可以研究确定为发展对象", Line: "%d 名积极分子培养已满一年", Source: Source,
		Limits: []string{"admission.activist.months"}, Find: dueCandidates},
	{Code: "R-DEV-04", Text: "发展对象的公示期满,才能开会确定", Line: "%d 名发展对象正在公示或公示期满", Source: Source,
		Limits: []string{"admission.notice.workdays"}, Find: dueNotices},
	{Code: "R-DEV-05", Text: "上级预审以前要完成集中培训", Line: "%d 名发展对象还没有完成集中培训", Source: Source,
		Limits: []string{"admission.training.days", "admission.training.hours"}, Find: dueTraining},
	stepDue("R-DEV-06", 15, "上级预审通过后一个月内要开支部大会讨论(2026 年细则)", "%d 人预审通过后还没有开支部大会", "admission.meeting.months", "prereviewed_on", "accepted_on", Source),
	{Code: "R-DEV-07", Text: "支部大会通过后三个月内要报上级党委审批,最长不超过六个月", Line: "%d 人支部大会通过后还没有审批", Source: Source,
		Limits: []string{"admission.approve.months", "admission.approve.longest", "due.days"}, Find: dueApprovals},
	stepDue("R-DEV-08", 20, "审批后一个月内要进行入党宣誓(2026 年细则)", "%d 名预备党员还没有入党宣誓", "admission.oath.months", "approved_on", "confirm_approved_on", Source),
	{Code: "R-DEV-09", Text: "预备期满前一个月,提醒本人写转正申请", Line: "%d 名预备党员预备期将满", Source: Source,
		Limits: []string{"admission.probation.months", "admission.ask.days"}, Find: dueProbationEnds},
	{Code: "R-DEV-10", Text: "预备期满要及时开支部大会讨论转正,转入的预备党员可以推迟六个月", Line: "%d 名预备党员预备期已满,要讨论转正", Source: Source,
		Limits: []string{"admission.probation.months", "admission.discuss.months", "admission.moved.months"}, Find: dueDiscussions},
	stepDue("R-DEV-11", 24, "讨论转正后三个月内要报上级党委审批", "%d 人讨论转正后还没有审批", "admission.confirm.months", "confirm_voted_on", "", Source),
	{Code: "R-DEV-12", Text: "延长的预备期满,要再次讨论转正", Line: "%d 名预备党员延长的预备期将满或已满", Source: Source,
		Limits: []string{"admission.ask.days", "admission.discuss.months", "admission.moved.months"}, Find: dueExtensions},
	stepDue("R-DEV-13", 25, "转正审批后一个月内材料要归档", "%d 人的发展党员材料还没有归档", "admission.archive.months", "confirm_approved_on", "", model.SourcePractice),
	{Code: "R-DEV-14", Text: "政治审查满一年还没有开支部大会的,要重新审查", Line: "%d 人的政治审查将满或已满一年", Source: model.SourcePractice,
		Limits: []string{"admission.vetting.months", "due.days"}, Find: dueVetting},
}

// admissions gives those that go on: not ended, not archived, of a person who has
// not left.
func admissions(x *model.DueExam) []*model.Record {
	var open []*model.Record
	for _, r := range x.Find("admission", model.Where("ended_on", model.Empty), model.Where("archived_on", model.Empty)) {
		p := membership.Person(x, r.Str("person"))
		cancelled := r.Is("confirm_result", "取消资格") && r.Filled("confirm_approved_on")
		if !cancelled && (p == nil || !membership.HasLeft(p)) {
			open = append(open, r)
		}
	}
	return open
}

// of gives the limit of the edition in force on the day of a field of the admission, or
// on the day looked at while that is empty.
func of(x *model.DueExam, r *model.Record, name, field string) model.Limit {
	if day := r.Date(field); day != "" {
		return x.Packs.Limit(name, day)
	}
	return x.Limit(name)
}

// stepDue makes the reminder of a step with a last day, counted from the step begun.
// Once the step passed is filled the reminder comes too late and is a matter of the
// rules.
func stepDue(code string, no int, text, line, limit, begun, passed, source string) model.DueItem {
	return model.DueItem{Code: code, Text: text, Line: line, Source: source, Limits: []string{limit, "due.days"},
		Find: func(x *model.DueExam) {
			step := admissionSteps[no-1]
			for _, r := range admissions(x) {
				if r.Filled(step.Field) || passed != "" && r.Filled(passed) {
					continue
				}
				if no == 25 && r.Is("confirm_result", "延长预备期") {
					continue // the file is closed when probation is over
				}
				if _, latest := step.Term(x.Packs, r); latest != "" {
					x.Until(of(x, r, limit, begun), r, latest, x.Limit("due.days").Int(), "%s,最迟 %s;办好后请填“%s”的日期", step.Name, latest, step.Name)
				}
			}
		}}
}

func dueObservations(x *model.DueExam) {
	last := map[string]model.Date{}
	for _, o := range x.Find("observation", model.Where("held_on", model.Le, string(x.Today))) {
		id := o.Str("admission")
		last[id] = max(last[id], o.Date("held_on"))
	}
	for _, r := range admissions(x) {
		from, whom := r.Date("activist_on"), "积极分子"
		if r.Filled("accepted_on") {
			from, whom = r.Date("accepted_on"), "预备党员"
		}
		done := r.Filled("confirm_voted_on") && !r.Is("confirm_result", "延长预备期")
		if from == "" || done {
			continue
		}
		since := max(from, last[r.ID])
		if last[r.ID] == "" { // what was before the book began stands on paper
			since = max(since, membership.Opened(x))
		}
		l := x.Packs.Limit("admission.observe.months", since)
		by := since.AddMonths(l.Int())
		x.Until(l, r, by, x.Limit("due.days").Int(), "%s每半年考察一次,这一次最迟 %s;考察后请登记考察意见", whom, by)
	}
}

func dueCandidates(x *model.DueExam) {
	for _, r := range admissions(x) {
		l := of(x, r, "admission.activist.months", "activist_on")
		day := r.Date("activist_on").AddMonths(l.Int())
		if day != "" && !r.Filled("candidate_on") && !r.Filled("notice_from") && x.Today >= day {
			x.AddOf(l, r, day, model.ForInformation, "确定为积极分子到 %s 已满一年,可以研究确定为发展对象", day)
		}
	}
}

func dueNotices(x *model.DueExam) {
	for _, r := range admissions(x) {
		l := of(x, r, "admission.notice.workdays", "candidate_on")
		from := r.Date("notice_from")
		if from == "" || l.Int() == 0 || r.Filled("candidate_on") || x.Today < from {
			continue
		}
		last, provisional := model.AfterWorkdays(from, l.Int())
		mark := ""
		if provisional {
			mark = "," + model.ProvisionalWorkdays
		}
		if x.Today <= last {
			x.AddOf(l, r, last, model.ForInformation, "公示到 %s(%d 个工作日%s),期满以前不能确定为发展对象", last, l.Int(), mark)
		} else {
			x.AddOf(l, r, last, model.Soon, "公示已在 %s 期满(%d 个工作日%s),没有异议的请开会确定为发展对象", last, l.Int(), mark)
		}
	}
}

func dueTraining(x *model.DueExam) {
	for _, r := range admissions(x) {
		days, hours := of(x, r, "admission.training.days", "trained_on"), of(x, r, "admission.training.hours", "trained_on")
		enough := r.Filled("trained_on") && (r.Int("training_days") >= days.Value || r.Int("training_hours") >= hours.Value)
		if r.Filled("committee_on") && !r.Filled("prereviewed_on") && !r.Filled("accepted_on") && !enough {
			x.AddOf(days, r, "", model.Soon, "集中培训要有 %d 天或 %d 个学时,上级预审以前请补齐并登记", days.Int(), hours.Int())
		}
	}
}

func dueApprovals(x *model.DueExam) {
	for _, r := range admissions(x) {
		voted := r.Date("accepted_on")
		if voted == "" || r.Filled("approved_on") {
			continue
		}
		l, longest := of(x, r, "admission.approve.months", "accepted_on"), of(x, r, "admission.approve.longest", "accepted_on")
		by, end := voted.AddMonths(l.Int()), voted.AddMonths(longest.Int())
		if x.Today > end {
			x.AddOf(longest, r, end, model.Overdue, "支部大会(%s)通过已超过 %d 个月没有审批,要重新提交支部大会讨论", voted, longest.Int())
			continue
		}
		x.Until(l, r, by, x.Limit("due.days").Int(), "支部大会(%s)通过后,上级党委最迟 %s 审批(特殊情况最长到 %s),请催办", voted, by, end)
	}
}

// onProbation calls with the admissions whose confirmation has not been discussed
// and the day on which their probation ends.
func onProbation(x *model.DueExam, with func(r *model.Record, end model.Date)) {
	for _, r := range admissions(x) {
		if r.Filled("approved_on") && !r.Filled("confirm_voted_on") {
			with(r, AdmissionProbationEnd(x.Packs, r))
		}
	}
}

func dueProbationEnds(x *model.DueExam) {
	onProbation(x, func(r *model.Record, end model.Date) {
		l := x.Packs.Limit("admission.ask.days", end)
		if x.Today < end.AddDays(-l.Int()) || x.Today >= end {
			return
		}
		if r.Filled("asked_on") {
			x.AddOf(l, r, end, model.ForInformation, "预备期到 %s 满,已写转正申请,请准备开支部大会讨论", end)
		} else {
			x.AddOf(l, r, end, model.ForInformation, "预备期到 %s 满,请提醒本人写转正申请", end)
		}
	})
}

func dueDiscussions(x *model.DueExam) {
	onProbation(x, func(r *model.Record, end model.Date) { discuss(x, r, end, "预备期") })
}

func dueExtensions(x *model.DueExam) {
	for _, r := range admissions(x) {
		end := r.Date("extended_to")
		if end == "" || !r.Is("confirm_result", "延长预备期") {
			continue
		}
		l := x.Packs.Limit("admission.ask.days", end)
		switch {
		case x.Today >= end:
			discuss(x, r, end, "延长的预备期")
		case x.Today >= end.AddDays(-l.Int()):
			x.AddOf(l, r, end, model.ForInformation, "延长的预备期到 %s 满,请提醒本人写转正申请", end)
		}
	}
}

// discuss reports a probation that is over: soon until a month after its end, and of
// one who moved in meanwhile until half a year after it.
func discuss(x *model.DueExam, r *model.Record, end model.Date, what string) {
	l := DiscussLimit(x, r.Str("person"), r.Date("accepted_on"), end)
	if x.Today < end {
		return
	}
	urgency := model.Soon
	if x.Today > end.AddMonths(l.Int()) {
		urgency = model.Overdue
	}
	x.AddOf(l, r, end.AddMonths(l.Int()), urgency, "%s已在 %s 满,请及时开支部大会讨论转正,最迟 %s", what, end, end.AddMonths(l.Int()))
}

// DiscussLimit gives by when the confirmation of a probationary member has to be
// discussed: a branch to which they moved on probation may put it off.
func DiscussLimit(x *model.DueExam, person string, joined, end model.Date) model.Limit {
	if e := membership.Entry(x, person); e != nil && e.Is("kind", "转入") && e.Date("happened_on") >= joined {
		return x.Packs.Limit("admission.moved.months", end)
	}
	return x.Packs.Limit("admission.discuss.months", end)
}

func dueVetting(x *model.DueExam) {
	for _, r := range admissions(x) {
		l := of(x, r, "admission.vetting.months", "vetted_on")
		if l.Int() == 0 || !r.Filled("vetted_on") || r.Filled("accepted_on") {
			continue
		}
		by := r.Date("vetted_on").AddMonths(l.Int())
		x.Until(l, r, by, x.Limit("due.days").Int(), "政治审查(%s)到 %s 满一年,开支部大会以前请重新审查", r.Date("vetted_on"), by)
	}
}
