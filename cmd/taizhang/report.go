package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
	"taizhang/tui/ui"
)

// reportOptions are those that every report takes.
type reportOptions struct {
	month, year, format, out string
	json                     bool
}

func (m *Main) reportCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "report 报表",
		Short: "可以打印的报表",
		Long:  "可以打印的报表。例如:taizhang report balance --month 2026-10",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usagef("请写明要哪一张报表,有哪些请看 %s --help", cmd.CommandPath())
		},
	}
	c.AddCommand(m.balanceReport(), m.summaryReport(), m.figuresReport())
	c.AddCommand(m.paperReports()...)
	return c
}

// reportFlags adds the flags of every report.
func reportFlags(c *cobra.Command, o *reportOptions) {
	f := c.Flags()
	f.StringVar(&o.month, "month", "", "月份,例如 2026-10;不写为本月")
	f.StringVar(&o.year, "year", "", "年份,例如 2026")
	formatFlags(c, o)
}

// formatFlags adds those that say how and where a report is written.
func formatFlags(c *cobra.Command, o *reportOptions) {
	f := c.Flags()
	f.StringVar(&o.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.json, "json", false, "同 --format json")
	f.StringVar(&o.out, "out", "", "写到这个文件")
}

// check looks at the options that every report takes.
func (o *reportOptions) check() error {
	var err error
	if o.format, err = chosenFormat(o.format, o.json, o.out); err != nil {
		return err
	}
	if o.month != "" && o.year != "" {
		return usagef("--month 和 --year 只能写一个")
	}
	return nil
}

// chosenFormat settles what a list or report is written as: where only the file is named,
// by its extension, for a text called .xlsx opens in no program.
func chosenFormat(format string, asJSON bool, out string) (string, error) {
	known := []string{"text", "csv", "json", "xlsx"}
	if asJSON {
		format = "json"
	}
	if ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(out), ".")); format == "text" && slices.Contains(known, ext) {
		format = ext
	}
	switch {
	case !slices.Contains(known, format):
		return "", usagef("格式只有 text、csv、json、xlsx,没有“%s”", model.Clean(format, false))
	case format == "xlsx" && out == "":
		return "", usagef("写 xlsx 要用 --out 指明文件,例如 --out 报表.xlsx")
	}
	return format, nil
}

