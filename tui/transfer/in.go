package transfer

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/transfer"
	"taizhang/tui/ui"
)

// The rows of the form.
const (
	rowFile  = "file"
	rowWords = "words"
	rowDay   = "day"
)

// say gives the sentence of an error that a person can mend; fault tells that it is none.
func say(err error) (text string, fault bool) { return store.Say(err) }

// in asks for a package, its words and the day, and goes on to what is in it.
type in struct {
	app   *ui.App
	rows  ui.ShortForm
	busy  bool
	fault string
	pack  *transfer.Package // once it is open
	list  *arrivals
	w, h  int
}

var _ ui.Screen = (*in)(nil)

// What commands give: a package found on a stick, and one opened and looked through.
type (
	foundFile struct {
		to   *in
		path string
	}
	looked struct {
		to      *in
		pack    *transfer.Package
		arrival *transfer.Arrival
		err     error
	}
	applied struct {
		to    *in
		n     int
		saved store.Saved
		err   error
	}
)

// NewIn gives 收移交包.
func NewIn(app *ui.App) ui.Screen {
	n := &in{app: app}
	file := ui.TextRow(app, rowFile, "移交包", "", "U盘上对方给的文件(名字以 "+transfer.Ending+" 结尾);F3 从列表里选")
	file.Browse = &ui.PathAsk{Title: "收哪一个移交包", Help: "对方写的移交包,按 ↓ 从列表里选:", Exts: []string{transfer.Ending}, Near: true}
	file.Needed = true
	n.rows = ui.ShortForm{App: app, Rows: []*ui.ShortRow{
		file,
		ui.TextRow(app, rowWords, "口令", "", "对方在电话里说的四个词,打汉字或拼音都行"),
		ui.TextRow(app, rowDay, "转入日期", string(app.Today()), "组织关系转到的那一天"),
		{Name: "look", Label: "打开看看", Act: n.look},
	}}
	return n
}

// Init looks for the newest package on a stick.
func (n *in) Init() tea.Cmd {
	m, app := foundFile{to: n}, n.app
	return func() tea.Msg {
		var dirs []string
		if app.Drives != nil {
			dirs = app.Drives()
		}
		var newest time.Time
		for _, dir := range dirs {
			entries, err := os.ReadDir(dir)
			if err != nil {
				continue // a stick that can't be read is said when it is chosen
			}
			for _, e := range entries {
				info, err := e.Info()
				if err == nil && strings.HasSuffix(e.Name(), transfer.Ending) && info.Mode().IsRegular() && info.ModTime().After(newest) {
					newest, m.path = info.ModTime(), filepath.Join(dir, e.Name())
				}
			}
		}
		return m
	}
}

// Title implements ui.Screen.
func (n *in) Title() string {
	if n.list != nil {
		return n.list.title()
	}
	return "收移交包"
}

// Unsaved implements ui.Screen.
func (n *in) Unsaved() string {
	if n.list != nil {
		return "移交包里的人还没有收入"
	}
	return ""
}

// Hints implements ui.Screen.
func (n *in) Hints() []ui.Hint {
	switch {
	case n.busy:
		return nil
	case n.list != nil:
		return []ui.Hint{{Action: ui.Save, Label: "收入打勾的"}, {Action: ui.Open, Label: "打勾/去勾"}, {Action: ui.Back, Label: "返回"}}
	}
	return []ui.Hint{{Action: ui.Save, Label: "打开看看"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "返回"}}
}

// Help implements ui.Screen.
func (n *in) Help() []string {
	return []string{
		"转来的党员带着移交包的,在这里收:选文件,打上对方在电话里说的四个词,看一看里面是谁、带来什么,再收入。",
		"收入以后,每个人登记一条“转入”,他的党费、任职、评议、没走完的发展党员一起进台账;整个支部转来的也一次收完。",
		"以前在本台账、后来转出的人,回来还用原来的那一条。台账里已经在册的人收不进来,先核对是不是重复登记。",
		"↑ ↓ 移动,按回车打勾或去掉勾;下面写着这个人带来什么、什么没有带来。按 F2 收入打勾的,收错了按 Ctrl+Z 一次撤销。",
		"指着原支部别人的(收缴人、培养联系人)留空,名字写进备注。收入前不改动台账。",
	}
}

// SetSize implements ui.Screen.
func (n *in) SetSize(w, h int) {
	n.w, n.h = w, h
	if n.list != nil {
		n.list.size(w, h)
	}
}

