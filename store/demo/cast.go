package demo

import (
	"cmp"
	"math"
	"slices"
)

// cast is who is who in the village.
type cast struct {
	all []*villager // in the order in which they are written down

	secretary, deputy, organizer, publicist, inspector *villager
	committee                                          []*villager // these five
	former                                             *villager   // secretary of the last term
	village                                            []*villager // further members of the villagers' committee
	accountant, youth, militia, women, supervisor      *villager
	heads                                              []*villager // of party groups, by number
	elders                                             []*villager // heads of villagers' groups
	firstSecretary, helper, guest                      *villager   // members of other places

	newcomers  []*villager // admitted in the year
	confirming []*villager // confirmed in the year
	movedIn    []*villager
	movedOut   []*villager
	died       []*villager
	leaving    []*villager // gone away in the year
	back       []*villager // come back in the year
	candidates []*villager
	activists  []*villager
	applicants []*villager
	withdrawn  []*villager
	neighbours []*villager // villagers in hardship, no members
	makers     []*villager // able villagers, no members
}

// sizes say how many of each sort a village of so many members has.
type sizes struct{ members, newcomers, confirming, movedIn, movedOut, died, able, away int }

func sizesOf(members int) sizes {
	s := sizes{members: members, newcomers: 2, confirming: 2, movedIn: 2, movedOut: 1, died: 2}
	if members < 60 {
		s = sizes{members: members, newcomers: 1, confirming: 1, movedIn: 1, movedOut: 1, died: 1}
	}
	s.able = s.scaled(50)
	s.away = s.scaled(9)
	return s
}

// scaled brings a number of the village with 115 members to this size.
func (s sizes) scaled(n int) int {
	return max(1, int(math.Round(float64(n*s.members)/115)))
}

// newCast makes the people up. Members are few of the young and many of the old:
// of 115 members 65 are old or weak (figure F29).
func newCast(d *dice, c *crowd, sp span, sz sizes) *cast {
	k := &cast{}
	late := sz.newcomers + sz.confirming + sz.movedIn
	var base []*villager
	for _, p := range c.members(sz.members-late+sz.movedOut+sz.died, oldAges, 19) {
		base = append(base, &villager{Person: p, status: "正式党员", standing: "在册", group: -1,
			since: sp.opening(), fullSince: p.Confirmed})
	}
	k.special(base)
	byAge := slices.Clone(base)
	slices.SortStableFunc(byAge, func(a, b *villager) int { return cmp.Compare(b.Birth, a.Birth) })
	for _, v := range byAge[:min(len(byAge), sz.able-late+sz.movedOut)] {
		v.able = true
	}
	k.leave(sp, byAge, sz)
	k.arrive(d, c, sp, sz)
	k.office(d, c, sp, byAge)
	k.outside(d, c, sp, sz)
	k.all = append(base, k.all...)
	k.goAway(d, sp, byAge, sz)
	k.groups(sp)
	k.traits(d, sp, sz)
	return k
}

// special gives two members names that are hard to show: one with a middle dot
// and one with a character outside the basic plane.
func (k *cast) special(base []*villager) {
	men := where(base, func(v *villager) bool { return v.Sex == "男" && v.Birth.Year() >= 1950 })
	if len(men) < 4 {
		return
	}
	dotted, rare := men[len(men)/2], men[len(men)/3]
	dotted.Name, dotted.Ethnicity = "阿曼·买合", "维吾尔族"
	rare.Name = string([]rune(rare.Name)[:1]) + "\U00020BB7华"
}

// leave chooses who dies and who moves away for good.
func (k *cast) leave(sp span, byAge []*villager, sz sizes) {
	months := sp.months()
	for i := range sz.died {
		v := byAge[len(byAge)-2-3*i]
		v.until, v.exit, v.able = workday(dayIn(months[3+4*i], 9+5*i)), "去世", false
		k.died = append(k.died, v)
	}
	for i := range sz.movedOut {
		v := byAge[2+i]
		v.until, v.exit = workday(dayIn(months[5], 21)), "转出"
		k.movedOut = append(k.movedOut, v)
	}
}

