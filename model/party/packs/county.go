package packs

import "taizhang/model"

// countyPacks are the county's own: the campaign's marks, notices and meetings. A
// county that wants others sets them in its profile.
var countyPacks = []model.Pack{
	{Name: "五好考核", Title: "县(市)五好考核办法", Limits: []model.Limit{
		{Name: "assess.pass", Text: "五好达标的最低总分", Value: 80, Unit: "分"},
		{Name: "assess.full.leadership", Text: "领导班子好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.team", Text: "党员干部队伍好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.mechanism", Text: "工作机制好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.results", Text: "小康建设业绩好的满分", Value: 20, Unit: "分"},
		{Name: "assess.full.satisfaction", Text: "农民群众反映好的满分", Value: 20, Unit: "分"},
		{Name: "assess.notice.days", Text: "公示最少", Value: 7, Unit: "天"},
		{Name: "assess.veto.order", Text: "综治一票否决用到哪一年度(0 为一直)", Value: 0, Unit: "年度"},
		{Name: "assess.veto.discipline", Text: "纪检监察一票否决用到哪一年度(0 为一直)", Value: 0, Unit: "年度"},
		{Name: "assess.veto.birth", Text: "计生一票否决用到哪一年度(0 为一直)", Value: 2021, Unit: "年度"},
		{Name: "assess.veto.safety", Text: "安全生产一票否决用到哪一年度(0 为一直)", Value: 0, Unit: "年度"},
		{Name: "assess.veto.petition", Text: "信访一票否决用到哪一年度(0 为一直)", Value: 0, Unit: "年度"},
		{Name: "assess.veto.environment", Text: "环保一票否决用到哪一年度(0 为一直)", Value: 0, Unit: "年度"},
	}},
	{Name: "三级联创", Title: "三级联创活动要求", Limits: []model.Limit{
		{Name: "reserve.age", Text: "后备干部列入时的年龄(“35 岁左右”)一般不超过", Value: 38, Unit: "周岁"},
		{Name: "joint.year", Text: "联席例会每年最少", Value: 2, Unit: "次"},
		{Name: "linkage.leader.sorts", Text: "每名市领导挂联的对象种类(乡镇、村、企业、社区;0 为不要求)", Value: 4, Unit: "种"},
		{Name: "pairing.visit.months", Text: "结对多久没有走访就提醒", Value: 3, Unit: "个月"},
	}},
}
