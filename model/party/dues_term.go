package party

import (
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// DuesExempt is the dues_basis of one who pays nothing.
const DuesExempt = "免交"

// DuesElsewhere is the method of dues that a mobile member paid where he lives.
const DuesElsewhere = methodElsewhere

// DuesKeptFrom gives the month from which a book of dues is taken as kept: that of the
// day from which the ledger is (membership.Opened), or of the oldest dues on file where
// they go back further; "" where there is neither.
func DuesKeptFrom(opened model.Date, oldest model.Month) model.Month {
	began := opened.Month()
	if oldest != "" && (began == "" || oldest < began) {
		began = oldest
	}
	return began
}

// DuesFrom gives the first month for which a member pays here: that of joining; of one
// who came by a transfer the month after dues_paid_to, else the first whole month here.
// entry is the movement by which the person last came (membership.Entries), or nil.
func DuesFrom(p, entry *model.Record) model.Month {
	from := p.Date("joined_on").Month()
	switch {
	case entry == nil:
	case entry.Filled("dues_paid_to"):
		from = max(from, entry.Month("dues_paid_to").Add(1))
	default:
		from = max(from, wholeFrom(entry.Date("happened_on")))
	}
	return from
}

// wholeFrom gives the first month that begins on a day or after it.
func wholeFrom(day model.Date) model.Month {
	if day == day.Month().First() {
		return day.Month()
	}
	return day.Month().Add(1)
}

// StandingDues gives what a member owes for a month by the standard on file, in fen; 0
// for one who is exempt and where none is on file or it holds from a later month only.
func StandingDues(p *model.Record, month model.Month) int64 { return standingDues(p, month) }

// DuesRefused says why a person pays no dues for a month, "" when they may: before
// joining, before coming here by a movement, and after the month of leaving.
func DuesRefused(p, entry *model.Record, month model.Month) string {
	name, joined, left := p.Str("name"), p.Date("joined_on"), p.Date("left_on")
	switch {
	case !p.Is("status", membership.States...):
		return fmt.Sprintf("%s的人员类别是%s,不是党员不交党费", name, p.Str("status"))
	case joined != "" && month < joined.Month():
		return fmt.Sprintf("%s在 %s 入党,%s还不是党员,没有党费", name, joined, month.Chinese())
	case entry != nil && month < DuesFrom(p, entry) && month < entry.Date("happened_on").Month():
		return fmt.Sprintf("%s在 %s 才来本支部(%s),%s的党费不在这里交", name, entry.Date("happened_on"), entry.Str("kind"), month.Chinese())
	case membership.HasLeft(p) && left != "" && month > left.Month():
		return fmt.Sprintf("%s已于 %s %s,%s不再在本支部交党费", name, left, p.Str("standing"), month.Chinese())
	}
	return ""
}
