package county

import (
	"fmt"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui/ui"
)

// rollScreen is 取入单位名单: the list of units that must report is read from a sheet,
// held against the one on file, and takes its place once the person has seen what
// changes.
type rollScreen struct {
	app  *ui.App
	w, h int

	step     rollStep
	have     int // units on file; -1 until it is known
	folder   string
	file     string
	compared county.RollComparison
	changes  county.RollChanges
	answers  map[string]county.RollAnswer // of the units that have gone, by code
	list     ui.Chooser                   // what changes
	notes    []string
	fault    string
}

var _ ui.Screen = (*rollScreen)(nil)

type rollStep int

const (
	rollChoose  rollStep = iota // which file
	rollReading                 // it is read
	rollShown                   // what changes
	rollTaking                  // it is taken in
	rollTaken
)

type (
	rollLooked struct {
		have   int
		folder string
	}
	rollRead struct {
		file     string
		compared county.RollComparison
		changes  county.RollChanges
		err      error
	}
	rollDone struct {
		notes []string
		err   error
	}
	// fileTaken tells which file was chosen.
	fileTaken struct{ path string }
)

// NewRoll gives 取入单位名单.
func NewRoll(app *ui.App) ui.Screen { return &rollScreen{app: app, have: -1} }

func (s *rollScreen) Title() string { return "取入单位名单" }

func (s *rollScreen) Unsaved() string {
	if s.step == rollShown && !s.nothing() {
		return "读出的名单还没有取入"
	}
	return ""
}

func (s *rollScreen) Init() tea.Cmd {
	return func() tea.Msg {
		roll, err := s.app.Ledger.Roll(s.app.Ctx)
		if err != nil {
			return ui.Failed{Err: err}
		}
		folder, err := ui.LastFolder(s.app)
		if err != nil {
			return ui.Failed{Err: err}
		}
		return rollLooked{len(roll), folder}
	}
}

func (s *rollScreen) Hints() []ui.Hint {
	back := ui.Hint{Action: ui.Back, Label: "返回"}
	again := ui.Hint{Action: ui.Find, Label: "换一个文件"}
	switch {
	case s.step == rollChoose:
		return []ui.Hint{{Action: ui.Open, Label: "选名单文件"}, back}
	case s.step == rollShown && s.nothing():
		return []ui.Hint{again, back}
	case s.step == rollShown && s.asked():
		return []ui.Hint{{Action: ui.Open, Label: "说明"}, {Action: ui.Save, Label: "取入"}, again, back}
	case s.step == rollShown:
		return []ui.Hint{{Action: ui.Save, Label: "取入"}, again, back}
	case s.step == rollTaken:
		return []ui.Hint{again, back}
	}
	return nil
}

func (s *rollScreen) Help() []string {
	w := s.app.Words()
	what := "应报送的单位:代码、名称、乡镇、领域、电话。它决定催谁、乡镇怎么写;名单外的报送包不接收。"
	if w.Sums() {
		what = "应报送的" + w.Unit + ":代码、名称、电话。它决定催谁;名单外的报送包不接收。"
	}
	return []string{
		"单位名单(.xlsx 或 .csv)列出" + w.Whole() + what,
		"按回车选文件。读出以后先对照现在的名单:哪些是新的、哪些改了、哪些没有了,看过再按 F2 取入。",
		"新名单里没有了的单位,一个一个选中按回车说明:撤销、合并到别的单位、换了代码,还是表里漏了(漏了的留在名单上)。都说明了才能取入。",
		"有一行不对,整个名单都不取入,并说出是哪几行。",
		"名单随配置文件发给" + w.Each() + ":名单有变化时,配置文件升一版,重新签发,所以要用" + KeysName(s.app) + "(口令打开程序后问一次)。没有密钥也能先换名单。",
	}
}

// rollHead is the room above the list.
const rollHead = 3

// rollFoot is the room below it.
const rollFoot = 5

func (s *rollScreen) SetSize(w, h int) {
	s.w, s.h = w, h
	s.list.SetSize(w, max(h-rollHead-rollFoot, 1))
	if s.step >= rollShown {
		s.fill()
	}
}

func (s *rollScreen) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case rollLooked:
		s.have, s.folder = m.have, m.folder
	case fileTaken:
		return s.readFile(m.path)
	case rollRead:
		return s.took(m)
	case keyReady:
		return m.ready()
	case rollAnswered:
		return s.answered(m)
	case restMissed:
		return s.missRest()
	case rollSaid:
		return s.take()
	case rollDone:
		return s.done(m)
	case tea.KeyPressMsg:
		return s.key(m)
	case tea.MouseClickMsg:
		if s.step == rollChoose && m.Y > rollHead && m.Y < s.h {
			return s.askFile()
		}
		if s.list.Click(m.X, m.Y-rollHead) && s.step == rollShown {
			return s.answer()
		}
	case tea.MouseWheelMsg:
		s.list.Wheel(m)
	}
	return nil
}

