package city

import (
	"fmt"
	"maps"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// rooms are the places where people meet.
func (b *gathering) rooms() {
	u := b.unit
	kind, name := "党员活动室", u.short+"党员活动室"
	if u.domain == "乡镇" {
		kind, name = "党校", u.short+"党校"
	}
	if u.members < 12 {
		return
	}
	b.places = append(b.places, b.put(firstDay, "place", fields{"name": name, "kind": kind, "address": u.short, "started_on": max(u.founded, "2012-05-08"), "keeper": u.people.committee[0].ID}))
	if u.domain == "行政村" && u.index%3 == 0 {
		b.put(firstDay, "place", fields{"name": u.short + "党群服务中心", "kind": "党群服务中心", "address": u.short, "started_on": model.Date("2019-06-12")})
	}
}

// demonstrations are the models in force: villages, enterprises and households
// (F32). Which organisations and how many was placed for the whole county.
func (b *gathering) demonstrations() {
	u, k, d := b.unit, b.unit.people, b.dice("demonstrations")
	put := func(f fields) {
		on := folk.Workday(firstDay.AddDays(d.Between(120, 1000)))
		f["designated_on"] = on
		b.models = append(b.models, b.put(on, "demonstration", f))
	}
	switch {
	case u.model && u.domain == "行政村":
		put(fields{"kind": "双带示范村", "name": u.short, "organization": b.home.ID, "level": "市县", "feature": dice.Pick(d, industries), "visitors": d.Between(0, 400)})
	case u.model:
		put(fields{"kind": "非公企业示范党组织", "name": u.short + "党组织", "organization": b.home.ID, "level": "市县"})
		put(fields{"kind": "党员示范岗", "name": u.short + "党员示范岗", "person": k.committee[0].ID, "level": "乡镇"})
	}
	fit := folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && v.BothLead && !v.Needy })
	if len(fit) < u.quotas["households"] {
		fit = folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && v.Able && !v.Needy })
	}
	for _, v := range dice.Sample(d, fit, u.quotas["households"]) {
		put(fields{"kind": "双带党员示范户", "name": v.Name + "户", "person": v.ID, "level": dice.Pick(d, []string{"乡镇", "市县"}), "feature": dice.Pick(d, industries), "led_households": d.Between(3, 18)})
	}
	tech := folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && v.Tech })
	for _, v := range dice.Sample(d, tech, len(tech)/5) {
		put(fields{"kind": "党员科技示范户", "name": v.Name + "户", "person": v.ID, "level": "乡镇", "feature": dice.Pick(d, industries), "led_households": d.Between(2, 9)})
	}
}

// assessments are the chain of the year before the naming where an organisation is
// 五好, and the two first stages of 2025 elsewhere.
func (b *gathering) assessments() {
	u, d := b.unit, b.dice("assessments")
	year, levels := 2025, []string{"自评", "乡镇考核"}
	if u.good != "" {
		year, levels = u.good.Year()-1, []string{"自评", "乡镇考核", "公示", "市级过堂", "命名"}
	}
	on := model.Date(fmt.Sprintf("%d-09-10", year))
	low, high := 13, 18
	if u.good != "" {
		low, high = 17, 19
	}
	scores := fields{}
	for _, part := range []string{"leadership", "team", "mechanism", "results", "satisfaction"} {
		scores[part] = d.Between(low, high)
	}
	for i, level := range levels {
		f := fields{"target_code": u.code, "year": year, "level": level, "held_on": folk.Workday(on.AddDays(28*i + d.IntN(5))),
			"assessor": []string{u.name, u.township + "党委", u.township + "党委", "县三级联创领导小组", "县委"}[i]}
		switch level {
		case "公示":
			f["notice_to"] = f["held_on"].(model.Date).AddDays(9)
		case "命名":
			f["held_on"], f["document_no"] = u.good, b.home.Str("five_good_no")
		}
		if level != "公示" && level != "命名" {
			maps.Copy(f, scores)
		}
		b.put(on, "assessment", f)
	}
	// What this year brings: the self-assessment of the half-year.
	f := fields{"target_code": u.code, "year": 2026, "level": "自评", "held_on": model.Date("2026-06-18"), "assessor": u.name}
	maps.Copy(f, scores)
	b.put("2026-06-18", "assessment", f)
}

