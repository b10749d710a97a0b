package widget

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// line is a field typed in one line: text, numbers, dates. When the focus goes,
// what can be read is shown in its usual form.
type line struct {
	basic
	in    *ui.Input
	cells int                                    // the width wanted
	right bool                                   // numbers stand at the right
	read  func(text string) (model.Value, error) // what is typed, where the type can't tell alone
	drawn int                                    // the width last drawn

	// over is set for numbers and dates: what one types on coming to the field takes
	// the place of what stands there. whole tells that nothing was done there yet.
	over, whole bool
}

func newLine(b basic, cells int, fold func(string) string) *line {
	l := &line{basic: b, in: ui.NewInput(b.host.App().Styles), cells: cells, right: b.field.Type.Right()}
	l.in.Fold = fold
	return l
}

// newNumber gives a line for numbers and dates.
func newNumber(b basic, cells int) *line {
	l := newLine(b, cells, digits)
	l.over = true
	return l
}

func (l *line) Enter() tea.Cmd {
	_, err := l.Value()
	l.whole = l.over && l.in.Value() != "" && err == nil
	return nil
}

func (l *line) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	if _, types := ui.Typed(m); types {
		l.startOver()
	}
	l.whole = false
	if l.in.Edit(m) {
		return Taken, nil
	}
	return Ignored, nil
}

// startOver clears the field when the text that comes is to take its place. Ctrl+Z
// brings the old one back.
func (l *line) startOver() {
	if l.whole {
		l.in.Clear()
	}
	l.whole = false
}

func (l *line) Paste(text string) tea.Cmd {
	l.startOver()
	l.in.Insert(strings.TrimSpace(text))
	return nil
}

func (l *line) Leave() {
	v, err := l.Value()
	if err != nil {
		return
	}
	if text := l.field.Type.Format(l.field, v, nil); text != l.in.Value() {
		l.in.SetValue(text)
	}
}

func (l *line) Value() (model.Value, error) {
	if l.read != nil {
		return l.read(l.in.Value())
	}
	return l.field.Type.Parse(l.field, l.in.Value())
}

func (l *line) Set(v model.Value) { l.in.SetValue(l.field.Type.Format(l.field, v, nil)) }

func (l *line) Typed() Typed { return Typed{Text: l.in.Value()} }

func (l *line) Restore(t Typed) {
	l.in.SetValue(t.Text)
	l.whole = false
}

func (l *line) Want() int { return l.cells }

// numberCells is the room in which a number stands at the right: numbers below each other
// end in the same cell, and none is far from its label.
const numberCells = 8

// indent is the room at the left of a text that stands at the right.
func (l *line) indent(w int) int {
	if !l.right {
		return 0
	}
	return max(min(w-1, numberCells)-ui.Width(l.in.Value()), 0)
}

func (l *line) View(w int, focused bool) ([]string, *tea.Cursor) {
	l.drawn = w
	if !focused {
		return []string{ui.Fit(strings.Repeat(" ", l.indent(w))+l.in.Value(), w)}, nil
	}
	n := l.indent(w)
	l.in.SetWidth(w - n)
	text, c := l.in.View()
	c.X += n
	if l.whole {
		value := strings.TrimRight(text, " ")
		text = l.host.App().Styles.Selected.Render(value) + FieldStyle.Render(text[len(value):])
	}
	return []string{strings.Repeat(" ", n) + text}, c
}

func (l *line) Click(x, _ int) tea.Cmd {
	l.whole = false
	l.in.CaretAt(x - l.indent(l.drawn))
	return nil
}

// halfWidth makes full-width letters, digits and marks half-width while they are
// typed. Unlike model.HalfWidth it keeps a space.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		for _, h := range model.HalfWidth(string(r)) {
			return h
		}
		return r
	}, s)
}

// marks are what a Chinese input method makes of the keys . / - in numbers.
var marks = strings.NewReplacer("。", ".", "、", "/", "—", "-", "–", "-", "·", ".")

// digits is halfWidth for numbers and dates.
func digits(s string) string { return marks.Replace(halfWidth(s)) }
