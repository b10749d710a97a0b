// Package monthend is a village's reporting to the county: 月度上报 with the month's
// roll of members, the bundles sent, and the county's receipts.
package monthend

import (
	"errors"
	"fmt"
	"os"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/copies"
	"taizhang/store/send"
	"taizhang/tui/check"
	"taizhang/tui/ui"
)

// MonthEnd is 月度上报 on one plain screen: choose the month, go through the roll of
// members, see what the rules find, export to a folder, and see what was sent before.
type MonthEnd struct {
	app    *ui.App
	rows   ui.ShortForm
	months []model.Month // of the row of months, the earliest first
	file   *ui.ShortRow  // for the county's profile, shown while there is none
	w, h   int

	run      int
	tally    *check.Tally          // nil while the check runs
	month    model.Month           // of the reckoning
	members  *membership.Reckoning // nil until it is read
	sent     []send.Sent
	profile  bool // the county's profile is on file
	loaded   bool
	drives   []string
	folder   string    // to which a bundle was written last, "" where it is there no more
	progress *progress // nil while nothing is exported
	result   *send.Sent
	fault    string
	forked   *bundle.Receipt // by which the county refused the last bundle that it answered, as of a copy of the ledger
}

var _ ui.Screen = (*MonthEnd)(nil)

// progress is an export under way.
type progress struct {
	done, all int
	steps     chan [2]int
}

type (
	// monthRead is what the screen needs to know of the ledger.
	monthRead struct {
		run     int
		sent    []send.Sent
		profile bool
		drives  []string
		folder  string
		forked  *bundle.Receipt
	}
	monthTally struct {
		run   int
		tally check.Tally
	}
	// monthCounted is the balance of the month chosen.
	monthCounted struct {
		month   model.Month
		members membership.Reckoning
	}
	exportBegun struct{ p *progress }
	exportStep  struct{ done, all int }
	exportDone  struct{ sent send.Sent }
	exportFault struct{ err error }
	profileSet  struct{ before string } // the organisation's code until then
)

const monthsOffered = 12

// New gives 月度上报.
func New(app *ui.App) *MonthEnd {
	m := &MonthEnd{app: app}
	month := app.Today().Month()
	first := firstMonth(app)
	var names []string
	for len(names) < monthsOffered && (len(names) == 0 || month >= first) {
		names = append([]string{month.Chinese()}, names...)
		m.months = append([]model.Month{month}, m.months...)
		month = month.Add(-1)
	}
	m.rows.App = app
	m.rows.Changed = m.changed
	row := ui.ChoiceRow("month", "月份", names, names[len(names)-1])
	row.InTime = true
	m.rows.Rows = []*ui.ShortRow{row}
	m.arrange()
	return m
}

// firstMonth gives the month from which the book is kept: none before it is offered.
// Where that can't be read all are, and the export says what is wrong.
func firstMonth(app *ui.App) model.Month {
	text, err := app.Ledger.Setting(app.Ctx, store.SettingFirstMonth)
	if err != nil {
		return ""
	}
	return model.Month(text)
}

// arrange makes the rows below the month's by what is known: the sticks found,
// whether the county's profile is there. What was typed stays.
func (m *MonthEnd) arrange() {
	focused := m.rows.Rows[m.rows.Cur].Name
	dir := m.rows.Row("dir")
	if dir == nil {
		dir = ui.TextRow(m.app, "dir", "写到", "", "")
		dir.Browse = &ui.PathAsk{Title: "写到哪个文件夹", Help: "报送包写到哪个文件夹,按 ↓ 从列表里选:", Folder: true}
		m.file = ui.TextRow(m.app, "profile", "县配置文件", "", "没有它不能加密:按 F3 选县里发来的 county.json,按回车取入")
		m.file.Browse = &profileFile
	}
	rescan := &ui.ShortRow{Name: "rescan", Label: "重新找U盘", Act: m.rescan}
	all := append(m.rows.Rows[:1:1],
		&ui.ShortRow{Name: "roll", Label: "核对名册", Act: func() tea.Cmd { return ui.Do(ui.Push{Screen: newRoll(m.app, m.chosen())}) }},
		&ui.ShortRow{Name: "problems", Label: "看检查结果", Act: m.openProblems},
	)
	m.noteFolder(dir)
	if len(m.drives) > 0 {
		if dir.Value() == "" {
			dir.Input.SetValue(m.drives[0])
		}
		drive := ui.ChoiceRow("drive", "U盘", append(slices.Clone(m.drives), otherFolder), dir.Value())
		if drive.Value() != dir.Value() {
			drive.At = len(m.drives)
		}
		all = append(all, drive)
	}
	all = append(all, rescan, dir)
	if m.loaded && !m.profile {
		all = append(all, m.file)
	}
	m.rows.Rows = append(all, &ui.ShortRow{Name: "export", Label: "导出报送包", Act: m.export})
	if !m.rows.Focus(focused) {
		m.rows.Cur = 0
	}
	m.describe()
}

