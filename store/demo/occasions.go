package demo

import (
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// occasion is a meeting of one day of the year.
type occasion struct {
	month, day int
	kind       string
	topic
	countsAs []string
	who      string // "全体", "班子", "代表", "志愿者"
	units    string
	there    bool // held by the township or the county
	atModel  bool // in front of a demonstration
	votes    bool
}

// occasions are the meetings that have their season.
func (v *village) occasions(d *dice.Dice) {
	volunteers := folk.Where(v.cast.all, func(p *folk.Villager) bool {
		return p.Standing == "在册" && p.Group >= 0 && p.Able && p.Away == "" && p.Exit == ""
	})
	for _, m := range v.span.months() {
		for _, o := range yearlyOccasions {
			on := folk.Workday(folk.DayIn(m, o.day))
			if o.month != folk.MonthOf(m) || !v.span.holds(on) {
				continue
			}
			v.holdOccasion(d, o, on, volunteers)
		}
	}
	v.electionMeeting(d)
}

func (v *village) holdOccasion(d *dice.Dice, o occasion, on model.Date, volunteers []*folk.Villager) {
	k := v.cast
	m := meeting{kind: o.kind, title: o.title, on: on, hours: o.hours, campaign: o.campaign, countsAs: o.countsAs, room: roomOf(v, o.topic),
		units: o.units, agenda: o.agenda, minutes: o.minutes, decisions: o.decisions,
		responsible: o.responsible, follow: o.follow, there: o.there}
	if o.atModel && len(v.models) > 0 {
		m.site = v.models[0]
	}
	switch o.who {
	case "班子":
		m.who = v.committeeOn(on)
	case "代表":
		m.who = slices.Concat(v.committeeOn(on), k.heads, k.elders)
		m.guests = d.Between(24, 36)
	case "志愿者":
		here := folk.Where(volunteers, func(p *folk.Villager) bool { return p.OnFile(on) && p.NotDue == "" })
		m.who, m.rate = dice.Sample(d, here, len(here)*d.Between(5, 8)/10), 0.97
	case "去开会":
		m.who, m.rate = []*folk.Villager{v.committeeOn(on)[0], v.committeeOn(on)[2]}, 1
	default:
		m.who = v.due(on)
	}
	if o.votes {
		m.votes = generalVotes
	}
	id, _ := v.hold(d, m)
	if o.kind == "村民代表会议" && v.bylaw == "" {
		v.bylaw, v.bylawOn = id, on
	}
}

// electionMeeting is the general meeting that elected the present committee: its
// roll gives the figures of the election.
func (v *village) electionMeeting(d *dice.Dice) {
	on := v.lastElection()
	_, came := v.hold(d, meeting{kind: "选举大会", title: "党支部换届选举党员大会", countsAs: []string{"支部党员大会"}, on: on, hours: 2,
		rate: 0.97, words: v.wordsOn(on).With("当选", v.cast.secretary.Name), who: v.due(on), guests: 3, units: v.place.Township + "党委工作人员到会指导",
		agenda:      "一、清点人数;二、通过选举办法;三、通过监票人、计票人;四、无记名投票选举书记和委员;五、宣布结果",
		minutes:     "清点人数,有表决权应到 {有权} 人,实到 {票} 人,超过五分之四,可以选举。候选人 6 名,应选 5 名。{监督}、{老党员}等任监票人。发出选票 {票} 张,收回 {票} 张,有效。{当选}当选书记,五名委员当选,名单当场宣布。",
		votes:       generalVotes,
		decisions:   "选举产生新一届支部委员会委员五名,{当选}为书记,结果报镇党委审批。",
		responsible: "老班子 {3-5} 日内移交台账和印章。", follow: "移交清单已签字。"})
	v.writeElections(d, folk.Where(v.due(on), func(p *folk.Villager) bool { return p.Votes(on) }), folk.Where(came, func(p *folk.Villager) bool { return p.Votes(on) }))
}

var yearlyOccasions = []occasion{
	{month: 12, day: 19, kind: "组织生活会", who: "全体", topic: topic{title: "年度组织生活会", hours: 3, agenda: "一、通报准备情况;二、支委对照检查;三、党员自我批评和相互批评",
		minutes:   "会前谈心 {30-60} 人次,征求意见 {12-25} 条。{书记}代表支委作对照检查,支委逐一发言。{党员}批评{传达上级精神不及时|对外出党员联系不够},{党员}检查自己{学习靠不住|怕得罪人}。气氛{坦诚|严肃}。",
		decisions: "整改清单 {8-14} 条,逐条定人定时。", responsible: "{纪检委员}督促,次年 3 月底前整改完。", follow: "已完成大半,每月通报。"}},
	{month: 12, day: 20, kind: "民主评议", who: "全体", topic: topic{title: "民主评议党员大会", hours: 2, agenda: "一、个人自评;二、党员互评;三、民主测评;四、支委会评定",
		minutes:   "党员逐人自评,各小组互评后发测评票 {实到} 张,收回 {实到} 张。{监督}监票。支委会结合平时表现提出等次建议,优秀名额不超过三分之一。群众代表 {6-9} 人参加测评。",
		decisions: "评议结果报镇党委,并逐人反馈。"}, votes: true},
	{month: 1, day: 16, kind: "述职", who: "全体", topic: topic{title: "村党支部书记抓党建述职评议", hours: 1, agenda: "一、书记述职;二、党员评议;三、镇党委点评",
		minutes: "{书记}述职 {15-25} 分钟,讲成绩也讲不足。党员评议票 {实到} 张,满意率 {93-99}%。镇党委点评:{产业有亮点,台账要更细|队伍齐心,年轻党员偏少}。"}},
	{month: 7, day: 17, kind: "述职", who: "班子", topic: topic{title: "两委成员半年述职", hours: 1, agenda: "一、逐人述职;二、评议",
		minutes: "五名支委逐人汇报上半年分管工作,{副书记}汇报 {6-9} 项,{纪检委员}指出{两项进度偏慢|一处台账缺签字}。会议议定{补进度|补材料}的时限。"}},
	{month: 3, day: 20, kind: "联席例会", who: "去开会", there: true, units: "镇党委、各村党支部、县直挂联部门", topic: topic{title: "上半年三级联创联席例会", room: "镇政府三楼会议室",
		agenda: "一、通报创建情况;二、各村发言;三、部门对接", minutes: "镇党委通报创建进度,{书记}代表本村发言,提出{泵站|冷库|道路}方面的需求。挂联部门答复{列入计划|本月到村察看}。", decisions: "挂联部门 {4-5} 月到村现场办公。"}},
	{month: 9, day: 18, kind: "联席例会", who: "去开会", there: true, units: "镇党委、各村党支部、县直挂联部门", topic: topic{title: "下半年三级联创联席例会", room: "镇政府三楼会议室",
		agenda: "一、盘点前三季度;二、考核安排", minutes: "各村汇报前三季度,{书记}报告 {10-16} 项任务完成 {8-10} 项。会议布置年终考核,强调{台账真实|群众评价}。部门通报项目资金 {2-4} 笔。", decisions: "10 月底前完成自评。"}},
	{month: 4, day: 24, kind: "现场会", who: "去开会", there: true, units: "全镇各村", topic: topic{title: "全镇党建促产业现场会", room: "镇稻虾产业园",
		agenda: "一、看现场;二、介绍经验", minutes: "看了 {3-4} 个点,{书记}记下{订单种植|党员联农户}的做法。回村后打算先在 {20-50} 亩上试。"}},
	{month: 6, day: 12, kind: "现场观摩", who: "志愿者", atModel: true, topic: topic{title: "观摩党员科技示范户", hours: 3, room: "稻虾示范田",
		agenda: "一、参观;二、讲技术;三、问答", minutes: "到示范户田头观摩,{能人}讲解{茬口安排|水草种植|尾水处理},党员问了 {8-15} 个问题,当场有 {3-7} 户约定来学。"}},
	{month: 5, day: 22, kind: "主题实践活动", who: "志愿者", topic: topic{title: "“我为群众办实事”集中服务", campaign: "我为群众办实事", hours: 3, room: "文化广场",
		agenda: "一、政策咨询;二、义诊义剪;三、代办服务", minutes: "设服务台 {4-6} 个,接待群众 {60-130} 人次,{乡医|志愿者}量血压 {30-50} 人,代办{医保缴费|高龄认证} {10-26} 件,收集意见 {5-12} 条。", follow: "意见已答复 {5-9} 条,其余列入计划。"}},
	{month: 8, day: 21, kind: "主题实践活动", who: "志愿者", topic: topic{title: "党员先锋队清河道", campaign: "党员先锋行动", hours: 3, room: "东大沟",
		agenda: "一、清淤;二、立责任牌", minutes: "打捞水草 {2-6} 吨,清理垃圾点 {4-9} 处,立河长责任牌 {6-10} 块。{民兵}带队,{党员}、{党员}下水拉网。"}},
	{month: 2, day: 5, kind: "主题实践活动", who: "志愿者", topic: topic{title: "迎新春送温暖", campaign: "我为群众办实事", hours: 2, room: "党群服务中心",
		agenda: "一、写春联;二、送年货", minutes: "写春联 {120-260} 副,为 {18-32} 户老人送年货,{妇联}组织包饺子,{老党员}给大家写福字。"}},
	{month: 3, day: 12, kind: "志愿服务", who: "志愿者", topic: topic{title: "植树护绿志愿服务", hours: 3, room: "圩堤",
		agenda: "一、植树;二、认管", minutes: "在{南圩|北圩}堤坡栽树 {260-600} 棵,认管到人。{团支书}组织青年 {10-20} 人参加。"}},
	{month: 11, day: 21, kind: "志愿服务", who: "志愿者", topic: topic{title: "护学护路志愿服务", hours: 2, room: "村口岗亭",
		agenda: "一、排班;二、执勤", minutes: "在{村口|校车点}排班执勤 {10-20} 天,清理占道 {3-8} 处,提醒不戴头盔 {15-40} 人次。"}},
	{month: 11, day: 14, kind: "争创活动", who: "班子", topic: topic{title: "对照五好标准自查自评", campaign: "三级联创", hours: 2,
		agenda: "一、逐条对照;二、打分", minutes: "逐项打分,{组织委员}汇报证明材料 {24-40} 份。有争议的 {2-3} 项查阅台账后再定,{纪检委员}要求{宁低勿高|缺一份扣一分}。", decisions: "形成自评报告报镇党委。"}},
	{month: 6, day: 26, kind: "争创活动", who: "全体", topic: topic{title: "五好支部创建承诺上墙", campaign: "三级联创", hours: 1,
		agenda: "一、公布创建目标;二、党员认领", minutes: "公布创建目标 {9-12} 条,党员认领 {26-44} 项,{党员}领了{沟渠管护|矛盾调解},{党员}领了{农技指导|夜间巡查}。"}},
	{month: 4, day: 16, kind: "集中学习", who: "全体", topic: topic{title: "集中学习:农村基层组织工作条例", hours: 4, agenda: "一、原文领学;二、分组讨论",
		minutes: "{组织委员}领学条例,分 {3-5} 组讨论,各组代表发言。{党员}认为{规矩清楚了|开会更有章法},测试 {20-25} 题,平均 {84-94} 分。"}},
	{month: 8, day: 14, kind: "集中学习", who: "全体", topic: topic{title: "集中学习:发展党员工作细则", hours: 4, agenda: "一、逐条学习;二、案例",
		minutes: "{组织委员}讲解{二十五步流程|公示和票决|政治审查和集中培训}。{党员}问起公示期间有意见怎么办,一一解释。学习笔记当场检查 {30-60} 本。"}},
	{month: 1, day: 9, kind: "党务公开", who: "班子", topic: topic{title: "第四季度党务公开审核上墙", agenda: "审核公开内容",
		minutes: "审核上年第四季度公开内容 {8-12} 项,含党费收缴、发展党员、{补助发放|项目进度}。{监督}签字后上墙。"}},
	{month: 4, day: 9, kind: "党务公开", who: "班子", topic: topic{title: "第一季度党务公开审核上墙", agenda: "审核公开内容",
		minutes: "审核第一季度公开内容 {7-11} 项,{会计}补充{水利工程|鱼塘发包}明细。公开 {10-15} 天,收到询问 {1-4} 条。"}},
	{month: 7, day: 9, kind: "党务公开", who: "班子", topic: topic{title: "第二季度党务公开审核上墙", agenda: "审核公开内容",
		minutes: "审核第二季度公开内容 {7-12} 项,{宣传委员}同时在村微信群和大喇叭公布,收到询问 {2-5} 条,均已答复。"}},
	{month: 10, day: 9, kind: "党务公开", who: "班子", topic: topic{title: "第三季度党务公开审核上墙", agenda: "审核公开内容",
		minutes: "审核第三季度公开内容 {8-12} 项,{纪检委员}抽查 {3-5} 笔,手续齐全。公开栏照片存档 {4-6} 张。"}},
	{month: 12, day: 26, kind: "村民代表会议", who: "代表", topic: topic{title: "修订村级各项工作制度", agenda: "一、宣读修订稿;二、讨论表决",
		minutes: "{副书记}宣读 {14-16} 项制度修订稿,代表对{红白事标准|沟渠管护费|看账时间}提出意见,改动 {5-9} 处后表决。", decisions: "各项制度自次日起执行,上墙公布。"}},
	{month: 5, day: 15, kind: "村民代表会议", who: "代表", topic: topic{title: "讨论水利和道路工程", agenda: "一、方案说明;二、讨论",
		minutes: "{副书记}说明工程走向和用地,代表实地看了 {2-3} 处。{要求先修排水|建议错开农忙},施工期定为 {40-60} 天。", decisions: "同意实施,账目公开。"}},
	{month: 10, day: 16, kind: "其他", who: "代表", topic: topic{title: "重阳节尊老座谈", agenda: "座谈", room: "文化广场",
		minutes: "请 {20-36} 位老人座谈,{老党员}讲村史。{妇联}给老人送围巾,支部听取对{助餐点|夜间照明}的意见 {4-8} 条。"}},
}
