package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// duesPapers are those of the dues: domain.md §5.2, §5.3 and form H of §8.9. Who owes what
// and paid what for which month is what count.Dues says, as on the screen.
var duesPapers = []*page.Paper{
	{Name: "dues-year", Title: "党费收缴登记表", Group: "党费", Over: page.OverYear, Make: duesYear},
	{Name: "dues-month", Title: "党费收缴签名表", Group: "党费", Over: page.OverMonth, Make: duesMonth},
	{Name: "dues-receipt", Each: true, Title: "党费收据", Group: "党费", Over: page.OverRecords, Kind: count.DuesKind, Make: duesReceipts},
	{Name: "dues-standard", Title: "党费标准核定表", Group: "党费", Over: page.OverYear, Make: duesStandard},
	{Name: "dues-posting", Title: "党费公示", Group: "党费", Over: page.OverYear, Posting: true, Make: duesPosting},
}

// duesYear is form H: a member a row, a month a column. The collector signs below the
// months, where the dues of all are counted.
func duesYear(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	s, err := count.Dues(ctx, q.Ledger, q.Year)
	if err != nil || len(s.Rows) == 0 {
		return nil, err
	}
	months := make([]page.Column, 12)
	taken := duesTaken(s)
	for i := range months {
		months[i] = page.Column{Heading: []string{fmt.Sprintf("%d月", i+1)}, Format: page.Money, Align: page.RightAlign, Min: 8, Sum: taken[i] && !q.Blank}
	}
	t := &page.Table{Total: "合计", Fixed: 2, Columns: slices.Concat(
		[]page.Column{page.Serial(), page.Head("姓名", 8), page.Head("交费类别", 6), {Heading: []string{"月交标准"}, Format: page.Money, Min: 8}},
		page.Under("交纳金额(元)", months...),
		[]page.Column{{Heading: []string{"合计"}, Format: page.Money, Sum: !q.Blank, Min: 9}, {Heading: []string{"备注"}, Min: 8, Max: 16}})}
	for i, r := range s.Rows {
		row := []any{int64(i + 1), r.Person.Text("name"), r.Person.Text("dues_basis"), yuan(r.Person, "monthly_dues")}
		for m := range r.Months {
			row = append(row, duesMark(r.Months[m], q.Blank))
		}
		if q.Blank {
			row = append(row, nil, nil)
		} else {
			row = append(row, float64(r.Sum())/100, duesNote(s, &r))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Below = [][]any{{nil, "收款人签名"}}
	sheet := page.Sheet{Name: "党费收缴登记表", Title: fmt.Sprintf("党费收缴登记表(%d年度)", q.Year), Left: "党支部:" + q.Home(), Middle: "单位:元",
		Right: q.Day.Chinese(), Landscape: true, Blocks: []page.Block{t}}
	if !q.Blank {
		foot, err := duesFoot(q, s)
		if err != nil {
			return nil, err
		}
		sheet.Blocks = append(sheet.Blocks, foot...)
	}
	sheet.Blocks = append(sheet.Blocks, signedBy("支部书记(签字):", "组织委员(签字):", "收款人(签字):"))
	return []page.Sheet{sheet}, nil
}

// duesTaken tells for which months something was paid here: the sum of the others stays
// empty, to be written in by hand.
func duesTaken(s *count.DuesSheet) (taken [12]bool) {
	for _, r := range s.Rows {
		for i, c := range r.Months {
			taken[i] = taken[i] || c.State == count.DuesPaid && !c.Elsewhere
		}
	}
	return taken
}

// duesMark is what stands in a member's month: the amount that came in here, else a word.
func duesMark(c count.DuesCell, blank bool) any {
	switch {
	case c.State == count.DuesNone:
		return "—"
	case c.State == count.DuesExempt:
		return "免"
	case blank:
		return nil
	case c.State == count.DuesPaid && c.Elsewhere:
		return "流入地"
	case c.State == count.DuesPaid:
		return float64(c.Paid) / 100
	case c.State == count.DuesArrears:
		return "欠"
	}
	return nil
}

// duesNote says what the months don't: who has left, and for which months something is
// missing.
func duesNote(s *count.DuesSheet, r *count.DuesRow) string {
	var parts []string
	if membership.HasLeft(r.Person) && r.Person.Filled("left_on") {
		parts = append(parts, r.Person.Str("left_on")+" "+r.Person.Text("standing"))
	}
	var owing []model.Month
	missing := int64(0)
	for i, c := range r.Months {
		if n := c.Missing(s.Today.Month(), s.Month(i)); n > 0 || c.State == count.DuesArrears {
			owing = append(owing, s.Month(i))
			missing += n
		}
	}
	if len(owing) > 0 {
		text := "欠" + monthsText(owing, s.Year)
		if missing > 0 {
			text += " " + model.FormatYuan(missing) + " 元"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ";")
}

// duesSums are a year's dues of all members, in fen: owed, of months that are over or were
// paid, and paid here for them; paid elsewhere; and missing of months that are over.
type duesSums struct{ owed, paid, elsewhere, missing int64 }

func sumDues(s *count.DuesSheet) (n duesSums) {
	for _, r := range s.Rows {
		for i, c := range r.Months {
			switch {
			case c.State == count.DuesPaid && c.Elsewhere:
				n.elsewhere += c.Paid
			case c.State == count.DuesPaid:
				n.owed += c.Owed
				n.paid += c.Paid
			case c.State == count.DuesArrears:
				n.owed += c.Owed
			}
			n.missing += c.Missing(s.Today.Month(), s.Month(i))
		}
	}
	return n
}

// duesFoot is what stands below the year's months: owed and paid, what was handed up,
// and what the marks mean.
func duesFoot(q *page.Request, s *count.DuesSheet) ([]page.Block, error) {
	n := sumDues(s)
	money := func(fen int64) string { return model.FormatYuan(fen) + " 元" }
	taken := money(s.Collected)
	if s.Other != 0 {
		taken += "(含其他年份的 " + money(s.Other) + ")"
	}
	blocks := []page.Block{
		page.Lines{Text: []string{"“欠”是过了月还没有交,“免”是免交,“流入地”是交在流入地党组织、不计入本支部收款,“—”是当月不在本支部;空格是建账以前或还没有交的月份。应收不含还没有交的本月和以后的月份。"}, Size: page.MinSize},
		&page.Form{Rows: []page.FormRow{
			page.Pairs("应收", money(n.owed), "实收", money(n.paid), "欠交", money(n.missing), "流入地交", money(n.elsewhere)),
			page.Pairs("上年结转", money(s.Carried), "本年收款", taken, "本年上缴", money(s.Remitted), "结存", money(s.InHand())),
		}},
	}
	t, err := remittances(q)
	if err != nil {
		return nil, err
	}
	if len(t.Rows) > 0 {
		blocks = append(blocks, page.Lines{Text: []string{"上缴情况"}, Bold: true, Space: 6}, t)
	}
	return blocks, nil
}

// remittances is the table of what was handed up in the year of the request.
func remittances(q *page.Request) (*page.Table, error) {
	found, err := q.Env.Look.Find("remittance", atHome(q, inYear(q.Year, "paid_on")...)...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b *model.Record) int { return strings.Compare(a.Str("paid_on"), b.Str("paid_on")) })
	t := &page.Table{Total: "合计", Columns: []page.Column{page.Head("所属月份或季度", 14), {Heading: []string{"上缴金额(元)"}, Format: page.Money, Sum: true, Min: 12},
		{Heading: []string{"上缴日期"}, Format: page.Date, Min: 10}, page.Head("收款单位", 20), page.Head("收据号", 12)}}
	for _, r := range found {
		t.Rows = append(t.Rows, []any{r.Text("period"), yuan(r, "amount"), date(r, "paid_on"), r.Text("receiver"), r.Text("receipt_no")})
	}
	return t, nil
}

// duesMonth is a month's list to be signed when the dues are paid. Before the day it has
// names and standards, and room for the rest.
func duesMonth(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	year, at := q.Month.First().Year(), int(q.Month.First().Time().Month())-1
	s, err := count.Dues(ctx, q.Ledger, year)
	if err != nil {
		return nil, err
	}
	paid, err := q.Env.Look.Find(count.DuesKind, atHome(q, model.Where("month", model.Eq, string(q.Month)))...)
	if err != nil {
		return nil, err
	}
	records := map[string]*model.Record{}
	for _, r := range paid {
		records[r.ID] = r
	}
	t := &page.Table{Total: "合计", Tall: 22, Columns: []page.Column{page.Serial(), page.Head("姓名", 8), {Heading: []string{"应交金额"}, Format: page.Money, Sum: true, Min: 8},
		{Heading: []string{"实交金额"}, Format: page.Money, Sum: !q.Blank && duesTaken(s)[at], Min: 8}, {Heading: []string{"交纳日期"}, Format: page.Date, Min: 10},
		page.Head("方式", 6), page.Head("交款人签名", 14), {Heading: []string{"备注"}, Min: 8, Max: 20}}}
	for _, r := range s.Rows {
		c := r.Months[at]
		if c.State == count.DuesNone || c.State == count.DuesExempt {
			continue
		}
		row := []any{int64(len(t.Rows) + 1), r.Person.Text("name"), owedHere(c)}
		if d := records[c.ID]; d != nil && !q.Blank {
			amount, note := any(float64(c.Paid)/100), d.Text("note")
			if c.Elsewhere {
				amount = nil
			}
			row = append(row, amount, date(d, "paid_on"), d.Text("method"), nil, note)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil, nil
	}
	return []page.Sheet{{Name: "党费收缴签名表", Title: "党费收缴签名表(" + q.Month.Chinese() + ")", Left: "党支部:" + q.Home(), Right: "单位:元",
		Blocks: []page.Block{t, signedBy("支部书记(签字):", "收款人(签字):", "收款日期:")}}}, nil
}

// owedHere is what is to be paid here for a month: nothing where it was paid elsewhere,
// or where no standard is on file.
func owedHere(c count.DuesCell) any {
	if c.Elsewhere || c.Owed == 0 {
		return nil
	}
	return float64(c.Owed) / 100
}