// arrive makes up those who come in the course of the year: admitted, confirmed
// and moved in. Their records begin before that; admissions.go sets the days.
func (k *cast) arrive(d *dice, c *crowd, sp span, sz sizes) {
	for range sz.confirming {
		v := &villager{Person: c.anyone(25, 38), status: "预备党员", standing: "在册", group: -1, since: sp.opening(), able: true}
		k.confirming = append(k.confirming, v)
	}
	for range sz.newcomers {
		v := &villager{Person: c.anyone(24, 42), status: "发展对象", standing: "在册", group: -1, entry: "接收预备党员", able: true}
		k.newcomers = append(k.newcomers, v)
	}
	for i := range sz.movedIn {
		p := c.anyone(24, 35)
		c.join(p)
		v := &villager{Person: p, status: "正式党员", standing: "在册", group: -1, entry: "转入", able: true,
			since: workday(dayIn(sp.months()[2+4*i], 12)), fullSince: p.Confirmed}
		k.movedIn = append(k.movedIn, v)
	}
	for _, list := range [][]*villager{k.confirming, k.newcomers, k.movedIn} {
		k.all = append(k.all, list...)
	}
}

// office fills the offices with members of fitting age.
func (k *cast) office(d *dice, c *crowd, sp span, byAge []*villager) {
	taken := map[*villager]bool{}
	for _, v := range slices.Concat(k.movedOut, k.died) {
		taken[v] = true
	}
	// near takes the free member whose age is nearest.
	near := func(age int, fits func(*villager) bool) *villager {
		var best *villager
		for _, v := range byAge {
			if taken[v] || fits != nil && !fits(v) {
				continue
			}
			if best == nil || abs(v.age(sp.asOf)-age) < abs(best.age(sp.asOf)-age) {
				best = v
			}
		}
		if best == nil {
			// A small village: anyone who is free, or one who has an office already.
			free := slices.IndexFunc(byAge, func(v *villager) bool { return !taken[v] })
			best = byAge[max(free, 0)]
		}
		taken[best] = true
		return best
	}
	// Whoever held an office five years ago had been a member for a while.
	old, recent := sp.opening().AddYears(-6), sp.opening().AddYears(-1)
	man := func(v *villager) bool { return v.Sex == "男" && v.Ethnicity == "汉族" && v.Confirmed < old }
	long := func(v *villager) bool { return v.Confirmed < old }
	k.secretary, k.deputy = near(48, man), near(43, man)
	k.organizer = near(36, func(v *villager) bool { return v.Sex == "男" && v.Confirmed < recent && v.Ethnicity == "汉族" })
	k.publicist = near(33, func(v *villager) bool { return v.Sex == "女" && v.Confirmed < recent })
	k.inspector = near(52, man)
	k.committee = []*villager{k.secretary, k.deputy, k.organizer, k.publicist, k.inspector}
	k.former = near(63, man)
	k.village = []*villager{near(40, func(v *villager) bool { return v.Sex == "女" }), near(46, man)}
	k.accountant, k.youth, k.supervisor = near(45, nil), near(28, nil), near(58, man)
	k.militia = near(34, func(v *villager) bool { return v.Sex == "男" && v.Ethnicity == "汉族" })
	for i := range partyGroups(len(byAge)) {
		k.heads = append(k.heads, near(54+2*i, long))
	}
	k.elders = []*villager{near(60, man), near(57, man)}
	for _, v := range slices.Concat(k.committee, k.village, k.heads, k.elders, []*villager{k.accountant, k.youth, k.militia, k.supervisor}) {
		v.offices++
	}
	for _, v := range slices.Concat(k.committee, k.village, []*villager{k.youth, k.militia}) {
		if v.Education == "小学" || v.Education == "初中" {
			v.Education = pick(d, []string{"高中", "中专", "大专"})
		}
	}
}

func abs(n int) int { return max(n, -n) }

// partyGroups gives the number of party groups of a branch.
func partyGroups(members int) int { return max(2, min(5, (members+14)/30)) }

