package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Question is the overlay of Ask. The first answer is chosen at first; Esc closes
// the question without an answer.
type Question struct {
	app  *App
	ask  Ask
	list Chooser
	w, h int
}

var _ Overlay = (*Question)(nil)

// NewQuestion gives the overlay of a question.
func NewQuestion(app *App, ask Ask) *Question {
	q := &Question{app: app, ask: ask}
	items := make([]Item, len(ask.Choices))
	for i, c := range ask.Choices {
		items[i] = Item{Label: c.Label, Value: i}
	}
	q.list.SetItems(items)
	return q
}

// Init implements Screen.
func (q *Question) Init() tea.Cmd { return nil }

// Title implements Screen.
func (q *Question) Title() string { return q.ask.Title }

// Unsaved implements Screen.
func (q *Question) Unsaved() string { return "" }

// Hints implements Screen.
func (q *Question) Hints() []Hint { return []Hint{{Open, "选定"}, {Back, "返回"}} }

// Help implements Screen.
func (q *Question) Help() []string {
	return []string{"用 ↑ ↓ 移到要选的答案上,按回车选定;也可以用鼠标点。按 Esc 返回,什么也不做。"}
}

// Box implements Overlay: wide enough for the text, at most 64 cells of it.
func (q *Question) Box(width, height int) (w, h int) {
	need := Width(q.ask.Title) + 6
	for _, line := range strings.Split(q.ask.Text, "\n") {
		need = max(need, Width(Clean(line))+2)
	}
	for _, c := range q.ask.Choices {
		need = max(need, Width(c.Label)+6)
	}
	w = min(max(need, 30), 64, width-4) + 2
	return w, min(len(Wrap(q.ask.Text, w-4))+len(q.ask.Choices)+3, height)
}

// SetSize implements Screen.
func (q *Question) SetSize(width, height int) {
	q.w, q.h = width, height
	q.list.SetSize(width-2, min(len(q.ask.Choices), height))
}

// Update implements Screen.
func (q *Question) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case q.list.Update(m):
		case Is(m, Open):
			return q.choose()
		case Is(m, Back):
			return Do(Pop{})
		}
	case tea.MouseClickMsg:
		if q.list.Click(m.X-1, m.Y-(q.h-len(q.ask.Choices))) {
			return q.choose()
		}
	case tea.MouseWheelMsg:
		q.list.Wheel(m)
	}
	return nil
}

func (q *Question) choose() tea.Cmd {
	it, ok := q.list.Selected()
	if !ok {
		return nil
	}
	i, _ := it.Value.(int)
	return tea.Sequence(Do(Pop{}), q.ask.Choices[i].Cmd)
}

// View implements Screen. The text stands above, the answers below; a text that
// is too long for the box is cut, never the answers.
func (q *Question) View() (string, *tea.Cursor) {
	room := q.h - len(q.ask.Choices) - 1
	text := Wrap(q.ask.Text, q.w-2)
	if len(text) > room && room > 0 {
		text = append(text[:room-1], Ellipsis)
	}
	lines := make([]string, 0, q.h)
	for _, t := range text {
		lines = append(lines, " "+t)
	}
	for len(lines) < q.h-len(q.ask.Choices) {
		lines = append(lines, "")
	}
	answers, _ := q.list.View(q.app.Styles)
	for _, a := range answers {
		lines = append(lines, " "+a)
	}
	return strings.Join(Lines(strings.Join(lines, "\n"), q.w, q.h), "\n"), nil
}
