package city

import (
	"slices"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// dueHere is what falls due in one village (domain.md §11.6): no rule of `check`
// finds it, and `due` does on the county's last day. All of it lies in one village, so
// that one ledger, kept with --keep, shows it.
type dueHere struct {
	unpaid  []*folk.Villager // behind with dues for five and for six months
	lost    *folk.Villager   // out of contact for six months
	stopped *folk.Villager   // 停止党籍 two years ago
	lapsed  *entry           // whose probation was over 45 days ago
}

// further puts in what needs everybody's part to be known and moves nothing that was
// laid out before: a branch meeting five weeks after the pre-review, what falls due,
// and a resolution by half.
func (c *city) further() {
	d := c.dice("further places")
	order := dice.Shuffled(d, where2(c.of("行政村"), func(u *unit) bool {
		return len(u.faults) == 0 && len(u.odds) == 0 && u.double == nil && !u.villageOf
	}))
	put := func(try func(*unit) bool) {
		if i := slices.IndexFunc(order, try); i >= 0 {
			order = slices.Delete(order, i, i+1)
		}
	}
	put(func(u *unit) bool { return c.fallDue(d, u) })
	put(func(u *unit) bool { return u.lateMeeting() })
	put(func(u *unit) bool {
		u.half = u.halves()
		return u.half
	})
}

// fallDue lets things fall due in a village, where it has people for them.
func (c *city) fallDue(d *dice.Dice, u *unit) bool {
	k := u.people
	busy := map[*folk.Villager]bool{}
	for _, v := range k.owners {
		busy[v] = true
	}
	for _, p := range k.pairs {
		busy[p[0]], busy[p[1]] = true, true
	}
	plain := folk.Where(k.all, func(v *folk.Villager) bool {
		return stays(v) && v.Entry == "" && v.Offices == 0 && !v.Needy && !v.BothLead && !v.Tech && !busy[v] && v.Basis == "农民" && v.Dues > 0
	})
	gone := folk.Where(plain, func(v *folk.Villager) bool { return v.Away != "" && v.Away != "县内" && v.LeftOn < "2025-06-01" })
	here := folk.Where(plain, func(v *folk.Villager) bool { return v.Away == "" })
	lapsed := slices.IndexFunc(k.entered, func(e *entry) bool { return e.fault == "" && e.person.Status == "预备党员" })
	if len(gone) == 0 || len(here) < 2 || lapsed < 0 {
		return false
	}
	due := &dueHere{unpaid: dice.Sample(d, here, 2), lost: gone[0], lapsed: k.entered[lapsed]}
	due.unpaid[0].Unpaid, due.unpaid[1].Unpaid = lastMonth.Add(-5), lastMonth.Add(-6)
	// Who was lost at the end of a month paid for it, and for no month since.
	due.lost.Lost, due.lost.NotDue = lastDay.AddMonths(-6), "5"
	due.lost.Unpaid = due.lost.Lost.Month().Add(1)
	due.lapsed.lapse()
	due.stopped = c.stopped(d, u)
	k.all = append(k.all, due.stopped)
	u.due = due
	return true
}

// lapse moves someone's way so that probation was over 45 days ago, and nobody met
// about it.
func (e *entry) lapse() {
	e.Shift(e.Steps["accepted_on"].DaysUntil(lastDay.AddDays(-45).AddYears(-1)))
	e.Stop("confirm_voted_on")
	e.person.Since, e.person.Joined = e.Steps["approved_on"], e.Steps["accepted_on"]
}

// stopped makes one up whose membership was stopped two years before the last day,
// half a year after nobody could find them.
func (c *city) stopped(d *dice.Dice, u *unit) *folk.Villager {
	w := folk.NewCrowd(d, folk.Place{Code: u.code, Name: u.short, Township: u.township, County: c.county.Name}, firstDay, c.ids, c.calls)
	p := w.Adult("男", 34, 46)
	w.Join(p)
	until := lastDay.AddMonths(-24)
	return &folk.Villager{Person: p, Status: "正式党员", Standing: "在册", Group: -1, Since: firstDay, FullSince: p.Confirmed, Able: true,
		Exit: "停止党籍", Until: until, Lost: until.AddMonths(-6).AddDays(-8), Job: "外出务工"}
}

// noteDue notes in the answer key what falls due.
func (b *gathering) noteDue() {
	due := b.unit.due
	if due == nil {
		return
	}
	note := func(rule, kind, id string) {
		b.answers.Due = append(b.answers.Due, Fault{Rule: rule, Org: b.unit.code, Kind: kind, ID: id})
	}
	for _, v := range append(slices.Clone(due.unpaid), due.lost) {
		note("R-DUE-01", "person", v.ID)
	}
	note("R-STS-02", "person", due.lost.ID)
	note("R-STS-03", "person", due.stopped.ID)
	note("R-DEV-10", "admission", due.lapsed.ID)
}

// missed notes that a theme day was not held, and with it the lecture of the quarter
// where it should have counted as one.
func (b *gathering) missed(m model.Month, lecture bool) {
	note := func(f Missed) { b.answers.Missed = append(b.answers.Missed, f) }
	note(Missed{Org: b.unit.code, What: "主题党日", Month: m})
	if lecture {
		note(Missed{Org: b.unit.code, What: "党课", Quarter: folk.QuarterCode(m)})
	}
}
