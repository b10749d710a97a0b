package summary

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/store/count"
	"taizhang/tui/ui"
)

const (
	headRows   = 3 // what is shown, its state, the columns' headings
	footRows   = 2 // the chosen figure in full
	gap        = 2 // cells between two columns
	barCells   = 24
	wideBars   = 120 // from this width on shares without a goal have a bar too
	mostColumn = 30  // no column is wider
	unitCells  = 6   // of a figure's unit
	wideHints  = 110 // from this width on the bottom line has room for all keys
)

// grid is the summary as it stands on the screen.
type grid struct {
	rows   []count.Row
	heads  []string
	cells  [][]string // by row and column, nil for headings
	widths []int
	counts []int // the cells that counts take at the left of each column
	labels int   // the widest label of a figure
}

func newGrid(b *count.Report, both *count.Comparison, only []string) grid {
	var g grid
	rows := b.Rows()
	if both != nil {
		rows = both.Rows()
	}
	for _, r := range rows {
		if only != nil && (r.Indicator == nil || !slices.Contains(only, r.Indicator.Code)) {
			continue
		}
		g.rows = append(g.rows, r)
	}
	if both != nil {
		g.heads = []string{"本期", "上期", "增减"}
	} else {
		for _, c := range b.Columns {
			g.heads = append(g.heads, c.Title)
		}
	}
	g.widths = make([]int, len(g.heads))
	for i, h := range g.heads {
		g.widths[i] = min(max(ui.Width(ui.Clean(h)), 6), mostColumn)
	}
	g.cells = make([][]string, len(g.rows))
	for i, r := range g.rows {
		if !r.Counts() {
			continue
		}
		g.cells[i] = rowCells(r, b, both)
		for n, text := range g.cells[i] {
			g.widths[n] = min(max(g.widths[n], ui.Width(text)), mostColumn)
		}
		g.labels = max(g.labels, ui.Width(r.Label()))
	}
	g.align()
	return g
}

// align puts the counts of a column under each other at its left, near the figures'
// names, and behind them what else stands there: of how many, a share, whether it is
// reached.
func (g *grid) align() {
	g.counts = make([]int, len(g.heads))
	for _, cells := range g.cells {
		for n, text := range cells {
			g.counts[n] = max(g.counts[n], ui.Width(text[:countEnd(text)]))
		}
	}
	for n, head := range g.heads {
		g.counts[n] = min(max(g.counts[n], ui.Width(ui.Clean(head))), mostColumn)
	}
	of, percents := make([]int, len(g.heads)), make([]int, len(g.heads))
	for _, cells := range g.cells {
		for n, text := range cells {
			whole, percent, _ := shareParts(text[countEnd(text):])
			of[n], percents[n] = max(of[n], ui.Width(whole)), max(percents[n], ui.Width(percent))
		}
	}
	for _, cells := range g.cells {
		for n, text := range cells {
			end := countEnd(text)
			text = ui.FitRight(text[:end], g.counts[n]) + shareAligned(text[end:], of[n], percents[n])
			cells[n] = text
			g.widths[n] = min(max(g.widths[n], ui.Width(text)), mostColumn)
		}
	}
}

// shareParts parts what stands behind a count: of how many, the percentage, and what is
// said of it.
func shareParts(text string) (whole, percent, rest string) {
	whole, more, _ := strings.Cut(text, " ")
	if whole == "" {
		return "", "", more
	}
	percent, rest, _ = strings.Cut(more, " ")
	return whole, percent, rest
}

// shareAligned puts what stands behind a count under each other: of how many in so many
// cells, the percentage at the right of its own.
func shareAligned(text string, of, cells int) string {
	whole, percent, rest := shareParts(text)
	if percent == "" {
		return text
	}
	text = ui.Fit(whole, of) + " " + ui.FitRight(percent, cells)
	if rest != "" {
		text += " " + rest
	}
	return text
}

// countEnd is where the count ends in a cell: 23/115 20.0%.
func countEnd(text string) int {
	if at := strings.IndexAny(text, "/ "); at >= 0 {
		return at
	}
	return len(text)
}

// aligned gives a cell, or a column's heading over it.
func (g *grid) aligned(text string, n, width int) string {
	if ui.Width(text) < g.counts[n] {
		text = ui.FitRight(text, g.counts[n])
	}
	return ui.Fit(text, width)
}

