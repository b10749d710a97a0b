package history

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// history is 修改经过: what happened to one record, the newest first. It brings an
// earlier version back.
type history struct {
	app  *ui.App
	kind string
	id   string
	name string // what the record is called
	list ui.Chooser
	run  int
	w, h int
}

var _ ui.Screen = (*history)(nil)

type (
	historyRead struct {
		run    int
		events []store.Event
	}
	versionBack struct{ kind string }
)

func newHistory(app *ui.App, kind, id, name string) *history {
	return &history{app: app, kind: kind, id: id, name: name}
}

func (h *history) Title() string   { return "修改经过:" + h.name }
func (h *history) Unsaved() string { return "" }

func (h *history) Init() tea.Cmd {
	h.run++
	h.list.Empty = "正在读取…"
	run := h.run
	return func() tea.Msg {
		events, err := h.app.Ledger.History(h.app.Ctx, h.kind, h.id)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return historyRead{run, events}
	}
}

func (h *history) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Back, Label: "返回"}}
	if !h.app.Ledger.ReadOnly() {
		hints = append([]ui.Hint{{Action: ui.Open, Label: "恢复成选中时的样子"}}, hints...)
	}
	return hints
}

func (h *history) Help() []string {
	return []string{
		"上面是这条记录每一次的修改,最新的在前;下面是选中那一次改了哪些项。",
		"按回车可以把记录恢复成选中那一次修改之后的样子;恢复也会记下来,可以再改回去。",
	}
}

func (h *history) SetSize(w, height int) {
	h.w, h.h = w, height
	h.list.SetSize(w, height/2)
}

func (h *history) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case historyRead:
		if m.run == h.run {
			h.fill(m.events)
		}
	case versionBack:
		return tea.Batch(ui.Do(ui.Changed{Kind: m.kind}), ui.Do(ui.Status{Text: "已恢复"}))
	case ui.Changed:
		return h.Init()
	case tea.KeyPressMsg:
		switch {
		case h.list.Update(m):
		case ui.Is(m, ui.Open):
			return h.ask()
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		}
	case tea.MouseClickMsg:
		h.list.Click(m.X, m.Y)
	case tea.MouseWheelMsg:
		h.list.Wheel(m)
	}
	return nil
}

func (h *history) fill(events []store.Event) {
	h.list.Empty = "没有记下修改"
	items := make([]ui.Item, 0, len(events))
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		items = append(items, ui.Item{
			Key:   fmt.Sprint(e.Seq),
			Label: ui.LocalTime(e.At) + "  " + e.Action, Note: fmt.Sprintf("%d 项  %s", len(e.Changes), e.By), Value: e,
		})
	}
	h.list.SetItems(items)
}

func (h *history) ask() tea.Cmd {
	it, ok := h.list.Selected()
	if !ok || h.app.Ledger.ReadOnly() {
		return nil
	}
	e, _ := it.Value.(store.Event)
	back := func() tea.Msg {
		if _, err := h.app.Ledger.RestoreVersion(h.app.Ctx, e.Kind, e.ID, e.Rev); err != nil {
			return ui.Failed{Err: err}
		}
		return versionBack{e.Kind}
	}
	return ui.Do(ui.Ask{
		Title: "恢复以前的样子", Text: fmt.Sprintf("把这条记录恢复成 %s %s之后的样子吗?", ui.LocalTime(e.At), e.Action),
		Choices: []ui.Choice{{Label: "不恢复"}, {Label: "恢复", Cmd: back}},
	})
}

func (h *history) View() (string, *tea.Cursor) {
	lines, _ := h.list.View(h.app.Styles)
	lines = append(lines, ui.Rule(h.app.Styles, "这一次改了", h.w))
	if it, ok := h.list.Selected(); ok {
		e, _ := it.Value.(store.Event)
		for _, c := range e.Changes {
			was, is := c.Old, c.New
			if was == "" {
				was = "(空)"
			}
			if is == "" {
				is = "(空)"
			}
			lines = append(lines, "  "+ui.Fit(c.Label, 18)+ui.Cut(was+" → "+is, h.w-22))
		}
	}
	if len(lines) > h.h && h.h > 0 {
		lines = append(lines[:h.h-1], h.app.Styles.Muted.Render("  …"))
	}
	return strings.Join(lines, "\n"), nil
}
