package city

import (
	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

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
		r := b.put(on, "training", fields{"title": dice.Pick(d, courseTopics) + "培训班", "topic": dice.Pick(d, []string{"农村政策法规", "绿色农业新品种", "生产技术", "经营管理", "党性观念", "信息技术"}),
			"method": dice.Pick(d, []string{"集中培训", "送教下乡", "现场观摩", "电化教育"}), "organizer": u.name, "organizer_kind": u.sort(), "venue_name": u.short, "lecturer": "县农业技术推广中心", "started_on": on, "ended_on": on.AddDays(d.Between(0, 2)),
			"hours": 8 * d.Between(1, 3), "audience": []string{"党员", "班子成员"}, "attendance": marks, "guests": n - len(marks)})
		if r.Is("method", "电化教育") {
			r.Set("materials", b.films(on))
		}
	}
	if u.domain == "行政村" {
		on := folk.Workday(model.Date("2026-04-14").AddDays(u.town))
		who := []*folk.Villager{k.committee[0]}
		b.put(on, "training", fields{"title": "全县村党组织书记培训班", "topic": "党性观念", "method": "集中培训", "organizer": "县委组织部", "organizer_kind": "组织部门", "started_on": on, "ended_on": on.AddDays(2), "hours": 24,
			"audience": []string{"村党组织书记"}, "attendance": []model.Mark{{Target: who[0].ID, State: "结业"}}, "kept_as": "参加或接受"})
	}
}

// sort says what sort of organiser an organisation is.
func (u *unit) sort() string {
	switch u.domain {
	case "行政村", "社区":
		return "村"
	case "乡镇":
		return "乡镇"
	}
	return "其他"
}

// films gives what had been handed out by a day to be shown in a class.
func (b *gathering) films(on model.Date) []string {
	var ids []string
	for _, s := range b.records["supply"] {
		if s.Is("item", "科技片") && s.Date("received_on") <= on {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

var courseTopics = []string{"稻虾种养技术", "设施蔬菜", "电子商务", "农村政策法规", "党务工作", "合作社经营管理", "绿色防控", "果树修剪"}

var techniqueFields = map[string]string{"稻虾共作技术": "养殖", "蔬菜嫁接": "种植", "果树修剪": "林果", "病虫害绿色防控": "种植", "农机驾驶与维修": "机械", "直播销售": "信息技术", "水产养殖": "水产"}

// skills are the techniques that members of the team and model households know.
func (b *gathering) skills() {
	u, k, d := b.unit, b.unit.people, b.dice("skills")
	put := func(v *folk.Villager, n int) {
		for _, t := range dice.Sample(d, []string{"稻虾共作技术", "蔬菜嫁接", "果树修剪", "病虫害绿色防控", "农机驾驶与维修", "直播销售", "水产养殖"}, n) {
			b.put("2024-05-10", "skill", fields{"person": v.ID, "technique": t, "field": techniqueFields[t], "mastery": dice.Pick(d, []string{"掌握", "熟练", "掌握", "了解"}),
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
	for _, v := range folk.Where(k.heads, func(v *folk.Villager) bool { return v.Capable }) {
		put(v, "经济能人培养成村组干部", "已成功")
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
