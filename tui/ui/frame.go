package ui

import "strings"

// Region is a stretch of cells of one row that a click on acts.
type Region struct {
	From, To int // To is not included
	Action   Action
}

// HeadLine draws the first row: the screen's title, and at the right whose ledger
// it is and the day, which give way to the title.
func HeadLine(s *Styles, title, right string, width int) string {
	title, right = Clean(" "+title), Clean(right+" ")
	room := width - Width(title) - 2
	if room < Width(right) {
		right = Cut(right, max(room, 0))
	}
	return s.Head.Render(Fit(title, width-Width(right)) + right)
}

// KeyLine draws the last row: the hints that fit as a whole, most useful first,
// then the last ones, which always stand. It tells where a click meets which.
func KeyLine(s *Styles, hints, last []Hint, width int) (string, []Region) {
	room := width - 1
	for _, h := range last {
		room -= hintWidth(s, h)
	}
	var shown []Hint
	for _, h := range hints {
		if contains(last, h.Action) {
			continue
		}
		if n := hintWidth(s, h); n <= room {
			shown, room = append(shown, h), room-n
		}
	}
	var (
		b       strings.Builder
		regions []Region
	)
	x := 1
	b.WriteByte(' ')
	for _, h := range append(shown, last...) {
		n := hintWidth(s, h)
		b.WriteString(s.Key.Render(s.KeyOf(h.Action)) + " " + Clean(h.Label) + "  ")
		regions = append(regions, Region{x, x + n - 2, h.Action})
		x += n
	}
	return FitStyled(strings.TrimRight(b.String(), " "), width), regions
}

func hintWidth(s *Styles, h Hint) int {
	return Width(s.KeyOf(h.Action)) + 1 + Width(Clean(h.Label)) + 2
}

func contains(hints []Hint, a Action) bool {
	for _, h := range hints {
		if h.Action == a {
			return true
		}
	}
	return false
}

// Box draws a border of w by h cells around the lines, with the title in its
// upper edge. Lines may have styles; missing ones are blank.
func Box(s *Styles, title string, lines []string, w, h int) []string {
	inside := max(w-2, 0)
	edge := func(l, r, name string) string {
		if name == "" {
			return s.Box.Render(l + strings.Repeat("─", inside) + r)
		}
		name = Cut(name, inside-4)
		rest := max(inside-3-Width(name), 0)
		return s.Box.Render(l+"─ ") + s.Title.Render(name) + s.Box.Render(" "+strings.Repeat("─", rest)+r)
	}
	side := s.Box.Render("│")
	all := make([]string, 0, h)
	all = append(all, edge("┌", "┐", title))
	for i := range max(h-2, 0) {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		all = append(all, side+FitStyled(line, inside)+side)
	}
	return append(all, edge("└", "┘", ""))
}

// Over lays lines over others, the first at row y, each from cell x on.
func Over(below, above []string, x, y int) []string {
	for i, line := range above {
		if y+i < 0 || y+i >= len(below) {
			continue
		}
		under := below[y+i]
		n := Width(line)
		below[y+i] = Slice(under, 0, x) + line + Slice(under, x+n, max(Width(under), x+n))
	}
	return below
}

// Boxed draws a box of w by h cells at x, y over a screen's lines of the width whole. A
// blank cell stands at its sides, so that no text of the screen touches the border; where
// only crumbs of that text have room beside it, all is blank there.
func Boxed(s *Styles, below []string, title string, lines []string, x, y, w, h, whole int) []string {
	const crumbs = 9 // cells, in which no label has room
	box := Box(s, title, lines, w, h)
	gap := func(room int) int {
		if room < crumbs {
			return max(room, 0)
		}
		return 1
	}
	left, right := spaces(gap(x)), spaces(gap(whole-x-w))
	for i := range box {
		box[i] = left + box[i] + right
	}
	return Over(below, box, x-len(left), y)
}

// Lines fits text to exactly w by h cells: lines are cut or padded, missing ones
// blank. The text may have styles.
func Lines(text string, w, h int) []string {
	lines := strings.Split(text, "\n")
	all := make([]string, h)
	for i := range all {
		if i < len(lines) {
			all[i] = FitStyled(lines[i], w)
		} else {
			all[i] = spaces(w)
		}
	}
	return all
}

// The grid of all screens: sentences, headings and the search line begin in the second
// cell, as the title and the key line do; the first is for the pointer (>) of a list,
// whose entries begin in the third. Headings of columns stand directly above the rows,
// the search line above them with the count at its right; below a rule stands what there
// is to say of the entry at hand.

// Heads draws the headings of a list's columns over its entries, in w cells.
func (s *Styles) Heads(text string, w int) string {
	return s.Title.Underline(true).Render(Fit("  "+text, w))
}

// Rule draws a horizontal line, with a title in it where one is given.
func Rule(s *Styles, title string, width int) string {
	if title == "" {
		return s.Box.Render(strings.Repeat("─", max(width, 0)))
	}
	title = Cut(title, width-4)
	return s.Box.Render("── ") + s.Label.Render(title) + s.Box.Render(" "+strings.Repeat("─", max(width-4-Width(title), 0)))
}

// ProgressBar draws how far the work has come.
func ProgressBar(done, all, w int) string {
	full := 0
	if all > 0 {
		full = min(done*w/all, w)
	}
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", w-full) + "]"
}
