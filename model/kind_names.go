package model

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
)

// nameIndex finds a kind's fields by their names. A catalog makes it once, since rules
// read fields by name all the time.
type nameIndex struct {
	of     *Kind // a copy of the kind is another kind, and may have other fields
	fields map[string]*Field
	asks   map[string]*Field
	// targets are the kinds that the fields refer to, in the catalog.
	targets map[string]*Kind
	all     []*Field          // the kind's own, in order
	places  map[string]placed // of all fields that a record may hold
}

// placed is a field with its place among all that a record of its kind may hold: its own in
// the order of the form, then those asked for.
type placed struct {
	field *Field
	place uint8
	empty Value // what stands where a record holds none
}

func newNameIndex(k *Kind, c *Catalog) *nameIndex {
	x := &nameIndex{of: k, fields: map[string]*Field{}, asks: map[string]*Field{}, targets: map[string]*Kind{}, all: k.Fields(), places: map[string]placed{}}
	for _, f := range x.all {
		x.fields[f.Name] = f
		if t := c.byName[f.Target]; t != nil {
			x.targets[f.Target] = t
		}
	}
	for _, f := range slices.Concat(k.Asks, k.SheetAsks) {
		x.asks[f.Name] = f
	}
	for i, f := range slices.Concat(x.all, k.Asks, k.SheetAsks) {
		if _, twice := x.places[f.Name]; !twice {
			x.places[f.Name] = k.placed(f, i)
		}
	}
	return x
}

func (k *Kind) placed(f *Field, at int) placed {
	if at > math.MaxUint8 {
		panic("model: " + k.Name + " has too many fields")
	}
	p := placed{field: f, place: uint8(at)}
	if t, ok := f.Type.(Emptier); ok {
		p.empty = t.Empty()
	}
	return p
}

// place gives the place of the field that a record of the kind may hold, those asked for
// too; ok is false where there is none of that name.
func (k *Kind) place(name string) (p placed, ok bool) {
	if k.names != nil && k.names.of == k {
		p, ok = k.names.places[name]
		return p, ok
	}
	for i, f := range slices.Concat(k.Fields(), k.Asks, k.SheetAsks) {
		if f.Name == name {
			return k.placed(f, i), true
		}
	}
	return placed{}, false
}

// mustPlace is place of a field that there must be.
func (k *Kind) mustPlace(name string) placed {
	p, ok := k.place(name)
	if !ok {
		k.MustField(name) // panics, and says why
	}
	return p
}

// fields gives the kind's own fields in order; the list is not the caller's to change.
func (k *Kind) fields() []*Field {
	if k.names != nil && k.names.of == k {
		return k.names.all
	}
	return k.Fields()
}

// All gives the kind's own fields in order, like Fields, without a list of its own.
func (k *Kind) All() iter.Seq[*Field] { return slices.Values(k.fields()) }

// holds tells whether the index is that of the kind as it is now, in the catalog.
func (x *nameIndex) holds(k *Kind, c *Catalog) bool {
	if x == nil || x.of != k || len(x.asks) != len(k.Asks)+len(k.SheetAsks) {
		return false
	}
	n := 0
	for _, s := range k.Sections {
		n += len(s.Fields)
		for _, f := range s.Fields {
			if x.fields[f.Name] != f || x.targets[f.Target] != c.byName[f.Target] {
				return false
			}
		}
	}
	for _, f := range slices.Concat(k.Asks, k.SheetAsks) {
		if x.asks[f.Name] != f {
			return false
		}
	}
	return n == len(x.fields)
}

// index makes the kind's index. A kind that stands in a second catalog keeps its own,
// since others may be reading it.
func (k *Kind) index(c *Catalog) {
	if !k.names.holds(k, c) {
		k.names = newNameIndex(k, c)
	}
}

// UsualWidth is how wide a field's values usually are in a table, in cells, as its type
// says; of a reference, as the kind referred to says.
func (k *Kind) UsualWidth(f *Field) int {
	if k.names != nil && f.Type == TypeRef {
		if t := k.names.targets[f.Target]; t != nil && t.LabelWidth != 0 {
			return t.LabelWidth
		}
	}
	return f.Type.Width(f)
}

// Named reports that records of the kind are called by a person's name, their own or
// that of the person they refer to first: their surname is read as one.
func (k *Kind) Named() bool { return k.named(namedDepth) }

// namedDepth bounds how far a label is followed from ref to ref.
const namedDepth = 3

func (k *Kind) named(depth int) bool {
	if depth == 0 || len(k.Label) == 0 {
		return false
	}
	f := k.MustField(k.Label[0])
	switch {
	case f.Type == TypeText:
		return f.Tight
	case f.Type == TypeRef && k.names != nil && k.names.targets[f.Target] != nil:
		return k.names.targets[f.Target].named(depth - 1)
	}
	return false
}

// SearchLabel gives the search text of a record's label.
func (r *Record) SearchLabel() string {
	return searchText(r.Label(), r.Kind.Named())
}

// Field gives the field of that name, or nil.
//
//go:noinline
func (k *Kind) Field(name string) *Field {
	if k.names != nil && k.names.of == k {
		return k.names.fields[name]
	}
	for _, s := range k.Sections {
		for _, f := range s.Fields {
			if f.Name == name {
				return f
			}
		}
	}
	return nil
}

// Asked gives the field of that name that the kind only asks for, or nil.
func (k *Kind) Asked(name string) *Field {
	for _, f := range slices.Concat(k.Asks, k.SheetAsks) {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// FindField gives the field of that name or label (出生日期), or an Error: what a person
// wrote on a command line goes through it, since a wrong name in a condition panics.
// *Error: E-FIELD.
func (k *Kind) FindField(name string) (*Field, error) {
	if f := k.Field(name); f != nil {
		return f, nil
	}
	for _, f := range k.Fields() {
		if f.Label == name {
			return f, nil
		}
	}
	return nil, &Error{Code: "E-FIELD", Field: name,
		Message: fmt.Sprintf("%s没有“%s”这一项,请用登记表里的项目名", k.Title, Clean(name, false))}
}

// MustField gives the field of that name that a record of the kind stores, and panics
// when there is none: a mistyped name would switch a rule or a condition off unseen.
//
//go:noinline
func (k *Kind) MustField(name string) *Field {
	f := k.Field(name)
	if f == nil {
		panic("model: " + k.Name + " has no field " + name)
	}
	return f
}

// mustHold gives the field that a record of the kind may hold, those asked for too.
func (k *Kind) mustHold(name string) *Field { return k.mustPlace(name).field }

// mustMeet panics when a condition names a field that the kind lacks.
func (k *Kind) mustMeet(conds []Cond) {
	for _, c := range conds {
		if !c.ofEveryKind() {
			k.MustField(c.Field)
		}
	}
}

// ofThePlace begins what is left of a party organisation's name when the place before
// it is the very thing that it is the organisation of.
var ofThePlace = []string{"委", "工委", "总支", "支部", "党", "联合"}

// BriefName gives a party organisation's name without what stands before the names of
// all organisations of a county, so that in a narrow column the part that differs is
// seen: 中共, then the places, widest first. The place that the organisation is of
// stays: 中共澄安县柳河镇委员会 is 柳河镇委员会.
func BriefName(name string, places ...string) string {
	name = strings.TrimPrefix(name, "中共")
	for _, place := range places {
		rest, ok := strings.CutPrefix(name, place)
		if !ok || rest == "" {
			continue
		}
		of := false
		for _, p := range ofThePlace {
			of = of || strings.HasPrefix(rest, p)
		}
		if !of {
			name = rest
		}
	}
	return name
}
