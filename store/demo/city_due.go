package demo

import (
	"slices"

	"taizhang/model"
)

// cityDue is what falls due in one village (domain.md §11.6): no rule of `check`
// finds it, and `due` does on the county's last day. All of it lies in one village, so
// that one ledger, kept with --keep, shows it.
type cityDue struct {
	unpaid  []*villager // behind with dues for five and for six months
	lost    *villager   // out of contact for six months
	stopped *villager   // 停止党籍 two years ago
	lapsed  *cityEntry  // whose probation was over 45 days ago
}

// further puts in what needs everybody's part to be known and moves nothing that was
// laid out before: a branch meeting five weeks after the pre-review, what falls due,
// and a resolution by half.
func (c *city) further() {
	d := c.dice("further places")
	order := shuffled(d, where2(c.of("行政村"), func(u *cityUnit) bool {
		return len(u.faults) == 0 && len(u.odds) == 0 && u.double == nil && !u.villageOf
	}))
	put := func(try func(*cityUnit) bool) {
		if i := slices.IndexFunc(order, try); i >= 0 {
			order = slices.Delete(order, i, i+1)
		}
	}
	put(func(u *cityUnit) bool { return c.fallDue(d, u) })
	put(func(u *cityUnit) bool { return u.lateMeeting() })
	put(func(u *cityUnit) bool {
		u.half = u.halves()
		return u.half
	})
}

// fallDue lets things fall due in a village, where it has people for them.
func (c *city) fallDue(d *dice, u *cityUnit) bool {
	k := u.people
	busy := map[*villager]bool{}
	for _, v := range k.owners {
		busy[v] = true
	}
	for _, p := range k.pairs {
		busy[p[0]], busy[p[1]] = true, true
	}
	plain := where(k.all, func(v *villager) bool {
		return v.stays() && v.entry == "" && v.offices == 0 && !v.needy && !v.bothLead && !v.tech && !busy[v] && v.basis == "农民" && v.dues > 0
	})
	gone := where(plain, func(v *villager) bool { return v.away != "" && v.away != "县内" && v.leftOn < "2025-06-01" })
	here := where(plain, func(v *villager) bool { return v.away == "" })
	lapsed := slices.IndexFunc(k.entered, func(e *cityEntry) bool { return e.fault == "" && e.person.status == "预备党员" })
	if len(gone) == 0 || len(here) < 2 || lapsed < 0 {
		return false
	}
	due := &cityDue{unpaid: sample(d, here, 2), lost: gone[0], lapsed: k.entered[lapsed]}
	due.unpaid[0].unpaid, due.unpaid[1].unpaid = cityMonth.Add(-5), cityMonth.Add(-6)
	// Who was lost at the end of a month paid for it, and for no month since.
	due.lost.lost, due.lost.notDue = cityAsOf.AddMonths(-6), "5"
	due.lost.unpaid = due.lost.lost.Month().Add(1)
	due.lapsed.lapse()
	due.stopped = c.stopped(d, u)
	k.all = append(k.all, due.stopped)
	u.due = due
	return true
}

// lapse moves someone's way so that probation was over 45 days ago, and nobody met
// about it.
func (e *cityEntry) lapse() {
	e.shift(e.steps["accepted_on"].DaysUntil(cityAsOf.AddDays(-45).AddYears(-1)))
	e.stop("confirm_voted_on")
	e.person.since, e.person.Joined = e.steps["approved_on"], e.steps["accepted_on"]
}

// stopped makes one up whose membership was stopped two years before the last day,
// half a year after nobody could find them.
func (c *city) stopped(d *dice, u *cityUnit) *villager {
	w := newCrowd(d, Place{Code: u.code, Name: u.short, Township: u.township, County: countyName}, cityOpening, c.ids, c.calls)
	p := w.adult("男", 34, 46)
	w.join(p)
	until := cityAsOf.AddMonths(-24)
	return &villager{Person: p, status: "正式党员", standing: "在册", group: -1, since: cityOpening, fullSince: p.Confirmed, able: true,
		exit: "停止党籍", until: until, lost: until.AddMonths(-6).AddDays(-8), job: "外出务工"}
}

// noteDue notes in the answer key what falls due.
func (b *cityBook) noteDue() {
	due := b.unit.due
	if due == nil {
		return
	}
	note := func(rule, kind, id string) {
		b.answers.Due = append(b.answers.Due, CityFault{Rule: rule, Org: b.unit.code, Kind: kind, ID: id})
	}
	for _, v := range append(slices.Clone(due.unpaid), due.lost) {
		note("R-DUE-01", "person", v.id)
	}
	note("R-STS-02", "person", due.lost.id)
	note("R-STS-03", "person", due.stopped.id)
	note("R-DEV-10", "admission", due.lapsed.id)
}

// missed notes that a theme day was not held, and with it the lecture of the quarter
// where it should have counted as one.
func (b *cityBook) missed(m model.Month, lecture bool) {
	note := func(f CityMissed) { b.answers.Missed = append(b.answers.Missed, f) }
	note(CityMissed{Org: b.unit.code, What: "主题党日", Month: m})
	if lecture {
		note(CityMissed{Org: b.unit.code, What: "党课", Quarter: quarterCode(m)})
	}
}
