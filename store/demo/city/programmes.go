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
	for i, kind := range []string{"电教网点", "农校", "学习点"} {
		if u.domain == "行政村" && u.index%(4+i) == 1 {
			b.put(firstDay, "place", fields{"name": u.short + kind, "kind": kind, "address": u.short, "started_on": model.Date("2018-03-20")})
		}
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
		f["hearing"], f["reward"] = hearings[level], rewards[level]
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

// hearings and rewards are said of one stage each.
var (
	hearings = map[string]string{"市级过堂": "各成员单位无异议,无一票否决事项。"}
	rewards  = map[string]string{"命名": "颁发牌匾,拨给党建活动经费 5000 元"}
)

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
	b.task()
	b.decisions(d)
}

// task is what the township's joint meeting gave a department to do.
func (b *gathering) task() {
	u := b.unit
	if u.domain != "乡镇" {
		return
	}
	on := model.Date("2026-02-12")
	f := fields{"kind": "联席会任务", "title": "薄弱村产业道路硬化", "unit": u.township + "农业农村办", "principal": u.township + "党委书记", "started_on": on, "due_on": on.AddMonths(4),
		"measures": "联席会议定,按月通报", "progress": 60}
	if u.index%2 == 0 {
		f["state"], f["progress"], f["finished_on"] = "已完成", 100, model.Date("2026-06-02")
	}
	b.put(on, "goal", f)
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
			b.put(on, "honor", fields{"title": "先进基层党组织", "kind": "先进基层党组织", "level": "市县", "granted_by": b.city.county.Name + "委", "granted_on": on, "organization": b.home.ID, "reward": 2000_00})
		}
	}
	for _, v := range members {
		if half := v.Joined.AddYears(50); half > "2025-07-01" && half <= "2026-07-01" && v.Confirmed < "1977-01-01" {
			b.put("2026-06-26", "honor", fields{"title": "“光荣在党50年”纪念章", "kind": "光荣在党50年纪念章", "level": "国家", "granted_by": "中共中央", "granted_on": model.Date("2026-06-26"), "person": v.ID})
		}
	}
}
