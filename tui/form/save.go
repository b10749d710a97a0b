package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/tui/ui"
)

// saved answers a saving; kept is why the draft could not be dropped after it.
type saved struct {
	saved store.Saved
	err   error
	kept  error
}

// The answers to the form's questions.
type (
	saveNow   struct{}
	giveUp    struct{}
	deleteNow struct{}
)

// save takes what is typed and saves the record in a command. Warnings don't keep
// it from being saved: they were shown, and the month's check lists them.
func (f *Form) save() tea.Cmd {
	s := f.focused()
	s.w.Leave()
	cmd := f.noticed(s)
	s.touched, s.edited, f.showAll = true, false, true
	first, n := -1, 0
	for i, s := range f.slots {
		if !s.read() {
			n++
			if first < 0 {
				first = i
			}
		}
	}
	if n > 0 {
		f.general = nil
		return tea.Batch(cmd, f.check(), f.goToFault(first), f.notSaved())
	}
	f.saving = true
	rec, fresh := f.record(), f.fresh
	f.fresh = nil
	return tea.Batch(cmd, f.do(func() any {
		var m saved
		f.fill(rec, fresh)
		m.saved, m.err = f.app.Ledger.Save(f.app.Ctx, model.FromForm, rec)
		if m.err == nil {
			m.kept = f.drafts.drop()
		}
		return m
	}))
}

// notSaved says where it is written why the record was not saved.
func (f *Form) notSaved() tea.Cmd {
	text := "没有保存,请先改好“" + f.focused().field.Label + "”"
	if len(model.Faults(f.general)) > 0 {
		text = "没有保存,原因写在最上面"
	}
	return ui.Do(ui.Status{Text: text, Fault: true})
}

// goToFault gives the focus to a field that is wrong.
func (f *Form) goToFault(i int) tea.Cmd {
	f.cur = i
	f.focused().edited = false
	return f.focused().w.Enter()
}

func (f *Form) takeSaved(m saved) tea.Cmd {
	f.saving = false
	if m.err != nil {
		return f.refused(m.err)
	}
	f.closed = true
	var cmds []tea.Cmd
	for _, c := range changes(m.saved.Records) {
		cmds = append(cmds, ui.Do(c))
	}
	cmds = append(cmds, ui.Do(ui.Pop{}))
	if m.kept != nil {
		cmds = append(cmds, ui.Do(ui.Failed{Err: m.kept}))
	} else {
		cmds = append(cmds, f.say(f.savedText(m.saved)))
	}
	if f.open.Picked != nil {
		cmds = append(cmds, f.open.Picked(m.saved.Records[0]))
	}
	if len(f.kind.Papers) > 0 {
		cmds = append(cmds, f.app.OpenPapers(ui.PrintOf{Kind: f.kind.Name, Record: m.saved.Records[0], Saved: true}))
	}
	return tea.Sequence(cmds...)
}

// changes tells which kinds were written; of each the first record.
func changes(recs []*model.Record) []ui.Changed {
	var all []ui.Changed
	seen := map[string]bool{}
	for _, r := range recs {
		if !seen[r.Kind.Name] {
			seen[r.Kind.Name] = true
			all = append(all, ui.Changed{Kind: r.Kind.Name, ID: r.ID})
		}
	}
	return all
}

// savedText says what was saved, what followed from it and what is still to mend.
func (f *Form) savedText(s store.Saved) string {
	text := "已保存"
	var more []string
	for _, r := range s.Records[1:] {
		if t := r.Kind.Title; !slices.Contains(more, t) {
			more = append(more, t)
		}
	}
	if len(more) > 0 {
		text += ",同时更新了" + strings.Join(more, "、")
	}
	var warnings []string
	for _, g := range s.Findings {
		if g.Severity == model.Warning {
			warnings = append(warnings, g.Message)
		}
	}
	if len(warnings) > 0 {
		text += fmt.Sprintf("。有 %d 条提醒:%s", len(warnings), warnings[0])
	}
	return text
}

