package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"taizhang/model"
	"taizhang/tui/ui"
)

// area edits text of several lines, with the terminal's own cursor. Long lines go
// on in the next row, at any character: what one types stands where it is typed.
type area struct {
	text string
	at   int // the caret, in bytes, at the beginning of a character
	want int // the column that ↑ and ↓ aim at, -1 for the caret's own
	undo ui.Edits

	rows     []span // of text, for width w
	laidText string
	laidW    int
}

// span is one row on the screen: the bytes from..to of the text.
type span struct{ from, to int }

func (a *area) Set(s string) {
	a.text = clean(s)
	a.at, a.want = len(a.text), -1
	a.undo.Forget()
}

// clean keeps line ends and drops what the terminal must not get.
func clean(s string) string {
	lines := strings.Split(model.Clean(ui.Bounded(s), true), "\n")
	for i, l := range lines {
		lines[i] = ui.Clean(l)
	}
	return strings.Join(lines, "\n")
}

// lay breaks the text into rows in which the caret has room at the end.
func (a *area) lay(w int) []span {
	if a.rows != nil && a.laidText == a.text && a.laidW == w {
		return a.rows
	}
	a.rows, a.laidText, a.laidW = a.rows[:0], a.text, w
	from := 0
	for {
		end := strings.IndexByte(a.text[from:], '\n')
		if end < 0 {
			a.layLine(from, len(a.text), w)
			return a.rows
		}
		a.layLine(from, from+end, w)
		from += end + 1
	}
}

func (a *area) layLine(from, to, w int) {
	start, used := from, 0
	g := graphemes.FromString(a.text[from:to])
	for g.Next() {
		n := ui.Width(g.Value())
		if used+n > w-1 && used > 0 {
			a.rows = append(a.rows, span{start, from + g.Start()})
			start, used = from+g.Start(), 0
		}
		used += n
	}
	a.rows = append(a.rows, span{start, to})
}

// row gives the row and the cell of the caret in the layout for w cells.
func (a *area) row(w int) (y, x int) {
	rows := a.lay(w)
	for i, r := range rows {
		// At the seam of a long line the caret stands at the beginning of the next row.
		seam := a.at == r.to && i+1 < len(rows) && rows[i+1].from == r.to
		if a.at <= r.to && !seam {
			return i, ui.Width(a.text[r.from:a.at])
		}
	}
	return len(rows) - 1, 0
}

// key takes a key and tells whether it was one for the text. ↑ in the first row and
// ↓ in the last one are not.
func (a *area) Key(m tea.KeyPressMsg, w int) bool {
	s := m.String()
	if s != "up" && s != "down" {
		a.want = -1
	}
	switch s {
	case "left":
		a.at = a.before(a.at)
	case "right":
		a.at = a.after(a.at)
	case "up":
		return a.vertical(-1, w)
	case "down":
		return a.vertical(1, w)
	case "home":
		y, _ := a.row(w)
		a.at = a.rows[y].from
	case "end":
		y, _ := a.row(w)
		a.at = a.rows[y].to
		if y+1 < len(a.rows) && a.rows[y+1].from == a.at {
			a.at = a.before(a.at)
		}
	case "backspace":
		a.replace(a.before(a.at), a.at, "")
	case "delete":
		a.replace(a.at, a.after(a.at), "")
	case "enter":
		a.insert("\n")
	case "ctrl+z":
		if last, ok := a.undo.Back(); ok {
			a.text, a.at = last.Text, last.At
		}
	default:
		text, ok := ui.Typed(m)
		if !ok {
			return false
		}
		a.insert(text)
	}
	return true
}

func (a *area) vertical(d, w int) bool {
	y, x := a.row(w)
	if a.want < 0 {
		a.want = x
	}
	if y+d < 0 || y+d >= len(a.rows) {
		a.want = -1
		return false
	}
	a.to(y+d, a.want)
	return true
}

// to puts the caret into a row, at a cell or before it.
func (a *area) to(y, x int) {
	r := a.rows[min(max(y, 0), len(a.rows)-1)]
	a.at = r.from
	g := graphemes.FromString(a.text[r.from:r.to])
	for g.Next() {
		n := ui.Width(g.Value())
		if x < n || r.from+g.End() == r.to && y+1 < len(a.rows) && a.rows[y+1].from == r.to {
			return
		}
		x -= n
		a.at = r.from + g.End()
	}
}

func (a *area) before(at int) int {
	from := 0
	if i := strings.LastIndexByte(a.text[:at], '\n'); i >= 0 {
		if i == at-1 {
			return i
		}
		from = i + 1
	}
	last := at
	g := graphemes.FromString(a.text[from:at])
	for g.Next() {
		last = from + g.Start()
	}
	return last
}

func (a *area) after(at int) int {
	return at + len(graphemes.FromString(a.text[at:]).First())
}

func (a *area) insert(s string) {
	if s = clean(s); s != "" {
		a.replace(a.at, a.at, s)
	}
}

func (a *area) replace(from, to int, s string) {
	if from == to && s == "" {
		return
	}
	a.undo.Keep(ui.TextState{Text: a.text, At: a.at})
	a.text = a.text[:from] + s + a.text[to:]
	a.at = from + len(s)
	a.want = -1
}
