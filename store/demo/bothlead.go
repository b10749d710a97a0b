package demo

import (
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// bothLead writes the undertakings of members and cadres, and who is brought up
// to what.
func (v *village) bothLead() {
	v.undertakings()
	v.cultivations()
}

// undertakings: of the village's members those who can work have two or three each
// (figure F29 of domain.md §11.1); cadres who are no members and able villagers one.
func (v *village) undertakings() {
	d := v.dice("undertakings")
	k := v.cast
	for _, p := range folk.Where(k.all, func(p *folk.Villager) bool { return p.Group >= 0 && p.Able && p.Exit == "" && (p.Since != "") }) {
		first := true
		for _, b := range dice.Sample(d, v.businessesOf(p), d.Between(2, 3)) {
			v.undertake(d, p, b, first)
			first = false
		}
	}
	for _, p := range append(slices.Clone(k.makers), k.women) {
		v.undertake(d, p, dice.Pick(d, v.businessesOf(p)), true)
	}
	if len(k.movedOut) > 0 {
		// One that ended when its owner left for an office.
		p := k.movedOut[0]
		b := businesses[0]
		r := v.book.begin(v.span.opening(), "undertaking", fields{"owner": p.ID, "kind": b.kind, "name": p.Name + b.name, "industry": b.industry,
			"started_on": v.span.opening().AddYears(-4), "output": 86000_00, "profit": 23000_00, "employees": 2, "led_households": 3})
		v.book.change(p.Until.AddDays(-18), r, fields{"ended_on": p.Until.AddDays(-18), "note": "转给本组农户经营"})
	}
}

// business is a sort of undertaking: its yearly output is between low and high, in
// thousands of yuan.
type business struct {
	name, kind, industry string
	low, high            int
	jobs                 []string // the occupations it fits, nil for all
}

var businesses = []business{
	{"稻虾共作基地", "致富工程", "养殖", 60, 420, nil}, {"家庭农场", "家庭农场", "种植", 90, 600, []string{"种养业大户", "务农", "农民经纪人"}},
	{"水产养殖场", "致富工程", "养殖", 80, 520, []string{"种养业大户", "务农"}}, {"蔬菜大棚", "致富工程", "种植", 40, 180, []string{"务农", "种养业大户"}},
	{"荷藕种植", "致富工程", "种植", 30, 140, []string{"务农", "种养业大户"}}, {"桃园", "致富工程", "林果", 30, 160, nil},
	{"农机服务队", "经济实体", "农机服务", 70, 380, []string{"务农", "种养业大户", "企业务工"}}, {"粮食经纪", "个体工商户", "商贸", 120, 900, []string{"农民经纪人", "个体工商户"}},
	{"水产收购点", "个体工商户", "商贸", 150, 1200, []string{"农民经纪人", "个体工商户"}}, {"农资店", "个体工商户", "商贸", 90, 420, []string{"个体工商户", "农民经纪人"}},
	{"便民超市", "个体工商户", "服务", 80, 300, []string{"个体工商户"}}, {"网店", "个体工商户", "电商", 40, 360, []string{"个体工商户", "企业务工", "农民经纪人"}},
	{"运输队", "经济实体", "运输", 100, 480, []string{"个体工商户", "企业务工"}}, {"建筑装修队", "经济实体", "建筑", 150, 800, []string{"企业经营者", "个体工商户"}},
	{"灯具组装厂", "私营企业", "灯具", 400, 3200, []string{"企业经营者"}}, {"服装加工厂", "私营企业", "服装", 500, 2800, []string{"企业经营者"}},
	{"箱包加工点", "经济实体", "箱包", 120, 600, []string{"企业经营者", "企业务工"}}, {"农家乐", "个体工商户", "乡村旅游", 60, 280, []string{"个体工商户", "企业经营者"}},
	{"农产品加工坊", "经济实体", "加工", 60, 320, []string{"务农", "个体工商户", "企业务工"}}, {"场地租赁", "致富工程", "租赁", 20, 90, nil},
}

// awayBusinesses are those of members who live elsewhere: one there and the fields
// at home.
var awayBusinesses = []business{
	{"务工地小吃店", "个体工商户", "服务", 120, 420, nil}, {"务工地装修队", "经济实体", "建筑", 200, 800, nil},
	{"委托经营的稻虾田", "致富工程", "养殖", 20, 80, nil}, {"务工地服装店", "个体工商户", "商贸", 100, 400, nil},
}

func (v *village) businessesOf(p *folk.Villager) []business {
	if p.Gone(v.span.asOf) {
		return awayBusinesses
	}
	var fit []business
	for _, b := range businesses {
		if b.jobs == nil || slices.Contains(b.jobs, p.Job) {
			fit = append(fit, b)
		}
	}
	return fit
}

func (v *village) undertake(d *dice.Dice, p *folk.Villager, b business, first bool) {
	output := d.Between(b.low, b.high)
	on := max(v.span.opening(), p.Since, p.From)
	started := v.span.opening().AddMonths(-d.Between(2, 110)).AddDays(d.Between(0, 26))
	if floor := p.Birth.AddYears(20); started < floor {
		started = floor.AddDays(d.Between(0, 100))
	}
	f := fields{"owner": p.ID, "kind": b.kind, "name": p.Name + b.name, "key_project": first && p.BothLead && output > 300,
		"industry": b.industry, "started_on": min(started, v.span.asOf), "output": output * 1000_00, "profit": output * d.Between(14, 34) * 10_00,
		"employees": 1 + output/60}
	if p.BothLead && first {
		f["led_households"] = d.Between(3, 18)
		f["support"] = dice.Pick(d, []string{"贴息贷款", "合作社赊苗", "免费培训", "场地租金减半", ""})
	}
	v.book.put(on, "undertaking", f)
}

// cultivations are the paths of bringing people up, and the promotion of
// undertakings.
func (v *village) cultivations() {
	d := v.dice("cultivations")
	k := v.cast
	opening := v.span.opening()
	young := folk.Where(k.all, func(p *folk.Villager) bool {
		return p.Group >= 0 && p.Able && p.Away == "" && p.Exit == "" && p.Offices == 0 && p.Since == opening
	})
	chosen := dice.Sample(d, young, 4)
	put := func(p *folk.Villager, path string, mentor *folk.Villager, months int, achieved model.Date) {
		f := fields{"person": p.ID, "path": path, "mentor": mentor.ID, "state": "培养中",
			"started_on": max(opening.AddMonths(-months), p.Birth.AddYears(18)),
			"measures":   dice.Phrase(d, "{跟班学技术|编入合作社理事会|参加县里培训|帮办贷款和场地},每{月|季}回访一次。", nil)}
		on := max(opening, p.From, p.Since)
		r := v.book.begin(on, "cultivation", f)
		if v.span.past(achieved) && achieved > on {
			v.book.change(achieved, r, fields{"state": "已成功", "achieved_on": achieved})
		}
	}
	for _, p := range k.newcomers {
		put(p, "经济能人培养成党员", k.secretary, 14, p.Since)
	}
	for _, p := range k.activists[:min(2, len(k.activists))] {
		put(p, "经济能人培养成党员", k.organizer, 6, "")
	}
	for i, p := range chosen {
		achieved := model.Date("")
		if i%2 == 0 {
			achieved = folk.Workday(folk.DayIn(v.span.months()[4+2*i], 23))
		}
		put(p, []string{"党员培养成经济能人", "促进创办实体"}[i/2%2], k.deputy, 10+3*i, achieved)
	}
	put(k.heads[0], "村组干部培养成经济能人", k.deputy, 16, folk.Workday(folk.DayIn(v.span.months()[7], 16)))
	put(k.elders[0], "村组干部培养成经济能人", k.secretary, 8, "")
	for _, p := range k.makers[:min(1, len(k.makers))] {
		put(p, "经济能人培养成村组干部", k.organizer, 9, "")
	}
	put(k.publicist, "能人党员培养成村干部", k.former, 20, v.lastElection())
	v.succeeded(k.heads[0], folk.Workday(folk.DayIn(v.span.months()[7], 16)))
	for i, p := range chosen {
		if i == 0 {
			v.succeeded(p, folk.Workday(folk.DayIn(v.span.months()[4], 23)))
		}
	}
}

// succeeded marks one who has become an able person.
func (v *village) succeeded(p *folk.Villager, on model.Date) {
	if v.span.holds(on) && !p.Capable {
		v.book.settle(on, p, nil, fields{"able_person": true, "talent": "土专家"})
	}
}
