package paper

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// carePapers are those of care and honour.
var carePapers = []*page.Paper{
	{Name: "comfort", Title: "慰问金发放签领表", Group: "关怀与表彰", Over: page.OverRecords, Kind: "person", Whole: true, Make: comfort},
	{Name: "commend", Each: true, Title: "表彰推荐审批表", Group: "关怀与表彰", Over: page.OverRecords, Kind: "person", Whole: true, Make: commend},
	{Name: "medal", Title: "光荣在党50年申报名册", Group: "关怀与表彰", Over: page.OverYear, Whole: true, Make: medals},
}

// comfort is signed by those who get money: an amount that stands on file as 帮扶实事 of
// this year is on it, the others are written by hand. It never says why somebody is in need.
func comfort(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Tall: 24, Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 8), page.Head("性别", 4),
		{Heading: []string{"出生年月"}, Format: page.Month, Min: 8}, {Heading: []string{"公民身份号码"}, Min: 18}, {Heading: []string{"联系电话"}, Min: 11},
		{Heading: []string{"慰问金(元)"}, Format: page.Money, Sum: true, Min: 10}, page.Head("慰问品", 10), page.Head("领取人签名", 12), page.Head("领取日期", 10),
		{Heading: []string{"备注"}, Min: 8, Max: 22}}}
	sum, known := int64(0), 0
	if q.Blank {
		t.Empty = 15
	} else {
		var failed, err error
		t.Rows, err = rowsOf(ctx, q, q.Records, func(n int, p *model.Record) []any {
			fen, err := comfortMoney(q, p)
			failed = cmp.Or(failed, err)
			note, err := lastComforted(q, p)
			failed = cmp.Or(failed, err)
			var amount any
			if fen > 0 {
				amount = float64(fen) / 100
				sum, known = sum+fen, known+1
			}
			return []any{int64(n), p.Text("name"), p.Text("sex"), date(p, "birth_date"), q.Private(p, "id_number"), q.Private(p, "phone"), amount, nil, nil, nil, note}
		})
		if err = cmp.Or(err, failed); err != nil {
			return nil, err
		}
		if len(t.Rows) == 0 {
			return nil, nil
		}
	}
	capital := "合计人民币(大写):"
	if known > 0 && known == len(q.Records) {
		t.Total = "合计"
		capital += CapitalYuan(sum)
	} else {
		t.Below = [][]any{{"合计"}}
	}
	return []page.Sheet{{Name: "慰问金发放签领表", Title: "慰问金发放签领表", Left: "发放单位:" + q.Home(), Right: "      年    月    日", Landscape: true,
		Blocks: []page.Block{t, page.Lines{Text: []string{capital, "由他人代领的,代领人签自己的姓名,并在备注里写明与本人的关系。"}, Space: 4},
			signedBy("党组织书记(签字):", "发放人(签字):", "监督人(签字):")}}}, nil
}

// comfortMoney adds up this year's money for a person that is written down as 慰问.
func comfortMoney(q *page.Request, p *model.Record) (int64, error) {
	found, err := q.Env.Look.Find("aid", append(inYear(q.Year, "given_on"), model.Where("beneficiary", model.Eq, p.ID))...)
	if err != nil {
		return 0, err
	}
	fen := int64(0)
	for _, a := range found {
		if strings.Contains(a.Str("title"), "慰问") {
			fen += a.Int("amount")
		}
	}
	return fen, nil
}

// lastComforted says when a person was last visited in need in this year.
func lastComforted(q *page.Request, p *model.Record) (string, error) {
	found, err := q.Env.Look.Find("visit", append(inYear(q.Year, "happened_on"), model.Where("person", model.Eq, p.ID), model.Where("kind", model.Eq, "慰问困难党员"))...)
	if err != nil {
		return "", err
	}
	last := model.Date("")
	for _, v := range found {
		last = max(last, v.Date("happened_on"))
	}
	if last == "" {
		return "", nil
	}
	return string(last) + " 慰问过", nil
}

