// Package city makes up a whole county out of a seed (domain.md §11): its 536
// organisations with all their records and bundles, its own ledger, the numbers that
// its summary must come to, and the answer key of what was put wrong on purpose.
package city

import (
	"taizhang/model"
)

// Key is the answer key of the made-up county as truth.json has it beside the
// numbers: `indicators` and `figures` there are as `report summary --json` and `report
// figures --json` give them. An organisation is always named by its code.
type Key struct {
	// Faults are what `check` finds in the county's ledger: all of them and no other.
	Faults []Fault `json:"faults"`
	// Due are what no rule finds and `due` does, in the ledger of the organisation, as
	// of 2026-06-30 and until it is done: of these rules they are all that is overdue
	// that day.
	Due []Fault `json:"due"`
	// Clean are what looks like a fault and is none: neither check nor due speaks of it.
	Clean []Clean `json:"clean"`
	// Missed are the meetings that were left out on purpose in the year up to
	// 2026-06-30, each by an organisation that should have held it.
	Missed []Missed `json:"missed"`
}

// Fault is something put into the made-up county on purpose: what the rule, or
// the due item, finds at the record of that organisation.
type Fault struct {
	Rule string `json:"rule"`
	Org  string `json:"org"` // the organisation's code
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Clean is a record that only looks as if something were wrong.
type Clean struct {
	What string `json:"what"` // why it is looked at, a Chinese phrase
	Org  string `json:"org"`
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Missed is a meeting that was not held in the month or the quarter that asks
// for it. A theme day that should have counted as the quarter's lecture is missed twice.
type Missed struct {
	Org     string      `json:"org"`
	What    string      `json:"what"` // the kind of activity: 主题党日, 党课
	Month   model.Month `json:"month,omitempty"`
	Quarter string      `json:"quarter,omitempty"` // as 2026-Q1
}

// add takes the key of another organisation in.
func (k *Key) add(o Key) {
	k.Faults, k.Due = append(k.Faults, o.Faults...), append(k.Due, o.Due...)
	k.Clean, k.Missed = append(k.Clean, o.Clean...), append(k.Missed, o.Missed...)
}

// filled gives the key with no list missing, so that JSON has [] and not null.
func (k Key) filled() Key {
	all := Key{Faults: []Fault{}, Due: []Fault{}, Clean: []Clean{}, Missed: []Missed{}}
	all.add(k)
	return all
}
