package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Line asks for one line of text, as an overlay; what can't be taken is said below it.
type Line struct {
	app   *App
	ask   LineAsk
	input *Input
	fault string
	w, h  int
}

// LineAsk says what a line asks for.
type LineAsk struct {
	Title string
	Text  []string // above the line
	Help  []string // of F1
	Value string   // what stands in the line at first
	Width int      // of the box; 0 is 68
	Gap   bool     // a blank line between the text and the line
	Rows  int      // kept free below for what is wrong; 0 is 2
	// Done takes what was typed, without blanks around it. Its error is said below the
	// line; without one the box closes and the command runs.
	Done func(typed string) (tea.Cmd, error)
	// Leave, where set, is what Esc does beside closing the box.
	Leave func() tea.Cmd
	// Stay leaves the closing to the commands of Done and Leave.
	Stay bool
}

var _ Overlay = (*Line)(nil)

// NewLine makes the box.
func NewLine(app *App, ask LineAsk) *Line {
	b := &Line{app: app, ask: ask, input: NewInput(app.Styles)}
	b.input.SetValue(ask.Value)
	return b
}

// Init implements Screen.
func (b *Line) Init() tea.Cmd { return nil }

// Title implements Screen.
func (b *Line) Title() string { return b.ask.Title }

// Unsaved implements Screen.
func (b *Line) Unsaved() string { return "" }

// Hints implements Screen.
func (b *Line) Hints() []Hint {
	return []Hint{{Action: Open, Label: "确定"}, {Action: Back, Label: "返回"}}
}

// Help implements Screen.
func (b *Line) Help() []string { return b.ask.Help }

// Update implements Screen.
func (b *Line) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case Is(m, Open), Is(m, Save):
			cmd, err := b.ask.Done(strings.TrimSpace(b.input.Value()))
			if err != nil {
				b.fault = err.Error()
				return nil
			}
			return b.closing(cmd)
		case Is(m, Back) && b.ask.Leave != nil:
			return b.closing(b.ask.Leave())
		case Is(m, Back):
			return Do(Pop{})
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

// closing closes the box and runs the command, or leaves that to it.
func (b *Line) closing(cmd tea.Cmd) tea.Cmd {
	if b.ask.Stay {
		return cmd
	}
	return tea.Sequence(Do(Pop{}), cmd)
}

// Value is what is typed.
func (b *Line) Value() string { return b.input.Value() }

// Box implements Overlay.
func (b *Line) Box(width, _ int) (w, h int) {
	w, h = b.ask.Width, b.ask.Rows
	if w == 0 {
		w = 68
	}
	if h == 0 {
		h = 2
	}
	w = min(w, width-4)
	return w, len(b.above(w-2)) + h + 3
}

// SetSize implements Screen.
func (b *Line) SetSize(w, h int) { b.w, b.h = w, h }

// above gives the lines above the one that is typed.
func (b *Line) above(w int) []string {
	var lines []string
	for _, t := range b.ask.Text {
		for _, l := range Wrap(t, max(w-2, 10)) {
			lines = append(lines, b.app.Styles.Muted.Render(" "+l))
		}
	}
	if b.ask.Gap {
		lines = append(lines, "")
	}
	return lines
}

// View implements Screen.
func (b *Line) View() (string, *tea.Cursor) {
	lines := b.above(b.w)
	b.input.SetWidth(max(b.w-5, 4))
	text, cursor := b.input.View()
	if cursor != nil {
		cursor.X, cursor.Y = cursor.X+3, cursor.Y+len(lines)
	}
	lines = append(lines, " "+b.app.Styles.Title.Render(">")+" "+text) // an empty line shows where one types
	for _, l := range Wrap(b.fault, max(b.w-2, 10)) {
		lines = append(lines, b.app.Styles.Fault.Render(" "+l))
	}
	return strings.Join(Lines(strings.Join(lines, "\n"), b.w, b.h), "\n"), cursor
}