func (s *rollScreen) key(m tea.KeyPressMsg) tea.Cmd {
	switch {
	case s.step == rollReading, s.step == rollTaking:
	case ui.Is(m, ui.Back):
		if s.step == rollShown {
			s.step, s.fault = rollChoose, ""
			return nil
		}
		return ui.Do(ui.Pop{})
	case s.step == rollChoose && ui.Is(m, ui.Open), ui.Is(m, ui.Find):
		return s.askFile()
	case s.step == rollShown && ui.Is(m, ui.Save) && !s.nothing():
		return s.confirm()
	case s.step == rollShown && ui.Is(m, ui.Open):
		return s.answer()
	case s.step != rollChoose:
		s.list.Update(m)
	}
	return nil
}

// askFile lets the person choose the list.
func (s *rollScreen) askFile() tea.Cmd {
	return ui.Do(ui.Push{Screen: ui.NewPathBox(s.app, ui.PathAsk{Title: "选单位名单", Help: "名单(.xlsx 或 .csv)在哪里,按 ↓ 从列表里选:",
		Path: ui.FolderPath(s.folder), Exts: []string{".xlsx", ".csv"}, Near: true,
		Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(fileTaken{path})) }})})
}

func (s *rollScreen) readFile(path string) tea.Cmd {
	s.step, s.fault, s.notes, s.file = rollReading, "", nil, path
	app := s.app
	return func() tea.Msg {
		m := rollRead{file: path}
		m.compared, m.changes, m.err = county.ReadRoll(app.Ctx, app.Ledger, path)
		if m.err == nil {
			m.err = ui.KeepFolder(app, path)
		}
		return m
	}
}

func (s *rollScreen) took(m rollRead) tea.Cmd {
	s.folder = filepath.Dir(m.file)
	if m.err != nil {
		s.step = rollChoose
		var cmd tea.Cmd
		s.fault, cmd = faultText(m.err)
		return cmd
	}
	s.step, s.compared, s.changes, s.answers = rollShown, m.compared, m.changes, map[string]county.RollAnswer{}
	s.fill()
	s.list.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	return nil
}

// confirm asks before the list takes the other's place.
func (s *rollScreen) confirm() tea.Cmd {
	if s.app.Ledger.ReadOnly() {
		s.fault = "台账是只读打开的,不能取入;请关掉别的窗口,重新打开程序"
		return nil
	}
	if n := s.open(); n > 0 {
		s.fault = fmt.Sprintf("还有 %d 个单位要先说明:选中它按回车", n)
		s.selectOpen()
		return nil
	}
	text := s.summary() + "。取入后,催报和接收都照新名单;配置文件重新签发,请发给" + s.app.Words().Each() + "。"
	return ui.Do(ui.Ask{Title: "取入单位名单", Text: text, Choices: []ui.Choice{{Label: "取入", Cmd: ui.Do(rollSaid{})}, {Label: "返回,先不取入"}}})
}

// rollSaid is the person's yes.
type rollSaid struct{}

// take opens the key and takes the list in.
func (s *rollScreen) take() tea.Cmd {
	return keyAsk{app: s.app, without: "先换名单,以后再签发配置文件", then: func(key *bundle.CountyKey) tea.Cmd {
		s.step = rollTaking
		app, compared, answers := s.app, s.compared, s.given()
		return func() tea.Msg {
			notes, err := county.TakeRoll(app.Ctx, app.Ledger, key, county.ProfilePath(app.Ledger), compared, answers)
			if err == nil && key == nil {
				notes = append(notes, "配置文件还没有重新签发:找到密钥以后,请再取一次这个名单,或发一次启动卡")
			}
			return rollDone{notes, err}
		}
	}}.open()
}

func (s *rollScreen) done(m rollDone) tea.Cmd {
	s.notes = m.notes
	s.step = rollTaken
	var cmd tea.Cmd
	if s.fault, cmd = faultText(m.err); m.err != nil && len(m.notes) == 0 {
		s.step = rollShown // nothing has changed
	}
	if len(m.notes) > 0 {
		s.have = len(s.compared.Units)
	}
	return tea.Batch(cmd, ui.Do(ui.Changed{}))
}
