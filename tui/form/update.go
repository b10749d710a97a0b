package form

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/form/widget"
	"taizhang/tui/ui"
)

// Update implements ui.Screen.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		if f.kind == nil {
			if k, ok := m.(tea.KeyPressMsg); ok && ui.Is(k, ui.Back) {
				return ui.Do(ui.Pop{})
			}
			return nil
		}
		if f.cancels(msg) {
			return nil
		}
		if f.mustWait(msg) {
			f.waiting = append(f.waiting, msg)
			return nil
		}
		return f.input(msg)
	case ui.Finished:
		return f.finish()
	case ui.Changed:
		return f.changed(m)
	case reply:
		if m.to != f {
			return nil
		}
		return tea.Batch(f.receive(m.msg), f.replay())
	}
	return nil
}

// cancels takes Esc while a search is under way: it ends the search, and what was
// typed ahead of it is dropped.
func (f *Form) cancels(msg tea.Msg) bool {
	m, ok := msg.(tea.KeyPressMsg)
	if !ok || !f.ready || f.saving || !ui.Is(m, ui.Back) || !f.focused().w.Busy() {
		return false
	}
	f.waiting = nil
	f.focused().w.Receive(context.Canceled)
	return true
}

// mustWait reports input that must wait for an answer of the ledger: all of it
// while the record is read or saved, and while a search is under way what isn't
// typing. So nothing typed ahead is lost or meets a list of another name.
func (f *Form) mustWait(msg tea.Msg) bool {
	if !f.ready || f.saving || len(f.waiting) > 0 {
		return !f.closed
	}
	m, ok := msg.(tea.KeyPressMsg)
	if ok && f.examining && (ui.Is(m, ui.Save) || ui.Is(m, ui.SaveNext)) {
		return true // Kind.Fill may still fill something in
	}
	if !f.focused().w.Busy() {
		return false
	}
	if !ok {
		return true
	}
	_, types := ui.Typed(m)
	return !types && m.String() != "backspace"
}

// replay takes up input that has waited.
func (f *Form) replay() tea.Cmd {
	var cmds []tea.Cmd
	for len(f.waiting) > 0 && !f.closed {
		msg := f.waiting[0]
		rest := f.waiting[1:]
		f.waiting = nil
		if f.cancels(msg) {
			return nil
		}
		if f.mustWait(msg) {
			f.waiting = append([]tea.Msg{msg}, rest...)
			break
		}
		cmds = append(cmds, f.input(msg))
		f.waiting = rest
	}
	return tea.Batch(cmds...)
}

func (f *Form) input(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return f.key(m)
	case tea.PasteMsg:
		if f.locked != "" {
			return nil
		}
		s := f.focused()
		if f.guarded(s) {
			return f.sayGuarded(s)
		}
		return tea.Batch(s.w.Paste(m.Content), f.noticed(s))
	case tea.MouseClickMsg:
		return f.click(m)
	case tea.MouseWheelMsg:
		return f.wheel(m)
	}
	return nil
}

func (f *Form) receive(msg any) tea.Cmd {
	switch m := msg.(type) {
	case loaded:
		return f.take(m)
	case widget.Answer:
		return f.answered(m)
	case examined:
		return f.takeFindings(m)
	case saved:
		return f.takeSaved(m)
	case referring:
		return f.confirmDelete(m)
	case gone:
		return f.takeGone(m)
	case saveNow:
		return f.save()
	case giveUp:
		return f.giveUp()
	case deleteNow:
		return f.deleteRecord()
	case wentOn:
		return f.takeGoneOn(m)
	case broke:
		return f.recover(m)
	}
	return nil
}

// answered hands an answer to the widget that asked for it.
func (f *Form) answered(m widget.Answer) tea.Cmd {
	s := f.slot(m.Field)
	if s == nil {
		return nil
	}
	cmd := s.w.Receive(m.Msg)
	if err, failed := m.Msg.(error); failed {
		return ui.Do(ui.Failed{Err: err})
	}
	return tea.Batch(cmd, f.noticed(s))
}

// key takes the form's own keys before a widget sees any.
func (f *Form) key(m tea.KeyPressMsg) tea.Cmd {
	if ui.Is(m, ui.Print) {
		return f.print()
	}
	if f.locked != "" {
		return f.lookKey(m)
	}
	s := f.focused()
	if f.guarded(s) {
		return f.guardKey(m, s)
	}
	open := s.w.List() != nil
	mk := f.maker(s)
	switch {
	case mk != nil && ui.Is(m, ui.New) && (open || f.makesNow(s)):
		return tea.Batch(mk.Create(), f.noticed(s))
	case ui.Is(m, ui.Save):
		return f.save()
	case ui.Is(m, ui.SaveNext):
		return f.saveNext()
	case ui.Is(m, ui.Delete) && m.String() != "delete":
		return f.askDelete()
	case ui.Is(m, ui.Back):
		return f.back()
	case ui.Is(m, ui.Undo):
		m = tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl}
	case m.String() == "f3" && open:
		m = tea.KeyPressMsg{Code: tea.KeyEnter}
	}
	out, cmd := s.w.Key(m)
	cmd = tea.Batch(cmd, f.noticed(s))
	switch out {
	case widget.Taken:
		return cmd
	case widget.Onward:
		return tea.Batch(cmd, f.move(1))
	}
	return tea.Batch(cmd, f.walk(m))
}

