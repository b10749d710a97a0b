package paper

import (
	"cmp"
	"context"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// promisePapers are hung up: 承诺践诺 and 设岗定责.
var promisePapers = []*page.Paper{
	{Name: "pledge-posting", Title: "承诺践诺公示", Group: "公示", Over: page.OverYear, Posting: true, Make: pledgePosting},
	{Name: "duty-posting", Title: "无职党员设岗定责公示", Group: "公示", Over: page.OverDay, Posting: true, Make: dutyPosting},
}

// pledgePosting lists what the organisation and its members have promised for the year
// and how far it is kept: a sheet for each.
func pledgePosting(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	var all []*model.Record
	if !q.Blank {
		var err error
		if all, err = read(ctx, q, "pledge", []string{"person", "due_on"}, model.Where("year", model.Eq, yearFrom(q).Time().Format("2006"))); err != nil {
			return nil, err
		}
	}
	names, err := q.Ledger.OrganisationNames(ctx)
	if err != nil {
		return nil, err
	}
	var sheets []page.Sheet
	for _, of := range []struct{ field, name, who, title string }{
		{"organization", "党组织承诺", "承诺党组织", "党组织承诺践诺公示"},
		{"person", "党员承诺", "承诺党员", "党员承诺践诺公示"},
	} {
		t := &page.Table{Columns: []page.Column{page.Serial(), page.Head(of.who, 8), {Heading: []string{"承诺事项"}, Min: 18, Max: 40}, {Heading: []string{"践诺措施"}, Min: 12, Max: 36},
			{Heading: []string{"完成期限"}, Format: page.Date, Min: 10}, {Heading: []string{"践诺情况"}, Min: 17}, {Heading: []string{"评诺"}, Min: 6, Align: page.Centre}}, Tall: 22}
		if q.Blank {
			t.Empty, t.Tall = 18, 28
		} else {
			var own []*model.Record
			for _, r := range all {
				if r.Filled(of.field) {
					own = append(own, r)
				}
			}
			var err error
			t.Rows, err = rowsOf(ctx, q, own, func(n int, r *model.Record) []any {
				kept := ""
				if r.Filled("done_on") && r.Date("done_on") <= q.Day {
					kept = r.Text("done_on") + " 完成"
				} else if due := r.Date("due_on"); due != "" && due < q.Day {
					kept = "正在办理"
				}
				return []any{int64(n), cmp.Or(names[r.Str(of.field)], r.Text(of.field)), r.Text("item"), r.Text("measures"), date(r, "due_on"), kept, r.Text("rating")}
			})
			if err != nil {
				return nil, err
			}
			if len(t.Rows) == 0 {
				continue
			}
		}
		sheets = append(sheets, page.Sheet{Name: of.name, Title: of.title, Left: q.Home(), Right: spanOf(q, page.OverYear), Blocks: []page.Block{t, posted(q)}})
	}
	return sheets, nil
}

// posted is the line below a posting: whom to tell what is not so, and the day.
func posted(q *page.Request) page.Block {
	return page.Lines{Text: []string{"对以上内容有意见的,请向党支部反映。监督电话:                        ", q.Home() + "(盖章)", "      年    月    日"}, Align: page.RightAlign, Space: 8}
}

// dutyPosting lists who of the members without office holds which post, by post.
func dutyPosting(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Columns: []page.Column{page.Serial(), page.Head("岗位", 10), page.Head("党员姓名", 8), {Heading: []string{"岗位职责"}, Min: 24, Max: 50}, {Heading: []string{"上岗日期"}, Format: page.Date, Min: 10}, {Heading: []string{"年度评议"}, Min: 6, Align: page.Centre}}, Tall: 22}
	if q.Blank {
		t.Empty, t.Tall = 18, 28
	} else {
		found, err := read(ctx, q, "duty", []string{"post", "person"}, model.Where("started_on", model.Le, string(q.Day)))
		if err != nil {
			return nil, err
		}
		open := found[:0]
		for _, r := range found {
			if !r.Filled("ended_on") || r.Date("ended_on") > q.Day {
				open = append(open, r)
			}
		}
		t.Rows, err = rowsOf(ctx, q, open, func(n int, r *model.Record) []any {
			return []any{int64(n), r.Text("post"), r.Text("person"), r.Text("duties"), date(r, "started_on"), r.Text("rating")}
		})
		if err != nil || len(t.Rows) == 0 {
			return nil, err
		}
	}
	return []page.Sheet{{Name: "设岗定责公示", Title: "无职党员设岗定责公示", Left: q.Home(), Right: spanOf(q, page.OverDay), Blocks: []page.Block{t, posted(q)}}}, nil
}