// help is what an organisation gives and gets: pairings of members with members in
// difficulty (F12) and with others, visits, and what the county gave.
func (b *gathering) help() {
	u, k, d := b.unit, b.unit.people, b.dice("help")
	for _, p := range k.pairs {
		on := folk.Workday(firstDay.AddDays(d.Between(40, 900)))
		on = max(on, p[0].Since, p[1].Since)
		r := b.put(on, "pairing", fields{"kind": "党员帮党员", "helper": p[0].ID, "helped": p[1].ID, "started_on": on, "term_years": 3,
			"helps": dice.Sample(d, []string{"资金", "技术", "信息", "劳力", "项目"}, d.Between(1, 2)), "measures": dice.Pick(d, []string{"每月上门一次", "提供种苗和技术", "农忙帮工", "帮助销售农产品"})})
		if d.Chance(0.25) {
			visit := folk.Workday(model.Date("2026-01-10").AddDays(d.Between(0, 160)))
			b.put(visit, "visit", fields{"happened_on": visit, "kind": "结对走访", "pairing": r.ID, "person": p[1].ID, "visited_by": p[0].Name, "content": "了解生活和生产情况。"})
		}
	}
	helpers := map[*folk.Villager]bool{}
	for _, p := range k.pairs {
		helpers[p[0]] = true
	}
	others := folk.Where(k.all, func(v *folk.Villager) bool { return helpers[v] })
	for range u.quotas["group help"] {
		if len(others) == 0 {
			break
		}
		on := folk.Workday(firstDay.AddDays(d.Between(40, 900)))
		p := dice.Pick(d, others)
		b.put(max(on, p.Since), "pairing", fields{"kind": "党员帮群众", "helper": p.ID, "helped_name": folk.NewNamer(d).Name(1958, "男"), "started_on": max(on, p.Since), "term_years": 3,
			"helps": []string{"劳力"}, "measures": "农忙帮工,代买生产资料"})
	}
	for _, v := range dice.Sample(d, folk.Where(k.all, func(v *folk.Villager) bool { return v.Away != "" && v.Lost == "" }), 3) {
		on := folk.Workday(model.Date("2026-02-02").AddDays(d.Between(0, 130)))
		b.put(on, "visit", fields{"happened_on": on, "kind": "联系流动党员", "person": v.ID, "visited_by": k.committee[0].Name, "means": "微信", "content": "寄送学习资料,了解务工情况。"})
	}
	b.given(d)
}

// given is what the county's own records hold too: here it was received.
func (b *gathering) given(d *dice.Dice) {
	u := b.unit
	if !u.weak {
		return
	}
	kind := "部门帮村"
	if u.quotas["by firm"] > 0 {
		kind = "企业帮村"
	}
	f := fields{"kind": kind, "helper_unit": u.helper, "target_code": u.code, "started_on": model.Date("2023-09-20"), "term_years": 3, "in_poverty": true,
		"lifted_on": u.lifted, "kept_as": "参加或接受", "helps": []string{"项目", "资金"}}
	b.put("2023-09-20", "pairing", f)
	b.put("2024-06-12", "aid", fields{"kind": "项目", "title": "产业道路和泵站", "provider": u.helper, "target_code": u.code, "given_on": model.Date("2024-06-12"), "amount": d.Between(2, 9) * 1_000_000,
		"kept_as": "参加或接受", "result": "改善了生产条件"})
}

