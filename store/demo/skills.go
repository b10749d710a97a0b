package demo

import (
	"fmt"
	"slices"
)

// skills are the practical techniques that leaders and members have mastered: the
// committee and the model households two each, most of the able-bodied one.
func (v *village) skills() {
	d := v.dice("skills")
	k := v.cast
	leaders := append(slices.Clone(k.committee), k.village...)
	able := where(k.all, func(p *villager) bool { return p.group >= 0 && p.able && p.exit == "" })
	for _, p := range able {
		list := newCycle(d, techniques)
		n := d.between(1, 2)
		if p.tech || slices.Contains(leaders, p) {
			n = d.between(2, 3)
		}
		for range n {
			v.skill(d, p, list.next())
		}
	}
	for _, p := range append(slices.Clone(k.makers), k.women) {
		v.skill(d, p, pick(d, techniques))
	}
}

// technique is one of them with its field and the classes that teach it.
type technique struct{ name, field, topic string }

var techniques = []technique{
	{"稻虾共作", "养殖", "绿色农业新品种"}, {"小龙虾苗种培育", "养殖", "绿色农业新品种"}, {"虾病防治", "养殖", "生产技术"}, {"河蟹套养", "养殖", ""},
	{"水稻机插秧", "种植", "生产技术"}, {"优质稻栽培", "种植", "绿色农业新品种"}, {"大棚蔬菜种植", "种植", ""}, {"荷藕栽培", "种植", ""},
	{"收割机操作", "机械", "其他"}, {"无人机植保", "机械", ""}, {"农产品直播带货", "信息技术", "信息技术"}, {"农资经营", "经营管理", "市场经济"},
	{"合作社账务", "经营管理", "经营管理"}, {"灯具组装", "加工", ""}, {"水产品初加工", "加工", "无公害农产品加工"}, {"桃树修剪", "种植", ""},
}

func (v *village) skill(d *dice, p *villager, t technique) {
	f := fields{"person": p.id, "technique": t.name, "field": t.field,
		"mastery": weigh(d, []share[string]{{"掌握", 60}, {"熟练", 40}})}
	on := v.span.opening()
	f["learned_on"] = on.AddMonths(-d.between(4, 90)).AddDays(d.between(0, 27))
	if t.topic != "" && d.chance(0.35) {
		for _, c := range v.classes {
			if c.topic == t.topic && (p.since != "" && p.since <= c.on || p.since == "" && p.from <= c.on) {
				f["training"], f["learned_on"], on = c.id, c.on, c.on
				break
			}
		}
	}
	on = max(on, p.since, p.from)
	if d.chance(0.2) {
		f["certificate_no"] = fmt.Sprintf("NY%s%05d", string(p.Birth)[2:4], d.between(10000, 99999))
	}
	v.book.put(on, "skill", f)
}
