package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// note is text of several lines: Enter is a new line in it, Tab goes on.
type note struct {
	basic
	area  area
	top   int // the first row shown
	width int // as last drawn
	// open says that the text was left open (model.Pending): it gives way to what is
	// typed, and comes back when nothing is.
	open bool
}

func newNote(b basic) Widget { return &note{basic: b, width: 40} }

// A note shows at least noteMin rows and at most noteMax, without the focus
// noteIdle: one sees that there is more, and goes there to read it.
const noteMin, noteIdle, noteMax = 2, 4, 8

func (n *note) Key(m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	if n.area.Key(m, n.width) {
		return Taken, nil
	}
	return Ignored, nil
}

func (n *note) Paste(text string) tea.Cmd {
	n.area.insert(text)
	return nil
}

// Enter takes a text that was left open out of the way.
func (n *note) Enter() tea.Cmd {
	if n.field.Later && n.area.text == model.Pending {
		n.open = true
		n.area.Set("")
	}
	return nil
}

// text is what the field holds.
func (n *note) text() string {
	if n.open && strings.TrimSpace(n.area.text) == "" {
		return model.Pending
	}
	return n.area.text
}

func (n *note) Leave() {
	if n.open {
		n.area.Set(n.text())
		n.open = false
	}
	v, err := n.Value()
	if err != nil {
		return
	}
	if text, _ := v.(string); text != n.area.text {
		at := n.area.at
		n.area.Set(text)
		n.area.at = min(at, len(text))
		for n.area.at > 0 && n.area.after(n.area.before(n.area.at)) != n.area.at {
			n.area.at--
		}
	}
}

func (n *note) Value() (model.Value, error) { return n.field.Type.Parse(n.field, n.text()) }

func (n *note) Set(v model.Value) {
	s, _ := v.(string)
	n.open = false
	n.area.Set(s)
}

func (n *note) Typed() Typed { return Typed{Text: n.text()} }

func (n *note) Restore(t Typed) {
	n.open = n.open && t.Text == model.Pending
	if n.open {
		t.Text = ""
	}
	n.area.Set(t.Text)
}

func (n *note) View(w int, focused bool) ([]string, *tea.Cursor) {
	n.width = w
	rows := n.area.lay(w)
	if !focused {
		shown := min(max(len(rows), noteMin), noteIdle)
		lines := n.lines(rows, 0, shown, w)
		if len(rows) > shown {
			lines[shown-1] = ui.Fit(ui.Cut(n.area.text[rows[shown-1].from:rows[shown-1].to], w-2)+ui.Ellipsis, w)
		}
		return lines, nil
	}
	shown := min(max(len(rows)+1, noteMin), noteMax)
	y, x := n.area.row(w)
	n.top = min(n.top, y)
	n.top = max(n.top, y-shown+1, 0)
	n.top = max(0, min(n.top, len(rows)-shown))
	return n.lines(rows, n.top, shown, w), tea.NewCursor(x, y-n.top)
}

func (n *note) lines(rows []span, top, count, w int) []string {
	lines := make([]string, count)
	for i := range lines {
		text := ""
		if top+i < len(rows) {
			text = n.area.text[rows[top+i].from:rows[top+i].to]
		}
		lines[i] = ui.Fit(text, w)
	}
	return lines
}

func (n *note) Click(x, y int) tea.Cmd {
	n.area.lay(n.width)
	n.area.to(n.top+y, x)
	return nil
}
