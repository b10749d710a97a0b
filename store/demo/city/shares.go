package city

import (
	"fmt"
	"math"
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// apportion deals n out to units by weight, with the largest remainders.
func apportion(units []*unit, n int, weight func(*unit) int) map[*unit]int {
	shares := make([]dice.Share[*unit], len(units))
	for i, u := range units {
		shares[i] = dice.Share[*unit]{Value: u, Weight: weight(u)}
	}
	out := map[*unit]int{}
	for i, count := range dice.Quota(n, shares) {
		out[units[i]] = count
	}
	return out
}

// whole scales a number of the source's county to this one's.
func (c *city) whole(n int) int { return part(n, c.scale.villages, wholeCity.villages) }

// shares places what organisations are: 五好, weak, models. All by sampling without
// replacement, so that every number is met (domain.md §11.5).
func (c *city) shares() {
	d, s := c.dice("five good"), c.scale
	for _, q := range []struct {
		domain string
		n      int
	}{{"乡镇", s.goodTowns}, {"行政村", s.goodVillages}, {"非公企业", s.goodFirms}, {"社区", s.goodCommunity}} {
		for _, u := range dice.Sample(d, c.of(q.domain), q.n) {
			year := d.Between(2023, 2025)
			u.good = folk.Workday(model.Date(fmt.Sprintf("%d-01-%02d", year+1, d.Between(6, 24))))
		}
	}
	villages := c.of("行政村")
	d = c.dice("weak villages")
	var plain []*unit
	for _, u := range villages {
		if u.good == "" && !u.villageOf {
			plain = append(plain, u)
		}
	}
	weak := dice.Sample(d, plain, c.whole(46))
	departments := dice.Shuffled(d, departmentNames())
	lifted := sampleSet(d, weak, c.whole(23))
	firms := dice.Sample(d, c.of("非公企业"), len(weak)-c.whole(32))
	for i, u := range weak {
		u.weak = true
		if i < c.whole(32) {
			u.helper = c.county.Name + departments[i]
		} else {
			u.helper = firms[i-c.whole(32)].short
			u.quotas["by firm"] = 1
		}
		if lifted[u] {
			u.lifted = folk.Workday(firstDay.AddDays(d.Between(500, 1050)))
		}
	}
	d = c.dice("models")
	for _, u := range dice.Sample(d, villages, c.whole(100)) {
		u.model = true
	}
	for _, u := range dice.Sample(d, c.of("非公企业"), c.whole(75)) {
		u.model = true
	}
	c.secretaries(villages)
	c.teams(villages)
}

// secretaries says whose are 双带型: 216 of 281 (F26), five of them new in the first
// township (F21).
func (c *city) secretaries(villages []*unit) {
	d := c.dice("secretaries")
	var first, others []*unit
	for _, u := range villages {
		if u.town == 0 && u.elected >= firstDay && len(first) < 5 {
			first = append(first, u)
		} else {
			others = append(others, u)
		}
	}
	for _, u := range append(slices.Clone(first), dice.Sample(d, others, c.whole(216)-len(first))...) {
		u.bothLead = true
	}
	c.changes(d, first, others)
	for _, u := range dice.Sample(d, villages, c.whole(80)) {
		u.director = true
	}
}

// The committee and the further members of a village's team.
const (
	villageCommittee = 5
	villageFurther   = 2
)

func (u *unit) teamSize() int {
	n := villageCommittee + villageFurther
	if u.director {
		n++
	}
	return n
}

// teams deals the entities out: 76.4 % of the teams' members have one (F27), every
// secretary does (F26), and all come to 1,748 (F28).
func (c *city) teams(villages []*unit) {
	size := 0
	for _, u := range villages {
		size += u.teamSize()
	}
	owners := int(math.Ceil(float64(size) * 0.764))
	shares := apportion(villages, owners, (*unit).teamSize)
	entities := max(c.whole(1748), owners)
	rest := entities - owners
	for _, u := range villages {
		u.owners = min(max(1, shares[u]), u.teamSize())
		if u.villageOf {
			u.entities = 2*villageAble - u.owners // fifty have two each
			rest -= u.entities
		}
	}
	more := apportion(villages, max(0, rest), func(u *unit) int {
		if u.villageOf {
			return 0
		}
		return u.members
	})
	for _, u := range villages {
		u.entities += u.owners + more[u]
	}
}

// villageAble is how many of the village of 115 can work (F29).
const villageAble = 50

// place deals out who was admitted, who is on the way, and who died.
func (c *city) place() {
	s := c.scale
	grown := func(u *unit) int {
		switch {
		case u.domain == "乡镇":
			return u.members / 3
		case u.members < 14:
			return 0
		case u.domain == "非公企业" || u.domain == "园区":
			return u.members / 2
		}
		return u.members
	}
	local := func(u *unit) int {
		if u.domain == "行政村" || u.domain == "社区" {
			return u.members
		}
		return 0
	}
	villager := func(u *unit) int {
		if u.domain == "行政村" {
			return u.members
		}
		return 0
	}
	one := func(u *unit) int { return min(1, villager(u)) }
	for name, q := range map[string]struct {
		n      int
		weight func(*unit) int
	}{"enter": {s.admissions, grown}, "applicants": {s.applicants, grown}, "activists": {s.activists, grown},
		"candidates": {s.candidates, grown}, "died": {s.deaths, local}, "away": {c.whole(2150), local}, "poor": {c.whole(1950), villager}, "tech": {c.whole(2340), local}, "capable": {c.whole(1500), local}, "lead": {c.whole(2300), local},
		"households": {c.whole(300), villager}, "praised": {c.whole(428), local}, "to able": {c.whole(67), one}, "to cadre": {c.whole(163), one},
		"books": {c.whole(57), one}, "films": {c.whole(2960), villager}, "group help": {c.whole(420), villager}} {
		for u, n := range apportion(c.units, q.n, q.weight) {
			u.quotas[name] = n
		}
	}
	c.sets()
	var pairing []*unit
	for _, u := range c.of("行政村") {
		if u.quotas["poor"] > 1 {
			pairing = append(pairing, u)
		}
	}
	for _, u := range dice.Sample(c.dice("twice"), pairing, c.whole(126)) {
		u.quotas["twice"] = 1
	}
	for _, u := range c.units {
		u.enter, u.applicants, u.activists, u.candidates, u.died = u.quotas["enter"], u.quotas["applicants"], u.quotas["activists"], u.quotas["candidates"], u.quotas["died"]
	}
}

// departmentNames are the county's offices that link with villages: 43 of them (F09).
func departmentNames() []string {
	return []string{"委办公室", "委组织部", "委宣传部", "委统战部", "委政法委", "纪委监委", "农业农村局", "水务局", "财政局", "发展和改革局", "教育局", "科技局",
		"工业和信息化局", "公安局", "民政局", "司法局", "人力资源和社会保障局", "自然资源局", "住房和城乡建设局", "交通运输局", "商务局", "文化和旅游局",
		"卫生健康局", "退役军人事务局", "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局", "林业局", "城市管理局", "信访局", "税务局",
		"气象局", "供销合作社", "总工会", "团委", "妇联", "科协", "工商联", "残联", "档案馆", "融媒体中心"}
}

// changes says where the secretary is new. In no other township are there as many
// as in the first (F21). Five of those before became civil servants, eighteen other
// cadres went to the township (F22).
func (c *city) changes(d *dice.Dice, first, others []*unit) {
	var elsewhere, elected []*unit
	perTown := map[int]int{0: len(first)}
	for _, u := range first {
		u.fresh = true
	}
	for _, u := range dice.Shuffled(d, others) {
		if u.elected < firstDay {
			continue
		}
		elected = append(elected, u)
		if perTown[u.town] < min(3, max(1, len(first)-1)) && u.town != 0 {
			perTown[u.town]++
			u.fresh = true
			elsewhere = append(elsewhere, u)
		}
	}
	if len(elsewhere) == 0 {
		elsewhere = first
	}
	for _, u := range dice.Sample(d, elsewhere, c.whole(5)) {
		u.formerTo = "公务员"
	}
	for _, u := range dice.Sample(d, elected, c.whole(18)) {
		u.raises = true
	}
}

// sets chooses the organisations of what each has but once.
func (c *city) sets() {
	villages, d := c.of("行政村"), c.dice("sets")
	mark := func(name string, list []*unit, n int) {
		for _, u := range dice.Sample(d, list, n) {
			u.quotas[name] = 1
		}
	}
	mark("told", c.units, c.whole(312))
	var told []*unit
	for _, u := range c.units {
		if u.quotas["praised"] > 0 {
			told = append(told, u)
		}
	}
	mark("book", told, c.whole(19))
	mark("recommended", villages, c.whole(5))
	mark("recommended one", villages, c.whole(3))
	mark("association", villages, c.whole(5))
	mark("missed", c.units, len(c.units)*6/100)
	streets := c.of("社区")
	for _, u := range dice.Sample(d, streets, min(len(streets), c.whole(5))) {
		u.founded = firstDay.AddDays(d.Between(90, 400))
	}
	c.courses(d)
}

// courses deals out the classes and who came to them: 412 with 41,260 (F13), the
// county's own among them.
func (c *city) courses(d *dice.Dice) {
	var shares []dice.Share[*unit]
	add := func(u *unit, weight int) { shares = append(shares, dice.Share[*unit]{Value: u, Weight: weight}) }
	for range c.whole(countyCourses) {
		add(nil, 180)
	}
	towns, villages := c.of("乡镇"), c.of("行政村")
	for i := range c.whole(120) {
		add(towns[i%len(towns)], 140)
	}
	order := dice.Shuffled(d, villages)
	for i := range c.whole(412) - c.whole(countyCourses) - c.whole(120) {
		add(order[i%len(order)], 70)
	}
	for i, n := range dice.Quota(c.whole(41260), shares) {
		if u := shares[i].Value; u != nil {
			u.courses = append(u.courses, n)
		} else {
			c.ownCourses = append(c.ownCourses, n)
		}
	}
}

const countyCourses = 22
