package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// ListBox is a Chooser as an overlay. Typing narrows it; Enter gives what is chosen to
// the entry's Run, or else to whoever made the box.
type ListBox struct {
	// Text is what is asked, above the list.
	Text string
	// Multi lets several items be marked; they are given in the list's order. Marked
	// holds the keys of those that are.
	Multi  bool
	Marked map[string]bool
	// Order lets items be moved among each other with ← and →.
	Order bool
	// OnBack is what Esc does; nil closes the box.
	OnBack func() tea.Cmd
	// Source, where set, gives the items for a typed text; it runs in a command.
	Source func(typed string) ([]Item, error)

	app           *App
	title         string
	items         []Item // with their keys unique
	done          func(chosen []Item) tea.Cmd
	list          Chooser
	typed         string // what the source was asked last
	width, height int
	busy          bool
}

var _ Overlay = (*ListBox)(nil)

// listFound is what the source of a ListBox gave for a typed text.
type listFound struct {
	box   *ListBox
	typed string
	items []Item
	err   error
}

// NewListBox makes a box; the caller fills in what more it wants before pushing it.
// done is for the entries without a Run.
//
//go:noinline
func NewListBox(app *App, title string, items []Item, done func([]Item) tea.Cmd) *ListBox {
	b := &ListBox{app: app, title: title, items: items, done: done, Marked: map[string]bool{}}
	b.list.Typing = true
	b.list.Hint = "打字可以缩小范围"
	b.list.Empty = "没有这一项,按 Esc 清除打的字"
	return b
}

// Init implements Screen.
func (b *ListBox) Init() tea.Cmd {
	b.fill()
	if b.Source == nil {
		return nil
	}
	b.list.Empty = "正在找…"
	return b.ask()
}

// fill gives the items to the list as they stand now.
func (b *ListBox) fill() {
	items := make([]Item, len(b.items))
	for i, it := range b.items {
		items[i] = it
		items[i].Value = it
		if b.Multi {
			box := "[ ] "
			if b.Marked[it.Key] {
				box = "[*] "
			}
			items[i].Label, items[i].Search = box+it.Label, it.Label
		}
		if b.Source != nil {
			items[i].Search = b.list.Typed() // the source has narrowed already
		}
	}
	b.list.SetItems(items)
}

// ask starts the source, unless it is still busy with an older text.
func (b *ListBox) ask() tea.Cmd {
	if b.Source == nil || b.busy {
		return nil
	}
	b.busy, b.typed = true, b.list.Typed()
	f, source := listFound{box: b, typed: b.typed}, b.Source
	return func() tea.Msg {
		f.items, f.err = source(f.typed)
		return f
	}
}

// Update implements Screen.
func (b *ListBox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listFound:
		if msg.box == b {
			return b.took(msg)
		}
	case tea.KeyPressMsg:
		return b.key(msg)
	case tea.PasteMsg:
		b.list.Paste(msg.Content)
		return b.narrowed()
	case tea.MouseClickMsg:
		return b.click(msg.X, msg.Y)
	case tea.MouseWheelMsg:
		b.list.Wheel(msg)
	}
	return nil
}

func (b *ListBox) took(f listFound) tea.Cmd {
	b.busy = false
	if f.typed != b.list.Typed() {
		return b.ask()
	}
	if f.err != nil {
		return Do(Failed{Err: f.err})
	}
	b.items = f.items
	b.list.Empty = "没有找到,按 Esc 清除打的字"
	b.fill()
	if len(b.items) > 0 {
		b.list.Select(b.items[0].Key) // the best of the new ones, not the old choice
	}
	return nil
}

func (b *ListBox) key(msg tea.KeyPressMsg) tea.Cmd {
	switch key := msg.String(); {
	case b.Multi && (Is(msg, Mark) || key == "space"):
		b.toggle()
		b.list.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	case b.Order && b.list.Typed() == "" && (key == "left" || key == "right"):
		b.shift(key == "right")
	case b.list.Update(msg):
		return b.narrowed()
	case Is(msg, Open), b.Multi && Is(msg, Save):
		return b.choose()
	case Is(msg, Back):
		if b.OnBack != nil {
			return b.OnBack()
		}
		return Do(Pop{})
	}
	return nil
}

