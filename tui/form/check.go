package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// examined is what the rules say of the record, and what Kind.Fill filled in.
type examined struct {
	n     int
	fills []fill
	guess []fill
	found []model.Finding
	known []string // the derived values, by their place in the kind
	err   error
}

// fill is what one field's value filled in.
type fill struct {
	by     *model.Field
	values map[string]model.Value
}

// check examines the record in a command, when something changed since last time.
func (f *Form) check() tea.Cmd {
	if f.asked > 0 && f.checked == f.gen {
		return nil
	}
	f.asked++
	f.checked, f.examining = f.gen, true
	n, rec, fresh, own := f.asked, f.record(), f.fresh, f.ownFields()
	f.fresh = nil
	return f.do(func() any {
		m := examined{n: n, fills: f.fill(rec, fresh)}
		if f.open.Many != nil {
			m.found, m.err = f.examineMany(rec)
			return m
		}
		if m.guess, m.err = f.guess(rec, fresh, own); m.err != nil {
			return m
		}
		m.found, m.err = f.examine(rec)
		m.known = f.derive(rec)
		return m
	})
}

// derive computes the kind's derived values of the record as it stands in the form.
// It runs in a command.
func (f *Form) derive(rec *model.Record) []string {
	if len(f.kind.Derived) == 0 {
		return nil
	}
	env := f.app.Ledger.Env(f.app.Ctx)
	rec = rec.Clone()
	rec.Names = f.rec.Names
	values := make([]string, len(f.kind.Derived))
	for i, d := range f.kind.Derived {
		values[i] = d.Value(env, rec)
	}
	return values
}

// fill lets the kind fill in empty fields from those that were edited. It runs in a
// command.
func (f *Form) fill(rec *model.Record, fresh []string) []fill {
	if f.kind.Fill == nil {
		return nil
	}
	var fills []fill
	env := f.app.Ledger.Env(f.app.Ctx)
	for _, name := range fresh {
		one := fill{by: f.kind.Field(name), values: map[string]model.Value{}}
		for _, filled := range f.kind.Fill(env, rec, name) {
			one.values[filled] = rec.Get(filled)
		}
		if len(one.values) > 0 {
			fills = append(fills, one)
		}
	}
	return fills
}

// takeFindings puts the findings under their fields. Those of an examination that
// another one has overtaken are dropped; what was filled in stays.
func (f *Form) takeFindings(m examined) tea.Cmd {
	if m.n == f.asked {
		f.examining = false
	}
	if m.err != nil {
		return ui.Do(ui.Failed{Err: m.err})
	}
	cmd := tea.Batch(f.takeFills(m.fills), f.takeGuesses(m.guess))
	if m.n == f.asked {
		f.place(m.found)
		f.known = m.known
	}
	return cmd
}

// takeFills writes what was filled in into fields that are still empty.
func (f *Form) takeFills(fills []fill) tea.Cmd {
	var cmds []tea.Cmd
	for _, one := range fills {
		var labels []string
		for i, s := range f.slots {
			v, ok := one.values[s.field.Name]
			if !ok || !s.w.Typed().Empty() || i == f.cur && s.edited {
				continue
			}
			s.w.Set(v)
			s.touched = true
			s.fault = ""
			edited, own := s.edited, s.own
			cmds = append(cmds, f.noticed(s))
			s.edited, s.own = edited, own
			if i == f.cur {
				cmds = append(cmds, s.w.Enter())
			}
			labels = append(labels, s.field.Label)
		}
		if len(labels) > 0 {
			cmds = append(cmds, f.say("已按"+one.by.Label+"填上"+strings.Join(labels, "、")))
		}
	}
	if len(cmds) > 0 {
		f.checked = f.gen // the rules have seen the record with what was filled in
	}
	return tea.Batch(cmds...)
}

// place sorts the findings to their fields.
func (f *Form) place(all []model.Finding) {
	f.general = nil
	for _, s := range f.slots {
		s.found = nil
	}
	for _, g := range all {
		if s := f.slot(g.Field); s != nil {
			s.found = append(s.found, g)
		} else {
			f.general = append(f.general, g)
		}
	}
	f.placeMessage()
}

// placeMessage puts what the form was opened to show under its field, until the
// field is changed.
func (f *Form) placeMessage() {
	if f.open.Message == "" {
		return
	}
	g := model.Finding{Code: "E-RECEIPT", Severity: model.Warning, Field: f.open.Field, Message: f.open.Message}
	s := f.slot(g.Field)
	switch {
	case s == nil:
		f.general = append(f.general, g)
	case s.last.Equal(s.first):
		for i, same := range s.found {
			if strings.HasSuffix(g.Message, same.Message) { // said once is enough
				s.found[i].Message = g.Message
				return
			}
		}
		s.found = append(s.found, g)
	}
}

// findings gives what is to be shown under a field: nothing while it is typed in,
// nor under one that was neither filled nor left.
func (f *Form) findings(i int) []model.Finding {
	s := f.slots[i]
	switch {
	case f.locked != "":
		return s.found
	case i == f.cur && s.edited:
		return nil
	}
	if s.fault != "" {
		return []model.Finding{{Code: "E-TYPE", Severity: model.Fault, Field: s.field.Name, Message: s.fault}}
	}
	if f.showAll || s.touched || !s.last.Empty() {
		return s.found
	}
	return nil
}
