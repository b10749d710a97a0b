package model

import "fmt"

// dueReading keeps what one search for due things has read, since many items ask
// for the same: the members, the movements, the year's activities.
type dueReading struct {
	env   *Env
	found map[string][]*Record
	made  map[string]any // by Once
	err   error

	due   []Due             // by all items
	known map[DueOf]*DueOf  // what is said of them, each once
	texts map[string]string // of known
	text  []byte

	walks     []*walking
	standings []Standing
}

// Walk names records that many items go through together, each of them once: a ledger holds
// more members than fit into memory.
type Walk struct {
	Kind   string
	Fields []string // those that the records hold (see Part); read from a ledger they hold no others
	Conds  []Cond
}

// walking is a walk with the items that go along.
type walking struct {
	*Walk
	visits []visit
}

type visit struct {
	each func(r *Record)
	then func()
}

// Through has each called with the records of a walk, by id, and then once it is over,
// where it is set: after all items have looked for what they find without it.
func (x *DueExam) Through(w *Walk, each func(r *Record), then func()) {
	x.Kinds.Kind(w.Kind).mustMeet(w.Conds)
	for _, have := range x.read.walks {
		if have.Walk == w {
			have.visits = append(have.visits, visit{each, then})
			return
		}
	}
	x.read.walks = append(x.read.walks, &walking{w, []visit{{each, then}}})
}

// mostSame bounds what is remembered to be said of many records.
const mostSame = 10_000

// same gives what is due with its text, one for all of which the same is said.
func (d *dueReading) same(of DueOf, format string, args ...any) *DueOf {
	d.text = fmt.Appendf(d.text[:0], format, args...)
	text, known := d.texts[string(d.text)] // makes no string of it
	if !known {
		text = string(d.text)
	}
	of.Text = text
	if same, ok := d.known[of]; ok {
		return same
	}
	if len(d.known) < mostSame {
		d.known[of], d.texts[text] = &of, text
	}
	return &of
}

// walk goes through what the items have asked to go through.
func (d *dueReading) walk() {
	for _, w := range d.walks {
		d.each(w.Walk, func(r *Record) bool {
			for _, v := range w.visits {
				v.each(r)
			}
			return d.err == nil
		})
		for _, v := range w.visits {
			if v.then != nil && d.err == nil {
				v.then()
			}
		}
	}
}

// each calls fn with the home organisation's records of a walk until it gives false.
func (d *dueReading) each(w *Walk, fn func(r *Record) bool) {
	if d.err != nil {
		return
	}
	err := Widely(d.env.Look).Walk(w.Kind, w.Fields, d.own(w.Conds), fn)
	if d.err == nil {
		d.err = err
	}
}

// Now calls fn with the records of a walk at once, for one item alone.
func (x *DueExam) Now(w *Walk, fn func(r *Record)) {
	x.read.each(w, func(r *Record) bool {
		fn(r)
		return x.read.err == nil
	})
}

// Any tells whether a walk has any record.
func (x *DueExam) Any(w *Walk) (any bool) {
	x.read.each(w, func(*Record) bool {
		any = true
		return false
	})
	return any
}

// own adds to conditions that of the home organisation.
func (d *dueReading) own(conds []Cond) []Cond {
	if d.env.Home == nil {
		return conds
	}
	return append([]Cond{Where("org_id", Eq, d.env.Home.ID)}, conds...)
}

func newDueReading(env *Env) *dueReading {
	return &dueReading{env: env, found: map[string][]*Record{}, made: map[string]any{}, known: map[DueOf]*DueOf{}, texts: map[string]string{}}
}

// LookInto lets look read as an item of what is due does, for a screen that helps with it.
func LookInto(env *Env, look func(x *DueExam)) error {
	read := newDueReading(env)
	look(&DueExam{Env: env, item: &DueItem{}, read: read})
	read.walk()
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
	conds = d.own(conds)
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

// FirstDay gives the first day by which records are dated, "" for none.
func FirstDay(records []*Record, date string) (first Date) {
	for _, r := range records {
		if d := r.Date(date); d != "" && (first == "" || d < first) {
			first = d
		}
	}
	return first
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
