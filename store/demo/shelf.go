package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// shelf writes the papers that an inspection asks for: rules in force, letters,
// plans, decisions, pledges and the duties of members without office.
func (v *village) shelf() {
	v.regulations()
	v.circulars()
	v.plans()
	v.decisions()
	v.pledges()
	v.duties()
}

// meetingRooms are the places where the branch meets and learns. They come before
// the meetings, which are held in them.
func (v *village) meetingRooms() {
	k := v.cast
	for _, p := range []struct {
		name, kind, address, area string
		keeper                    *folk.Villager
		since                     model.Date
	}{
		{"党员活动室", "党员活动室", "党群服务中心二楼", "96 平方米,桌椅 60 套、投影 1 台", k.organizer, "2016-07-01"},
		{"党群服务中心", "党群服务中心", "村部", "420 平方米,便民窗口 3 个", k.women, "2018-10-01"},
		{"村级党校", "党校", "党群服务中心东侧", "120 平方米,可容纳 90 人", k.publicist, "2019-03-12"},
		{"远程教育站点", "电教网点", "党群服务中心一楼", "电脑 4 台、电视 1 台", k.youth, "2012-05-20"},
		{"田头课堂", "农校", "稻虾示范田管理房", "60 平方米,样品柜 2 组", k.deputy, "2021-04-15"},
		{"农家书屋", "学习点", "村部西侧", "图书 2600 册", k.accountant, "2011-09-10"},
		{"文化广场", "其他", "村部门前", "1800 平方米,大屏 1 块", k.militia, "2020-06-18"},
	} {
		id := v.book.put(v.span.opening(), "place", fields{"name": v.place.Name + p.name, "kind": p.kind, "address": v.place.Name + p.address,
			"area": p.area, "keeper": p.keeper.ID, "started_on": p.since})
		v.rooms = append(v.rooms, id)
	}
}

func (v *village) regulations() {
	adopted := v.bylawOn
	if adopted == "" {
		adopted = v.span.opening()
	}
	for _, r := range []struct{ name, category, content string }{
		{"三会一课制度", "三会一课", "支部党员大会每季度一次,支委会、党小组会每月一次,党课每季度一次,请假要报备,缺课要补。"},
		{"主题党日制度", "三会一课", "每月十五日为主题党日,交党费、重温誓词、学习、办实事。"},
		{"民主评议党员制度", "民主评议", "每年年底评议,优秀不超过三分之一,结果逐人反馈。"},
		{"党务公开制度", "党务公开", "每季度首月九日前审核上墙,公开党费、发展党员、重大事项。"},
		{"党费收缴管理制度", "党费管理", "按月收缴,每季度上缴,每年公布一次。"},
		{"党员学习培训制度", "学习培训", "党员每年不少于三十二学时,班子成员不少于五十六学时。"},
		{"发展党员工作制度", "发展党员", "二十五步全程纪实,公示、票决、档案一人一卷。"},
		{"联席例会制度", "联席例会", "每半年至少一次,议定事项定人定时。"},
		{"结对帮扶制度", "挂联帮扶", "结对不少于三年,每季度上门,不脱贫不脱钩。"},
		{"党员联系户制度", "挂联帮扶", "每名在村党员联系五至八户,每月走访一次。"},
		{"五好创建考核办法", "考核奖惩", "对照五项百分考核,结果与评先挂钩。"},
		{"无职党员设岗定责制度", "考核奖惩", "按需设岗,双向选择,年终评议。"},
		{"村务财务管理制度", "村务管理", "支出联签,逐笔公开,监督委员会每季查账。"},
		{"四议两公开议事规则", "村务管理", "提议、商议、审议、决议,决议公开、结果公开。"},
		{"返乡创业扶持办法", "优惠扶持政策", "提供场地、代办手续,前两年减免集体租金一半。"},
		{"档案管理制度", "其他", "专人管理,借阅登记,换届移交。"},
	} {
		v.book.put(adopted, "regulation", fields{"name": v.place.Name + r.name, "category": r.category, "adopted_on": adopted,
			"adopted_at": v.bylaw, "state": "现行", "content": r.content})
	}
	v.book.put(v.span.opening(), "regulation", fields{"name": v.place.Name + "村干部坐班制度", "category": "村务管理", "adopted_on": "2017-02-18",
		"revised_on": "2019-05-06", "state": "废止", "content": "已由新的村务管理各项制度代替。"})
}

