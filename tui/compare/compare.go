// Package compare shows what the list of the national system says differently from the
// record book, person by person, and takes its values where that is wanted.
package compare

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/compare"
	"taizhang/tui/form"
	"taizhang/tui/table"
	"taizhang/tui/ui"
)

// fileSetting is where the list was read from last.
const fileSetting = "compare.file"

// page is 与全国系统比对: the differences by person. Enter goes to the record, F2 takes the
// list's value, at the county it sends the differences out with the receipts.
type page struct {
	app    *ui.App
	list   ui.Chooser
	path   string
	run    int
	result *compare.Result // nil until a list has been read
	marked map[string]bool // by key
	whole  bool            // the list shows numbers in full
	w, h   int
}

var _ ui.Screen = (*page)(nil)

type (
	// proposed is where the list may be.
	proposed struct{ path string }
	// read is the comparison of a list.
	read struct {
		run    int
		result *compare.Result
	}
	// refused tells that a list can't be read.
	refused struct {
		run int
		err error
	}
	// said tells what was done.
	said struct {
		text  string
		fault bool
		wrote bool
	}
)

// New gives 与全国系统比对.
func New(app *ui.App) ui.Screen {
	p := &page{app: app, marked: map[string]bool{}}
	p.list.Typing = true
	p.list.Hint = "打姓名、项目或它们的拼音"
	p.list.Empty = "按 F4 选全国系统导出的名单"
	return p
}

func (p *page) Title() string   { return compare.Name }
func (p *page) Unsaved() string { return "" }

// Init asks for the list, at the place where it was last.
func (p *page) Init() tea.Cmd {
	return func() tea.Msg {
		path, err := p.app.Ledger.Setting(p.app.Ctx, fileSetting)
		if err != nil {
			return ui.Failed{Err: err}
		}
		if _, err := os.Stat(path); path == "" || err != nil {
			path = folder(p.app.Drives())
		}
		return proposed{path}
	}
}

// folder is where a list may come from: the newest that is called like one on a stick, on
// the desk or in the person's own folder, else the stick or that folder.
func folder(drives []string) string {
	dirs := slices.Clone(drives)
	if home, err := os.UserHomeDir(); err == nil {
		dirs = append(dirs, filepath.Join(home, "Desktop"), filepath.Join(home, "桌面"), home)
	}
	newest, at := "", time.Time{}
	for _, dir := range dirs {
		all, err := os.ReadDir(dir)
		if err != nil { // no such folder, or one that is not ours to read
			continue
		}
		for _, e := range all {
			ext := strings.ToLower(filepath.Ext(e.Name()))
			info, err := e.Info()
			ours := strings.HasPrefix(e.Name(), compare.Name) // what F7 has written
			if err != nil || ours || e.IsDir() || !strings.Contains(e.Name(), "全国") || !slices.Contains(listExtensions, ext) || strings.HasPrefix(e.Name(), "~$") {
				continue
			}
			if info.ModTime().After(at) {
				newest, at = filepath.Join(dir, e.Name()), info.ModTime()
			}
		}
	}
	switch {
	case newest != "":
		return newest
	case len(dirs) == 0:
		return ""
	case len(drives) > 0:
		return drives[0] + string(filepath.Separator)
	}
	return dirs[len(dirs)-1] + string(filepath.Separator)
}

// listExtensions end the names of files that can hold a list.
var listExtensions = []string{".xlsx", ".csv"}

// ask asks for the list.
func (p *page) ask(path string) tea.Cmd {
	box := table.AskPath(p.app, "全国系统导出的名单", "从全国党员管理信息系统导出的党员名单(.xlsx 或 .csv)在哪里,按 ↓ 从列表里选:", path,
		listExtensions, func(path string) tea.Cmd {
			if info, err := os.Stat(path); err == nil && info.IsDir() {
				return ui.Do(ui.Status{Text: "“" + path + "”是文件夹;请按 ↓ 选里面的名单文件", Fault: true})
			}
			return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(chosen(path)))
		})
	return ui.Do(ui.Push{Screen: box})
}

