package paper

import (
	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/sheet"
)

// Summary makes the summary into a table of three columns and one for each group. With
// full set each row names its indicator, for a reader that sorts and filters; else
// headings stand above.
func Summary(b *count.Report, full bool) sheet.Grid {
	g := sheet.Grid{Title: b.Title(), Subtitle: b.State(), Name: count.ReportTitle, Columns: []string{"指标", "项目", "单位"}, Fixed: 3}
	for i := range b.Columns {
		g.Columns = append(g.Columns, b.Columns[i].Title)
	}
	first := ""
	for _, r := range b.Rows() {
		switch {
		case r.Indicator == nil:
			if !full {
				g.Rows = append(g.Rows, line(b, r.Group, "", "", nil))
			}
			continue
		case r.Figure == nil:
			first = r.Indicator.Heading()
			continue
		}
		lead, label := first, r.Label()
		if full {
			lead = r.Indicator.Group + " " + r.Indicator.Heading()
			if r.Bare {
				continue
			}
			if r.IsPart {
				label = r.Full()
			}
		}
		first = ""
		g.Rows = append(g.Rows, line(b, lead, label, r.Figure.Unit, &r))
	}
	return g
}

func line(b *count.Report, lead, label, unit string, r *count.Row) []any {
	line := []any{lead, label, unit}
	for i := range b.Columns {
		if r == nil {
			line = append(line, "")
			continue
		}
		line = append(line, cell(*r, &b.Columns[i]))
	}
	return line
}

// Unreported makes the units whose records stand as of an older month into a table; ok
// is false where there are none.
func Unreported(b *count.Report) (g sheet.Grid, ok bool) {
	if b.Returns == nil || len(b.Returns.Older) == 0 {
		return g, false
	}
	how := "汇总里用的是它们别的月份的记录"
	if b.Reported {
		how = "汇总里没有统计它们"
	}
	g = sheet.Grid{Title: b.When() + "没有报送的单位", Subtitle: how, Name: "没有报送的单位",
		Columns: []string{"代码", "名称", "乡镇", "记录到"}}
	for _, u := range b.Returns.Older {
		g.Rows = append(g.Rows, []any{u.Code, u.Name, u.Township, u.Stands()})
	}
	return g, true
}

// Comparison makes the comparison into a table; full as with Summary.
func Comparison(c *count.Comparison, full bool) sheet.Grid {
	both := *c.Now
	both.Columns = []count.Column{c.Now.Columns[0], c.Before.Columns[0]}
	g := Summary(&both, full)
	g.Title = c.Title()
	g.Columns = []string{"指标", "项目", "单位", "本期(" + c.Now.When() + ")", "上期(" + c.Before.When() + ")", "增减"}
	const before = 4
	i := 0
	for _, r := range both.Rows() {
		if r.Indicator == nil && full || r.Indicator != nil && r.Figure == nil || r.Bare && full {
			continue
		}
		text := ""
		if r.Counts() {
			text = c.Difference(r)
			if !c.Compared(r) {
				g.Rows[i][before] = "—"
			}
		}
		g.Rows[i] = append(g.Rows[i], text)
		i++
	}
	return g
}

// Causes makes the records behind the changes into a table.
func Causes(c *count.Comparison, kinds *model.Catalog) sheet.Grid {
	g := sheet.Grid{Title: c.Title() + " 变动名单", Subtitle: c.Basis(), Name: "变动名单",
		Columns: []string{"指标", "项目", "增减", "类别", "记录", "党组织", "本期", "上期", "标识"}}
	for _, ch := range c.Changes {
		for _, n := range ch.Names {
			kind := n.Kind
			if k := kinds.Kind(kind); k != nil {
				kind = k.Title
			}
			g.Rows = append(g.Rows, []any{ch.Row.Indicator.Heading(), ch.Row.Full(), c.Difference(ch.Row), kind, n.Label, n.Organisation,
				amount(ch.Row, n.Now), amount(ch.Row, n.Before), n.ID})
		}
	}
	return g
}

func amount(r count.Row, n int64) any {
	if r.Figure.Money {
		return float64(n) / 100
	}
	return n
}

// cell gives what a sheet's cell holds: a number where it is one.
func cell(r count.Row, c *count.Column) any {
	if !r.Counts() {
		return ""
	}
	s := r.Share(c)
	switch {
	case c.Absent:
		return count.Unknown
	case s.None, !s.Whole:
		return r.Text(c)
	case r.Figure.Money:
		return float64(s.N) / 100
	}
	return s.N
}
