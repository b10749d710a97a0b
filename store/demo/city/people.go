package city

import (
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// people is who is who in one organisation.
type people struct {
	all       []*folk.Villager
	committee []*folk.Villager // of the party, the secretary first
	team      []*folk.Villager // with those of the villagers' committee, each once
	former    *folk.Villager   // secretary before the last election
	director  *folk.Villager   // head of the villagers' committee
	raised    *folk.Villager   // a cadre who went to the township
	heads     []*folk.Villager // of groups

	entered []*entry // admitted in the time of the campaign
	stock   []*entry // on their way
	outs    []*move
	ins     []*move
	owners  []*folk.Villager // with an entity
	pairs   [][2]*folk.Villager
	poor    []*folk.Villager // helped
}

// entry is one person's way into the party.
type entry struct {
	*folk.Admission
	person *folk.Villager
	source string
	fault  string // the rule that speaks of it, "" for none
}

// move is a transfer within the county.
type move struct {
	from, to      *unit
	leaver, comer *folk.Villager
	on, arrived   model.Date
}

// The ages of members at the beginning of the campaign, as of its last day; the
// young come in its course.
var memberAges = folk.Ages("24-30:5 31-35:6 36-40:7 41-45:8 46-50:10 51-55:12 56-60:11 61-65:12 66-70:12 71-88:16")

// populate makes the people of all organisations up, one after the other, since no
// two have the same number.
func (c *city) populate() {
	moves := c.planMoves()
	c.faultyPlaces()
	crowds := map[*unit]*folk.Crowd{}
	for _, u := range c.units {
		crowds[u] = c.settlers(u)
	}
	for _, m := range moves {
		c.move(m)
	}
	c.special()
	for _, u := range c.units {
		c.arrivals(u, crowds[u])
	}
	c.roles()
	c.doubled()
	c.further()
}

// planMoves chooses who gives and who takes members.
func (c *city) planMoves() []*move {
	d := c.dice("transfers")
	large := slices.DeleteFunc(slices.Clone(c.units), func(u *unit) bool { return u.members < 40 || u.villageOf })
	var moves []*move
	if len(large) < 2 {
		return nil
	}
	for range c.scale.transfers {
		from, to := dice.Pick(d, large), dice.Pick(d, large)
		for to == from {
			to = dice.Pick(d, large)
		}
		on := folk.Workday(firstDay.AddDays(d.Between(20, 1040)))
		m := &move{from: from, to: to, on: on, arrived: folk.Workday(on.AddDays(d.Between(4, 16)))}
		from.quotas["out"]++
		from.movedOut = max(from.movedOut, on)
		to.quotas["in"]++
		moves = append(moves, m)
	}
	return moves
}

// settlers makes up those who were members when the campaign began.
func (c *city) settlers(u *unit) *folk.Crowd {
	d := c.dice("people " + u.code)
	place := folk.Place{Code: u.code, Name: u.short, Township: u.township, County: c.county.Name}
	if u.domain != "行政村" {
		place.Name = u.township + "镇区"
	}
	women := map[string]int{"行政村": 19, "社区": 30}[u.domain]
	if women == 0 {
		women = 26
	}
	w := folk.NewCrowd(d, place, lastDay, c.ids, c.calls)
	u.people = &people{}
	n := u.members - u.enter - u.quotas["in"] + u.died + u.quotas["out"]
	bands := dice.Dealt(d, n, memberAges)
	sexes := dice.Dealt(d, n, []dice.Share[string]{{Value: "女", Weight: women}, {Value: "男", Weight: 100 - women}})
	for i := range n {
		band := bands[i]
		if u.has(faultTwo) {
			band.From, band.To = 44, 56
		}
		if u.domain != "行政村" && u.domain != "社区" && band.From > 60 {
			band.From, band.To = band.From-30, band.From-26 // at work, not retired
		}
		p := w.Adult(sexes[i], band.From, band.To)
		w.Today = firstDay
		w.Join(p)
		w.Today = lastDay
		if u.has(faultTwo) { // they have to sponsor others
			p.Joined = folk.Workday(p.Birth.AddYears(21))
			p.Confirmed = folk.ProbationEnd(p.Joined)
		}
		p.Ethnicity = c.ethnicity(d, u)
		u.people.all = append(u.people.all, &folk.Villager{Person: p, Status: "正式党员", Standing: "在册", Group: -1,
			Since: firstDay, FullSince: p.Confirmed, Able: p.Birth.YearsAt(lastDay) < 66})
	}
	c.leave(d, u)
	return w
}

// ethnicity: a quarter of one township is 回族.
func (c *city) ethnicity(d *dice.Dice, u *unit) string {
	switch {
	case u.town == 19 && d.Chance(0.25):
		return "回族"
	case d.Chance(0.004):
		return dice.Pick(d, []string{"回族", "满族", "土家族", "苗族"})
	}
	return "汉族"
}

// leave chooses who dies; the oldest do.
func (c *city) leave(d *dice.Dice, u *unit) {
	old := slices.Clone(u.people.all)
	slices.SortStableFunc(old, folk.ByBirth)
	old = dice.Shuffled(d, old[:min(len(old), 3*u.died)])
	for i := range min(u.died, len(old)) {
		v := old[i]
		v.Exit, v.Until, v.Able = "去世", firstDay.AddDays(d.Between(5, 1090)), false
	}
}

// move takes a member of one organisation to another: the same person stands in
// both ledgers.
func (c *city) move(m *move) {
	d := c.dice("move " + string(m.on) + m.from.code + m.to.code)
	stay := folk.Where(m.from.people.all, func(v *folk.Villager) bool { return v.Exit == "" && v.Entry == "" && v.Age(lastDay) < 60 })
	if len(stay) == 0 {
		panic("city: nobody of " + m.from.short + " can move")
	}
	m.leaver = dice.Pick(d, stay)
	m.leaver.Exit, m.leaver.Until = "转出", m.on
	m.comer = &folk.Villager{Person: m.leaver.Person, Status: "正式党员", Standing: "在册", Group: -1, Entry: "转入",
		Since: m.arrived, FullSince: m.leaver.Confirmed, Able: true}
	m.to.people.all = append(m.to.people.all, m.comer)
	m.from.people.outs, m.to.people.ins = append(m.from.people.outs, m), append(m.to.people.ins, m)
}

// arrivals makes up those who were admitted and those on their way.
func (c *city) arrivals(u *unit, w *folk.Crowd) {
	d, k := c.dice("arrivals "+u.code), u.people
	for i := range u.enter {
		span := firstDay.DaysUntil(lastDay) - 60
		approved := firstDay.AddDays((i*span + d.IntN(span)) / u.enter)
		switch {
		case u.has(faultTwo):
			approved = model.Date("2025-09-10").AddDays(60 * i)
		case u.has(faultLate) && i == u.enter-1:
			approved = "2026-04-15"
		case u.has(faultLonger) && i == 0:
			approved = "2023-09-12"
		}
		v := &folk.Villager{Person: w.Anyone(25, 42), Status: "预备党员", Standing: "在册", Group: -1, Entry: "接收预备党员", Able: true}
		a := folk.NewAdmission(d, v, folk.BeforeAcceptance(approved), folk.Pace{Months: 5})
		a.ShiftTo(approved, firstDay, lastDay)
		e := &entry{Admission: a, person: v}
		e.spoil(u, i)
		v.Since, v.Joined = a.Steps["approved_on"], a.Steps["accepted_on"]
		if a.Steps["confirm_approved_on"] <= lastDay {
			v.Status, v.FullSince, v.Confirmed = "正式党员", a.Steps["confirm_approved_on"], v.Joined.AddYears(1)
			if a.Extended != "" {
				v.Confirmed = a.Extended
			}
		}
		k.all = append(k.all, v)
		k.entered = append(k.entered, e)
	}
	spoilt := false
	on := func(n int, status string, applied func(i int) model.Date, wait folk.Pace) {
		for i := range n {
			v := &folk.Villager{Person: w.Anyone(21, 40), Status: status, Standing: "在册", Group: -1, Able: true}
			a := folk.NewAdmission(d, v, applied(i), wait)
			v.Status = a.Stage(lastDay)
			k.all = append(k.all, v)
			e := &entry{Admission: a, person: v}
			k.stock = append(k.stock, e)
			if !spoilt {
				spoilt = e.spoilStock(c, u)
			}
		}
	}
	on(u.candidates, "发展对象", func(int) model.Date { return folk.BeforeCandidate(lastDay.AddDays(-d.Between(6, 45))) }, folk.Pace{Months: 5})
	on(u.activists, "入党积极分子", func(int) model.Date { return lastDay.AddDays(-d.Between(180, 480)) }, folk.Pace{Months: 5})
	on(u.applicants, "入党申请人", func(int) model.Date { return lastDay.AddDays(-d.Between(12, 180)) }, folk.Pace{Months: 8})
}
