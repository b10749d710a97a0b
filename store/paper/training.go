package paper

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/paper/page"
)

// trainingPapers are of one course.
var trainingPapers = []*page.Paper{
	{Name: "training-record", Title: "培训记录", Group: "培训", Over: page.OverRecord, Kind: "training", Make: trainingRecord},
}

// trainingRecord is the course on one page and those who were there on another, with
// room to sign. Before the course the sheet lists whoever is on its roll, or is blank.
func trainingRecord(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	r := q.Record
	if r == nil && !q.Blank {
		return nil, nil
	}
	text := func(field string, weight float64) page.Item { return page.Blank(textAt(r, field), weight) }
	day := func(field string) page.Item {
		return page.Item{Value: date(r, field), Weight: 2, Format: page.Date}
	}
	var hours, heads, guests any
	place, title := "", ""
	if r != nil {
		hours, guests, place, title = valueOf(r, "hours"), valueOf(r, "guests"), firstOf(r, "venue", "venue_name"), r.Text("title")
		if r.Filled("attendance") {
			heads = int64(len(came(r, "参加", "结业")))
		}
	}
	number := func(v any) page.Item {
		return page.Item{Value: v, Weight: 2, Format: page.Number, Align: page.LeftAlign}
	}
	f := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("培训名称", 1.2), page.Blank(title, 5.2)}},
		{Items: []page.Item{page.Label("培训内容", 1.2), text("topic", 2), page.Label("培训方式", 1.2), text("method", 2)}},
		{Items: []page.Item{page.Label("主办单位", 1.2), text("organizer", 2), page.Label("授课人", 1.2), text("lecturer", 2)}},
		{Items: []page.Item{page.Label("开始日期", 1.2), day("started_on"), page.Label("结束日期", 1.2), day("ended_on")}},
		{Items: []page.Item{page.Label("培训地点", 1.2), page.Blank(place, 2), page.Label("学时", 1.2), number(hours)}},
		{Items: []page.Item{page.Label("本支部参训人数", 1.2), number(heads), page.Label("其他参训人次", 1.2), number(guests)}},
		{Items: []page.Item{page.Label("培训对象", 1.2), text("audience", 5.2)}},
		{Items: []page.Item{page.Label("使用教材", 1.2), text("materials", 5.2)}},
	}}
	f.Rows = append(f.Rows, page.FormRow{Tall: 200, Items: []page.Item{page.Label("培训情况记录", 1.2), {Weight: 5.2, Top: true}}})
	f.Rows = append(f.Rows, longRows("培训效果", textAt(r, "results"), 70)...)
	f.Rows = append(f.Rows, page.FormRow{Tall: 150, Items: []page.Item{page.Label("照片", 1.2), {Weight: 5.2}}})
	for i := range f.Rows { // one edge for the labels of the whole form
		if n := len(f.Rows[i].Items); n == 2 {
			f.Rows[i].Items[0].Weight, f.Rows[i].Items[1].Weight = 1.2, 5.2
		}
	}
	branch, err := branchOf(ctx, q, r)
	if err != nil {
		return nil, err
	}
	record := page.Sheet{Name: "培训记录", Title: "培训记录", Left: branch, Right: spanOf(q, page.OverDay), Blocks: []page.Block{f, page.Lines{Text: []string{"记录人:                              审核人:"}, Space: 10}}}
	signIn, err := trainingSignIn(q, r, title)
	return []page.Sheet{record, signIn}, err
}

// trainingSignIn has two persons in a row: number, name, mark, signature.
func trainingSignIn(q *page.Request, r *model.Record, title string) (page.Sheet, error) {
	half := func() []page.Column {
		return []page.Column{page.Serial(), page.Head("姓名", 10), page.Head("签名", 16), page.Head("备注", 8)}
	}
	t := &page.Table{Columns: append(half(), half()...), Tall: 26}
	var marks []model.Mark
	if r != nil {
		marks = r.Roll("attendance")
	}
	const inRow, least = 2, 50
	slots := max(len(marks)+int(guestsOf(r)), len(marks)+6)
	if r == nil || len(marks) == 0 {
		slots = max(slots, least)
	}
	lines := (slots + inRow - 1) / inRow
	for i := range lines {
		row := make([]any, 0, 8)
		for _, n := range []int{i, i + lines} {
			name, state := "", ""
			if n < len(marks) {
				name = r.Name(marks[n].Target)
				if state = marks[n].State; state == "参加" {
					state = ""
				}
			}
			row = append(row, int64(n+1), name, nil, state)
		}
		t.Rows = append(t.Rows, row)
	}
	left := ""
	if title != "" {
		left = "培训名称:" + title
	}
	right := "日期:      年    月    日"
	if r != nil {
		right = "日期:" + r.Date("started_on").Chinese()
	}
	s := page.Sheet{Name: "签到表", Title: "培训签到表", Left: left, Right: right, Blocks: []page.Block{t}}
	if r != nil {
		s.Blocks = append(s.Blocks, page.Lines{Text: []string{fmt.Sprintf("登记 %d 人,其中参加 %d 人,结业 %d 人,缺席 %d 人。", len(marks), len(came(r, "参加")), len(came(r, "结业")), len(came(r, "缺席")))}, Size: page.MinSize, Space: 4})
	}
	return s, nil
}

// guestsOf bounds the blank lines for guests: a course for a whole township has its own
// list.
func guestsOf(r *model.Record) int64 {
	if r == nil {
		return 0
	}
	return min(r.Int("guests"), 30)
}
