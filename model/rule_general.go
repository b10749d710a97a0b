package model

import (
	"errors"
	"slices"
)

// The rules that hold for every kind.
var (
	ruleRequired = &Rule{Code: "E-REQUIRED", Severity: Fault, Text: "必填项不能空着", Source: SourceOwn}
	ruleType     = &Rule{Code: "E-TYPE", Severity: Fault, Text: "填写的内容要合乎这一项的格式", Source: SourceOwn}
	ruleChoice   = &Rule{Code: "E-CHOICE", Severity: Fault, Text: "只能从列出的选项里选", Source: SourceOwn}
	ruleRef      = &Rule{Code: "E-REF", Severity: Fault, Text: "所指的记录要在台账里", Source: SourceOwn}
	ruleOrder    = &Rule{Code: "E-ORDER", Severity: Fault, Text: "日期不能前后颠倒", Source: SourceOwn}
	ruleUnique   = &Rule{Code: "E-UNIQUE", Severity: Fault, Text: "同样的记录不能有两条", Source: SourceOwn}
	ruleFuture   = &Rule{Code: "W-FUTURE", Severity: Warning, Text: "已经发生的事,日期不在将来", Source: SourceOwn}
	ruleLater    = &Rule{Code: "W-LATER", Severity: Warning, Gap: true, Text: "一次登记许多条时留着“待填”的,要逐条补上", Source: SourceOwn}
	rulePhone    = &Rule{Code: "W-PHONE", Severity: Warning, Gap: true, Text: "电话要写对", Source: SourceOwn}
)

// GeneralRules gives the rules that hold for every kind.
func GeneralRules() []Rule {
	return []Rule{*ruleRequired, *ruleType, *ruleChoice, *ruleRef, *ruleOrder, *ruleUnique, *ruleFuture, *ruleLater, *rulePhone}
}

func (x *Exam) always() {
	for i, f := range x.Record.Kind.fields() {
		if v := x.Record.kept(i); v != nil || f.Required {
			x.field(f)
		}
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
	if f.Later && v == Value(Pending) {
		x.rule = ruleLater
		x.SayAt(f.Name, "%s还是“%s”,请补上", f.Label, Pending)
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
		if x.Look == nil || x.has(f.Target, id) || x.err != nil {
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
//
//go:noinline
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

// distinct tells of a record that is examined as it stands on file that no other is alike.
func (x *Exam) distinct(u Unique) (distinct bool) {
	if x.Look != nil && x.err == nil && x.Old == x.Record {
		distinct, x.err = Widely(x.Look).Distinct(x.Record.Kind.Name, u)
	}
	return distinct && x.err == nil
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
	if x.distinct(u) {
		return
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
