package packs

import "taizhang/model"

// duePacks are the limits of reminders that no regulation sets: how long before a
// day they speak, and from when a year is judged.
var duePacks = []model.Pack{
	{Name: "到期提醒", Title: "本台账的提醒安排", Limits: []model.Limit{
		{Name: "due.days", Text: "各项期限到期前提醒", Value: 15, Unit: "天"},
		{Name: "year.opened.month", Text: "台账在几月底以前启用,当年的学时才按月数判断", Value: 6, Unit: "月"},
		{Name: "spring.before.days", Text: "春节前多少天起,提醒登记流动党员回乡", Value: 15, Unit: "天"},
		{Name: "spring.after.days", Text: "春节后多少天止,提醒登记流动党员回乡", Value: 15, Unit: "天"},
		{Name: "late.days", Text: "事情过后多少天以内登记,更晚的标为补录", Value: 30, Unit: "天"},
		{Name: "meeting.month.day", Text: "从几日起提醒当月还没有开的会", Value: 20, Unit: "日"},
		{Name: "absence.first", Text: "连续多少个月无故缺席提醒", Value: 3, Unit: "个月"},
		{Name: "absence.second", Text: "连续多少个月无故缺席再提醒", Value: 5, Unit: "个月"},
		{Name: "away.lost.months", Text: "流动党员多久没有联系,提醒防止失联", Value: 5, Unit: "个月"},
		{Name: "transfer.group.days", Text: "转入后编入支部或党小组的期限", Value: 30, Unit: "天"},
		{Name: "correct.decide.days", Text: "限期改正期满后作出决定的期限", Value: 90, Unit: "天"},
		{Name: "penalty.notice.days", Text: "留党察看期满前提醒", Value: 30, Unit: "天"},
		{Name: "dues.quarterly", Text: "欠交一两个月的超过多少时,视为按季度收缴,不逐人提醒", Value: 1, Per: 2},
		{Name: "dues.remit.days", Text: "季度结束后上缴党费的期限", Value: 15, Unit: "天"},
		{Name: "dues.fix.month", Text: "几月提醒核定当年党费标准", Value: 1, Unit: "月"},
		{Name: "dues.publish.month", Text: "从几月起提醒公布全年党费收缴情况", Value: 12, Unit: "月"},
		{Name: "joint.first.month", Text: "从几月起提醒当年还没有开过联席例会", Value: 6, Unit: "月"},
		{Name: "joint.last.month", Text: "从几月起提醒当年联席例会次数不够", Value: 11, Unit: "月"},
		{Name: "joint.county", Text: "县(市)委自己要开联席例会(1 要,0 不要)", Value: 1},
		{Name: "joint.township", Text: "乡镇党委要开联席例会(1 要,0 不要)", Value: 0},
		{Name: "joint.village", Text: "村、社区党组织要开联席例会(1 要,0 不要)", Value: 0},
	}},
}