// outside makes up those who are no members here: on the way to it, in an office,
// in hardship, able, or members of another place.
func (k *cast) outside(d *dice, c *crowd, sp span, sz sizes) {
	some := func(n, from, to int, status string) []*villager {
		var list []*villager
		for range n {
			list = append(list, &villager{Person: c.anyone(from, to), status: status, standing: "在册", group: -1, able: true})
		}
		return list
	}
	k.candidates = some(2, 24, 40, "发展对象")
	k.activists = some(sz.scaled(5), 22, 42, "入党积极分子")
	k.applicants = some(sz.scaled(4), 20, 40, "入党申请人")
	k.withdrawn = some(1, 24, 38, "入党申请人")
	k.neighbours = some(sz.scaled(6), 45, 72, "群众")
	k.makers = some(sz.scaled(3), 32, 52, "群众")
	for _, v := range k.neighbours {
		v.needy, v.able = true, v.age(sp.asOf) < 60
	}
	k.women = &villager{Person: c.adult("女", 34, 46), status: "群众", standing: "在册", group: -1, able: true, offices: 1}
	sent := func(home string, from, to int) *villager {
		v := some(1, from, to, "正式党员")[0]
		v.Joined = workday(v.Birth.AddYears(22).AddDays(d.between(0, 300)))
		v.Confirmed = probationEnd(v.Joined)
		v.standing, v.homeOrg, v.Education, v.Address = "组织关系在外", home, "本科", countyName+"城区"
		return v
	}
	k.firstSecretary = sent("中共"+countyName+"农业农村局机关支部委员会", 35, 44)
	k.helper = sent("中共"+countyName+"农业农村局机关支部委员会", 28, 34)
	k.guest = sent("中共"+prefectureName+"白鹭街道滨河社区支部委员会", 40, 55)
	for _, list := range [][]*villager{k.candidates, k.activists, k.applicants, k.withdrawn, k.neighbours, k.makers,
		{k.women, k.firstSecretary, k.helper, k.guest}} {
		k.all = append(k.all, list...)
	}
}

// goAway sends some of the young without an office to work elsewhere: most of
// them long ago, two in the year, and one comes back.
func (k *cast) goAway(d *dice, sp span, byAge []*villager, sz sizes) {
	free := where(byAge, func(v *villager) bool {
		return v.able && v.offices == 0 && v.until == "" && v.age(sp.asOf) < 50 && v.Ethnicity == "汉族"
	})
	months := sp.months()
	for i, v := range sample(d, free, sz.away) {
		v.away, v.place = awayTo(d, i)
		v.leftOn = sp.opening().AddMonths(-d.between(7, 60)).AddDays(d.between(0, 27))
		switch {
		case i == 0:
			v.leftOn = workday(dayIn(months[4], 6))
			k.leaving = append(k.leaving, v)
		case i == 1 && sz.away > 3:
			v.leftOn = workday(dayIn(months[8], 8))
			k.leaving = append(k.leaving, v)
		case i == 2 && sz.away > 3:
			v.returned = workday(dayIn(months[6], 18))
			k.back = append(k.back, v)
		case i%3 == 0:
			v.notDue = "5"
		}
	}
}

// awayTo gives the kind and place of a destination; large cities only, nothing
// closer than the county is kept (domain.md §9.2).
func awayTo(d *dice, i int) (kind, place string) {
	switch i % 4 {
	case 0, 2:
		return "跨省", pick(d, []string{"上海市", "广东省深圳市", "浙江省杭州市", "天津市", "浙江省宁波市", "福建省泉州市"})
	case 1:
		return "省内跨市", "省城开发区"
	default:
		return "县内", countyName + pick(d, towns[1:8])
	}
}

// groups deals the members out to the party groups, each head to their own.
func (k *cast) groups(sp span) {
	for i, v := range where(k.all, func(v *villager) bool { return v.standing == "在册" && (v.since != "" || v.entry != "") }) {
		v.group = i % len(k.heads)
	}
	for i, v := range k.heads {
		v.group = i
	}
}
