package ui

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store"
)

const maxEntries = 200 // of a folder, listed at a time

// PathAsk says which path is asked for.
type PathAsk struct {
	Title, Help string
	Path        string   // what stands in the line at first
	Exts        []string // the endings of the files offered, e.g. ".xlsx"
	// New asks for a file that is to be written: what is typed is its name and is not
	// completed to that of another file, and a folder chosen keeps the name.
	New bool
	// Near offers the desktop and the folder of downloads too.
	Near bool
	// Stick begins on the first stick that is plugged in, where no path stands yet.
	Stick bool
	// Folder asks for a folder instead of a file.
	Folder bool
	// Done is called in Update with the path, the box still open.
	Done func(path string) tea.Cmd
	// Return, where set, is what Esc does instead of closing the box.
	Return func() tea.Cmd
}

// PathBox asks for the path of a file or folder, as an overlay. Under the line stand
// the files and folders that fit what is typed; ↓ goes to them.
type PathBox struct {
	ask PathAsk
	app *App

	input         *Input
	list          Chooser
	inList        bool
	dir           string // the folder listed, or being listed
	listed        bool   // its listing has come
	then          bool   // Enter was pressed before it came
	entries       []Item
	fault         string
	width, height int
}

var _ Overlay = (*PathBox)(nil)

// listing is what stands in a folder.
type listing struct {
	box     *PathBox
	dir     string
	entries []Item
	err     error
}

// pathEntry is what an entry of the list stands for.
type pathEntry struct {
	path   string
	folder bool // it is gone into
	way    bool // a way to elsewhere, that typing does not narrow away
}

// NewPathBox gives the box that asks for a path.
func NewPathBox(app *App, ask PathAsk) *PathBox {
	b := &PathBox{ask: ask, app: app, input: NewInput(app.Styles)}
	b.list.Muted = true
	b.input.SetValue(ask.Path)
	return b
}

// Init implements Screen.
func (b *PathBox) Init() tea.Cmd { return b.look() }

// parts gives the folder that is typed and the beginning of a name in it.
func (b *PathBox) parts() (dir, prefix string) {
	typed := expandHome(b.input.Value())
	if typed == "" {
		return ".", ""
	}
	if os.IsPathSeparator(typed[len(typed)-1]) {
		return filepath.Clean(typed), ""
	}
	return filepath.Dir(typed), filepath.Base(typed)
}

// look lists the folder that is typed, or narrows the list when it is listed.
func (b *PathBox) look() tea.Cmd {
	dir, _ := b.parts()
	if dir == b.dir {
		b.narrow()
		return nil
	}
	b.dir, b.entries, b.listed = dir, nil, false
	b.narrow()
	l, ask, drives := listing{box: b, dir: dir}, b.ask, b.app.Drives
	return func() tea.Msg {
		l.entries, l.err = entriesOf(dir, ask)
		l.entries = append(waysFrom(dir, ask, drives), l.entries...)
		return l
	}
}

// fits gives the entries whose names fit what was begun; the one of just that name
// alone where there is one.
func (b *PathBox) fits() []Item {
	_, prefix := b.parts()
	var some []Item
	for _, e := range b.entries {
		switch {
		case isWay(e):
		case e.Key == prefix:
			return []Item{e}
		case model.Matches(e.Key, prefix):
			some = append(some, e)
		}
	}
	return some
}

// narrow shows the ways to elsewhere and the entries that fit the name begun; all when
// it fits none. The choice is on the first that fits.
func (b *PathBox) narrow() {
	n := 0 // the ways stand first
	for n < len(b.entries) && isWay(b.entries[n]) {
		n++
	}
	fits := b.fits()
	if len(fits) == 0 {
		fits = b.entries[n:]
	}
	fits = fits[:min(len(fits), maxEntries)]
	b.list.SetItems(slices.Concat(b.entries[:n], fits))
	switch {
	case b.ask.Folder && n > 0:
		b.list.Select(b.entries[0].Key)
	case len(fits) > 0:
		b.list.Select(fits[0].Key)
	}
}

func isWay(it Item) bool {
	entry, _ := it.Value.(pathEntry)
	return entry.way
}

// Update implements Screen.
func (b *PathBox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listing:
		if msg.box != b || msg.dir != b.dir {
			return nil
		}
		b.entries, b.fault, b.listed = msg.entries, "", true
		if msg.err != nil {
			b.fault = "打不开文件夹 " + msg.dir + ",请核对写得对不对"
		}
		b.narrow()
		if b.then {
			b.then = false
			return b.enter()
		}
	case tea.KeyPressMsg:
		return b.key(msg)
	case tea.PasteMsg:
		return b.edit(msg)
	case tea.MouseClickMsg:
		if b.list.Click(msg.X, msg.Y-b.firstRow()) {
			b.inList = true
			return b.enter()
		}
	case tea.MouseWheelMsg:
		b.list.Wheel(msg)
	}
	return nil
}

func (b *PathBox) key(msg tea.KeyPressMsg) tea.Cmd {
	defer func() { b.list.Muted = !b.inList }()
	key := msg.String()
	switch {
	case Is(msg, Back):
		if b.inList {
			b.inList = false
			return nil
		}
		if b.ask.Return != nil {
			return b.ask.Return()
		}
		return Do(Pop{})
	case Is(msg, Open), Is(msg, Save):
		return b.enter()
	case !b.inList && (key == "down" || key == "tab"):
		_, b.inList = b.list.Selected()
		return nil
	case b.inList && key == "up" && b.atTop():
		b.inList = false
		return nil
	case b.inList && slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end"}, key):
		b.list.Update(msg)
		return nil
	}
	if key == "ctrl+u" {
		b.input.SetValue("")
	}
	return b.edit(msg)
}

