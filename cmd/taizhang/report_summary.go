package main

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/paper"
	"taizhang/store/sheet"
)

func (m *Main) summaryReport() *cobra.Command {
	var o reportOptions
	var by, compare string
	c := &cobra.Command{
		Use:   "summary",
		Short: "三级联创汇总表",
		Long: "三级联创汇总表:一个月(年初到月底)或一年的全部指标,可以按乡镇、领域、单位分列,也可以与上月或去年比。\n" +
			"县里封过账的月份,照封账时的数字出。例如:taizhang report summary --month 2026-06 --by township --format xlsx --out 汇总.xlsx",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			switch {
			case !slices.Contains(count.Splits, by):
				return usagef("分列只有 township(乡镇)、domain(领域)、organization(单位),没有“%s”", model.Clean(by, false))
			case compare != "" && compare != count.LastMonth && compare != count.LastYear:
				return usagef("比较只有 last-month(上月)和 last-year(去年),没有“%s”", model.Clean(compare, false))
			case compare != "" && by != "":
				return usagef("--compare 和 --by 只能写一个")
			}
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error {
				return m.summary(cmd.Context(), l, o, by, compare)
			})
		},
	}
	reportFlags(c, &o)
	f := c.Flags()
	f.Lookup("month").Usage = "月份,例如 2026-10:这一年到这个月底"
	f.Lookup("year").Usage = "年份,例如 2026;月份和年份都不写为今年"
	f.StringVar(&by, "by", "", "分列:township 按乡镇、domain 按领域、organization 按单位")
	f.StringVar(&compare, "compare", "", "比较:last-month 比上月、last-year 比去年,列出增减和变动的名单")
	return c
}

func (m *Main) summary(ctx context.Context, l *store.Ledger, o reportOptions, by, compare string) error {
	ask := count.Ask{By: by}
	var err error
	if o.month != "" {
		if ask.Month, err = parseMonth(o.month, ""); err != nil {
			return err
		}
	}
	if o.year != "" {
		if ask.Year, err = strconv.Atoi(strings.TrimSuffix(model.HalfWidth(o.year), "年")); err != nil || ask.Year < 1900 || ask.Year > 9999 {
			return usagef("“%s”不是年份,请写成 2026", model.Clean(o.year, false))
		}
	}
	full := o.format == "csv"
	if compare != "" {
		c, err := county.CompareReports(ctx, l, ask, compare, true)
		if err != nil {
			return err
		}
		return m.writeReport(ctx, o, written{grid: paper.Comparison(c, full), more: []sheet.Grid{paper.Causes(c, l.Kinds())}, notes: c.Notes(), json: c.JSON})
	}
	b, err := county.ReadReport(ctx, l, ask)
	if err != nil {
		return err
	}
	w := written{grid: paper.Summary(b, full), notes: b.Notes(), json: b.JSON}
	if older, ok := paper.Unreported(b); ok && !full {
		w.more = append(w.more, older)
	}
	return m.writeReport(ctx, o, w)
}

// written is a report in all its forms.
type written struct {
	grid  sheet.Grid
	more  []sheet.Grid // further sheets in Excel; below the table, after a blank line, in CSV
	notes []string     // below the text
	json  func() map[string]any
}

// writeReport puts a report of several tables out as the options say.
func (m *Main) writeReport(ctx context.Context, o reportOptions, w written) error {
	switch o.format {
	case "xlsx":
		if err := sheet.WriteGridXLSX(ctx, o.out, w.grid, w.more...); err != nil {
			return err
		}
		m.sayf("已写出:%s", o.out)
		return nil
	case "csv":
		write := func(out io.Writer) error {
			if err := sheet.GridCSV(out, w.grid, o.out != ""); err != nil {
				return err
			}
			for _, g := range w.more {
				if _, err := io.WriteString(out, "\r\n"); err != nil {
					return err
				}
				if err := sheet.GridCSV(out, g, false); err != nil {
					return err
				}
			}
			return nil
		}
		if o.out == "" {
			return write(m.Stdout)
		}
		if err := sheet.WriteFile(o.out, write); err != nil {
			return err
		}
		m.sayf("已写出:%s", o.out)
		return nil
	}
	return m.write(ctx, o, w.grid, w.notes, w.json())
}
