// Package transfer is the two sides of a 移交包 on the screen: writing one of those who
// were transferred out, and taking one in.
package transfer

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/store/transfer"
	"taizhang/tui/ui"
)

// outRows are the rows of the form.
const rowFolder = "folder"

// out writes a package: where to, then the words that the telephone carries.
type out struct {
	app     *ui.App
	persons []string
	rows    ui.ShortForm
	busy    bool
	fault   string
	done    *transfer.Written
	w, h    int
}

var _ ui.Screen = (*out)(nil)

// What commands give: the folder to offer, and what was written.
type (
	offered struct {
		to   *out
		path string
		err  error
	}
	written struct {
		to  *out
		w   transfer.Written
		err error
	}
)

// NewOut gives the screen that writes the package of persons transferred out, by their
// ids.
func NewOut(app *ui.App, persons []string) ui.Screen {
	o := &out{app: app, persons: persons}
	folder := ui.TextRow(app, rowFolder, "写到", "", "U盘或文件夹;F3 从列表里选")
	folder.Browse = &ui.PathAsk{Title: "移交包写到哪里", Help: "选U盘,或者一个文件夹:", Folder: true, Near: true}
	folder.Needed = true
	o.rows = ui.ShortForm{App: app, Rows: []*ui.ShortRow{folder, {Name: "write", Label: "写移交包", Act: o.write}}}
	return o
}

// Init offers a stick, else the folder used last.
func (o *out) Init() tea.Cmd {
	m, app := offered{to: o}, o.app
	return func() tea.Msg {
		if app.Drives != nil {
			if all := app.Drives(); len(all) > 0 {
				m.path = all[0]
				return m
			}
		}
		m.path, m.err = ui.LastFolder(app)
		return m
	}
}

// Title implements ui.Screen.
func (o *out) Title() string { return fmt.Sprintf("写移交包:%d 人", len(o.persons)) }

// Unsaved implements ui.Screen.
func (o *out) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (o *out) Hints() []ui.Hint {
	switch {
	case o.busy:
		return nil
	case o.done != nil:
		return []ui.Hint{{Action: ui.Back, Label: "返回"}}
	}
	return []ui.Hint{{Action: ui.Save, Label: "写移交包"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "不写"}}
}

// Help implements ui.Screen.
func (o *out) Help() []string {
	return []string{
		"移交包里是转出的人和属于他的记录:没走完的发展党员和考察、党费、任职、民主评议、处分。谈话、会议这些不带走。",
		"写好以后显示四个词的口令。文件用U盘带过去,口令在电话里告诉对方,两样不要放在一起。",
		"对方的支部在菜单里选“收移交包”,打上四个词,就登记为转入,材料一起进他的台账。",
		"本台账里他还开着的发展党员和任职,写移交包的时候按转出终止;不对的,到表里按 Ctrl+Z 撤销。",
		"口令没记下也不要紧:到这个人的档案里按 F7 再写一个。",
	}
}

// SetSize implements ui.Screen.
func (o *out) SetSize(w, h int) { o.w, o.h = w, h }

// Update implements ui.Screen.
func (o *out) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case offered:
		if m.to != o {
			return nil
		}
		if m.err != nil {
			return ui.Do(ui.Failed{Err: m.err})
		}
		if in := o.rows.Rows[0].Input; in.Value() == "" {
			in.SetValue(m.path)
		}
	case written:
		if m.to == o {
			return o.took(m)
		}
	case tea.KeyPressMsg:
		if o.done != nil && (ui.Is(m, ui.Back) || ui.Is(m, ui.Open)) {
			return ui.Do(ui.Pop{})
		}
	}
	if o.busy || o.done != nil {
		return nil
	}
	return o.rows.Drive(msg, len(o.above()), o.write)
}

// write writes the package in a command: closing it takes a second or two.
func (o *out) write() tea.Cmd {
	path := ui.TypedPath(o.rows.Value(rowFolder))
	if path == "" {
		o.rows.Row(rowFolder).Fault = "请写明写到哪里"
		o.rows.Focus(rowFolder)
		return nil
	}
	o.busy, o.fault = true, ""
	m, app, persons := written{to: o}, o.app, o.persons
	return func() tea.Msg {
		if m.w, m.err = transfer.Hand(app.Ctx, app.Ledger, persons, path); m.err == nil {
			m.err = ui.KeepFolder(app, m.w.Path)
		}
		return m
	}
}

func (o *out) took(m written) tea.Cmd {
	o.busy = false
	if m.w.Path == "" {
		text, fault := say(m.err)
		if fault {
			return ui.Do(ui.Failed{Err: m.err})
		}
		o.fault = text
		return nil
	}
	o.done = &m.w
	cmds := []tea.Cmd{ui.Do(ui.Changed{})}
	if m.err != nil {
		cmds = append(cmds, ui.Do(ui.Failed{Err: m.err}))
	}
	return tea.Batch(cmds...)
}

// above is what stands over the form.
func (o *out) above() []string {
	lines := ui.Wrap("把转出的人连同属于他的记录写成一个文件,用四个词的口令锁住,交给对方支部。", max(o.w-2, 10))
	if o.fault != "" {
		lines = append(lines, ui.Wrap("没有写成:"+o.fault, max(o.w-2, 10))...)
	}
	return append(lines, "")
}

// View implements ui.Screen.
func (o *out) View() (string, *tea.Cursor) {
	s := o.app.Styles
	var lines []string
	var cursor *tea.Cursor
	switch {
	case o.busy:
		lines = []string{"", " 正在写移交包,要几秒钟…"}
	case o.done != nil:
		lines = o.doneLines()
	default:
		for i, l := range o.above() {
			if i > 0 && l != "" && o.fault != "" {
				l = s.Fault.Render(l)
			}
			lines = append(lines, " "+l)
		}
		lines, cursor = o.rows.Below(lines, o.w)
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), o.w, o.h), "\n"), cursor
}

// doneLines say what was written, with the words in the middle.
func (o *out) doneLines() []string {
	s, w := o.app.Styles, max(o.w-2, 10)
	var lines []string
	para := func(text string) {
		for _, l := range ui.Wrap(text, w) {
			lines = append(lines, " "+l)
		}
	}
	para("移交包写好了,已经读回来核对过。")
	para("文件:" + ui.Clean(o.done.Path))
	para("里面有:" + o.done.Summary)
	if n := len(o.done.Ended); n > 0 {
		para(fmt.Sprintf("本台账里还开着的 %d 条(任职、发展党员)已按转出终止,在表里按 Ctrl+Z 撤销。", n))
	}
	lines = append(lines, "", s.Title.Render(" 口令,四个词:"), "", "     "+s.Title.Render(strings.Join(o.done.Words, "    ")), "")
	para("请现在抄下来,在电话里一个词一个词地告诉对方;不要和文件放在一起,也不要写在U盘上。")
	para("没记下也不要紧:到档案里按 F7 再写一个移交包。")
	return lines
}
