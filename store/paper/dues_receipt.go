package paper

import (
	"context"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/paper/page"
)

// slipsPerPage is how many receipts one A4 page holds.
const slipsPerPage = 4

// duesReceipts are slips to cut apart, one for each person of the chosen dues, over the
// months chosen. What was paid where a mobile member lives was not received here.
func duesReceipts(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	var slips []page.Block
	n := 0
	add := func(blocks ...page.Block) {
		switch {
		case n == 0:
		case n%slipsPerPage == 0:
			slips = append(slips, page.Break{})
		default:
			slips = append(slips, page.Cut{Text: "沿虚线剪开"})
		}
		slips = append(slips, blocks...)
		n++
	}
	title := page.Lines{Text: []string{"党费收据"}, Bold: true, Size: 15, Align: page.Centre}
	if q.Blank {
		for range slipsPerPage {
			add(title, duesSlip(q.Home(), nil))
		}
	}
	var order []string
	paid := map[string][]*model.Record{}
	for _, r := range q.Records {
		if q.Blank || r.Is("method", party.DuesElsewhere) {
			continue
		}
		id := r.Str("person")
		if paid[id] == nil {
			order = append(order, id)
		}
		paid[id] = append(paid[id], r)
	}
	for _, id := range order {
		slices.SortFunc(paid[id], func(a, b *model.Record) int { return strings.Compare(a.Str("month"), b.Str("month")) })
		branch, err := branchOf(ctx, q, paid[id][0])
		if err != nil {
			return nil, err
		}
		add(title, duesSlip(branch, paid[id]))
	}
	if len(slips) == 0 {
		return nil, nil
	}
	return []page.Sheet{{Name: "党费收据", Blocks: slips}}, nil
}

// duesSlip is one person's receipt; without records it is one to be filled in.
func duesSlip(branch string, paid []*model.Record) *page.Form {
	var who, months, capital, figure, method, collector, day any = "", "", "", "¥", "", "", "      年    月    日"
	if len(paid) > 0 {
		sum, all := int64(0), []model.Month{}
		methods, names := []string{}, []string{}
		last := model.Date("")
		for _, r := range paid {
			sum += r.Int("amount")
			all = append(all, r.Month("month"))
			last = max(last, r.Date("paid_on"))
			if m := r.Text("method"); m != "" && !slices.Contains(methods, m) {
				methods = append(methods, m)
			}
			if c := r.Text("collector"); c != "" && !slices.Contains(names, c) {
				names = append(names, c)
			}
		}
		who, months = paid[0].Text("person"), monthsText(all, 0)
		capital, figure = CapitalYuan(sum), "¥"+model.FormatYuan(sum)
		method, collector, day = strings.Join(methods, "、"), strings.Join(names, "、"), last.Chinese()
	}
	return &page.Form{Rows: []page.FormRow{
		page.Pairs("党支部", branch, "编号", ""),
		page.Pairs("交款人", who, "所交月份", months),
		page.Pairs("金额(大写)", capital, "金额(小写)", figure),
		page.Pairs("方式", method, "收款日期", day),
		page.Pairs("收款人", collector, "党支部(盖章)", ""),
	}}
}

// CapitalYuan writes an amount in fen in the capitals that can't be altered: 12.05 is
// 壹拾贰元零伍分, 481.00 肆佰捌拾壹元整.
func CapitalYuan(fen int64) string {
	if fen < 0 {
		return "负" + CapitalYuan(-fen)
	}
	whole, jiao, rest := fen/100, fen/10%10, fen%10
	text := ""
	if high, low := whole/10000, whole%10000; high > 0 {
		text = CapitalNumber(int(high)) + "万"
		if low > 0 && low < 1000 {
			text += capitals[0]
		}
		if low > 0 {
			text += CapitalNumber(int(low))
		}
	} else if low > 0 {
		text = CapitalNumber(int(low))
	}
	if text != "" {
		text += "元"
	}
	switch {
	case fen == 0:
		return "零元整"
	case jiao == 0 && rest == 0:
		return text + "整"
	case jiao > 0:
		text += capitals[jiao] + "角"
	case text != "":
		text += capitals[0]
	}
	if rest == 0 {
		return text + "整"
	}
	return text + capitals[rest] + "分"
}
