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
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

func (m *Main) summaryReport() *cobra.Command {
	var o reportOptions
	var by, compare, township string
	var indicators []string
	var reported bool
	var closing int
	c := &cobra.Command{
		Use:   "summary",
		Short: "三级联创汇总表",
		Long: "三级联创汇总表:一个月(年初到月底)或一年的全部指标,可以按乡镇、领域、单位分列,也可以与上月或去年比。\n" +
			"--township 只出一个乡镇的,应报、实报也是它的。--indicator 只出选定的指标。县里封过账的月份,照封账时的数字出。例如:taizhang report summary --month 2026-06 --by township --format xlsx --out 汇总.xlsx",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			switch {
			case !slices.Contains(count.Splits, by) && by != count.ByCounty && by != count.ByCity:
				return usagef("分列只有 township(乡镇)、domain(领域)、organization(单位),地市和省还有 county(县)、city(地市,省里用),没有“%s”", model.Clean(by, false))
			case compare != "" && compare != count.LastMonth && compare != count.LastYear:
				return usagef("比较只有 last-month(上月)和 last-year(去年),没有“%s”", model.Clean(compare, false))
			case compare != "" && reported:
				return usagef("--compare 和 --reported 只能写一个")
			case compare != "" && by != "":
				return usagef("--compare 和 --by 只能写一个")
			case cmd.Flags().Changed("closing") && (closing < 1 || o.month == ""):
				return usagef("--closing 写第几次封账(从 1 起),要和 --month 一起写")
			case closing > 0 && compare != "":
				return usagef("--compare 和 --closing 只能写一个")
			}
			codes, err := parseIndicators(indicators)
			if err != nil {
				return err
			}
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error {
				return m.summary(cmd.Context(), l, o, count.Ask{By: by, Township: township, Indicators: codes, Reported: reported, Closing: closing}, compare)
			})
		},
	}
	reportFlags(c, &o)
	f := c.Flags()
	f.Lookup("month").Usage = "月份,例如 2026-10:这一年到这个月底"
	f.Lookup("year").Usage = "年份,例如 2026;月份和年份都不写为今年"
	f.StringVar(&by, "by", "", "分列:township 按乡镇、domain 按领域、organization 按单位;地市和省还有 county 按县、city 按地市")
	f.StringVar(&township, "township", "", "只出这个乡镇的,例如 云溪镇(县里的台账)")
	f.StringVar(&compare, "compare", "", "比较:last-month 比上月、last-year 比去年,列出增减和变动的名单")
	f.BoolVar(&reported, "reported", false, "只统计这个月已经报送的单位(县里没有封账的月份)")
	f.IntVar(&closing, "closing", 0, "封过几次账的月份,照第几次封账时的数出;不写照最后一次")
	f.StringSliceVar(&indicators, "indicator", nil, "只出这些指标,写代码,例如 A02,B03;不写出全部")
	return c
}

// parseIndicators reads indicators' codes as typed, nil for none.
func parseIndicators(typed []string) ([]string, error) {
	var codes []string
	for _, t := range typed {
		for _, code := range strings.FieldsFunc(strings.ToUpper(model.HalfWidth(t)), func(r rune) bool { return strings.ContainsRune(",、; ", r) }) {
			if !slices.ContainsFunc(count.Indicators(), func(i *count.Indicator) bool { return i.Code == code }) {
				return nil, usagef("没有“%s”这个指标;指标的代码在汇总表的第一栏,例如 A02", model.Clean(code, false))
			}
			codes = append(codes, code)
		}
	}
	if typed != nil && codes == nil {
		return nil, usagef("--indicator 要写指标的代码,例如 --indicator A02,B03")
	}
	return codes, nil
}

func (m *Main) summary(ctx context.Context, l *store.Ledger, o reportOptions, ask count.Ask, compare string) error {
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
		switch o.format {
		case "xlsx":
			ask.Most = paper.CausesOf
		case "text", "":
			ask.Most = count.NamesShown
		}
		c, err := county.CompareReports(ctx, l, ask, compare, true)
		if err != nil {
			return err
		}
		return m.writeReport(ctx, o, written{grid: paper.Comparison(c, full), more: []sheet.Grid{paper.Causes(c, l.Kinds())}, notes: c.Notes(), json: c.JSON,
			sheets: func() ([]page.Sheet, error) { return paper.ComparisonSheets(c, l.Kinds()), nil }})
	}
	b, err := county.ReadReport(ctx, l, ask)
	if err != nil {
		return err
	}
	return m.writeReport(ctx, o, written{grid: paper.Summary(b, full), notes: b.Notes(), json: b.JSON,
		sheets: func() ([]page.Sheet, error) { return paper.SummarySheets(ctx, l, b) }})
}

// written is a report in all its forms.
type written struct {
	grid   sheet.Grid
	more   []sheet.Grid // below the table, after a blank line, in CSV
	notes  []string     // below the text
	json   func() map[string]any
	sheets func() ([]page.Sheet, error) // in Excel
}

// writeReport puts a report of several tables out as the options say.
func (m *Main) writeReport(ctx context.Context, o reportOptions, w written) error {
	switch o.format {
	case "xlsx":
		sheets, err := w.sheets()
		if err == nil {
			err = page.Write(ctx, o.out, "", sheets...)
		}
		if err != nil {
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
