package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
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
				if err := m.sayLate(cmd.Context(), l, month, o); err != nil {
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

// sayLate says below the status what has come since the month was closed.
func (m *Main) sayLate(ctx context.Context, l *store.Ledger, month model.Month, o reportOptions) error {
	if o.format != "text" || o.out != "" {
		return nil
	}
	arrived, err := county.Arrived(ctx, l, month)
	if err == nil && len(arrived) > 0 {
		m.sayf("")
		m.sayArrived(month, arrived)
	}
	return err
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

// closing are the flags of `county close`.
type closing struct {
	month, reason    string
	yes, again, look bool
}

func (o closing) check() error {
	switch {
	case o.again && !o.look && strings.TrimSpace(o.reason) == "":
		return usagef("更正封账请用 --reason 写明原因,例如 --reason 石桥村补报;先看看要变哪些数,写 --look")
	case !o.again && (o.reason != "" || o.look):
		return usagef("--reason 和 --look 要和 --again 一起写")
	case o.reason != "" && o.look:
		return usagef("--look 只看不封,不用写 --reason")
	}
	return nil
}

func (m *Main) countyCloseCommand() *cobra.Command {
	var o closing
	c := &cobra.Command{
		Use:   "close --month 月份",
		Short: "封账:这个月的汇总从此不再变动",
		Long: "封账:把这个月的汇总(合计、按乡镇、按领域、按单位)、应报和实报、没有报送的单位一起封存。\n" +
			"以后再收到迟交的报送包,这个月的汇总也不变。例如:taizhang county close --month 2026-06\n" +
			"封账以后又有迟报、更正的,写明原因更正封账:county close --month 2026-06 --again --reason 石桥村补报;先看要变哪些数,写 --again --look。\n" +
			"以前的封账都留着(county closings);已经报给上级的,更正后要再报一次(county export)。",
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
			return m.withCounty(cmd.Context(), o.look, func(l *store.Ledger) error {
				if o.again {
					return m.closeAgain(cmd.Context(), l, month, o)
				}
				b, err := county.CloseMonth(cmd.Context(), l, month, o.yes)
				if err != nil {
					return err
				}
				m.sayf("%s已封账:应报 %d 个,实报 %d 个", month.Chinese(), b.Returns.Due, b.Returns.In)
				for _, line := range b.Notes() {
					if line != "" {
						m.sayf("%s", line)
					}
				}
				return nil
			})
		},
	}
	f := c.Flags()
	f.StringVar(&o.month, "month", "", "月份,例如 2026-06")
	f.BoolVar(&o.yes, "yes", false, "这个月还没有过完也封账")
	f.BoolVar(&o.again, "again", false, "更正封账:封过账的月份照现在的数再封一次")
	f.StringVar(&o.reason, "reason", "", "为什么更正,例如 石桥村补报")
	f.BoolVar(&o.look, "look", false, "和 --again 一起写:只看要变哪些数,不封")
	return c
}

// closeAgain says what closing a month again changes, and does it unless it is only looked
// at.
func (m *Main) closeAgain(ctx context.Context, l *store.Ledger, month model.Month, o closing) error {
	r, err := county.LookAgain(ctx, l, month)
	if err != nil {
		return err
	}
	if o.look {
		for _, line := range r.Text() {
			m.sayf("%s", line)
		}
		return nil
	}
	if err := m.before(ctx, l, copies.Reseal); err != nil {
		return err
	}
	b, err := county.CloseAgain(ctx, l, r, o.reason, o.yes)
	if err != nil {
		return err
	}
	m.sayf("%s已更正封账(第%d次):应报 %d 个,实报 %d 个", month.Chinese(), b.Sealed.Number, b.Returns.Due, b.Returns.In)
	m.sayChanges(r.Changes)
	then, err := r.After(ctx, l)
	if then != "" {
		m.sayf("%s:taizhang county export --month %s", then, month)
	}
	return err
}

func (m *Main) sayChanges(all []office.Change) {
	for _, c := range all {
		m.sayf("  %s", model.Clean(c.Text(), false))
	}
}

func (m *Main) countyClosingsCommand() *cobra.Command {
	var month string
	var asJSON bool
	c := &cobra.Command{
		Use:   "closings --month 月份",
		Short: "一个月的每一次封账:谁、什么时候、为什么更正、改了哪些数",
		Long: "一个月的每一次封账:谁、什么时候封的,更正的写着原因和改了哪些数;再列上次封账以后又收到的报送包。\n" +
			"以前某一次封账的整张汇总:taizhang report summary --month 2026-06 --closing 1",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			mon, err := monthOf(cmd, month)
			if err != nil {
				return err
			}
			return m.withCounty(cmd.Context(), true, func(l *store.Ledger) error { return m.closings(cmd.Context(), l, mon, asJSON) })
		},
	}
	c.Flags().StringVar(&month, "month", "", "月份,例如 2026-06")
	c.Flags().BoolVar(&asJSON, "json", false, "结果写成 JSON")
	return c
}

func (m *Main) closings(ctx context.Context, l *store.Ledger, month model.Month, asJSON bool) error {
	all, err := county.Closings(ctx, l, month)
	if err != nil {
		return err
	}
	arrived, err := county.Arrived(ctx, l, month)
	switch {
	case err != nil:
		return err
	case asJSON:
		return writeJSON(m.Stdout, map[string]any{"month": month, "closings": all, "arrived": arrived})
	case len(all) == 0:
		m.sayf("%s还没有封账", month.Chinese())
	}
	for i := range all {
		m.sayf("%s", all[i].Text())
		m.sayChanges(all[i].Changes)
	}
	m.sayArrived(month, arrived)
	return nil
}

// sayArrived lists what has come since a month was closed, with what to do about it.
func (m *Main) sayArrived(month model.Month, all []county.Arrival) {
	if len(all) == 0 {
		return
	}
	m.sayf("封账以后又收下 %d 个报送包:", len(all))
	for _, a := range all {
		m.sayf("  %s", a.Text())
	}
	m.sayf("封账的汇总不变;要算进去,先看要变哪些数:taizhang county close --month %s --again --look", month)
}
