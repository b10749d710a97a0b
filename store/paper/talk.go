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

// talkPapers are those of 谈心谈话.
var talkPapers = []*page.Paper{
	{Name: "talk", Title: "谈心谈话记录", Group: "评议与谈话", Over: page.OverRecord, Kind: "talk", Make: talkRecord},
	{Name: "talk-year", Title: "谈心谈话登记表", Group: "评议与谈话", Over: page.OverYear, Make: talkYear},
}

// talkRecord is one talk on a page.
func talkRecord(_ context.Context, q *page.Request) ([]page.Sheet, error) {
	text := func(field string) string {
		if q.Record == nil {
			return ""
		}
		return q.Record.Text(field)
	}
	day := "      年    月    日"
	var who, talker *model.Record
	if r := q.Record; r != nil {
		var err error
		if who, err = q.Env.Look.Get("person", r.Str("person")); err == nil {
			talker, err = q.Env.Look.Get("person", r.Str("talker"))
		}
		if err != nil {
			return nil, err
		}
		day = r.Date("held_on").Chinese()
	}
	post := func(p *model.Record) (string, error) {
		if p == nil {
			return "", nil
		}
		return postsOf(q, p)
	}
	posts := [2]string{}
	for i, p := range []*model.Record{talker, who} {
		var err error
		if posts[i], err = post(p); err != nil {
			return nil, err
		}
	}
	unit, err := unitOf(q, q.Record)
	if err != nil {
		return nil, err
	}
	room := 1.0
	if q.Record == nil {
		room = 1.3
	}
	f := &page.Form{Rows: []page.FormRow{
		page.Pairs("谈话人", text("talker"), "职务", posts[0]),
		page.Pairs("谈话对象", text("person"), "职务", posts[1]),
		page.Pairs("谈话时间", day+"    时    分", "谈话地点", ""),
		page.Long("主题", text("topic"), 30),
	}}
	f.Rows = append(f.Rows, longText("谈话要点", text("content"), 260*room)...)
	f.Rows = append(f.Rows, longText("意见建议\n及落实", text("follow_up"), 110*room)...)
	f.Rows = append(f.Rows, page.FormRow{Tall: 44, Items: []page.Item{page.Label("谈话人\n签字", 1.2), page.Blank("", 3.8), page.Label("谈话对象\n签字", 1.2), page.Blank("", 3.8)}})
	return []page.Sheet{{Name: "谈心谈话记录", Title: "谈心谈话记录", Left: "党支部:" + unit, Right: day, Blocks: []page.Block{f}}}, nil
}

// talkYear lists a year's talks, and who has had none: one who began a talk had one too,
// as the reminder of domain.md §4.1 counts.
func talkYear(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	var found []*model.Record
	if !q.Blank {
		var err error
		if found, err = q.Env.Look.Find("talk", atHome(q, inYear(q.Year, "held_on")...)...); err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, nil
		}
	}
	slices.SortStableFunc(found, func(a, b *model.Record) int { return strings.Compare(a.Str("held_on"), b.Str("held_on")) })
	t := &page.Table{Columns: []page.Column{page.Serial(), {Heading: []string{"日期"}, Format: page.Date, Min: 10}, page.Head("谈话人", 8), page.Head("谈话对象", 8),
		{Heading: []string{"主题"}, Min: 14, Max: 22}, {Heading: []string{"谈话要点"}, Min: 30, Max: 50}, {Heading: []string{"落实"}, Min: 16, Max: 26}}}
	talked := map[string]bool{}
	for i, r := range found {
		talked[r.Str("person")], talked[r.Str("talker")] = true, true
		t.Rows = append(t.Rows, []any{int64(i + 1), date(r, "held_on"), r.Text("talker"), r.Text("person"), r.Text("topic"), brief(r.Text("content")), brief(r.Text("follow_up"))})
	}
	if q.Blank {
		t.Empty, t.Tall = 16, 26
	}
	sheet := page.Sheet{Name: "谈心谈话登记表", Title: fmt.Sprintf("谈心谈话登记表(%d年)", q.Year), Left: "党支部:" + q.Home(), Right: q.Day.Chinese(), Landscape: true, Blocks: []page.Block{t}}
	if !q.Blank {
		without, err := notTalked(ctx, q, talked)
		if err != nil {
			return nil, err
		}
		sheet.Blocks = append(sheet.Blocks, page.Lines{Text: []string{fmt.Sprintf("全年谈话 %d 次。%s", len(found), without)}, Space: 6})
	}
	sheet.Blocks = append(sheet.Blocks, signedBy("支部书记(签字):", "填表人(签字):"))
	return []page.Sheet{sheet}, nil
}

// notTalked names the members who had no talk in the year.
func notTalked(ctx context.Context, q *page.Request, talked map[string]bool) (string, error) {
	ids, err := count.MembersAt(ctx, q.Ledger, q.Day)
	if err != nil {
		return "", err
	}
	var without []*model.Record
	n := 0
	for _, id := range ids {
		p, err := q.Env.Look.Get("person", id)
		if err != nil {
			return "", err
		}
		if p == nil || q.Ledger.Home() == nil || p.OrgID != q.Ledger.Home().ID {
			continue
		}
		n++
		if !talked[id] {
			without = append(without, p)
		}
	}
	if len(without) == 0 {
		return fmt.Sprintf("%d 名党员都谈过。", n), nil
	}
	names := make([]string, len(without))
	for i, p := range byName(without) {
		names[i] = p.Text("name")
	}
	return fmt.Sprintf("还没有谈过的党员 %d 名:%s。", len(names), strings.Join(names, "、")), nil
}
