package manual

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"taizhang/tui/ui"
)

// look is how the lines are drawn: with the program's styles on the screen, without any as
// text.
type look struct {
	title, label, muted func(...string) string
	plain               bool // pictures without their styles
}

func plainLook() look {
	same := func(s ...string) string { return strings.Join(s, "") }
	return look{title: same, label: same, muted: same, plain: true}
}

func styledLook(s *ui.Styles) look {
	return look{title: s.Title.Render, label: s.Key.Render, muted: s.Muted.Render, plain: s.Plain}
}

// Line is one line of a chapter as it is drawn; Part is the number of the part to which
// it belongs.
type Line struct {
	Text string
	Part int
}

// lines draws a chapter in w cells, 80 at least for its pictures to have room.
func (c Chapter) lines(w int, l look) []Line {
	var all []Line
	part := 0
	add := func(texts ...string) {
		for _, t := range texts {
			all = append(all, Line{t, part})
		}
	}
	for i, p := range c.Parts {
		part = i
		if p.Title != "" {
			add("", " "+l.title(p.Title))
		}
		before := ""
		for _, b := range p.Blocks {
			if b.Mark == "" || before == "" {
				add("")
			}
			add(b.lines(w, l)...)
			before = b.Mark
		}
	}
	return all
}

func (b Block) lines(w int, l look) []string {
	switch {
	case b.Picture != nil:
		return b.pictureLines(w, l)
	case b.Rows != nil:
		return tableLines(b.Rows, w-4, l)
	case b.Code != nil:
		all := make([]string, 0, len(b.Code))
		for _, c := range b.Code {
			all = append(all, "     "+c)
		}
		return all
	}
	mark, indent := "", 2
	if b.Mark != "" {
		mark = b.Mark
		if mark == "-" {
			mark = "·"
		}
		indent = 6
		mark = ui.FitRight(mark, indent-2) + "  "
	} else {
		mark = spaces(indent)
	}
	var all []string
	for _, t := range ui.Wrap(plain(b.Text), w-indent-2) {
		all = append(all, mark+t)
		mark = spaces(indent)
	}
	return all
}

// pictureLines draws a picture between two rules, with what it shows in the upper one.
func (b Block) pictureLines(w int, l look) []string {
	wide := 0
	for _, row := range b.Picture {
		wide = max(wide, ui.Width(row))
	}
	rule := func(title string) string {
		if title != "" {
			title = "── 画面:" + ui.Cut(title, wide-12) + " "
		}
		return l.muted(title + strings.Repeat("─", max(wide-ui.Width(title), 0)))
	}
	all := []string{rule(b.Text)}
	for _, row := range b.Picture {
		if l.plain {
			row = strings.TrimRight(ansi.Strip(row), " ")
		}
		all = append(all, row)
	}
	return append(all, rule(""))
}

// gap stands between the columns of a table.
const gap = 2

// tableLines draws a table in w cells: its head, a rule, and the rows, whose cells are
// broken into lines where they don't fit. A row of several lines has air below it.
func tableLines(rows [][]string, w int, l look) []string {
	wide := columns(rows, w)
	var all []string
	several := false
	draw := func(row []string, head bool) int {
		cells := make([][]string, len(row))
		height := 1
		for i, text := range row {
			cells[i] = ui.Wrap(plain(text), wide[i])
			height = max(height, len(cells[i]))
		}
		for y := range height {
			line := "  "
			for i := range row {
				text := ""
				if y < len(cells[i]) {
					text = cells[i][y]
				}
				line += ui.Fit(text, wide[i]) + spaces(gap)
			}
			line = strings.TrimRight(line, " ")
			if head {
				line = l.muted(line)
			}
			all = append(all, line)
		}
		return height
	}
	draw(rows[0], true)
	total := -gap
	for _, n := range wide {
		total += n + gap
	}
	all = append(all, "  "+l.muted(strings.Repeat("─", total)))
	for i, row := range rows[1:] {
		if i > 0 && several {
			all = append(all, "")
		}
		several = draw(row, false) > 1
	}
	return all
}

// columns gives the widths of a table's columns: as wide as what stands in them, and where
// that is too much, the widest give way.
func columns(rows [][]string, w int) []int {
	wide := make([]int, len(rows[0]))
	sum := gap * (len(wide) - 1)
	for i := range wide {
		for _, row := range rows {
			wide[i] = max(wide[i], ui.Width(plain(row[i])))
		}
		sum += wide[i]
	}
	for sum > w {
		widest := 0
		for i, n := range wide {
			if n > wide[widest] {
				widest = i
			}
		}
		wide[widest]--
		sum--
	}
	return wide
}

// plain takes the marks of what is typed or named away (`ledger.db`).
func plain(text string) string { return strings.ReplaceAll(text, "`", "") }

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
