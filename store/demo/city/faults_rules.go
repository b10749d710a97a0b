package city

import (
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// spoilRule puts in what can be entered and should not have been.
func (b *gathering) spoilRule(fault string) {
	switch fault {
	case faultRoll:
		for _, r := range b.records["admission"] {
			if r.Date("accepted_on") >= firstDay && r.Filled("votes_due") {
				r.Set("votes_due", r.Int("votes_due")+int64(b.unit.members)/4)
				b.fault("W-VOTE-ROLL", r)
				return
			}
		}
	case faultPaidLate:
		r := b.records["dues"][0]
		r.Set("paid_on", folk.Workday(r.Month("month").Add(7).First()))
		b.fault("W-DUE-LATE", r)
	case faultReduced:
		r := b.person(b.plainMember())
		r.Set("dues_basis", "减交")
		r.Set("dues_approval", nil)
		b.fault("W-DUE-APPROVAL", b.home)
	case faultAhead:
		r := b.records["plan"][0]
		r.Set("made_on", lastDay.AddDays(400))
		b.fault("W-FUTURE", r)
	case faultLetterDues:
		for _, r := range b.records["movement"] {
			if r.Is("kind", "转出") && r.Date("happened_on") >= recentDay.AddMonths(3) {
				r.Set("dues_paid_to", r.Date("happened_on").Month().Add(2))
				b.fault("W-TRF-DUES", r)
				return
			}
		}
	case faultOffice:
		v := b.unit.people.stock[0].person // who has applied and is no member yet
		on := lastDay.AddMonths(-3)
		b.fault("W-POS-RIGHTS", b.put(on, "position", fields{"person": v.ID, "body": "党组织", "post": "党小组长", "started_on": on, "method": "选举"}))
	}
}

// plainMember picks a member of whom nothing else is told.
func (b *gathering) plainMember() *folk.Villager {
	return dice.Pick(b.dice("spoil"), folk.Where(b.unit.people.all, func(v *folk.Villager) bool {
		return stays(v) && v.Offices == 0 && v.Entry == "" && !v.Needy && v.Away == "" && v.NotDue == "" && v.Basis == "农民"
	}))
}
