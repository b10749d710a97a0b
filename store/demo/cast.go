package demo

import (
	"cmp"
	"math"
	"slices"

	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// cast is who is who in the village.
type cast struct {
	all []*folk.Villager // in the order in which they are written down

	secretary, deputy, organizer, publicist, inspector *folk.Villager
	committee                                          []*folk.Villager // these five
	former                                             *folk.Villager   // secretary of the last term
	village                                            []*folk.Villager // further members of the villagers' committee
	accountant, youth, militia, women, supervisor      *folk.Villager
	heads                                              []*folk.Villager // of party groups, by number
	elders                                             []*folk.Villager // heads of villagers' groups
	firstSecretary, helper, guest                      *folk.Villager   // members of other places

	newcomers  []*folk.Villager // admitted in the year
	confirming []*folk.Villager // confirmed in the year
	movedIn    []*folk.Villager
	movedOut   []*folk.Villager
	died       []*folk.Villager
	leaving    []*folk.Villager // gone away in the year
	back       []*folk.Villager // come back in the year
	candidates []*folk.Villager
	activists  []*folk.Villager
	applicants []*folk.Villager
	withdrawn  []*folk.Villager
	neighbours []*folk.Villager // villagers in hardship, no members
	makers     []*folk.Villager // able villagers, no members
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
func newCast(d *dice.Dice, c *folk.Crowd, sp span, sz sizes) *cast {
	k := &cast{}
	late := sz.newcomers + sz.confirming + sz.movedIn
	var base []*folk.Villager
	for _, p := range c.Members(sz.members-late+sz.movedOut+sz.died, folk.OldAges, 19) {
		base = append(base, &folk.Villager{Person: p, Status: "正式党员", Standing: "在册", Group: -1,
			Since: sp.opening(), FullSince: p.Confirmed})
	}
	k.special(base)
	byAge := slices.Clone(base)
	slices.SortStableFunc(byAge, func(a, b *folk.Villager) int { return cmp.Compare(b.Birth, a.Birth) })
	for _, v := range byAge[:min(len(byAge), sz.able-late+sz.movedOut)] {
		v.Able = true
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
func (k *cast) special(base []*folk.Villager) {
	men := folk.Where(base, func(v *folk.Villager) bool { return v.Sex == "男" && v.Birth.Year() >= 1950 })
	if len(men) < 4 {
		return
	}
	dotted, rare := men[len(men)/2], men[len(men)/3]
	dotted.Name, dotted.Ethnicity = "阿曼·买合", "维吾尔族"
	rare.Name = string([]rune(rare.Name)[:1]) + "\U00020BB7华"
}

// leave chooses who dies and who moves away for good.
func (k *cast) leave(sp span, byAge []*folk.Villager, sz sizes) {
	months := sp.months()
	for i := range sz.died {
		v := byAge[len(byAge)-2-3*i]
		v.Until, v.Exit, v.Able = folk.Workday(folk.DayIn(months[3+4*i], 9+5*i)), "去世", false
		k.died = append(k.died, v)
	}
	for i := range sz.movedOut {
		v := byAge[2+i]
		v.Until, v.Exit = folk.Workday(folk.DayIn(months[5], 21)), "转出"
		k.movedOut = append(k.movedOut, v)
	}
}

// arrive makes up those who come in the course of the year: admitted, confirmed
// and moved in. Their records begin before that; admissions.go sets the days.
func (k *cast) arrive(d *dice.Dice, c *folk.Crowd, sp span, sz sizes) {
	for range sz.confirming {
		v := &folk.Villager{Person: c.Anyone(25, 38), Status: "预备党员", Standing: "在册", Group: -1, Since: sp.opening(), Able: true}
		k.confirming = append(k.confirming, v)
	}
	for range sz.newcomers {
		v := &folk.Villager{Person: c.Anyone(24, 42), Status: "发展对象", Standing: "在册", Group: -1, Entry: "接收预备党员", Able: true}
		k.newcomers = append(k.newcomers, v)
	}
	for i := range sz.movedIn {
		p := c.Anyone(24, 35)
		c.Join(p)
		v := &folk.Villager{Person: p, Status: "正式党员", Standing: "在册", Group: -1, Entry: "转入", Able: true,
			Since: folk.Workday(folk.DayIn(sp.months()[2+4*i], 12)), FullSince: p.Confirmed}
		k.movedIn = append(k.movedIn, v)
	}
	for _, list := range [][]*folk.Villager{k.confirming, k.newcomers, k.movedIn} {
		k.all = append(k.all, list...)
	}
}

// office fills the offices with members of fitting age.
func (k *cast) office(d *dice.Dice, c *folk.Crowd, sp span, byAge []*folk.Villager) {
	taken := map[*folk.Villager]bool{}
	for _, v := range slices.Concat(k.movedOut, k.died) {
		taken[v] = true
	}
	// near takes the free member whose age is nearest.
	near := func(age int, fits func(*folk.Villager) bool) *folk.Villager {
		var best *folk.Villager
		for _, v := range byAge {
			if taken[v] || fits != nil && !fits(v) {
				continue
			}
			if best == nil || abs(v.Age(sp.asOf)-age) < abs(best.Age(sp.asOf)-age) {
				best = v
			}
		}
		if best == nil {
			// A small village: anyone who is free, or one who has an office already.
			free := slices.IndexFunc(byAge, func(v *folk.Villager) bool { return !taken[v] })
			best = byAge[max(free, 0)]
		}
		taken[best] = true
		return best
	}
	// Whoever held an office five years ago had been a member for a while.
	old, recent := sp.opening().AddYears(-6), sp.opening().AddYears(-1)
	man := func(v *folk.Villager) bool { return v.Sex == "男" && v.Ethnicity == "汉族" && v.Confirmed < old }
	long := func(v *folk.Villager) bool { return v.Confirmed < old }
	k.secretary, k.deputy = near(48, man), near(43, man)
	k.organizer = near(36, func(v *folk.Villager) bool { return v.Sex == "男" && v.Confirmed < recent && v.Ethnicity == "汉族" })
	k.publicist = near(33, func(v *folk.Villager) bool { return v.Sex == "女" && v.Confirmed < recent })
	k.inspector = near(52, man)
	k.committee = []*folk.Villager{k.secretary, k.deputy, k.organizer, k.publicist, k.inspector}
	k.former = near(63, man)
	k.village = []*folk.Villager{near(40, func(v *folk.Villager) bool { return v.Sex == "女" }), near(46, man)}
	k.accountant, k.youth, k.supervisor = near(45, nil), near(28, nil), near(58, man)
	k.militia = near(34, func(v *folk.Villager) bool { return v.Sex == "男" && v.Ethnicity == "汉族" })
	for i := range partyGroups(len(byAge)) {
		k.heads = append(k.heads, near(54+2*i, long))
	}
	k.elders = []*folk.Villager{near(60, man), near(57, man)}
	for _, v := range slices.Concat(k.committee, k.village, k.heads, k.elders, []*folk.Villager{k.accountant, k.youth, k.militia, k.supervisor}) {
		v.Offices++
	}
	for _, v := range slices.Concat(k.committee, k.village, []*folk.Villager{k.youth, k.militia}) {
		if v.Education == "小学" || v.Education == "初中" {
			v.Education = dice.Pick(d, []string{"高中", "中专", "大专"})
		}
	}
}

func abs(n int) int { return max(n, -n) }

// partyGroups gives the number of party groups of a branch.
func partyGroups(members int) int { return max(2, min(5, (members+14)/30)) }

// outside makes up those who are no members here: on the way to it, in an office,
// in hardship, able, or members of another place.
func (k *cast) outside(d *dice.Dice, c *folk.Crowd, sp span, sz sizes) {
	some := func(n, from, to int, status string) []*folk.Villager {
		var list []*folk.Villager
		for range n {
			list = append(list, &folk.Villager{Person: c.Anyone(from, to), Status: status, Standing: "在册", Group: -1, Able: true})
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
		v.Needy, v.Able = true, v.Age(sp.asOf) < 60
	}
	k.women = &folk.Villager{Person: c.Adult("女", 34, 46), Status: "群众", Standing: "在册", Group: -1, Able: true, Offices: 1}
	sent := func(home string, from, to int) *folk.Villager {
		v := some(1, from, to, "正式党员")[0]
		v.Joined = folk.Workday(v.Birth.AddYears(22).AddDays(d.Between(0, 300)))
		v.Confirmed = folk.ProbationEnd(v.Joined)
		v.Standing, v.HomeOrg, v.Education, v.Address = "组织关系在外", home, "本科", folk.CountyName+"城区"
		return v
	}
	k.firstSecretary = sent("中共"+folk.CountyName+"农业农村局机关支部委员会", 35, 44)
	k.helper = sent("中共"+folk.CountyName+"农业农村局机关支部委员会", 28, 34)
	k.guest = sent("中共"+folk.PrefectureName+"白鹭街道滨河社区支部委员会", 40, 55)
	for _, list := range [][]*folk.Villager{k.candidates, k.activists, k.applicants, k.withdrawn, k.neighbours, k.makers,
		{k.women, k.firstSecretary, k.helper, k.guest}} {
		k.all = append(k.all, list...)
	}
}

// goAway sends some of the young without an office to work elsewhere: most of
// them long ago, two in the year, and one comes back.
func (k *cast) goAway(d *dice.Dice, sp span, byAge []*folk.Villager, sz sizes) {
	free := folk.Where(byAge, func(v *folk.Villager) bool {
		return v.Able && v.Offices == 0 && v.Until == "" && v.Age(sp.asOf) < 50 && v.Ethnicity == "汉族"
	})
	months := sp.months()
	for i, v := range dice.Sample(d, free, sz.away) {
		v.Away, v.Place = awayTo(d, i)
		v.LeftOn = sp.opening().AddMonths(-d.Between(7, 60)).AddDays(d.Between(0, 27))
		switch {
		case i == 0:
			v.LeftOn = folk.Workday(folk.DayIn(months[4], 6))
			k.leaving = append(k.leaving, v)
		case i == 1 && sz.away > 3:
			v.LeftOn = folk.Workday(folk.DayIn(months[8], 8))
			k.leaving = append(k.leaving, v)
		case i == 2 && sz.away > 3:
			v.Returned = folk.Workday(folk.DayIn(months[6], 18))
			k.back = append(k.back, v)
		case i%3 == 0:
			v.NotDue = "5"
		}
	}
}

// awayTo gives the kind and place of a destination; large cities only, nothing
// closer than the county is kept (domain.md §9.2).
func awayTo(d *dice.Dice, i int) (kind, place string) {
	switch i % 4 {
	case 0, 2:
		return "跨省", dice.Pick(d, []string{"上海市", "广东省深圳市", "浙江省杭州市", "天津市", "浙江省宁波市", "福建省泉州市"})
	case 1:
		return "省内跨市", "省城开发区"
	default:
		return "县内", folk.CountyName + dice.Pick(d, folk.Towns[1:8])
	}
}

// groups deals the members out to the party groups, each head to their own.
func (k *cast) groups(sp span) {
	for i, v := range folk.Where(k.all, func(v *folk.Villager) bool { return v.Standing == "在册" && (v.Since != "" || v.Entry != "") }) {
		v.Group = i % len(k.heads)
	}
	for i, v := range k.heads {
		v.Group = i
	}
}
