package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

func (m *Main) countyStatusCommand() *cobra.Command {
	var o reportOptions
	var township, remind string
	c := &cobra.Command{
		Use:   "status --month 月份",
		Short: "报送情况:各乡镇应报、实报,谁还没有报",
		Long: "一个月的报送情况:先按乡镇列应报数和实报数,再列没有报的单位和电话。\n" +
			"例如:taizhang county status --month 2026-10;--remind 催报单.xlsx 另写一份可以打印的催报单。",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "month"); err != nil {
				return err
			}
			if err := o.check(); err != nil {
				return err
			}
			month, err := parseMonth(o.month, "")
			if err != nil {
				return err
			}
			if ext := strings.ToLower(filepath.Ext(remind)); remind != "" && ext != ".xlsx" && ext != ".csv" {
				return usagef("催报单写成 .xlsx 或 .csv,请写明,例如 --remind 催报单.xlsx")
			}
			return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error {
				if _, err := count.MonthPeriod(l, month); err != nil {
					return err // a month to come
				}
				r, err := county.Status(cmd.Context(), l, month)
				if err != nil {
					return err
				}
				if township != "" && !slices.ContainsFunc(r.Towns, func(t county.TownshipReport) bool { return t.Township == township }) {
					return usagef("单位名单里没有“%s”这个乡镇,请照名单里的写法写", model.Clean(township, false))
				}
				r = r.Only(township)
				who, today := l.Home().Text("name"), l.Source().Today()
				if remind != "" {
					if err := county.WriteGrid(cmd.Context(), remind, r.Reminder(who, today), r.ReminderSheet(who, l.Home().Text("county"), today)); err != nil {
						return err
					}
				}
				if err := m.writeStatus(cmd, o, r, r.Sheet(who, today), r.Sheets(who, l.Home().Text("county"), today)); err != nil {
					return err
				}
				if remind != "" && o.format == "text" && o.out == "" {
					m.sayf("已写出催报单:%s", remind)
				}
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&o.month, "month", "", "月份,例如 2026-10")
	f.StringVar(&township, "township", "", "只看这个乡镇")
	f.StringVar(&o.format, "format", "text", "格式:text、csv、json、xlsx")
	f.BoolVar(&o.json, "json", false, "同 --format json")
	f.StringVar(&o.out, "out", "", "写到这个文件")
	f.StringVar(&remind, "remind", "", "把催报单写到这个文件(.xlsx 或 .csv)")
	return c
}

// writeStatus puts the report out; as text it is two short tables, not the whole.
func (m *Main) writeStatus(cmd *cobra.Command, o reportOptions, r county.Report, whole sheet.Grid, sheets []page.Sheet) error {
	if o.format != "text" {
		return m.write(cmd.Context(), o, whole, nil, r, sheets...)
	}
	write := func(w io.Writer) error { return statusText(w, r, whole.Title) }
	if o.out == "" {
		return write(m.Stdout)
	}
	if err := sheet.WriteFile(o.out, write); err != nil {
		return err
	}
	m.sayf("已写出:%s", o.out)
	return nil
}

