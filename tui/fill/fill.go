// Package fill is the screen 填表: another office's blank form is picked, one sees what of
// it was understood, puts it right, and it comes back filled.
package fill

import (
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/paper/fill"
	"taizhang/tui/ui"
)

// screen is 填表.
type screen struct {
	app  *ui.App
	of   ui.FillOf
	list ui.Chooser
	w, h int

	path   string
	plan   *fill.Plan // what is shown; a form is opened anew to be filled
	rows   rows
	n      int // records chosen, -1 while they are counted
	busy   string
	result *filled // nil before it is filled
	first  int     // the line of the result on top
}

var _ ui.Screen = (*screen)(nil)

// New gives 填表, of the records asked for, or of those of a view.
func New(app *ui.App, of ui.FillOf) ui.Screen { return &screen{app: app, of: of, n: -1} }

// Init asks for the form, unless it was given.
func (s *screen) Init() tea.Cmd {
	if s.of.Blank != "" {
		return s.load(s.of.Blank, nil, false)
	}
	return s.askForm
}

// The endings of files that are offered. Those that can't be filled are among them, since
// it is said how to save them as ones that can.
var offered = []string{".xlsx", ".docx", ".xlsm", ".docm", ".xls", ".et", ".doc", ".wps", ".rtf"}

// askForm lets the person pick the blank. It runs as a command.
func (s *screen) askForm() tea.Msg {
	folder, err := ui.LastFolder(s.app)
	if err != nil {
		return ui.Failed{Err: err}
	}
	return ui.Push{Screen: ui.NewPathBox(s.app, ui.PathAsk{Title: "填哪张表",
		Help: "上级发来的空白表(表格 .xlsx 或文档 .docx),按 ↓ 从列表里选:", Path: ui.FolderPath(folder), Exts: offered, Near: true,
		Done: func(path string) tea.Cmd { return s.load(path, nil, true) },
		Return: func() tea.Cmd {
			if s.plan == nil {
				return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Pop{}))
			}
			return ui.Do(ui.Pop{})
		}})}
}

// Title implements ui.Screen.
func (s *screen) Title() string {
	if s.path == "" {
		return "填表"
	}
	return "填表 · " + filepath.Base(s.path)
}

// Unsaved implements ui.Screen.
func (s *screen) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (s *screen) Hints() []ui.Hint {
	switch {
	case s.busy != "":
		return nil
	case s.result != nil:
		return []ui.Hint{{Action: ui.Open, Label: "打开填好的表"}, {Action: ui.Find, Label: "再填一张"}, {Action: ui.Back, Label: "返回"}}
	case s.plan == nil:
		return []ui.Hint{{Action: ui.Find, Label: "选表"}, {Action: ui.Back, Label: "返回"}}
	}
	return []ui.Hint{{Action: ui.Save, Label: "填好"}, {Action: ui.Open, Label: "改"}, {Action: ui.Filter, Label: "填哪些"},
		{Action: ui.Find, Label: "换表"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (s *screen) Help() []string {
	return []string{
		"上级发来一张空白表,在这里按台账填好。先选表,再看认得对不对,按 F2 填好,另存在原表旁边,名字后面加“(已填)”;原表不动。",
		"“←”后面是这一格填什么。认错了或没认出的,停在那一行按回车,从列表里选;不要填的选“留空”。改过的记得住,下次同样表头的表照着填。",
		"“记录类别”是用哪类记录填,一般不用改。“填哪些”是填哪些记录:一个视图、一个月的,或者在名册里标记好再来填。",
		"表里已经有的字不会被盖掉;与台账不一样的,填好以后一条一条告诉您。行不够会照样子加行。",
		"表里要写全身份证号和电话的,填之前问用途和接收单位。签名、盖章的地方留空。",
		"能填的是 .xlsx 的表格和 .docx 的文档;旧格式的选了会告诉您怎样另存。填好的表请打开看一遍再交。",
	}
}

// SetSize implements ui.Screen.
func (s *screen) SetSize(w, h int) {
	s.w, s.h = w, h
	s.fillList()
	s.list.SetSize(w, max(h-headRows-footRows, 1))
}

// Update implements ui.Screen.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case loaded:
		if m.to == s {
			return s.took(m)
		}
	case counted:
		if m.to == s && m.rows.same(s.rows) {
			s.n = m.n
			s.fillList()
		}
	case filled:
		if m.to == s {
			s.busy, s.result, s.first = "", &m, 0
		}
	case notFilled:
		if m.to == s {
			s.busy = ""
			return ui.Do(ui.Failed{Err: m.err})
		}
	case chosen:
		if m.to == s {
			return m.run(s)
		}
	case ui.Changed:
		if s.plan != nil && s.result == nil {
			return s.count()
		}
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseClickMsg, tea.MouseWheelMsg:
		if s.result != nil || s.busy != "" {
			s.scroll(msg)
			return nil
		}
		return s.list.Drive(msg, headRows, s.change)
	}
	return nil
}

// chosen carries what was chosen in a box back to the screen.
type chosen struct {
	to  *screen
	run func(*screen) tea.Cmd
}

// choose closes a box and does something with what was chosen in it.
func (s *screen) choose(run func(*screen) tea.Cmd) tea.Cmd {
	return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(chosen{s, run}))
}

func (s *screen) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case s.busy != "":
		return nil
	case ui.Is(m, ui.Find):
		return s.askForm
	case s.result != nil:
		return s.resultKey(m)
	case ui.Is(m, ui.Back):
		return ui.Do(ui.Pop{})
	case s.plan == nil:
		return nil
	case ui.Is(m, ui.Save):
		return s.ask()
	case ui.Is(m, ui.Filter):
		return s.askRows
	}
	return s.list.Drive(m, headRows, s.change)
}

// change opens the list for the chosen line.
func (s *screen) change() tea.Cmd {
	it, ok := s.list.Selected()
	if !ok || s.plan == nil {
		return nil
	}
	switch v := it.Value.(type) {
	case int:
		return s.askSource(v)
	case func() tea.Msg:
		return v
	}
	return nil
}

// one tells of a form that takes one record.
func (s *screen) one() bool { return s.plan != nil && (s.plan.OfOne() || s.plan.ByRoll()) }

func (s *screen) kind() *model.Kind { return s.plan.Kind }