func rowCells(r count.Row, b *count.Report, both *count.Comparison) []string {
	if both != nil {
		before := brief(r, &both.Before.Columns[0])
		if !both.Compared(r) {
			before = "—"
		}
		return []string{brief(r, &both.Now.Columns[0]), before, both.Difference(r)}
	}
	cells := make([]string, len(b.Columns))
	for i := range b.Columns {
		cells[i] = r.Text(&b.Columns[i])
		if b.By != "" {
			cells[i] = brief(r, &b.Columns[i])
		}
	}
	return cells
}

// brief marks a goal by one sign, so that more columns fit.
func brief(r count.Row, c *count.Column) string {
	s := r.Share(c)
	if s.Whole || s.None || c.Absent {
		return r.Text(c)
	}
	mark := map[int]string{count.Reached: " √", count.ReachedLow: " △", count.Short: " ×"}[r.Standing(s)]
	return r.Fraction(s) + " " + s.Percent() + mark
}

func (p *page) listHeight() int { return max(p.h-headRows-footRows, 1) }

// labelWidth is the width of the first column, which stays.
func (p *page) labelWidth() int {
	if p.both != nil && p.w < 100 {
		return 30 // so that what has changed is in sight too
	}
	want := len("> ") + 1 + p.grid.labels + unitCells
	most := min(max(p.w*2/5, 34), 46)
	if len(p.grid.widths) == 1 {
		most = max(most, p.w-p.grid.widths[0]-gap-barCells-2)
	}
	return max(min(want, most), 20)
}

// shownColumns gives the widths of the columns in sight from one on, at least one.
func (p *page) shownColumns(from int) []int {
	free := p.w - p.labelWidth()
	var all []int
	for i := from; i < len(p.grid.widths); i++ {
		w := p.grid.widths[i]
		if w > free && len(all) > 0 {
			break
		}
		all = append(all, min(w, max(free, 1)))
		free -= w + gap
	}
	return all
}

// View implements ui.Screen.
func (p *page) View() (string, *tea.Cursor) {
	st := p.app.Styles
	if p.book == nil {
		text := "正在统计…"
		if p.fault != "" {
			text = p.fault
		}
		return "\n  " + text, nil
	}
	widths := p.shownColumns(p.leftCol)
	lines := []string{p.stateLine(), st.Muted.Render(ui.Fit(" "+p.note(), p.w)), p.headLine(widths)}
	for i := p.first; i < p.first+p.listHeight(); i++ {
		if i < len(p.grid.rows) {
			lines = append(lines, p.line(i, widths))
		} else {
			lines = append(lines, "")
		}
	}
	lines = append(lines, ui.Rule(st, "", p.w), p.footLine())
	return strings.Join(lines, "\n"), nil
}

var splitNames = map[string]string{"": "合计", count.ByTownship: "按乡镇", count.ByDomain: "按领域", count.ByOrganisation: "按单位", count.ByCounty: "按县", count.ByCity: "按地市"}

// stateLine says how it is split, who has reported, and whether it is closed.
func (p *page) stateLine() string {
	st := p.app.Styles
	text := " " + splitNames[p.book.By]
	if p.both != nil {
		text = " " + p.both.Word() + "(" + p.both.Before.When() + ")"
	}
	if p.book.Township != "" {
		text = " " + ui.Clean(p.book.Township) + text
	}
	if who := p.book.Who(); who != "" {
		text += "  " + who
	}
	if p.only != nil {
		text += "  只看选定的指标"
	}
	if p.busy {
		text += "  正在统计…"
	}
	return st.Title.Render(ui.Cut(text, p.w-1))
}

func (p *page) note() string {
	text := p.book.State()
	if p.book.Sealed == nil && p.app.County && p.book.Period.Month != "" {
		text += "  还没有封账"
	}
	if p.canChooseTownship() && p.w < wideHints {
		text += "  按 " + ui.Act.Key() + " 选乡镇"
	}
	if p.canNarrow() && p.w < wideHints {
		text += "  按 " + ui.Mark.Key() + " " + p.narrowing()
	}
	return text
}

