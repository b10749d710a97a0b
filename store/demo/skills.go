package demo

import (
	"fmt"
	"slices"

	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// skills are the practical techniques that leaders and members have mastered: the
// committee and the model households two each, most of the able-bodied one.
func (v *village) skills() {
	d := v.dice("skills")
	k := v.cast
	leaders := append(slices.Clone(k.committee), k.village...)
	able := folk.Where(k.all, func(p *folk.Villager) bool { return p.Group >= 0 && p.Able && p.Exit == "" })
	for _, p := range able {
		list := dice.NewCycle(d, techniques)
		n := d.Between(1, 2)
		if p.Tech || slices.Contains(leaders, p) {
			n = d.Between(2, 3)
		}
		for range n {
			v.skill(d, p, list.Next())
		}
	}
	for _, p := range append(slices.Clone(k.makers), k.women) {
		v.skill(d, p, dice.Pick(d, techniques))
	}
}

// technique is one of them with its field and the classes that teach it.
type technique struct{ name, field, topic string }

var techniques = []technique{
	{"稻虾共作", "养殖", "绿色农业新品种"}, {"小龙虾苗种培育", "水产", "绿色农业新品种"}, {"虾病防治", "水产", "生产技术"}, {"河蟹套养", "水产", ""},
	{"水稻机插秧", "种植", "生产技术"}, {"优质稻栽培", "种植", "绿色农业新品种"}, {"大棚蔬菜种植", "种植", ""}, {"荷藕栽培", "种植", ""},
	{"收割机操作", "机械", "其他"}, {"无人机植保", "机械", ""}, {"农产品直播带货", "信息技术", "信息技术"}, {"农资经营", "经营管理", "市场经济"},
	{"合作社账务", "经营管理", "经营管理"}, {"灯具组装", "加工", ""}, {"水产品初加工", "加工", "无公害农产品加工"}, {"桃树修剪", "林果", ""},
}

func (v *village) skill(d *dice.Dice, p *folk.Villager, t technique) {
	f := fields{"person": p.ID, "technique": t.name, "field": t.field,
		"mastery": dice.Weigh(d, dice.Shares("掌握60 熟练40"))}
	on := v.span.opening()
	f["learned_on"] = on.AddMonths(-d.Between(4, 90)).AddDays(d.Between(0, 27))
	if t.topic != "" && d.Chance(0.35) {
		for _, c := range v.classes {
			if c.topic == t.topic && (p.Since != "" && p.Since <= c.on || p.Since == "" && p.From <= c.on) {
				f["training"], f["learned_on"], on = c.id, c.on, c.on
				break
			}
		}
	}
	on = max(on, p.Since, p.From)
	if d.Chance(0.2) {
		f["certificate_no"] = fmt.Sprintf("NY%s%05d", string(p.Birth)[2:4], d.Between(10000, 99999))
	}
	v.book.put(on, "skill", f)
}
