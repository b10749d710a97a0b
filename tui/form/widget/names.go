package widget

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// tags draws what several were chosen, joined by 、, and behind them what is being
// typed. It tells where the caret is.
type tags struct {
	lines []string
	x     int // the end of the last line
	w     int
}

// add puts a text at the end; one that has no room begins a new line.
func (t *tags) add(text string) {
	text = ui.Cut(text, t.w-1)
	n := ui.Width(text)
	if len(t.lines) == 0 || t.x+n > t.w-1 {
		t.lines = append(t.lines, "")
		t.x = 0
	}
	t.lines[len(t.lines)-1] += text
	t.x += n
}

// severalRows bounds the lines of a field of several names.
const severalRows = 5

// several draws chosen names and, with the focus, what is typed behind them. Where
// there are too many, the first ones give way to the caret, and without the focus
// the last ones.
func several(in *ui.Input, names []string, w int, focused bool) ([]string, *tea.Cursor) {
	t := tags{w: w}
	for i, n := range names {
		if i < len(names)-1 || focused {
			n += "、"
		}
		t.add(n)
	}
	if !focused {
		if in.Value() != "" {
			t.add(in.Value())
		}
		return few(t.lines, w, false), nil
	}
	room := w - t.x
	if len(t.lines) == 0 || room < min(w, 12) {
		t.lines = append(t.lines, "")
		t.x, room = 0, w
	}
	in.SetWidth(room)
	text, c := in.View()
	t.lines[len(t.lines)-1] += text
	lines := few(t.lines, w, true)
	return lines, tea.NewCursor(t.x+c.X, len(lines)-1)
}

// few keeps severalRows lines, the last ones or the first ones.
func few(lines []string, w int, last bool) []string {
	if len(lines) == 0 {
		lines = []string{""}
	}
	if n := len(lines); n > severalRows {
		if last {
			lines = append([]string{"(前面还有)…"}, lines[n-severalRows+1:]...)
		} else {
			lines = append(lines[:severalRows-1:severalRows-1], "…(后面还有)")
		}
	}
	for i, l := range lines {
		lines[i] = ui.FitStyled(l, w)
	}
	return lines
}

// without gives the list without one of its entries.
func without(list []string, s string) []string {
	out := make([]string, 0, len(list))
	for _, e := range list {
		if e != s {
			out = append(out, e)
		}
	}
	return out
}
