package paper

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// ComparisonSheets makes the comparison into sheets to be handed in: the figures of both
// periods with what has changed, and the records behind the changes.
func ComparisonSheets(c *count.Comparison, kinds *model.Catalog) []page.Sheet {
	sheets := []page.Sheet{comparisonSheet(c), causesSheet(c, kinds)}
	if s, ok := unreportedSheet(c.Now); ok {
		sheets = append(sheets, s)
	}
	return sheets
}

func comparisonSheet(c *count.Comparison) page.Sheet {
	three := func() []page.Column {
		return []page.Column{number("数量\n(分子)", 8), number("分母", 6), {Heading: []string{"百分比"}, Format: page.Percent, Min: 7, Align: page.RightAlign}}
	}
	t := &page.Table{Close: true, Columns: []page.Column{{Heading: []string{"指标"}, Min: 14, Max: 16, Same: true}, {Heading: []string{"项目"}, Min: 24, Max: 34}, {Heading: []string{"单位"}, Min: 4, Align: page.Centre}}}
	t.Columns = append(t.Columns, page.Under("本期("+c.Now.When()+")", three()...)...)
	t.Columns = append(t.Columns, page.Under("上期("+c.Before.When()+")", three()...)...)
	t.Columns = append(t.Columns, page.Under("增减", page.Column{Heading: []string{"数量"}, Format: page.Signed, Min: 8, Align: page.RightAlign},
		page.Column{Heading: []string{"百分点"}, Format: page.Points, Min: 7, Align: page.RightAlign})...)
	t.Rows = figureRows(c.Rows(), &c.Now.Columns[0], func(r count.Row) []any { return comparedCells(c, r) })
	s := summarySheet(c.Now, c.Word(), t)
	s.Title = count.ReportTitle + "(" + c.Now.When() + c.Word() + ")"
	s.Landscape = true
	return s
}

// comparedCells gives the earlier period's number, denominator and share, and what has
// changed since: the number, and of a share the percentage points. What the earlier
// period did not count is —.
func comparedCells(c *count.Comparison, r count.Row) []any {
	if !c.Compared(r) {
		return []any{"—", nil, nil, "—", nil}
	}
	now, before := r.Share(&c.Now.Columns[0]), r.Share(&c.Before.Columns[0])
	if c.Difference(r) == count.Unknown && (now.Whole || now.None || before.None) {
		return append(amounts(r, &c.Before.Columns[0]), count.Unknown, nil)
	}
	cells := append(amounts(r, &c.Before.Columns[0]), changed(r.Figure, now.N-before.N), nil)
	a, okNow := now.Permille()
	b, okBefore := before.Permille()
	switch {
	case now.Whole:
	case okNow && okBefore:
		cells[4] = float64(a-b) / 10
	default:
		cells[4] = "—"
	}
	return cells
}

func changed(f *count.Entry, n int64) any {
	if f.Money {
		return page.In{Value: float64(n) / 100, Format: page.Money}
	}
	return n
}

// CausesOf bounds the records that the sheet names for one figure: a county's first month
// would have thousands of pages.
const CausesOf = 100

// causesSheet lists the records behind the changes; of a figure with very many the first,
// and how many more there are.
func causesSheet(c *count.Comparison, kinds *model.Catalog) page.Sheet {
	t := &page.Table{Close: true, Columns: []page.Column{{Heading: []string{"指标"}, Min: 12, Max: 16, Same: true}, {Heading: []string{"项目"}, Min: 12, Max: 24, Same: true},
		{Heading: []string{"增减"}, Min: 7, Max: 14, Align: page.Centre, Same: true}, {Heading: []string{"类别"}, Min: 8, Max: 10}, {Heading: []string{"记录"}, Min: 20, Max: 40},
		{Heading: []string{"党组织"}, Min: 18, Max: 30}, number("本期", 6), number("上期", 6)}}
	cut := false
	for _, ch := range c.Changes {
		shown := ch.Names[:min(len(ch.Names), CausesOf)]
		for _, n := range shown {
			kind := n.Kind
			if k := kinds.Kind(kind); k != nil {
				kind = k.Title
			}
			t.Rows = append(t.Rows, []any{ch.Row.Indicator.Heading(), ch.Row.Full(), c.Difference(ch.Row), kind, n.Label, n.Organisation,
				amountOf(ch.Row.Figure, n.Now), amountOf(ch.Row.Figure, n.Before)})
		}
		if rest := max(ch.All(), len(ch.Names)) - len(shown); rest > 0 {
			cut = true
			t.Rows = append(t.Rows, []any{ch.Row.Indicator.Heading(), ch.Row.Full(), c.Difference(ch.Row), nil, fmt.Sprintf("……还有 %d 条", rest)})
		}
	}
	s := summarySheet(c.Now, "变动名单", t)
	s.Title, s.Right = "变动名单("+c.Now.When()+c.Word()+")", c.Basis()
	s.Landscape = true
	if cut {
		s.Blocks = []page.Block{t, page.Lines{Text: []string{fmt.Sprintf("每一项最多列 %d 条。全部名单在“汇总”里选中那一项按回车看,或者用命令 report summary --compare … --format csv 写出。", CausesOf)}, Keep: true}, page.Signature()}
	}
	if len(t.Rows) == 0 {
		s.Blocks = []page.Block{page.Lines{Text: []string{"没有变动。"}}, page.Signature()}
	}
	return s
}
