package paper

import (
	"cmp"
	"context"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/paper/page"
)

// The member lists of domain.md §8.1.
var rosters = []*page.Paper{
	{Name: "roster", Title: "党员花名册", Group: "名册", Over: page.OverDay, Whole: true, Make: roster},
	{Name: "roster-poster", Title: "党员花名册(上墙)", Group: "名册", Over: page.OverDay, Posting: true, Make: rosterPoster},
}

// members reads the members on file at the day of the request, in the table's order.
func members(ctx context.Context, q *page.Request) ([]*model.Record, error) {
	k := q.Ledger.Kinds().Kind("person")
	view, _ := k.View("在册党员")
	found, err := q.Ledger.Page(ctx, store.Query{Kind: k.Name, Conds: view.Conds(q.Day)})
	return found.Records, err
}

// roster is form A of domain.md §8.1: the order of columns of a real loader.
func roster(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	people, err := members(ctx, q)
	if err != nil {
		return nil, err
	}
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 6), page.Head("性别", 4), page.Head("民族", 6),
		{Heading: []string{"出生年月"}, Format: page.Month, Min: 7}, page.Head("学历", 4), {Heading: []string{"公民身份号码"}, Min: 18}, page.Head("人员类别", 8),
		{Heading: []string{"加入党组织日期"}, Format: page.Date, Min: 10}, {Heading: []string{"转为正式党员日期"}, Format: page.Date, Min: 10},
		page.Head("工作岗位", 8), page.Head("手机号", 11), page.Head("家庭住址", 12), page.Head("党籍状态", 4), page.Head("是否为流动党员", 4), page.Head("外出流向", 8), page.Head("备注", 4)}}
	t.Rows, err = rowsOf(ctx, q, people, func(n int, p *model.Record) []any {
		away := "否"
		if p.Filled("away") {
			away = "是"
		}
		return []any{int64(n), p.Text("name"), p.Text("sex"), p.Text("ethnicity"), date(p, "birth_date"), p.Text("education"),
			q.Private(p, "id_number"), p.Text("status"), date(p, "joined_on"), date(p, "confirmed_on"), p.Text("occupation"), q.Private(p, "phone"),
			q.Private(p, "address"), p.Text("standing"), away, p.Text("away_place"), p.Text("note")}
	})
	if err != nil {
		return nil, err
	}
	return []page.Sheet{{Name: "党员花名册", Title: "党员花名册", Left: "党支部:" + q.Home(), Right: q.Day.Chinese(), Landscape: true, Blocks: []page.Block{t}}}, nil
}

// rosterPoster hangs in the room: the last four digits of a phone are hidden, so that no
// whole number stands on it.
func rosterPoster(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	people, err := members(ctx, q)
	if err != nil {
		return nil, err
	}
	t := &page.Table{Tall: 24, Columns: []page.Column{page.Serial(), page.Head("姓名", 8), page.Head("性别", 4), {Heading: []string{"出生年月"}, Format: page.Month, Min: 8},
		{Heading: []string{"入党时间"}, Format: page.Month, Min: 8}, page.Head("党内职务", 12), page.Head("联系电话", 12)}}
	var failed error
	t.Rows, err = rowsOf(ctx, q, people, func(n int, p *model.Record) []any {
		post, err := postsOf(q, p, "党组织")
		failed = cmp.Or(failed, err)
		return []any{int64(n), p.Text("name"), p.Text("sex"), date(p, "birth_date"), date(p, "joined_on"), post, withoutLastFour(p.Str("phone"))}
	})
	if err = cmp.Or(err, failed); err != nil {
		return nil, err
	}
	return []page.Sheet{{Name: "党员花名册", Title: q.Home() + "党员花名册", Right: q.Day.Chinese(), Blocks: []page.Block{t}}}, nil
}
