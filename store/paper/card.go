package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/paper/page"
)

// cards are the papers of one person.
var cards = []*page.Paper{
	{Name: "member-card", Title: "党员登记卡", Group: "名册", Over: page.OverRecord, Kind: "person", Applies: membership.IsOrWasMember, Whole: true, Make: memberCard},
	{Name: "member-cards", Each: true, Title: "党员登记卡(成批)", Group: "名册", Over: page.OverRecords, Kind: "person", Applies: membership.IsOrWasMember, Whole: true, Make: memberCard},
}

// memberCard is everything on file of a member on one page, a page each.
func memberCard(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	var blocks []page.Block
	for i, p := range chosen(q) {
		if i > 0 {
			blocks = append(blocks, page.Break{})
		}
		f, err := cardOf(ctx, q, p)
		if err != nil {
			return nil, err
		}
		branch, err := branchOf(ctx, q, p)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, page.Lines{Text: []string{"党员登记卡"}, Size: 18, Bold: true, Align: page.Centre}, page.Lines{Text: []string{"党支部:" + branch + "        " + spanOf(q, page.OverDay)}}, f,
			page.Lines{Text: []string{"填表人:                    党组织负责人:                    (党组织盖章)"}, Space: 10})
	}
	if len(blocks) == 0 {
		return nil, nil
	}
	return []page.Sheet{{Name: "党员登记卡", Blocks: blocks}}, nil
}

// cardOf is the card's form; p is nil for a blank one.
func cardOf(ctx context.Context, q *page.Request, p *model.Record) (*page.Form, error) {
	text := func(field string) page.Item { return page.Blank(textAt(p, field), 1.4) }
	day := func(field string) page.Item {
		return page.Item{Value: date(p, field), Weight: 1.4, Format: page.Date}
	}
	private := func(field string, weight float64) page.Item { return page.Blank(q.Private(p, field), weight) }
	derived := func(name string) page.Item {
		if p == nil {
			return page.Blank("", 1.4)
		}
		return page.Blank(p.Kind.DerivedValue(name).Value(q.Env, p), 1.4)
	}
	photo := page.Item{Value: "照片", Weight: 1.6, Down: 5, Align: page.Centre}
	below := page.Item{Weight: 1.6, Skip: true}
	f := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("姓名", 1), text("name"), page.Label("性别", 1), text("sex"), page.Label("民族", 1), text("ethnicity"), photo}},
		{Items: []page.Item{page.Label("出生日期", 1), day("birth_date"), page.Label("年龄", 1), derived("age"), page.Label("籍贯", 1), text("native_place"), below}},
		{Items: []page.Item{page.Label("学历", 1), text("education"), page.Label("人员类别", 1), text("status"), page.Label("在册状态", 1), text("standing"), below}},
		{Items: []page.Item{page.Label("入党日期", 1), day("joined_on"), page.Label("转正日期", 1), day("confirmed_on"), page.Label("党龄", 1), derived("party_years"), below}},
		{Items: []page.Item{page.Label("身份证号", 1), private("id_number", 3.8), page.Label("工作岗位", 1), text("occupation"), below}},
		{Items: []page.Item{page.Label("联系电话", 1), private("phone", 1.4), page.Label("所在小组", 1), text("party_group"), page.Label("家庭住址", 1), private("address", 3)}},
	}}
	past, err := cardPast(ctx, q, p)
	if err != nil {
		return nil, err
	}
	for _, part := range past {
		f.Rows = append(f.Rows, longRows(part.title, strings.Join(part.lines, "\n"), part.tall)...)
	}
	return f, nil
}

// cardPart is one line of the card's lower half.
type cardPart struct {
	title string
	lines []string
	tall  float64
}

