package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// jointCreation writes the campaign's goals, bodies, assessments, links and help.
func (v *village) jointCreation() {
	v.goals()
	v.panels()
	v.assessments()
	v.linkUp()
	v.pairUp()
	v.visits()
	v.aids()
}

// goals are those of the campaign, of the term of office and of the year.
func (v *village) goals() {
	k := v.cast
	d := v.dice("goals")
	year := v.planYear()
	newYear, _ := model.NewDate(year, 1, 1)
	yearEnd, _ := model.NewDate(year, 12, 31)
	term := v.lastElection()
	boss := v.townSecretary()
	for _, g := range []struct {
		kind, title, target, measures string
		who                           *folk.Villager
		from, to                      model.Date
		progress                      int
		done                          model.Date
	}{
		{"三级联创争创目标", "创建五好村党支部并通过命名", "命名", "对照标准自查,补齐台账,解决群众反映的 {6-12} 个问题。", k.secretary, v.span.opening().AddMonths(-10), v.span.opening().AddMonths(4), 100, folk.Workday(folk.DayIn(v.span.first.Add(3), 27))},
		{"三级联创争创目标", "巩固五好成果,复查不掉队", "复查合格", "每季度自查一次,群众满意度不低于 95%。", k.secretary, newYear, yearEnd, 80, ""},
		{"三级联创争创目标", "有能力的党员干部人人有项目", "70%以上", "合作社带头,一户一策。", k.deputy, newYear, yearEnd, 90, ""},
		{"任期工作目标", "村集体经济收入年均增长一成", "任期末 80 万元", "扩大稻虾基地,盘活闲置厂房。", k.secretary, term, term.AddYears(5), 15, ""},
		{"任期工作目标", "主干渠道全部硬化", "12 公里", "分年实施,受益户投工。", k.deputy, term, term.AddYears(5), 20, ""},
		{"任期工作目标", "培养四十岁以下后备干部", "4 名", "导师带培,跟班锻炼。", k.organizer, term, term.AddYears(5), 50, ""},
		{"年度目标", "党员集中学习学时", "每人 32 学时", "月月有主题党日,流动党员线上学。", k.publicist, newYear, yearEnd, 92, ""},
		{"年度目标", "党费按月足额收缴", "100%", "主题党日当场交,张榜公布。", k.organizer, newYear, yearEnd, 85, ""},
		{"年度目标", "稻虾共作扩面", "120 亩", "党员户先试,合作社供苗。", k.deputy, newYear, yearEnd, 100, max(folk.Workday(v.span.asOf.AddDays(-40)), newYear.AddDays(20))},
		{"年度目标", "人居环境整治示范组", "3 个", "党员联户,红黑榜评比。", k.women, newYear, yearEnd, 75, ""},
	} {
		f := fields{"kind": g.kind, "title": g.title, "target": g.target, "measures": dice.Phrase(d, g.measures, v.words), "principal": boss,
			"responsible": g.who.ID, "started_on": g.from, "due_on": g.to, "progress": g.progress, "state": "进行中"}
		on := max(v.span.opening(), g.from)
		if g.done == "" {
			v.book.put(on, "goal", f)
			continue
		}
		f["progress"] = 60
		r := v.book.begin(on, "goal", f)
		v.book.change(g.done, r, fields{"progress": 100, "state": "已完成", "finished_on": g.done})
	}
	v.tasks(boss)
}

// tasks are what a joint meeting gave out: to a department alone, and to one together
// with somebody of the village.
func (v *village) tasks(boss string) {
	months := v.span.months()
	for _, g := range []struct {
		title, target, unit string
		month               int
		who                 *folk.Villager
	}{
		{"落实二组泵站改造资金", "6 万元", v.place.County + "水利局", 2, nil},
		{"稻虾冷库用地报批", "批复", v.place.County + "自然资源局", 5, v.cast.deputy},
	} {
		on := folk.Workday(folk.DayIn(months[min(g.month, len(months)-1)], 12))
		if !v.span.holds(on) {
			continue
		}
		f := fields{"kind": "联席会任务", "title": g.title, "target": g.target, "unit": g.unit, "principal": boss, "measures": "联席会议定,按月通报进度。",
			"started_on": on, "due_on": on.AddMonths(4), "progress": 30, "state": "进行中"}
		if g.who != nil {
			f["responsible"] = g.who.ID
		}
		r := v.book.begin(on, "goal", f)
		if done := folk.Workday(on.AddMonths(3)); v.span.holds(done) {
			v.book.change(done, r, fields{"progress": 100, "state": "已完成", "finished_on": done})
		}
	}
}

// townSecretary is the made-up secretary of the township.
func (v *village) townSecretary() string {
	return folk.NewNamer(v.dice("township")).Name(1976, "男")
}