// medals lists those whose membership reaches fifty years by the year's 1 July, as the
// reminder R-STS-06 finds them, with what has to be checked; and those who got the medal
// in the year. When this year's 1 July is over and leaves nobody, it is the next one's.
func medals(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	day, _ := model.NewDate(q.Year, 7, 1)
	t := &page.Table{Tall: 22, Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 8), page.Head("性别", 4), page.Head("民族", 6),
		{Heading: []string{"出生年月"}, Format: page.Month, Min: 8}, {Heading: []string{"公民身份号码"}, Min: 18}, {Heading: []string{"入党时间"}, Format: page.Date, Min: 10},
		{Heading: []string{"转正时间"}, Format: page.Date, Min: 10}, {Heading: []string{"党龄"}, Format: page.Number, Min: 4}, page.Head("联系电话", 11),
		{Heading: []string{"处分情况"}, Min: 8, Max: 20}, {Heading: []string{"备注"}, Min: 8, Max: 28}}}
	if q.Blank {
		t.Empty = 12
	} else {
		err := medalRows(ctx, q, day, t)
		if today := q.Env.Today; err == nil && len(t.Rows) == 0 && q.Year == today.Year() && today > day {
			day = day.AddYears(1)
			err = medalRows(ctx, q, day, t)
		}
		if err != nil {
			return nil, err
		}
	}
	blocks := []page.Block{t, page.Lines{Text: []string{"党龄从转正之日起算到 " + day.Chinese() + ";请对照入党志愿书等档案核实后申报。"}, Size: page.MinSize}}
	given, err := medalsGiven(q)
	if err != nil {
		return nil, err
	}
	if len(given.Rows) > 0 && !q.Blank {
		blocks = append(blocks, page.Lines{Text: []string{fmt.Sprintf("%d年已颁发", q.Year)}, Bold: true, Space: 6}, given)
	}
	if len(t.Rows)+t.Empty == 0 && len(given.Rows) == 0 {
		return nil, nil
	}
	blocks = append(blocks, signedBy("党支部书记(签字):", "经办人(签字):", "上级党委审核(盖章):"))
	return []page.Sheet{{Name: "申报名册", Title: fmt.Sprintf("“光荣在党50年”纪念章申报名册(%d年)", day.Year()), Left: "党支部:" + q.Home(), Right: q.Day.Chinese(), Landscape: true, Blocks: blocks}}, nil
}

// medalRows fills in those who may be put forward.
func medalRows(ctx context.Context, q *page.Request, day model.Date, t *page.Table) error {
	due, err := q.Ledger.Due(ctx, day)
	if err != nil {
		return err
	}
	for _, d := range due {
		if d.Code != "R-STS-06" {
			continue
		}
		p, err := q.Env.Look.Get("person", d.ID)
		if err != nil {
			return err
		}
		if p == nil {
			continue
		}
		c := conduct{q: q, p: p}
		penalties, err := c.penalties()
		if err != nil {
			return err
		}
		if penalties == "" {
			penalties = "无"
		}
		var years any
		if since := p.Date("confirmed_on"); since != "" {
			years = int64(since.YearsAt(day))
		}
		note := ""
		if p.Date("confirmed_on").AddYears(q.Env.Packs.Limit("medal.years", day).Int()) < day.AddYears(-1) {
			note = "党龄早已达到,请核对是否领过"
		}
		t.Rows = append(t.Rows, []any{int64(len(t.Rows) + 1), p.Text("name"), p.Text("sex"), p.Text("ethnicity"), date(p, "birth_date"), q.Private(p, "id_number"),
			date(p, "joined_on"), date(p, "confirmed_on"), years, q.Private(p, "phone"), penalties, note})
	}
	return nil
}

// medalsGiven lists the medals of the year that stand on file.
func medalsGiven(q *page.Request) (*page.Table, error) {
	t := &page.Table{Columns: []page.Column{page.Serial(), page.Head("姓名", 8), {Heading: []string{"颁发日期"}, Format: page.Date, Min: 10}, page.Head("颁发单位", 24)}}
	found, err := q.Env.Look.Find("honor", atHome(q, append(inYear(q.Year, "granted_on"), model.Where("kind", model.Eq, "光荣在党50年纪念章"))...)...)
	if err != nil {
		return nil, err
	}
	for i, h := range found {
		t.Rows = append(t.Rows, []any{int64(i + 1), h.Text("person"), date(h, "granted_on"), h.Text("granted_by")})
	}
	return t, nil
}
