// Package table is the one table screen that serves every kind of record: its
// columns, search, filter and order come from the kind's declaration.
package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
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

	saved  []store.SavedView // the views kept for the kind
	own    string            // the one of them that was chosen last
	before *asBefore         // what it has changed

	// What came, and what is under way.
	win       window
	gen       int // of what was asked for last; an older answer is dropped
	busy      bool
	waiting   *wish
	reading   underWay
	totalling underWay
	goal      string // a record just written, to be gone to once the rows have come
	loaded    bool
	question  int  // whose rows are counted; grows with every change of them
	uncounted bool // the count of the question has not been started
	counting  bool
	most      int     // the most rows that any question had
	plain     counted // the count where nothing is looked for, until rows change
	failed    error
	sums      map[string]int64 // of the columns that add up, over all rows; nil until they are counted
	outside   outside          // who fits what was typed and is in no row

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
	if name := t.viewName(); len(t.kind.Views) > 0 || name != t.view.Name {
		return t.kind.Title + " · " + name
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
	if len(t.outside.rows) > 0 {
		add(ui.Open, "打开")
	}
	if writes {
		add(ui.New, "新增")
	}
	if some && len(t.marked) > 0 && !t.app.County {
		add(ui.Act, "一起办(回车也行)")
		add(ui.Mark, "标记、去掉")
		add(ui.MarkAll, "全标记")
	} else if some {
		add(ui.Open, "打开")
		if t.app.Pages[t.kind.Name] != nil {
			add(ui.ToForm, "修改")
		}
	}
	// What most is done with persons stands early in the line, else at its end.
	together := writes && some && len(t.marked) == 0 && !t.app.County
	if together && len(t.kind.Acts) > 0 {
		add(ui.Act, "一起办")
	}
	if t.find != "" {
		add(ui.Back, "清除查找")
	} else if len(t.conds) > 0 {
		add(ui.Back, "去掉筛选")
	}
	if b, ok := t.beside(); ok {
		add(ui.Beside, b.Title)
	}
	add(ui.Filter, "筛选")
	if r := t.win.selected(); writes && r != nil && own(t.app.Ledger, r.Record) {
		add(ui.Delete, "删除")
	}
	add(ui.Sheet, "表格")
	add(ui.Sort, "排序")
	if writes && some && (together || t.app.County) {
		add(ui.Mark, "标记")
	}
	if writes {
		add(ui.Undo, "撤销")
	}
	if some {
		add(ui.Tally, "分类统计")
	}
	add(ui.ShowIDs, "显示号码")
	if together && len(t.kind.Acts) == 0 {
		add(ui.Act, "一起办")
	}
	if together {
		add(ui.MarkAll, "全标记")
	}
	add(ui.Print, "打印")
	return hints
}

// Help implements ui.Screen.
func (t *tableScreen) Help() []string {
	return append([]string{
		"这是" + t.kind.Title + "的表,一行一条记录。查一条、登一条、改一条,或者有人打电话来问数,都从这里。",
		"标题上写着现在看的是哪个视图,例如 在册党员;找不到的,多半不在这个视图里,按 F5 选“全部”再找。删掉的在菜单的“回收站”里。",
		"这里只有保存、删除、读入会改动台账,每一样都能按 Ctrl+Z 撤销;查找、筛选、排序、换列只是换个看法。",
		"查找:直接打字,汉字、拼音、拼音首字母(张三打 zs)、身份证号或电话中的几位都可以;Esc 清除。",
		"↑↓ PgUp PgDn 移动,Home End 到头到尾;没有打字时 ←→ 看后面的列。",
		t.openHelp() + ";F2 新增;F8 删除(先问一句,删了进回收站)。",
		"几条、几十条一起办(谈话、开会、收党费、转出、设一项、删除……):先用 Ctrl+B 或 Insert 一行行标记(Shift+↓ 连着标记,Ctrl+W 全标记),再按 Ctrl+A 或回车选办什么;有标记时打开一条按 F3。",
		"一行也没有标记时,Ctrl+A 是把这张表现在的全部记录一起办;写进台账以前先给您看名单,个别的可以去掉。",
		"Ctrl+Z 或 Shift+F8 撤销刚才的保存、删除或读入。",
		"F5 换现成的视图(如 全部),或按任何一项筛选;直接打选项的名字最快,如 高中及以上。标题里的数是选定后剩下多少条。常用的筛选、排序和列,在 F5 里选“保存现在的样子”起个名字,以后一下子就调出来;改名、删除也在那里。",
		"Ctrl+X 看选中这一条的修改经过:谁在什么时候改了什么,改错了可以恢复。",
		"F6 按任何一项排序,选择显示哪些列。点一下列的标题也能排序。",
		"Ctrl+R 或 Shift+F5 分类统计:按两项(如 年龄段和学历)数一遍有多少条。",
		"金额和数量的列,最下面一行是合计,算的是现在筛选出的全部记录。",
		"F7 把这张表写成 Excel 文件,或从 Excel、CSV 文件读入。",
		ui.Print.Keys() + " 看选中的记录、标记的或表上全部的记录能打印的表。",
		"身份证号和电话平时只显示一部分,Ctrl+Y 显示一会儿全部号码。",
		"标题带 * 的列(如 年龄*)是算出来的,不用填写。",
	}, t.besideHelp()...)
}

// nameOf gives the name by which a record is spoken of.
func nameOf(r *model.Record) string {
	return ui.Cut(r.MaskedLabel(), 40)
}

// openHelp says what opens a record.
func (t *tableScreen) openHelp() string {
	if t.app.Pages[t.kind.Name] != nil {
		return "回车 打开选中的" + t.kind.Title + "的整页材料;F3 或 Ctrl+P 直接打开表单修改"
	}
	return "回车 打开选中的记录"
}