func (v *village) circulars() {
	d := v.dice("circulars")
	town, short := "中共"+v.place.Township+"委员会", v.place.ShortName()
	out := dice.NewCycle(d, outgoing)
	for _, m := range v.span.months() {
		for i := range 3 {
			on := folk.Workday(folk.DayIn(m, 4+9*i))
			if !v.span.holds(on) {
				continue
			}
			f := fields{"happened_on": on, "place": fmt.Sprintf("档案柜 %d-%d", folk.YearOf(m), 1+i)}
			if i < 2 {
				p := incoming[folk.MonthOf(m)-1][i]
				f["direction"], f["title"], f["unit"] = "收文", fmt.Sprintf("关于%s的通知", p.title), town
				f["document_no"] = fmt.Sprintf("芦委发〔%d〕%d号", on.Year(), folk.MonthOf(m)*4+i)
				f["action"] = dice.Phrase(d, p.follow, v.wordsOn(on))
			} else {
				p := out.Next()
				f["direction"], f["title"], f["unit"] = "发文", fmt.Sprintf("%s关于%s的报告", short, p.title), town
				f["document_no"] = fmt.Sprintf("%s支〔%d〕%d号", v.place.Name, on.Year(), folk.MonthOf(m)+2)
				f["action"] = dice.Phrase(d, p.follow, v.wordsOn(on))
			}
			v.book.put(on, "circular", f)
		}
	}
}

// incoming are two letters a month from the township, January first.
var incoming = [12][2]topic{
	{{title: "开展春节前走访慰问", follow: "名单已报,走访完成"}, {title: "核定党员全年党费标准", follow: "支委会核定,张榜公布"}},
	{{title: "加强流动党员联系服务", follow: "返乡期间逐人谈话,名单更新"}, {title: "报送党员培训计划", follow: "计划已报镇党委"}},
	{{title: "做好春季水利工程扫尾", follow: "二组泵站 {3-4} 月完工"}, {title: "人居环境第一季度检查", follow: "问题点位整改销号"}},
	{{title: "开展清明祭扫和文明祭祀宣传", follow: "组织祭扫,入户宣传 {60-120} 户"}, {title: "规范发展党员工作", follow: "对照流程自查 {2-4} 份材料"}},
	{{title: "做好夏收夏种和秸秆禁烧", follow: "签承诺书 {180-320} 份"}, {title: "学习党内法规制度", follow: "支委会传达,主题党日学习"}},
	{{title: "做好防汛防台工作", follow: "应急队 {18-30} 人已落实"}, {title: "开展“七一”系列活动", follow: "方案报镇,已举办"}},
	{{title: "报送半年党建工作总结", follow: "按时上报"}, {title: "开展两委成员半年述职", follow: "已述职评议"}},
	{{title: "党务公开专项检查", follow: "公开栏已更新"}, {title: "做好村干部养老保险工作", follow: "名单核对无误,已上报"}},
	{{title: "推进五好支部创建", follow: "逐条自查,形成报告"}, {title: "高标准农田建设管护", follow: "管护人员已明确"}},
	{{title: "做好秋收和秸秆综合利用", follow: "划分责任区,党员包片"}, {title: "报送党员队伍基本信息", follow: "核对名册后按时上报"}},
	{{title: "做好冬季农田水利建设", follow: "立项 {2-3} 处"}, {title: "党组织五好考核安排", follow: "自评材料已报"}},
	{{title: "召开组织生活会和民主评议党员", follow: "按程序召开,材料归档"}, {title: "安全生产冬季隐患排查", follow: "排查 {60-110} 户,隐患已整改"}},
}