// shelf are the papers every organisation has: rules, circulars, plans, panels.
func (b *gathering) shelf() {
	u, d := b.unit, b.dice("shelf")
	for _, r := range [][2]string{{"“三会一课”制度", "三会一课"}, {"党费收缴管理制度", "党费管理"}, {"发展党员公示制度", "发展党员"}, {"联席会议制度", "联席例会"}} {
		if u.members >= 12 || r[1] == "三会一课" {
			b.put("2023-09-12", "regulation", fields{"name": u.short + r[0], "category": r[1], "adopted_on": model.Date("2023-09-12").AddDays(d.Between(0, 20))})
		}
	}
	from := orElse(townOffice(u), "县委组织部")
	for i, title := range []string{"关于开展三级联创活动的通知", "关于做好民主评议党员工作的通知"} {
		on := []model.Date{"2026-03-04", "2025-12-08"}[i]
		b.put(on, "circular", fields{"direction": "收文", "title": title, "unit": from, "happened_on": on, "document_no": fmt.Sprintf("〔%d〕%d号", on.Year(), 6+i), "action": "已传达学习"})
	}
	b.put("2026-06-20", "circular", fields{"direction": "发文", "title": "关于上报半年工作情况的报告", "unit": from, "happened_on": model.Date("2026-06-20")})
	b.put("2026-01-15", "plan", fields{"year": 2026, "kind": "年度工作计划", "title": u.short + "2026年党建工作计划", "made_on": model.Date("2026-01-15"), "made_by": u.people.committee[0].ID,
		"content": "抓班子、带队伍、促发展,争创五好。"})
	b.put("2026-06-25", "plan", fields{"year": 2026, "kind": "半年述职", "title": u.short + "2026年上半年述职", "made_on": model.Date("2026-06-25"), "made_by": u.people.committee[0].ID})
	if u.domain == "乡镇" || u.domain == "行政村" {
		b.put("2023-08-15", "panel", fields{"name": u.short + "三级联创领导小组", "kind": "三级联创领导小组", "lead": u.people.committee[0].Name, "started_on": model.Date("2023-08-15"), "duties": "组织领导联创活动"})
	}
	b.goals(d)
	b.decisions(d)
}

func (b *gathering) goals(d *dice.Dice) {
	u, who := b.unit, b.unit.people.committee[0].ID
	for i, title := range []string{"争创五好党组织", "年度党建目标", "2026年上半年工作目标"} {
		due := []model.Date{"2026-12-31", "2025-12-31", "2026-06-30"}[i]
		f := fields{"kind": []string{"三级联创争创目标", "年度目标", "年度目标"}[i], "title": title, "responsible": who, "principal": u.township + "党委书记", "started_on": due.AddYears(-1).AddDays(1),
			"due_on": due, "progress": d.Between(30, 90)}
		if i > 0 && d.Chance(0.88) {
			f["state"], f["progress"], f["finished_on"] = "已完成", 100, due.AddDays(-d.Between(3, 40))
		} else if i == 1 {
			f["state"] = "未完成"
		}
		b.put(due.AddYears(-1).AddDays(1), "goal", f)
	}
}

func (b *gathering) decisions(d *dice.Dice) {
	if b.unit.domain != "行政村" {
		return
	}
	for i := range d.Between(1, 2) {
		on := folk.Workday(model.Date("2026-01-09").AddDays(d.Between(0, 40) + 60*i))
		due := len(b.unit.people.votersOn(on))
		b.put(on, "decision", fields{"title": dice.Pick(d, resolutionTexts), "proposed_on": on, "consulted_on": on.AddDays(4), "members_on": on.AddDays(9), "members_votes": fmt.Sprintf("应到 %d 人,实到 %d 人,赞成 %d 人", due, due*9/10, due*8/10),
			"villagers_on": on.AddDays(14), "villagers_votes": "村民代表全票通过", "resolution_shown_on": on.AddDays(16), "result_shown_on": on.AddDays(60), "result": "已完成"})
	}
}

