package demo

import (
	"fmt"

	"taizhang/model"
)

// payDay is the day of a month's dues: the theme day, or the month's last day
// that is in the ledger where the theme day has not come.
func (v *village) payDay(m model.Month) (model.Date, bool) {
	d := dayIn(m, themeDay)
	return d, v.span.holds(d)
}

// payDues writes each member's dues for each month in which they were on the list,
// from the month of joining on (domain.md §5.1). One who was approved later pays
// the months since the branch meeting then.
func (v *village) payDues() {
	d := v.dice("dues")
	for _, m := range v.span.months() {
		day, ok := v.payDay(m)
		if !ok {
			continue
		}
		for _, p := range v.cast.all {
			if p.group < 0 || p.dues == 0 || !v.owes(p, m) || p.unpaid != "" && p.unpaid <= m {
				continue
			}
			on := day
			if p.since > on {
				on = p.since
			}
			if !v.span.holds(on) {
				continue
			}
			method, note := "现金", ""
			switch {
			case p.outOfContact(on):
				method, note = "代交", "家属代交"
			case p.gone(on):
				method = "转账"
			case p.notDue != "":
				method, note = "代交", "家属代交"
			case d.chance(0.12):
				method = "转账"
			}
			v.book.put(on, "dues", fields{"person": p.id, "month": m, "amount": p.dues, "paid_on": on, "method": method,
				"collector": v.committeeOn(on)[2].id, "note": note})
			if on == day {
				v.byQuarter[quarterText(m)] += p.dues
			}
		}
	}
}

// owes reports whether the person pays for the month here: those who moved in pay
// from the next month on, those who left paid for their last month.
func (v *village) owes(p *villager, m model.Month) bool {
	if p.since == "" {
		return false
	}
	if p.until != "" && p.until < dayIn(m, themeDay) {
		return false
	}
	return v.duesFrom(p) <= m
}

// duesFrom is the first month that a member pays here.
func (v *village) duesFrom(p *villager) model.Month {
	switch p.entry {
	case "接收预备党员":
		return p.Joined.Month()
	case "转入":
		return p.since.Month().Add(1)
	}
	return v.span.first
}

// remit hands what was paid on the quarter's theme days to the township at its end.
func (v *village) remit() {
	for i, m := range v.span.months() {
		if monthOf(m)%3 != 0 {
			continue
		}
		on := workday(dayIn(m, 27))
		sum := v.byQuarter[quarterText(m)]
		if !v.span.holds(on) || sum == 0 {
			continue
		}
		v.book.put(on, "remittance", fields{"period": quarterText(m), "amount": sum, "paid_on": on,
			"receiver": "中共" + v.place.Township + "委员会", "receipt_no": fmt.Sprintf("NO.%d%04d", on.Year(), 1071+i*13),
			"handled_by": v.committeeOn(on)[2].id, "note": fmt.Sprintf("全额上缴,收据存台账第 %d 页", 12+i)})
	}
}
