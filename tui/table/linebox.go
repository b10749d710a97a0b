package table

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// lineBox asks for one line of text, as an overlay. What can't be taken is said
// under the line.
type lineBox struct {
	app           *ui.App
	title, help   string
	done          func(typed string) (tea.Cmd, error)
	back          func() tea.Cmd // what Esc does; nil closes the box
	input         *ui.Input
	fault         string
	live          *live // counts what was typed would let through; nil for none
	would         func(typed string) wouldBe
	width, height int
}

var _ ui.Overlay = (*lineBox)(nil)

func newLineBox(app *ui.App, title, help, value string, done func(string) (tea.Cmd, error)) *lineBox {
	b := &lineBox{app: app, title: title, help: help, done: done, input: ui.NewInput(app.Styles)}
	b.input.SetValue(value)
	return b
}

// Init implements ui.Screen.
func (b *lineBox) Init() tea.Cmd { return b.count() }

// count asks how many records what is typed would let through.
func (b *lineBox) count() tea.Cmd {
	if b.live == nil {
		return nil
	}
	return b.live.want(b.would(b.input.Value()))
}

// Update implements ui.Screen.
func (b *lineBox) Update(msg tea.Msg) tea.Cmd {
	if c, ok := msg.(liveCounted); ok {
		if c.l == b.live {
			return b.live.took(c)
		}
		return nil
	}
	cmd := b.update(msg)
	return tea.Batch(cmd, b.count())
}

func (b *lineBox) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case ui.Is(msg, ui.Open), ui.Is(msg, ui.Save):
			cmd, err := b.done(b.input.Value())
			if err != nil {
				b.fault = err.Error()
				return nil
			}
			return cmd
		case ui.Is(msg, ui.Back):
			if b.back != nil {
				return b.back()
			}
			return ui.Do(ui.Pop{})
		}
		b.fault = ""
		return b.input.Update(msg)
	case tea.PasteMsg:
		b.fault = ""
		return b.input.Update(msg)
	}
	return nil
}

// Box implements ui.Overlay.
func (b *lineBox) Box(width, height int) (w, h int) {
	w = min(64, width-2)
	return w, min(2+len(ui.Wrap(b.help, w-4))+1+2, height)
}

// SetSize implements ui.Screen.
func (b *lineBox) SetSize(width, height int) { b.width, b.height = width, height }

// View implements ui.Screen.
func (b *lineBox) View() (string, *tea.Cursor) {
	var lines []string
	for _, s := range ui.Wrap(b.help, max(b.width-2, 10)) {
		lines = append(lines, b.app.Styles.Muted.Render(" "+s))
	}
	b.input.SetWidth(max(b.width-3, 4))
	text, cursor := b.input.View()
	if cursor != nil {
		cursor.X++
		cursor.Y += len(lines)
	}
	lines = append(lines, " "+text)
	if b.fault != "" {
		for _, s := range ui.Wrap(b.fault, max(b.width-2, 10)) {
			lines = append(lines, b.app.Styles.Fault.Render(" "+s))
		}
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), b.width, b.height), "\n"), cursor
}

// Title implements ui.Screen.
func (b *lineBox) Title() string {
	if b.live != nil {
		return b.live.title(b.title)
	}
	return b.title
}

// Hints implements ui.Screen.
func (b *lineBox) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "确定"}, {Action: ui.Back, Label: "退回"}}
}

// Help implements ui.Screen.
func (b *lineBox) Help() []string { return []string{b.help, "回车确定,Esc 退回。"} }

// Unsaved implements ui.Screen.
func (b *lineBox) Unsaved() string { return "" }
