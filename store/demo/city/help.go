package city

import (
	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

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
	b.betterOff()
}

// betterOff pairs one of the better-off with a household in poverty, in every third
// village: such a pair is neither of F12 nor of B07.
func (b *gathering) betterOff() {
	u, k, d := b.unit, b.unit.people, b.dice("better off")
	rich := folk.Where(k.all, func(v *folk.Villager) bool { return stays(v) && v.BothLead && v.Able && !v.Needy })
	if u.domain != "行政村" || u.index%3 != 0 || len(rich) == 0 {
		return
	}
	helper := dice.Pick(d, rich)
	on := max(folk.Workday(firstDay.AddDays(d.Between(60, 900))), helper.Since)
	r := b.put(on, "pairing", fields{"kind": "先富帮贫", "helper": helper.ID, "helped_name": folk.NewNamer(d).Name(1961, "男"), "started_on": on, "term_years": 3,
		"helps": []string{"资金", "技术"}, "measures": "赊供种苗,包教技术,代销产品", "in_poverty": true, "lifted_on": max(model.Date("2026-03-20"), on)})
	b.put("2026-05-20", "visit", fields{"happened_on": model.Date("2026-05-20"), "kind": "结对走访", "pairing": r.ID, "visited_by": helper.Name, "content": "察看长势,结算代销款。"})
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
