package admission

import (
	"strings"

	"taizhang/model"
)

// Source is the regulation on admitting members, the year of its edition apart.
const Source = "《中国共产党发展党员工作细则》"

// Rules are those of domain.md §3.1 to §3.3, each step by the edition in force on its
// own day. An order that can't be is an error; a term missed is a warning, since the
// past can't be made anew.
var Rules = []model.Rule{
	{Code: "E-AGE-01", Severity: model.Fault, Field: "applied_on", Text: "递交入党申请书时要年满 18 周岁",
		Source: "《中国共产党章程》第一条、" + Source + "第五条", Limits: []string{"admission.age"}, Check: checkApplicantAge},
	{Code: "E-DEV-ORDER", Severity: model.Fault, Field: "applied_on", Text: "发展党员的步骤按 1、2、3、7、13、15、17、23、24 的顺序,宣誓在支部大会通过以后",
		Source: Source, Check: func(x *model.Exam) {
			for _, chain := range admissionOrder {
				x.Chain(chain)
			}
		}},
	{Code: "W-DEV-STEPS", Field: "applied_on", Text: "备案、政审、审查、谈话等步骤与前后步骤的顺序相符", Source: Source,
		Check: func(x *model.Exam) {
			for _, chain := range admissionMinorOrder {
				x.Chain(chain)
			}
		}},
	{Code: "W-DEV-TALK", Field: "talked_on", Text: "收到申请后一个月内派人谈话", Source: Source + "第七条",
		Limits: []string{"admission.talk.months"}, Check: notLater("talked_on", "applied_on", "admission.talk.months", "派人谈话")},
	{Code: "W-DEV-MENTORS", Field: "mentors", Text: "积极分子有一至两名正式党员作培养联系人", Source: Source + "第九条",
		Limits: []string{"admission.mentors.min", "admission.mentors.max"}, Check: checkMentors},
	{Code: "E-DEV-12M", Field: "candidate_on", Text: "确定为积极分子满一年以后才能确定为发展对象", Source: Source + "第十三条",
		Limits: []string{"admission.activist.months"}, Check: checkActivistYear},
	{Code: "E-DEV-NOTICE", Field: "notice_to", Text: "确定发展对象以前公示不少于五个工作日(2026 年起)", Source: Source + "第十三条",
		Limits: []string{"admission.notice.workdays"}, Check: checkCandidateNotice},
	{Code: "W-DEV-SPONSORS", Field: "sponsors", Text: "有两名正式党员作入党介绍人,不能是本人,也不能是受留党察看处分或权利还没有恢复的党员", Source: Source + "第十四条",
		Limits: []string{"admission.sponsors"}, Check: checkSponsors},
	{Code: "W-DEV-VETTING", Field: "vetted", Text: "政治审查合格才能接收", Source: Source + "第十六条", Check: checkVetting},
	{Code: "W-DEV-VETTED-OLD", Field: "vetted_on", Text: "支部大会讨论时政治审查在有效期内", Source: model.SourcePractice,
		Limits: []string{"admission.vetting.months"}, Check: checkVettingAge},
	{Code: "W-DEV-TRAINING", Field: "trained_on", Text: "上级预审以前集中培训不少于 3 天或 24 学时", Source: Source + "第十七条",
		Limits: []string{"admission.training.days", "admission.training.hours"}, Check: checkTraining},
	{Code: "W-DEV-MTG1M", Field: "accepted_on", Text: "预审通过后一个月内开支部大会(2026 年起)", Source: Source + "第十九条",
		Limits: []string{"admission.meeting.months"}, Check: notLater("accepted_on", "prereviewed_on", "admission.meeting.months", "支部大会")},
	{Code: "W-DEV-VOTES", Field: "votes_due", Text: "支部大会讨论接收、转正要记应到、实到和赞成人数", Source: Source, Check: checkVotesGiven},
	{Code: "E-VOTE-HALF", Field: "votes_present", Text: "到会和赞成的正式党员都超过应到的半数才能通过", Source: Source,
		Limits: []string{"admission.quorum", "admission.majority"}, Check: checkAdmissionVotes},
	{Code: "W-DEV-3M", Field: "approved_on", Text: "支部大会通过后三个月内审批", Source: Source,
		Limits: []string{"admission.approve.months"}, Check: checkApproval},
	{Code: "E-DEV-6M", Field: "approved_on", Text: "审批最长不超过六个月,超过的重新开支部大会", Source: Source,
		Limits: []string{"admission.approve.longest"}, Check: notLater("approved_on", "accepted_on", "admission.approve.longest", "党委审批(超过的要重新开支部大会讨论)")},
	{Code: "W-OATH", Field: "oath_on", Text: "审批后一个月内入党宣誓(2026 年起)", Source: Source + "第二十九条",
		Limits: []string{"admission.oath.months"}, Check: notLater("oath_on", "approved_on", "admission.oath.months", "入党宣誓")},
	{Code: "W-DEV-PROBATION", Field: "confirm_voted_on", Text: "预备期(或延长的预备期)满了以后才讨论转正", Source: Source,
		Limits: []string{"admission.probation.months"}, Check: checkDiscussion},
	{Code: "W-DEV-EXTEND", Field: "extended_to", Text: "预备期只延长一次,半年以上、一年以内", Source: Source,
		Limits: []string{"admission.extend.min", "admission.extend.max"}, Check: checkExtension},
	{Code: "W-DEV-CONFIRM3M", Field: "confirm_approved_on", Text: "讨论转正后三个月内审批", Source: Source,
		Limits: []string{"admission.confirm.months"}, Check: notLater("confirm_approved_on", "confirm_voted_on", "admission.confirm.months", "转正审批")},
	{Code: "W-VOTE-ROLL", Field: "votes_due", Text: "应到人数不多于名册上有表决权的正式党员", Source: Source,
		Limits: []string{"vote.roll.months"}, Check: checkVotersOnRoll},
	{Code: "W-DEV-LEAVING", Field: "accepted_on", Text: "三个月内要离开的,一般不办理接收预备党员的手续", Source: Source + "第十九条",
		Limits: []string{"admission.leaving.months"}, Check: checkLeaving},
	{Code: "W-STS-REENTRY", Field: "accepted_on", Text: "出党以后五年内不得重新入党", Source: "《中国共产党纪律处分条例》第十三条、《中国共产党不合格党员组织处置办法》(2024)",
		Limits: []string{"reentry.years", "reentry.expelled.years"}, Check: checkReadmitted},
}

