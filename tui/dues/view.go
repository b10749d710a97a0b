package dues

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"charm.land/lipgloss/v2"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/tui/ui"
)

// headLines stand above the members: the search line, the months, a rule. footLines
// stand below them: a rule, the two sums, and three lines that explain.
const (
	headLines = 3
	footLines = 6
)

// rows is the room for members.
func (g *grid) rows() int { return max(g.h-headLines-footLines, 1) }

// layout is how wide the columns are, in cells.
type layout struct {
	name, cell, sum, owing int
	months                 int // in sight

	of *count.DuesSheet // for which this was measured, at a width
	w  int
}

// layout gives the columns as wide as what stands in them; the name and the sum stay,
// and what owing fits in beside twelve months is shown too.
func (g *grid) layout() layout {
	if g.lay.of != g.sheet || g.lay.w != g.w {
		g.lay = g.measure()
	}
	return g.lay
}

func (g *grid) measure() layout {
	lay := layout{name: ui.Width("姓名"), cell: 5, sum: ui.Width("合计"), of: g.sheet, w: g.w}
	year, months := int64(0), [12]int64{}
	for i := range g.sheet.Rows {
		r := &g.sheet.Rows[i]
		lay.name = max(lay.name, ui.Width(ui.Clean(r.Person.Str("name"))))
		for m := range r.Months {
			c := r.Months[m]
			lay.cell = max(lay.cell, ui.Width(g.text(r, m))+1)
			switch {
			case c.State == count.DuesPaid && !c.Elsewhere:
				months[m] += c.Paid
			case c.State == count.DuesOnPaper: // where it may be filled
				lay.cell = max(lay.cell, ui.Width(yuan(c.Owed))+2)
			}
		}
		year += r.Sum()
	}
	for _, fen := range months {
		lay.cell = max(lay.cell, ui.Width(yuan(fen))+1)
	}
	lay.name = min(lay.name, 12) + 1
	lay.cell = min(lay.cell, 10)
	lay.sum = max(lay.sum, ui.Width(yuan(year))) + 2
	room := g.w - lay.name - lay.sum - 2
	lay.months = min(max(room/lay.cell, 1), 12)
	if rest := room - 12*lay.cell; rest >= 9 {
		lay.owing = 9
		lay.cell += min((rest-9)/12, 2)
	}
	return lay
}

// follow keeps the cursor in sight.
func (g *grid) follow() {
	if g.sheet == nil || g.h == 0 {
		return
	}
	g.top = max(min(g.top, g.row), g.row-g.rows()+1)
	g.top = max(min(g.top, len(g.sheet.Rows)-g.rows()), 0)
	n := g.layout().months
	g.left = max(min(g.left, g.col), g.col-n+1)
	if g.fill != nil && g.fill.n > 1 && g.fill.n <= n { // the whole quarter
		g.left = max(min(g.left, g.fill.from), g.fill.from+g.fill.n-n)
	}
	g.left = min(g.left, 12-n)
}

// View implements ui.Screen.
func (g *grid) View() (string, *tea.Cursor) {
	if g.sheet == nil {
		search, cursor := g.searchLine()
		return strings.Join(ui.Lines(search+"\n\n  正在读…", g.w, g.h), "\n"), cursor
	}
	g.follow()
	lay := g.layout()
	line, cursor := g.searchLine()
	lines := []string{line, g.head(lay), ui.Rule(g.app.Styles, "", g.w)}
	for i := range g.rows() {
		text := ""
		if n := g.top + i; n < len(g.sheet.Rows) {
			var at *tea.Cursor
			if text, at = g.line(lay, n); at != nil {
				at.Y += headLines + i
				cursor = at
			}
		} else if i == 1 && len(g.sheet.Rows) == 0 {
			text = fmt.Sprintf("  %d年没有要交党费的党员。党员在菜单“人员”里登记", g.year)
		}
		lines = append(lines, text)
	}
	lines = append(lines, ui.Rule(g.app.Styles, "", g.w))
	lines = append(lines, g.sums(lay)...)
	foot, at := g.foot()
	if at != nil && g.search.Value() == "" {
		at.Y += len(lines)
		cursor = at
	}
	return strings.Join(ui.Lines(strings.Join(append(lines, foot...), "\n"), g.w, g.h), "\n"), cursor
}

// searchLine is the first line; the caret stands in it while nothing else takes text.
func (g *grid) searchLine() (string, *tea.Cursor) {
	const prompt = ui.SearchPrompt
	note, style := "", g.app.Styles.Muted
	if g.search.Value() != "" && g.sheet != nil {
		switch n := len(g.found()); {
		case n == 0:
			note, style = "没有找到。按退格键改,按 Esc 清掉", g.app.Styles.Fault
		case n > 1:
			note = fmt.Sprintf("有 %d 人,↑ ↓ 换一个", n)
		}
	}
	g.search.SetWidth(max(g.w-ui.Width(prompt)-ui.Width(note)-2, 10))
	text, cursor := g.search.View()
	if cursor != nil {
		cursor.X += ui.Width(prompt)
	}
	return prompt + text + " " + style.Render(note), cursor
}

