package table

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// item is one line of a list to choose from.
type item struct {
	label   string
	note    string // dimmed, behind the label
	value   string // for whoever asked; unique in a list
	heading bool
	run     func() tea.Cmd // what choosing it does, where the box has no done
}

// listBox is a list to choose from, as an overlay. Typing narrows it.
type listBox struct {
	app   *ui.App
	title string
	text  string // what is asked, above the list
	items []item
	// multi lets several items be marked; done gets them in the list's order.
	multi bool
	// order lets items be moved among each other with ← and →.
	order bool
	done  func(chosen []item) tea.Cmd
	// back is what Esc does; nil closes the box.
	back func() tea.Cmd
	// source, where set, gives the items for a typed text; it runs in a command.
	source func(typed string) ([]item, error)

	list          ui.Chooser
	typed         string          // what the source was asked last
	marked        map[string]bool // values
	width, height int
	busy          bool
}

var _ ui.Overlay = (*listBox)(nil)

// found is what the source of a listBox gave for a typed text.
type found struct {
	box   *listBox
	typed string
	items []item
	err   error
}

// pick makes a box; the caller fills in what more it wants before pushing it.
func pick(app *ui.App, title string, items []item, done func([]item) tea.Cmd) *listBox {
	b := &listBox{app: app, title: title, items: items, done: done, marked: map[string]bool{}}
	b.list.Typing = true
	b.list.Prompt = "查找:"
	b.list.Hint = "打字可以缩小范围"
	b.list.Empty = "没有这一项,按 Esc 清除打的字"
	return b
}

// Init implements ui.Screen.
func (b *listBox) Init() tea.Cmd {
	b.fill()
	if b.source == nil {
		return nil
	}
	b.list.Empty = "正在找…"
	return b.ask()
}

// fill gives the items to the list as they stand now.
func (b *listBox) fill() {
	items := make([]ui.Item, len(b.items))
	for i, it := range b.items {
		items[i] = ui.Item{Key: it.value, Label: it.label, Note: it.note, Heading: it.heading, Value: it}
		if b.multi {
			box := "[ ] "
			if b.marked[it.value] {
				box = "[*] "
			}
			items[i].Label, items[i].Search = box+it.label, it.label
		}
		if b.source != nil {
			items[i].Search = b.list.Typed() // the source has narrowed already
		}
	}
	b.list.SetItems(items)
}

// ask starts the source, unless it is still busy with an older text.
func (b *listBox) ask() tea.Cmd {
	if b.source == nil || b.busy {
		return nil
	}
	b.busy, b.typed = true, b.list.Typed()
	f, source := found{box: b, typed: b.typed}, b.source
	return func() tea.Msg {
		f.items, f.err = source(f.typed)
		return f
	}
}