// cardPast is what happened: posts, honours, appraisals, changes of membership, penalties
// and training. Of penalties and dispositions the kind and the day, never the ground.
func cardPast(ctx context.Context, q *page.Request, p *model.Record) ([]cardPart, error) {
	parts := []cardPart{{"任职情况", nil, 84}, {"组织关系\n变动", nil, 70}, {"流动情况", nil, 44}, {"奖励情况", nil, 80}, {"民主评议", nil, 50}, {"处分和\n组织处置", nil, 44}, {"教育培训", nil, 44}, {"备注", nil, 44}}
	if p == nil {
		return parts, nil
	}
	parts[7].lines = append(parts[7].lines, p.Text("note"))
	own := func(kind string, sort ...string) ([]*model.Record, error) {
		return read(ctx, q, kind, sort, model.Where("person", model.Eq, p.ID))
	}
	posts, err := own("position", "started_on")
	if err != nil {
		return nil, err
	}
	for _, r := range posts {
		parts[0].lines = append(parts[0].lines, fmt.Sprintf("%s 至 %s  %s%s", r.Text("started_on"), cmp.Or(r.Text("ended_on"), "今"), r.Text("body"), r.Text("post")))
	}
	moves, err := own("movement", "happened_on")
	if err != nil {
		return nil, err
	}
	for _, r := range moves {
		at := slices.Index([]string{"处分", "限期改正", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍", "取消预备党员资格"}, r.Str("kind"))
		switch {
		case at >= 0:
			parts[5].lines = append(parts[5].lines, strings.Join([]string{r.Text("happened_on"), cmp.Or(r.Text("penalty"), r.Text("kind"))}, "  "))
		case r.Is("kind", "外出流动", "流动返回", "失联", "取得联系"):
			parts[2].lines = append(parts[2].lines, r.Text("happened_on")+"  "+r.Text("kind"))
		default:
			line := r.Text("happened_on") + "  " + r.Text("kind")
			if other := firstOf(r, "from_org", "to_org"); other != "" {
				line += "(" + other + ")"
			}
			parts[1].lines = append(parts[1].lines, line)
		}
	}
	if p.Filled("away") {
		parts[2].lines = append(parts[2].lines, strings.TrimSpace("现在"+p.Text("away")+"  "+p.Text("away_place")+"  "+p.Text("away_since")))
	}
	honours, err := own("honor", "granted_on")
	if err != nil {
		return nil, err
	}
	for _, r := range honours {
		parts[3].lines = append(parts[3].lines, r.Text("granted_on")+"  "+r.Text("granted_by")+"  "+r.Text("title"))
	}
	return parts, cardReviews(ctx, q, p, parts)
}

// cardReviews adds the grades by year and the training by year.
func cardReviews(ctx context.Context, q *page.Request, p *model.Record, parts []cardPart) error {
	grades, err := read(ctx, q, "appraisal", []string{"year"}, model.Where("person", model.Eq, p.ID))
	if err != nil {
		return err
	}
	var years []string
	for _, r := range grades {
		years = append(years, fmt.Sprintf("%d年 %s", r.Int("year"), r.Text("grade")))
	}
	if len(years) > 0 {
		parts[4].lines = []string{strings.Join(years, ",")}
	}
	courses, err := read(ctx, q, "training", []string{"started_on"}, model.Where("attendance", model.Eq, p.ID))
	if err != nil {
		return err
	}
	times, hours, order := map[int]int{}, map[int]int64{}, []int{}
	for _, r := range courses {
		if !slices.Contains(came(r, "参加", "结业"), p.ID) {
			continue
		}
		y := r.Date("started_on").Year()
		if times[y] == 0 {
			order = append(order, y)
		}
		times[y]++
		hours[y] += r.Int("hours")
	}
	var all []string
	for _, y := range order {
		all = append(all, fmt.Sprintf("%d年培训 %d 次 %d 学时", y, times[y], hours[y]))
	}
	if len(all) > 0 {
		parts[6].lines = []string{strings.Join(all, ",")}
	}
	return nil
}