// promises are what members undertook to do, and the posts of those without office.
func (b *gathering) promises() {
	u, k, d := b.unit, b.unit.people, b.dice("promises")
	free := folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && v.Able && v.Offices == 0 && v.Away == "" })
	for _, v := range dice.Sample(d, free, len(free)/8) {
		f := fields{"person": v.ID, "year": 2026, "item": dice.Pick(d, []string{"联系五户群众", "义务管护村道", "带动两户发展产业", "每季度走访老党员"}), "due_on": model.Date("2026-12-20"), "reviewed_on": model.Date("2026-02-18"), "shown_on": model.Date("2026-02-26")}
		if d.Chance(0.4) {
			f["done_on"], f["rating"] = folk.Workday(model.Date("2026-04-01").AddDays(d.Between(0, 80))), dice.Pick(d, []string{"好", "好", "较好", "一般"})
		}
		b.put("2026-02-18", "pledge", f)
	}
	b.put("2026-02-18", "pledge", fields{"organization": b.home.ID, "year": 2026, "item": "办好三件民生实事", "due_on": model.Date("2026-12-20"), "shown_on": model.Date("2026-02-26")})
	if u.domain != "行政村" && u.domain != "社区" {
		return
	}
	for _, v := range dice.Sample(d, free, len(free)/6) {
		b.put("2024-03-12", "duty", fields{"person": v.ID, "post": dice.Pick(d, []string{"政策宣传岗", "环境卫生岗", "纠纷调解岗", "护河护堤岗", "扶贫帮困岗"}), "started_on": model.Date("2024-03-12"), "rating": dice.Pick(d, []string{"优秀", "合格", "合格"})})
	}
}

// classes are the courses held here; how many came to each was placed (F13).
func (b *gathering) classes() {
	u, k, d := b.unit, b.unit.people, b.dice("classes")
	for i, n := range u.courses {
		on := folk.Workday(firstDay.AddDays(d.Between(60, 1060)))
		if i%3 == 0 {
			on = folk.Workday(model.Date("2026-01-20").AddDays(d.Between(0, 150)))
		}
		here := folk.Where(k.all, func(v *folk.Villager) bool { return v.Due(on) && !v.Gone(on) && v.Able })
		first := folk.Where(here, func(v *folk.Villager) bool { return v.Offices > 0 })
		rest := folk.Where(here, func(v *folk.Villager) bool { return v.Offices == 0 })
		came := append(first, dice.Sample(d, rest, max(0, min(len(rest), n*6/10-len(first))))...)
		came = came[:min(len(came), n)]
		var marks []model.Mark
		for _, v := range came {
			marks = append(marks, model.Mark{Target: v.ID, State: dice.Pick(d, []string{"参加", "结业", "结业"})})
		}
		b.put(on, "training", fields{"title": dice.Pick(d, courseTopics) + "培训班", "topic": dice.Pick(d, []string{"农村政策法规", "绿色农业新品种", "生产技术", "经营管理", "党性观念", "信息技术"}),
			"method": dice.Pick(d, []string{"集中培训", "送教下乡", "现场观摩", "电化教育"}), "organizer": u.name, "venue_name": u.short, "lecturer": "县农业技术推广中心", "started_on": on, "ended_on": on.AddDays(d.Between(0, 2)),
			"hours": 8 * d.Between(1, 3), "audience": []string{"党员", "班子成员"}, "attendance": marks, "guests": n - len(marks)})
	}
	if u.domain == "行政村" {
		on := folk.Workday(model.Date("2026-04-14").AddDays(u.town))
		who := []*folk.Villager{k.committee[0]}
		b.put(on, "training", fields{"title": "全县村党组织书记培训班", "topic": "党性观念", "method": "集中培训", "organizer": "县委组织部", "started_on": on, "ended_on": on.AddDays(2), "hours": 24,
			"audience": []string{"村党组织书记"}, "attendance": []model.Mark{{Target: who[0].ID, State: "结业"}}, "kept_as": "参加或接受"})
	}
}

var courseTopics = []string{"稻虾种养技术", "设施蔬菜", "电子商务", "农村政策法规", "党务工作", "合作社经营管理", "绿色防控", "果树修剪"}

