package model

import "fmt"

// dueReading keeps what one search for due things has read, since many items ask
// for the same: the members, the movements, the year's activities.
type dueReading struct {
	env   *Env
	found map[string][]*Record
	made  map[string]any // by Once
	err   error

	standings []Standing
}

func newDueReading(env *Env) *dueReading {
	return &dueReading{env: env, found: map[string][]*Record{}, made: map[string]any{}}
}

// LookInto lets look read as an item of what is due does, for a screen that helps with it.
func LookInto(env *Env, look func(x *DueExam)) error {
	read := newDueReading(env)
	look(&DueExam{Env: env, item: &DueItem{}, read: read})
	return read.err
}

// Find looks up records of the home organisation; the caller must not change them,
// since they are shared. A fault of reading ends the search. In a ledger of many
// organisations the reminders are those of its own.
func (x *DueExam) Find(kind string, conds ...Cond) []*Record { return x.read.find(kind, conds...) }

func (d *dueReading) find(kind string, conds ...Cond) []*Record {
	k := d.env.Kinds.Kind(kind)
	if k == nil {
		panic("model: what is due asks for unknown kind " + kind)
	}
	k.mustMeet(conds)
	if d.err != nil {
		return nil
	}
	if d.env.Home != nil {
		conds = append([]Cond{Where("org_id", Eq, d.env.Home.ID)}, conds...)
	}
	key := fmt.Sprintf("%s %q", kind, conds)
	rs, ok := d.found[key]
	if !ok {
		rs, d.err = d.env.Look.Find(kind, conds...)
		d.found[key] = rs
	}
	return rs
}

// Once gives what make makes, the first time it is asked for by that name in one search:
// what several items need of the same records is gathered once for all of them.
func Once[T any](x *DueExam, name string, make func() T) T {
	if have, ok := x.read.made[name]; ok {
		return have.(T)
	}
	made := make()
	x.read.made[name] = made
	return made
}

// Fail ends the search with a fault of reading; nil is none.
func (x *DueExam) Fail(err error) {
	if x.read.err == nil {
		x.read.err = err
	}
}

// Get looks a record up; nil when there is none.
func (x *DueExam) Get(kind, id string) *Record {
	if id == "" || x.read.err != nil {
		return nil
	}
	r, err := x.Look.Get(kind, id)
	x.Fail(err)
	return r
}

// YearFrom gives 1 January of the year looked at.
func (x *DueExam) YearFrom() Date { return Date(string(x.Today[:4]) + "-01-01") }

// Year gives the calendar year looked at as a period.
func (x *DueExam) Year() Period { return YearPeriod(x.Today) }

// MonthOf gives a month of the year looked at, 1 to 12.
func (x *DueExam) MonthOf(n int) Month { return x.YearFrom().Month().Add(n - 1) }

// AnyBy reports a record dated by a day.
func AnyBy(records []*Record, date string, by Date) bool {
	for _, r := range records {
		if d := r.Date(date); d != "" && d <= by {
			return true
		}
	}
	return false
}

// WholeMonths counts the calendar months that lie wholly between two days, both
// included.
func WholeMonths(from, to Date) int {
	first := from.Month()
	if from > first.First() {
		first = first.Add(1)
	}
	n := 0
	for ; first.Last() <= to; first = first.Add(1) {
		n++
	}
	return n
}
