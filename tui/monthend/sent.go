package monthend

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/send"
	"taizhang/tui/inbox"
	"taizhang/tui/ui"
)

// sentList is 上报记录: the bundles that were sent, with what the county answered;
// Enter lists the problems of its receipt.
type sentList struct {
	app    *ui.App
	list   ui.Chooser
	run    int
	taking bool
	w, h   int

	// At a county: the reasons of those not accepted, and the last number of each month that
	// was not refused.
	reasons map[int64]string
	newest  map[model.Month]int64
}

var _ ui.Screen = (*sentList)(nil)

type (
	sentRead struct {
		run     int
		all     []send.Sent
		reasons map[int64]string
	}
	// receiptsTaken is what became of the receipts found on the sticks.
	receiptsTaken struct {
		before               string // the organisation's code until then
		drives, taken, other int
		papers               int      // documents that came with them
		folder               string   // looked in for want of a stick, or to be asked for
		faults               []string // why some were not taken
	}
)

// NewSent gives 上报记录.
func NewSent(app *ui.App) ui.Screen {
	s := &sentList{app: app}
	s.list.Typing = true
	s.list.Hint = "打月份、结果或文件名"
	s.list.Head = ui.Fit("月份", 12) + ui.Fit("序号", 10) + ui.Fit("结果", 8) + ui.Fit("导出时间", 18) + "文件"
	return s
}

func (s *sentList) Title() string   { return "上报记录" }
func (s *sentList) Unsaved() string { return "" }

func (s *sentList) Init() tea.Cmd {
	s.run++
	s.list.Empty = "正在读出…"
	run := s.run
	return func() tea.Msg { return s.readSent(run) }
}

func (s *sentList) fill(all []send.Sent) {
	s.list.Empty = "还没有导出过报送包。按 F9(或 Ctrl+E)月度上报"
	if s.app.County {
		s.list.Empty = "还没有报过上级。封了账的月份,在“封账”里按回车报给上级"
	}
	s.newest = map[model.Month]int64{}
	for _, b := range send.Standing(slices.DeleteFunc(slices.Clone(all), func(b send.Sent) bool { return b.State == bundle.VerdictRefused })) {
		s.newest[b.Month] = b.Sequence
	}
	s.list.Count = fmt.Sprintf("共 %d 个", len(all))
	items := make([]ui.Item, len(all))
	for i, b := range all {
		it := ui.Item{Key: b.File, Label: ui.Fit(b.Month.Chinese(), 12) + ui.Fit(fmt.Sprintf("第 %d 号", b.Sequence), 10) + ui.Fit(b.State, 8) + ui.LocalTime(b.CreatedAt),
			Note: b.File, Value: b, Search: fmt.Sprintf("%s %s 第 %d 号 %s", b.Month.Chinese(), b.State, b.Sequence, b.File)}
		switch b.State {
		case bundle.VerdictAccepted:
			it.Style = s.app.Styles.Good
		case bundle.VerdictPartly, bundle.VerdictWaiting:
			it.Style = s.app.Styles.Warning
		case bundle.VerdictRefused:
			it.Style = s.app.Styles.Fault
		}
		items[i] = it
	}
	s.list.SetItems(items)
}

func (s *sentList) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.New, Label: "取回执"}, {Action: ui.Back, Label: "返回"}}
	if _, some := s.list.Selected(); some {
		hints = append([]ui.Hint{{Action: ui.Open, Label: "看回执"}}, hints...)
	}
	return hints
}

func (s *sentList) Help() []string {
	if s.app.County {
		return helpAbove
	}
	return []string{
		"这里列出导出过的每一个报送包,和县里的回执:待回执、已接收、有问题、待核实(县里先没有收,要打电话说明少了的人)、被退回。",
		"县里把回执写在 U 盘上。插好 U 盘,按 F2(或 Ctrl+N)取入,别的村的回执不会取入。没有插 U 盘的,会问回执在哪个文件夹。",
		"按回车看那个包的回执写了哪些问题;再按回车打开有问题的那条记录,改好保存,下次上报就好了。",
	}
}

func (s *sentList) SetSize(w, h int) {
	s.w, s.h = w, h
	if s.app.County {
		h = max(h-aboveRows, 1)
	}
	s.list.SetSize(w, h)
}

func (s *sentList) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case sentRead:
		if m.run == s.run {
			s.reasons = m.reasons
			s.fill(m.all)
		}
	case receiptsTaken:
		s.taking = false
		if m.drives == 0 {
			return s.askFolder(m.folder)
		}
		return tea.Batch(s.Init(), ui.Do(m.say()), sayRecoded(m.before, s.app))
	case ui.Shown, ui.Changed:
		return s.Init()
	case tea.KeyPressMsg:
		if ui.Is(m, ui.New) {
			return s.take(nil)
		}
	}
	return s.list.Drive(msg, 0, s.open)
}

// open shows the receipt of the chosen bundle.
func (s *sentList) open() tea.Cmd {
	it, ok := s.list.Selected()
	if !ok {
		return nil
	}
	sent, _ := it.Value.(send.Sent)
	return func() tea.Msg {
		r, err := send.Receipt(s.app.Ctx, s.app.Ledger, sent.Sequence)
		switch {
		case err != nil:
			return ui.Failed{Err: err}
		case r == nil:
			return ui.Status{Text: "这个包还没有回执。" + whom(s.app) + "写好回执的 U 盘拿回来后,插好按 F2 取入"}
		}
		return ui.Push{Screen: newReceiptView(s.app, r)}
	}
}

