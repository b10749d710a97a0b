package city

import (
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
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
func (c *city) offices(u *unit) {
	d, k := c.dice("offices "+u.code), u.people
	fit := folk.Where(k.all, func(v *folk.Villager) bool {
		age := v.Age(lastDay)
		return v.Exit == "" && v.Entry == "" && v.FullSince != "" && v.FullSince < u.elected.AddYears(-2) && age >= 29 && age < 62
	})
	fit = dice.Shuffled(d, fit)
	// Who was elected before as well had been a member long before.
	if i := slices.IndexFunc(fit, func(v *folk.Villager) bool { return v.FullSince < u.elected.AddYears(-5) }); i > 0 {
		fit[0], fit[i] = fit[i], fit[0]
	}
	take := func(n int) []*folk.Villager {
		n = min(n, len(fit))
		some := fit[:n]
		fit = fit[n:]
		for _, v := range some {
			v.Offices++
			v.Able = true
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
	if u.domain != "行政村" || u.elected < firstDay {
		return
	}
	old := func() *folk.Villager {
		i := slices.IndexFunc(fit, func(v *folk.Villager) bool { return v.FullSince < u.elected.AddYears(-5) })
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
func (u *unit) committeeSize() int {
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
func (c *city) entities(u *unit) {
	if u.domain != "行政村" {
		return
	}
	d, k := c.dice("owners "+u.code), u.people
	k.owners = append(k.owners, k.team[0])
	k.owners = append(k.owners, dice.Sample(d, k.team[1:], u.owners-1)...)
	if u.villageOf {
		c.oldVillage(u)
		k.owners = append(k.owners, folk.Where(k.all, func(v *folk.Villager) bool {
			return v.Able && v.OnFile(lastDay) && !slices.Contains(k.owners, v)
		})...)
		k.owners = slices.Concat(k.owners, k.owners)
		for len(k.owners) < u.entities {
			k.owners = append(k.owners, k.owners[len(k.owners)%villageAble])
		}
		k.owners = k.owners[:u.entities]
		return
	}
	others := folk.Where(k.all, func(v *folk.Villager) bool {
		return v.Able && v.OnFile(lastDay) && v.Offices == 0 && v.Age(lastDay) > 25
	})
	k.owners = append(k.owners, dice.Sample(d, others, u.entities-u.owners)...)
	for len(k.owners) < u.entities {
		k.owners = append(k.owners, k.team[0])
	}
}

// oldVillage is that of figure F29: of 115 members 65 are old or weak.
func (c *city) oldVillage(u *unit) {
	members := folk.Where(u.people.all, func(v *folk.Villager) bool { return v.OnFile(lastDay) })
	slices.SortStableFunc(members, folk.ByBirth) // the oldest first
	slices.SortStableFunc(members, func(a, b *folk.Villager) int { return a.Offices - b.Offices })
	for i, v := range members {
		v.Able = i >= len(members)-villageAble
	}
}

// entrants: of those admitted 226 are 双带型, of these 33 private owners (F24).
func (c *city) entrants() {
	d := c.dice("entrants")
	var all []*entry
	for _, u := range c.units {
		for _, e := range u.people.entered {
			e.source = dice.Weigh(d, dice.Shares("经济能人20 村组干部14 致富带头人20 返乡青年18 退役军人10 生产一线6 技术能手6 生产骨干4 其他2"))
			all = append(all, e)
		}
		for _, e := range u.people.stock {
			e.source = dice.Weigh(d, dice.Shares("经济能人20 村组干部12 致富带头人20 返乡青年22 退役军人8 生产一线7 技术能手6 生产骨干3 其他2"))
			if d.Chance(0.3) {
				e.person.Talent = dice.Pick(d, []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"})
			}
		}
	}
	part := func(n int) int { return max(1, n*c.scale.admissions/wholeCity.admissions) }
	leaders := dice.Sample(d, all, part(226))
	for i, e := range dice.Shuffled(d, leaders) {
		e.person.BothLead = true
		if i < part(33) {
			e.source = "私营业主"
		}
	}
}

// work gives everyone a job.
func (c *city) work(d *dice.Dice, u *unit) {
	for _, v := range u.people.all {
		switch u.domain {
		case "乡镇":
			v.Job = dice.Weigh(d, dice.Shares("公务员事业编70 离退休30"))
		case "非公企业", "园区":
			v.Job = dice.Weigh(d, dice.Shares("企业务工80 企业经营者20"))
		case "社区":
			v.Job = dice.Weigh(d, dice.Shares("离退休40 个体工商户20 企业务工20 公务员事业编10 待业4 其他6"))
		default:
			v.Job = folk.JobOf(d, v, v.Age(lastDay))
		}
	}
}

// poor chooses who is in difficulty and who helps them: every village one helper
// for each, but for 126 who have two (F12).
func (c *city) poor(d *dice.Dice, u *unit) {
	n, k := u.quotas["poor"], u.people
	if n == 0 {
		return
	}
	members := folk.Where(k.all, func(v *folk.Villager) bool { return v.OnFile(lastDay) && v.Offices == 0 && v.Since == firstDay })
	slices.SortStableFunc(members, folk.ByBirth)
	k.poor = dice.Sample(d, members[:min(len(members), 3*n)], n)
	for _, v := range k.poor {
		v.Needy, v.BothLead = true, false
	}
	helpers := folk.Where(k.all, func(v *folk.Villager) bool {
		return v.OnFile(lastDay) && v.FullSince != "" && v.FullSince < recentDay && !v.Needy && v.Able
	})
	need := n - u.quotas["twice"]
	helpers = dice.Sample(d, helpers, need)
	for i, v := range k.poor {
		k.pairs = append(k.pairs, [2]*folk.Villager{helpers[i%len(helpers)], v})
	}
}

// able marks those who prosper: technical producers and able people (F33), and
// those who lead others.
func (c *city) able(d *dice.Dice, u *unit) {
	k := u.people
	fit := folk.Where(k.all, func(v *folk.Villager) bool {
		return v.Able && v.OnFile(lastDay) && !v.Needy && v.Age(lastDay) >= 26
	})
	for _, v := range folk.Where(k.all, func(v *folk.Villager) bool { return v.OnFile(lastDay) }) {
		v.Tech, v.Capable = false, false
	}
	if len(fit) < u.quotas["tech"] {
		panic("city: too few of " + u.short + " can work")
	}
	for _, v := range dice.Sample(d, fit, u.quotas["tech"]) {
		v.Tech = true
	}
	for _, v := range dice.Sample(d, fit, u.quotas["capable"]) {
		v.Capable, v.Talent = true, dice.Pick(d, []string{"经营管理者", "经纪人", "土专家", "乡村社会活动家"})
	}
	others := folk.Where(fit, func(v *folk.Villager) bool {
		return v.Entry != "接收预备党员" && (len(k.committee) == 0 || v != k.committee[0])
	})
	for _, v := range dice.Sample(d, others, u.quotas["lead"]) {
		v.BothLead = true
	}
	if u.domain == "行政村" {
		k.committee[0].BothLead = u.bothLead
	}
}

// goAway chooses who works elsewhere: eight in a hundred villagers.
func (c *city) goAway(d *dice.Dice, u *unit) {
	young := folk.Where(u.people.all, func(v *folk.Villager) bool {
		return v.OnFile(lastDay) && v.Offices == 0 && v.Since == firstDay && v.Able && !v.Needy && v.Age(lastDay) < 56 && !u.villageOf
	})
	for _, v := range dice.Sample(d, young, u.quotas["away"]) {
		v.Away = dice.Weigh(d, dice.Shares("县内20 省内跨市35 跨省45"))
		v.Place = strings.Replace(dice.Pick(d, awayPlaces[v.Away]), folk.CountyName, c.county.Name, 1)
		v.LeftOn = folk.Workday(firstDay.AddDays(d.Between(30, 1000)))
		v.Job = "外出务工"
	}
}

var awayPlaces = map[string][]string{"县内": {"澄安县城"}, "省内跨市": {"江洲市区", "江洲市开发区"}, "跨省": {"浙江省宁波市", "江苏省苏州市", "上海市", "广东省东莞市", "浙江省义乌市"}}

// money says what each member pays.
func (c *city) money(d *dice.Dice, u *unit) {
	for _, v := range u.people.all {
		if v.FullSince == "" && v.Status != "预备党员" {
			continue
		}
		v.Basis, v.Dues = folk.DuesOf(d, v)
		if v.Basis == "农民" && u.domain != "行政村" {
			v.Basis, v.Dues = "工资", d.Between(12, 40)*50
		}
	}
}

// stays tells whether one was a member through the last year and is one who can be
// reached.
func stays(v *folk.Villager) bool { return v.Since <= recentDay && v.Lost == "" && v.OnFile(lastDay) }

// votersOn gives those with a vote on a day.
func (k *people) votersOn(on model.Date) []*folk.Villager {
	return folk.Where(k.all, func(v *folk.Villager) bool { return v.Votes(on) && v.NotDue == "" })
}
