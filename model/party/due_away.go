package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// The reminders about members away (domain.md §6.1). One who holds the card of a
// member away is registered, and need not move the membership.

// awayMembers calls with each member away since a known day.
func awayMembers(x *model.DueExam, with func(p *model.Record, since model.Date)) {
	membership.EachMember(x, func(p *model.Record) {
		if since := p.Date("away_since"); p.Filled("away") && since != "" {
			with(p, since)
		}
	}, nil)
}

func dueUnregistered(x *model.DueExam) {
	notice, transfer := x.Limit("away.notice.months"), x.Limit("away.transfer.months")
	awayMembers(x, func(p *model.Record, since model.Date) {
		movesOn := !p.Is("away", "境外") && x.Today >= since.AddMonths(transfer.Int())
		if by := since.AddMonths(notice.Int()); !p.Filled("away_card") && x.Today >= by && !movesOn {
			x.AddOf(notice, p, by, model.Soon, "%s 外出已满 %d 个月,请登记为流动党员,发给活动证并填写活动证号", since, notice.Int())
		}
	})
}

func dueTransfer(x *model.DueExam) {
	l := x.Limit("away.transfer.months")
	awayMembers(x, func(p *model.Record, since model.Date) {
		if by := since.AddMonths(l.Int()); !p.Filled("away_card") && !p.Is("away", "境外") && x.Today >= by {
			x.AddOf(l, p, by, model.Soon, "%s 外出已满 %d 个月,地点固定的请转组织关系,不固定的发给活动证", since, l.Int())
		}
	})
}

// awayTalks calls with each member away and the day from which no contact is on
// file: the last contact, else the day of leaving or of the ledger's beginning.
func awayTalks(x *model.DueExam, with func(p *model.Record, since model.Date)) {
	last := map[string]model.Date{}
	seen := func(id string, day model.Date) {
		if id != "" && day <= x.Today {
			last[id] = max(last[id], day)
		}
	}
	from := string(x.Today.AddMonths(-12))
	for _, v := range x.Find("visit", model.Where("person", model.Filled), model.Where("happened_on", model.Ge, from)) {
		seen(v.Str("person"), v.Date("happened_on"))
	}
	for _, t := range x.Find("talk", model.Where("held_on", model.Ge, from)) {
		seen(t.Str("person"), t.Date("held_on"))
		seen(t.Str("talker"), t.Date("held_on"))
	}
	for _, a := range activities(x) {
		for _, m := range a.Roll("attendance") {
			if m.State == present {
				seen(m.Target, a.Date("held_on"))
			}
		}
	}
	awayMembers(x, func(p *model.Record, since model.Date) {
		if !p.Filled("lost_since") {
			with(p, max(since, last[p.ID], membership.Opened(x)))
		}
	})
}

func dueContact(x *model.DueExam) {
	l, lost := x.Limit("away.contact.months"), x.Limit("away.lost.months")
	awayTalks(x, func(p *model.Record, since model.Date) {
		if by := since.AddMonths(l.Int()); x.Today >= by && x.Today < since.AddMonths(lost.Int()) {
			x.AddOf(l, p, by, model.Soon, "自 %s 起没有联系的记录,请联系本人并登记走访联系", since)
		}
	})
}

func dueNearlyLost(x *model.DueExam) {
	l, stop := x.Limit("away.lost.months"), x.Limit("lost.stop.months")
	awayTalks(x, func(p *model.Record, since model.Date) {
		if by := since.AddMonths(l.Int()); x.Today >= by {
			x.AddOf(l, p, since.AddMonths(stop.Int()), model.Overdue, "自 %s 起没有联系的记录,请马上联系;确实联系不上的办理变动“失联”", since)
		}
	})
}