// write puts a report out as the options say; asJSON is what --format json gives, sheets
// what Excel gets, the table alone for none.
func (m *Main) write(ctx context.Context, o reportOptions, g sheet.Grid, notes []string, asJSON any, sheets ...page.Sheet) error {
	if o.format == "xlsx" {
		if len(sheets) == 0 {
			sheets = []page.Sheet{page.FromGrid(g)}
		}
		if err := page.Write(ctx, o.out, "", sheets...); err != nil {
			return err
		}
		m.sayf("已写出:%s", o.out)
		return nil
	}
	write := func(w io.Writer) error {
		switch o.format {
		case "csv":
			return sheet.GridCSV(w, g, o.out != "")
		case "json":
			return writeJSON(w, asJSON)
		}
		return writeGrid(w, g, notes)
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

// writeGrid writes a report as aligned text, measured in cells.
func writeGrid(w io.Writer, g sheet.Grid, notes []string) error {
	widths := make([]int, len(g.Columns))
	for i, name := range g.Columns {
		widths[i] = ui.Width(name)
		for _, row := range g.Rows {
			widths[i] = max(widths[i], ui.Width(gridCell(row[i])))
		}
	}
	lines := []string{g.Title, g.Subtitle, ""}
	line := func(row []any) {
		cells := make([]string, len(row))
		for i, v := range row {
			if _, words := v.(string); words && (g.Fixed == 0 || i < g.Fixed) {
				cells[i] = ui.Fit(gridCell(v), widths[i])
			} else {
				cells[i] = ui.FitRight(gridCell(v), widths[i])
			}
		}
		lines = append(lines, strings.TrimRight(strings.Join(cells, "  "), " "))
	}
	head := make([]any, len(g.Columns))
	for i, name := range g.Columns {
		head[i] = name
	}
	line(head)
	for _, row := range g.Rows {
		line(row)
	}
	lines = append(lines, notes...)
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// gridCell writes a cell of a text table; a float is money in yuan.
func gridCell(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', 2, 64)
	}
	return fmt.Sprint(v)
}

func (m *Main) balanceReport() *cobra.Command {
	var o reportOptions
	c := &cobra.Command{
		Use:   "balance",
		Short: "党员增减表(两年党员数综合比较),供核对",
		Long:  "一个月或一年的党员增减表,十五行,按变动计算;应有数与实有数不符时列出是哪些人。例如:taizhang report balance --year 2026",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return m.withLedger(cmd.Context(), true, func(l *store.Ledger) error { return m.balance(cmd.Context(), l, o) })
		},
	}
	reportFlags(c, &o)
	return c
}

func (m *Main) balance(ctx context.Context, l *store.Ledger, o reportOptions) error {
	b, period, err := readBalance(ctx, l, o)
	if err != nil {
		return err
	}
	g := sheet.Grid{Title: l.Home().Text("name") + " " + period + "党员增减表", Name: "党员增减表", Columns: []string{"行", "项目", "人数"},
		Subtitle: "草稿,供核对   " + l.Source().Today().Chinese()}
	lines := b.Lines()
	for _, line := range lines {
		g.Rows = append(g.Rows, []any{int64(line.No), line.Label, int64(line.Count)})
	}
	for i := range lines {
		lines[i].Label = strings.TrimSpace(lines[i].Label)
	}
	return m.write(ctx, o, g, balanceNotes(&b), map[string]any{"from": b.From, "to": b.To,
		"lines": lines, "formulas": b.Formulas(), "opened": b.Opened, "probationary": b.Probationary, "movements": b.Movements, "within": b.Within,
		"closes": b.Closes(), "persons": append([]membership.Gap{}, b.Gaps...), "closed": b.Closed, "changed": append([]membership.Gap{}, b.Changed...)})
}

func readBalance(ctx context.Context, l *store.Ledger, o reportOptions) (b membership.Reckoning, period string, err error) {
	if o.year != "" {
		year, err := strconv.Atoi(strings.TrimSuffix(model.HalfWidth(o.year), "年"))
		if err != nil {
			return b, "", usagef("“%s”不是年份,请写成 2026", model.Clean(o.year, false))
		}
		b, err = count.YearBalance(ctx, l, year)
		return b, fmt.Sprintf("%d年", year), err
	}
	month, err := parseMonth(o.month, l.Source().Today())
	if err != nil {
		return b, "", err
	}
	b, err = count.Balance(ctx, l, month)
	return b, month.Chinese(), err
}

// balanceNotes say below the text table what it does not.
func balanceNotes(b *membership.Reckoning) []string {
	notes := []string{"", fmt.Sprintf("实有数中预备党员 %d 名", b.Probationary)}
	if b.Within > 0 {
		notes = append(notes, fmt.Sprintf("本期县内转接 %d 人次:转出、转入两边都登记了,不算在第 2、5、7、11 行里", b.Within))
	}
	if b.Opened > 0 {
		notes = append(notes, fmt.Sprintf("第 1 行中有本期登记的期初在册 %d 名", b.Opened))
	}
	if c := b.Closed; c != nil {
		notes = append(notes, fmt.Sprintf("本月已结账:党员 %d 名,%s 确认", c.Members, model.Clean(c.By, false)))
	}
	for _, f := range b.Formulas() {
		if !f.OK {
			notes = append(notes, "不符 "+f.Code+":"+f.Text)
		}
	}
	for _, g := range b.Gaps {
		notes = append(notes, fmt.Sprintf("要说明:%s(%+d):%s", model.Clean(g.Name, false), g.Count, g.Text))
	}
	for _, g := range b.Changed {
		notes = append(notes, fmt.Sprintf("结账后改过:%s(%+d):%s", model.Clean(g.Name, false), g.Count, g.Text))
	}
	return notes
}
