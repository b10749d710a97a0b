package county

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

// Sheets are the reports of a month as they are handed in: the townships with how many
// have reported, and every unit, its name without that of the county. who is the county's
// office.
func (r Report) Sheets(who, county string, today model.Date) []page.Sheet {
	due := fmt.Sprintf("截止 %s", r.Deadline.Chinese())
	towns := &page.Table{Total: "合计", Columns: []page.Column{{Heading: []string{"乡镇"}, Min: 14}, howMany("应报"), howMany("实报")}}
	for _, s := range States {
		towns.Columns = append(towns.Columns, howMany(BriefState(s)))
	}
	towns.Columns = append(towns.Columns, howMany(NotBegun), howMany(Gone))
	for _, t := range r.Towns {
		line := []any{blank(t.Township), int64(t.Due), int64(t.In)}
		for _, s := range slices.Concat(States, []string{NotBegun, Gone}) {
			line = append(line, int64(t.Of(s)))
		}
		towns.Rows = append(towns.Rows, line)
	}
	w := r.Words()
	units := &page.Table{Close: true, Fixed: 3, Columns: []page.Column{{Heading: []string{"乡镇"}, Min: 8, Max: 10, Same: true}, page.Head("代码", 12), {Heading: []string{w.Unit}, Min: 20, Max: 34},
		page.Head("联系电话", 11), {Heading: []string{"状态"}, Min: 6, Max: 12}, page.Head("收到日期", 10), page.Head("序号", 4), {Heading: []string{"问题"}, Format: page.Number, Min: 4},
		page.Head("最近月份", 7), {Heading: []string{"缺号"}, Min: 4, Max: 10}, page.Head("密钥校验数字", 9), {Heading: []string{"说明"}, Min: 12, Max: 30}}}
	for i := range r.Units {
		u := &r.Units[i]
		units.Rows = append(units.Rows, []any{blank(u.Township), u.Code, model.BriefName(u.Name, county, u.Township), u.Phone, u.State, string(localDay(u.Received)), number(u.Sequence),
			int64(u.Problems), string(u.Newest), u.Gaps, u.Digits, u.Notes()})
	}
	title := r.Month.Chinese() + "报送情况"
	if w.Sums() {
		withoutTown(units)
		return []page.Sheet{{Name: "各" + w.Below, Title: title, Left: "填报单位:" + who, Middle: due + "   " + r.All.Sum(), Right: today.Chinese(),
			Landscape: true, Inside: true, Blocks: []page.Block{units, page.Signature()}}}
	}
	return []page.Sheet{
		{Name: "各乡镇", Title: title, Left: "填报单位:" + who, Middle: due, Right: today.Chinese(), Blocks: []page.Block{towns, page.Signature()}},
		{Name: "各单位", Title: title, Left: "填报单位:" + who, Middle: due + "   " + r.All.Sum(), Right: today.Chinese(),
			Landscape: true, Inside: true, Blocks: []page.Block{units, page.Signature()}},
	}
}

// withoutTown takes the column of the township away, which nothing above a county stands in.
func withoutTown(t *page.Table) {
	at := slices.IndexFunc(t.Columns, func(c page.Column) bool { return c.Heading[0] == townHeading })
	t.Columns, t.Fixed = slices.Delete(t.Columns, at, at+1), max(t.Fixed-1, 0)
	for i, row := range t.Rows {
		t.Rows[i] = slices.Delete(row, at, at+1)
	}
}

const townHeading = "乡镇"

func howMany(heading string) page.Column {
	return page.Column{Heading: []string{heading}, Format: page.Number, Min: 6, Sum: true}
}

func blank(township string) string {
	if township == "" {
		return "(没有写乡镇)"
	}
	return township
}

