package form

import (
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// A form for many records (ui.Many) asks once for what they share, and goes on to the
// screen that shows what will be written; it saves nothing itself.

var manyHelp = []string{
	"这里只填这些人(或这些记录)共同的几项,填一次就行;各人不一样的,下一屏再改。",
	"填好按 F2 看一看要记的内容和名单,再按一次 F2 才写进台账。",
}

// manySections is the one section of what is asked, in the order asked.
func (f *Form) manySections() []model.Section {
	fields := make([]*model.Field, len(f.open.Many.Fields))
	for i, name := range f.open.Many.Fields {
		fields[i] = f.kind.MustField(name)
	}
	return []model.Section{{Fields: fields}}
}

// saveLabel says what F2 does.
func (f *Form) saveLabel() string {
	if f.open.Many != nil {
		return "下一步"
	}
	return "保存"
}

// examineMany gives what the rules say of the fields asked; what they say of the others
// is for the screen that follows, where they are known.
func (f *Form) examineMany(rec *model.Record) ([]model.Finding, error) {
	if f.open.Many.Loose {
		return nil, nil
	}
	found, err := f.app.Ledger.Check(f.app.Ctx, rec)
	return slices.DeleteFunc(found, func(g model.Finding) bool { return g.Gap || !slices.Contains(f.open.Many.Fields, g.Field) }), err
}

// wentOn answers goOn: the screen that follows, or why there is none.
type wentOn struct {
	next  ui.Screen
	found []model.Finding
	err   error
}

// goOn looks at what was filled in and asks for the screen that follows.
func (f *Form) goOn() tea.Cmd {
	f.saving = true
	f.asked++ // an examination under way knows less
	rec := f.record()
	rec.Names = maps.Clone(f.names) // a command reads them
	return f.do(func() any {
		var m wentOn
		if m.found, m.err = f.examineMany(rec); m.err != nil || len(model.Faults(m.found)) > 0 {
			return m
		}
		m.next, m.err = f.open.Many.Next(rec)
		return m
	})
}

func (f *Form) takeGoneOn(m wentOn) tea.Cmd {
	f.saving, f.examining = false, false
	if m.err != nil {
		return f.refused(m.err)
	}
	f.place(m.found)
	if len(model.Faults(m.found)) > 0 {
		return tea.Batch(f.goToFirstFault(), f.notSaved())
	}
	return ui.Do(ui.Push{Screen: m.next})
}

// finish closes the form: what it asked for has been written.
func (f *Form) finish() tea.Cmd {
	f.closed = true
	return ui.Do(ui.Pop{})
}

// askGiveUp asks before what was filled in is lost.
func (f *Form) askGiveUp() tea.Cmd {
	return ui.Do(ui.Ask{Title: "返回", Text: f.Title() + ":填了的还没有记进台账。", Choices: []ui.Choice{
		{Label: "继续填写"},
		{Label: "不办了", Cmd: f.do(func() any { return giveUp{} })},
	}})
}