// admissionOrder is the order of domain.md §3.3.
var admissionOrder = [][]string{
	{"applied_on", "talked_on", "activist_on", "candidate_on", "prereviewed_on", "accepted_on", "approved_on", "confirm_voted_on", "confirm_approved_on"},
	{"accepted_on", "oath_on"},
}

// admissionMinorOrder is that of the steps beside them (§3.1).
var admissionMinorOrder = [][]string{
	{"activist_on", "activist_filed_on"},
	{"candidate_on", "candidate_filed_on"},
	{"vetted_on", "prereviewed_on"},
	{"committee_on", "prereviewed_on"},
	{"superior_talk_on", "approved_on"},
	{"approved_on", "filed_on"},
	{"asked_on", "confirm_voted_on"},
	{"confirm_approved_on", "archived_on"},
}

// limitOn gives a limit of the edition in force on the day of the step that it governs:
// the first of some days that is filled, and today for a step that is still to come.
func limitOn(x *model.Exam, name string, days ...model.Date) model.Limit {
	for _, day := range days {
		if day != "" {
			return x.Packs.Limit(name, day)
		}
	}
	return x.Packs.Limit(name, x.Today)
}

// stepLimit gives a limit by the days of some fields of the admission.
func stepLimit(x *model.Exam, name string, fields ...string) model.Limit {
	days := make([]model.Date, len(fields))
	for i, f := range fields {
		days[i] = x.Record.Date(f)
	}
	return limitOn(x, name, days...)
}

// notLater makes the check that a step is taken within so many calendar months of
// another; a limit of 0 asks for nothing. The period began with that other step, and
// keeps the length that it had then.
func notLater(field, from, limit, what string) func(x *model.Exam) {
	return func(x *model.Exam) {
		day, start := x.Record.Date(field), x.Record.Date(from)
		l := stepLimit(x, limit, from)
		if day == "" || start == "" || l.Value == 0 {
			return
		}
		if last := start.AddMonths(l.Int()); day > last {
			x.SayOf(l, "%s应在%s(%s)后 %d 个月内,即不晚于 %s,现在是 %s;请核对日期,确实超期的在备注里说明原因",
				what, strings.TrimLeft(x.Record.Kind.Field(from).Label, "0123456789 "), start, l.Int(), last, day)
		}
	}
}

