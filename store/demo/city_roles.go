package demo

import (
	"slices"

	"taizhang/model"
)

// roles fills the offices, and says of everyone what the programmes of the campaign
// ask. All numbers of the whole county are met by sampling.
func (c *city) roles() {
	for _, u := range c.units {
		c.offices(u)
		c.entities(u)
	}
	c.entrants()
	for _, u := range c.units {
		d := c.dice("traits " + u.code)
		c.work(d, u)
		c.poor(d, u)
		c.able(d, u)
		c.goAway(d, u)
		c.money(d, u)
	}
}

// offices chooses the committee from those who had been full members for a year.
func (c *city) offices(u *cityUnit) {
	d, k := c.dice("offices "+u.code), u.people
	fit := where(k.all, func(v *villager) bool {
		age := v.age(cityAsOf)
		return v.exit == "" && v.entry == "" && v.fullSince != "" && v.fullSince < u.elected.AddYears(-2) && age >= 29 && age < 62
	})
	fit = shuffled(d, fit)
	// Who was elected before as well had been a member long before.
	if i := slices.IndexFunc(fit, func(v *villager) bool { return v.fullSince < u.elected.AddYears(-5) }); i > 0 {
		fit[0], fit[i] = fit[i], fit[0]
	}
	take := func(n int) []*villager {
		n = min(n, len(fit))
		some := fit[:n]
		fit = fit[n:]
		for _, v := range some {
			v.offices++
			v.able = true
		}
		return some
	}
	k.committee = take(u.committeeSize())
	k.team = slices.Clone(k.committee)
	if u.domain == "行政村" {
		if u.director {
			k.director = take(1)[0]
			k.team = append(k.team, k.director)
		} else {
			k.director = k.committee[0]
		}
		k.team = append(k.team, take(villageFurther)...)
	}
	if u.members >= 20 {
		k.heads = take(2)
	}
	if u.domain != "行政村" || u.elected < cityOpening {
		return
	}
	old := func() *villager {
		i := slices.IndexFunc(fit, func(v *villager) bool { return v.fullSince < u.elected.AddYears(-5) })
		if i < 0 {
			return nil
		}
		v := fit[i]
		fit = slices.Delete(fit, i, i+1)
		return v
	}
	if u.fresh {
		k.former = old()
	}
	if u.raises {
		k.raised = old()
	}
}

// committeeSize is how many the committee of an organisation has: an odd number
// within the rules, and a secretary alone where there are too few members.
func (u *cityUnit) committeeSize() int {
	switch {
	case u.domain == "乡镇":
		return 7
	case u.domain == "行政村" || u.domain == "社区" || u.kind == "党委" || u.kind == "党总支":
		return villageCommittee
	case u.members < 7 || u.has(faultNoCommittee):
		return 1
	}
	return 3
}

// entities says who of a village has one: members of the team first, the secretary
// before all, then others who can work.
func (c *city) entities(u *cityUnit) {
	if u.domain != "行政村" {
		return
	}
	d, k := c.dice("owners "+u.code), u.people
	k.owners = append(k.owners, k.team[0])
	k.owners = append(k.owners, sample(d, k.team[1:], u.owners-1)...)
	if u.villageOf {
		c.oldVillage(u)
		k.owners = append(k.owners, where(k.all, func(v *villager) bool {
			return v.able && v.onFile(cityAsOf) && !slices.Contains(k.owners, v)
		})...)
		k.owners = slices.Concat(k.owners, k.owners)
		for len(k.owners) < u.entities {
			k.owners = append(k.owners, k.owners[len(k.owners)%villageAble])
		}
		k.owners = k.owners[:u.entities]
		return
	}
	others := where(k.all, func(v *villager) bool { return v.able && v.onFile(cityAsOf) && v.offices == 0 && v.age(cityAsOf) > 25 })
	k.owners = append(k.owners, sample(d, others, u.entities-u.owners)...)
	for len(k.owners) < u.entities {
		k.owners = append(k.owners, k.team[0])
	}
}

// oldVillage is that of figure F29: of 115 members 65 are old or weak.
func (c *city) oldVillage(u *cityUnit) {
	members := where(u.people.all, func(v *villager) bool { return v.onFile(cityAsOf) })
	slices.SortStableFunc(members, compareDates) // the oldest first
	slices.SortStableFunc(members, func(a, b *villager) int { return a.offices - b.offices })
	for i, v := range members {
		v.able = i >= len(members)-villageAble
	}
}

