package form

import (
	"errors"
	"fmt"
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
	// offers are what usually follows; unoffered is why that could not be told.
	offers    []model.Offer
	unoffered error
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
	f.next = false
	return f.write()
}

// saveNext saves and goes on with the next record of the kind.
func (f *Form) saveNext() tea.Cmd {
	f.next = true
	return f.write()
}

func (f *Form) write() tea.Cmd {
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
	if f.open.Many != nil {
		return tea.Batch(cmd, f.goOn())
	}
	f.saving = true
	rec, fresh := f.record(), f.fresh
	f.fresh = nil
	return tea.Batch(cmd, f.do(func() any {
		var m saved
		f.fill(rec, fresh)
		recs, err := f.spread(rec)
		if m.err = err; err == nil {
			m.saved, m.err = f.app.Ledger.Save(f.app.Ctx, model.FromForm, recs...)
		}
		if m.err == nil {
			m.kept = f.drafts.drop()
			m.offers, m.unoffered = f.offered(m.saved)
		}
		return m
	}))
}

// notSaved says where it is written why the record was not saved.
func (f *Form) notSaved() tea.Cmd {
	text := "没有保存,请先改好“" + f.focused().field.Label + "”"
	if f.open.Many != nil {
		text = "请先改好“" + f.focused().field.Label + "”"
	} else if len(model.Faults(f.general)) > 0 {
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
	rec := m.saved.Records[0]
	cmds = append(cmds, f.depart(rec))
	if m.kept != nil {
		cmds = append(cmds, ui.Do(ui.Failed{Err: m.kept}))
	} else {
		cmds = append(cmds, f.say(f.savedText(m.saved)))
	}
	if f.open.Picked != nil {
		cmds = append(cmds, f.open.Picked(rec))
	}
	if len(f.kind.Papers) > 0 {
		cmds = append(cmds, f.app.OpenPapers(ui.PrintOf{Kind: f.kind.Name, Record: rec, Saved: true}))
	}
	switch {
	case m.unoffered != nil:
		cmds = append(cmds, ui.Do(ui.Failed{Err: m.unoffered}))
	case len(m.offers) > 0:
		cmds = append(cmds, ui.Do(ui.Push{Screen: newOffers(f.app, rec, m.offers)}))
	}
	if ask := f.app.AskHandOver(m.saved.Records[:1]); ask != nil {
		cmds = append(cmds, ask)
	}
	return tea.Sequence(cmds...)
}

// depart leaves the form, or puts that of the next record in its place.
func (f *Form) depart(saved *model.Record) tea.Cmd {
	if !f.next {
		return ui.Do(ui.Pop{})
	}
	return ui.Do(ui.Replace{Screen: f.app.Form(f.app, ui.FormOf{Kind: f.kind.Name, Like: saved.ID, Picked: f.open.Picked})})
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
	if f.open.Many != nil {
		return f.askGiveUp()
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
		cmds = []tea.Cmd{ui.Do(ui.Changed{Kind: f.kind.Name}), ui.Do(ui.Pop{}), f.say("已删除" + f.kind.Title + f.label() + ",放进了回收站;按 Ctrl+Z 撤销")}
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
	uses := make([]string, len(m.refs))
	for i, r := range m.refs {
		uses[i] = fmt.Sprintf("%s的%s %d 条(%s)", r.Kind.Title, r.Field.Label, r.Count, strings.Join(r.Labels, "、"))
	}
	return ui.AskDelete("这条"+f.kind.Title+f.label()+" ", uses, f.do(func() any { return deleteNow{} }))
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