// refused shows why the record was not saved: rules under their fields, anything
// else at the top. Nothing that was filled in is lost.
func (f *Form) refused(err error) tea.Cmd {
	var refusal *store.Refusal
	var known *model.Error
	switch {
	case errors.As(err, &refusal):
		found := refusal.Findings
		if refusal.Kind != nil && refusal.Kind != f.kind {
			found = nil
			for _, g := range refusal.Findings {
				g.Message, g.Field = "要同时更新的"+refusal.Kind.Title+":"+g.Message, ""
				found = append(found, g)
			}
		}
		f.asked++ // an examination under way knows less
		f.examining = false
		f.place(found)
	case errors.As(err, &known):
		f.asked++
		f.examining = false
		f.general = nil
		g := model.Finding{Code: known.Code, Severity: model.Fault, Field: known.Field, Message: known.Message}
		if s := f.slot(known.Field); s != nil {
			s.found = append(s.found, g)
		} else {
			f.general = append(f.general, g)
		}
	default:
		return ui.Do(ui.Failed{Err: err})
	}
	return tea.Batch(f.goToFirstFault(), f.notSaved())
}

// goToFirstFault gives the focus to the first field with an error; what is wrong
// with the record as a whole stands at the top.
func (f *Form) goToFirstFault() tea.Cmd {
	for i, s := range f.slots {
		if len(model.Faults(s.found)) > 0 {
			return f.goToFault(i)
		}
	}
	return nil
}

// back closes an open list, or the form; with changes it asks.
func (f *Form) back() tea.Cmd {
	s := f.focused()
	if l := s.w.List(); l != nil {
		l.Close()
		return nil
	}
	if !f.dirty() {
		return f.giveUp()
	}
	return ui.Do(ui.Ask{
		Title: "返回",
		Text:  f.Title() + ":有改动还没保存。",
		Choices: []ui.Choice{
			{Label: "保存并返回", Cmd: f.do(func() any { return saveNow{} })},
			{Label: "放弃修改", Cmd: f.do(func() any { return giveUp{} })},
			{Label: "继续填写"},
		},
	})
}

// gone tells that the form may close: what was in it is deleted or given up.
type gone struct {
	deleted bool
	err     error
}

// giveUp drops the draft and goes back.
func (f *Form) giveUp() tea.Cmd {
	f.closed = true
	return f.do(func() any { return gone{err: f.drafts.drop()} })
}

func (f *Form) takeGone(m gone) tea.Cmd {
	f.saving = false
	if m.err != nil && m.deleted {
		f.closed = false
		return ui.Do(ui.Failed{Err: m.err})
	}
	cmds := []tea.Cmd{ui.Do(ui.Pop{})}
	if m.deleted {
		f.closed = true
		cmds = []tea.Cmd{ui.Do(ui.Changed{Kind: f.kind.Name}), ui.Do(ui.Pop{}), f.say("已放进回收站;按 Ctrl+Z 可以撤销")}
	} else if m.err != nil && !f.app.Ledger.ReadOnly() {
		cmds = append(cmds, ui.Do(ui.Failed{Err: m.err}))
	}
	return tea.Sequence(cmds...)
}

// referring is what refers to the record that is to be deleted.
type referring struct {
	refs []store.Reference
	err  error
}

func (f *Form) askDelete() tea.Cmd {
	if f.rec.Rev == 0 {
		return f.say("这条还没保存,不用删除;不要它就按 Esc,选“放弃修改”")
	}
	return f.do(func() any {
		refs, err := f.app.Ledger.Referring(f.app.Ctx, f.kind.Name, f.rec.ID)
		return referring{refs, err}
	})
}

func (f *Form) confirmDelete(m referring) tea.Cmd {
	if m.err != nil {
		return ui.Do(ui.Failed{Err: m.err})
	}
	text := "把这条" + f.kind.Title + f.label() + " 放进回收站吗?以后可以从回收站恢复。"
	for _, r := range m.refs {
		text += fmt.Sprintf("\n有 %d 条%s的“%s”用到它:%s", r.Count, r.Kind.Title, r.Field.Label, strings.Join(r.Labels, "、"))
	}
	return ui.Do(ui.Ask{
		Title: "删除", Text: text,
		Choices: []ui.Choice{{Label: "不删除"}, {Label: "删除", Cmd: f.do(func() any { return deleteNow{} })}},
	})
}

func (f *Form) deleteRecord() tea.Cmd {
	f.saving = true
	return f.do(func() any {
		err := f.app.Ledger.Delete(f.app.Ctx, f.kind.Name, f.rec.ID)
		if err == nil {
			err = f.drafts.drop()
		}
		return gone{deleted: true, err: err}
	})
}
