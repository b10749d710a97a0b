package party

import (
	"taizhang/model"
	"taizhang/model/party/admission"
)

var kindAdmission = &model.Kind{
	Name: "admission", Title: "发展党员", Group: model.GroupOrganisation,
	Sections: []model.Section{
		{Title: "申请入党", Fields: admissionApplying},
		{Title: "积极分子", Fields: admissionActivist},
		{Title: "发展对象", Fields: admissionCandidate},
		{Title: "接收", Fields: admissionAccepting},
		{Title: "预备期", Fields: admissionProbation},
		{Title: "其他", Fields: admissionEnding},
	},
	Label:   []string{"person"},
	Columns: []string{"person", "stage", "next_step", "applied_on", "activist_on", "candidate_on", "accepted_on", "approved_on", "confirm_voted_on", "confirm_approved_on", "source", "ended_on", "ended_why"},
	Sort:    []string{"-applied_on"},
	Due:     admission.Due,
	Views: []model.View{
		{Name: "进行中", Where: model.Fixed(model.Where("ended_on", model.Empty), model.Where("archived_on", model.Empty))},
		{Name: "申请人", Where: model.Fixed(model.Where("activist_on", model.Empty), model.Where("ended_on", model.Empty))},
		{Name: "积极分子", Where: model.Fixed(model.Where("activist_on", model.Filled), model.Where("candidate_on", model.Empty), model.Where("ended_on", model.Empty))},
		{Name: "发展对象", Where: model.Fixed(model.Where("candidate_on", model.Filled), model.Where("approved_on", model.Empty), model.Where("ended_on", model.Empty))},
		{Name: "预备党员", Where: model.Fixed(model.Where("approved_on", model.Filled), model.Where("confirm_approved_on", model.Empty), model.Where("ended_on", model.Empty))},
		{Name: "已转正", Where: model.Fixed(model.Where("confirm_approved_on", model.Filled), model.Where("confirm_result", model.Ne, "取消资格"))},
		model.ViewEnded("已终止", "ended_on"),
		model.ViewAll,
	},
	Unique: []model.Unique{{Fields: []string{"person"}, Unless: "ended_on",
		Text: "这个人已有一份没有终止的发展党员记录,请在那一份上接着填"}},
	// The order of the steps themselves is E-DEV-ORDER.
	Order: [][]string{
		{"notice_from", "notice_to"},
		{"applied_on", "ended_on"},
	},
	Derived: []model.Derived{
		{Name: "stage", Label: "阶段", Width: 12, Value: func(_ *model.Env, r *model.Record) string { return admissionStage(r) }},
		{Name: "next_step", Label: "下一步", Width: 30, Value: func(env *model.Env, r *model.Record) string { return admission.AdmissionProgress(env.Packs, r).Text() }},
		{Name: "missing_steps", Label: "漏填的步骤", Width: 20, Value: func(env *model.Env, r *model.Record) string {
			return admission.AdmissionProgress(env.Packs, r).MissingText()
		}},
		{Name: "probation_end", Label: "预备期满", Width: 10, Type: model.TypeDate, Value: func(env *model.Env, r *model.Record) string {
			return string(admission.AdmissionProbationEnd(env.Packs, r))
		}},
	},
	Follow:  admission.Follow,
	Rules:   admission.Rules,
	Travels: &model.Travel{Field: "person", Which: admissionGoes, Arrive: admissionArrives, End: admissionEnds},
}

var admissionApplying = []*model.Field{
	{Name: "person", Label: "人员", Type: model.TypeRef, Target: "person", TargetView: "积极分子与申请人", Required: true,
		Preset: map[string]string{"status": "入党申请人"}},
	{Name: "source", Label: "来源", Type: model.TypeChoice, Choices: []string{"经济能人", "村组干部", "致富带头人", "返乡青年", "退役军人", "私营业主", "生产一线", "技术能手", "生产骨干", "其他"}},
	{Name: "applied_on", Label: "1 递交申请书", Type: model.TypeDate, Required: true, Default: "今天", Aliases: []string{"递交申请书", "申请入党日期", "申请入党时间"}, Help: "这一天要年满 18 周岁"},
	{Name: "talked_on", Label: "2 派人谈话", Type: model.TypeDate, Aliases: []string{"派人谈话"}, Help: "收到申请后一个月内"},
	{Name: "talked_by", Label: "谈话人", Type: model.TypeText, Suggest: true},
}

