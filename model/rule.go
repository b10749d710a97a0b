package model

import (
	"fmt"
	"slices"
)

// Severity of a rule.
type Severity int

// An error keeps a record from being saved; a warning is shown and may be saved.
const (
	Warning Severity = iota
	Fault            // 错误
)

// String gives 提醒 or 错误.
func (s Severity) String() string {
	if s == Fault {
		return "错误"
	}
	return "提醒"
}

// Rule is one check of a kind. Check is called with an Exam of one record and
// says what it finds through it.
type Rule struct {
	Code     string // its id of domain.md §12.1 where it has one
	Severity Severity
	Field    string // under which the message stands, or "" for the whole record
	Text     string // what the rule asks, one Chinese sentence
	Source   string // the regulation with year and article, or 本台账
	// Limits name the parameters of the rule packs that the rule asks for.
	Limits []string
	Check  func(x *Exam)
	// Bars keeps a record that the rule finds wrong out of a bundle's intake too, and
	// its label out of the answer.
	Bars bool
	// Gap says that the rule speaks of what a list left open, to be filled in some day.
	// Such findings come by the dozen and are shown as one line with their number.
	Gap bool
}

// Finding is one message of a rule about one record.
type Finding struct {
	Code     string
	Severity Severity
	Field    string
	Message  string // what is wrong and what to do
	Source   string
	Bars     bool // see Rule
	Gap      bool // see Rule
}

// Env is what rules, defaults and derived values may know beside the record.
type Env struct {
	Today Date
	Packs *Packs
	Look  Lookup  // records on file; never nil when the store calls
	Home  *Record // the home organisation; nil before init
	Kinds *Catalog
	// NewID gives an id for a record that Follow makes and others refer to.
	NewID func() (string, error)
	// Kept holds what Recall remembers, while nothing is written in between; nil
	// remembers nothing.
	Kept map[string]any
}

// Recall gives what make makes, the first time it is asked for by that name while the
// same records are examined one after the other: what hundreds of them are compared
// with is read once. A fault of reading is not remembered.
func Recall[T any](x *Exam, name string, make func() T) T {
	if have, ok := x.Kept[name]; ok {
		return have.(T)
	}
	made := make()
	if x.Kept != nil && x.err == nil {
		x.Kept[name] = made
	}
	return made
}

// Lookup reads the ledger for rules. Deleted records are not seen.
type Lookup interface {
	// Get gives a record, or nil when there is none.
	Get(kind, id string) (*Record, error)
	// Find gives the records that meet the conditions, by id.
	Find(kind string, conds ...Cond) ([]*Record, error)
	// OrgCode gives the name of an organisation on file or of a unit on the
	// county's list. ok is false when there is a list and the code is on neither;
	// without a list nothing can be said of other codes and ok is true.
	OrgCode(code string) (name string, ok bool, err error)
}

// Wide is a Lookup that tells of many records without giving them all. What stands over
// another Lookup is asked itself, never that one, since it may see more records.
type Wide interface {
	// Walk calls fn with the records that meet the conditions, by id, until it gives
	// false. Each holds the named fields alone (see Part).
	Walk(kind string, fields []string, conds []Cond, fn func(r *Record) bool) error
	// Count tells how many records meet the conditions.
	Count(kind string, conds ...Cond) (int, error)
	// Has tells whether Get would give a record.
	Has(kind, id string) (bool, error)
	// Distinct tells of the records of a kind as they stand in the book that no two of them
	// are alike in a set of fields; false where that is not known.
	Distinct(kind string, u Unique) (bool, error)
}

// Widely gives a Lookup as a wide one, which asks what it finds where look tells no more.
func Widely(look Lookup) Wide {
	if w, ok := look.(Wide); ok {
		return w
	}
	return narrow{look}
}

type narrow struct{ Lookup }

func (n narrow) Walk(kind string, _ []string, conds []Cond, fn func(r *Record) bool) error {
	rs, err := n.Find(kind, conds...)
	for _, r := range rs {
		if !fn(r) {
			break
		}
	}
	return err
}

func (n narrow) Count(kind string, conds ...Cond) (int, error) {
	rs, err := n.Find(kind, conds...)
	return len(rs), err
}

func (n narrow) Has(kind, id string) (bool, error) {
	r, err := n.Get(kind, id)
	return r != nil, err
}

func (narrow) Distinct(string, Unique) (bool, error) { return false, nil }

// Over is a Lookup that stands over another one and sees more: the rows of a file
// that are to be taken. What the one below can tell beside records it leaves to it.
type Over interface{ Under() Lookup }

// LookupAs gives the lookup as one that can tell more than records, found in it or in
// those that it stands over; ok is false where none can.
func LookupAs[T any](look Lookup) (found T, ok bool) {
	for look != nil {
		if found, ok = look.(T); ok {
			return found, true
		}
		over, is := look.(Over)
		if !is {
			return found, false
		}
		look = over.Under()
	}
	return found, false
}