// Update implements ui.Screen.
func (n *in) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case foundFile:
		if row := n.rows.Row(rowFile); m.to == n && m.path != "" && row.Value() == "" {
			row.Input.SetValue(m.path)
			if n.rows.Cur == 0 {
				n.rows.Focus(rowWords)
			}
		}
		return nil
	case looked:
		if m.to == n {
			return n.took(m)
		}
		return nil
	case applied:
		if m.to == n {
			return n.tookApplied(m)
		}
		return nil
	}
	if n.busy {
		return nil
	}
	if n.list != nil {
		return n.listUpdate(msg)
	}
	return n.rows.Drive(msg, len(n.above()), n.look)
}

func (n *in) listUpdate(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case ui.Is(m, ui.Save):
			return n.apply()
		case ui.Is(m, ui.Back):
			n.list = nil
			return nil
		}
	}
	return n.list.update(msg)
}

// look opens the package and looks through it in a command: its lock takes a second.
func (n *in) look() tea.Cmd {
	path, words := ui.TypedPath(n.rows.Value(rowFile)), n.rows.Value(rowWords)
	day, err := model.ParseDate(n.rows.Value(rowDay))
	for _, check := range []struct{ row, fault string }{
		{rowFile, orFault(path == "", "请选移交包的文件")}, {rowWords, orFault(words == "", "请打上四个词")}, {rowDay, faultOf(err)},
	} {
		if check.fault != "" {
			n.rows.Row(check.row).Fault = check.fault
			n.rows.Focus(check.row)
			return nil
		}
	}
	n.busy, n.fault = true, ""
	m, app := looked{to: n}, n.app
	return func() tea.Msg {
		if m.pack, m.err = transfer.Read(path, words); m.err == nil {
			m.arrival, m.err = transfer.Look(app.Ctx, app.Ledger, m.pack, day)
		}
		return m
	}
}

func orFault(missing bool, text string) string {
	if missing {
		return text
	}
	return ""
}

func faultOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func (n *in) took(m looked) tea.Cmd {
	n.busy = false
	if m.err != nil {
		return n.failed(m.err)
	}
	n.pack, n.list = m.pack, newArrivals(n.app, m.arrival, m.pack)
	n.list.size(n.w, n.h)
	return nil
}

// failed shows an error at the row that it is about.
func (n *in) failed(err error) tea.Cmd {
	text, fault := say(err)
	if fault {
		return ui.Do(ui.Failed{Err: err})
	}
	var known *model.Error
	row := map[string]string{"E-WORDS": rowWords, "E-ARRIVAL": rowDay, "E-TRANSFER-FILE": rowFile, "E-NOFILE": rowFile}
	if errors.As(err, &known) && row[known.Code] != "" {
		n.rows.Row(row[known.Code]).Fault = text
		n.rows.Focus(row[known.Code])
		return nil
	}
	n.fault = text
	return nil
}

// apply takes in those ticked, in a command.
func (n *in) apply() tea.Cmd {
	a := n.list.arrival
	if a.Taken() == 0 {
		return ui.Do(ui.Status{Text: "一个人也没有打勾:按回车打勾,或按 Esc 回去"})
	}
	n.busy = true
	m, ctx := applied{to: n, n: a.Taken()}, n.app.Ctx
	l := n.app.Ledger
	return func() tea.Msg {
		if _, m.err = copies.Before(ctx, l, copies.Arrival); m.err == nil { // what kept it from being made stands on the work table
			m.saved, m.err = a.Apply(ctx)
		}
		return m
	}
}

func (n *in) tookApplied(m applied) tea.Cmd {
	n.busy = false
	if m.err != nil {
		text, fault := say(m.err)
		if fault {
			return ui.Do(ui.Failed{Err: m.err})
		}
		return ui.Do(ui.Status{Text: "没有收入:" + text, Fault: true})
	}
	text := doneText(m.n, len(m.saved.Records)-2*m.n)
	return tea.Sequence(ui.Do(ui.Changed{}), ui.Do(ui.Pop{}), ui.Do(ui.Status{Text: text}))
}

// above is what stands over the form.
func (n *in) above() []string {
	lines := ui.Wrap("转来的党员带着移交包的,连同材料收进台账,登记为转入。收入以前先看一看。", max(n.w-2, 10))
	if n.fault != "" {
		lines = append(lines, ui.Wrap(n.fault, max(n.w-2, 10))...)
	}
	return append(lines, "")
}

// View implements ui.Screen.
func (n *in) View() (string, *tea.Cursor) {
	var lines []string
	var cursor *tea.Cursor
	switch {
	case n.busy:
		lines = []string{"", " 正在看移交包,要几秒钟…"}
	case n.list != nil:
		lines = n.list.view()
	default:
		for i, l := range n.above() {
			if i > 0 && l != "" && n.fault != "" {
				l = n.app.Styles.Fault.Render(l)
			}
			lines = append(lines, " "+l)
		}
		lines, cursor = n.rows.Below(lines, n.w)
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), n.w, n.h), "\n"), cursor
}
