package packs

import "taizhang/model"

// organisationPacks say how large an organisation and its committee are (domain.md
// §3.4) and how long a term is (§3.5).
var organisationPacks = []model.Pack{
	{Name: "支部工作", Title: "《中国共产党支部工作条例(试行)》(2018)", From: "2018-10-28", Limits: []model.Limit{
		{Name: "org.branch.full", Text: "成立支部最少的正式党员", Value: 3, Unit: "名", Article: "第四条"},
		{Name: "org.branch.members", Text: "支部党员一般不超过", Value: 50, Unit: "名", Article: "第四条"},
		{Name: "org.joint.units", Text: "联合党支部覆盖的单位一般不超过", Value: 5, Unit: "个", Article: "第五条"},
		{Name: "org.branch.committee.full", Text: "应设支部委员会的正式党员", Value: 7, Unit: "名", Article: "第六章"},
		{Name: "org.branch.committee.min", Text: "支部委员会最少人数", Value: 3, Unit: "名", Article: "第六章"},
		{Name: "org.branch.committee.max", Text: "支部委员会最多人数", Value: 7, Unit: "名", Article: "第六章"},
		{Name: "org.committee.odd", Text: "委员会人数一般为单数(0 为不要求)", Value: 1, Article: "第六章"},
		{Name: "org.secretary.months", Text: "支部书记一般应有的党龄", Value: 12, Unit: "个月"},
		{Name: "org.term.notice.months", Text: "任期届满前提醒换届", Value: 6, Unit: "个月"},
	}},
	{Name: "农村基层组织", Title: "《中国共产党农村基层组织工作条例》(2018)", From: "2018-12-28", Limits: []model.Limit{
		{Name: "org.general.members", Text: "村党总支的党员要超过", Value: 50, Unit: "名", Article: "第五条"},
		{Name: "org.committee.members", Text: "村党委最少的党员", Value: 100, Unit: "名", Article: "第五条"},
		{Name: "org.general.committee.min", Text: "党总支委员会最少人数", Value: 5, Unit: "名"},
		{Name: "org.general.committee.max", Text: "党总支委员会最多人数", Value: 9, Unit: "名"},
		{Name: "org.village.committee.min", Text: "党委委员会最少人数", Value: 5, Unit: "名"},
		{Name: "org.village.committee.max", Text: "党委委员会最多人数", Value: 9, Unit: "名"},
		{Name: "org.township.committee.min", Text: "乡镇党委委员最少人数", Value: 7, Unit: "名"},
		{Name: "org.township.committee.max", Text: "乡镇党委委员最多人数", Value: 9, Unit: "名"},
	}},
}

// meetingPacks are the quorums and majorities of meetings and elections (§3.6), how
// often branches meet (§4.1), hours of study and the yearly review (§4.3).
var meetingPacks = []model.Pack{
	{Name: "支部工作", Title: "《中国共产党支部工作条例(试行)》(2018)", From: "2018-10-28", Limits: []model.Limit{
		{Name: "vote.resolution.quorum", Text: "党员大会到会人数不少于应到的", Value: 1, Per: 2, Article: "第十一条"},
		{Name: "vote.resolution.majority", Text: "赞成人数要超过应到的", Value: 1, Per: 2, Article: "第十一条"},
		{Name: "vote.committee.quorum", Text: "支委会到会委员不少于全体的", Value: 1, Per: 2, Article: "第十二条"},
		{Name: "meeting.general.quarter", Text: "支部党员大会每季度最少", Value: 1, Unit: "次", Article: "第十一条"},
		{Name: "meeting.general.days", Text: "季度结束前提醒开党员大会、上党课", Value: 15, Unit: "天", Article: "第十一条"},
		{Name: "meeting.committee.month", Text: "支部委员会每月最少", Value: 1, Unit: "次", Article: "第十二条"},
		{Name: "meeting.group.month", Text: "党小组会每月最少", Value: 1, Unit: "次", Article: "第十三条"},
		{Name: "meeting.theme.month", Text: "主题党日每月最少", Value: 1, Unit: "次", Article: "第十六条"},
		{Name: "meeting.life.year", Text: "组织生活会每年最少", Value: 1, Unit: "次", Article: "第十七条"},
		{Name: "meeting.life.month", Text: "从几月起提醒组织生活会", Value: 11, Unit: "月", Article: "第十七条"},
		{Name: "meeting.review.month", Text: "从几月起提醒民主评议", Value: 12, Unit: "月", Article: "第十八条"},
		{Name: "talk.year", Text: "每名党员每年谈心谈话最少", Value: 1, Unit: "次", Article: "第十九条"},
		{Name: "talk.month", Text: "从几月起提醒谈心谈话", Value: 10, Unit: "月", Article: "第十九条"},
		{Name: "meeting.text", Text: "会议记录达到多少字就不应与以前的相同", Value: 20, Unit: "字"},
		{Name: "meeting.text.months", Text: "会议记录与多久以内的比较", Value: 24, Unit: "个月"},
	}},
	{Name: "基层选举", Title: "《中国共产党基层组织选举工作条例》(2020)", From: "2020-07-13", Limits: []model.Limit{
		{Name: "election.quorum", Text: "选举大会到会人数不少于应到的", Value: 4, Per: 5},
		{Name: "election.majority", Text: "当选的赞成票要超过基数的", Value: 1, Per: 2},
		{Name: "election.base", Text: "当选票数的基数(1 应到会人数,2 实到会人数)", Value: 2},
		{Name: "election.late.months", Text: "延期或者提前换届最长", Value: 12, Unit: "个月", Article: "第三条"},
		{Name: "election.early.days", Text: "比届满提前多少天以上,要写批复文号", Value: 30, Unit: "天", Article: "第三条"},
		{Name: "election.candidates", Text: "委员候选人不少于应选名额的", Value: 6, Per: 5},
	}},
	{Name: "党员教育管理", Title: "《中国共产党党员教育管理工作条例》(2019)", From: "2019-05-06", Limits: []model.Limit{
		{Name: "hours.member", Text: "党员每年集中学习培训最少", Value: 32, Unit: "学时"},
		{Name: "hours.month", Text: "几月底提醒学时", Value: 9, Unit: "月"},
	}},
	{Name: "党员教育培训规划", Title: "《2019—2023年全国党员教育培训工作规划》", Limits: []model.Limit{
		{Name: "hours.committee", Text: "党支部书记、委员每年集中学习培训最少", Value: 56, Unit: "学时"},
	}},
	{Name: "民主评议", Title: "民主评议党员工作要求", Limits: []model.Limit{
		{Name: "appraisal.excellent", Text: "优秀一般不超过", Value: 1, Per: 3},
		{Name: "appraisal.base", Text: "优秀比例的基数(1 正式党员,2 参加评定等次的党员)", Value: 1},
	}},
}
