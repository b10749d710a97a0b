package demo

import (
	"taizhang/model"
)

// cityOrg is one organisation of the made-up county with everything it has on
// file. Nothing keeps it after it was handed on: the whole county does not fit into
// memory at once.
type cityOrg struct {
	Code, Township, Domain string
	Own                    bool // the county's own organisation, not one of those that report
	// Home is the organisation itself; it stands in Records["organization"] too.
	Home *model.Record
	// Records are those of each kind, by id. None is deleted.
	Records map[string][]*model.Record
}

// counter takes every organisation of the county once, one at a time and in the
// order of their codes, the county's own first.
type counter interface{ add(cityOrg) error }

// CityKey is the answer key of the made-up county as truth.json has it beside the
// numbers: `indicators` and `figures` there are as `report summary --json` and `report
// figures --json` give them. An organisation is always named by its code.
type CityKey struct {
	// Faults are what `check` finds in the county's ledger: all of them and no other.
	Faults []CityFault `json:"faults"`
	// Due are what no rule finds and `due` does, in the ledger of the organisation, as
	// of 2026-06-30 and until it is done: of these rules they are all that is overdue
	// that day.
	Due []CityFault `json:"due"`
	// Clean are what looks like a fault and is none: neither check nor due speaks of it.
	Clean []CityClean `json:"clean"`
	// Missed are the meetings that were left out on purpose in the year up to
	// 2026-06-30, each by an organisation that should have held it.
	Missed []CityMissed `json:"missed"`
}

// CityFault is something put into the made-up county on purpose: what the rule, or
// the due item, finds at the record of that organisation.
type CityFault struct {
	Rule string `json:"rule"`
	Org  string `json:"org"` // the organisation's code
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// CityClean is a record that only looks as if something were wrong.
type CityClean struct {
	What string `json:"what"` // why it is looked at, a Chinese phrase
	Org  string `json:"org"`
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// CityMissed is a meeting that was not held in the month or the quarter that asks
// for it. A theme day that should have counted as the quarter's lecture is missed twice.
type CityMissed struct {
	Org     string      `json:"org"`
	What    string      `json:"what"` // the kind of activity: 主题党日, 党课
	Month   model.Month `json:"month,omitempty"`
	Quarter string      `json:"quarter,omitempty"` // as 2026-Q1
}

// add takes the key of another organisation in.
func (k *CityKey) add(o CityKey) {
	k.Faults, k.Due = append(k.Faults, o.Faults...), append(k.Due, o.Due...)
	k.Clean, k.Missed = append(k.Clean, o.Clean...), append(k.Missed, o.Missed...)
}

// filled gives the key with no list missing, so that JSON has [] and not null.
func (k CityKey) filled() CityKey {
	all := CityKey{Faults: []CityFault{}, Due: []CityFault{}, Clean: []CityClean{}, Missed: []CityMissed{}}
	all.add(k)
	return all
}
