// Package paper is what is printed, on the screen: the list of papers, the pages of one to
// look at, and 打印, which writes it as .xlsx and opens it.
package paper

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/tui/ui"
)

// list is 报表: all papers by group; typing narrows them.
type list struct {
	app  *ui.App
	list ui.Chooser
}

var _ ui.Screen = (*list)(nil)

// New gives 报表.
func New(app *ui.App) ui.Screen {
	l := &list{app: app}
	l.list.Typing = true
	l.list.Hint = "打汉字、拼音或首字母,例如 hmc"
	l.list.Empty = "没有这样的表。按退格键改,按 Esc 重新看全部"
	var items []ui.Item
	for _, group := range groups() {
		items = append(items, ui.Item{Heading: true, Label: group})
		for _, p := range paper.All {
			if p.Group == group {
				items = append(items, ui.Item{Key: p.Name, Label: p.Title, Note: needs(app, p), Search: p.Title + " " + group, Value: p})
			}
		}
	}
	l.list.SetItems(items)
	return l
}

// groups are the headings in the order in which papers first name them.
func groups() []string {
	var all []string
	seen := map[string]bool{}
	for _, p := range paper.All {
		if !seen[p.Group] {
			seen[p.Group] = true
			all = append(all, p.Group)
		}
	}
	return all
}

// needs says of what a paper is made, and how it may be used.
func needs(app *ui.App, p *page.Paper) string {
	text := "现在的"
	switch p.Over {
	case page.OverMonth:
		text = "按月"
	case page.OverYear:
		text = "按年"
	case page.OverRecord:
		text = "一条" + app.Ledger.Kinds().Kind(p.Kind).Title
	case page.OverRecords:
		text = "多条" + app.Ledger.Kinds().Kind(p.Kind).Title
	}
	if p.Posting {
		text += ",张贴用"
	}
	if p.Draft {
		text += ",供核对"
	}
	return text
}

// Init implements ui.Screen.
func (l *list) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (l *list) Title() string { return "报表" }

// Unsaved implements ui.Screen.
func (l *list) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (l *list) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "看这张表"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (l *list) Help() []string {
	return []string{
		"这里是能打印的表,按组排列;后面写着是按月、按年,还是选一条记录来出。",
		"上级要的、墙上挂的、柜子里存的,多半在这里:从台账里填好,不用再抄一遍;每一张也能出空白的,打印出来用笔填。",
		"用方向键移动,直接打字可以缩小范围;回车先看看,看好了再打印。看和打印都不改动台账。",
		"身份证号、电话和住址平时隐去一部分;要写全,打印时填用途和接收单位,记进修改记录。",
		"在一张表格里或一条记录的表单里按 " + ui.Print.Keys() + ",只列出和它有关的表。",
	}
}

// SetSize implements ui.Screen.
func (l *list) SetSize(w, h int) {
	l.list.Columns = max(w/80, 1)
	l.list.SetSize(w, h)
}

// Update implements ui.Screen.
func (l *list) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.KeyPressMsg); ok && ui.Is(m, ui.Print) {
		return l.open()
	}
	return l.list.Drive(msg, 0, l.open)
}

func (l *list) open() tea.Cmd {
	it, ok := l.list.Selected()
	if !ok {
		return nil
	}
	p, _ := it.Value.(*page.Paper)
	return begin(l.app, p, subject{})
}

// View implements ui.Screen.
func (l *list) View() (string, *tea.Cursor) {
	lines, cursor := l.list.View(l.app.Styles)
	return strings.Join(lines, "\n"), cursor
}

// Open opens what records give on paper: at once where it is one paper, else a list of
// them, and where it is none the list of all. Asked for what is shown after saving, it
// gives nil where that is nothing.
func Open(app *ui.App, o ui.PrintOf) tea.Cmd {
	if o.Saved {
		for _, p := range paper.Giving(o.Record) {
			if p.AfterSave {
				return ui.Do(ui.Push{Screen: newPreview(app, p, subjectOf(o))})
			}
		}
		return nil
	}
	found := papersOf(o)
	switch {
	case len(found) == 0:
		return ui.Do(ui.Push{Screen: New(app)}) // among all of them there may be one
	case len(found) == 1 && !found[0].General:
		return begin(app, found[0], subjectOf(o))
	}
	items := make([]ui.Item, len(found))
	for i, p := range found {
		note := needs(app, p)
		if p.Over == page.OverRecords && o.What != "" {
			note = o.What
		}
		items[i] = ui.Item{Key: p.Name, Label: p.Title, Note: note, Value: p}
	}
	items = append(items, ui.Item{Key: "all", Label: "所有的报表…", Run: func() tea.Cmd { return ui.Do(ui.Replace{Screen: New(app)}) }})
	return ui.Do(ui.Push{Screen: ui.NewListBox(app, "打印哪一张", items, func(chosen []ui.Item) tea.Cmd {
		p, _ := chosen[0].Value.(*page.Paper)
		return tea.Sequence(ui.Do(ui.Pop{}), begin(app, p, subjectOf(o)))
	})})
}

// papersOf lists the papers of a record and of its kind; the list of every kind where
// there is a table to be printed and more than one paper, or none.
func papersOf(o ui.PrintOf) []*page.Paper {
	var all []*page.Paper
	if o.Record != nil {
		all = paper.Giving(o.Record)
	}
	var general []*page.Paper
	for _, p := range paper.All {
		switch {
		case p.Kind != o.Kind || p.Over == page.OverRecord:
		case !p.General:
			all = append(all, p)
		case o.Records != nil:
			general = append(general, p)
		}
	}
	if len(all) == 1 {
		return all // at once, as the form that is asked for
	}
	return append(all, general...)
}
