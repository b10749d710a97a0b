package model

// The reminders about members away (domain.md §6.1). One who holds the card of a
// member away is registered, and need not move the membership.

// awayMembers calls with each member away since a known day.
func (x *DueExam) awayMembers(with func(p *Record, since Date)) {
	for _, p := range x.members() {
		if since := p.Date("away_since"); p.Filled("away") && since != "" {
			with(p, since)
		}
	}
}

func dueUnregistered(x *DueExam) {
	notice, transfer := x.limit("away.notice.months"), x.limit("away.transfer.months")
	x.awayMembers(func(p *Record, since Date) {
		movesOn := !p.Is("away", "境外") && x.Today >= since.AddMonths(transfer.Int())
		if by := since.AddMonths(notice.Int()); !p.Filled("away_card") && x.Today >= by && !movesOn {
			x.AddOf(notice, p, by, Soon, "%s 外出已满 %d 个月,请登记为流动党员,发给活动证并填写活动证号", since, notice.Int())
		}
	})
}

func dueTransfer(x *DueExam) {
	l := x.limit("away.transfer.months")
	x.awayMembers(func(p *Record, since Date) {
		if by := since.AddMonths(l.Int()); !p.Filled("away_card") && !p.Is("away", "境外") && x.Today >= by {
			x.AddOf(l, p, by, Soon, "%s 外出已满 %d 个月,地点固定的请转组织关系,不固定的发给活动证", since, l.Int())
		}
	})
}

// awayTalks calls with each member away and the day from which no contact is on
// file: the last contact, else the day of leaving or of the ledger's beginning.
func (x *DueExam) awayTalks(with func(p *Record, since Date)) {
	last := map[string]Date{}
	seen := func(id string, day Date) {
		if id != "" && day <= x.Today {
			last[id] = max(last[id], day)
		}
	}
	from := string(x.Today.AddMonths(-12))
	for _, v := range x.Find("visit", Where("person", Filled), Where("happened_on", Ge, from)) {
		seen(v.Str("person"), v.Date("happened_on"))
	}
	for _, t := range x.Find("talk", Where("held_on", Ge, from)) {
		seen(t.Str("person"), t.Date("held_on"))
		seen(t.Str("talker"), t.Date("held_on"))
	}
	for _, a := range x.activities() {
		for _, m := range a.Roll("attendance") {
			if m.State == present {
				seen(m.Target, a.Date("held_on"))
			}
		}
	}
	x.awayMembers(func(p *Record, since Date) {
		if !p.Filled("lost_since") {
			with(p, max(since, last[p.ID], x.opened()))
		}
	})
}

func dueContact(x *DueExam) {
	l, lost := x.limit("away.contact.months"), x.limit("away.lost.months")
	x.awayTalks(func(p *Record, since Date) {
		if by := since.AddMonths(l.Int()); x.Today >= by && x.Today < since.AddMonths(lost.Int()) {
			x.AddOf(l, p, by, Soon, "自 %s 起没有联系的记录,请联系本人并登记走访联系", since)
		}
	})
}

func dueNearlyLost(x *DueExam) {
	l, stop := x.limit("away.lost.months"), x.limit("lost.stop.months")
	x.awayTalks(func(p *Record, since Date) {
		if by := since.AddMonths(l.Int()); x.Today >= by {
			x.AddOf(l, p, since.AddMonths(stop.Int()), Overdue, "自 %s 起没有联系的记录,请马上联系;确实联系不上的办理变动“失联”", since)
		}
	})
}
