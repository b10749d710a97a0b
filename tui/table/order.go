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

func (t *tableScreen) sortBox() *listBox {
	items := []item{
		{label: "选择显示哪些列…", value: "+", run: func() tea.Cmd { return t.replace(t.columnsBox()) }},
	}
	if t.sort != nil {
		items = append(items, item{label: "恢复原来的顺序", value: "-", run: func() tea.Cmd { return t.closing(t.orderBy("")) }})
	}
	items = append(items, item{label: "按哪一项排序(再选一次就倒过来)", heading: true, value: "#"})
	for _, c := range t.sortColumns() {
		note := ""
		if len(t.sort) > 0 && (t.sort[0] == c.name || t.sort[0] == "-"+c.name) {
			note = "现在" + direction(c.field, t.sort[0][0] == '-')
		}
		items = append(items, item{label: c.label, note: note, value: c.name, run: func() tea.Cmd { return t.closing(t.orderBy(c.name)) }})
	}
	b := pick(t.app, "排序和列", items, nil)
	b.list.Select("+")
	return b
}

// sortColumns gives the fields that rows can be ordered by, those of the table
// first.
func (t *tableScreen) sortColumns() []column {
	return slices.DeleteFunc(allColumns(t.kind), func(c column) bool { return c.field == nil || !sortable(c.field) })
}

// columnsBox lets the columns be chosen and put in order.
func (t *tableScreen) columnsBox() *listBox {
	cols := slices.Clone(t.cols)
	for _, c := range allColumns(t.kind) {
		if !slices.ContainsFunc(cols, func(o column) bool { return o.name == c.name }) {
			cols = append(cols, c)
		}
	}
	items := make([]item, len(cols))
	for i, c := range cols {
		items[i] = item{label: c.label, value: c.name}
	}
	b := pick(t.app, "显示哪些列", items, func(chosen []item) tea.Cmd {
		names := make([]string, len(chosen))
		for i, it := range chosen {
			names[i] = it.value
		}
		return t.closing(t.showColumns(names))
	})
	for _, c := range t.cols {
		b.marked[c.name] = true
	}
	b.multi, b.order = true, true
	b.text = "空格勾选,← → 挪动前后次序,回车确定"
	b.back = func() tea.Cmd { return t.replace(t.sortBox()) }
	return b
}