// Exam is the examination of one record by the rules.
type Exam struct {
	*Env
	Record *Record
	Old    *Record // what stands on file, nil for a new record

	rule     *Rule
	findings []Finding
	err      error
}

// Say reports a finding with the rule's own severity and field.
func (x *Exam) Say(format string, args ...any) { x.add(x.rule.Severity, x.rule.Field, format, args...) }

// SayAt is Say under another field.
func (x *Exam) SayAt(field, format string, args ...any) {
	x.add(x.rule.Severity, field, format, args...)
}

// SayOf is Say for a rule whose limit has a source of its own: the edition of the
// regulation that held when the matter began, or the county.
func (x *Exam) SayOf(l Limit, format string, args ...any) {
	x.Say(format, args...)
	x.findings[len(x.findings)-1].Source = l.Source()
}

// SayAtOf is SayOf under another field.
func (x *Exam) SayAtOf(field string, l Limit, format string, args ...any) {
	x.SayAt(field, format, args...)
	x.findings[len(x.findings)-1].Source = l.Source()
}

// Warn is Say as a warning.
func (x *Exam) Warn(format string, args ...any) { x.add(Warning, x.rule.Field, format, args...) }

// add reports a finding under a field, or under none; an unknown one panics, since
// nobody would see where the finding belongs.
func (x *Exam) add(s Severity, field, format string, args ...any) {
	if field != "" {
		x.Record.Kind.mustHold(field)
	}
	x.findings = append(x.findings, Finding{Code: x.rule.Code, Severity: s, Field: field,
		Message: fmt.Sprintf(format, args...), Source: x.rule.Source, Bars: x.rule.Bars, Gap: x.rule.Gap})
}

// Get looks a record up; nil when there is none. A fault of reading ends the exam.
func (x *Exam) Get(kind, id string) *Record {
	if id == "" || x.Look == nil || x.err != nil {
		return nil
	}
	r, err := x.Look.Get(kind, id)
	x.err = err
	return r
}

// Find looks records up. A fault of reading ends the exam; a condition on a field that
// the kind lacks panics, whether or not there are records to meet it.
func (x *Exam) Find(kind string, conds ...Cond) []*Record {
	if !x.look(kind, conds) {
		return nil
	}
	rs, err := x.Look.Find(kind, conds...)
	x.err = err
	return rs
}

// Walk goes through many records of which fn is called with the named fields alone, by id.
func (x *Exam) Walk(kind string, fields []string, conds []Cond, fn func(r *Record)) {
	if x.look(kind, conds) {
		x.err = Widely(x.Look).Walk(kind, fields, conds, func(r *Record) bool {
			fn(r)
			return true
		})
	}
}

// Count tells how many records meet the conditions.
func (x *Exam) Count(kind string, conds ...Cond) (n int) {
	if x.look(kind, conds) {
		n, x.err = Widely(x.Look).Count(kind, conds...)
	}
	return n
}

// look tells whether records can be looked for; a condition on a field that the kind lacks
// panics.
func (x *Exam) look(kind string, conds []Cond) bool {
	if k := x.Kinds.Kind(kind); k != nil {
		k.mustMeet(conds)
	}
	return x.Look != nil && x.err == nil
}

// has tells whether a record is there.
func (x *Exam) has(kind, id string) (has bool) {
	if id != "" && x.Look != nil && x.err == nil {
		has, x.err = Widely(x.Look).Has(kind, id)
	}
	return has
}

// Fail ends the exam with a fault of reading.
func (x *Exam) Fail(err error) {
	if x.err == nil {
		x.err = err
	}
}

// Failed tells that reading has failed: what is looked up then gives nothing.
func (x *Exam) Failed() bool { return x.err != nil }

// Check examines a record by what always holds (required fields, types, choices,
// references, dates in order) and by the kind's rules. Findings come in the order
// of the form's fields. The error is a fault of reading, never of the record.
func Check(env *Env, r, old *Record) ([]Finding, error) {
	x := &Exam{Env: env, Record: r, Old: old}
	x.always()
	for i := range r.Kind.Rules {
		x.rule = &r.Kind.Rules[i]
		x.rule.Check(x)
	}
	if x.err != nil {
		return nil, fmt.Errorf("check %s %s: %w", r.Kind.Name, r.ID, x.err)
	}
	if len(x.findings) > 1 {
		place := map[string]int{"": -1}
		for i, f := range r.Kind.fields() {
			place[f.Name] = i
		}
		Sort(x.findings, func(a, b Finding) int { return place[a.Field] - place[b.Field] })
	}
	return x.findings, nil
}

// Faults gives the findings that keep a record from being saved.
func Faults(all []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f Finding) bool { return f.Severity != Fault })
}

// SourceOwn is the source of a rule that keeps the record book itself in order.
const SourceOwn = "本台账"

// SourcePractice is the source of what many places ask for and no regulation that was
// read says.
const SourcePractice = "惯例"