// ReminderSheet is Reminder to be printed, with room to write down what was answered.
func (r Report) ReminderSheet(who, county string, today model.Date) page.Sheet {
	t := &page.Table{Tall: 24, Columns: []page.Column{page.Serial(), {Heading: []string{"乡镇"}, Min: 8, Max: 10, Same: true}, {Heading: []string{r.Words().Unit}, Min: 20, Max: 30},
		page.Head("联系电话", 11), {Heading: []string{"情况"}, Min: 12, Max: 34}, page.Head("催报记录", 26)}}
	w := r.Words()
	for i, u := range r.Wanted() {
		t.Rows = append(t.Rows, []any{int64(i + 1), blank(u.Township), model.BriefName(u.Name, county, u.Township), u.Phone, u.Plight(), nil})
	}
	if w.Sums() {
		withoutTown(t)
	}
	return page.Sheet{Name: "催报单", Title: r.Month.Chinese() + "催报单", Left: "填报单位:" + who, Middle: fmt.Sprintf("没有报的 %d 个单位,截止 %s", len(t.Rows), r.Deadline.Chinese()),
		Right: today.Chinese(), Landscape: true, Inside: true, Blocks: []page.Block{t, page.Signature()}}
}

// CrossSheet lists what the record books say differently, one sort under the other; limit
// says what can't be found.
func CrossSheet(who string, today model.Date, found []CrossFinding, limit string) page.Sheet {
	t := &page.Table{Columns: []page.Column{page.Serial(), {Heading: []string{"人员"}, Min: 8, Max: 12}, {Heading: []string{"日期"}, Min: 10, Align: page.Centre},
		{Heading: []string{"单位"}, Min: 18, Max: 34}, {Heading: []string{"另一单位"}, Min: 18, Max: 34}, {Heading: []string{"说明"}, Min: 30, Max: 60}, page.Head("处理情况", 14)}}
	last := ""
	for i, f := range found {
		if f.Code != last {
			last = f.Code
			t.Rows = append(t.Rows, []any{page.Span(CrossTitle(f.Code))})
		}
		a, b := f.Sides[0], f.Sides[1]
		t.Rows = append(t.Rows, []any{int64(i + 1), a.Person, string(f.Day), a.place(), b.place(), f.Text, nil})
	}
	s := page.Sheet{Name: "交叉核对", Title: "交叉核对", Left: "填报单位:" + who, Middle: fmt.Sprintf("共 %d 条", len(found)), Right: today.Chinese(), Landscape: true, Inside: true}
	if limit != "" {
		s.Blocks = append(s.Blocks, page.Lines{Text: []string{limit}})
	}
	s.Blocks = append(s.Blocks, t, page.Signature())
	return s
}

// place names a side's organisation with its township, once.
func (s *CrossSide) place() string {
	if s.Township == "" || strings.Contains(s.Org, s.Township) {
		return s.Org
	}
	return s.Township + " " + s.Org
}

// gridWithoutTown is withoutTown of a table whose first column that is.
func gridWithoutTown(g *sheet.Grid) {
	g.Columns = g.Columns[1:]
	for i := range g.Rows {
		g.Rows[i] = g.Rows[i][1:]
	}
}

// SlipSheet is Slip to be printed: a unit's bundles under each other, below each what has
// to be put right.
func SlipSheet(ctx context.Context, l *store.Ledger, handled []Intake) (page.Sheet, error) {
	g, err := Slip(ctx, l, handled)
	t := &page.Table{Columns: []page.Column{{Heading: []string{"乡镇"}, Min: 8, Max: 10, Same: true}, {Heading: []string{"单位"}, Min: 18, Max: 28, Same: true},
		page.Head("月份", 9), page.Head("序号", 4), {Heading: []string{"结果"}, Min: 8, Max: 12}, {Heading: []string{"说明"}, Min: 30, Max: 60}}}
	town, unit := "", ""
	flat := g.Columns[0] != townHeading
	for _, row := range g.Rows {
		if flat {
			row = append([]any{""}, row...)
		}
		if name, _ := row[1].(string); name != "" {
			town, _ = row[0].(string)
			unit = name
		}
		t.Rows = append(t.Rows, append([]any{blank(town), unit}, row[2:]...))
	}
	if flat {
		withoutTown(t)
	}
	return page.Sheet{Name: g.Name, Title: "报送回执单", Left: "填写单位:" + l.Home().Text(fieldName), Right: g.Subtitle,
		Blocks: []page.Block{t, page.Lines{Text: []string{"经办人:              接收人:              日期:      年   月   日"}, Space: 12, Keep: true}}}, err
}