// skills are the techniques that members of the team and model households know.
func (b *gathering) skills() {
	u, k, d := b.unit, b.unit.people, b.dice("skills")
	put := func(v *folk.Villager, n int) {
		for _, t := range dice.Sample(d, []string{"稻虾共作技术", "蔬菜嫁接", "果树修剪", "病虫害绿色防控", "农机驾驶与维修", "直播销售", "水产养殖"}, n) {
			b.put("2024-05-10", "skill", fields{"person": v.ID, "technique": t, "field": dice.Pick(d, []string{"种植", "养殖", "加工", "经营管理"}), "mastery": dice.Pick(d, []string{"掌握", "熟练", "掌握", "了解"}),
				"learned_on": folk.Workday(model.Date("2021-03-01").AddDays(d.Between(0, 1700)))})
		}
	}
	for _, v := range k.all {
		team := u.domain == "行政村" && v.Offices > 0
		switch {
		case v.Tech && v.OnFile(lastDay):
			put(v, dice.Weigh(d, []dice.Share[int]{{Value: 1, Weight: 20}, {Value: 2, Weight: 60}, {Value: 3, Weight: 20}}))
		case team && d.Chance(0.8):
			put(v, 1)
		}
	}
}

// undertakings are the entities of a village (F26 to F29).
func (b *gathering) undertakings() {
	u, d := b.unit, b.dice("undertakings")
	for _, v := range u.people.owners {
		kind := dice.Weigh(d, dice.Shares("经济实体30 专业合作社16 家庭农场28 个体工商户18 私营企业8"))
		trade := dice.Weigh(d, dice.Shares("种植26 养殖24 林果8 加工12 服务6 商贸10 电商5 运输4 农机服务5"))
		b.put("2023-11-06", "undertaking", fields{"owner": v.ID, "kind": kind, "name": v.Name + trade + kind, "key_project": d.Chance(0.1), "industry": trade,
			"started_on": folk.Workday(model.Date("2017-03-01").AddDays(d.Between(0, 2900))), "output": d.Between(6, 240) * 1_000_000, "profit": d.Between(2, 40) * 1_000_000, "employees": d.Between(1, 14), "led_households": d.Between(0, 12)})
	}
}

// cultivations are those of 四培一促: 67 and 163 were achieved by the paths of F25.
func (b *gathering) cultivations() {
	u, k, d := b.unit, b.unit.people, b.dice("cultivations")
	if u.domain != "行政村" {
		return
	}
	put := func(v *folk.Villager, path, state string) {
		from := max(folk.Workday(firstDay.AddDays(d.Between(30, 500))), v.Since)
		f := fields{"person": v.ID, "path": path, "started_on": from, "state": state}
		if v != k.committee[0] {
			f["mentor"] = k.committee[0].ID
		}
		if state == "已成功" {
			f["achieved_on"] = min(folk.Workday(from.AddDays(d.Between(120, 500))), lastDay)
		}
		b.put(from, "cultivation", f)
	}
	for _, v := range dice.Sample(d, k.team[1:], u.quotas["to able"]) {
		put(v, "村组干部培养成经济能人", "已成功")
	}
	for _, v := range dice.Sample(d, k.team[1:], u.quotas["to cadre"]) {
		put(v, "能人党员培养成村干部", "已成功")
	}
	for _, e := range k.entered {
		if d.Chance(0.2) && e.person.Since < "2026-02-01" {
			put(e.person, "党员培养成经济能人", "培养中")
		}
	}
	for _, e := range k.stock {
		if e.person.Talent != "" {
			put(e.person, "经济能人培养成党员", "培养中")
		}
	}
}

// supplies are what model households were given (F34).
func (b *gathering) supplies() {
	u, d := b.unit, b.dice("supplies")
	on := folk.Workday(model.Date("2024-10-15").AddDays(d.Between(0, 30)))
	put := func(item, title string, n, value int, measure string) {
		f := fields{"item": item, "title": title, "quantity": n, "unit": measure, "value": value, "provider": "县委组织部", "received_on": on, "location": u.short + "党员活动室"}
		if len(b.models) > 0 {
			f["demonstration"] = b.models[0].ID
		}
		b.put(on, "supply", f)
	}
	if u.quotas["books"] > 0 {
		put("VCD机", "播放机", u.quotas["books"], 30_000, "台")
		put("图书", "实用技术丛书", u.quotas["books"], 8_000, "套")
	}
	if n := u.quotas["films"]; n > 0 {
		put("科技片", "农村实用技术科技片", n, n*400, "部")
	}
}

