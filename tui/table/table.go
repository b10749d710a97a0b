// Package table is the one table screen that serves every kind of record: its
// columns, search, filter and order come from the kind's declaration.
package table

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// tableScreen is the table of one kind.
type tableScreen struct {
	app  *ui.App
	kind *model.Kind

	width, height int

	// What is asked for.
	view  model.View
	conds []model.Cond
	find  string
	sort  []string // nil for the kind's own order
	cols  []column
	names map[string]string // labels of the ids in conds
	orgs  orgNames          // of a county's ledger

	// What came, and what is under way.
	win       window
	gen       int // of what was asked for last; an older answer is dropped
	busy      bool
	waiting   *wish
	goal      string // a record just written, to be gone to once the rows have come
	loaded    bool
	question  int  // whose rows are counted; grows with every change of them
	uncounted bool // the count of the question has not been started
	counting  bool
	failed    error

	search *ui.Input
	skip   int // columns scrolled out, after the first
	marked map[string]string
	pane   recordPane
	inPane bool // the keys scroll the record beside
}

var _ ui.Screen = (*tableScreen)(nil)

// New makes the table of the kind that o names, with its view and
// search text. An unknown view gives the kind's first one.
func New(app *ui.App, o ui.TableOf) ui.Screen {
	k := app.Ledger.Kinds().Kind(o.Kind)
	view, ok := k.View(o.View)
	if !ok {
		view, _ = k.View("")
	}
	t := &tableScreen{
		app: app, kind: k, view: view, find: o.Find, uncounted: true,
		cols: columnsNamed(k, k.Columns), names: map[string]string{}, marked: map[string]string{},
		search: ui.NewInput(app.Styles),
	}
	t.cols = t.withOrg(t.cols)
	t.search.SetValue(o.Find)
	return t
}

// Init reads the settings of the table, then its first rows.
func (t *tableScreen) Init() tea.Cmd { return t.readSettings() }

// SetSize implements ui.Screen.
func (t *tableScreen) SetSize(width, height int) {
	t.width, t.height = width, height
	t.win.show(t.listHeight())
}

// Title implements ui.Screen.
func (t *tableScreen) Title() string {
	if len(t.kind.Views) > 0 {
		return t.kind.Title + " · " + t.view.Name
	}
	return t.kind.Title
}

// Unsaved implements ui.Screen: a table writes at once.
func (t *tableScreen) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (t *tableScreen) Hints() []ui.Hint {
	var hints []ui.Hint
	add := func(a ui.Action, label string) { hints = append(hints, ui.Hint{Action: a, Label: label}) }
	writes := !t.app.Ledger.ReadOnly()
	some := len(t.win.rows) > 0
	if writes {
		add(ui.New, "新增")
	}
	if some {
		add(ui.Open, "打开")
	}
	if t.find != "" {
		add(ui.Back, "清除查找")
	} else if len(t.conds) > 0 {
		add(ui.Back, "去掉筛选")
	}
	add(ui.Filter, "筛选")
	if r := t.win.selected(); writes && r != nil && own(t.app.Ledger, r.Record) {
		add(ui.Delete, "删除")
	}
	add(ui.Sheet, "表格")
	add(ui.Sort, "排序")
	if writes && some {
		add(ui.Mark, "标记")
	}
	if writes {
		add(ui.Undo, "撤销")
	}
	add(ui.ShowIDs, "显示号码")
	add(ui.Print, "打印")
	return hints
}

// Help implements ui.Screen.
func (t *tableScreen) Help() []string {
	return []string{
		"这是" + t.kind.Title + "的表,一行一条记录。",
		"查找:直接打字,汉字、拼音、拼音首字母(张三打 zs)、身份证号或电话中的几位都可以;Esc 清除。",
		"↑↓ PgUp PgDn 移动,Home End 到头到尾;没有打字时 ←→ 看后面的列。",
		"回车 打开选中的记录;F2 新增;F8 删除(先问一句,删了进回收站)。",
		"Ctrl+B 或 Insert 标记一行,可以标记几行一起删除。",
		"Ctrl+Z 或 Shift+F8 撤销刚才的保存、删除或读入。",
		"F5 换现成的视图(如 全部),或按任何一项筛选,如 学历是大专。",
		"F6 按任何一项排序,选择显示哪些列。点一下列的标题也能排序。",
		"F7 把这张表写成 Excel 文件,或从 Excel、CSV 文件读入。",
		ui.Print.Keys() + " 看选中的记录、标记的或表上全部的记录能打印的表。",
		"身份证号和电话平时只显示一部分,Ctrl+Y 显示一会儿全部号码。",
		"标题带 * 的列(如 年龄*)是算出来的,不用填写。",
	}
}

// nameOf gives the name by which a record is spoken of.
func nameOf(r *model.Record) string {
	parts := make([]string, 0, len(r.Kind.Label))
	for _, f := range r.Kind.Label {
		if s := r.Masked(f); s != "" {
			parts = append(parts, s)
		}
	}
	return ui.Cut(strings.Join(parts, " "), 40)
}
