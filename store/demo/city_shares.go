package demo

import (
	"fmt"
	"math"

	"taizhang/model"
)

// apportion deals n out to units by weight, with the largest remainders.
func apportion(units []*cityUnit, n int, weight func(*cityUnit) int) map[*cityUnit]int {
	shares := make([]share[*cityUnit], len(units))
	for i, u := range units {
		shares[i] = share[*cityUnit]{u, weight(u)}
	}
	out := map[*cityUnit]int{}
	for i, count := range quota(n, shares) {
		out[units[i]] = count
	}
	return out
}

func byMembers(u *cityUnit) int { return u.members }

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
		for _, u := range sample(d, c.of(q.domain), q.n) {
			year := d.between(2023, 2025)
			u.good = workday(model.Date(fmt.Sprintf("%d-01-%02d", year+1, d.between(6, 24))))
		}
	}
	villages := c.of("行政村")
	d = c.dice("weak villages")
	var plain []*cityUnit
	for _, u := range villages {
		if u.good == "" && !u.villageOf {
			plain = append(plain, u)
		}
	}
	weak := sample(d, plain, c.whole(46))
	departments := shuffled(d, cityDepartments())
	lifted := sampleSet(d, weak, c.whole(23))
	firms := sample(d, c.of("非公企业"), len(weak)-c.whole(32))
	for i, u := range weak {
		u.weak = true
		if i < c.whole(32) {
			u.helper = countyName + departments[i]
		} else {
			u.helper = firms[i-c.whole(32)].short
		}
		if lifted[u] {
			u.lifted = workday(cityOpening.AddDays(d.between(500, 1050)))
		}
	}
	d = c.dice("models")
	for _, u := range sample(d, villages, c.whole(100)) {
		u.model = true
	}
	for _, u := range sample(d, c.of("非公企业"), c.whole(75)) {
		u.model = true
	}
	c.secretaries(villages)
	c.teams(villages)
}

// secretaries says whose are 双带型: 216 of 281 (F26), five of them new in the first
// township (F21).
func (c *city) secretaries(villages []*cityUnit) {
	d := c.dice("secretaries")
	var first, others []*cityUnit
	for _, u := range villages {
		if u.town == 0 && u.elected >= cityOpening && len(first) < 5 {
			first = append(first, u)
		} else {
			others = append(others, u)
		}
	}
	for _, u := range append(first, sample(d, others, c.whole(216)-len(first))...) {
		u.bothLead = true
	}
	for _, u := range sample(d, villages, c.whole(80)) {
		u.director = true
	}
}

// The committee and the further members of a village's team.
const (
	villageCommittee = 5
	villageFurther   = 2
)

func (u *cityUnit) teamSize() int {
	n := villageCommittee + villageFurther
	if u.director {
		n++
	}
	return n
}

// teams deals the entities out: 76.4 % of the teams' members have one (F27), every
// secretary does (F26), and all come to 1,748 (F28).
func (c *city) teams(villages []*cityUnit) {
	size := 0
	for _, u := range villages {
		size += u.teamSize()
	}
	owners := int(math.Ceil(float64(size) * 0.764))
	shares := apportion(villages, owners, (*cityUnit).teamSize)
	entities := max(c.whole(1748), owners)
	rest := entities - owners
	for _, u := range villages {
		u.owners = min(max(1, shares[u]), u.teamSize())
		if u.villageOf {
			u.entities = 2*villageAble - u.owners // fifty have two each
			rest -= u.entities
		}
	}
	more := apportion(villages, max(0, rest), func(u *cityUnit) int {
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
	grown := func(u *cityUnit) int {
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
	local := func(u *cityUnit) int {
		if u.domain == "行政村" || u.domain == "社区" {
			return u.members
		}
		return 0
	}
	for name, q := range map[string]struct {
		n      int
		weight func(*cityUnit) int
	}{"enter": {s.admissions, grown}, "applicants": {s.applicants, grown}, "activists": {s.activists, grown},
		"candidates": {s.candidates, grown}, "died": {s.deaths, local}, "away": {c.whole(2150), local}, "poor": {c.whole(1950), func(u *cityUnit) int {
			if u.domain == "行政村" {
				return u.members
			}
			return 0
		}}, "able": {c.whole(2340), local}, "lead": {c.whole(2300), local}} {
		for u, n := range apportion(c.units, q.n, q.weight) {
			u.quotas[name] = n
		}
	}
	var pairing []*cityUnit
	for _, u := range c.of("行政村") {
		if u.quotas["poor"] > 1 {
			pairing = append(pairing, u)
		}
	}
	for _, u := range sample(c.dice("twice"), pairing, c.whole(126)) {
		u.quotas["twice"] = 1
	}
	for _, u := range c.units {
		u.enter, u.applicants, u.activists, u.candidates, u.died = u.quotas["enter"], u.quotas["applicants"], u.quotas["activists"], u.quotas["candidates"], u.quotas["died"]
	}
}

// cityDepartments are the county's offices that link with villages: 43 of them (F09).
func cityDepartments() []string {
	return []string{"委办公室", "委组织部", "委宣传部", "委统战部", "委政法委", "纪委监委", "农业农村局", "水务局", "财政局", "发展和改革局", "教育局", "科技局",
		"工业和信息化局", "公安局", "民政局", "司法局", "人力资源和社会保障局", "自然资源局", "住房和城乡建设局", "交通运输局", "商务局", "文化和旅游局",
		"卫生健康局", "退役军人事务局", "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局", "林业局", "城市管理局", "信访局", "税务局",
		"气象局", "供销合作社", "总工会", "团委", "妇联", "科协", "工商联", "残联", "档案馆", "融媒体中心"}
}
