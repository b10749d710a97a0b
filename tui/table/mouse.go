package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

const wheelRows = 3 // rows a notch of the wheel moves

// click selects a row, opens it when it is selected already, or orders by the
// header under the mouse.
func (t *tableScreen) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if msg.X >= t.listWidth() {
		t.inPane = msg.Y >= headLine
		return nil
	}
	t.inPane = false
	if msg.Y == headLine {
		return t.clickHead(msg.X)
	}
	if len(t.win.rows) == 0 {
		return t.clickOutside(msg.Y - rowsLine)
	}
	i := t.win.top + msg.Y - rowsLine
	if msg.Y < rowsLine || msg.Y >= rowsLine+t.listHeight() || i >= len(t.win.rows) {
		return nil
	}
	if i == t.win.cur {
		return t.open()
	}
	return t.move(i - t.win.cur)
}

func (t *tableScreen) clickHead(x int) tea.Cmd {
	cols, _ := t.layout()
	for _, c := range cols {
		if x < c.x || x >= c.x+c.w {
			continue
		}
		if !sortable(c.column) {
			return ui.Do(ui.Status{Text: c.label + "不能用来排序:" + why(c.column)})
		}
		return t.orderBy(c.name)
	}
	return nil
}

func why(c column) string {
	if c.name == orgColumn {
		return "按单位请用 F5 筛选"
	}
	return "这一列一格里有几项"
}

func (t *tableScreen) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	n := 0
	switch msg.Button {
	case tea.MouseWheelUp:
		n = -wheelRows
	case tea.MouseWheelDown:
		n = wheelRows
	}
	if msg.X >= t.listWidth() {
		key := "down"
		if n < 0 {
			key = "up"
		}
		t.scrollPane(key)
		return nil
	}
	return t.move(n)
}
