package model

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
)

// Value is what a field holds, by its type's storage:
//
//	nil       empty, for every type but bool
//	string    text, note, phone, id_number, date, month, choice, org_code, ref (an id)
//	int64     year, int, money (fen)
//	bool      bool
//	[]string  choices, refs (ids)
//	[]Mark    roll
type Value any

// Mark is one line of a roll: a person and the state chosen for them.
type Mark struct{ Target, State string }

// Record is one record of a kind.
type Record struct {
	Kind      *Kind
	ID        string // UUIDv7; "" for a new record, given by the store
	OrgID     string // whose record it is; "" gives the home organisation on saving
	CreatedAt string // YYYY-MM-DDThh:mm:ssZ
	UpdatedAt string
	Rev       int64  // 1 at first, +1 with every save; 0 for a new record
	DeletedAt string // when it went to the recycle bin, or ""

	// Names holds the labels of the records referred to, by id, where the store
	// has looked them up.
	Names map[string]string

	naming func(r *Record) // see NameLater
	part   *Part           // the fields that were read, where not all were

	// A record holds few of its kind's fields: the places of those that it holds, and their
	// values, one as the other.
	places []uint8
	values []Value
}

// NewRecord gives an empty record without defaults.
func NewRecord(k *Kind) *Record {
	return &Record{Kind: k}
}

// Reserve makes room for the values of so many fields at once.
func (r *Record) Reserve(fields int) {
	if len(r.values) == 0 {
		r.places, r.values = make([]uint8, 0, fields), make([]Value, 0, fields)
	}
}

// New gives a new record with the fields' defaults.
func New(env *Env, k *Kind) *Record { return newFrom(env, k, FromForm) }

// NewFromSheet gives a new record for a row of a sheet: with the defaults, but for
// those of the moment. What a sheet does not date did not happen today.
func NewFromSheet(env *Env, k *Kind) *Record { return newFrom(env, k, FromSheet) }

func newFrom(env *Env, k *Kind, how Origin) *Record {
	r := NewRecord(k)
	for f := range k.All() {
		if f.Default == "" || how == FromSheet && momentary(f.Default) {
			continue
		}
		v, err := f.defaultValue(env)
		if err != nil {
			panic("model: default of " + k.Name + "." + f.Name + ": " + err.Error())
		}
		r.Set(f.Name, v)
	}
	return r
}

func momentary(def string) bool { return def == "今天" || def == "本年" || def == "本月" }

func (f *Field) defaultValue(env *Env) (Value, error) {
	switch f.Default {
	case "今天":
		return string(env.Today), nil
	case "本年":
		return int64(env.Today.Year()), nil
	case "本月":
		return string(env.Today.Month()), nil
	case "本组织":
		if env.Home == nil {
			return nil, nil
		}
		return f.Type.(HomeType).OfHome(env.Home), nil // the catalog has seen to it
	}
	return f.Type.Parse(f, f.Default)
}

// Get gives a field's value; where it holds none, the type's empty one: nil, but false of
// a bool. Like all that reads a field by its name it panics when the kind has no such field.
func (r *Record) Get(field string) Value {
	return r.at(r.Kind.mustPlace(field))
}

func (r *Record) at(p placed) Value {
	if i := bytes.IndexByte(r.places, p.place); i >= 0 {
		return r.values[i]
	}
	r.mustHaveRead(p)
	return p.empty
}

// kept gives what stands in the place of one of the kind's own fields, nil for nothing.
func (r *Record) kept(place int) Value {
	if i := bytes.IndexByte(r.places, uint8(place)); i >= 0 { //nolint:gosec // A kind has 256 at most.
		return r.values[i]
	}
	return nil
}

// Held gives the kind's own fields that a record holds something in, in order; a bool that
// is false may be among them.
func (r *Record) Held() iter.Seq2[*Field, Value] {
	return func(yield func(*Field, Value) bool) {
		for i, f := range r.Kind.fields() {
			if v := r.kept(i); v != nil && !yield(f, v) {
				return
			}
		}
	}
}

// mustHaveRead panics at a field that a record of a part was not read with: it would be
// taken for empty.
func (r *Record) mustHaveRead(p placed) {
	if r.part != nil && !r.part.places[p.place] {
		panic("model: " + r.Kind.Name + "." + p.field.Name + " was not read")
	}
}

// Part are some fields of a kind: those that many records are read for. A record of a part
// holds no others, and panics when it is asked for one.
type Part struct {
	kind   *Kind
	places [256]bool
}

// Part gives the part of the fields of these names.
func (k *Kind) Part(fields []string) *Part {
	p := &Part{kind: k}
	for _, name := range fields {
		p.places[k.mustPlace(name).place] = true
	}
	return p
}

// Has tells whether a field belongs to the part; all belong to that of nil.
func (p *Part) Has(field string) bool {
	return p == nil || p.places[p.kind.mustPlace(field).place]
}