// narrowed asks the source again when what is typed has changed.
func (b *ListBox) narrowed() tea.Cmd {
	if b.Source == nil || b.list.Typed() == b.typed {
		return nil
	}
	b.fill() // what is on the screen stays until the answer comes
	return b.ask()
}

func (b *ListBox) selected() (Item, bool) {
	it, ok := b.list.Selected()
	if !ok {
		return Item{}, false
	}
	chosen, ok := it.Value.(Item)
	return chosen, ok
}

// toggle marks the item at hand or takes its mark away.
func (b *ListBox) toggle() {
	if it, ok := b.selected(); ok {
		b.Marked[it.Key] = !b.Marked[it.Key]
		b.fill()
	}
}

// shift moves the item at hand one place on or back.
func (b *ListBox) shift(on bool) {
	it, ok := b.selected()
	if !ok {
		return
	}
	for i := range b.items {
		to := i - 1
		if on {
			to = i + 1
		}
		if b.items[i].Key == it.Key && to >= 0 && to < len(b.items) {
			b.items[i], b.items[to] = b.items[to], b.items[i]
			break
		}
	}
	b.fill()
}

// Chosen gives what Enter would choose now: all marked items, or else the one at hand.
func (b *ListBox) Chosen() []Item {
	var all []Item
	for _, it := range b.items {
		if b.Marked[it.Key] {
			all = append(all, it)
		}
	}
	if it, ok := b.selected(); len(all) == 0 && ok {
		all = []Item{it}
	}
	return all
}

// choose gives the item at hand, or all marked ones, to whoever asked.
func (b *ListBox) choose() tea.Cmd {
	all := b.Chosen()
	if len(all) == 0 {
		return nil
	}
	if all[0].Run != nil {
		return all[0].Run()
	}
	return b.done(all)
}

func (b *ListBox) click(x, y int) tea.Cmd {
	if !b.list.Click(x, y-len(b.textLines())) {
		return nil
	}
	if b.Multi {
		b.toggle()
		return nil
	}
	return b.choose()
}

// textLines gives the question, wrapped.
func (b *ListBox) textLines() []string {
	if b.Text == "" {
		return nil
	}
	return Wrap(b.Text, max(b.width-2, 10))
}

// Box implements Overlay.
func (b *ListBox) Box(width, height int) (w, h int) {
	w, n := max(Width(b.title)+6, 44), 0
	for _, it := range b.items {
		if !it.Quiet {
			n++
		}
		w = max(w, Width(it.Label)+Width(it.Note)+14)
	}
	if b.Source != nil {
		w, n = max(w, 60), 12
	}
	w = min(w, width-2, 76)
	if b.Text != "" {
		n += len(Wrap(b.Text, max(w-4, 10)))
	}
	return w, min(n+3, height)
}

// SetSize implements Screen.
func (b *ListBox) SetSize(width, height int) {
	b.width, b.height = width, height
	b.list.SetSize(width, max(height-len(b.textLines()), 2))
}

// View implements Screen.
func (b *ListBox) View() (string, *tea.Cursor) {
	var lines []string
	for _, s := range b.textLines() {
		lines = append(lines, " "+s)
	}
	list, cursor := b.list.View(b.app.Styles)
	if cursor != nil {
		cursor.Y += len(lines)
	}
	lines = append(lines, list...)
	return strings.Join(Lines(strings.Join(lines, "\n"), b.width, b.height), "\n"), cursor
}

// Title implements Screen.
func (b *ListBox) Title() string { return b.title }

// Hints implements Screen.
func (b *ListBox) Hints() []Hint {
	hints := []Hint{{Action: Open, Label: "选定"}}
	if b.Multi {
		hints = []Hint{{Action: Mark, Label: "勾选(空格也行)"}, {Action: Open, Label: "确定"}}
	}
	return append(hints, Hint{Action: Back, Label: "返回"})
}

// Help implements Screen.
func (b *ListBox) Help() []string {
	help := []string{"↑↓ 移动,回车选定;打字可以只留下含有这些字的几项,拼音首字母也行。", "Esc 清除打的字,再按一次返回。"}
	if b.Multi {
		help = append(help, "空格或 Ctrl+B 勾选,可以勾几项,回车确定。")
	}
	if b.Order {
		help = append(help, "← → 把这一项往前、往后挪。")
	}
	return help
}

// Unsaved implements Screen.
func (b *ListBox) Unsaved() string { return "" }
