package packs

import "taizhang/model"

// admissionLimit is a limit of the rules on admitting members in both editions:
// the value and the article of 2014, and those of 2026 where they differ.
type admissionLimit struct {
	model.Limit
	value2026   int64
	article2026 string
}

// same gives a limit that the edition of 2026 left as it was.
func same(name, text string, value int64, unit, article2014, article2026 string) admissionLimit {
	return admissionLimit{model.Limit{Name: name, Text: text, Value: value, Unit: unit, Article: article2014}, value, article2026}
}

// changed gives a limit that the edition of 2026 set anew; 0 asks for nothing.
func changed(name, text string, value2014, value2026 int64, unit, article2014, article2026 string) admissionLimit {
	l := same(name, text, value2014, unit, article2014, article2026)
	l.value2026 = value2026
	return l
}

func (l admissionLimit) share(per int64) admissionLimit { l.Per = per; return l }
func (l admissionLimit) fixed() admissionLimit          { l.Fixed = true; return l }

// admissionLimits are those of domain.md §3.1 to §3.3. The article numbers from 18
// on moved by one in 2026.
var admissionLimits = []admissionLimit{
	same("admission.age", "申请入党的最低年龄", 18, "周岁", "第五条", "第五条").fixed(),
	same("admission.talk.months", "收到申请后派人谈话的期限", 1, "个月", "第七条", "第七条"),
	same("admission.mentors.min", "培养联系人最少人数", 1, "名", "第九条", "第九条"),
	same("admission.mentors.max", "培养联系人最多人数", 2, "名", "第九条", "第九条"),
	same("admission.observe.months", "考察的间隔", 6, "个月", "第十一条", "第十一条"),
	same("admission.activist.months", "积极分子的培养期", 12, "个月", "第十三条", "第十三条"),
	changed("admission.notice.workdays", "列为发展对象前公示的工作日(0 为不要求)", 0, 5, "个工作日", "第十三条", "第十三条"),
	same("admission.sponsors", "入党介绍人人数", 2, "名", "第十四条", "第十四条"),
	same("admission.training.days", "集中培训最少天数", 3, "天", "第十七条", "第十七条"),
	same("admission.training.hours", "集中培训最少学时", 24, "学时", "第十七条", "第十七条"),
	same("admission.leaving.months", "接收以后多久以内要离开的,一般不办理接收手续", 3, "个月", "第十九条", "第十八条"),
	changed("admission.meeting.months", "预审通过后开支部大会的期限(0 为不要求)", 0, 1, "个月", "第二十条", "第十九条"),
	same("admission.quorum", "支部大会到会人数要超过应到的", 1, "", "第二十条", "第十九条").share(2),
	same("admission.majority", "赞成人数要超过应到的", 1, "", "第二十一条", "第二十条").share(2),
	same("admission.approve.months", "支部大会后审批的期限", 3, "个月", "第二十六条", "第二十五条"),
	same("admission.approve.longest", "特殊情况审批的最长期限", 6, "个月", "第二十六条", "第二十五条"),
	changed("admission.oath.months", "审批后入党宣誓的期限(0 为不要求)", 0, 1, "个月", "第三十条", "第二十九条"),
	same("admission.probation.months", "预备期", 12, "个月", "第三十二条", "第三十一条").fixed(),
	same("admission.extend.min", "延长预备期最短", 6, "个月", "第三十二条", "第三十一条"),
	same("admission.extend.max", "延长预备期最长", 12, "个月", "第三十二条", "第三十一条"),
	same("admission.ask.days", "预备期满前提醒写转正申请", 30, "天", "第三十三条", "第三十二条"),
	same("admission.moved.months", "转入的预备党员预备期满后可以推迟讨论的期限", 6, "个月", "第三十六条", "第三十五条"),
	same("admission.confirm.months", "讨论转正后审批的期限", 3, "个月", "第三十四条", "第三十三条"),
}

// admissionPacks are the two editions of the rules on admitting members: that of
// 2014, and that issued on 2026-05-11 (domain.md §0.1).
func admissionPacks() []model.Pack {
	old := model.Pack{Name: "发展党员", Title: "《中国共产党发展党员工作细则》(2014)", From: "2014-05-28"}
	revised := model.Pack{Name: "发展党员", Title: "《中国共产党发展党员工作细则》(2026)", From: "2026-05-11"}
	for _, l := range admissionLimits {
		old.Limits = append(old.Limits, l.Limit)
		later := l.Limit
		later.Value, later.Article = l.value2026, l.article2026
		revised.Limits = append(revised.Limits, later)
	}
	return []model.Pack{old, revised}
}
