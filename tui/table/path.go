package table

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

const maxEntries = 200 // of a folder, listed at a time

// pathBox asks for a file's path, as an overlay. Under the line stand the folders
// and files that fit what is typed; ↓ goes to them.
type pathBox struct {
	app         *ui.App
	title, help string
	exts        []string // the files offered, e.g. ".xlsx"
	done        func(path string) tea.Cmd
	back        func() tea.Cmd

	input         *ui.Input
	list          ui.Chooser
	inList        bool
	dir           string // the folder listed, or being listed
	entries       []ui.Item
	fault         string
	width, height int
}

var _ ui.Overlay = (*pathBox)(nil)

// listing is what stands in a folder.
type listing struct {
	box     *pathBox
	dir     string
	entries []ui.Item
	err     error
}

func newPathBox(app *ui.App, title, help, path string, exts []string, done func(string) tea.Cmd) *pathBox {
	b := &pathBox{app: app, title: title, help: help, exts: exts, done: done, input: ui.NewInput(app.Styles)}
	b.list.Empty = "这个文件夹里没有可用的文件"
	b.list.Muted = true
	b.input.SetValue(path)
	return b
}

// Init implements ui.Screen.
func (b *pathBox) Init() tea.Cmd { return b.look() }

// parts gives the folder that is typed and the beginning of a name in it.
func (b *pathBox) parts() (dir, prefix string) {
	typed := expandHome(b.input.Value())
	if typed == "" {
		return ".", ""
	}
	if os.IsPathSeparator(typed[len(typed)-1]) {
		return filepath.Clean(typed), ""
	}
	return filepath.Dir(typed), filepath.Base(typed)
}

// restart finds a path begun anew behind another one: /home/a//media/stick,
// C:\Users\E:\. The proposed folder then need not be deleted first.
var restart = regexp.MustCompile(`^.+[/\\](/|~|\\\\|[A-Za-z]:[/\\])`)

// expandHome takes a path as it was typed or pasted: without quotes around it,
// ~ standing for the home folder, what was begun anew without the older beginning.
func expandHome(typed string) string {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), `"`, "")
	if at := restart.FindStringSubmatchIndex(typed); at != nil {
		typed = typed[at[2]:]
	}
	if rest, ok := strings.CutPrefix(typed, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return home + rest
		}
	}
	return typed
}

// look lists the folder that is typed, or narrows the list when it is listed.
func (b *pathBox) look() tea.Cmd {
	dir, _ := b.parts()
	if dir == b.dir {
		b.narrow()
		return nil
	}
	b.dir, b.entries = dir, nil
	b.narrow()
	l, exts := listing{box: b, dir: dir}, b.exts
	return func() tea.Msg {
		l.entries, l.err = entriesOf(dir, exts)
		return l
	}
}

// entriesOf lists the files of a folder with one of the extensions, then its
// folders. Hidden ones are left out.
func entriesOf(dir string, exts []string) ([]ui.Item, error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", dir, err)
	}
	var files, dirs []ui.Item
	for _, e := range all {
		name := e.Name()
		switch ext := strings.ToLower(filepath.Ext(name)); {
		case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"):
		case isDir(dir, e):
			dirs = append(dirs, ui.Item{Key: name, Label: name + string(filepath.Separator), Note: "文件夹", Value: true})
		case slices.Contains(exts, ext):
			files = append(files, ui.Item{Key: name, Label: name, Value: false})
		}
	}
	return append(files, dirs...), nil
}

// isDir follows a symbolic link, since a stick is often reached by one.
func isDir(dir string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(dir, e.Name()))
	return err == nil && info.IsDir()
}

// narrow shows the entries that fit the name begun; all when it fits none.
func (b *pathBox) narrow() {
	_, prefix := b.parts()
	var fits []ui.Item
	for _, e := range b.entries {
		if len(fits) < maxEntries && model.Matches(e.Key, prefix) {
			fits = append(fits, e)
		}
	}
	if len(fits) == 0 {
		fits = b.entries[:min(len(b.entries), maxEntries)]
	}
	b.list.SetItems(fits)
}

// Update implements ui.Screen.
func (b *pathBox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listing:
		if msg.box == b && msg.dir == b.dir {
			b.entries, b.fault = msg.entries, ""
			if msg.err != nil {
				b.fault = "打不开文件夹 " + msg.dir + ",请核对写得对不对"
			}
			b.narrow()
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

func (b *pathBox) key(msg tea.KeyPressMsg) tea.Cmd {
	defer func() { b.list.Muted = !b.inList }()
	key := msg.String()
	switch {
	case ui.Is(msg, ui.Back):
		if b.inList {
			b.inList = false
			return nil
		}
		if b.back != nil {
			return b.back()
		}
		return ui.Do(ui.Pop{})
	case ui.Is(msg, ui.Open), ui.Is(msg, ui.Save):
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

func (b *pathBox) atTop() bool {
	it, ok := b.list.Selected()
	return !ok || it.Key == b.list.Items()[0].Key
}

func (b *pathBox) edit(msg tea.Msg) tea.Cmd {
	b.inList, b.fault, b.list.Muted = false, "", true
	cmd := b.input.Update(msg)
	return tea.Batch(cmd, b.look())
}

// enter takes what is typed, or goes on with the entry chosen.
func (b *pathBox) enter() tea.Cmd {
	if it, ok := b.list.Selected(); b.inList && ok {
		b.inList = false
		b.list.Muted = true
		path := filepath.Join(b.dir, it.Key)
		if folder, _ := it.Value.(bool); folder {
			b.input.SetValue(path + string(filepath.Separator))
			return b.look()
		}
		b.input.SetValue(path)
		return b.done(path)
	}
	path := expandHome(b.input.Value())
	if path == "" {
		b.fault = "请写出文件的位置和名字,或按 ↓ 从列表里选"
		return nil
	}
	return b.done(filepath.Clean(path))
}

func (b *pathBox) helpLines() []string { return ui.Wrap(b.help, max(b.width-2, 10)) }

// firstRow is the row of the list: below the help, the line and the fault.
func (b *pathBox) firstRow() int { return len(b.helpLines()) + 2 }

// Box implements ui.Overlay.
func (b *pathBox) Box(width, height int) (w, h int) {
	return min(76, width-2), min(18, height)
}

// SetSize implements ui.Screen.
func (b *pathBox) SetSize(width, height int) {
	b.width, b.height = width, height
	b.list.SetSize(width, max(height-b.firstRow(), 1))
}

// View implements ui.Screen.
func (b *pathBox) View() (string, *tea.Cursor) {
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
	lines = append(lines, " "+text, b.app.Styles.Fault.Render(" "+ui.Cut(b.fault, b.width-2)))
	list, _ := b.list.View(b.app.Styles)
	lines = append(lines, list...)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), b.width, b.height), "\n"), cursor
}

// Title implements ui.Screen.
func (b *pathBox) Title() string { return b.title }

// Hints implements ui.Screen.
func (b *pathBox) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "确定"}, {Action: ui.List, Label: "从列表里选"}, {Action: ui.Back, Label: "退回"}}
}

// Help implements ui.Screen.
func (b *pathBox) Help() []string {
	return []string{b.help, "可以直接写文件的位置,也可以按 ↓ 到下面的列表里选;选中文件夹按回车就进去。", "Ctrl+U 清空这一行;也可以接着写一个完整的位置,前面的就不算了。"}
}

// Unsaved implements ui.Screen.
func (b *pathBox) Unsaved() string { return "" }