func (p *page) headLine(widths []int) string {
	st := p.app.Styles
	line := ui.Fit(" 指标", p.labelWidth())
	for n, w := range widths {
		line += p.grid.aligned(p.grid.heads[p.leftCol+n], p.leftCol+n, w) + strings.Repeat(" ", gap)
	}
	if rest := len(p.grid.heads) - p.leftCol - len(widths); rest > 0 || p.leftCol > 0 {
		line = strings.TrimRight(line, " ")
		if ui.Width(line)+3 <= p.w {
			line += " →"
		}
	}
	return st.Label.Render(ui.Cut(line, p.w))
}

func (p *page) line(i int, widths []int) string {
	st, r := p.app.Styles, p.grid.rows[i]
	switch {
	case r.Indicator == nil:
		return ui.Rule(st, r.Group, p.w)
	case r.Figure == nil:
		return st.Title.Render(" " + ui.Cut(r.Indicator.Heading(), p.w-2))
	}
	mark := "  "
	if i == p.cur {
		mark = "> "
	}
	unit := ui.FitRight(r.Figure.Unit, unitCells-1) + " "
	line := mark + ui.Fit(" "+r.Label(), p.labelWidth()-ui.Width(mark)-ui.Width(unit)) + st.Muted.Render(unit)
	if r.Bare {
		return line
	}
	for n, w := range widths {
		c := p.leftCol + n
		text := p.grid.aligned(p.grid.cells[i][c], c, w)
		switch {
		case i == p.cur && c == p.col:
			text = st.Selected.Render(text)
		default:
			text = p.style(r, c).Render(text)
		}
		line += text + strings.Repeat(" ", gap)
	}
	return line + p.bar(r, ui.Width(line))
}

// style colours a share by its goal.
func (p *page) style(r count.Row, c int) lipgloss.Style {
	if p.both != nil || r.Figure.Goal == 0 {
		return lipgloss.NewStyle()
	}
	return goalStyle(p.app.Styles, r.Standing(r.Share(&p.book.Columns[c])))
}

func goalStyle(st *ui.Styles, standing int) lipgloss.Style {
	switch standing {
	case count.Reached:
		return st.Good
	case count.ReachedLow:
		return st.Warning
	case count.Short:
		return st.Fault
	}
	return lipgloss.NewStyle()
}

// bar draws a share with a goal, where there is one column and room.
func (p *page) bar(r count.Row, used int) string {
	if p.both != nil || p.book.By != "" || r.Figure.Goal == 0 && p.w < wideBars || p.w-used < barCells+2 {
		return ""
	}
	s := r.Share(&p.book.Columns[0])
	if _, ok := s.Permille(); !ok || s.Whole {
		return ""
	}
	style := p.app.Styles.Muted
	if r.Figure.Goal > 0 {
		style = goalStyle(p.app.Styles, r.Standing(s))
	}
	return style.Render(Bar(s, r.Figure.Goal, min(max(p.w-used-4, barCells), 50)))
}

// Bar draws a share in so many cells; ┃ stands where the goal is.
func Bar(s count.Share, goal, cells int) string {
	p, _ := s.Permille()
	return ui.Bar(p, goal, cells)
}

// footLine gives the chosen figure in full, which the columns may have cut.
func (p *page) footLine() string {
	if p.cur >= len(p.grid.rows) || !p.grid.rows[p.cur].Counts() {
		return ""
	}
	r := p.grid.rows[p.cur]
	label := strings.TrimSpace(r.Label())
	if r.IsPart {
		label = r.Figure.Title + ":" + label
	}
	value := strings.TrimSpace(p.grid.cells[p.cur][p.col])
	if p.both == nil {
		value = r.Text(&p.book.Columns[p.col])
		if why := r.WhyNone(&p.book.Columns[p.col]); why != "" {
			return ui.Cut(" "+label+":"+value+"  "+why, p.w-1)
		}
	}
	text := " " + r.Indicator.Heading() + " " + label + "  " + p.grid.heads[p.col] + ":" + value + " " + r.Figure.Unit
	if n := p.book.Missing(); n > 0 && r.EveryUnit() {
		text += fmt.Sprintf("  还有 %d 个单位没有报,报齐了才作数", n)
	}
	return ui.Cut(text, p.w-1)
}