// askFolder asks where the receipts are, when there is no stick.
func (s *sentList) askFolder(folder string) tea.Cmd {
	ask := ui.PathAsk{Title: "取回执", Folder: true, Path: folder, Help: "没有找到U盘。插好后按 Esc 返回再按 F2;回执在别的文件夹里的,写出文件夹,或按 ↓ 从列表里选:",
		Done: func(path string) tea.Cmd { return tea.Sequence(ui.Do(ui.Pop{}), s.take([]string{path})) }}
	return ui.Do(ui.Push{Screen: ui.NewPathBox(s.app, ask)})
}

// take looks for receipts in folders, or on the sticks where none is given, and takes
// in those of this ledger.
func (s *sentList) take(folders []string) tea.Cmd {
	if s.taking {
		return nil
	}
	s.taking = true
	return func() tea.Msg {
		drives := folders
		if len(drives) == 0 {
			drives = s.app.Drives()
		}
		m := receiptsTaken{drives: len(drives), folder: strings.Join(folders, ""), before: homeCode(s.app)}
		if len(drives) == 0 {
			var err error
			if m.folder, err = lastFolder(s.app); err != nil {
				return ui.Failed{Err: err}
			}
			m.folder = ui.FolderPath(m.folder)
		}
		for _, path := range receiptFiles(drives) {
			if err := takeReceipt(s.app, path); err != nil {
				var known *model.Error
				switch {
				case errors.As(err, &known) && known.Code == "E-RECEIPT-OTHER":
					m.other++
				case errors.As(err, &known):
					m.faults = append(m.faults, known.Message)
				default:
					return ui.Failed{Err: err}
				}
				continue
			}
			m.taken++
		}
		if s.app.County { // whose own documents for its villages may lie there
			return m
		}
		var err error
		m.papers, err = inbox.TakeIn(s.app, drives)
		var known *model.Error
		switch {
		case errors.As(err, &known):
			m.faults = append(m.faults, known.Message)
		case err != nil:
			return ui.Failed{Err: err}
		}
		return m
	}
}

// receiptFiles gives the receipts in the drives and in their folders. What can't be
// read is no receipt.
func receiptFiles(drives []string) []string {
	var all []string
	for _, d := range drives {
		for _, pattern := range []string{"*", filepath.Join("*", "*")} {
			found, err := filepath.Glob(filepath.Join(escapeGlob(d), pattern+bundle.ReceiptExtension))
			if err == nil {
				all = append(all, found...)
			}
		}
	}
	return all
}

// escapeGlob keeps a folder's own marks from being taken as a pattern.
func escapeGlob(dir string) string {
	if filepath.Separator == '\\' {
		return dir // Windows has no way to escape, and no such drive names
	}
	return strings.NewReplacer("[", `\[`, "*", `\*`, "?", `\?`, `\`, `\\`).Replace(dir)
}

// receiptBytes bounds what is read of a file that calls itself a receipt.
const receiptBytes = 8 << 20

func takeReceipt(app *ui.App, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return model.Errorf("E-FILE", "读不出“%s”,请重新插好 U 盘再试", filepath.Base(path))
	}
	data, err := io.ReadAll(io.LimitReader(f, receiptBytes))
	if err = errors.Join(err, f.Close()); err != nil {
		return model.Errorf("E-FILE", "读不出“%s”,请重新插好 U 盘再试", filepath.Base(path))
	}
	_, err = send.TakeReceipt(app.Ctx, app.Ledger, data)
	return err
}

// homeCode is the organisation's code as it stands.
func homeCode(app *ui.App) string { return app.Ledger.Home().Str("code") }

// sayRecoded tells the person when the county has given the organisation another code
// than it had before.
func sayRecoded(before string, app *ui.App) tea.Cmd {
	text := send.RecodedText(before, homeCode(app))
	if text == "" {
		return nil
	}
	return tea.Batch(ui.Do(ui.Changed{}), ui.Do(ui.Ask{Title: "本组织的代码改了", Text: text, Choices: []ui.Choice{{Label: "知道了"}}}))
}

// say tells in one line what became of the receipts, and what came with them.
func (m receiptsTaken) say() ui.Status {
	papers := ""
	if m.papers > 0 {
		papers = fmt.Sprintf("上级来件 %d 个,按 F12 选“上级来件”看", m.papers)
	}
	switch {
	case len(m.faults) > 0:
		return ui.Status{Text: fmt.Sprintf("取入 %d 份,%d 份没有取入:%s", m.taken, len(m.faults), m.faults[0]), Fault: true}
	case m.taken == 0 && m.papers > 0:
		return ui.Status{Text: "没有本组织的回执;取入" + papers}
	case m.taken == 0 && m.folder != "":
		return ui.Status{Text: "这个文件夹里没有本组织的回执", Fault: true}
	case m.taken == 0:
		return ui.Status{Text: "U 盘上没有本组织的回执", Fault: true}
	case m.papers > 0:
		return ui.Status{Text: fmt.Sprintf("已取入回执 %d 份,%s", m.taken, papers)}
	}
	return ui.Status{Text: fmt.Sprintf("已取入回执 %d 份", m.taken)}
}

func (s *sentList) View() (string, *tea.Cursor) {
	lines, cursor := s.list.View(s.app.Styles)
	if s.app.County {
		for len(lines) < s.h-aboveRows {
			lines = append(lines, "")
		}
		lines = append(lines, s.below()...)
	}
	return strings.Join(lines, "\n"), cursor
}