var outgoing = []topic{
	{title: "三会一课落实情况", follow: "镇党委已收"}, {title: "党员发展计划", follow: "镇党委已备案"}, {title: "上半年党建工作", follow: "镇党委已阅"},
	{title: "困难党员慰问情况", follow: "附签收表"}, {title: "五好支部创建自评", follow: "列入考核"}, {title: "流动党员联系情况", follow: "名单附后"},
	{title: "党费收缴使用", follow: "附收据复印件"}, {title: "水利工程立项申请", follow: "已列入年度计划"}, {title: "后备干部培养", follow: "已备案"},
	{title: "整改落实情况", follow: "销号 {6-12} 条"}, {title: "稻虾基地扩面情况", follow: "镇农办现场核实"}, {title: "组织生活会召开情况", follow: "已归档"},
}

func (v *village) plans() {
	d := v.dice("plans")
	k := v.cast
	year := v.planYear()
	for _, p := range []struct {
		year, month, day             int
		kind, title, content, result string
		by                           *folk.Villager
	}{
		{year, 1, 8, "年度工作计划", "工作计划", "抓队伍、产业、环境三件事,共 {9-14} 项,逐项定人定时。", "按季度对账,已完成大半。", k.secretary},
		{year, 1, 10, "争创五好计划", "争创五好党支部计划", "对照五项标准列出 {8-12} 条措施,每季自查。", "{班子|队伍}类已全部落实。", k.organizer},
		{year, 1, 12, "培训计划", "党员培训计划", "全年集中培训 {6-9} 期,送学上门覆盖行动不便党员。", "已举办 {5-8} 期。", k.publicist},
		{year, 2, 24, "任期规划", "新一届党支部任期规划", "五年内渠道硬化 12 公里、集体收入 80 万元、培养年轻干部 4 名。", "首年任务开局良好。", k.secretary},
		{year, 7, 16, "半年述职", "书记半年述职报告", "总结上半年 {7-10} 项工作,找出 {3-5} 条差距。", "已在支委会述职。", k.secretary},
		{year, 7, 17, "半年述职", "副书记半年述职报告", "分管产业和综治,完成扩面、排涝等 {4-6} 项。", "已在支委会述职。", k.deputy},
		{year, 7, 17, "半年述职", "组织委员半年述职报告", "发展党员、党费、台账工作完成情况及不足 {2-3} 条。", "已在支委会述职。", k.organizer},
		{year - 1, 12, 28, "年终总结", "党支部工作总结", "完成计划 {86-96}%,未完成 {1-2} 项转入下年。", "已报镇党委。", k.organizer},
		{year - 1, 12, 29, "其他", "村规民约实施情况", "红白事从简 {20-36} 起,调解 {12-20} 起。", "已公示。", k.women},
	} {
		first, _ := model.NewDate(p.year, p.month, 1)
		on := folk.Workday(folk.DayIn(first.Month(), p.day))
		if on > v.span.asOf {
			continue
		}
		v.book.put(max(on, v.span.opening()), "plan", fields{"year": p.year, "kind": p.kind, "title": fmt.Sprintf("%s%d%s", v.place.Name, p.year, "年"+p.title),
			"made_on": on, "made_by": p.by.ID, "content": dice.Phrase(d, p.content, nil), "done": dice.Phrase(d, p.result, nil)})
	}
}

// planYear is the year whose plans and pledges are on the shelf: that of the last
// day, or the one before in the first weeks of January.
func (v *village) planYear() int {
	if v.span.asOf[5:] < "02-01" {
		return v.span.asOf.Year() - 1
	}
	return v.span.asOf.Year()
}
