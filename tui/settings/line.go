package settings

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// line asks for one line of text, as an overlay; what can't be taken is said below it.
type line struct {
	app         *ui.App
	title, help string
	done        func(typed string) (tea.Cmd, error)
	input       *ui.Input
	fault       string
	w, h        int
}

var _ ui.Overlay = (*line)(nil)

func newLine(app *ui.App, title, help, value string, done func(string) (tea.Cmd, error)) *line {
	b := &line{app: app, title: title, help: help, done: done, input: ui.NewInput(app.Styles)}
	b.input.SetValue(value)
	return b
}

func (b *line) Init() tea.Cmd   { return nil }
func (b *line) Title() string   { return b.title }
func (b *line) Unsaved() string { return "" }

func (b *line) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Open, Label: "确定"}, {Action: ui.Back, Label: "返回"}}
}

func (b *line) Help() []string {
	return []string{b.help, "写好按回车;写得不对,下面会写出哪里不对。按 Esc 返回,什么也不改。"}
}

func (b *line) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case ui.Is(m, ui.Open), ui.Is(m, ui.Save):
			cmd, err := b.done(strings.TrimSpace(b.input.Value()))
			if err != nil {
				b.fault = err.Error()
				return nil
			}
			return tea.Sequence(ui.Do(ui.Pop{}), cmd)
		case ui.Is(m, ui.Back):
			return ui.Do(ui.Pop{})
		case m.String() == "ctrl+u":
			b.input.Clear()
			return nil
		}
		b.fault = ""
		return b.input.Update(m)
	case tea.PasteMsg:
		b.fault = ""
		return b.input.Update(m)
	}
	return nil
}

func (b *line) Box(width, _ int) (w, h int) {
	w = min(68, width-4)
	return w, len(ui.Wrap(b.help, w-4)) + 5
}

func (b *line) SetSize(w, h int) { b.w, b.h = w, h }

func (b *line) View() (string, *tea.Cursor) {
	var lines []string
	for _, l := range ui.Wrap(b.help, max(b.w-2, 10)) {
		lines = append(lines, b.app.Styles.Muted.Render(" "+l))
	}
	b.input.SetWidth(max(b.w-3, 4))
	text, cursor := b.input.View()
	if cursor != nil {
		cursor.X, cursor.Y = cursor.X+1, cursor.Y+len(lines)
	}
	lines = append(lines, " "+text)
	for _, l := range ui.Wrap(b.fault, max(b.w-2, 10)) {
		lines = append(lines, b.app.Styles.Fault.Render(" "+l))
	}
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), b.w, b.h), "\n"), cursor
}
