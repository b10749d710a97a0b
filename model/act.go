package model

import "slices"

// Act is one thing that is done to many records of a kind at once (design.md §12): a
// record of another kind for each of them, or one record with all of them on its roll.
type Act struct {
	Words string // what the list calls it: 谈心谈话
	Note  string // dimmed behind it
	Kind  string // of what is made
	// Field is the field of Kind that takes each of the records (a ref), or all of them
	// (a roll or refs).
	Field  string
	Preset map[string]string // values, as typed, of what is made
	// Asks are the fields that are asked once for all, in order. Those of Last begin
	// with what the last record of the kind holds that agrees with Preset.
	Asks, Last []string
	// Vary is a choice field in which single ones may differ: it is changed in the list
	// of names. Of a roll it is the roll itself.
	Vary string
	// Begin, where set, gives further values, as typed, by the records taken.
	Begin func(env *Env, of []*Record) (map[string]string, error)
	// Each, where set, sets in what is made for one of the records what differs from one
	// to the next. An *Error says why nothing is made for this one.
	Each func(env *Env, of, made *Record) error
}

// OnRoll reports that one record is made, with all of them on it.
func (a *Act) OnRoll(c *Catalog) bool {
	f := c.Kind(a.Kind).MustField(a.Field)
	return f.Type == TypeRoll || f.Type == TypeRefs
}

// Pending is the text of a note that many records made at once leave open, to be
// written later one after another.
const Pending = "待填"

// LaterFields gives the notes that may be left open so.
func (k *Kind) LaterFields() []*Field {
	return slices.DeleteFunc(k.Fields(), func(f *Field) bool { return !f.Later })
}

// FirstPending gives the first note of a record that was left open, or nil.
func (r *Record) FirstPending() *Field {
	for _, f := range r.Kind.LaterFields() {
		if r.Str(f.Name) == Pending {
			return f
		}
	}
	return nil
}

// LaterDue reminds of the notes of a kind that were left open, in one line: code is the
// item's, line the work table's with %d for the number.
func LaterDue(code, text, line string) DueItem {
	return DueItem{Code: code, Text: text, Line: line, Source: SourceOwn, Find: func(x *DueExam) {
		for _, f := range x.Kind.LaterFields() {
			for _, r := range x.Find(x.Kind.Name, Where(f.Name, Eq, Pending)) {
				x.add(r, DueOf{Urgency: ForInformation, Field: f.Name}, "%s还是“%s”,请趁记得的时候补上", f.Label, Pending)
			}
		}
	}}
}

// beginningAs gives the field with another default.
func (f *Field) beginningAs(typed string) *Field {
	g := *f
	g.Default = typed
	return &g
}

// Typed gives the value that a field takes from what an act presets: as typed, 今天, 本年
// and 本月 as of a default.
func (f *Field) Typed(env *Env, typed string) (Value, error) {
	return f.beginningAs(typed).defaultValue(env)
}

// validateActs looks for what the kind's acts name.
func (c *Catalog) validateActs(k *Kind) {
	for _, a := range k.Acts {
		at := "act " + a.Words
		made := c.byName[a.Kind]
		mustKnow(k, at, "kind", a.Kind, made != nil)
		field := made.Field(a.Field)
		mustKnow(k, at, "field", a.Field, field != nil && field.Target == k.Name)
		for name, typed := range a.Preset {
			f := made.Field(name)
			mustKnow(k, at, "field", name, f != nil)
			if err := f.beginningAs(typed).checkDefault(); err != nil {
				panic("model: " + k.Name + ": " + at + ": " + name + ": " + err.Error())
			}
		}
		for _, name := range slices.Concat(a.Asks, a.Last) {
			mustKnow(k, at, "field", name, made.Field(name) != nil && name != a.Field)
		}
		if a.Vary != "" {
			mustKnow(k, at, "field", a.Vary, made.Field(a.Vary) != nil && len(made.Field(a.Vary).Choices) > 0)
		}
	}
	for _, f := range k.Fields() {
		if f.Later && f.Type != TypeNote {
			panic("model: " + k.Name + "." + f.Name + " is no note and can't be left open")
		}
	}
}
