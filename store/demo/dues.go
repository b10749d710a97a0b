package demo

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/folk"
)

// payDay is the day of a month's dues: the theme day, or the month's last day
// that is in the ledger where the theme day has not come.
func (v *village) payDay(m model.Month) (model.Date, bool) {
	d := folk.DayIn(m, themeDay)
	return d, v.span.holds(d)
}

// payDues writes each member's dues for each month in which they were on the list,
// from the month of joining on (domain.md §5.1). One who was approved later pays
// the months since the branch meeting then. Some of those in another province pay where
// they live.
func (v *village) payDues() {
	d := v.dice("dues")
	elsewhere := v.payElsewhere()
	for _, m := range v.span.months() {
		day, ok := v.payDay(m)
		if !ok {
			continue
		}
		for _, p := range v.cast.all {
			if p.Group < 0 || p.Dues == 0 || !v.owes(p, m) || p.Unpaid != "" && p.Unpaid <= m {
				continue
			}
			on := day
			if p.Since > on {
				on = p.Since
			}
			if !v.span.holds(on) {
				continue
			}
			method, note := "现金", ""
			var collector any = v.committeeOn(on)[2].ID
			switch {
			case elsewhere[p] && p.Gone(on) && !p.OutOfContact(on):
				method, note, collector = paidElsewhere, "交给"+p.Place+"流入地党支部,已报收据", nil
			case p.OutOfContact(on):
				method, note = "代交", "家属代交"
			case p.Gone(on):
				method = "转账"
			case p.NotDue != "":
				method, note = "代交", "家属代交"
			case d.Chance(0.12):
				method = "转账"
			}
			v.book.put(on, "dues", fields{"person": p.ID, "month": m, "amount": p.Dues, "paid_on": on, "method": method,
				"collector": collector, "note": note})
			if on == day && method != paidElsewhere {
				v.byQuarter[folk.QuarterText(m)] += p.Dues
			}
		}
	}
}

const paidElsewhere = "流入地交"

// payElsewhere chooses every third of those who work in another province.
func (v *village) payElsewhere() map[*folk.Villager]bool {
	chosen := map[*folk.Villager]bool{}
	far := folk.Where(v.cast.all, func(p *folk.Villager) bool { return p.Away == "跨省" })
	for i, p := range far {
		chosen[p] = i%3 == 0
	}
	return chosen
}

// owes reports whether the person pays for the month here: those who moved in pay
// from the next month on, those who left paid for their last month.
func (v *village) owes(p *folk.Villager, m model.Month) bool {
	if p.Since == "" {
		return false
	}
	if p.Until != "" && p.Until < folk.DayIn(m, themeDay) {
		return false
	}
	return v.duesFrom(p) <= m
}

// duesFrom is the first month that a member pays here.
func (v *village) duesFrom(p *folk.Villager) model.Month {
	switch p.Entry {
	case "接收预备党员":
		return p.Joined.Month()
	case "转入":
		return p.Since.Month().Add(1)
	}
	return v.span.first
}

// remit hands what was paid on the quarter's theme days to the township at its end.
func (v *village) remit() {
	for i, m := range v.span.months() {
		if folk.MonthOf(m)%3 != 0 {
			continue
		}
		on := folk.Workday(folk.DayIn(m, 27))
		sum := v.byQuarter[folk.QuarterText(m)]
		if !v.span.holds(on) || sum == 0 {
			continue
		}
		v.book.put(on, "remittance", fields{"period": folk.QuarterText(m), "amount": sum, "paid_on": on,
			"receiver": "中共" + v.place.Township + "委员会", "receipt_no": fmt.Sprintf("NO.%d%04d", on.Year(), 1071+i*13),
			"handled_by": v.committeeOn(on)[2].ID, "note": fmt.Sprintf("全额上缴,收据存台账第 %d 页", 12+i)})
	}
}
