package model

import (
	"slices"
)

// Offer is something that usually follows from a record and is not written without being
// asked for: an election's new positions. The form shows a kind's offers after saving.
type Offer struct {
	Text    string    // what will be done, one line in Chinese
	Records []*Record // to be saved for it, in their order
	Off     bool      // not ticked at first
}

// Change is what a save made of one record.
type Change struct {
	Before, After *Record // Before is nil of a new one
}

// Words says in words which fields a change touched, in the order of the form: a choice
// by its value alone (去世), everything else with its label (离开日期 2026-11-03). "" where
// nothing did.
func (c Change) Words() string {
	if c.Before == nil {
		return ""
	}
	text := ""
	for _, name := range Diff(c.Before, c.After) {
		f := c.After.Kind.MustField(name)
		word := f.Label + " " + c.After.Masked(name)
		switch {
		case !c.After.Filled(name):
			word = f.Label + "已清空"
		case f.Type == TypeChoice:
			word = c.After.Str(name)
		}
		if text != "" {
			text += ","
		}
		text += word
	}
	return text
}

// Guess gives the value that other fields of a record let one expect in a field. A new
// record's form keeps to it, there and back, until a person sets the field; a row of a
// sheet that has no such cell gets it.
type Guess struct {
	By    []string // the fields by which it goes
	Value func(env *Env, r *Record) (Value, error)
}

// Guessed gives the fields of the kind for which one of those changed lets expect a value.
func (k *Kind) Guessed(changed ...string) []*Field {
	var all []*Field
	for f := range k.All() {
		if f.Guess != nil && slices.ContainsFunc(f.Guess.By, func(by string) bool { return slices.Contains(changed, by) }) {
			all = append(all, f)
		}
	}
	return all
}

// FormSections gives the sections with their fields in the order of the form: a field
// that is to stand After another one stands right behind it. Tables, sheets and bundles
// keep the order in which the fields are declared.
func (k *Kind) FormSections() []Section {
	sections := slices.Clone(k.Sections)
	for i := range sections {
		fields := slices.Clone(sections[i].Fields)
		for _, f := range sections[i].Fields {
			if f.After == "" {
				continue
			}
			at := slices.Index(fields, f)
			fields = slices.Delete(fields, at, at+1)
			fields = slices.Insert(fields, 1+slices.IndexFunc(fields, func(g *Field) bool { return g.Name == f.After }), f)
		}
		sections[i].Fields = fields
	}
	return sections
}

// validateForm panics on a place in the form or a guess that names what is not there.
func (k *Kind) validateForm(f *Field) {
	if f.Guess != nil {
		for _, by := range f.Guess.By {
			mustKnow(k, "guess of "+f.Name, "field", by, k.Field(by) != nil && by != f.Name)
		}
	}
	if f.After == "" {
		return
	}
	for _, s := range k.Sections {
		if slices.Contains(s.Fields, f) {
			mustKnow(k, "place of "+f.Name, "field", f.After, slices.ContainsFunc(s.Fields, func(g *Field) bool { return g.Name == f.After && g != f }))
		}
	}
}
