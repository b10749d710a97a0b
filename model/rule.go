package model

import (
	"errors"
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
	if k := x.Kinds.Kind(kind); k != nil {
		k.mustMeet(conds)
	}
	if x.Look == nil || x.err != nil {
		return nil
	}
	rs, err := x.Look.Find(kind, conds...)
	x.err = err
	return rs
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
	place := map[string]int{"": -1}
	for i, f := range r.Kind.Fields() {
		place[f.Name] = i
	}
	slices.SortStableFunc(x.findings, func(a, b Finding) int { return place[a.Field] - place[b.Field] })
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

// The rules that hold for every kind.
var (
	ruleRequired = &Rule{Code: "E-REQUIRED", Severity: Fault, Text: "必填项不能空着", Source: SourceOwn}
	ruleType     = &Rule{Code: "E-TYPE", Severity: Fault, Text: "填写的内容要合乎这一项的格式", Source: SourceOwn}
	ruleChoice   = &Rule{Code: "E-CHOICE", Severity: Fault, Text: "只能从列出的选项里选", Source: SourceOwn}
	ruleRef      = &Rule{Code: "E-REF", Severity: Fault, Text: "所指的记录要在台账里", Source: SourceOwn}
	ruleOrder    = &Rule{Code: "E-ORDER", Severity: Fault, Text: "日期不能前后颠倒", Source: SourceOwn}
	ruleUnique   = &Rule{Code: "E-UNIQUE", Severity: Fault, Text: "同样的记录不能有两条", Source: SourceOwn}
	ruleFuture   = &Rule{Code: "W-FUTURE", Severity: Warning, Text: "已经发生的事,日期不在将来", Source: SourceOwn}
	rulePhone    = &Rule{Code: "W-PHONE", Severity: Warning, Gap: true, Text: "电话要写对", Source: SourceOwn}
)

// GeneralRules gives the rules that hold for every kind.
func GeneralRules() []Rule {
	return []Rule{*ruleRequired, *ruleType, *ruleChoice, *ruleRef, *ruleOrder, *ruleUnique, *ruleFuture, *rulePhone}
}

func (x *Exam) always() {
	for _, f := range x.Record.Kind.Fields() {
		x.field(f)
	}
	x.rule = ruleOrder
	chains := x.Record.Kind.Order
	if x.Record.Kind.Field("started_on") != nil && x.Record.Kind.Field("ended_on") != nil {
		chains = append([][]string{{"started_on", "ended_on"}}, chains...)
	}
	for _, chain := range chains {
		x.Chain(chain)
	}
	x.rule = ruleUnique
	for _, u := range x.Record.Kind.Unique {
		x.unique(u)
	}
}

func (x *Exam) field(f *Field) {
	v := x.Record.Get(f.Name)
	if v == nil {
		if f.Required {
			x.rule = ruleRequired
			x.SayAt(f.Name, "请填写%s", f.Label)
		}
		return
	}
	x.rule = ruleType
	if err := f.Type.Check(f, v); err != nil {
		var e *Error
		if errors.As(err, &e) && e.Code != ruleType.Code {
			x.rule = &Rule{Code: e.Code, Severity: Fault, Source: ruleType.Source}
		}
		x.SayAt(f.Name, "%s", err.Error())
		return
	}
	if day, ok := v.(string); ok && f.Type == TypeDate && !f.Ahead && Date(day) > x.Today {
		x.rule = ruleFuture
		x.SayAt(f.Name, "%s %s 还没有到(今天是 %s),请核对;事情办过以后再登记", f.Label, day, x.Today)
	}
	if t, ok := f.Type.(Examiner); ok {
		t.Examine(x, f, v)
	}
}

// refs looks for what a field refers to. A reference that stood on file before its
// target went to the recycle bin is a warning: the target can come back, and the
// month's export may not stop for every record of a person deleted.
func (x *Exam) refs(f *Field, v Value) {
	x.rule = ruleRef
	var before []string
	if x.Old != nil {
		before = Targets(x.Old.Get(f.Name))
	}
	missing, binned := 0, 0
	for _, id := range Targets(v) {
		if x.Look == nil || x.Get(f.Target, id) != nil || x.err != nil {
			continue
		}
		if slices.Contains(before, id) {
			binned++
		} else {
			missing++
		}
	}
	switch {
	case missing > 0:
		x.SayAt(f.Name, "%s所指的记录已不在台账里(可能已删除),请重新选择", f.Label)
	case binned > 0:
		x.add(Warning, f.Name, "%s所指的记录已删除(在回收站里),请恢复它,或重新选择", f.Label)
	}
}

// Targets gives the ids in the value of a ref, refs or roll.
func Targets(v Value) []string {
	switch t := v.(type) {
	case string:
		return []string{t}
	case []string:
		return t
	case []Mark:
		ids := make([]string, len(t))
		for i, m := range t {
			ids[i] = m.Target
		}
		return ids
	}
	return nil
}

// Chain reports the first date that stands before an earlier one of its chain.
func (x *Exam) Chain(names []string) {
	var last *Field
	for _, name := range names {
		f := x.Record.Kind.Field(name)
		d := x.Record.Str(name)
		if d == "" {
			continue
		}
		if last != nil && d < x.Record.Str(last.Name) {
			x.SayAt(name, "%s(%s)早于%s(%s),请核对这两个日期", f.Label, d, last.Label, x.Record.Str(last.Name))
			return
		}
		last = f
	}
}

// onFile names the record that stands in the way, where its label can be told: the
// labels of what it refers to are not known here.
func onFile(r *Record) string {
	for _, name := range r.Kind.Label {
		if r.Kind.Field(name).Target != "" {
			return ""
		}
	}
	return "(已有的是:" + r.Label() + ")"
}

func (x *Exam) unique(u Unique) {
	conds := make([]Cond, 0, len(u.Fields)+2)
	for _, name := range u.Fields {
		f, v := x.Record.Kind.Field(name), x.Record.Get(name)
		if v == nil {
			return
		}
		conds = append(conds, Where(name, Eq, f.Type.CSV(f, v)))
	}
	if u.Unless != "" {
		if x.Record.Filled(u.Unless) {
			return
		}
		conds = append(conds, Where(u.Unless, Empty))
	}
	conds = append(conds, OwnConds(x.Env, x.Record)...)
	for _, other := range x.Find(x.Record.Kind.Name, conds...) {
		if other.ID == x.Record.ID {
			continue
		}
		if u.Code != "" {
			x.rule = &Rule{Code: u.Code, Severity: Fault, Source: ruleUnique.Source}
		}
		last := u.Fields[len(u.Fields)-1]
		if u.Text != "" {
			x.SayAt(last, "%s%s", u.Text, onFile(other))
			return
		}
		label := ""
		for i, name := range u.Fields {
			if i > 0 {
				label += "、"
			}
			label += x.Record.Kind.Field(name).Label
		}
		x.SayAt(last, "%s相同的%s已经有一条,请改那一条,不要重复登记", label, x.Record.Kind.Title)
		return
	}
}