// WriteGrid writes a table to a file: .csv as CSV, anything else as an Excel file of the
// sheets, or of the table where there are none.
func WriteGrid(ctx context.Context, path string, g sheet.Grid, sheets ...page.Sheet) error {
	switch {
	case strings.EqualFold(filepath.Ext(path), ".csv"):
		return sheet.WriteFile(path, func(w io.Writer) error { return sheet.GridCSV(w, g, true) })
	case len(sheets) == 0:
		sheets = []page.Sheet{page.FromGrid(g)}
	}
	return page.Write(ctx, path, "", sheets...)
}

// Reminder is the sheet to print for those who have not reported (催报单): by
// township, each with its phone. who is the county's name.
func (r Report) Reminder(who string, today model.Date) sheet.Grid {
	g := sheet.Grid{Title: who + " " + r.Month.Chinese() + "催报单", Name: "催报单", Subtitle: today.Chinese(),
		Columns: []string{townHeading, r.Words().Unit, "联系电话", "月份", "截止日期", "情况", "催报记录"}}
	for _, u := range r.Wanted() {
		g.Rows = append(g.Rows, []any{u.Township, u.Name, u.Phone, r.Month.Chinese(), r.Deadline.Chinese(), u.Plight(), ""})
	}
	if r.Words().Sums() {
		gridWithoutTown(&g)
	}
	return g
}

// Sum says how many must report and have, and how many are not asked.
func (t *TownshipReport) Sum() string {
	text := fmt.Sprintf("应报 %d,实报 %d", t.Due, t.In)
	if t.NotBegun > 0 {
		text += fmt.Sprintf(",未建账 %d", t.NotBegun)
	}
	if t.Retired > 0 {
		text += fmt.Sprintf(",已撤销 %d", t.Retired)
	}
	return text
}

// Plight says in a few words how a unit stands and why.
func (u *UnitReport) Plight() string {
	text := u.State
	if u.Overdue {
		text += ",已逾期"
	}
	if n := len(u.Refusals); u.Waiting != "" {
		text += ":" + u.Waiting
	} else if n > 0 {
		text += ":" + u.Refusals[n-1].Reason
	}
	return model.Clean(text, false)
}

// Sheet is the whole report as a table, one unit a line.
func (r Report) Sheet(who string, today model.Date) sheet.Grid {
	g := sheet.Grid{Title: fmt.Sprintf("%s %s报送情况", who, r.Month.Chinese()), Name: "报送情况",
		Subtitle: fmt.Sprintf("截止 %s   %s   %s", r.Deadline.Chinese(), r.All.Sum(), today.Chinese()),
		Columns:  []string{townHeading, "代码", r.Words().Unit, "联系电话", "状态", "收到日期", "序号", "问题", "最近月份", "缺号", "密钥校验数字", "说明"}}
	for i := range r.Units {
		u := &r.Units[i]
		g.Rows = append(g.Rows, []any{u.Township, u.Code, u.Name, u.Phone, u.State, string(localDay(u.Received)), number(u.Sequence),
			int64(u.Problems), string(u.Newest), u.Gaps, u.Digits, u.Notes()})
	}
	if r.Words().Sums() {
		gridWithoutTown(&g)
	}
	return g
}

func number(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// Notes says what else is to be known of a unit, "" for nothing.
func (u *UnitReport) Notes() string {
	var parts []string
	add := func(when bool, text string) {
		if when {
			parts = append(parts, text)
		}
	}
	add(!u.OnList && !u.Due && u.State != NotBegun && u.State != Gone, "不在单位名单里")
	add(u.RetiredOn != "", "自"+u.RetiredOn.Chinese()+"起撤销")
	add(u.FirstSeen, "首次报送")
	add(u.KeyChanged, "密钥变了")
	add(u.SetAside > 0, fmt.Sprintf("%d 条没有收入", u.SetAside))
	if u.Waiting != "" {
		parts = append(parts, "待核实:"+model.Clean(u.Waiting, false))
	}
	if n := len(u.Refusals); n > 0 {
		parts = append(parts, "被退回:"+model.Clean(u.Refusals[n-1].Reason, false))
	}
	add(u.Overdue, "已逾期")
	return strings.Join(parts, ";")
}
