package model

import "fmt"

// dueReading keeps what one search for due things has read, since many items ask
// for the same: the members, the movements, the year's activities.
type dueReading struct {
	env     *Env
	found   map[string][]*Record
	members []*Record
	persons map[string]*Record
	opened  *Date
	entered map[string]*Record
	err     error
}

func newDueReading(env *Env) *dueReading {
	return &dueReading{env: env, found: map[string][]*Record{}}
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

// Get looks a record up; nil when there is none.
func (x *DueExam) Get(kind, id string) *Record {
	if id == "" || x.read.err != nil {
		return nil
	}
	r, err := x.Look.Get(kind, id)
	x.read.err = err
	return r
}

// members gives the members on the rolls. All persons are read once, for all items.
func (x *DueExam) members() []*Record {
	d := x.read
	if d.members == nil {
		for _, p := range x.Find("person") {
			if isMember(p) {
				d.members = append(d.members, p)
			}
		}
	}
	return d.members
}

// movements gives those of some kinds up to the day looked at, by id.
func (x *DueExam) movements(kinds ...string) []*Record {
	var some []*Record
	for _, m := range x.Find("movement") {
		if m.Is("kind", kinds...) && m.Date("happened_on") <= x.Today {
			some = append(some, m)
		}
	}
	return some
}

// person gives a person of the home organisation, or nil.
func (x *DueExam) person(id string) *Record {
	d := x.read
	if d.persons == nil {
		d.persons = map[string]*Record{}
		for _, p := range x.Find("person") {
			d.persons[p.ID] = p
		}
	}
	return d.persons[id]
}

// opened gives the day from which the ledger is taken as kept: the first day of the
// month after that of the first 期初在册, "" when there is none. The month of the
// beginning itself is half on paper, and its 期初在册 stands on its first day.
func (x *DueExam) opened() Date {
	d := x.read
	if d.opened == nil {
		first := Date("")
		for _, m := range x.movements(opening) {
			if day := m.Date("happened_on"); first == "" || day < first {
				first = day
			}
		}
		if first != "" {
			first = first.Month().Add(1).First()
		}
		d.opened = &first
	}
	return *d.opened
}

// openedBy reports whether the ledger had begun by a day. What lies before the
// ledger's beginning stands on paper, and a fresh import of a member list must not
// be told that no meeting was held all year.
func (x *DueExam) openedBy(day Date) bool { return x.opened() != "" && x.opened() <= day }

// entry gives the movement by which a member last entered here while the ledger
// was kept (接收预备党员, 转入, 恢复党籍), or nil.
func (x *DueExam) entry(person string) *Record {
	d := x.read
	if d.entered == nil {
		d.entered = map[string]*Record{}
		for _, m := range x.movements(entries...) {
			if last := d.entered[m.Str("person")]; last == nil || last.Date("happened_on") <= m.Date("happened_on") {
				d.entered[m.Str("person")] = m
			}
		}
	}
	return d.entered[person]
}

// yearFrom gives 1 January of the year looked at.
func (x *DueExam) yearFrom() Date { return Date(string(x.Today[:4]) + "-01-01") }

// monthOf gives a month of the year looked at, 1 to 12.
func (x *DueExam) monthOf(n int) Month { return x.yearFrom().Month().Add(n - 1) }

// wholeYear reports whether the year looked at may be judged as one: the ledger
// had begun by the end of June, or records of the sort go back that far.
func (x *DueExam) wholeYear(records []*Record, date string) bool {
	by := x.monthOf(x.limit("year.opened.month").Int()).Last()
	return x.openedBy(by.AddDays(1)) || anyBy(records, date, by)
}

// anyBy reports a record dated by a day.
func anyBy(records []*Record, date string, by Date) bool {
	for _, r := range records {
		if d := r.Date(date); d != "" && d <= by {
			return true
		}
	}
	return false
}

// wholeMonths counts the calendar months that lie wholly between two days, both
// included.
func wholeMonths(from, to Date) int {
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