// checkApplicantAge asks for 18 full years on the day of application. Of someone
// whose birth date is not on file nothing can be said.
func checkApplicantAge(x *model.Exam) {
	applied := x.Record.Date("applied_on")
	person := x.Get("person", x.Record.Str("person"))
	if applied == "" || person == nil {
		return
	}
	birth := person.Date("birth_date")
	least := stepLimit(x, "admission.age", "applied_on")
	if birth == "" || birth.YearsAt(applied) >= least.Int() {
		return
	}
	x.Say("递交申请书那天(%s)%s只有 %d 周岁,不满 %d 周岁不能申请入党,请核对申请日期和出生日期",
		applied, person.Str("name"), birth.YearsAt(applied), least.Int())
}

func checkActivistYear(x *model.Exam) {
	activist, candidate := x.Record.Date("activist_on"), x.Record.Date("candidate_on")
	if activist == "" || candidate == "" {
		return
	}
	l := stepLimit(x, "admission.activist.months", "activist_on")
	if earliest := activist.AddMonths(l.Int()); candidate < earliest {
		x.SayOf(l, "确定为积极分子(%s)以后要培养 %d 个月,最早 %s 才能确定为发展对象,现在是 %s,请核对日期", activist, l.Int(), earliest, candidate)
	}
}

// checkCandidateNotice counts the notice's working days, both ends included; the
// decision comes after its last day. It belongs to the step of choosing the candidate:
// the edition of that day tells whether it is asked for.
func checkCandidateNotice(x *model.Exam) {
	l := stepLimit(x, "admission.notice.workdays", "candidate_on")
	from, to, candidate := x.Record.Date("notice_from"), x.Record.Date("notice_to"), x.Record.Date("candidate_on")
	if l.Value == 0 {
		return
	}
	switch {
	case from == "" || to == "":
		if candidate != "" {
			x.SayOf(l, "确定发展对象以前要公示不少于 %d 个工作日,请填写公示起止日期", l.Int())
		}
	case from > to: // an error of its own
	default:
		n, provisional := model.Workdays(from, to)
		end, _ := model.AfterWorkdays(from, l.Int())
		note := ""
		if provisional {
			note = "(" + model.ProvisionalWorkdays + ")"
		}
		switch {
		case n < l.Int():
			x.SayOf(l, "公示要满 %d 个工作日,从 %s 起应公示到 %s,现在到 %s 只有 %d 个工作日%s,请核对或补足", l.Int(), from, end, to, n, note)
		case candidate != "" && candidate <= to:
			x.SayOf(l, "公示到 %s 才结束,%s 就确定为发展对象早了,请核对日期", to, candidate)
		}
	}
}

func checkVetting(x *model.Exam) {
	r := x.Record
	switch {
	case !r.Filled("prereviewed_on") && !r.Filled("accepted_on"):
	case r.Is("vetted", "不合格"):
		x.Say("政治审查不合格的不能接收,请核对政审结论")
	case !r.Filled("vetted_on") || !r.Filled("vetted"):
		x.Say("接收以前要经过政治审查,请填写政治审查的日期和结论")
	}
}

func checkVettingAge(x *model.Exam) {
	vetted, accepted := x.Record.Date("vetted_on"), x.Record.Date("accepted_on")
	l := stepLimit(x, "admission.vetting.months", "vetted_on")
	if vetted == "" || accepted == "" || l.Value == 0 {
		return
	}
	if last := vetted.AddMonths(l.Int()); accepted > last {
		x.SayOf(l, "政治审查(%s)的有效期是 %d 个月,到 %s 为止,支部大会(%s)时已过期,应重新审查", vetted, l.Int(), last, accepted)
	}
}

func checkTraining(x *model.Exam) {
	r := x.Record
	if !r.Filled("trained_on") && !r.Filled("prereviewed_on") {
		return
	}
	days, hours := stepLimit(x, "admission.training.days", "trained_on", "prereviewed_on"), stepLimit(x, "admission.training.hours", "trained_on", "prereviewed_on")
	switch reviewed := r.Date("prereviewed_on"); {
	case !r.Filled("trained_on"):
		x.SayOf(days, "上级预审以前要经过集中培训,请填写集中培训结业日期")
	case reviewed != "" && r.Date("trained_on") > reviewed:
		x.SayOf(days, "集中培训(%s)在上级预审通过(%s)以后才结业,未经培训的不能接收,请核对日期", r.Date("trained_on"), reviewed)
	case r.Int("training_days") < days.Value && r.Int("training_hours") < hours.Value:
		x.SayAtOf("training_days", days, "集中培训不少于 %d 天或 %d 学时,现在是 %d 天、%d 学时,请补填或补训",
			days.Value, hours.Value, r.Int("training_days"), r.Int("training_hours"))
	}
}
