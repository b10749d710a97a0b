package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// guardText says by what a field changes that may not be changed here.
func (f *Form) guardText(s *slot) string {
	title := s.field.Through
	if k := f.app.Ledger.Kinds().Kind(s.field.Through); k != nil {
		title = k.Title
		if k.BeginTitle != "" {
			title = k.BeginTitle
		}
	}
	return s.field.Label + "保存过以后,只能通过“" + title + "”来改:按回车去办理"
}

func (f *Form) sayGuarded(s *slot) tea.Cmd { return f.say(f.guardText(s)) }

// guardKey serves a field that changes through another kind alone: Enter opens it.
func (f *Form) guardKey(m tea.KeyPressMsg, s *slot) tea.Cmd {
	switch {
	case ui.Is(m, ui.Save):
		return f.save()
	case ui.Is(m, ui.SaveNext):
		return f.saveNext()
	case ui.Is(m, ui.Delete) && m.String() != "delete":
		return f.askDelete()
	case ui.Is(m, ui.Back):
		return f.back()
	case ui.Is(m, ui.Open):
		if f.dirty() {
			return f.say("请先按 F2 保存已改的内容,再办理")
		}
		return f.openThrough(s)
	}
	if _, types := ui.Typed(m); types || m.String() == "backspace" || m.String() == "delete" {
		return f.sayGuarded(s)
	}
	return f.walk(m)
}

// openThrough begins a record of the kind through which the field changes, about
// this record.
func (f *Form) openThrough(s *slot) tea.Cmd {
	k := f.app.Ledger.Kinds().Kind(s.field.Through)
	if k == nil {
		return nil
	}
	preset := map[string]model.Value{}
	for _, field := range k.Fields() {
		if field.Target == f.kind.Name && field.Type == model.TypeRef {
			preset[field.Name] = f.rec.ID
			break
		}
	}
	if len(k.Begins) > 0 {
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Push{Screen: NewBegin(f.app, k, preset)}))
	}
	return tea.Sequence(ui.Do(ui.Pop{}), f.app.OpenForm(ui.FormOf{Kind: k.Name, Preset: preset}))
}
