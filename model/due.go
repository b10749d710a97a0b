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

// Due is one thing that is due on the day looked at, of one record.
type Due struct {
	*DueOf
	ID    string
	Label string // the record's label
}

// DueOf is what is due of a record: one for all of which the same is said, since most
// members may wait for the same.
type DueOf struct {
	Code    string
	Kind    string // of the record that Enter opens
	Field   string // the field that it is about, "" for none
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
	x.add(r, DueOf{Day: day, Urgency: u}, format, args...)
}

func (x *DueExam) add(r *Record, of DueOf, format string, args ...any) {
	if x.OnPaper(r) {
		return
	}
	of.Code, of.Kind, of.Period = x.item.Code, r.Kind.Name, x.period
	if of.Source == "" {
		of.Source = x.item.Source
	}
	id, label := r.ID, r.Label()
	if r.Part() != nil { // what is kept may not keep the text of which the record was read
		id, label = strings.Clone(id), strings.Clone(label)
	}
	x.read.due = append(x.read.due, Due{x.read.same(of, format, args...), id, label})
}

// AddOf is Add for what has its limit from a rule pack: the edition in force, or the
// county, is the source. Where only the number is practice, what asks for the thing
// itself remains the source.
func (x *DueExam) AddOf(l Limit, r *Record, day Date, u Urgency, format string, args ...any) {
	x.add(r, DueOf{Day: day, Urgency: u, Source: sourceOf(l)}, format, args...)
}

// sourceOf gives a limit's source, "" where only the number is practice.
func sourceOf(l Limit) string {
	if source := l.Source(); source != SourcePractice {
		return source
	}
	return ""
}

// WaitOf reports that something can't be judged yet, for information. line says it in the
// work table: what waits, since when the book is kept and until when.
func (x *DueExam) WaitOf(l Limit, r *Record, day Date, line, format string, args ...any) {
	x.add(r, DueOf{Day: day, Urgency: ForInformation, Source: sourceOf(l), Waits: line}, format, args...)
}

// Until reports what has to be done by a last day: soon from so many days before
// it, the last day included; overdue from the day after.
func (x *DueExam) Until(l Limit, r *Record, last Date, days int, format string, args ...any) {
	x.until(sourceOf(l), r, last, days, format, args...)
}

func (x *DueExam) until(source string, r *Record, last Date, days int, format string, args ...any) {
	switch {
	case last == "":
	case x.Today > last:
		x.add(r, DueOf{Day: last, Urgency: Overdue, Source: source}, format, args...)
	case x.Today >= last.AddDays(-days):
		x.add(r, DueOf{Day: last, Urgency: Soon, Source: source}, format, args...)
	}
}

// UntilBy is Until with the item's own source: the limit only says when to speak.
func (x *DueExam) UntilBy(_ Limit, r *Record, last Date, days int, format string, args ...any) {
	x.until("", r, last, days, format, args...)
}

// Limit gives the limit that holds on the day looked at.
//
//go:noinline
func (x *DueExam) Limit(name string) Limit { return x.Packs.Limit(name, x.Today) }

// Label gives the record's own label as far as its names are known: the texts of
// the kind's label fields, joined by a space.
func (r *Record) Label() string { return r.label(r.Text) }

// MaskedLabel is Label without the numbers that tables hide.
func (r *Record) MaskedLabel() string { return r.label(r.Masked) }

//go:noinline
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
	return inOrder(read.due), read.standings, nil
}

// inOrder gives what is due, the most urgent first, then by day, item and record's label;
// what is alike in all stays as it is.
func inOrder(all []Due) []Due {
	places := make([]int32, len(all))
	for i := range places {
		places[i] = int32(i) //nolint:gosec // There are not as many records.
	}
	slices.SortFunc(places, func(i, j int32) int {
		a, b := &all[i], &all[j]
		if a.DueOf != b.DueOf {
			if c := cmp.Or(-cmp.Compare(a.Urgency, b.Urgency), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Code, b.Code)); c != 0 {
				return c
			}
		}
		return cmp.Or(strings.Compare(a.Label, b.Label), cmp.Compare(i, j))
	})
	sorted := make([]Due, len(all))
	for i, at := range places {
		sorted[i] = all[at]
	}
	return sorted
}
