package table

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// openSort lists the fields to order the rows by, and the way to the columns.
func (t *tableScreen) openSort() tea.Cmd {
	return ui.Do(ui.Push{Screen: t.sortBox()})
}

func (t *tableScreen) sortBox() *ui.ListBox {
	items := []ui.Item{
		{Label: "选择显示哪些列…", Key: "+", Run: func() tea.Cmd { return t.replace(t.columnsBox()) }},
	}
	if t.sort != nil {
		items = append(items, ui.Item{Label: "恢复原来的顺序", Key: "-", Run: func() tea.Cmd { return t.closing(t.orderBy("")) }})
	}
	items = append(items, ui.Item{Label: "按哪一项排序(再选一次就倒过来)", Heading: true, Key: "#"})
	for _, c := range t.sortColumns() {
		note := ""
		if len(t.sort) > 0 && (t.sort[0] == c.name || t.sort[0] == "-"+c.name) {
			note = "现在" + direction(t.kind.Column(c.name), t.sort[0][0] == '-')
		}
		items = append(items, ui.Item{Label: c.label, Note: note, Key: c.name, Run: func() tea.Cmd { return t.closing(t.orderBy(c.name)) }})
	}
	return ui.NewListBox(t.app, "排序和列", items, nil)
}

// sortColumns gives the fields that rows can be ordered by, those of the table
// first.
func (t *tableScreen) sortColumns() []column {
	return slices.DeleteFunc(allColumns(t.kind), func(c column) bool { return !sortable(c) })
}

// columnsBox lets the columns be chosen and put in order.
func (t *tableScreen) columnsBox() *ui.ListBox {
	cols := slices.Clone(t.cols)
	for _, c := range allColumns(t.kind) {
		if !slices.ContainsFunc(cols, func(o column) bool { return o.name == c.name }) {
			cols = append(cols, c)
		}
	}
	items := make([]ui.Item, len(cols))
	for i, c := range cols {
		items[i] = ui.Item{Label: c.label, Key: c.name}
	}
	b := ui.NewListBox(t.app, "显示哪些列", items, func(chosen []ui.Item) tea.Cmd {
		names := make([]string, len(chosen))
		for i, it := range chosen {
			names[i] = it.Key
		}
		return t.closing(t.showColumns(names))
	})
	for _, c := range t.cols {
		b.Marked[c.name] = true
	}
	b.Multi, b.Order = true, true
	b.Text = "空格勾选,← → 挪动前后次序,回车确定"
	b.OnBack = func() tea.Cmd { return t.replace(t.sortBox()) }
	return b
}