// Part gives the fields with which the record was read, nil for all.
func (r *Record) Part() *Part { return r.part }

// NewPart gives an empty record of a part of its kind.
func NewPart(p *Part) *Record { return &Record{Kind: p.kind, part: p} }

// held gives what is stored, or the zero value where nothing is. A field that holds
// something else panics like one that the kind lacks: it would be read as empty for ever.
func held[T any](r *Record, field string) T {
	var none T
	p := r.Kind.mustPlace(field)
	i := bytes.IndexByte(r.places, p.place)
	if i < 0 {
		r.mustHaveRead(p)
		return none
	}
	v := r.values[i]
	held, ok := v.(T)
	if !ok {
		panic(fmt.Sprintf("model: %s.%s is read as %T and holds %T", r.Kind.Name, field, none, v))
	}
	return held
}

// Set stores a value; empty strings and lists are kept as nil. It panics when the
// kind has no such field: a fault of the program.
func (r *Record) Set(field string, v Value) {
	place := r.Kind.mustPlace(field).place
	switch t := v.(type) {
	case string:
		if t == "" {
			v = nil
		}
	case Date:
		v = Value(string(t))
		if t == "" {
			v = nil
		}
	case Month:
		v = Value(string(t))
		if t == "" {
			v = nil
		}
	case int:
		v = int64(t)
	case []string:
		if len(t) == 0 {
			v = nil
		}
	case []Mark:
		if len(t) == 0 {
			v = nil
		}
	}
	i := bytes.IndexByte(r.places, place)
	switch {
	case i >= 0 && v == nil:
		r.places, r.values = slices.Delete(r.places, i, i+1), slices.Delete(r.values, i, i+1)
	case i >= 0:
		r.values[i] = v
	case v != nil:
		r.places, r.values = append(r.places, place), append(r.values, v)
	}
}

// Str gives a text value, "" when empty.
func (r *Record) Str(field string) string { return held[string](r, field) }

// Date gives a date value, "" when empty.
func (r *Record) Date(field string) Date { return Date(r.Str(field)) }

// Month gives a month value, "" when empty.
func (r *Record) Month(field string) Month { return Month(r.Str(field)) }

// Int gives a number (money in fen), 0 when empty.
func (r *Record) Int(field string) int64 { return held[int64](r, field) }

// Bool gives a bool value.
func (r *Record) Bool(field string) bool { return held[bool](r, field) }

// List gives the values of choices or the ids of refs.
func (r *Record) List(field string) []string { return held[[]string](r, field) }

// Roll gives the marks of a roll.
func (r *Record) Roll(field string) []Mark { return held[[]Mark](r, field) }

// Filled reports whether the field holds a value (a bool always does).
func (r *Record) Filled(field string) bool { return r.Get(field) != nil }

// Is reports whether a text value is one of the given.
func (r *Record) Is(field string, values ...string) bool {
	return slices.Contains(values, r.Str(field))
}

// Clone gives an independent copy.
func (r *Record) Clone() *Record {
	c := *r
	c.places, c.values = slices.Clone(r.places), slices.Clone(r.values)
	for i, v := range c.values {
		switch t := v.(type) {
		case []string:
			c.values[i] = slices.Clone(t)
		case []Mark:
			c.values[i] = slices.Clone(t)
		}
	}
	return &c
}

// Name gives the label of a record referred to, or "" when it is not known.
func (r *Record) Name(id string) string {
	if find := r.naming; find != nil {
		r.naming = nil
		find(r)
	}
	return r.Names[id]
}

// NameLater has the Names found when one of them is asked for first: of many records few
// are ever called by their names.
func (r *Record) NameLater(find func(r *Record)) { r.naming = find }

// Text shows a field as a person reads it: refs by label, money in yuan. It is
// never masked; Masked does that.
func (r *Record) Text(field string) string {
	f := r.Kind.mustHold(field)
	return f.Type.Format(f, r.Get(field), r.Name)
}

// Masked shows a field as tables do: ID numbers and phones are hidden in part.
func (r *Record) Masked(field string) string {
	if m, ok := r.Kind.mustHold(field).Type.(Masker); ok {
		return m.Mask(r.Str(field))
	}
	return r.Text(field)
}

// Equal compares two values of one field.
func (f *Field) Equal(a, b Value) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return f.Type.Compare(a, b) == 0
}

// Diff gives the names of the fields in which two records of one kind differ.
func Diff(a, b *Record) []string {
	var names []string
	for i, f := range a.Kind.fields() {
		if a.part == nil && b.part == nil && a.kept(i) == nil && b.kept(i) == nil {
			continue
		}
		if !f.Equal(a.Get(f.Name), b.Get(f.Name)) {
			names = append(names, f.Name)
		}
	}
	return names
}
