package model

// DefaultPacks gives the limits that ship with the program. An edition of a
// regulation is a pack of its own, so that a matter keeps the rules in force when
// it began.
func DefaultPacks() []Pack {
	var all []Pack
	for _, part := range [][]Pack{constitutionPacks, admissionPacks, meetingPacks, duesPacks, assessmentPacks} {
		all = append(all, part...)
	}
	return all
}

// constitutionPacks are the editions of the Party Constitution as far as the
// probation and the age differ (records.md, person; no county may set them).
var constitutionPacks = []Pack{
	{Name: "党章", Title: "《中国共产党章程》(1945 年七大)", From: "1945-04-01", Limits: []Limit{
		{Name: "join.age", Text: "入党的最低年龄", Value: 18, Unit: "周岁", Article: "第四条", Fixed: true},
		{Name: "probation.months", Text: "预备期(候补期)", Value: 6, Unit: "个月", Article: "第六条", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(1956 年八大)", From: "1956-10-01", Limits: []Limit{
		{Name: "join.age", Text: "入党的最低年龄", Value: 18, Unit: "周岁", Article: "第一条", Fixed: true},
		{Name: "probation.months", Text: "预备期", Value: 12, Unit: "个月", Article: "第七条", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(1969 年九大)", From: "1969-04-01", Limits: []Limit{
		{Name: "probation.months", Text: "预备期", Value: 0, Unit: "个月", Article: "", Fixed: true},
	}},
	{Name: "党章", Title: "《中国共产党章程》(1977 年十一大起)", From: "1977-08-12", Limits: []Limit{
		{Name: "join.age", Text: "入党的最低年龄", Value: 18, Unit: "周岁", Article: "第一条", Fixed: true},
		{Name: "probation.months", Text: "预备期", Value: 12, Unit: "个月", Article: "第七条", Fixed: true},
	}},
}

// admissionPacks are the two editions of the rules on admitting members
// (domain.md §0.1, §3.1, §3.2); the article numbers from 18 on moved by one.
var admissionPacks = []Pack{
	{Name: "发展党员", Title: "《中国共产党发展党员工作细则》(2014)", From: "2014-05-28", Limits: []Limit{
		{Name: "admission.age", Text: "申请入党的最低年龄", Value: 18, Unit: "周岁", Article: "第五条", Fixed: true},
		{Name: "admission.talk.months", Text: "收到申请后派人谈话的期限", Value: 1, Unit: "个月", Article: "第七条"},
		{Name: "admission.mentors.min", Text: "培养联系人最少人数", Value: 1, Unit: "名", Article: "第九条"},
		{Name: "admission.mentors.max", Text: "培养联系人最多人数", Value: 2, Unit: "名", Article: "第九条"},
		{Name: "admission.observe.months", Text: "考察的间隔", Value: 6, Unit: "个月", Article: "第十一条"},
		{Name: "admission.activist.months", Text: "积极分子的培养期", Value: 12, Unit: "个月", Article: "第十三条"},
		{Name: "admission.notice.workdays", Text: "列为发展对象前公示的工作日(0 为不要求)", Value: 0, Unit: "个工作日", Article: "第十三条"},
		{Name: "admission.sponsors", Text: "入党介绍人人数", Value: 2, Unit: "名", Article: "第十四条"},
		{Name: "admission.training.days", Text: "集中培训最少天数", Value: 3, Unit: "天", Article: "第十七条"},
		{Name: "admission.training.hours", Text: "集中培训最少学时", Value: 24, Unit: "学时", Article: "第十七条"},
		{Name: "admission.meeting.months", Text: "预审通过后开支部大会的期限(0 为不要求)", Value: 0, Unit: "个月", Article: "第二十条"},
		{Name: "admission.quorum", Text: "支部大会到会人数要超过应到的", Value: 1, Per: 2, Article: "第二十条"},
		{Name: "admission.majority", Text: "赞成人数要超过应到的", Value: 1, Per: 2, Article: "第二十一条"},
		{Name: "admission.approve.months", Text: "支部大会后审批的期限", Value: 3, Unit: "个月", Article: "第二十六条"},
		{Name: "admission.approve.longest", Text: "特殊情况审批的最长期限", Value: 6, Unit: "个月", Article: "第二十六条"},
		{Name: "admission.oath.months", Text: "审批后入党宣誓的期限(0 为不要求)", Value: 0, Unit: "个月", Article: "第三十条"},
		{Name: "admission.probation.months", Text: "预备期", Value: 12, Unit: "个月", Article: "第三十二条", Fixed: true},
		{Name: "admission.extend.min", Text: "延长预备期最短", Value: 6, Unit: "个月", Article: "第三十二条"},
		{Name: "admission.extend.max", Text: "延长预备期最长", Value: 12, Unit: "个月", Article: "第三十二条"},
		{Name: "admission.confirm.months", Text: "讨论转正后审批的期限", Value: 3, Unit: "个月", Article: "第三十四条"},
		{Name: "admission.archive.months", Text: "转正审批后归档的期限", Value: 1, Unit: "个月", Article: "第三十七条"},
		{Name: "admission.vetting.months", Text: "政治审查的有效期", Value: 12, Unit: "个月", Article: "第十六条"},
	}},
	{Name: "发展党员", Title: "《中国共产党发展党员工作细则》(2026)", From: "2026-05-11", Limits: []Limit{
		{Name: "admission.age", Text: "申请入党的最低年龄", Value: 18, Unit: "周岁", Article: "第五条", Fixed: true},
		{Name: "admission.talk.months", Text: "收到申请后派人谈话的期限", Value: 1, Unit: "个月", Article: "第七条"},
		{Name: "admission.mentors.min", Text: "培养联系人最少人数", Value: 1, Unit: "名", Article: "第九条"},
		{Name: "admission.mentors.max", Text: "培养联系人最多人数", Value: 2, Unit: "名", Article: "第九条"},
		{Name: "admission.observe.months", Text: "考察的间隔", Value: 6, Unit: "个月", Article: "第十一条"},
		{Name: "admission.activist.months", Text: "积极分子的培养期", Value: 12, Unit: "个月", Article: "第十三条"},
		{Name: "admission.notice.workdays", Text: "列为发展对象前公示的工作日(0 为不要求)", Value: 5, Unit: "个工作日", Article: "第十三条"},
		{Name: "admission.sponsors", Text: "入党介绍人人数", Value: 2, Unit: "名", Article: "第十四条"},
		{Name: "admission.training.days", Text: "集中培训最少天数", Value: 3, Unit: "天", Article: "第十七条"},
		{Name: "admission.training.hours", Text: "集中培训最少学时", Value: 24, Unit: "学时", Article: "第十七条"},
		{Name: "admission.meeting.months", Text: "预审通过后开支部大会的期限(0 为不要求)", Value: 1, Unit: "个月", Article: "第十九条"},
		{Name: "admission.quorum", Text: "支部大会到会人数要超过应到的", Value: 1, Per: 2, Article: "第十九条"},
		{Name: "admission.majority", Text: "赞成人数要超过应到的", Value: 1, Per: 2, Article: "第二十条"},
		{Name: "admission.approve.months", Text: "支部大会后审批的期限", Value: 3, Unit: "个月", Article: "第二十五条"},
		{Name: "admission.approve.longest", Text: "特殊情况审批的最长期限", Value: 6, Unit: "个月", Article: "第二十五条"},
		{Name: "admission.oath.months", Text: "审批后入党宣誓的期限(0 为不要求)", Value: 1, Unit: "个月", Article: "第二十九条"},
		{Name: "admission.probation.months", Text: "预备期", Value: 12, Unit: "个月", Article: "第三十一条", Fixed: true},
		{Name: "admission.extend.min", Text: "延长预备期最短", Value: 6, Unit: "个月", Article: "第三十一条"},
		{Name: "admission.extend.max", Text: "延长预备期最长", Value: 12, Unit: "个月", Article: "第三十一条"},
		{Name: "admission.confirm.months", Text: "讨论转正后审批的期限", Value: 3, Unit: "个月", Article: "第三十三条"},
		{Name: "admission.archive.months", Text: "转正审批后归档的期限", Value: 1, Unit: "个月", Article: "第三十六条"},
		{Name: "admission.vetting.months", Text: "政治审查的有效期", Value: 12, Unit: "个月", Article: "第十六条"},
	}},
}

// meetingPacks are the quorums and majorities of meetings and elections (§3.6).
var meetingPacks = []Pack{
	{Name: "支部工作", Title: "《中国共产党支部工作条例(试行)》(2018)", From: "2018-10-28", Limits: []Limit{
		{Name: "vote.resolution.quorum", Text: "党员大会到会人数不少于应到的", Value: 1, Per: 2, Article: "第十一条"},
		{Name: "vote.resolution.majority", Text: "赞成人数要超过应到的", Value: 1, Per: 2, Article: "第十一条"},
		{Name: "vote.committee.quorum", Text: "支委会到会委员不少于全体的", Value: 1, Per: 2, Article: "第十二条"},
	}},
	{Name: "基层选举", Title: "《中国共产党基层组织选举工作条例》(2020)", From: "2020-07-13", Limits: []Limit{
		{Name: "election.quorum", Text: "选举大会到会人数不少于应到的", Value: 4, Per: 5},
		{Name: "election.candidates", Text: "委员候选人不少于应选名额的", Value: 6, Per: 5},
	}},
}

// duesPacks: no replacement of the rules of 2008 was found (domain.md §5.1).
var duesPacks = []Pack{
	{Name: "党费", Title: "《关于中国共产党党费收缴、使用和管理的规定》(2008)", From: "2008-04-01", Limits: []Limit{
		{Name: "dues.farmer.min", Text: "农民党员月缴党费最低", Value: 20, Unit: "分", Article: "第六条"},
		{Name: "dues.farmer.max", Text: "农民党员月缴党费最高", Value: 100, Unit: "分", Article: "第六条"},
	}},
}

// assessmentPacks are the county's own, with the marks of records.md.
var assessmentPacks = []Pack{
	{Name: "五好考核", Title: "县(市)五好考核办法", Limits: []Limit{
		{Name: "assess.pass", Text: "五好达标的最低总分", Value: 80, Unit: "分"},
		{Name: "assess.full.leadership", Text: "领导班子好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.team", Text: "党员干部队伍好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.mechanism", Text: "工作机制好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.results", Text: "小康建设业绩好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.satisfaction", Text: "农民群众反映好的满分", Value: 20, Unit: "分"},
	}},
}
