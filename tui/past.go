package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// past shows what happened to one record, the newest first, and brings an earlier
// version back.
type past struct {
	app  *ui.App
	kind string
	id   string
	name string // what the record is called
	list ui.Chooser
	run  int
	w, h int
}

var _ ui.Screen = (*past)(nil)

type (
	pastRead struct {
		run    int
		events []store.Event
	}
	versionBack struct{ kind string }
)

func newPast(app *ui.App, kind, id, name string) *past {
	return &past{app: app, kind: kind, id: id, name: name}
}

func (p *past) Title() string   { return "修改经过:" + p.name }
func (p *past) Unsaved() string { return "" }

func (p *past) Init() tea.Cmd {
	p.run++
	p.list.Empty = "正在读取…"
	run := p.run
	return func() tea.Msg {
		events, err := p.app.Ledger.History(p.app.Ctx, p.kind, p.id)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return pastRead{run, events}
	}
}

func (p *past) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Back, Label: "返回"}}
	if !p.app.Ledger.ReadOnly() {
		hints = append([]ui.Hint{{Action: ui.Open, Label: "恢复成选中时的样子"}}, hints...)
	}
	return hints
}

func (p *past) Help() []string {
	return []string{
		"上面是这条记录每一次的修改,最新的在前;下面是选中那一次改了哪些项。",
		"按回车可以把记录恢复成选中那一次修改之后的样子;恢复也会记下来,可以再改回去。",
	}
}

func (p *past) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w, h/2)
}

func (p *past) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case pastRead:
		if m.run == p.run {
			p.fill(m.events)
		}
	case versionBack:
		return tea.Batch(ui.Do(ui.Changed{Kind: m.kind}), ui.Do(ui.Status{Text: "已恢复"}))
	case ui.Changed:
		return p.Init()
	case tea.KeyPressMsg:
		switch {
		case p.list.Update(m):
		case ui.Is(m, ui.Open):
			return p.ask()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		p.list.Click(m.X, m.Y)
	case tea.MouseWheelMsg:
		p.list.Wheel(m)
	}
	return nil
}

func (p *past) fill(events []store.Event) {
	p.list.Empty = "没有记下修改"
	items := make([]ui.Item, 0, len(events))
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		items = append(items, ui.Item{
			Key:   fmt.Sprint(e.Seq),
			Label: ui.LocalTime(e.At) + "  " + e.Action, Note: fmt.Sprintf("%d 项  %s", len(e.Changes), e.By), Value: e,
		})
	}
	p.list.SetItems(items)
}

func (p *past) ask() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok || p.app.Ledger.ReadOnly() {
		return nil
	}
	e, _ := it.Value.(store.Event)
	back := func() tea.Msg {
		if _, err := p.app.Ledger.RestoreVersion(p.app.Ctx, e.Kind, e.ID, e.Rev); err != nil {
			return ui.Failed{Err: err}
		}
		return versionBack{e.Kind}
	}
	return ui.Do(ui.Ask{
		Title: "恢复以前的样子", Text: fmt.Sprintf("把这条记录恢复成 %s %s之后的样子吗?", ui.LocalTime(e.At), e.Action),
		Choices: []ui.Choice{{Label: "不恢复"}, {Label: "恢复", Cmd: back}},
	})
}

func (p *past) View() (string, *tea.Cursor) {
	lines, _ := p.list.View(p.app.Styles)
	lines = append(lines, ui.Rule(p.app.Styles, "这一次改了", p.w))
	if it, ok := p.list.Selected(); ok {
		e, _ := it.Value.(store.Event)
		for _, c := range e.Changes {
			was, is := c.Old, c.New
			if was == "" {
				was = "(空)"
			}
			if is == "" {
				is = "(空)"
			}
			lines = append(lines, "  "+ui.Fit(c.Label, 18)+ui.Cut(was+" → "+is, p.w-22))
		}
	}
	if len(lines) > p.h && p.h > 0 {
		lines = append(lines[:p.h-1], p.app.Styles.Muted.Render("  …"))
	}
	return strings.Join(lines, "\n"), nil
}