func (v *village) panels() {
	k, on := v.cast, folk.Workday(v.lastElection().AddDays(12))
	for i, p := range []struct{ name, kind, lead, members, duties string }{
		{v.place.Name + "三级联创工作领导小组", "三级联创领导小组", k.secretary.Name, names2(k.deputy, k.organizer, k.publicist, k.inspector), "组长负总责,副组长抓产业和整治,组织委员管台账,其他成员各联系一个党小组。"},
		{v.place.Name + "党建工作领导小组", "党建工作领导小组", k.secretary.Name, names2(k.deputy, k.organizer, k.publicist), "每季度研究一次党建工作,检查三会一课落实情况。"},
		{v.place.Name + "党员培训工作领导小组", "培训工作领导小组", k.publicist.Name, names2(k.organizer, k.youth), "制订培训计划,联系农技站和镇党校送课。"},
		{"稻虾产业党建联席会议", "联席会议", v.place.Township + "党委", "邻近三村党支部、稻虾合作社、镇农技站", "每半年会商一次,统一供苗、销售和用水。"},
		{v.place.Name + "红白理事会", "其他", k.former.Name, names2(k.women, k.elders[0], k.elders[1]), "登记红白事,劝导从简。"},
	} {
		v.book.put(on, "panel", fields{"name": p.name, "kind": p.kind, "lead": p.lead, "members": p.members, "duties": p.duties,
			"contact": k.organizer.Name, "document_no": fmt.Sprintf("%s支〔%d〕%d号", v.place.Name, on.Year(), 3+i), "started_on": on})
	}
}

func names2(people ...*folk.Villager) string {
	s := ""
	for i, p := range people {
		if i > 0 {
			s += "、"
		}
		s += p.Name
	}
	return s
}

// assessments are the stages of the year in which the branch was named one of the
// five good, of the year before, when it failed, and what came after.
func (v *village) assessments() {
	first := v.span.first
	year := folk.YearOf(first.Add(-2))
	county, town := "中共"+v.place.County+"委员会", "中共"+v.place.Township+"委员会"
	own := v.place.ShortName()
	day := func(months, n int) model.Date { return folk.Workday(folk.DayIn(first.Add(months), n)) }
	for _, a := range []struct {
		on                           model.Date
		year                         int
		level, assessor, findings    string
		marks                        [5]int
		noticeTo                     model.Date
		documentNo, objections, done string
	}{
		{day(-12, 14), year - 1, "自评", own, "集体经济偏弱,年轻党员少。", [5]int{17, 17, 16, 15, 17}, "", "", "", ""},
		{day(-11, 18), year - 1, "乡镇考核", town, "业绩项差距较大,台账缺两项,限期补齐。", [5]int{16, 16, 15, 13, 16}, "", "", "", ""},
		{day(0, 14), year, "自评", own, "公厕管护、渠道清淤仍有不足,已列入整改。", [5]int{18, 18, 18, 17, 18}, "", "", "", ""},
		{day(1, 17), year, "乡镇考核", town, "看现场四处,查台账二十四类,走访群众三十户。", [5]int{18, 17, 18, 17, 18}, "", "", "", ""},
		{day(2, 6), year, "公示", town, "", [5]int{}, day(2, 6).AddDays(9), "", "公示期间无异议", ""},
		{day(2, 26), year, "市级过堂", county, "镇党委汇报,成员单位逐项核对,无一票否决事项。", [5]int{18, 17, 18, 17, 17}, "", "", "", ""},
		{day(3, 11), year, "抽查", county + "组织部", "随机抽查台账和入户十五户,情况属实。", [5]int{18, 17, 17, 17, 18}, "", "", "", ""},
		{day(3, 27), year, "命名", county, "", [5]int{18, 17, 18, 17, 18}, "", fmt.Sprintf("澄组〔%d〕6号", day(3, 27).Year()), "", ""},
		{day(9, 19), year, "复查", town, "创建成果保持较好,流动党员联系要更勤。", [5]int{18, 18, 18, 17, 18}, "", "", "", ""},
	} {
		f := fields{"target_code": v.place.Code, "year": a.year, "level": a.level, "assessor": a.assessor, "held_on": a.on,
			"notice_to": a.noticeTo, "objections": a.objections, "document_no": a.documentNo, "findings": a.findings}
		switch a.level {
		case "市级过堂":
			f["hearing"] = "组织部:台账齐全;农业农村局:产业带动明显;综治办、纪委:无否决事项;民政局:群众满意。"
		case "命名":
			f["reward"] = "颁发牌匾,拨给党建活动经费 5000 元"
		}
		if a.marks[0] > 0 {
			for i, name := range []string{"leadership", "team", "mechanism", "results", "satisfaction"} {
				f[name] = a.marks[i]
			}
		}
		id := v.book.put(max(v.span.opening(), a.on), "assessment", f)
		if v.faulty != nil && a.year == year {
			v.faulty.assessed[a.level] = id
		}
	}
}
