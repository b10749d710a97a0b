package form

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// reply brings what a command gave back to the form that sent it: another form may
// stand in its place in the stack.
type reply struct {
	to  *Form
	msg any
}

// broke tells that a command of the form met a fault of the program.
type broke struct{ err error }

// do runs fn in a command and gives Update what it returns. Also after a panic an
// answer comes, so that the form doesn't wait for it for ever.
func (f *Form) do(fn func() any) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = reply{f, broke{fmt.Errorf("panic in the form of %s: %v\n%s", f.kind.Name, p, debug.Stack())}}
			}
		}()
		return reply{f, fn()}
	}
}

// recover goes on after a fault: nothing that was asked is waited for any more.
func (f *Form) recover(m broke) tea.Cmd {
	f.saving, f.examining = false, false
	for _, s := range f.slots {
		s.w.Receive(m.err)
	}
	return ui.Do(ui.Failed{Err: m.err})
}

// say shows a line for the person.
func (f *Form) say(text string) tea.Cmd { return ui.Do(ui.Status{Text: text}) }

// loaded is the record to edit, with the names of what it and a draft refer to.
type loaded struct {
	rec   *model.Record
	names map[string]string
	draft *kept
	like  *like
	err   error
}

// kept is what a draft holds; the form alone knows its structure.
type kept struct {
	Focus  string                  `json:"focus"`
	Fields map[string]widget.Typed `json:"fields"`
	// Guessed are the fields that hold a guess.
	Guessed []string `json:"guessed,omitempty"`
}

func (k *kept) guessed(field string) bool { return slices.Contains(k.Guessed, field) }

// load reads the record, or makes a new one with its defaults and presets.
func (f *Form) load() tea.Cmd {
	o := f.open
	return f.do(func() any {
		m := loaded{names: map[string]string{}}
		m.err = f.read(o, &m)
		return m
	})
}

func (f *Form) read(o ui.FormOf, m *loaded) (err error) {
	l, ctx := f.app.Ledger, f.app.Ctx
	if o.Draft != nil {
		m.draft = &kept{}
		if err := json.Unmarshal(o.Draft.Texts, m.draft); err != nil {
			return fmt.Errorf("draft %s: %w", o.Draft.ID, err)
		}
		if o.ID == "" {
			o.ID = o.Draft.RecordID
		}
	}
	if o.ID != "" {
		m.rec, err = l.Get(ctx, f.kind.Name, o.ID)
	} else {
		m.rec, err = l.New(ctx, f.kind.Name)
	}
	if err != nil {
		return err
	}
	for id, name := range m.rec.Names {
		m.names[id] = name
	}
	for name, v := range o.Preset {
		if o.ID == "" && (f.kind.Field(name) != nil || f.kind.Asked(name) != nil) {
			m.rec.Set(name, v)
		}
	}
	if err := f.repeat(o, m); err != nil {
		return err
	}
	if o.ID == "" && len(o.Preset) > 0 {
		if err := f.guessFor(m.rec, o.Preset); err != nil {
			return err
		}
	}
	return f.readNames(m)
}

// readNames looks up what the presets and the draft refer to.
func (f *Form) readNames(m *loaded) error {
	for _, field := range f.kind.Fields() {
		ids := model.Targets(m.rec.Get(field.Name))
		if m.like != nil {
			ids = append(ids, model.Targets(m.like.usual[field.Name])...)
		}
		if m.draft != nil {
			t := m.draft.Fields[field.Name]
			ids = append(append([]string(nil), t.Chosen...), model.Targets(t.Marks)...)
		}
		switch {
		case field.Target != "" && len(ids) > 0:
			labels, err := f.app.Ledger.Labels(f.app.Ctx, field.Target, ids)
			if err != nil {
				return err
			}
			for id, label := range labels {
				m.names[id] = label
			}
		case field.Type == model.TypeOrgCode:
			for _, code := range ids {
				name, _, err := f.app.Ledger.Env(f.app.Ctx).Look.OrgCode(code)
				if err != nil {
					return err
				}
				if name != "" {
					m.names[code] = name
				}
			}
		}
	}
	return nil
}

// take fills the form with the record read, then with the draft.
func (f *Form) take(m loaded) tea.Cmd {
	if m.err != nil {
		f.closed = true
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Failed{Err: m.err}))
	}
	f.rec, f.names, f.like, f.ready = m.rec, m.names, m.like, true
	f.rec.Names = m.names
	for _, s := range f.slots {
		s.w.Set(f.rec.Get(s.field.Name))
		s.first = s.w.Typed()
		s.last = s.first
	}
	f.hide()
	f.lock()
	if f.locked != "" {
		f.placeMessage() // the rules don't speak of what can't be changed
	}
	f.cur = max(f.index(f.open.Field), 0)
	f.settle()
	if m.draft != nil {
		f.resume(m.draft)
	}
	f.showAll = f.rec.Rev > 0
	cmds := []tea.Cmd{f.focused().w.Enter()}
	if m.draft != nil {
		f.focused().w.Restore(f.focused().last) // half typed: one goes on behind it
	}
	if f.locked == "" {
		cmds = append(cmds, f.check())
	}
	return tea.Batch(cmds...)
}

// lock tells why the form only shows.
func (f *Form) lock() {
	home := f.app.Ledger.Home()
	switch {
	case f.app.Ledger.ReadOnly():
		f.locked = "台账是只读打开的,这里只能看,不能改。"
	case f.rec.DeletedAt != "":
		f.locked = "这条记录在回收站里,这里只能看;要改请先从回收站恢复。"
	case f.rec.OrgID != "" && home != nil && f.rec.OrgID != home.ID:
		f.locked = "这条记录属于别的党组织,这里只能看,不能改。"
	}
}

// resume goes on from a draft: every field as it was typed, the focus where it was.
// The record's rev is the one that the draft began with, so that a change made
// meanwhile is not written over unseen.
func (f *Form) resume(d *kept) {
	for _, s := range f.slots {
		if t, ok := d.Fields[s.field.Name]; ok {
			s.w.Restore(t)
			s.last = s.w.Typed()
			if !s.last.Equal(s.first) {
				s.own = !d.guessed(s.field.Name)
				f.fresh = append(f.fresh, s.field.Name)
			}
		}
	}
	if f.open.Draft.RecordID != "" {
		f.rec.Rev = f.open.Draft.BaseRev
	}
	if i := f.index(d.Focus); i >= 0 {
		f.cur = i
	}
}

// org is the organisation whose record this is.
func (f *Form) org() string {
	if f.rec != nil && f.rec.OrgID != "" {
		return f.rec.OrgID
	}
	if home := f.app.Ledger.Home(); home != nil {
		return home.ID
	}
	return ""
}
