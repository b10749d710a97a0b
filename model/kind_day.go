package model

import "slices"

// DayFields gives the fields that date a record of the kind, the best first: the required
// dates in the order of the form, the other dates that can't lie in the future, months,
// years, and last what is planned. The first of them that is filled is the record's day.
func (k *Kind) DayFields() []*Field {
	var all []*Field
	for rank := range dayRanks {
		for _, f := range k.Fields() {
			if dayRank(f) == rank {
				all = append(all, f)
			}
		}
	}
	return all
}

// dayRanks is the number of ranks of dayRank.
const dayRanks = 5

// dayRank tells how well a field dates its record, 0 best; -1 for no date at all.
func dayRank(f *Field) int {
	switch {
	case f.Type == TypeDate && f.Required:
		return 0
	case f.Type == TypeDate && !f.Ahead:
		return 1
	case f.Type == TypeMonth:
		return 2
	case f.Type == TypeYear:
		return 3
	case f.Type == TypeDate:
		return 4
	}
	return -1
}

// Brief gives what a line about a record says of it: the texts of its label, then of its
// columns, as tables show them, each once; without the day and what refers to one
// record, which the line is about, and without lists.
func (r *Record) Brief(about string) []string {
	var texts []string
	seen := map[string]bool{}
	for _, name := range append(slices.Clone(r.Kind.Label), r.Kind.Columns...) {
		f := r.Kind.Field(name)
		if f == nil || seen[name] || f.Linked() || f.Target != "" && r.Str(name) == about {
			continue
		}
		seen[name] = true
		if f.Type == TypeDate && name == r.dayField() || f.Type == TypeBool && !r.Bool(name) {
			continue
		}
		text := r.Masked(name)
		switch f.Type { // which say little without their name
		case TypeBool:
			text = f.Label
		case TypeMoney:
			text += "元"
		case TypeInt, TypeDate:
			text = f.Label + text
		}
		if r.Filled(name) && text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// dayField names the field that dates the record, "" where none is filled.
func (r *Record) dayField() string {
	for _, f := range r.Kind.DayFields() {
		if r.Filled(f.Name) {
			return f.Name
		}
	}
	return ""
}

// Day gives the record's day as its kind dates it: YYYY-MM-DD, YYYY-MM, YYYY or "".
func (r *Record) Day() string {
	name := r.dayField()
	if name == "" {
		return ""
	}
	return r.Text(name)
}
