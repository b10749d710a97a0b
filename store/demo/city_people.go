package demo

import (
	"slices"

	"taizhang/model"
)

// cityPeople is who is who in one organisation.
type cityPeople struct {
	all       []*villager
	committee []*villager // of the party, the secretary first
	team      []*villager // with those of the villagers' committee, each once
	former    *villager   // secretary before the last election
	director  *villager   // head of the villagers' committee
	raised    *villager   // a cadre who went to the township
	heads     []*villager // of groups

	entered []*cityEntry // admitted in the time of the campaign
	stock   []*cityEntry // on their way
	outs    []*cityMove
	ins     []*cityMove
	owners  []*villager // with an entity
	pairs   [][2]*villager
	poor    []*villager // helped
}

// cityEntry is one person's way into the party.
type cityEntry struct {
	*admission
	person *villager
	source string
	fault  string // the rule that speaks of it, "" for none
}

// cityMove is a transfer within the county.
type cityMove struct {
	from, to      *cityUnit
	leaver, comer *villager
	on, arrived   model.Date
}

// The ages of members at the beginning of the campaign, as of its last day; the
// young come in its course.
var cityAges = []share[band]{{band{24, 30}, 5}, {band{31, 35}, 6}, {band{36, 40}, 7}, {band{41, 45}, 8}, {band{46, 50}, 10},
	{band{51, 55}, 12}, {band{56, 60}, 11}, {band{61, 65}, 12}, {band{66, 70}, 12}, {band{71, 88}, 16}}