// Update implements ui.Screen.
func (b *listBox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case found:
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

func (b *listBox) took(f found) tea.Cmd {
	b.busy = false
	if f.typed != b.list.Typed() {
		return b.ask()
	}
	if f.err != nil {
		return ui.Do(ui.Failed{Err: f.err})
	}
	b.items = f.items
	b.list.Empty = "没有找到,按 Esc 清除打的字"
	b.fill()
	if len(b.items) > 0 {
		b.list.Select(b.items[0].value) // the best of the new ones, not the old choice
	}
	return nil
}

func (b *listBox) key(msg tea.KeyPressMsg) tea.Cmd {
	switch key := msg.String(); {
	case b.multi && (ui.Is(msg, ui.Mark) || key == "space"):
		b.toggle()
		b.list.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	case b.order && b.list.Typed() == "" && (key == "left" || key == "right"):
		b.shift(key == "right")
	case b.list.Update(msg):
		return b.narrowed()
	case ui.Is(msg, ui.Open), b.multi && ui.Is(msg, ui.Save):
		return b.choose()
	case ui.Is(msg, ui.Back):
		if b.back != nil {
			return b.back()
		}
		return ui.Do(ui.Pop{})
	}
	return nil
}

// narrowed asks the source again when what is typed has changed.
func (b *listBox) narrowed() tea.Cmd {
	if b.source == nil || b.list.Typed() == b.typed {
		return nil
	}
	b.fill() // what is on the screen stays until the answer comes
	return b.ask()
}

func (b *listBox) selected() (item, bool) {
	it, ok := b.list.Selected()
	if !ok {
		return item{}, false
	}
	chosen, ok := it.Value.(item)
	return chosen, ok
}

// toggle marks the item at hand or takes its mark away.
func (b *listBox) toggle() {
	if it, ok := b.selected(); ok {
		b.marked[it.value] = !b.marked[it.value]
		b.fill()
	}
}

// shift moves the item at hand one place on or back.
func (b *listBox) shift(on bool) {
	it, ok := b.selected()
	if !ok {
		return
	}
	for i := range b.items {
		to := i - 1
		if on {
			to = i + 1
		}
		if b.items[i].value == it.value && to >= 0 && to < len(b.items) {
			b.items[i], b.items[to] = b.items[to], b.items[i]
			break
		}
	}
	b.fill()
}

// choose gives the item at hand, or all marked ones, to whoever asked.
func (b *listBox) choose() tea.Cmd {
	var all []item
	for _, it := range b.items {
		if b.marked[it.value] {
			all = append(all, it)
		}
	}
	if len(all) == 0 {
		it, ok := b.selected()
		if !ok {
			return nil
		}
		all = []item{it}
	}
	if all[0].run != nil {
		return all[0].run()
	}
	return b.done(all)
}

func (b *listBox) click(x, y int) tea.Cmd {
	if !b.list.Click(x, y-len(b.textLines())) {
		return nil
	}
	if b.multi {
		b.toggle()
		return nil
	}
	return b.choose()
}

// textLines gives the question, wrapped.
func (b *listBox) textLines() []string {
	if b.text == "" {
		return nil
	}
	return ui.Wrap(b.text, max(b.width-2, 10))
}

// Box implements ui.Overlay.
func (b *listBox) Box(width, height int) (w, h int) {
	w, n := max(ui.Width(b.title)+6, 44), len(b.items)
	for _, it := range b.items {
		w = max(w, ui.Width(it.label)+ui.Width(it.note)+14)
	}
	if b.source != nil {
		w, n = max(w, 60), 12
	}
	w = min(w, width-2, 76)
	if b.text != "" {
		n += len(ui.Wrap(b.text, max(w-4, 10)))
	}
	return w, min(n+3, height)
}

// SetSize implements ui.Screen.
func (b *listBox) SetSize(width, height int) {
	b.width, b.height = width, height
	b.list.SetSize(width, max(height-len(b.textLines()), 2))
}

// View implements ui.Screen.
func (b *listBox) View() (string, *tea.Cursor) {
	var lines []string
	for _, s := range b.textLines() {
		lines = append(lines, " "+s)
	}
	list, cursor := b.list.View(b.app.Styles)
	if cursor != nil {
		cursor.Y += len(lines)
	}
	lines = append(lines, list...)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), b.width, b.height), "\n"), cursor
}

// Title implements ui.Screen.
func (b *listBox) Title() string { return b.title }

// Hints implements ui.Screen.
func (b *listBox) Hints() []ui.Hint {
	hints := []ui.Hint{{Action: ui.Open, Label: "选定"}}
	if b.multi {
		hints = []ui.Hint{{Action: ui.Mark, Label: "勾选(空格也行)"}, {Action: ui.Open, Label: "确定"}}
	}
	back := "关闭"
	if b.back != nil {
		back = "退回"
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: back})
}

// Help implements ui.Screen.
func (b *listBox) Help() []string {
	help := []string{"↑↓ 移动,回车选定;打字可以只留下含有这些字的几项,拼音首字母也行。", "Esc 清除打的字,再按一次退回。"}
	if b.multi {
		help = append(help, "空格或 Ctrl+B 勾选,可以勾几项,回车确定。")
	}
	if b.order {
		help = append(help, "← → 把这一项往前、往后挪。")
	}
	return help
}

// Unsaved implements ui.Screen.
func (b *listBox) Unsaved() string { return "" }
