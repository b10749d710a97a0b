package fill

import (
	"strings"

	"taizhang/model"
)

// Source is what a blank can be filled with.
type Source struct {
	// Name says what it is as records.md names fields: phone, owner.phone, age,
	// yesno(away_card), post(党组织), branch; # is the running number.
	Name  string
	Label string // for people: 负责人的联系电话
	field *model.Field
	// through is the ref or roll that leads to the record that has the value, or nil.
	through *model.Field
	get     func(*reading, *model.Record) any
}

// ByRoll tells of what is known of the persons on a record's roll: a row each.
func (s *Source) ByRoll() bool { return s.through != nil && s.through.Type == model.TypeRoll }

// serial is the running number.
var serial = &Source{Name: "#", Label: "序号"}

// reading is the ledger as the sources see it while one form is being filled.
type reading struct {
	env   *model.Env
	known map[string]*model.Record // records referred to, by kind and id
	mark  *model.Mark              // the line of the roll whose row is being filled
	err   error                    // the first fault
}

// follow gives the record that a ref, or the row's mark of a roll, leads to.
func (r *reading) follow(rec *model.Record, f *model.Field) *model.Record {
	id := ""
	switch {
	case rec == nil:
		return nil
	case f.Type == model.TypeRoll:
		if r.mark == nil {
			return nil
		}
		id = r.mark.Target
	default:
		id = rec.Str(f.Name)
	}
	if id == "" {
		return nil
	}
	at := f.Target + "/" + id
	if got, ok := r.known[at]; ok {
		return got
	}
	got, err := r.env.Look.Get(f.Target, id)
	if err != nil && r.err == nil {
		r.err = err
	}
	r.known[at] = got
	return got
}

// raw gives a source's value of a record as the field's type gives it to a sheet: string,
// time.Time, float64, int64 or nil.
func (r *reading) raw(s *Source, rec *model.Record) any {
	if s.through != nil {
		rec = r.follow(rec, s.through)
	}
	if rec == nil {
		return nil
	}
	if s.get != nil {
		return s.get(r, rec)
	}
	v := rec.Get(s.field.Name)
	if v == nil {
		return nil
	}
	return s.field.Type.Cell(s.field, v, func(id string) string { return r.label(rec, s.field, id) })
}

// label names a record that another refers to.
func (r *reading) label(rec *model.Record, f *model.Field, id string) string {
	if name := rec.Name(id); name != "" {
		return name
	}
	got, err := r.env.Look.Get(f.Target, id)
	if err != nil && r.err == nil {
		r.err = err
	}
	if got == nil {
		return ""
	}
	var parts []string
	for _, n := range got.Kind.Label {
		if t := got.Text(n); t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, " ")
}

// yesNo makes 是 or 否 of a source.
func yesNo(s *Source) *Source {
	return &Source{Name: "yesno(" + s.Name + ")", Label: "是否" + s.Label, through: s.through, get: func(r *reading, rec *model.Record) any {
		inner := *s
		inner.through = nil
		v := r.raw(&inner, rec)
		switch v := v.(type) {
		case nil:
			return "否"
		case string:
			if v == "" || v == "否" {
				return "否"
			}
		}
		return "是"
	}}
}
