package paper

import (
	"context"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// observationRecord is the 《入党积极分子培养教育考察登记表》 and the 《预备党员考察登记表》 of
// domain.md §3.1 (steps 6 and 21): a sheet for each, with room for what is to come.
func observationRecord(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Record == nil && !q.Blank {
		return nil, nil
	}
	r := q.Record
	head, branch, err := admissionHead(ctx, q, r)
	if err != nil {
		return nil, err
	}
	var observed []*model.Record
	if r != nil {
		if observed, err = read(ctx, q, "observation", []string{"held_on"}, model.Where("admission", model.Eq, r.ID)); err != nil {
			return nil, err
		}
	}
	var sheets []page.Sheet
	for _, stage := range []struct{ name, title, from, begin string }{
		{"积极分子", "入党积极分子培养教育考察登记表", "activist_on", "确定积极分子日期"},
		{"预备党员", "预备党员教育考察登记表", "accepted_on", "支部大会接收日期"},
	} {
		if r != nil && !r.Filled(stage.from) {
			continue
		}
		sheets = append(sheets, observationSheet(q, r, observed, stage.name, stage.title, stage.from, stage.begin, branch, head))
	}
	return sheets, nil
}

func observationSheet(q *page.Request, r *model.Record, observed []*model.Record, stage, title, from, begin, branch string, head *page.Form) page.Sheet {
	dates := page.FormRow{Items: []page.Item{page.Label("申请入党日期", 1), {Value: date(r, "applied_on"), Weight: 2.6, Format: page.Date}, page.Label(begin, 1.4), {Value: date(r, from), Weight: 2.2, Format: page.Date}}}
	t := &page.Table{Tall: 60, Columns: []page.Column{page.Serial(), {Heading: []string{"考察日期"}, Format: page.Date, Min: 10}, {Heading: []string{"考察意见"}, Min: 50, Max: 60}, page.Head("考察人", 12), page.Head("党支部书记\n签字", 10)}}
	n := 0
	for _, o := range observed {
		if o.Is("stage", stage) {
			n++
			t.Rows = append(t.Rows, []any{int64(n), date(o, "held_on"), o.Text("opinion"), o.Text("observers"), nil})
		}
	}
	t.Empty = max(2, 6-n)
	return page.Sheet{Name: stage + "考察登记表", Title: title, Left: "党支部:" + branch, Right: spanOf(q, page.OverDay), Blocks: []page.Block{
		&page.Form{Rows: append(append([]page.FormRow{}, head.Rows...), dates)}, page.Lines{Text: []string{""}, Size: 4}, t,
		page.Lines{Text: []string{"党支部意见:", "", "                                                        书记签字:                    日期:      年    月    日"}, Space: 10}}}
}
