package main

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

// The window of the source's figures, and the first digits of the codes of the
// made-up county for which alone the source's numbers hold.
const (
	figuresFrom  = "2023-07-01"
	figuresTo    = "2026-06-30"
	madeUpCounty = "990101"
)

func (m *Main) figuresReport() *cobra.Command {
	var o reportOptions
	var from, to string
	c := &cobra.Command{
		Use:   "figures",
		Short: "材料中的各项数字(F01–F38),按登记重新计算",
		Long:  "一段时间内材料中的各项数字,按登记重新计算;示范县还与材料中的数比较。例如:taizhang report figures --from 2023-07-01 --to 2026-06-30",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			period, err := parseWindow(from, to)
			if err != nil {
				return err
			}
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error { return m.figures(cmd.Context(), l, o, period) })
		},
	}
	f := c.Flags()
	f.StringVar(&from, "from", figuresFrom, "从哪天起,例如 2023-07-01")
	f.StringVar(&to, "to", figuresTo, "到哪天止,例如 2026-06-30")
	formatFlags(c, &o)
	return c
}

// parseWindow reads the first and the last day as typed.
func parseWindow(from, to string) (count.Period, error) {
	first, err := model.ParseDate(from)
	if err != nil {
		return count.Period{}, usagef("--from:%s", err.Error())
	}
	last, err := model.ParseDate(to)
	switch {
	case err != nil:
		return count.Period{}, usagef("--to:%s", err.Error())
	case first == "" || last == "":
		return count.Period{}, usagef("--from 和 --to 要写日期,例如 --from %s --to %s", figuresFrom, figuresTo)
	case last < first:
		return count.Period{}, usagef("--to(%s)早于 --from(%s),请核对", last, first)
	}
	return count.Period{From: first, To: last}, nil
}

func (m *Main) figures(ctx context.Context, l *store.Ledger, o reportOptions, period count.Period) error {
	s, err := count.Summarize(ctx, l, count.SummaryQuery{Period: period, Indicators: figures.All()})
	if err != nil {
		return err
	}
	applies := l.Home().Is("domain", "机关") && strings.HasPrefix(l.Home().Str("code"), madeUpCounty) &&
		period.From == figuresFrom && period.To == figuresTo
	g, differ := figuresGrid(s, applies)
	g.Title = l.Home().Text("name") + " 材料数字核对表"
	g.Subtitle = period.From.Chinese() + "至" + period.To.Chinese()
	note := fmt.Sprintf("材料中的数只适用于示范县 %s 至 %s,这里不作比较", figuresFrom, figuresTo)
	switch {
	case applies && differ > 0:
		note = fmt.Sprintf("与材料不符 %d 项", differ)
	case applies && len(s.Groups[0].Lacks) > 0:
		note = "有的项不记日期,没有当时的数(—),没有比较;其余与材料相符"
	case applies:
		note = "与材料全部相符"
	}
	numbers := map[string]map[string]any{}
	for _, i := range s.Indicators {
		numbers[i.Code] = map[string]any{}
		for _, f := range i.Figures {
			numbers[i.Code][f.Key] = nil
			if s.Groups[0].Lacks[i.Code+"."+f.Key] == 0 {
				numbers[i.Code][f.Key] = s.Groups[0].Values[i.Code][f.Key][""]
			}
		}
	}
	return m.write(ctx, o, g, []string{"", note}, map[string]any{"from": period.From, "to": period.To, "figures": numbers}, figuresSheet(g, s, note))
}

