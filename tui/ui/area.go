package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Area is an editor of several lines: Enter is a new line, long lines are broken
// at the field's width. Its caret is the terminal's own cursor.
type Area struct {
	edit   edit
	width  int
	height int // rows on screen
	first  int // the first row on screen
	goal   int // the column that up and down try to keep, -1 for none
}

// row is a stretch of characters that stand in one row of an Area; a line end at
// its end is not part of it.
type row struct{ from, to int }

// NewArea gives an empty area.
func NewArea() *Area { return &Area{edit: edit{lines: true}, width: 20, height: 3, goal: -1} }

// SetSize sets the field's size in cells.
func (a *Area) SetSize(w, h int) { a.width, a.height = max(w, 4), max(h, 1) }

// SetValue replaces the text; the caret goes to its end.
func (a *Area) SetValue(s string) {
	a.edit.set(s)
	a.first, a.goal = 0, -1
}

// Value gives the text as it stands.
func (a *Area) Value() string { return a.edit.text() }

// Rows gives the number of rows that the text takes at the field's width.
func (a *Area) Rows() int { return len(a.rows()) }

// Paste puts a text in at the caret.
func (a *Area) Paste(s string) { a.edit.insert(s) }

// Key takes a key that edits the text or moves the caret, and tells whether it was
// one: up in the first row and down in the last are not.
func (a *Area) Key(msg tea.KeyPressMsg) bool {
	key := msg.String()
	if key == "up" || key == "down" {
		return a.vertical(key == "down")
	}
	a.goal = -1
	rows := a.rows()
	at := a.rowOf(rows)
	switch key {
	case "enter":
		a.edit.insert("\n")
	case "home":
		a.edit.pos = rows[at].from
	case "end":
		a.edit.pos = rows[at].to
	default:
		return a.edit.key(msg)
	}
	return true
}

func (a *Area) vertical(down bool) bool {
	rows := a.rows()
	at := a.rowOf(rows)
	if a.goal < 0 {
		a.goal = a.cells(rows[at].from, a.edit.pos)
	}
	next := at - 1
	if down {
		next = at + 1
	}
	if next < 0 || next >= len(rows) {
		a.goal = -1
		return false
	}
	a.edit.pos = a.charAt(rows[next], a.goal)
	return true
}

// charAt gives the character of a row at a cell.
func (a *Area) charAt(r row, x int) int {
	used := 0
	for i := r.from; i < r.to; i++ {
		w := charWidth(a.edit.chars[i])
		if used+w > x {
			return i
		}
		used += w
	}
	return r.to
}

func (a *Area) cells(from, to int) int {
	n := 0
	for _, c := range a.edit.chars[from:to] {
		n += charWidth(c)
	}
	return n
}

// rows breaks the text into rows; there is always one. The last cell of a row is
// left for the caret.
func (a *Area) rows() []row {
	var rows []row
	from, used := 0, 0
	for i, c := range a.edit.chars {
		if c == "\n" {
			rows = append(rows, row{from, i})
			from, used = i+1, 0
			continue
		}
		w := charWidth(c)
		if used+w > a.width-1 {
			rows = append(rows, row{from, i})
			from, used = i, 0
		}
		used += w
	}
	return append(rows, row{from, len(a.edit.chars)})
}

// rowOf gives the row with the caret: where a row was broken, the later one.
func (a *Area) rowOf(rows []row) int {
	for i := len(rows) - 1; i > 0; i-- {
		if a.edit.pos >= rows[i].from {
			return i
		}
	}
	return 0
}

// Click puts the caret at a cell of the field.
func (a *Area) Click(x, y int) {
	rows := a.rows()
	i := min(max(a.first+y, 0), len(rows)-1)
	a.edit.pos = a.charAt(rows[i], x)
	a.goal = -1
}

// View draws the field in exactly its size, with the caret.
func (a *Area) View() ([]string, *tea.Cursor) {
	rows := a.rows()
	at := a.rowOf(rows)
	a.first = max(min(a.first, at, len(rows)-a.height), at-a.height+1, 0)
	lines := make([]string, a.height)
	for i := range lines {
		text := ""
		if n := a.first + i; n < len(rows) {
			text = strings.Join(a.edit.chars[rows[n].from:rows[n].to], "")
		}
		lines[i] = text + spaces(a.width-Width(text))
	}
	return lines, tea.NewCursor(a.cells(rows[at].from, a.edit.pos), at-a.first)
}
