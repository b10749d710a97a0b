package fill

import (
	"strings"

	"taizhang/model"
)

// Source is what a blank can be filled with.
type Source struct {
	// Name says what it is as records.md names fields: phone, owner.phone, age,
	// yesno(away_card), post(党组织), branch, dues(2026-01); # is the running number.
	Name  string
	Label string // for people: 负责人的联系电话
	field *model.Field
	// path are the refs, or the roll, that lead to the record that has the value.
	path []*model.Field
	get  func(*reading, *model.Record) any
}

// ByRoll tells of what is known of the persons on a record's roll: a row each.
func (s *Source) ByRoll() bool { return len(s.path) > 0 && s.path[0].Type == model.TypeRoll }

// own tells of a value of the record itself.
func (s *Source) own() bool { return len(s.path) == 0 }

// through gives the same value of the record that a ref of another leads to.
func (s *Source) through(f *model.Field) *Source {
	t := *s
	t.path = append([]*model.Field{f}, s.path...)
	t.Name, t.Label = f.Name+"."+s.Name, f.Label+"的"+s.Label
	return &t
}

// is tells of a field of that type, or of what is made of one.
func (s *Source) is(t model.Type) bool { return s.field != nil && s.field.Type == t }

// number tells of values that a form takes as numbers.
func (s *Source) number() bool {
	if s.field == nil {
		return true // derived values look for themselves
	}
	switch s.field.Type {
	case model.TypeInt, model.TypeMoney, model.TypeYear:
		return true
	}
	return false
}

// serial is the running number.
var serial = &Source{Name: "#", Label: "序号"}

// reading is the ledger as the sources see it while one form is being filled.
type reading struct {
	env   *model.Env
	year  int                        // of which the form asks: 2026, 0 for this one
	known map[string]*model.Record   // records referred to, by kind and id
	sets  map[string][]*model.Record // records that refer to one, by question and id
	mark  *model.Mark                // the line of the roll whose row is being filled
	err   error                      // the first fault
}

func newReading(env *model.Env, year int) *reading {
	if year == 0 {
		year = env.Today.Year()
	}
	return &reading{env: env, year: year, known: map[string]*model.Record{}, sets: map[string][]*model.Record{}}
}

func (r *reading) fail(err error) {
	if err != nil && r.err == nil {
		r.err = err
	}
}

// get gives a record, nil where there is none.
func (r *reading) get(kind, id string) *model.Record {
	if id == "" {
		return nil
	}
	at := kind + "/" + id
	if got, ok := r.known[at]; ok {
		return got
	}
	got, err := r.env.Look.Get(kind, id)
	r.fail(err)
	r.known[at] = got
	return got
}

// referring gives the records of a kind that meet the conditions and refer to a record by
// a field, in the order in which they were written. They are all read at once: a form
// has hundreds of rows.
func (r *reading) referring(kind, field, id string, conds ...model.Cond) []*model.Record {
	var q strings.Builder
	q.WriteString(kind + "." + field)
	for _, c := range conds {
		q.WriteString("\x00" + c.Field + strings.Join(c.Values, "\x00"))
	}
	question := q.String()
	if _, asked := r.sets[question]; !asked {
		r.sets[question] = nil
		found, err := r.env.Look.Find(kind, conds...)
		r.fail(err)
		for _, f := range found {
			if field == "" { // all of them
				r.sets[question+"\x01"] = append(r.sets[question+"\x01"], f)
				continue
			}
			for _, to := range targets(f, field) {
				r.sets[question+"\x01"+to] = append(r.sets[question+"\x01"+to], f)
			}
		}
	}
	return r.sets[question+"\x01"+id]
}

// targets gives the records that a field refers to.
func targets(r *model.Record, field string) []string {
	switch v := r.Get(field).(type) {
	case string:
		return []string{v}
	case []string:
		return v
	case []model.Mark:
		all := make([]string, len(v))
		for i, m := range v {
			all[i] = m.Target
		}
		return all
	}
	return nil
}

// follow gives the record that a ref, or the row's mark of a roll, leads to.
func (r *reading) follow(rec *model.Record, f *model.Field) *model.Record {
	switch {
	case rec == nil:
		return nil
	case f.Type == model.TypeRoll:
		if r.mark == nil {
			return nil
		}
		return r.get(f.Target, r.mark.Target)
	}
	return r.get(f.Target, rec.Str(f.Name))
}

// raw gives a source's value of a record as the field's type gives it to a sheet: string,
// time.Time, float64, int64 or nil.
func (r *reading) raw(s *Source, rec *model.Record) any {
	for _, f := range s.path {
		rec = r.follow(rec, f)
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
	if marks, ok := v.([]model.Mark); ok {
		return r.names(s.field, marks, func(string) bool { return true })
	}
	return s.field.Type.Cell(s.field, v, func(id string) string { return r.label(rec, s.field, id) })
}

// names lists those on a roll whose state counts.
func (r *reading) names(f *model.Field, marks []model.Mark, counts func(state string) bool) string {
	var all []string
	for _, m := range marks {
		if p := r.get(f.Target, m.Target); p != nil && counts(m.State) {
			all = append(all, p.Text(p.Kind.Label[0]))
		}
	}
	return strings.Join(all, "、")
}

// label names a record that another refers to.
func (r *reading) label(rec *model.Record, f *model.Field, id string) string {
	if name := rec.Name(id); name != "" {
		return name
	}
	got := r.get(f.Target, id)
	if got == nil {
		return ""
	}
	return got.Label()
}

// yesNo makes 是 or 否 of a source.
func yesNo(s *Source) *Source {
	return &Source{Name: "yesno(" + s.Name + ")", Label: "有无" + s.Label, path: s.path, field: yesNoField, get: func(r *reading, rec *model.Record) any {
		if r.here(s, rec) {
			return "是"
		}
		return "否"
	}}
}

// yesNoField is the field that a made 是 or 否 is written like.
var yesNoField = &model.Field{Name: "yesno", Label: "是否", Type: model.TypeBool}

// here tells whether a record, reached already, has a value other than 否.
func (r *reading) here(s *Source, rec *model.Record) bool {
	at := *s
	at.path = nil
	switch v := r.raw(&at, rec).(type) {
	case nil:
		return false
	case string:
		return v != "" && v != "否" && v != "无"
	}
	return true
}

// chosen makes a tick of one choice of a source: the columns 男 and 女 under 性别.
func chosen(s *Source, value string) *Source {
	return &Source{Name: s.Name + "=" + value, Label: s.Label + "为" + value, path: s.path, get: func(r *reading, rec *model.Record) any {
		at := *s
		at.path = nil
		if v, ok := r.raw(&at, rec).(string); ok && v == value {
			return "√"
		}
		return nil
	}}
}