// populate makes the people of all organisations up, one after the other, since no
// two have the same number.
func (c *city) populate() {
	moves := c.planMoves()
	c.faultyPlaces()
	crowds := map[*cityUnit]*crowd{}
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
func (c *city) planMoves() []*cityMove {
	d := c.dice("transfers")
	large := slices.DeleteFunc(slices.Clone(c.units), func(u *cityUnit) bool { return u.members < 40 || u.villageOf })
	var moves []*cityMove
	if len(large) < 2 {
		return nil
	}
	for range c.scale.transfers {
		from, to := pick(d, large), pick(d, large)
		for to == from {
			to = pick(d, large)
		}
		on := workday(cityOpening.AddDays(d.between(20, 1040)))
		m := &cityMove{from: from, to: to, on: on, arrived: workday(on.AddDays(d.between(4, 16)))}
		from.quotas["out"]++
		to.quotas["in"]++
		moves = append(moves, m)
	}
	return moves
}

// settlers makes up those who were members when the campaign began.
func (c *city) settlers(u *cityUnit) *crowd {
	d := c.dice("people " + u.code)
	place := Place{Code: u.code, Name: u.short, Township: u.township, County: countyName}
	if u.domain != "行政村" {
		place.Name = u.township + "镇区"
	}
	women := map[string]int{"行政村": 19, "社区": 30}[u.domain]
	if women == 0 {
		women = 26
	}
	w := newCrowd(d, place, cityAsOf, c.ids, c.calls)
	u.people = &cityPeople{}
	n := u.members - u.enter - u.quotas["in"] + u.died + u.quotas["out"]
	bands := dealt(d, n, cityAges)
	sexes := dealt(d, n, []share[string]{{"女", women}, {"男", 100 - women}})
	for i := range n {
		band := bands[i]
		if u.has(faultTwo) {
			band.from, band.to = 44, 56
		}
		if u.domain != "行政村" && u.domain != "社区" && band.from > 60 {
			band.from, band.to = band.from-30, band.from-26 // at work, not retired
		}
		p := w.adult(sexes[i], band.from, band.to)
		w.today = cityOpening
		w.join(p)
		w.today = cityAsOf
		if u.has(faultTwo) { // they have to sponsor others
			p.Joined = workday(p.Birth.AddYears(21))
			p.Confirmed = probationEnd(p.Joined)
		}
		p.Ethnicity = c.ethnicity(d, u)
		u.people.all = append(u.people.all, &villager{Person: p, status: "正式党员", standing: "在册", group: -1,
			since: cityOpening, fullSince: p.Confirmed, able: p.Birth.YearsAt(cityAsOf) < 66})
	}
	c.leave(d, u)
	return w
}

// ethnicity: a quarter of one township is 回族.
func (c *city) ethnicity(d *dice, u *cityUnit) string {
	switch {
	case u.town == 19 && d.chance(0.25):
		return "回族"
	case d.chance(0.004):
		return pick(d, []string{"回族", "满族", "土家族", "苗族"})
	}
	return "汉族"
}

// leave chooses who dies; the oldest do.
func (c *city) leave(d *dice, u *cityUnit) {
	old := slices.Clone(u.people.all)
	slices.SortStableFunc(old, compareDates)
	old = shuffled(d, old[:min(len(old), 3*u.died)])
	for i := range min(u.died, len(old)) {
		v := old[i]
		v.exit, v.until, v.able = "去世", cityOpening.AddDays(d.between(5, 1090)), false
	}
}

// move takes a member of one organisation to another: the same person stands in
// both ledgers.
func (c *city) move(m *cityMove) {
	d := c.dice("move " + string(m.on) + m.from.code + m.to.code)
	stay := where(m.from.people.all, func(v *villager) bool { return v.exit == "" && v.entry == "" && v.age(cityAsOf) < 60 })
	if len(stay) == 0 {
		panic("demo: nobody of " + m.from.short + " can move")
	}
	m.leaver = pick(d, stay)
	m.leaver.exit, m.leaver.until = "转出", m.on
	m.comer = &villager{Person: m.leaver.Person, status: "正式党员", standing: "在册", group: -1, entry: "转入",
		since: m.arrived, fullSince: m.leaver.Confirmed, able: true}
	m.to.people.all = append(m.to.people.all, m.comer)
	m.from.people.outs, m.to.people.ins = append(m.from.people.outs, m), append(m.to.people.ins, m)
}

// arrivals makes up those who were admitted and those on their way.
func (c *city) arrivals(u *cityUnit, w *crowd) {
	d, k := c.dice("arrivals "+u.code), u.people
	for i := range u.enter {
		span := cityOpening.DaysUntil(cityAsOf) - 60
		approved := cityOpening.AddDays((i*span + d.IntN(span)) / u.enter)
		switch {
		case u.has(faultTwo):
			approved = model.Date("2025-09-10").AddDays(60 * i)
		case u.has(faultLate) && i == u.enter-1:
			approved = "2026-04-15"
		case u.has(faultLonger) && i == 0:
			approved = "2023-09-12"
		}
		v := &villager{Person: w.anyone(25, 42), status: "预备党员", standing: "在册", group: -1, entry: "接收预备党员", able: true}
		a := newAdmission(d, v, beforeAcceptance(approved), pace{5, 0})
		a.shiftTo(approved)
		e := &cityEntry{admission: a, person: v}
		e.spoil(u, i)
		v.since, v.Joined = a.steps["approved_on"], a.steps["accepted_on"]
		if a.steps["confirm_approved_on"] <= cityAsOf {
			v.status, v.fullSince, v.Confirmed = "正式党员", a.steps["confirm_approved_on"], v.Joined.AddYears(1)
			if a.extended != "" {
				v.Confirmed = a.extended
			}
		}
		k.all = append(k.all, v)
		k.entered = append(k.entered, e)
	}
	spoilt := false
	on := func(n int, status string, applied func(i int) model.Date, wait pace) {
		for i := range n {
			v := &villager{Person: w.anyone(21, 40), status: status, standing: "在册", group: -1, able: true}
			a := newAdmission(d, v, applied(i), wait)
			v.status = a.stage(cityAsOf)
			k.all = append(k.all, v)
			e := &cityEntry{admission: a, person: v}
			k.stock = append(k.stock, e)
			if !spoilt {
				spoilt = e.spoilStock(c, u)
			}
		}
	}
	on(u.candidates, "发展对象", func(int) model.Date { return beforeCandidate(cityAsOf.AddDays(-d.between(6, 45))) }, pace{5, 0})
	on(u.activists, "入党积极分子", func(int) model.Date { return cityAsOf.AddDays(-d.between(180, 480)) }, pace{5, 0})
	on(u.applicants, "入党申请人", func(int) model.Date { return cityAsOf.AddDays(-d.between(12, 180)) }, pace{8, 0})
}

// shiftTo moves all steps so that the approval falls near a day; those before are
// kept on working days.
func (a *admission) shiftTo(approved model.Date) {
	days := a.steps["approved_on"].DaysUntil(approved)
	weeks := days / 7 * 7 // weekdays stay what they are
	for step, on := range a.steps {
		a.steps[step] = on.AddDays(weeks)
	}
	for a.steps["approved_on"] < cityOpening {
		for step, on := range a.steps {
			a.steps[step] = on.AddDays(7)
		}
	}
	for a.steps["approved_on"] > cityAsOf {
		for step, on := range a.steps {
			a.steps[step] = on.AddDays(-7)
		}
	}
	// The year of probation is counted anew, since the days have moved.
	ends := a.steps["accepted_on"].AddYears(1)
	late := 0
	if a.steps["confirm_voted_on"] < ends {
		late = a.steps["confirm_voted_on"].DaysUntil(ends) + 1
	}
	for _, step := range []string{"confirm_voted_on", "confirm_approved_on", "archived_on"} {
		a.steps[step] = a.steps[step].AddDays(late)
	}
}