var admissionActivist = []*model.Field{
	{Name: "nominated_by", Label: "推荐方式", Type: model.TypeChoice, Choices: []string{"党员推荐", "群团推优"}},
	{Name: "activist_on", Label: "3 确定积极分子", Type: model.TypeDate, Aliases: []string{"确定积极分子", "确定入党积极分子日期", "列为积极分子日期"}, Help: "支委会(没有支委会的由党员大会)研究决定的日期"},
	{Name: "activist_filed_on", Label: "4 上级备案", Type: model.TypeDate, Aliases: []string{"上级备案"}},
	{Name: "mentors", Label: "5 培养联系人", Type: model.TypeRefs, Target: "person", Aliases: []string{"培养联系人"}, Help: "一至两名正式党员"},
}

var admissionCandidate = []*model.Field{
	{Name: "notice_from", Label: "公示起", Type: model.TypeDate},
	{Name: "notice_to", Label: "公示止", Type: model.TypeDate, Ahead: true},
	{Name: "candidate_on", Label: "7 确定发展对象", Type: model.TypeDate, Aliases: []string{"确定发展对象", "确定发展对象日期"}, Help: "确定为积极分子满一年以后"},
	{Name: "candidate_filed_on", Label: "8 上级备案或同意", Type: model.TypeDate, Aliases: []string{"上级备案或同意"}},
	{Name: "sponsors", Label: "9 入党介绍人", Type: model.TypeRefs, Target: "person", Aliases: []string{"入党介绍人"}, Help: "两名正式党员"},
	{Name: "vetted_on", Label: "10 政治审查", Type: model.TypeDate, Aliases: []string{"政治审查"}},
	{Name: "vetted", Label: "政审结论", Type: model.TypeChoice, Choices: []string{"合格", "不合格"}, Help: "只记结论,不记亲属情况"},
	{Name: "trained_on", Label: "11 集中培训结业", Type: model.TypeDate, Aliases: []string{"集中培训结业"}},
	{Name: "training_days", Label: "培训天数", Type: model.TypeInt, Max: 365, Help: "不少于 3 天,或者不少于 24 个学时"},
	{Name: "training_hours", Label: "学时", Type: model.TypeInt, Max: 1000},
}

var admissionAccepting = []*model.Field{
	{Name: "committee_on", Label: "12 支委会审查", Type: model.TypeDate, Aliases: []string{"支委会审查"}},
	{Name: "prereviewed_on", Label: "13 上级预审通过", Type: model.TypeDate, Aliases: []string{"上级预审通过"}},
	{Name: "form_no", Label: "14 志愿书编号", Type: model.TypeText, Aliases: []string{"志愿书编号", "入党志愿书编号"}},
	{Name: "accepted_on", Label: "15 支部大会通过", Type: model.TypeDate, Vital: true, Aliases: []string{"支部大会通过", "接收预备党员日期"}, Help: "这一天是入党日期,预备期从这一天算起"},
	{Name: "votes_due", Label: "应到", Type: model.TypeInt, Help: "有表决权的正式党员中应到会的人数"},
	{Name: "votes_present", Label: "实到", Type: model.TypeInt},
	{Name: "votes_for", Label: "赞成", Type: model.TypeInt, Help: "含会前交来的书面赞成意见"},
	{Name: "votes_against", Label: "反对", Type: model.TypeInt},
	{Name: "votes_abstain", Label: "弃权", Type: model.TypeInt},
	{Name: "superior_talk_on", Label: "16 上级谈话", Type: model.TypeDate, Aliases: []string{"上级谈话"}},
	{Name: "approved_on", Label: "17 党委审批", Type: model.TypeDate, Vital: true, Aliases: []string{"党委审批"}, Help: "支部大会通过后三个月内"},
	{Name: "approval_no", Label: "批复文号", Type: model.TypeText},
	{Name: "filed_on", Label: "18 组织部门备案", Type: model.TypeDate, Aliases: []string{"组织部门备案"}},
}

