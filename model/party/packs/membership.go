package packs

import "taizhang/model"

// membershipPacks are those of transfers, of members away or out of contact, and of
// dispositions (domain.md §6).
var membershipPacks = []model.Pack{
	{Name: "组织关系介绍信", Title: "《中国共产党党员组织关系介绍信》使用要求", Limits: []model.Limit{
		{Name: "letter.days", Text: "介绍信有效期最长", Value: 90, Unit: "天"},
		{Name: "letter.notice.days", Text: "介绍信到期前提醒", Value: 3, Unit: "天"},
		{Name: "letter.receipt.days", Text: "介绍信到期后收回执的期限", Value: 30, Unit: "天"},
	}},
	{Name: "党员教育管理", Title: "《中国共产党党员教育管理工作条例》(2019)", From: "2019-05-06", Limits: []model.Limit{
		{Name: "lost.stop.months", Text: "失去联系多久以上停止党籍", Value: 6, Unit: "个月", Article: "第二十四条"},
		{Name: "lost.notice.months", Text: "失去联系多久提醒", Value: 5, Unit: "个月", Article: "第二十四条"},
		{Name: "stop.remove.months", Text: "停止党籍后仍未取得联系,予以除名", Value: 24, Unit: "个月", Article: "第二十四条"},
		{Name: "stop.notice.months", Text: "停止党籍多久提醒", Value: 23, Unit: "个月", Article: "第二十四条"},
		{Name: "abroad.stop.months", Text: "出国(境)多久以上未返回,一般停止党籍", Value: 60, Unit: "个月", Article: "第二十四条"},
		{Name: "away.transfer.months", Text: "外出地点比较固定的,多久以上应转组织关系", Value: 6, Unit: "个月", Article: "第二十五条"},
	}},
	{Name: "不合格党员处置", Title: "《中国共产党不合格党员组织处置办法》(2024)", From: "2024-06-16", Limits: []model.Limit{
		{Name: "correct.months", Text: "限期改正最长", Value: 12, Unit: "个月"},
		{Name: "correct.notice.days", Text: "限期改正期满前提醒", Value: 30, Unit: "天"},
		{Name: "reentry.years", Text: "劝退、除名后不得重新入党", Value: 5, Unit: "年"},
		{Name: "found.correct.months", Text: "失去联系多久以上又取得联系的,研究限期改正", Value: 6, Unit: "个月"},
	}},
	{Name: "流动党员", Title: "《关于进一步加强和改进流动党员管理工作的意见》(2024)", From: "2024-11-01", Limits: []model.Limit{
		{Name: "away.notice.months", Text: "外出多久提醒登记", Value: 5, Unit: "个月"},
		{Name: "away.contact.months", Text: "流动党员多久没有联系就提醒", Value: 3, Unit: "个月"},
	}},
}

// duesPacks: no replacement of the rules of 2008 was found (domain.md §5.1).
var duesPacks = []model.Pack{
	{Name: "党费", Title: "《关于中国共产党党费收缴、使用和管理的规定》(2008)", From: "2008-04-01", Limits: []model.Limit{
		{Name: "dues.farmer.min", Text: "农民党员月缴党费最低", Value: 20, Unit: "分", Article: "第六条"},
		{Name: "dues.farmer.max", Text: "农民党员月缴党费最高", Value: 100, Unit: "分", Article: "第六条"},
		{Name: "dues.late.months", Text: "补交党费的时间一般不超过", Value: 6, Unit: "个月", Article: "第十二条"},
		{Name: "dues.arrears.first", Text: "欠交党费多久提醒", Value: 1, Unit: "个月", Article: "第十三条"},
		{Name: "dues.arrears.second", Text: "欠交党费多久再提醒", Value: 3, Unit: "个月", Article: "第十三条"},
		{Name: "dues.arrears.third", Text: "欠交党费多久第三次提醒", Value: 5, Unit: "个月", Article: "第十三条"},
		{Name: "dues.arrears.last", Text: "没有正当理由连续不交党费,按自行脱党处理", Value: 6, Unit: "个月", Article: "第十三条"},
	}},
}