// chosen is the list that was chosen.
type chosen string

// read compares the list.
func (p *page) read() tea.Cmd {
	p.run++
	p.list.Empty = "正在比对…"
	run, path := p.run, p.path
	return func() tea.Msg {
		r, err := compare.Read(p.app.Ctx, p.app.Ledger, path, "")
		if err != nil {
			return refused{run, err}
		}
		return read{run, r}
	}
}

// keep remembers where the list is; a ledger open for reading alone remembers nothing.
func (p *page) keep() tea.Msg {
	if p.app.Ledger.ReadOnly() {
		return nil
	}
	if err := p.app.Ledger.SetSetting(p.app.Ctx, fileSetting, p.path); err != nil {
		return ui.Failed{Err: err}
	}
	return nil
}

func (p *page) SetSize(w, h int) {
	p.w, p.h = w, h
	p.list.SetSize(w, max(h-headRows-1-ui.DetailRows, 3))
	p.fill()
}

// headRows is the room above the list: two lines of figures and the columns' names.
const headRows = 3

func (p *page) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case proposed:
		return p.ask(m.path)
	case chosen:
		p.path, p.result, p.marked = string(m), nil, map[string]bool{}
		p.fill()
		return p.read()
	case read:
		if m.run == p.run {
			again := p.result != nil
			p.result = m.result
			p.fill()
			if !again {
				p.list.SetTyped("") // at the first one
			}
			return p.keep
		}
	case refused:
		if m.run == p.run {
			p.list.Empty = "没有读出名单。按 F4 另选一份"
			p.fill()
			return ui.Do(ui.Failed{Err: m.err})
		}
	case said:
		cmds := []tea.Cmd{ui.Do(ui.Status{Text: m.text, Fault: m.fault})}
		if m.wrote {
			p.marked = map[string]bool{}
			cmds = append(cmds, ui.Do(ui.Changed{}))
		}
		return tea.Batch(cmds...)
	case ui.Changed:
		if p.path != "" && !p.app.County { // where what is compared is written by others
			return p.read()
		}
	case tea.KeyPressMsg:
		if cmd, ok := p.key(m); ok {
			return cmd
		}
		return p.list.Drive(msg, headRows, p.open)
	default:
		return p.list.Drive(msg, headRows, p.open)
	}
	return nil
}

// key takes the keys of the page.
func (p *page) key(m tea.KeyPressMsg) (tea.Cmd, bool) {
	switch {
	case ui.Is(m, ui.Find):
		path := p.path
		if path == "" {
			path = folder(p.app.Drives())
		}
		return p.ask(path), true
	case ui.Is(m, ui.Save):
		return p.take(), true
	case ui.Is(m, ui.Mark):
		return p.mark(), true
	case ui.Is(m, ui.Undo):
		return p.undo(), true
	case ui.Is(m, ui.Sheet):
		return p.write(), true
	case ui.Is(m, ui.Back) && p.list.Typed() == "" && len(p.marked) > 0:
		p.marked = map[string]bool{}
		p.fill()
		return nil, true
	}
	return nil, false
}

// selected gives the chosen difference, nil for none.
func (p *page) selected() *compare.Difference {
	it, ok := p.list.Selected()
	d, is := it.Value.(*compare.Difference)
	if !ok || !is {
		return nil
	}
	return d
}

// open goes to the record, at the field, with what the list has.
func (p *page) open() tea.Cmd {
	d := p.selected()
	if d == nil {
		return nil
	}
	o := ui.FormOf{Kind: d.Kind, ID: d.ID, Field: d.Field, Message: d.Message()}
	if d.ID == "" {
		o.Preset = map[string]model.Value{}
		for name, v := range d.Preset {
			o.Preset[name] = v
		}
		if p.app.County {
			return ui.Do(ui.Status{Text: "这个单位的台账里还没有这条记录;按 F2 随回执告诉那个单位", Fault: true})
		}
		if d.Sort == compare.OnlyTheirs {
			o.Picked = p.arrived
		}
	}
	return p.app.OpenForm(o)
}