var admissionProbation = []*model.Field{
	{Name: "grouped_on", Label: "19 编入小组", Type: model.TypeDate, Aliases: []string{"编入小组"}},
	{Name: "oath_on", Label: "20 入党宣誓", Type: model.TypeDate, Aliases: []string{"入党宣誓"}},
	{Name: "asked_on", Label: "22 转正申请", Type: model.TypeDate, Aliases: []string{"转正申请"}},
	{Name: "confirm_voted_on", Label: "23 支部大会讨论转正", Type: model.TypeDate, Aliases: []string{"支部大会讨论转正"}, Help: "预备期满以后"},
	{Name: "confirm_due", Label: "应到", Type: model.TypeInt},
	{Name: "confirm_present", Label: "实到", Type: model.TypeInt},
	{Name: "confirm_for", Label: "赞成", Type: model.TypeInt},
	{Name: "confirm_against", Label: "反对", Type: model.TypeInt},
	{Name: "confirm_abstain", Label: "弃权", Type: model.TypeInt},
	{Name: "confirm_result", Label: "讨论结果", Type: model.TypeChoice, Vital: true, Choices: []string{"按期转正", "延长预备期", "取消资格"}},
	{Name: "extended_to", Label: "延长至", Type: model.TypeDate, Vital: true, Ahead: true, Help: "只能延长一次,半年以上、一年以内"},
	{Name: "confirm_approved_on", Label: "24 转正审批", Type: model.TypeDate, Vital: true, Aliases: []string{"转正审批"}},
	{Name: "archived_on", Label: "25 材料归档", Type: model.TypeDate, Aliases: []string{"材料归档"}},
}

var admissionEnding = []*model.Field{
	{Name: "ended_on", Label: "终止日期", Type: model.TypeDate, Help: "中途终止的才填,转正后不用填"},
	{Name: "ended_why", Label: "终止原因", Type: model.TypeChoice, Choices: []string{"本人撤回", "未通过", "终止培养", "转出", "去世"}},
	{Name: "note", Label: "备注", Type: model.TypeNote},
}

// admissionStage names where a person stands on the way, by the last step taken.
// Membership begins and becomes full with the superior's approval (17, 24).
func admissionStage(r *model.Record) string {
	switch {
	case r.Filled("ended_on"):
		return "已终止"
	case r.Filled("confirm_approved_on") && r.Is("confirm_result", "取消资格"):
		return "已取消资格"
	case r.Filled("confirm_approved_on") && r.Is("confirm_result", "延长预备期"):
		return "延长预备期"
	case r.Filled("confirm_approved_on"):
		return "已转正"
	case r.Filled("approved_on"):
		return "预备党员"
	case r.Filled("accepted_on"):
		return "待审批"
	case r.Filled("candidate_on"):
		return "发展对象"
	case r.Filled("activist_on"):
		return "入党积极分子"
	}
	return "入党申请人"
}

// endedByTransfer is why an admission ends where the person has moved away; it goes on
// where they have come.
const endedByTransfer = "转出"

// admissionGoes tells of an admission that it is open, or ended by the transfer alone.
func admissionGoes(r *model.Record) bool {
	over := r.Filled("confirm_approved_on") && r.Is("confirm_result", "按期转正", "取消资格") || r.Filled("archived_on")
	return !over && (!r.Filled("ended_on") || r.Is("ended_why", endedByTransfer))
}

func admissionArrives(r *model.Record, _ model.Departure) {
	r.Set("ended_on", nil)
	r.Set("ended_why", nil)
}

func admissionEnds(r *model.Record, left model.Date) bool {
	if r.Filled("ended_on") || !admissionGoes(r) {
		return false
	}
	r.Set("ended_on", left)
	r.Set("ended_why", endedByTransfer)
	return true
}