// entrants: of those admitted 226 are 双带型, of these 33 private owners (F24).
func (c *city) entrants() {
	d := c.dice("entrants")
	var all []*cityEntry
	for _, u := range c.units {
		for _, e := range u.people.entered {
			e.source = weigh(d, []share[string]{{"经济能人", 20}, {"村组干部", 16}, {"致富带头人", 22}, {"返乡青年", 20}, {"退役军人", 12}, {"其他", 10}})
			all = append(all, e)
		}
		for _, e := range u.people.stock {
			e.source = weigh(d, []share[string]{{"经济能人", 20}, {"村组干部", 14}, {"致富带头人", 22}, {"返乡青年", 24}, {"退役军人", 10}, {"其他", 10}})
			if d.chance(0.3) {
				e.person.talent = pick(d, []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"})
			}
		}
	}
	part := func(n int) int { return max(1, n*c.scale.admissions/wholeCity.admissions) }
	leaders := sample(d, all, part(226))
	for i, e := range shuffled(d, leaders) {
		e.person.bothLead = true
		if i < part(33) {
			e.source = "私营业主"
		}
	}
}

// work gives everyone a job.
func (c *city) work(d *dice, u *cityUnit) {
	for _, v := range u.people.all {
		switch {
		case u.domain == "乡镇":
			v.job = weigh(d, []share[string]{{"公务员事业编", 70}, {"离退休", 30}})
		case u.domain == "非公企业" || u.domain == "园区":
			v.job = weigh(d, []share[string]{{"企业务工", 80}, {"企业经营者", 20}})
		case u.domain == "社区":
			v.job = weigh(d, []share[string]{{"离退休", 40}, {"个体工商户", 20}, {"企业务工", 20}, {"公务员事业编", 10}, {"待业", 4}, {"其他", 6}})
		default:
			v.job = jobOf(d, v, v.age(cityAsOf))
		}
	}
}

// poor chooses who is in difficulty and who helps them: every village one helper
// for each, but for 126 who have two (F12).
func (c *city) poor(d *dice, u *cityUnit) {
	n, k := u.quotas["poor"], u.people
	if n == 0 {
		return
	}
	members := where(k.all, func(v *villager) bool { return v.onFile(cityAsOf) && v.offices == 0 && v.since == cityOpening })
	slices.SortStableFunc(members, compareDates)
	k.poor = sample(d, members[:min(len(members), 3*n)], n)
	for _, v := range k.poor {
		v.needy, v.bothLead = true, false
	}
	helpers := where(k.all, func(v *villager) bool {
		return v.onFile(cityAsOf) && v.fullSince != "" && v.fullSince < cityRecent && !v.needy && v.able
	})
	need := n - u.quotas["twice"]
	helpers = sample(d, helpers, need)
	for i, v := range k.poor {
		k.pairs = append(k.pairs, [2]*villager{helpers[i%len(helpers)], v})
	}
}

// able marks those who prosper: technical producers and able people (F33), and
// those who lead others.
func (c *city) able(d *dice, u *cityUnit) {
	k := u.people
	fit := where(k.all, func(v *villager) bool {
		return v.able && v.onFile(cityAsOf) && !v.needy && v.age(cityAsOf) >= 26
	})
	for _, v := range where(k.all, func(v *villager) bool { return v.onFile(cityAsOf) }) {
		v.tech, v.capable = false, false
	}
	if len(fit) < u.quotas["tech"] {
		panic("demo: too few of " + u.short + " can work")
	}
	for _, v := range sample(d, fit, u.quotas["tech"]) {
		v.tech = true
	}
	for _, v := range sample(d, fit, u.quotas["capable"]) {
		v.capable, v.talent = true, pick(d, []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"})
	}
	others := where(fit, func(v *villager) bool {
		return v.entry != "接收预备党员" && (len(k.committee) == 0 || v != k.committee[0])
	})
	for _, v := range sample(d, others, u.quotas["lead"]) {
		v.bothLead = true
	}
	if u.domain == "行政村" {
		k.committee[0].bothLead = u.bothLead
	}
}

// goAway chooses who works elsewhere: eight in a hundred villagers.
func (c *city) goAway(d *dice, u *cityUnit) {
	young := where(u.people.all, func(v *villager) bool {
		return v.onFile(cityAsOf) && v.offices == 0 && v.since == cityOpening && v.able && !v.needy && v.age(cityAsOf) < 56 && !u.villageOf
	})
	for _, v := range sample(d, young, u.quotas["away"]) {
		v.away = weigh(d, []share[string]{{"县内", 20}, {"省内跨市", 35}, {"跨省", 45}})
		v.place = awayPlaces[v.away][d.IntN(len(awayPlaces[v.away]))]
		v.leftOn = workday(cityOpening.AddDays(d.between(30, 1000)))
		v.job = "外出务工"
	}
}

var awayPlaces = map[string][]string{"县内": {"澄安县城"}, "省内跨市": {"江洲市区", "江洲市开发区"}, "跨省": {"浙江省宁波市", "江苏省苏州市", "上海市", "广东省东莞市", "浙江省义乌市"}}

// money says what each member pays.
func (c *city) money(d *dice, u *cityUnit) {
	for _, v := range u.people.all {
		if v.fullSince == "" && v.status != "预备党员" {
			continue
		}
		v.basis, v.dues = duesOf(d, v)
		if v.basis == "农民" && u.domain != "行政村" {
			v.basis, v.dues = "工资", d.between(12, 40)*50
		}
	}
}

// stays tells whether one was a member through the last year and is one who can be
// reached.
func (v *villager) stays() bool { return v.since <= cityRecent && v.lost == "" && v.onFile(cityAsOf) }

// voterOn gives those with a vote on a day.
func (k *cityPeople) votersOn(on model.Date) []*villager {
	return where(k.all, func(v *villager) bool { return v.votes(on) && v.notDue == "" })
}