// profileFile asks for the county's profile.
var profileFile = ui.PathAsk{Title: "选县配置文件", Help: "县里发来的 county.json 在哪里,按 ↓ 从列表里选:", Exts: []string{".json"}, Stick: true}

// noteFolder says behind the folder's row where the bundle goes. Without a stick it
// goes where the last one was written to.
func (m *MonthEnd) noteFolder(dir *ui.ShortRow) {
	if len(m.drives) == 0 && dir.Value() == "" && m.folder != "" {
		dir.Input.SetValue(m.folder)
	}
	switch {
	case len(m.drives) > 0:
		dir.Note = "报送包写到这里;按 F3 选别的文件夹"
	case dir.Value() == "":
		dir.Note = "没有找到U盘:插好后选上面的“重新找U盘”,或按 F3 选文件夹"
	default:
		dir.Note = "报送包写到这个文件夹;按 F3 选别的,或插好U盘选上面的“重新找U盘”"
	}
}

func (m *MonthEnd) openProblems() tea.Cmd { return ui.Do(ui.Push{Screen: check.NewProblems(m.app)}) }

const otherFolder = "其他文件夹"

// chosen is the month chosen.
func (m *MonthEnd) chosen() model.Month { return m.months[m.rows.Row("month").At] }

// describe writes what the check found behind its row, and the balance behind its.
func (m *MonthEnd) describe() {
	m.rows.Row("roll").Note = m.rollNote()
	r := m.rows.Row("problems")
	switch {
	case m.tally == nil:
		r.Note = "正在检查全部记录…"
	case m.tally.Errors > 0:
		r.Note = fmt.Sprintf("错误 %d 条(要先改正),提醒 %d 条", m.tally.Errors, m.tally.Warnings)
	case m.tally.Warnings > 0:
		r.Note = fmt.Sprintf("没有错误,提醒 %d 条(请核对)", m.tally.Warnings)
	default:
		r.Note = "没有错误,也没有提醒"
	}
	if m.tally != nil {
		for _, g := range m.tally.Gaps {
			r.Note += "," + g.Tally.Short(g.Kind)
		}
	}
}

// Title implements ui.Screen.
func (m *MonthEnd) Title() string { return "月度上报" }

// Unsaved implements ui.Screen.
func (m *MonthEnd) Unsaved() string { return "" }

// Init implements ui.Screen. It comes again when a question above has been answered: the
// sticks that were offered stay those, for another one in their place has to be chosen.
func (m *MonthEnd) Init() tea.Cmd { return m.look(m.drives) }

// rescan looks for sticks anew.
func (m *MonthEnd) rescan() tea.Cmd { return m.look(nil) }

// look reads what the screen shows; without sticks that are known it looks for some.
func (m *MonthEnd) look(drives []string) tea.Cmd {
	m.run++
	m.tally = nil
	m.describe()
	run := m.run
	return tea.Batch(
		func() tea.Msg { return m.read(run, drives) },
		m.count(),
		func() tea.Msg {
			tally, err := check.Count(m.app)
			if err != nil {
				return ui.Failed{Err: err}
			}
			return monthTally{run, tally}
		},
	)
}

// read runs as a command.
func (m *MonthEnd) read(run int, drives []string) tea.Msg {
	sent, err := send.SentBundles(m.app.Ctx, m.app.Ledger)
	if err != nil {
		return ui.Failed{Err: err}
	}
	profile, err := send.Profile(m.app.Ctx, m.app.Ledger)
	if err != nil {
		return ui.Failed{Err: err}
	}
	folder, err := lastFolder(m.app)
	if err != nil {
		return ui.Failed{Err: err}
	}
	if len(drives) == 0 {
		drives = m.app.Drives()
	}
	forked, err := send.LastForked(m.app.Ctx, m.app.Ledger)
	if err != nil {
		return ui.Failed{Err: err}
	}
	return monthRead{run, sent, profile != nil, drives, folder, forked}
}

