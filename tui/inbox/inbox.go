// Package inbox is 上级来件 on the screen: in a village the notices and blank forms that
// came with the county's receipts, at the county those that go out with them.
package inbox

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/inbox"
	"taizhang/tui/paper"
	"taizhang/tui/ui"
)

// screen lists the documents, the newest first.
type screen struct {
	app  *ui.App
	list ui.Chooser
	run  int // counts the readings, so that an old one's answer is dropped
	busy bool
	w, h int
}

var _ ui.Screen = (*screen)(nil)

// read is what the ledger holds.
type read struct {
	run int
	all []inbox.Paper
}

// noDrive tells that there is no stick to look on.
type noDrive struct{}

// done ends what was asked for: the list is read anew and the line said.
type done struct{ say ui.Status }

// New gives 上级来件, at the county 下发文件.
func New(app *ui.App) ui.Screen {
	s := &screen{app: app}
	s.list.Typing = true
	s.list.Hint, s.list.Empty = "打文件名或拼音", "正在读取…"
	s.list.Head = ui.Fit("日期", dayWidth) + ui.Fit("情况", stateWidth) + ui.FitRight("大小", weightWidth-2) + "  文件名"
	return s
}

// Init implements ui.Screen.
func (s *screen) Init() tea.Cmd {
	s.run++
	run, app := s.run, s.app
	return func() tea.Msg {
		all, err := inbox.Papers(app.Ctx, app.Ledger)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return read{run, all}
	}
}

// What the list has room for, in cells.
const (
	dayWidth    = 12
	weightWidth = 12
	stateWidth  = 8
)

func (s *screen) fill(all []inbox.Paper) {
	s.list.Empty = "还没有来件。县里把通知和空白表与回执写在同一个U盘上,插好按 F2(或 Ctrl+N)取入"
	if s.app.County {
		s.list.Empty = "还没有下发的文件。按 F2(或 Ctrl+N)加一个:通知、空白表等,写回执时一起写到U盘"
	}
	s.list.Count = fmt.Sprintf("共 %d 个", len(all))
	items := make([]ui.Item, len(all))
	for i, p := range all {
		state, style := "", s.app.Styles.Good
		switch {
		case p.Withdraw != "":
			state, style = "已收回", s.app.Styles.Muted
		case s.app.County:
			state = "下发中"
		case p.Opened == "":
			state, style = "没看过", s.app.Styles.Warning
		default:
			state = "看过"
		}
		name := model.Clean(p.Name, false)
		items[i] = ui.Item{Key: p.Hash, Search: name + " " + p.Note, Value: p, Style: style, Note: model.Clean(p.Note, false),
			Label: ui.Fit(ui.LocalDay(p.Added), dayWidth) + ui.Fit(state, stateWidth) + ui.FitRight(p.Weight(), weightWidth-2) + "  " + name}
	}
	s.list.SetItems(items)
}

// Name is what the screen is called.
func Name(app *ui.App) string {
	if app.County {
		return "下发文件"
	}
	return bundle.MailFolder
}

// Title implements ui.Screen.
func (s *screen) Title() string { return Name(s.app) }

// Unsaved implements ui.Screen.
func (s *screen) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (s *screen) Hints() []ui.Hint {
	var hints []ui.Hint
	_, some := s.list.Selected()
	if some {
		hints = append(hints, ui.Hint{Action: ui.Open, Label: "打开、另存"})
	}
	if !s.app.Ledger.ReadOnly() {
		label := "从U盘取入"
		if s.app.County {
			label = "加一个文件"
		}
		hints = append(hints, ui.Hint{Action: ui.New, Label: label})
		if some && s.app.County {
			hints = append(hints, ui.Hint{Action: ui.Delete, Label: "收回"})
		}
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

// Help implements ui.Screen.
func (s *screen) Help() []string {
	if s.app.County {
		w := s.app.Words()
		return []string{
			"这里的文件随回执发到" + w.Each() + ":收报写回执时,一起写到U盘的“上级来件”文件夹里," + w.There + "取回执时一起取入。",
			"按 F2(或 Ctrl+N)加一个文件,可以写一句话说明做什么用、什么时候交。同名的文件再加一次,就换成新的。",
			"每个文件最多 10 兆,一共最多 40 兆;能发文档、表格、图片和压缩包,不能发程序。",
			"按 F8 收回:以后的回执不再带它,已经取入的" + w.There + "还有。涉密的文件不能下发。",
		}
	}
	return []string{
		"这里是县里随回执发来的通知和空白表。取回执时已经一起取入;单独取入,插好U盘按 F2(或 Ctrl+N)。",
		"按回车可以打开、另存一份,或者直接用台账里的记录填好这张空白表。",
		"打开和填表时,文件先存到上次用过的文件夹(没有用过就是桌面),名字不变;同名的别的文件不会被盖掉。",
		"“没看过”的是新来的;打开、另存或填过一次,就记成“看过”。",
		"文件都有县里的签名,改动过的、不是本县发的不会取入。",
	}
}

// SetSize implements ui.Screen.
func (s *screen) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, h-ui.DetailRows-1)
}

