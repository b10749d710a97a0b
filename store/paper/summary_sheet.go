package paper

import (
	"context"
	"fmt"
	"strings"

	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// SummarySheets makes the summary into sheets to be handed in: one of the whole; split by
// township or domain one that compares the groups and one of each group; split by
// organisation lists of all organisations, the figures in columns; and where there are
// any, the units whose records stand as of an older month.
func SummarySheets(ctx context.Context, l *store.Ledger, b *count.Report) ([]page.Sheet, error) {
	sheets := []page.Sheet{figureSheet(b, 0)}
	switch b.By {
	case count.ByTownship, count.ByDomain:
		sheets = append(sheets, matrixSheets(b, groupLines(b))...)
		for i := 1; i < len(b.Columns); i++ {
			if b.Columns[i].Absent {
				continue // nothing is known of it
			}
			sheets = append(sheets, figureSheet(b, i))
		}
	case count.ByOrganisation:
		lines, err := organisationLines(ctx, l, b)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, matrixSheets(b, lines)...)
	}
	if s, ok := unreportedSheet(b); ok {
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// summarySheet is a sheet with the lines that every one of the summary has.
func summarySheet(b *count.Report, name string, t *page.Table) page.Sheet {
	s := page.Sheet{Name: name, Title: count.ReportTitle + "(" + b.When() + ")", Left: "填报单位:" + b.Organisation, Right: b.State()}
	if b.Returns != nil {
		s.Middle = b.Who()
	}
	s.Blocks = []page.Block{t}
	notes := b.PastNotes()
	if text := b.Caution(); text != "" {
		notes = append(notes, text)
	}
	if len(notes) > 0 {
		s.Blocks = append(s.Blocks, page.Lines{Text: notes})
	}
	s.Blocks = append(s.Blocks, page.Signature())
	return s
}

// figureSheet lists the figures of one group, each with its goal: a share is its
// numerator, its denominator and the percentage.
func figureSheet(b *count.Report, group int) page.Sheet {
	c := &b.Columns[group]
	t := &page.Table{Close: true, Columns: []page.Column{{Heading: []string{"指标"}, Min: 14, Max: 16, Same: true}, {Heading: []string{"项目"}, Min: 24, Max: 34},
		{Heading: []string{"单位"}, Min: 4, Align: page.Centre}, number("数量\n(分子)", 8), number("分母", 7), {Heading: []string{"百分比"}, Format: page.Percent, Min: 7, Align: page.RightAlign},
		{Heading: []string{"目标"}, Min: 8, Align: page.Centre}, {Heading: []string{"是否达到"}, Min: 6, Max: 8, Align: page.Centre}}}
	t.Rows = figureRows(b.Rows(), c, func(r count.Row) []any { return []any{goalText(r.Figure), r.Verdict(r.Share(c))} })
	name := c.Title
	s := summarySheet(b, name, t)
	if group > 0 {
		s.Title, s.Middle = name+s.Title, "" // how many have reported is said of the whole
	}
	return s
}

// figureRows makes a row of each figure: its indicator, name, unit and amounts in a column
// of the report, and what more gives beside them; groups stand above theirs.
func figureRows(all []count.Row, c *count.Column, more func(count.Row) []any) (rows [][]any) {
	for _, r := range all {
		switch {
		case r.Indicator == nil:
			rows = append(rows, []any{page.Span(r.Group)})
		case r.Figure == nil: // its name stands in the first column
		case r.Bare:
			rows = append(rows, []any{r.Indicator.Heading(), r.Figure.Title, r.Figure.Unit})
		default:
			line := append([]any{r.Indicator.Heading(), figureName(r), r.Figure.Unit}, amounts(r, c)...)
			rows = append(rows, append(line, more(r)...))
		}
	}
	return rows
}

func number(heading string, least int) page.Column {
	return page.Column{Heading: []string{heading}, Format: page.Number, Min: least, Align: page.RightAlign}
}

// figureName names a figure, a part of one with an indent; the goal has a column of its
// own.
func figureName(r count.Row) string {
	if r.IsPart {
		return "  " + r.PartName()
	}
	return r.Figure.Title
}

func goalText(f *count.Entry) string {
	switch {
	case f.Goal > 0 && f.Low > 0:
		return fmt.Sprintf("%d%%\n低线%d%%", f.Goal, f.Low)
	case f.Goal > 0:
		return fmt.Sprintf("%d%%", f.Goal)
	}
	return ""
}

// amounts gives a row's number in a group, its denominator and the share; the latter two
// are empty where it is no share, and — where there is nothing to be a share of.
func amounts(r count.Row, c *count.Column) []any {
	s := r.Share(c)
	switch {
	case c.Absent, s.None:
		return []any{count.Unknown, nil, nil}
	case s.Whole:
		return []any{amountOf(r.Figure, s.N), nil, nil}
	}
	return []any{amountOf(r.Figure, s.N), amountOf(r.Figure, s.Of), percentOf(s)}
}

// amountOf gives a number for a cell: money in yuan.
func amountOf(f *count.Entry, n int64) any {
	if f.Money {
		return page.In{Value: float64(n) / 100, Format: page.Money}
	}
	return n
}

func percentOf(s count.Share) any {
	if _, ok := s.Permille(); !ok {
		return "—"
	}
	return float64(s.N) / float64(s.Of)
}

// unreportedSheet lists the units whose records stand as of an older month.
func unreportedSheet(b *count.Report) (page.Sheet, bool) {
	g, ok := Unreported(b)
	if !ok {
		return page.Sheet{}, false
	}
	t := &page.Table{Columns: []page.Column{page.Serial(), {Heading: []string{"乡镇"}, Min: 10, Same: true}, page.Head("代码", 12), {Heading: []string{"名称"}, Min: 30, Max: 44}, page.Head("记录到", 10)}}
	for i := range b.Returns.Older {
		u := &b.Returns.Older[i]
		t.Rows = append(t.Rows, []any{int64(i + 1), u.Township, u.Code, u.Name, u.Stands()})
	}
	s := summarySheet(b, g.Name, t)
	s.Title, s.Right = g.Title, g.Subtitle
	return s, true
}

// headingOf names a figure at the head of a column, with its unit.
func headingOf(r count.Row) string {
	name := r.Figure.Title
	if r.Share(&count.Column{}).Whole && !r.IsPart {
		name += "\n"
	}
	if r.Figure.Unit != "" {
		name += "(" + r.Figure.Unit + ")"
	}
	if goal := goalText(r.Figure); goal != "" {
		name += "\n目标" + strings.ReplaceAll(goal, "\n", ",")
	}
	return name
}