// praise are honours and what was made public: 428 members and 312 organisations
// (F37), 19 persons in the printed book (F35), and who was recommended (F36).
func (b *gathering) praise() {
	u, k, d := b.unit, b.unit.people, b.dice("praise")
	day := func() model.Date {
		if d.Chance(0.4) {
			return folk.Workday(model.Date("2026-01-15").AddDays(d.Between(0, 150)))
		}
		return folk.Workday(firstDay.AddDays(d.Between(60, 900)))
	}
	members := folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && !v.Needy })
	told := dice.Sample(d, members, u.quotas["praised"])
	for i, v := range told {
		f := fields{"title": v.Name + dice.Pick(d, []string{"带领乡亲奔富路", "二十年如一日", "把群众当亲人", "田间的带头人"}), "media": dice.Pick(d, []string{"报纸", "电视台", "网站", "公众号", "短视频", "橱窗展板", "事迹演讲"}), "level": dice.Pick(d, []string{"乡镇", "市县", "市县", "地市"}),
			"published_on": day(), "persons": []string{v.ID}, "author": u.township + "党建办"}
		if i == 0 && u.quotas["book"] > 0 {
			f["media"], f["level"], f["copies"] = "事迹汇编", "市县", 2000
		}
		b.put(f["published_on"].(model.Date), "publicity", f)
	}
	if u.quotas["told"] > 0 {
		on := day()
		b.put(on, "publicity", fields{"title": u.short + dice.Pick(d, []string{"支部带富一方", "党建引领促振兴", "红色堡垒", "五好创建显成效"}), "media": dice.Pick(d, []string{"报纸", "公众号", "橱窗展板", "网站"}), "level": dice.Pick(d, []string{"乡镇", "市县"}), "published_on": on, "organization": b.home.ID})
	}
	if u.quotas["recommended"] > 0 {
		b.put("2026-05-20", "publicity", fields{"title": "推荐" + u.short + "为双带先进党组织", "media": "向上推荐", "level": "地市", "published_on": model.Date("2026-05-20"), "organization": b.home.ID})
	}
	if u.quotas["recommended one"] > 0 {
		b.put("2026-05-20", "publicity", fields{"title": "推荐" + k.committee[0].Name + "为优秀党员", "media": "向上推荐", "level": "地市", "published_on": model.Date("2026-05-20"), "persons": []string{k.committee[0].ID}})
	}
	b.honours(d, members)
}

func (b *gathering) honours(d *dice.Dice, members []*folk.Villager) {
	u := b.unit
	for year := 2024; year <= 2026; year++ {
		on := model.Date(fmt.Sprintf("%d-06-28", year))
		for _, v := range dice.Sample(d, folk.Where(members, func(v *folk.Villager) bool { return v.FullSince < on }), max(1, u.members/45)) {
			b.put(on, "honor", fields{"title": "优秀共产党员", "kind": "优秀共产党员", "level": "乡镇", "granted_by": u.township + "党委", "granted_on": on, "person": v.ID})
		}
		if u.good != "" && u.good < on && d.Chance(0.5) {
			b.put(on, "honor", fields{"title": "先进基层党组织", "kind": "先进基层党组织", "level": "市县", "granted_by": folk.CountyName + "委", "granted_on": on, "organization": b.home.ID})
		}
	}
	for _, v := range members {
		if half := v.Joined.AddYears(50); half > "2025-07-01" && half <= "2026-07-01" && v.Confirmed < "1977-01-01" {
			b.put("2026-06-26", "honor", fields{"title": "“光荣在党50年”纪念章", "kind": "光荣在党50年纪念章", "level": "国家", "granted_by": "中共中央", "granted_on": model.Date("2026-06-26"), "person": v.ID})
		}
	}
}