// lookKey serves a form that only shows.
func (f *Form) lookKey(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case ui.Is(m, ui.Back):
		return f.back()
	case ui.Is(m, ui.Save):
		return ui.Do(ui.Status{Text: f.locked, Fault: true})
	}
	if _, types := ui.Typed(m); types {
		return ui.Do(ui.Status{Text: f.locked, Fault: true})
	}
	return f.walk(m)
}

// walk moves the focus.
func (f *Form) walk(m tea.KeyPressMsg) tea.Cmd {
	switch m.String() {
	case "tab", "enter", "down":
		return f.move(1)
	case "shift+tab", "up":
		return f.move(-1)
	case "pgdown":
		return f.jump(1)
	case "pgup":
		return f.jump(-1)
	case "ctrl+home":
		return f.goTo(0)
	case "ctrl+end":
		return f.goTo(len(f.slots) - 1)
	}
	return nil
}

// move goes on by d fields. At the end it stays: the next step is F2.
func (f *Form) move(d int) tea.Cmd {
	i := f.cur + d
	for i >= 0 && i < len(f.slots) && f.slots[i].hidden {
		i += d
	}
	if i < 0 {
		i = f.cur
	}
	if i >= len(f.slots) {
		return tea.Batch(f.goTo(f.cur), f.say("最后一项了,按 F2 "+f.saveLabel()))
	}
	return f.goTo(max(i, 0))
}

// jump goes to the beginning of the next or the present section, or eight fields on
// where there are none.
func (f *Form) jump(d int) tea.Cmd {
	sections := f.sections()
	starts := make([]int, 0, len(sections))
	n := 0
	for _, s := range sections {
		starts = append(starts, n)
		n += len(s.Fields)
	}
	if len(starts) < 2 {
		return f.goTo(min(max(f.cur+8*d, 0), len(f.slots)-1))
	}
	if d > 0 {
		for _, i := range starts {
			if i > f.cur {
				return f.goTo(i)
			}
		}
		return f.goTo(len(f.slots) - 1)
	}
	for k := len(starts) - 1; k >= 0; k-- {
		if starts[k] < f.cur {
			return f.goTo(starts[k])
		}
	}
	return nil
}

// goTo gives the focus to a field; the one left is examined. To the field that has
// it already it only takes what was typed.
func (f *Form) goTo(i int) tea.Cmd {
	cmd := f.leave()
	if i == f.cur {
		return cmd
	}
	f.cur = i
	f.focused().edited = false
	f.hide()
	return tea.Batch(cmd, f.focused().w.Enter())
}

// leave takes what is typed in the field with the focus, and examines it.
func (f *Form) leave() tea.Cmd {
	s := f.focused()
	if f.locked != "" {
		return nil
	}
	s.w.Leave()
	cmd := f.noticed(s)
	s.touched, s.edited = true, false
	s.read()
	return tea.Batch(cmd, f.check())
}

// read notes whether what is typed can be read.
func (s *slot) read() bool {
	_, err := s.w.Value()
	s.fault = ""
	if err != nil {
		s.fault = err.Error()
	}
	return err == nil
}

// noticed sees whether a field has changed, and keeps the draft then.
func (f *Form) noticed(s *slot) tea.Cmd {
	now := s.w.Typed()
	if now.Equal(s.last) || !f.ready {
		return nil
	}
	s.last = now
	s.edited, s.own = true, true
	f.gen++
	f.hide()
	if !slices.Contains(f.fresh, s.field.Name) {
		f.fresh = append(f.fresh, s.field.Name)
	}
	if f.locked != "" || f.closed || f.open.Many != nil {
		return nil
	}
	if err := f.drafts.keep(f.snapshot(), strings.TrimSpace(f.draftLabel()), f.rec.Rev); err != nil {
		return ui.Do(ui.Failed{Err: err})
	}
	return nil
}

// snapshot is everything as it stands in the form.
func (f *Form) snapshot() *kept {
	k := &kept{Focus: f.focused().field.Name, Fields: make(map[string]widget.Typed, len(f.slots))}
	for _, s := range f.slots {
		if !s.last.Empty() || !s.first.Empty() {
			k.Fields[s.field.Name] = s.last
			if s.field.Guess != nil && !s.own {
				k.Guessed = append(k.Guessed, s.field.Name)
			}
		}
	}
	return k
}

// draftLabel names the record as far as it is filled in.
func (f *Form) draftLabel() string {
	r := f.record()
	r.Names = f.names
	var parts []string
	for _, name := range f.kind.Label {
		if s := r.Text(name); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

// record gives the record as the form holds it; what can't be read stays empty.
func (f *Form) record() *model.Record {
	r := f.rec.Clone()
	for _, s := range f.slots {
		v, err := s.w.Value()
		if err != nil {
			v = nil
		}
		r.Set(s.field.Name, v)
	}
	return r
}
