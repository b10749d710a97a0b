package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// DueItem declares what falls due of a kind: a reminder that the work table shows
// as one line, and that lists the records behind it.
type DueItem struct {
	Code   string // its id of domain.md, e.g. "R-ORG-10"
	Text   string // what it reminds of, one Chinese sentence
	Line   string // the work table's line, with %d for the number: "%d 名党员今年未谈话"
	Source string
	// Limits name the parameters of the rule packs that the item asks for.
	Limits []string
	// Table is the kind whose table helps on, where what is due belongs to no single
	// record but to the organisation: a meeting not held. "" opens the record.
	Table string
	// Screen names the screen made for what is due, where there is one: it is opened
	// instead of a record or a table.
	Screen string
	Find   func(x *DueExam)
}

// Urgency orders what is due: information, soon, overdue.
type Urgency int

// The urgencies.
const (
	ForInformation Urgency = iota // 提示
	Soon                          // 将到期
	Overdue                       // 已超期
)

// String gives 提示, 将到期 or 已超期.
func (u Urgency) String() string { return [...]string{"提示", "将到期", "已超期"}[u] }

// Due is one thing that is due on the day looked at.
type Due struct {
	Code    string
	Kind    string // of the record that Enter opens
	ID      string
	Field   string // the field that it is about, "" for none
	Label   string // the record's label
	Text    string // what to do
	Day     Date   // by when; "" when there is no day
	Urgency Urgency
	Source  string
	Waits   string // the work table's line where nothing can be judged yet; else ""
	Period  string // the key of the period in which it has to be done; "" where there is none
}

// DueExam looks for what is due. Today of its Env is the day looked at.
type DueExam struct {
	*Env
	Kind *Kind

	item   *DueItem
	read   *dueReading
	period string // of what is added, by Within
}

// Add reports that something is due by a day, unless it was settled on paper.
func (x *DueExam) Add(r *Record, day Date, u Urgency, format string, args ...any) {
	if x.OnPaper(r) {
		return
	}
	id, label := r.ID, r.Label()
	if r.Part() != nil { // what is kept may not keep the text of which the record was read
		id, label = strings.Clone(id), strings.Clone(label)
	}
	x.read.due = append(x.read.due, Due{Period: x.period, Code: x.item.Code, Kind: r.Kind.Name, ID: id, Label: label, Text: x.read.text(format, args...),
		Day: day, Urgency: u, Source: x.item.Source})
}

// AddOf is Add for what has its limit from a rule pack: the edition in force, or the
// county, is the source. Where only the number is practice, what asks for the thing
// itself remains the source.
func (x *DueExam) AddOf(l Limit, r *Record, day Date, u Urgency, format string, args ...any) {
	n := len(x.read.due)
	x.Add(r, day, u, format, args...)
	if source := l.Source(); source != SourcePractice && len(x.read.due) > n {
		x.read.due[n].Source = source
	}
}

// WaitOf reports that something can't be judged yet, for information. line says it in the
// work table: what waits, since when the book is kept and until when.
func (x *DueExam) WaitOf(l Limit, r *Record, day Date, line, format string, args ...any) {
	n := len(x.read.due)
	x.AddOf(l, r, day, ForInformation, format, args...)
	if len(x.read.due) > n {
		x.read.due[n].Waits = line
	}
}

// Until reports what has to be done by a last day: soon from so many days before
// it, the last day included; overdue from the day after.
func (x *DueExam) Until(l Limit, r *Record, last Date, days int, format string, args ...any) {
	switch {
	case last == "":
	case x.Today > last:
		x.AddOf(l, r, last, Overdue, format, args...)
	case x.Today >= last.AddDays(-days):
		x.AddOf(l, r, last, Soon, format, args...)
	}
}

// UntilBy is Until with the item's own source: the limit only says when to speak.
func (x *DueExam) UntilBy(l Limit, r *Record, last Date, days int, format string, args ...any) {
	n := len(x.read.due)
	x.Until(l, r, last, days, format, args...)
	for ; n < len(x.read.due); n++ {
		x.read.due[n].Source = x.item.Source
	}
}

// Limit gives the limit that holds on the day looked at.
func (x *DueExam) Limit(name string) Limit { return x.Packs.Limit(name, x.Today) }

// Label gives the record's own label as far as its names are known: the texts of
// the kind's label fields, joined by a space.
func (r *Record) Label() string { return r.label(r.Text) }

// MaskedLabel is Label without the numbers that tables hide.
func (r *Record) MaskedLabel() string { return r.label(r.Masked) }

func (r *Record) label(text func(field string) string) string {
	label := ""
	for _, name := range r.Kind.Label {
		if s := text(name); s != "" {
			if label != "" {
				label += " "
			}
			label += s
		}
	}
	return label
}

// FindDue gives all that is due on env.Today for the home organisation, the most
// urgent first, then by day, item and record.
func FindDue(env *Env, kinds *Catalog) ([]Due, error) {
	all, _, err := FindDuties(env, kinds)
	return all, err
}

// FindDuties gives what FindDue does, and how the duties stand that come again and again.
func FindDuties(env *Env, kinds *Catalog) ([]Due, []Standing, error) {
	read := newDueReading(env)
	for _, k := range kinds.Kinds() {
		for i := range k.Due {
			x := &DueExam{Env: env, Kind: k, item: &k.Due[i], read: read}
			x.item.Find(x)
			if read.err != nil {
				return nil, nil, fmt.Errorf("due %s: %w", x.item.Code, read.err)
			}
		}
	}
	read.walk()
	if read.err != nil {
		return nil, nil, fmt.Errorf("due: %w", read.err)
	}
	all := read.due
	slices.SortStableFunc(all, func(a, b Due) int {
		return cmp.Or(-cmp.Compare(a.Urgency, b.Urgency), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Label, b.Label))
	})
	return all, read.standings, nil
}
