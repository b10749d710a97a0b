// Package history is what was written before: 修改记录, the history of one record, and the
// recycle bin.
package history

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// changes is 修改记录: the records written last; Enter shows a record's past.
type changes struct {
	app  *ui.App
	list ui.Chooser
	run  int
}

var _ ui.Screen = (*changes)(nil)

type changesRead struct {
	run   int
	items []ui.Item
}

// changesShown is how many records are listed.
const changesShown = 200

// NewChanges gives 修改记录.
func NewChanges(app *ui.App) ui.Screen {
	c := &changes{app: app}
	c.list.Typing = true
	c.list.Hint = "打名称或拼音"
	c.list.Head = ui.Fit("时间", timeCells) + ui.Fit("操作", actionCells) + ui.Fit("经手", byCells) + "记录"
	return c
}

func (c *changes) Title() string   { return "修改记录" }
func (c *changes) Unsaved() string { return "" }

func (c *changes) Init() tea.Cmd {
	c.run++
	c.list.Empty = "正在读取…"
	run := c.run
	return func() tea.Msg {
		all, err := c.app.Ledger.Recent(c.app.Ctx, changesShown)
		if err != nil {
			return ui.Failed{Err: err}
		}
		items := make([]ui.Item, len(all))
		for i, t := range all {
			what := t.Kind.Title + ":" + t.Label
			items[i] = ui.Item{Key: t.Kind.Name + "/" + t.ID, Label: changeRow(t.At, t.Action, t.By, what), Search: what + " " + t.By, Value: what}
		}
		items, err = withHandedOut(c.app, items, func(i int) string { return all[i].At }, changesShown)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return changesRead{run, items}
	}
}

// The columns of 修改记录.
const (
	timeCells   = 18
	actionCells = 6
	byCells     = 10
)

// changeRow is an entry of 修改记录: when, what was done, by whom, to what.
func changeRow(at, action, by, what string) string {
	return ui.Fit(ui.LocalTime(at), timeCells) + ui.Fit(action, actionCells) + ui.Fit(ui.Cut(by, byCells-2), byCells) + what
}

func (c *changes) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "看这条的修改经过"}, {Action: ui.Back, Label: "返回"}}
}

func (c *changes) Help() []string {
	return []string{
		"这里按时间列出最近写过的记录(最多 200 条),最新的在前:昨天填到哪里、谁动过什么,看这里就知道。",
		"直接打字可以缩小范围:名称、种类(如 党费)或拼音首字母。",
		"按回车看那一条从登记到现在每次改了什么、从什么改成什么,还可以恢复成以前的样子。",
		"在回收站里的记录不列在这里。早些的记录,请到它的表格里选中,按 Ctrl+X 看它的修改经过。",
		"“出表”是打印时把身份证号、电话和住址写全的表,按回车看用途和接收单位。",
	}
}

func (c *changes) SetSize(w, h int) { c.list.SetSize(w, h) }

func (c *changes) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case changesRead:
		if m.run == c.run {
			c.list.Empty = "还没有写过记录"
			c.list.SetItems(m.items)
		}
	case ui.Changed:
		return c.Init()
	default:
		return c.list.Drive(msg, 0, c.open)
	}
	return nil
}

func (c *changes) open() tea.Cmd {
	it, ok := c.list.Selected()
	if !ok {
		return nil
	}
	if cmd, ok := openHandedOut(it); ok {
		return cmd
	}
	kind, id, _ := strings.Cut(it.Key, "/")
	what, _ := it.Value.(string)
	return ui.Do(ui.Push{Screen: New(c.app, kind, id, what, false)})
}

func (c *changes) View() (string, *tea.Cursor) {
	lines, cursor := c.list.View(c.app.Styles)
	return strings.Join(lines, "\n"), cursor
}
