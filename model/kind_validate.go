package model

import (
	"fmt"
	"slices"
	"strings"
)

// sampleDay is a day for which the conditions of views are made to look at them.
const sampleDay = Date("2024-02-29")

// validate panics on a declaration that can't be right. What a record says by a name
// is checked when it is read; here stands all that can be told without a record.
func (c *Catalog) validate(k *Kind) {
	if len(k.Label) == 0 || len(k.Columns) == 0 {
		panic("model: " + k.Name + " has no label or no columns")
	}
	seen := map[string]bool{"id": true, "org_id": true, "created_at": true, "updated_at": true, "rev": true, "deleted_at": true}
	for _, f := range slices.Concat(k.Fields(), k.Asks, k.SheetAsks) {
		if seen[f.Name] {
			panic("model: " + k.Name + "." + f.Name + " twice")
		}
		seen[f.Name] = true
		c.validateField(k, f)
		k.validateForm(f)
	}
	for _, d := range k.Derived {
		if seen[d.Name] || d.Value == nil {
			panic("model: " + k.Name + ": a derived value without Value, or named as a field: " + d.Name)
		}
		seen[d.Name] = true
		f := k.Field(d.Since)
		mustKnow(k, "derived value "+d.Name, "date", d.Since, d.Since == "" || f != nil && f.Type == TypeDate && d.Type == TypeInt)
		validateBands(k, d.Field())
	}
	k.validateNames()
	mustKnow(k, "turn", "field", k.Turn, k.Turn == "" || k.Field(k.Turn) != nil)
	for _, b := range k.Begins {
		mustPreset(k, "beginning "+b.Words, k, b.Preset)
	}
	c.validateActs(k)
	c.validateTravel(k)
	k.validateClearing()
	for _, d := range k.Due {
		mustKnow(k, "due item "+d.Code, "table", d.Table, d.Table == "" || c.byName[d.Table] != nil)
	}
}

// validateField looks at a field by itself and at what it says of the kind referred to.
func (c *Catalog) validateField(k *Kind, f *Field) {
	at := "field " + f.Name
	if f.Name == "" || f.Label == "" || f.Type == nil {
		panic("model: " + k.Name + ": a field without name, label or type: " + f.Name + f.Label)
	}
	if f.Roll != nil && (f.Type != TypeRoll || f.Came() > len(f.Choices) || f.Exception() < 0) {
		panic("model: " + k.Name + ": " + at + " keeps a roll that its states don't allow")
	}
	target := c.byName[f.Target]
	mustKnow(k, at, "kind", f.Target, f.Target == "" || target != nil)
	mustKnow(k, at, "kind", f.Through, f.Through == "" || c.byName[f.Through] != nil)
	if f.TargetView != "" {
		ok := target != nil
		if ok {
			_, ok = target.View(f.TargetView)
		}
		mustKnow(k, at, "view", f.TargetView, ok)
	}
	if err := f.checkDefault(); err != nil {
		panic("model: " + k.Name + ": " + at + ": its default: " + err.Error())
	}
	validateBands(k, f)
	if len(f.Preset) > 0 {
		if target == nil {
			panic("model: " + k.Name + ": " + at + " presets a record, but refers to none")
		}
		mustPreset(k, at, target, f.Preset)
	}
}

// checkDefault tells whether a new record can begin with the field's default.
func (f *Field) checkDefault() error {
	moments := map[string]Type{"今天": TypeDate, "本年": TypeYear, "本月": TypeMonth}
	if t, ok := moments[f.Default]; ok {
		if f.Type != t {
			return fmt.Errorf("%s is no %s", f.Default, f.Type.Name())
		}
		return nil
	}
	if f.Default == "本组织" {
		if _, ok := f.Type.(HomeType); !ok {
			return fmt.Errorf("a %s refers to no organisation", f.Type.Name())
		}
		return nil
	}
	v, err := f.Type.Parse(f, f.Default)
	if err == nil && v != nil {
		err = f.Type.Check(f, v)
	}
	return err
}

// validateNames looks for the fields that the kind's own declarations name.
func (k *Kind) validateNames() {
	known := func(what string, names ...string) {
		for _, n := range names {
			mustKnow(k, what, "field", n, k.Field(n) != nil)
		}
	}
	known("label", k.Label...)
	known("again", k.Again.names()...)
	k.Again.validate(k)
	for _, n := range k.Columns {
		mustKnow(k, "column", "field", n, k.Field(n) != nil || k.DerivedValue(n) != nil)
	}
	for _, n := range k.Sort {
		known("sort", strings.TrimPrefix(n, "-"))
	}
	if k.SheetField != "" {
		known("sheet's name", k.SheetField)
	}
	for _, u := range k.Unique {
		known("unique", u.Fields...)
		if u.Unless != "" {
			known("unique", u.Unless)
		}
	}
	for _, chain := range k.Order {
		known("order", chain...)
	}
	for _, v := range k.Views {
		for _, cond := range v.Conds(sampleDay) {
			if !cond.ofEveryKind() {
				known("view "+v.Name, cond.Field)
			}
		}
	}
	for _, r := range slices.Concat(k.Rules, k.Kept) {
		mustKnow(k, "rule "+r.Code, "field", r.Field, r.Field == "" || k.Field(r.Field) != nil || k.Asked(r.Field) != nil)
	}
}

//go:noinline
func mustKnow(k *Kind, where, what, name string, ok bool) {
	if !ok {
		panic("model: " + k.Name + ": " + where + " names unknown " + what + " " + name)
	}
}

// mustPreset looks at values, as typed, of a new record: its fields must take them.
func mustPreset(k *Kind, where string, target *Kind, preset map[string]string) {
	for name, typed := range preset {
		f := target.Field(name)
		mustKnow(k, where, "field of "+target.Name, name, f != nil)
		v, err := f.Type.Parse(f, typed)
		if err == nil && v != nil {
			err = f.Type.Check(f, v)
		}
		if err != nil {
			panic("model: " + k.Name + ": " + where + ": " + name + " can't be " + typed + ": " + err.Error())
		}
	}
}
