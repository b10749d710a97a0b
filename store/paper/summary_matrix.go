package paper

import (
	"context"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// matrixLine is a line of a list of groups: what names it, and its figures.
type matrixLine struct {
	names []any
	group *count.Column
}

// matrixLines are the lines with the columns that name them.
type matrixLines struct {
	name    string // of the tab
	columns []page.Column
	lines   []matrixLine
}

// groupLines lists the groups of a split by township or domain, the whole first.
func groupLines(b *count.Report) matrixLines {
	m := matrixLines{name: "各乡镇", columns: []page.Column{{Heading: []string{"乡镇"}, Min: 10}}}
	if b.By == count.ByDomain {
		m = matrixLines{name: "各领域", columns: []page.Column{{Heading: []string{"领域"}, Min: 12}}}
	}
	for i := range b.Columns {
		m.lines = append(m.lines, matrixLine{[]any{b.Columns[i].Title}, &b.Columns[i]})
	}
	return m
}

// organisationLines lists the organisations, the whole first, those of a township under
// each other.
func organisationLines(ctx context.Context, l *store.Ledger, b *count.Report) (matrixLines, error) {
	m := matrixLines{name: "各单位", columns: []page.Column{{Heading: []string{"乡镇"}, Min: 8, Max: 10, Same: true}, {Heading: []string{"单位"}, Min: 20, Max: 34}}}
	units, err := l.Units(ctx, "", 0)
	if err != nil {
		return m, err
	}
	township := map[string]string{}
	for _, u := range units {
		township[u.Code] = u.Township
	}
	order := map[string]int{}
	for i := range b.Columns[1:] {
		c := &b.Columns[1+i]
		town := township[c.Key]
		if _, seen := order[town]; !seen {
			order[town] = len(order)
		}
		brief := model.BriefName(c.Title, l.Home().Text("county"), town)
		m.lines = append(m.lines, matrixLine{[]any{town, brief}, c})
	}
	model.Sort(m.lines, func(x, y matrixLine) int {
		return order[x.names[0].(string)] - order[y.names[0].(string)]
	})
	m.lines = append([]matrixLine{{[]any{b.Columns[0].Title, ""}, &b.Columns[0]}}, m.lines...)
	return m, nil
}

// fewFigures is how many columns of figures stand on one tab; more get a tab for each
// group of indicators, which is broken into pages of columns where it is wide.
const fewFigures = 24

// matrixSheets lists groups with the figures in columns.
func matrixSheets(b *count.Report, m matrixLines) []page.Sheet {
	var rows []count.Row
	columns := 0
	for _, r := range b.Rows() {
		if r.Counts() {
			rows = append(rows, r)
			columns += len(figureColumns(r))
		}
	}
	if columns <= fewFigures {
		return []page.Sheet{m.sheet(b, rows, m.name, "")}
	}
	var sheets []page.Sheet
	for len(rows) > 0 {
		group := rows[0].Indicator.Group
		n := slices.IndexFunc(rows, func(r count.Row) bool { return r.Indicator.Group != group })
		if n < 0 {
			n = len(rows)
		}
		sheets = append(sheets, m.sheet(b, rows[:n], m.name+" "+group, " "+group))
		rows = rows[n:]
	}
	return sheets
}

// sheet lists the groups with the figures of some rows of the summary in columns.
func (m *matrixLines) sheet(b *count.Report, rows []count.Row, name, title string) page.Sheet {
	t := &page.Table{Close: true, Fixed: len(m.columns), Columns: slices.Clone(m.columns)}
	for _, r := range rows {
		t.Columns = append(t.Columns, figureColumns(r)...)
	}
	widenLone(t)
	for _, l := range m.lines {
		line := slices.Clone(l.names)
		for _, r := range rows {
			n := len(figureColumns(r))
			line = append(line, amounts(r, l.group)[:n]...)
		}
		t.Rows = append(t.Rows, line)
	}
	s := summarySheet(b, name, t)
	s.Title += title
	s.Landscape, s.TitleSize = true, 14
	return s
}

// figureColumns are the columns of a figure: one, or the three of a share.
func figureColumns(r count.Row) []page.Column {
	head := []string{r.Indicator.Heading(), headingOf(r)}
	if r.IsPart {
		head = append(head, r.PartName())
	}
	if r.Share(&count.Column{}).Whole {
		return []page.Column{{Heading: head, Format: page.Number, Min: 5, Align: page.RightAlign}}
	}
	under := func(word string, format page.Format, least int) page.Column {
		return page.Column{Heading: append(slices.Clone(head), word), Format: format, Min: least, Align: page.RightAlign, With: word != "分子"}
	}
	return []page.Column{under("分子", page.Number, 5), under("分母", page.Number, 5), under("百分比", page.Percent, 7)}
}

// widenLone gives a column that stands alone under its indicator's heading room for it.
func widenLone(t *page.Table) {
	for i := range t.Columns {
		c := &t.Columns[i]
		head := func(n int) string {
			if n < 0 || n >= len(t.Columns) || len(t.Columns[n].Heading) < 2 {
				return ""
			}
			return t.Columns[n].Heading[0]
		}
		if own := head(i); own != "" && own != head(i-1) && own != head(i+1) {
			c.Min = max(c.Min, 9)
		}
	}
}