// figuresSheet is the table to be handed in: a share is its three numbers.
func figuresSheet(g sheet.Grid, s count.Summary, note string) page.Sheet {
	number := func(heading string, format page.Format) page.Column {
		return page.Column{Heading: []string{heading}, Format: format, Min: 7, Align: page.RightAlign}
	}
	t := &page.Table{Columns: []page.Column{page.Head("代号", 4), {Heading: []string{"项目"}, Min: 12, Max: 20, Same: true}, {Heading: []string{"数字"}, Min: 12, Max: 20},
		number("数量\n(分子)", page.Number), number("分母", page.Number), number("百分比", page.Percent), {Heading: []string{"单位"}, Min: 4, Align: page.Centre},
		{Heading: []string{"材料"}, Min: 12, Max: 26}, page.Head("比较", 4)}}
	const unit, said = 4, 6
	n := 0
	for _, i := range s.Indicators {
		for _, f := range i.Figures {
			row := g.Rows[n]
			n++
			line := append(append([]any{}, row[:unit]...), nil, nil)
			if values := s.Groups[0].Values[i.Code]; f.Of != "" && share(row) {
				of := values[f.Of][""]
				line[4], line[5] = of, "—"
				if of != 0 {
					line[5] = float64(values[f.Key][""]) / float64(of)
				}
			}
			if text, fen := line[3].(string); fen && text != count.Unknown {
				line[3] = page.In{Value: float64(s.Groups[0].Values[i.Code][f.Key][""]) / 100, Format: page.Money}
			}
			t.Rows = append(t.Rows, append(append(line, row[unit]), row[said:]...))
		}
	}
	return page.Sheet{Name: g.Name, Title: g.Title, TitleSize: 16, Right: g.Subtitle, Blocks: []page.Block{t, page.Lines{Text: []string{note}, Keep: true}, page.Signature()}}
}

// share tells whether a row of the table has a share.
func share(row []any) bool { return row[5] != "" }

// figuresGrid makes the table, and counts the numbers that are not as the source
// says where it applies.
func figuresGrid(s count.Summary, applies bool) (g sheet.Grid, differ int) {
	g = sheet.Grid{Name: "材料数字", Columns: []string{"代号", "项目", "数字", "数量", "单位", "占比", "材料", "比较"}}
	for _, i := range s.Indicators {
		for _, f := range i.Figures {
			n := s.Groups[0].Values[i.Code][f.Key][""]
			said, verdict, share := "", "", ""
			if s.Groups[0].Lacks[i.Code+"."+f.Key] > 0 { // it has no dated past
				if f.Expect != nil {
					said = expected(f)
				}
				g.Rows = append(g.Rows, []any{i.Code, i.Title, f.Title, count.Unknown, f.Unit, share, said, verdict})
				continue
			}
			if f.Expect != nil {
				said = expected(f)
				if applies && f.Expect.Meets(n) {
					verdict = "符合"
				} else if applies {
					verdict = "不符"
					differ++
				}
			}
			if f.Of != "" && s.Groups[0].Lacks[i.Code+"."+f.Of] == 0 {
				share = shareOf(n, s.Groups[0].Values[i.Code][f.Of][""])
			}
			g.Rows = append(g.Rows, []any{i.Code, i.Title, f.Title, figureCell(f, n), f.Unit, share, said, verdict})
		}
	}
	return g, differ
}

// figureCell gives a number as the table shows it: money in yuan.
func figureCell(f count.Figure, n int64) any {
	if f.Unit != "元" {
		return n
	}
	if n%100 == 0 {
		return n / 100
	}
	return model.FormatYuan(n)
}

// expected says in words what the source has.
func expected(f count.Figure) string {
	e := f.Expect
	text := func(n int64) string { return fmt.Sprint(figureCell(f, n)) }
	switch {
	case e.Exact >= 0:
		return "恰为 " + text(e.Exact)
	case e.Below == math.MaxInt64:
		return "多于 " + text(e.Above)
	}
	return "多于 " + text(e.Above) + "、少于 " + text(e.Below)
}

// shareOf shows a share with both numbers, — where there is nothing to share.
func shareOf(n, of int64) string {
	if of == 0 {
		return "—"
	}
	return fmt.Sprintf("%d/%d = %.1f%%", n, of, float64(n)*100/float64(of))
}
