package paper

import (
	"context"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// awayPapers are the lists of mobile members of domain.md §8.8.
var awayPapers = []*page.Paper{
	{Name: "away-out", Title: "流出党员名册", Group: "名册", Over: page.OverDay, Make: awayOut},
	{Name: "away-in", Title: "流入党员名册", Group: "名册", Over: page.OverDay, Whole: true, Make: awayIn},
}

// awayOut lists the members that are away. What sort of unit they went to and why is on
// no file: to be written by hand.
func awayOut(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 6), page.Head("党支部", 10), page.Head("原职业", 8), page.Head("外出流向", 10), {Heading: []string{"流出时间"}, Format: page.Date, Min: 10},
		page.Head("流出省份", 8), page.Head("流出原因", 10), {Heading: []string{"是否持\n活动证"}, Min: 4, Align: page.Centre}, page.Head("活动证号", 12), page.Head("组织关系\n状态", 8), {Heading: []string{"最近联系"}, Format: page.Date, Min: 10}, page.Head("备注", 8)}}
	if q.Blank {
		t.Empty, t.Tall = 15, 24
	} else {
		k := q.Ledger.Kinds().Kind("person")
		view, _ := k.View("流动党员")
		people, err := read(ctx, q, k.Name, []string{"away_since"}, view.Conds(q.Day)...)
		if err != nil {
			return nil, err
		}
		heard, err := lastHeard(ctx, q)
		if err != nil {
			return nil, err
		}
		names, err := q.Ledger.OrganisationNames(ctx)
		if err != nil {
			return nil, err
		}
		t.Rows, err = rowsOf(ctx, q, people, func(n int, p *model.Record) []any {
			branch := p.Text("party_group")
			if branch == "" {
				branch = names[p.OrgID]
			}
			return []any{int64(n), p.Text("name"), branch, p.Text("occupation"), p.Text("away_place"), date(p, "away_since"), provinceOf(p), nil,
				yesNo(p.Filled("away_card")), p.Text("away_card"), p.Text("standing"), dayOf(heard[p.ID]), nil}
		})
		if err != nil || len(t.Rows) == 0 {
			return nil, err
		}
	}
	return []page.Sheet{{Name: "流出党员名册", Title: "流出党员名册", Left: "填报单位:" + q.Home(), Right: spanOf(q, page.OverDay), Landscape: true, Blocks: []page.Block{t,
		page.Lines{Text: []string{"流出原因按务工、经商、随子女居住、求学等填写。"}, Size: page.MinSize, Space: 4}, page.Lines{Text: []string{signLine}, Space: 10}}}}, nil
}

// lastHeard gives the day on which a person was visited or called the last time.
func lastHeard(ctx context.Context, q *page.Request) (map[string]model.Date, error) {
	found, err := read(ctx, q, "visit", nil, model.Where("person", model.Filled), model.Where("happened_on", model.Le, string(q.Day)))
	last := map[string]model.Date{}
	for _, v := range found {
		last[v.Str("person")] = max(last[v.Str("person")], v.Date("happened_on"))
	}
	return last, err
}

// provinces as places begin with them; the suffix is left out where people leave it out.
var provinces = strings.Fields(`北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省
广西壮族自治区 海南省 重庆市 四川省 贵州省 云南省 西藏自治区 陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区 台湾省 香港特别行政区 澳门特别行政区`)

// provinceOf tells the province that a member went to from the place; "" where the place
// doesn't say it.
func provinceOf(p *model.Record) string {
	if p.Is("away", "县内", "省内跨市") {
		return "本省"
	}
	if p.Is("away", "境外") {
		return "境外"
	}
	for _, name := range provinces {
		short := name
		for _, tail := range []string{"壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"} {
			if s, ok := strings.CutSuffix(name, tail); ok {
				short = s
				break
			}
		}
		if strings.HasPrefix(p.Str("away_place"), short) {
			return name
		}
	}
	return ""
}

// awayIn lists those whose membership is elsewhere and who live here. Who was sent here
// (第一书记, 驻村队员, 下派挂职) has not flowed in.
func awayIn(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 6), page.Head("所在党支部", 12), page.Head("原职业", 8), page.Head("流入前\n所在省份", 10), {Heading: []string{"是否持\n活动证"}, Min: 4, Align: page.Centre},
		{Heading: []string{"流入时间"}, Format: page.Date, Min: 10}, page.Head("流入原因", 10), {Heading: []string{"入党时间"}, Format: page.Date, Min: 10}, page.Head("组织关系所在地", 16), page.Head("联系电话", 11), page.Head("备注", 8)}}
	if q.Blank {
		t.Empty, t.Tall = 15, 24
	} else {
		people, err := flowedIn(ctx, q)
		if err != nil {
			return nil, err
		}
		names, err := q.Ledger.OrganisationNames(ctx)
		if err != nil {
			return nil, err
		}
		t.Rows, err = rowsOf(ctx, q, people, func(n int, p *model.Record) []any {
			return []any{int64(n), p.Text("name"), names[p.OrgID], p.Text("occupation"), nil, yesNo(p.Filled("away_card")), date(p, "away_since"), nil,
				date(p, "joined_on"), p.Text("home_org"), q.Private(p, "phone"), nil}
		})
		if err != nil || len(t.Rows) == 0 {
			return nil, err
		}
	}
	return []page.Sheet{{Name: "流入党员名册", Title: "流入党员名册", Left: "填报单位:" + q.Home(), Right: spanOf(q, page.OverDay), Landscape: true, Blocks: []page.Block{t,
		page.Lines{Text: []string{"不含上级选派的第一书记、驻村队员和挂职干部。"}, Size: page.MinSize, Space: 4}, page.Lines{Text: []string{signLine}, Space: 10}}}}, nil
}

// flowedIn gives those on file whose membership is elsewhere and who were not sent here.
func flowedIn(ctx context.Context, q *page.Request) ([]*model.Record, error) {
	people, err := read(ctx, q, "person", nil, model.Where("standing", model.Eq, "组织关系在外"))
	if err != nil {
		return nil, err
	}
	posts, err := read(ctx, q, "position", nil, model.Where("started_on", model.Le, string(q.Day)))
	if err != nil {
		return nil, err
	}
	sent := map[string]bool{}
	for _, f := range posts {
		open := !f.Filled("ended_on") || f.Date("ended_on") > q.Day
		if open && (f.Is("post", "第一书记", "驻村队员") || f.Is("method", "下派挂职")) {
			sent[f.Str("person")] = true
		}
	}
	return slices.DeleteFunc(people, func(p *model.Record) bool { return sent[p.ID] }), nil
}