func (b *PathBox) atTop() bool {
	it, ok := b.list.Selected()
	return !ok || it.Key == b.list.Items()[0].Key
}

func (b *PathBox) edit(msg tea.Msg) tea.Cmd {
	b.inList, b.fault, b.list.Muted, b.then = false, "", true, false
	cmd := b.input.Update(msg)
	return tea.Batch(cmd, b.look())
}

// enter takes what is typed, or goes on with the entry chosen.
func (b *PathBox) enter() tea.Cmd {
	b.fault = ""
	if it, ok := b.list.Selected(); b.inList && ok {
		return b.take(it)
	}
	path := expandHome(b.input.Value())
	switch why := store.PathFault(path); {
	case path == "":
		b.fault = "请写出位置和名字,或按 ↓ 从列表里选"
		return nil
	case why != "":
		b.fault = why
		return nil
	case b.ask.New:
		return b.ask.Done(filepath.Clean(path))
	case !b.listed:
		b.then = true // what stands in the folder says what is meant
		return nil
	}
	_, prefix := b.parts()
	fits := b.fits()
	switch {
	case prefix == "" && !b.ask.Folder:
		if _, b.inList = b.list.Selected(); !b.inList {
			b.fault = "请写出文件的名字"
		}
		b.list.Muted = !b.inList
		return nil
	case prefix != "" && len(fits) == 1:
		return b.take(fits[0])
	case prefix != "" && len(fits) > 1:
		b.fault = fmt.Sprintf("有 %d 个名字合得上,请再写几个字,或按 ↓ 从列表里选", len(fits))
		return nil
	}
	return b.ask.Done(filepath.Clean(path))
}

// take goes on with an entry: into a folder, or with what was asked for. A folder whose
// name was typed in full or in part is the one wanted, where one is asked for.
func (b *PathBox) take(it Item) tea.Cmd {
	entry, _ := it.Value.(pathEntry)
	typed := !b.inList
	b.inList, b.list.Muted = false, true
	if !entry.folder || typed && b.ask.Folder {
		b.input.SetValue(entry.path)
		return tea.Batch(b.look(), b.ask.Done(filepath.Clean(entry.path)))
	}
	path := FolderPath(entry.path)
	if b.ask.New {
		_, name := b.parts()
		path += cmp.Or(name, filepath.Base(b.ask.Path))
	}
	b.input.SetValue(path)
	b.inList, b.list.Muted = !b.ask.New, b.ask.New // one goes on choosing where one was
	return b.look()
}

func (b *PathBox) helpLines() []string { return Wrap(b.ask.Help, max(b.width-2, 10)) }

// firstRow is the row of the list: below the help, the line and the fault.
func (b *PathBox) firstRow() int { return len(b.helpLines()) + 2 }

// Box implements Overlay.
func (b *PathBox) Box(width, height int) (w, h int) {
	return min(76, width-2), min(18, height)
}

// SetSize implements Screen.
func (b *PathBox) SetSize(width, height int) {
	b.width, b.height = width, height
	b.list.SetSize(width, max(height-b.firstRow(), 1))
}

// View implements Screen.
func (b *PathBox) View() (string, *tea.Cursor) {
	var lines []string
	for _, s := range b.helpLines() {
		lines = append(lines, b.app.Styles.Muted.Render(" "+s))
	}
	b.input.SetWidth(max(b.width-3, 4))
	text, cursor := b.input.View()
	if cursor != nil {
		cursor.X++
		cursor.Y += len(lines)
	}
	says := b.app.Styles.Fault.Render(" " + Cut(b.fault, b.width-2))
	if n := len(b.entries); b.fault == "" && b.listed && !b.ask.Folder && !b.ask.New && (n == 0 || isWay(b.entries[n-1])) {
		says = b.app.Styles.Muted.Render(" " + Cut("这个文件夹里没有可用的文件", b.width-2))
	}
	lines = append(lines, " "+text, says)
	list, _ := b.list.View(b.app.Styles)
	lines = append(lines, list...)
	return strings.Join(Lines(strings.Join(lines, "\n"), b.width, b.height), "\n"), cursor
}

// Title implements Screen.
func (b *PathBox) Title() string { return b.ask.Title }

// Hints implements Screen.
func (b *PathBox) Hints() []Hint {
	return []Hint{{Action: Open, Label: "确定"}, {Action: List, Label: "从列表里选"}, {Action: Back, Label: "返回"}}
}

// Help implements Screen.
func (b *PathBox) Help() []string {
	return []string{b.ask.Help, "可以直接写文件的位置,也可以按 ↓ 到下面的列表里选;选中文件夹按回车就进去,“上一级”退回上一层。",
		"名字只写几个字或拼音首字母也行,只有一个合得上就是它。",
		"Ctrl+U 清空这一行;也可以接着写一个完整的位置,前面的就不算了。"}
}

// Unsaved implements Screen.
func (b *PathBox) Unsaved() string { return "" }