func statusText(w io.Writer, r county.Report, title string) error {
	passed := ""
	if r.Passed {
		passed = "(已过)"
	}
	towns := sheet.Grid{Title: title, Subtitle: "截止 " + r.Deadline.Chinese() + passed, Columns: []string{"乡镇", "应报", "实报"}}
	for _, s := range county.States {
		towns.Columns = append(towns.Columns, county.BriefState(s))
	}
	towns.Columns = append(towns.Columns, county.NotBegun, county.Gone)
	line := func(t county.TownshipReport, name string) {
		row := []any{name, int64(t.Due), int64(t.In)}
		for _, s := range county.States {
			row = append(row, int64(t.States[s]))
		}
		row = append(row, int64(t.NotBegun), int64(t.Retired))
		towns.Rows = append(towns.Rows, row)
	}
	own := r.Words()
	if own.Sums() { // whose units stand in no township
		towns.Columns[0] = "范围"
	} else {
		for _, t := range r.Towns {
			line(t, orDash(t.Township))
		}
	}
	line(r.All, "合计")
	var notes []string
	if r.All.States[county.OnlyLater] > 0 {
		notes = append(notes, "", county.BriefState(county.OnlyLater)+":"+county.OnlyLater+","+own.Kept+"已经在"+own.Here()+",这个月要另补一个包")
	}
	if r.All.NotBegun > 0 {
		notes = append(notes, "", county.NotBegun+":台账从以后的月份记起,这个月不用报,不算在应报里")
	}
	if !r.Listed {
		notes = append(notes, "", "还没有单位名单,只列报送过的单位;请用 taizhang county roll 取入名单")
	}
	if err := writeGrid(w, towns, notes); err != nil {
		return err
	}
	if wanted := r.Wanted(); len(wanted) > 0 {
		g := sheet.Grid{Title: "", Subtitle: fmt.Sprintf("没有报的 %d 个单位:", len(wanted)), Columns: []string{"乡镇", own.Unit, "代码", "电话", "情况"}}
		for i := range wanted {
			u := &wanted[i]
			g.Rows = append(g.Rows, []any{orDash(u.Township), u.Name, u.Code, orDash(u.Phone), u.Plight()})
		}
		if own.Sums() {
			g.Columns = g.Columns[1:]
			for i := range g.Rows {
				g.Rows[i] = g.Rows[i][1:]
			}
		}
		if err := writeGrid(w, g, nil); err != nil {
			return err
		}
	}
	return writeNotes(w, r)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// manyNew is how many units that report for the first time are named one by one.
const manyNew = 20

// writeNotes lists what else is to be known of units: keys, gaps, refusals, strangers.
func writeNotes(w io.Writer, r county.Report) error {
	fresh := 0
	for i := range r.Units {
		if r.Units[i].FirstSeen {
			fresh++
		}
	}
	g := sheet.Grid{Subtitle: "另请留意:", Columns: []string{"乡镇", "单位", "代码", "密钥校验数字", "最近月份", "缺号", "说明"}}
	for i := range r.Units {
		u := &r.Units[i]
		known := u.OnList || u.Due
		if known && !(u.FirstSeen && fresh <= manyNew) && !u.KeyChanged && u.Gaps == "" && u.SetAside == 0 && (len(u.Refusals) == 0 || !u.In()) {
			continue
		}
		g.Rows = append(g.Rows, []any{orDash(u.Township), u.Name, u.Code, orDash(u.Digits), orDash(string(u.Newest)), orDash(u.Gaps), u.Notes()})
	}
	if len(g.Rows) > 0 {
		if err := writeGrid(w, g, nil); err != nil {
			return err
		}
	}
	if fresh > manyNew {
		_, err := fmt.Fprintf(w, "\n首次报送的单位 %d 个,它们的密钥校验数字见 --format csv\n", fresh)
		return err
	}
	return nil
}

func (m *Main) countyCloseCommand() *cobra.Command {
	var month string
	var yes bool
	c := &cobra.Command{
		Use:   "close --month 月份",
		Short: "封账:这个月的汇总从此不再变动",
		Long: "封账:把这个月的汇总(合计、按乡镇、按领域、按单位)、应报和实报、没有报送的单位一起封存。\n" +
			"以后再收到迟交的报送包,这个月的汇总也不变。封账不能撤销,也不能再封一次。例如:taizhang county close --month 2026-06",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "month"); err != nil {
				return err
			}
			chosen, err := parseMonth(month, "")
			if err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), false, func(l *store.Ledger) error {
				b, err := county.CloseMonth(cmd.Context(), l, chosen, yes)
				if err != nil {
					return err
				}
				m.sayf("%s已封账:应报 %d 个,实报 %d 个", chosen.Chinese(), b.Returns.Due, b.Returns.In)
				for _, line := range b.Notes() {
					if line != "" {
						m.sayf("%s", line)
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringVar(&month, "month", "", "月份,例如 2026-06")
	c.Flags().BoolVar(&yes, "yes", false, "这个月还没有过完也封账")
	return c
}
