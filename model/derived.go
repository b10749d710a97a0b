package model

import "slices"

// Derived is a value computed from a record: shown in tables and sheets like a
// field, marked as computed. Rows are filtered and sorted by it as by a field.
type Derived struct {
	Name, Label string
	Width       int
	Value       func(env *Env, r *Record) string
	// Type is the type that what Value gives is of; nil is text.
	Type    Type
	Choices []string // of type choice
	// Since names the date field from which on the value counts whole years until
	// today. A ledger filters and sorts by that field then, however many rows there are.
	Since string
	Bands []Band
}

// Band is a group of a field's values that people ask for by name: 高中及以上, 60岁以上.
// Values are choices; From and To bound numbers, both included, and a To of 0 is open.
type Band struct {
	Name     string
	Values   []string
	From, To int64
}

// YearsSince is a Derived of the whole years from a date until today, nothing where the
// date is not known.
func YearsSince(name, label, date string, bands ...Band) Derived {
	return Derived{Name: name, Label: label, Width: 4, Type: TypeInt, Since: date, Bands: bands,
		Value: func(env *Env, r *Record) string {
			from := r.Date(date)
			if from == "" || env.Today == "" {
				return ""
			}
			return TypeInt.CSV(nil, int64(from.YearsAt(env.Today)))
		}}
}

// Field gives a field by which conditions on the value are read, compared and shown. No
// record stores it.
func (d *Derived) Field() *Field {
	t := d.Type
	if t == nil {
		t = TypeText
	}
	return &Field{Name: d.Name, Label: d.Label, Type: t, Choices: d.Choices, Width: d.Width, Bands: d.Bands}
}

// Column gives the field of that name, or that of the derived value; nil for neither.
func (k *Kind) Column(name string) *Field {
	if f := k.Field(name); f != nil {
		return f
	}
	if d := k.DerivedValue(name); d != nil {
		return d.Field()
	}
	return nil
}

// FindColumn is FindField among the derived values too. *Error: E-FIELD.
func (k *Kind) FindColumn(name string) (*Field, error) {
	f, err := k.FindField(name)
	if err == nil {
		return f, nil
	}
	for i := range k.Derived {
		if d := &k.Derived[i]; d.Name == name || d.Label == name {
			return d.Field(), nil
		}
	}
	return nil, err
}

// Band gives the field's band of that name.
func (f *Field) Band(name string) (Band, bool) {
	i := slices.IndexFunc(f.Bands, func(b Band) bool { return Fold(b.Name) == Fold(name) })
	if i < 0 {
		return Band{}, false
	}
	return f.Bands[i], true
}

// Conds gives the conditions under which a field's value stands in the band.
func (b Band) Conds(f *Field) []Cond {
	if len(b.Values) > 0 {
		return []Cond{Where(f.Name, In, b.Values...)}
	}
	var conds []Cond
	if b.From != 0 || b.To == 0 {
		conds = append(conds, Where(f.Name, Ge, f.Type.CSV(f, b.From)))
	}
	if b.To != 0 {
		conds = append(conds, Where(f.Name, Le, f.Type.CSV(f, b.To)))
	}
	return conds
}

// Of gives the band that conditions on a field make, among the field's; they are two
// where the band is bounded on both sides.
func (f *Field) bandOf(conds []Cond) (Band, bool) {
	i := slices.IndexFunc(f.Bands, func(b Band) bool {
		return slices.EqualFunc(b.Conds(f), conds, func(x, y Cond) bool {
			return x.Field == y.Field && x.Op == y.Op && slices.Equal(x.Values, y.Values)
		})
	})
	if i < 0 {
		return Band{}, false
	}
	return f.Bands[i], true
}

// BandOf gives the band of the field that one condition makes.
func (f *Field) BandOf(c Cond) (Band, bool) { return f.bandOf([]Cond{c}) }

// Probe is a kind of the derived values alone: Meets decides by a record of it whether
// computed values meet conditions.
func (k *Kind) Probe() *Kind {
	p := &Kind{Name: k.Name, Title: k.Title, Sections: []Section{{}}}
	for i := range k.Derived {
		p.Sections[0].Fields = append(p.Sections[0].Fields, k.Derived[i].Field())
	}
	return p
}

// Compute gives what the derived value is of a record, by its type; nil for nothing, and
// for a text that the type can't read.
func (d *Derived) Compute(env *Env, r *Record) Value {
	text := d.Value(env, r)
	if text == "" {
		return nil
	}
	f := d.Field()
	v, err := f.Type.Parse(f, text)
	if err != nil {
		return nil
	}
	return v
}

// BornBy gives the last date from which at least so many whole years have gone by until
// a day: one born then or earlier is that old. ok is false where no date is early enough.
func BornBy(years int, day Date) (last Date, ok bool) {
	if years >= day.Year() {
		return "", false
	}
	last = day.AddYears(-years)
	return last, last.Valid()
}

// validateBands looks whether a field's bands can be of its values.
func validateBands(k *Kind, f *Field) {
	for _, b := range f.Bands {
		for _, v := range b.Values {
			mustKnow(k, "band "+b.Name+" of "+f.Name, "choice", v, slices.Contains(f.Choices, v))
		}
		if b.Name == "" || len(b.Values) == 0 && (f.Type.Storage() != StoreInteger || b.To != 0 && b.To < b.From) {
			panic("model: " + k.Name + "." + f.Name + ": a band without name or values: " + b.Name)
		}
	}
}
