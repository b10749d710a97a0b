package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// duesStandard lists what each member is to pay a month, as it is fixed at the year's
// beginning (domain.md §5.2). Blank, it has today's standard beside room for the new one.
func duesStandard(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	people, err := membersHere(ctx, q)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	fixed := slices.ContainsFunc(people, func(p *model.Record) bool { return p.Filled("monthly_dues") })
	t := &page.Table{Total: "合计", Fixed: 2, Tall: 20, Columns: []page.Column{page.Serial(), page.Head("姓名", 8), page.Head("人员类别", 8), page.Head("交费类别", 6),
		page.Head("交费基数(元)", 8), page.Head("比例", 4)}}
	if q.Blank {
		t.Columns = append(t.Columns, page.Column{Heading: []string{"现行标准"}, Format: page.Money, Sum: true, Min: 7})
	}
	t.Columns = append(t.Columns, page.Column{Heading: []string{"月交标准(元)"}, Format: page.Money, Sum: fixed && !q.Blank, Min: 8}, page.Column{Heading: []string{"从何月起"}, Min: 8, Align: page.Centre},
		page.Column{Heading: []string{"减免或低档批准"}, Min: 12, Max: 24}, page.Head("本人签名", 10))
	for i, p := range people {
		row := []any{int64(i + 1), p.Text("name"), p.Text("status"), p.Text("dues_basis"), nil, nil, yuan(p, "monthly_dues")}
		if !q.Blank {
			row = append(row, p.Text("dues_from"), p.Text("dues_approval"))
		}
		t.Rows = append(t.Rows, row)
	}
	limit := func(name string) string { return model.FormatYuan(q.Env.Packs.Limit(name, q.Day).Value) }
	source := q.Env.Packs.Limit("dues.farmer.min", q.Day)
	notes := []string{
		"交费基数只填按工资或离退休费比例交纳的;农民党员每月 " + limit("dues.farmer.min") + "—" + limit("dues.farmer.max") + " 元(" + source.Source() + ")。",
		"免交、减交和按 0.2 元交的,须支部大会讨论并报上级党组织批准。",
	}
	sheet := page.Sheet{Name: "党费标准核定表", Title: fmt.Sprintf("党费标准核定表(%d年度)", q.Year), Left: "党支部:" + q.Home(), Right: q.Day.Chinese(), Landscape: true,
		Blocks: []page.Block{t, page.Lines{Text: notes, Size: page.MinSize}}}
	if !q.Blank {
		sheet.Blocks = append(sheet.Blocks, page.Lines{Text: []string{"分类合计"}, Bold: true, Space: 6}, byBasis(people))
	}
	sheet.Blocks = append(sheet.Blocks, signedBy("支部委员会讨论日期:", "支部书记(签字):", "组织委员(签字):"))
	return []page.Sheet{sheet}, nil
}

// byBasis counts members and what they pay a month by the category of payer.
func byBasis(people []*model.Record) *page.Table {
	t := &page.Table{Total: "合计", Columns: []page.Column{page.Head("交费类别", 12), {Heading: []string{"人数"}, Format: page.Number, Sum: true, Min: 8},
		{Heading: []string{"每月应交(元)"}, Format: page.Money, Sum: true, Min: 12}, {Heading: []string{"全年应交(元)"}, Format: page.Money, Sum: true, Min: 12}}}
	if len(people) == 0 {
		return t
	}
	for _, basis := range append([]string{""}, people[0].Kind.Field("dues_basis").Choices...) {
		n, fen := int64(0), int64(0)
		for _, p := range people {
			if p.Str("dues_basis") == basis {
				n, fen = n+1, fen+p.Int("monthly_dues")
			}
		}
		name := basis
		if basis == "" {
			name = "没有核定"
		}
		if n > 0 {
			t.Rows = append(t.Rows, []any{name, n, float64(fen) / 100, float64(12*fen) / 100})
		}
	}
	return t
}

// duesPosting tells all what was paid and handed up (domain.md §5.2). Neither the
// category of payer nor the standard stands on it: they would say why somebody pays less.
func duesPosting(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	s, err := count.Dues(ctx, q.Ledger, q.Year)
	if err != nil || sumDues(s) == (duesSums{}) {
		return nil, err
	}
	t := &page.Table{Total: "合计", Columns: []page.Column{page.Serial(), page.Head("姓名", 10), page.Head("已交月份", 16),
		{Heading: []string{"实交金额(元)"}, Format: page.Money, Sum: true, Min: 12}, {Heading: []string{"交纳情况"}, Min: 16, Align: page.Centre}}}
	for i, r := range s.Rows {
		var months []model.Month
		owing, elsewhere, exempt := false, false, false
		for m, c := range r.Months {
			if c.State == count.DuesPaid {
				months = append(months, s.Month(m))
				elsewhere = elsewhere || c.Elsewhere
			}
			exempt = exempt || c.State == count.DuesExempt
			owing = owing || c.State == count.DuesArrears || c.Missing(s.Today.Month(), s.Month(m)) > 0
		}
		state := "" // nothing was to be paid yet
		switch {
		case owing:
			state = "未交清"
		case elsewhere:
			state = "在流入地交清"
		case len(months) > 0 || exempt:
			state = "按规定交清"
		}
		t.Rows = append(t.Rows, []any{int64(i + 1), r.Person.Text("name"), monthsText(months, s.Year), float64(r.Sum()) / 100, state})
	}
	handed, err := remittances(q)
	if err != nil {
		return nil, err
	}
	sheet := page.Sheet{Name: "党费公示", Title: fmt.Sprintf("%d年度党费收缴情况公示", q.Year), Left: q.Home(), Right: "截至" + q.Day.Chinese(), Blocks: []page.Block{t}}
	if len(handed.Rows) > 0 {
		sheet.Blocks = append(sheet.Blocks, page.Lines{Text: []string{"党费上缴情况"}, Bold: true, Space: 8}, handed)
	}
	sheet.Blocks = append(sheet.Blocks, page.Lines{Space: 8, Text: []string{
		fmt.Sprintf("上年结转 %s 元,本年收款 %s 元,本年上缴 %s 元,结存 %s 元。", model.FormatYuan(s.Carried), model.FormatYuan(s.Collected), model.FormatYuan(s.Remitted), model.FormatYuan(s.InHand())),
		"实交金额是交在本支部的;在流入地交纳的不计入。对以上情况有不同意见的,请在公示期内向党支部反映。",
		"公示时间:      年    月    日至      年    月    日"}},
		page.Lines{Text: []string{q.Home(), "      年    月    日"}, Align: page.RightAlign, Space: 12})
	return []page.Sheet{sheet}, nil
}

// monthsText writes months of a year in runs: 1—3月、5月. A month of another year stands
// with its year.
func monthsText(months []model.Month, year int) string {
	var parts []string
	for i := 0; i < len(months); {
		j := i
		for j+1 < len(months) && months[j+1] == months[j].Add(1) && months[j+1].First().Year() == months[i].First().Year() {
			j++
		}
		text := fmt.Sprintf("%d月", months[j].First().Time().Month())
		if j > i {
			text = fmt.Sprintf("%d—%s", months[i].First().Time().Month(), text)
		}
		if y := months[i].First().Year(); y != year {
			text = fmt.Sprintf("%d年%s", y, text)
		}
		parts = append(parts, text)
		i = j + 1
	}
	return strings.Join(parts, "、")
}