// arrived asks how a member who has just been put on file came to be here, where nothing
// on file says so yet.
func (p *page) arrived(rec *model.Record) tea.Cmd {
	if !membership.IsMember(rec) {
		return nil
	}
	moves := p.app.Ledger.Kinds().Kind("movement")
	return func() tea.Msg {
		n, err := p.app.Ledger.Count(p.app.Ctx, store.Query{Kind: moves.Name, Conds: []model.Cond{model.Where("person", model.Eq, rec.ID)}})
		switch {
		case err != nil:
			return ui.Failed{Err: err}
		case n > 0:
			return nil
		}
		return ui.Push{Screen: form.NewBegin(p.app, moves, map[string]model.Value{"person": rec.ID})}
	}
}

// mark marks the chosen difference, or takes its mark away, and goes on.
func (p *page) mark() tea.Cmd {
	it, ok := p.list.Selected()
	if !ok || p.app.County {
		return nil
	}
	if p.marked[it.Key] {
		delete(p.marked, it.Key)
	} else {
		p.marked[it.Key] = true
	}
	p.fill()
	p.list.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	return nil
}

func (p *page) Help() []string {
	lines := []string{
		"这里把全国党员管理信息系统导出的名单与台账逐人逐项比对,列出不同的地方。按 F4 选名单或换一份。",
		"三种情况:内容不同、全国系统有台账没有、台账有全国系统没有。只是写法不同的不算。",
	}
	if p.app.County {
		return append(lines, "县里一份名单比对全部单位。按 F2 记下,随下次的回执发给各单位,由村里改正。", "按回车看那条记录;打字可以找姓名、单位或项目。按 F7 写成 Excel 表格。")
	}
	return append(lines,
		"按回车打开那条记录,光标在那一项上,全国系统的内容写在下面。",
		"认为全国系统对的:按 F2 把台账改成它的内容;按 Ctrl+B 标记几条,可以一起改,一次 Ctrl+Z 全部改回。",
		"人员类别、在册状态这些要通过办理变动来改,不能直接取;身份证号只写明第几位不同,按 Ctrl+Y 看完整号码。",
		"按 F7 写成 Excel 表格。")
}

func (p *page) Hints() []ui.Hint {
	if p.result == nil || len(p.result.Differences) == 0 {
		return []ui.Hint{{Action: ui.Find, Label: "选名单"}, {Action: ui.Back, Label: "返回"}}
	}
	if p.app.County {
		return []ui.Hint{{Action: ui.Open, Label: "看记录"}, {Action: ui.Save, Label: "随回执发出"}, {Action: ui.Sheet, Label: "写成表格"}, {Action: ui.Find, Label: "换名单"}, {Action: ui.Back, Label: "返回"}}
	}
	return []ui.Hint{{Action: ui.Open, Label: "去改"}, {Action: ui.Save, Label: "按全国系统改"}, {Action: ui.Mark, Label: "标记"}, {Action: ui.Undo, Label: "撤销"},
		{Action: ui.Sheet, Label: "写成表格"}, {Action: ui.Find, Label: "换名单"}, {Action: ui.Back, Label: "返回"}}
}

func (p *page) View() (string, *tea.Cursor) {
	st := p.app.Styles
	if p.whole != p.app.ShowIDs {
		p.fill()
	}
	lines, cursor := p.list.View(st)
	head := p.head()
	if cursor != nil {
		cursor.Y += len(head) - 1
	}
	// The names of the columns stand between the search line and the entries.
	all := append(head[:len(head)-1:len(head)-1], lines[0], head[len(head)-1])
	all = append(all, lines[1:]...)
	title := ""
	if n := len(p.marked); n > 0 {
		title = fmt.Sprintf("已标记 %d 项", n)
	}
	all = append(all, ui.Rule(st, title, p.w))
	for i, l := range ui.Wrap(p.detail(), p.w-2) {
		if i < ui.DetailRows {
			all = append(all, " "+l)
		}
	}
	return strings.Join(all, "\n"), cursor
}