// head names the columns; ‹ and › stand where there are more months.
func (g *grid) head(lay layout) string {
	st := g.app.Styles
	var b strings.Builder
	b.WriteString(" " + st.Label.Render(ui.Fit("姓名", lay.name)))
	for i := range lay.months {
		m := g.left + i
		text := fmt.Sprintf("%d月", m+1)
		switch {
		case i == 0 && m > 0:
			text = "‹" + text
		case i == lay.months-1 && m < 11:
			text += "›"
		}
		text = ui.FitRight(text, lay.cell)
		if m == g.col {
			text = st.Title.Render(text)
		}
		b.WriteString(text)
	}
	b.WriteString(ui.FitRight("合计", lay.sum))
	if lay.owing > 0 {
		b.WriteString(ui.FitRight("欠交", lay.owing))
	}
	return b.String()
}

// text is what a cell says: the amount paid, with 少 in front where it is less than the
// standing amount and 流 where it was paid elsewhere; the standing amount in brackets
// where it is not paid yet, after 欠 where the month is over.
func (g *grid) text(r *count.DuesRow, m int) string {
	c := r.Months[m]
	owed := "?"
	if c.Owed > 0 {
		owed = yuan(c.Owed)
	}
	if g.fill != nil && c.State != count.DuesPaid && g.fill.fills(r, m) && !g.fill.off[r.Person.ID] {
		return "+" + owed
	}
	if g.busy[cellKey(r, g.sheet.Month(m))] {
		return "…"
	}
	switch c.State {
	case count.DuesPaid:
		mark := ""
		switch {
		case c.Elsewhere:
			mark = "流"
		case c.Short():
			mark = "少"
		}
		return mark + yuan(c.Paid)
	case count.DuesExempt:
		return "免"
	case count.DuesOnPaper:
		return "纸"
	case count.DuesToPay:
		return "(" + owed + ")"
	case count.DuesArrears:
		return "欠" + owed
	}
	return "—"
}

// style is how a cell is drawn.
func (g *grid) style(r *count.DuesRow, m int) lipgloss.Style {
	st, c := g.app.Styles, r.Months[m]
	switch {
	case g.fill != nil && g.fill.fills(r, m) && !g.fill.off[r.Person.ID]:
		return st.Good
	case c.State == count.DuesArrears:
		return st.Fault
	case c.Short() && !c.Elsewhere:
		return st.Warning
	case c.State == count.DuesPaid:
		return lipgloss.NewStyle()
	}
	return st.Muted
}

// line draws one member; the cursor is relative to its first cell.
func (g *grid) line(lay layout, n int) (string, *tea.Cursor) {
	r, st := &g.sheet.Rows[n], g.app.Styles
	var b strings.Builder
	var cursor *tea.Cursor
	mark, name := " ", ui.Fit(r.Person.Str("name"), lay.name)
	if g.fill != nil && g.fill.off[r.Person.ID] && g.fill.has(r) {
		mark = "×"
	}
	if n == g.row {
		b.WriteString(mark + st.Selected.Render(name))
	} else {
		b.WriteString(mark + name)
	}
	for i := range lay.months {
		m := g.left + i
		if n == g.row && m == g.col && g.amount != nil {
			g.amount.SetWidth(lay.cell - 1)
			text, at := g.amount.View()
			at.X += 1 + lay.name + i*lay.cell + 1
			cursor = at
			b.WriteString(" " + st.Title.Underline(true).Render(text))
			continue
		}
		text := ui.FitRight(g.text(r, m), lay.cell)
		if n == g.row && m == g.col {
			b.WriteString(" " + st.Selected.Render(strings.TrimPrefix(text, " ")))
			continue
		}
		b.WriteString(g.style(r, m).Render(text))
	}
	b.WriteString(ui.FitRight(yuan(r.Sum()), lay.sum))
	if lay.owing > 0 {
		owing := int64(0)
		for m, c := range r.Months {
			owing += c.Missing(g.sheet.Today.Month(), g.sheet.Month(m))
		}
		text := ui.FitRight("", lay.owing)
		if owing > 0 {
			text = st.Fault.Render(ui.FitRight("欠"+yuan(owing), lay.owing))
		}
		b.WriteString(text)
	}
	return b.String(), cursor
}

// sums are the two lines at the foot: what was collected for each month, and how many
// have not paid.
func (g *grid) sums(lay layout) []string {
	var paid, open strings.Builder
	paid.WriteString(" " + ui.Fit("实收", lay.name))
	open.WriteString(" " + ui.Fit("未交", lay.name))
	year, owing, late := int64(0), int64(0), g.sheet.Today.Month()
	for m := range 12 {
		fen, n, past := int64(0), 0, false
		for i := range g.sheet.Rows {
			switch c := g.sheet.Rows[i].Months[m]; c.State {
			case count.DuesPaid:
				fen += c.Paid * int64(model.OneIf(!c.Elsewhere))
				owing += c.Missing(late, g.sheet.Month(m))
			case count.DuesArrears:
				past = true
				n++
				owing += c.Owed
			case count.DuesToPay:
				n++
			}
		}
		year += fen
		if m < g.left || m >= g.left+lay.months {
			continue
		}
		paid.WriteString(ui.FitRight(yuan(fen), lay.cell))
		text := ""
		if n > 0 {
			text = fmt.Sprintf("%d人", n)
		}
		text = ui.FitRight(text, lay.cell)
		if past {
			text = g.app.Styles.Fault.Render(text)
		}
		open.WriteString(text)
	}
	paid.WriteString(ui.FitRight(yuan(year), lay.sum))
	if lay.owing > 0 && owing > 0 {
		paid.WriteString(ui.FitRight("欠"+yuan(owing), lay.owing))
	}
	return []string{paid.String(), open.String()}
}
