package ui

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// View draws the list in exactly its size. The cursor stands in the search line.
func (c *Chooser) View(s *Styles) ([]string, *tea.Cursor) {
	lines := make([]string, 0, c.h)
	var cursor *tea.Cursor
	if c.Typing {
		line, x := c.searchLine(s)
		lines = append(lines, line)
		cursor = tea.NewCursor(x, 0)
	}
	if c.Head != "" {
		lines = append(lines, s.Heads(c.Head, c.w))
	}
	grid := make([][]string, c.rows())
	for i := range grid {
		grid[i] = make([]string, c.columns)
	}
	for i, p := range c.at {
		col, row := 0, p.row-c.first
		if c.columns > 1 {
			col, row = p.col-c.first, p.row
		}
		if row >= 0 && row < len(grid) && col >= 0 && col < c.columns {
			grid[row][col] = c.entry(s, i)
		}
	}
	for i, cells := range grid {
		if i == 0 && len(c.shown) == 0 && c.Empty != "" { // over all columns
			lines = append(lines, s.Muted.Render(Fit(" "+c.Empty, c.w)))
			continue
		}
		var b strings.Builder
		for _, cell := range cells {
			b.WriteString(FitStyled(cell, c.columnWidth()))
		}
		lines = append(lines, FitStyled(b.String(), c.w))
	}
	return lines, cursor
}

// searchLine draws what is typed, or what can be, and at the right the count.
func (c *Chooser) searchLine(s *Styles) (string, int) {
	prompt := Cut(cmp.Or(c.Prompt, SearchPrompt), c.w/2)
	count := ""
	if n := Width(c.Count); n > 0 && Width(prompt)+Width(c.Hint)+n+4 <= c.w {
		count = Fit(Clean(c.Count), n+1)
	}
	wide := c.w - Width(prompt) - Width(count)
	if c.typed == "" {
		return s.Label.Render(prompt) + s.Muted.Render(Fit(" "+c.Hint, wide)) + count, Width(prompt)
	}
	typed := c.typed
	for Width(typed) > max(wide-1, 1) { // what was typed last stays in sight
		_, typed = firstCharacter(typed)
	}
	return s.Label.Render(prompt) + Fit(typed, wide) + count, Width(prompt) + Width(typed)
}

// entry draws one entry in the width of its column.
func (c *Chooser) entry(s *Styles, i int) string {
	it, w := c.items[c.shown[i]], c.columnWidth()
	if c.columns > 1 {
		w -= 2 // a gap between columns
	}
	if it.Heading {
		return s.Title.Render(Cut(" "+it.Label, w))
	}
	selected := i == c.cur && !c.Muted
	mark := "  "
	if selected {
		mark = "> "
	}
	label := Cut(it.Label, w-2)
	if it.Note != "" {
		label += spaces(min(c.noteAt, w-2) - Width(label))
	}
	note := ""
	if it.Note != "" && Width(label)+4 < w-2 {
		note = Cut(it.Note, w-2-Width(label)-2)
	}
	if selected {
		text := mark + label
		if note != "" {
			text += "  " + note
		}
		return s.Selected.Render(Fit(text, w))
	}
	text := mark + it.Style.Render(label)
	if note != "" {
		text += "  " + s.Muted.Render(note)
	}
	return FitStyled(text, w)
}

// noteRoom is where the notes begin at the latest: in the middle, or in a narrow column
// where twelve cells are left for them.
func (c *Chooser) noteRoom() int { return max(c.columnWidth()/2, min(c.columnWidth()-16, c.w/3)) }

func (c *Chooser) columnWidth() int { return max(c.w/c.columns, 1) }