// Hints implements ui.Screen.
func (m *MonthEnd) Hints() []ui.Hint {
	if m.progress != nil {
		return nil
	}
	return []ui.Hint{{Action: ui.Save, Label: "导出"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Open, Label: "选定"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (m *MonthEnd) Help() []string {
	return []string{
		"每月把台账导出成一个报送包(.tzb 文件),用 U 盘交到县里。报送包是加密的,只有县里能打开。",
		"用左右键选月份,← 是上一个月,→ 是下一个月;插上 U 盘,程序会找到它,也可以按 F3 选文件夹或自己填写。",
		"第一步,核对名册:看本月党员增减对不对得上,确认后结账。",
		"第二步,看检查结果:错误要改正,回车可以直接去改;提醒请核对。",
		"第三步,按 F2 或选“导出报送包”。导出后会告诉您文件名、大小和校验码;同一个月可以再次导出,县里收最后一个。",
	}
}

// SetSize implements ui.Screen.
func (m *MonthEnd) SetSize(w, h int) { m.w, m.h = w, h }

// Update implements ui.Screen.
func (m *MonthEnd) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case monthRead:
		if msg.run == m.run {
			m.sent, m.profile, m.drives, m.folder, m.forked, m.loaded = msg.sent, msg.profile, msg.drives, msg.folder, msg.forked, true
			m.arrange()
		}
	case monthCounted:
		if msg.month == m.chosen() {
			m.month, m.members = msg.month, &msg.members
			m.describe()
		}
	case monthTally:
		if msg.run == m.run {
			m.tally = &msg.tally
			m.describe()
		}
	case exportBegun:
		m.progress = msg.p
		return msg.p.next()
	case exportStep:
		if m.progress != nil {
			m.progress.done, m.progress.all = msg.done, msg.all
			return m.progress.next()
		}
	case exportDone:
		m.progress, m.result = nil, &msg.sent
		return m.Init()
	case exportFault:
		m.progress = nil
		return m.failed(msg.err)
	case profileSet:
		return tea.Batch(m.Init(), ui.Do(ui.Status{Text: "县配置文件已取入"}), sayRecoded(msg.before, m.app))
	case ui.Shown, ui.Changed:
		return m.Init()
	}
	if m.progress != nil {
		return nil // keys wait for the end of the export
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return tea.Batch(m.key(msg), m.recount())
	case tea.PasteMsg:
		return m.rows.Paste(msg)
	case tea.MouseClickMsg:
		return tea.Batch(m.rows.Click(msg.Y-1), m.recount())
	}
	return nil
}

func (m *MonthEnd) key(msg tea.KeyPressMsg) tea.Cmd {
	r := m.rows.Rows[m.rows.Cur]
	switch {
	case ui.Is(msg, ui.Save):
		return m.export()
	case ui.Is(msg, ui.Back):
		return ui.Do(ui.Pop{})
	case r.Name == "profile" && msg.String() == "enter" && r.Value() != "":
		return m.takeProfile(r.Value())
	}
	cmd, _ := m.rows.Update(msg)
	return cmd
}

// changed follows the stick chosen with the folder, and the folder typed with the
// choice of sticks.
func (m *MonthEnd) changed(r *ui.ShortRow) {
	dir := m.rows.Row("dir")
	switch r.Name {
	case "drive":
		if r.Value() == otherFolder {
			dir.Input.SetValue("")
		} else {
			dir.Input.SetValue(r.Value())
		}
	case "dir":
		m.noteFolder(dir)
		if d := m.rows.Row("drive"); d != nil && d.Value() != dir.Value() {
			d.At = len(d.Choices) - 1
		}
	}
}

func (m *MonthEnd) takeProfile(path string) tea.Cmd {
	return func() tea.Msg {
		data, err := os.ReadFile(ui.CompletePath(path, profileFile))
		if err != nil {
			return exportFault{&model.Error{Code: "E-FILE", Field: "profile", Message: "读不出这个文件,请核对位置和文件名"}}
		}
		before := homeCode(m.app)
		if _, err := copies.Before(m.app.Ctx, m.app.Ledger, copies.Profile); err != nil {
			return exportFault{err}
		}
		if err := send.SetProfile(m.app.Ctx, m.app.Ledger, data); err != nil {
			var known *model.Error
			if errors.As(err, &known) {
				err = &model.Error{Code: known.Code, Field: "profile", Message: known.Message}
			}
			return exportFault{err}
		}
		return profileSet{before}
	}
}