// Update implements ui.Screen.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case read:
		if m.run == s.run {
			s.fill(m.all)
		}
		return nil
	case done:
		s.busy = false
		return tea.Batch(s.Init(), ui.Do(m.say))
	case noDrive:
		s.busy = false
		return ui.Do(ui.Push{Screen: ui.NewPathBox(s.app, ui.PathAsk{Title: "取来件", Folder: true,
			Help: "没有找到U盘。插好后按 Esc 返回再按 F2;来件在别的文件夹里的,写出文件夹,或按 ↓ 从列表里选:",
			Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), s.take([]string{path})) }})})
	case ui.Shown, ui.Changed:
		s.busy = false
		return s.Init()
	case tea.KeyPressMsg:
		switch {
		case s.app.Ledger.ReadOnly():
		case ui.Is(m, ui.New) && s.app.County:
			return s.choose()
		case ui.Is(m, ui.New):
			return s.take(nil)
		case ui.Is(m, ui.Delete) && s.app.County:
			return s.askWithdraw()
		}
	}
	return s.list.Drive(msg, 0, s.open)
}

func (s *screen) selected() (inbox.Paper, bool) {
	it, ok := s.list.Selected()
	p, is := it.Value.(inbox.Paper)
	return p, ok && is
}

// fillable tells of a form that 填表 can fill.
func fillable(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".xlsx" || ext == ".docx"
}

// open asks what to do with the document.
func (s *screen) open() tea.Cmd {
	p, ok := s.selected()
	if !ok {
		return nil
	}
	text := model.Clean(p.Name, false)
	if p.Note != "" {
		text += "\n" + model.Clean(p.Note, false)
	}
	choices := []ui.Choice{{Label: "打开", Cmd: s.save(p, "", s.show)}}
	if fillable(p.Name) && !s.app.County {
		choices = append(choices, ui.Choice{Label: "用台账里的记录填这张表", Cmd: s.save(p, "", s.fillIn)})
	}
	return ui.Do(ui.Ask{Title: "来件", Text: text, Choices: append(choices, ui.Choice{Label: "另存到…", Cmd: s.saveAs(p)}, ui.Choice{Label: "返回"})})
}

// save writes a document to a folder, "" for the last one used, and goes on with then.
func (s *screen) save(p inbox.Paper, dir string, then func(path string) tea.Msg) tea.Cmd {
	app := s.app
	return func() tea.Msg {
		var err error
		if dir == "" {
			if dir, err = ui.LastFolder(app); err != nil {
				return ui.Failed{Err: err}
			}
		}
		path, err := inbox.SaveTo(app.Ctx, app.Ledger, p, dir)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return then(path)
	}
}

func (s *screen) show(path string) tea.Msg {
	err := paper.OpenFile(s.app, path)
	var known *model.Error
	switch {
	case errors.As(err, &known):
		return done{ui.Status{Fault: true, Text: "没能打开:" + known.Message + "。文件在" + folderOf(path)}}
	case err != nil:
		return ui.Failed{Err: err}
	}
	return done{ui.Status{Text: "已请电脑上的程序打开,文件在" + folderOf(path)}}
}

// folderOf names the folder of a file in a few words.
func folderOf(path string) string { return "“" + filepath.Base(filepath.Dir(path)) + "”里" }

func (s *screen) fillIn(path string) tea.Msg {
	return ui.Push{Screen: s.app.Fill(s.app, ui.FillOf{Blank: path})}
}

func (s *screen) saveAs(p inbox.Paper) tea.Cmd {
	app := s.app
	return func() tea.Msg {
		folder, err := ui.LastFolder(app)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return ui.Push{Screen: ui.NewPathBox(app, ui.PathAsk{Title: "另存到哪个文件夹", Help: "写出文件夹,或按 ↓ 从列表里选:", Folder: true, Path: ui.FolderPath(folder),
			Done: func(dir string) tea.Cmd {
				return tea.Sequence(ui.Do(ui.Pop{}), s.save(p, dir, func(path string) tea.Msg { return done{ui.Status{Text: "已另存到" + folderOf(path)}} }))
			}})}
	}
}

// take takes in what lies on the sticks, or in a folder.
func (s *screen) take(folders []string) tea.Cmd {
	if s.busy {
		return nil
	}
	s.busy = true
	app := s.app
	return func() tea.Msg {
		drives := folders
		if len(drives) == 0 {
			drives = app.Drives()
		}
		if len(drives) == 0 {
			return noDrive{}
		}
		n, err := TakeIn(app, drives)
		var known *model.Error
		switch {
		case errors.As(err, &known):
			return done{ui.Status{Fault: true, Text: fmt.Sprintf("取入 %d 个来件。%s", n, known.Message)}}
		case err != nil:
			return ui.Failed{Err: err}
		case n == 0:
			return done{ui.Status{Text: "U盘上没有新的来件"}}
		}
		return done{ui.Status{Text: fmt.Sprintf("已取入 %d 个来件", n)}}
	}
}

// TakeIn takes in what the county has sent on some sticks or folders, and gives how many
// documents are new. It runs in commands.
func TakeIn(app *ui.App, drives []string) (n int, err error) {
	for _, d := range drives {
		fresh, fault := inbox.TakeIn(app.Ctx, app.Ledger, d)
		n += len(fresh)
		err = errors.Join(err, fault)
	}
	return n, err
}
