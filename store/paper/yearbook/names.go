package yearbook

import (
	"cmp"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/paper/page"
)

// list is a list of names that goes with a line of table 1.
type list struct {
	name, title string
	kind        string // of the movement
	no          int    // the line of table 1
	day         string // the heading of the movement's day
}

var lists = []list{
	{"yearbook-restored", "恢复党籍人员名单", "恢复党籍", 4, "恢复党籍日期"},
	{"yearbook-stopped", "停止党籍人员名单", "停止党籍", 9, "停止党籍日期"},
}

// names makes a list: one row for each movement of the kind by which a membership began or
// ended in the span, as table 1 counts them.
func (b *book) names(l *list) (page.Sheet, error) {
	everyone, err := b.everyone()
	if err != nil {
		return page.Sheet{}, err
	}
	type entry struct {
		p *person
		m membership.Passage
	}
	var found []entry
	for _, p := range everyone {
		for _, x := range p.passages {
			if x.Move.Is("kind", l.kind) && b.in(x.Day) {
				found = append(found, entry{p, x})
			}
		}
	}
	model.Sort(found, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.m.Day, b.m.Day), cmp.Compare(a.p.r.Str("name"), b.p.r.Str("name")))
	})
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 6), page.Head("性别", 4), page.Head("民族", 6), {Heading: []string{"公民身份号码"}, Min: 18},
		{Heading: []string{"入党日期"}, Format: page.Date, Min: 10}, page.Head("所在党组织", 16), {Heading: []string{l.day}, Format: page.Date, Min: 10},
		{Heading: []string{"失去联系日期"}, Format: page.Date, Min: 10}, page.Head("依据条款", 8), page.Head("批准机关", 10), page.Head("文号", 8), page.Head("备注", 6)}}
	s := b.dressed(l.kind+"名单", l.title)
	s.Landscape = true
	if b.q.Blank {
		t.Empty = 12
		s.Blocks = []page.Block{t, signatures}
		return s, nil
	}
	for i, e := range found {
		r := e.p.r
		lost := day(r.Date("lost_since"))
		if m := e.p.last(e.m.Day, "失联"); lost == nil && m != nil {
			lost = day(m.Date("happened_on"))
		}
		where := ""
		if at := b.branchOf(e.p); at != nil {
			where = at.Str("name")
		}
		t.Rows = append(t.Rows, []any{int64(i + 1), r.Text("name"), r.Text("sex"), r.Text("ethnicity"), b.q.Private(r, "id_number"), day(r.Date("joined_on")), where,
			day(e.m.Day), lost, e.m.Move.Text("ground"), e.m.Move.Text("approved_by"), e.m.Move.Text("document_no"), e.m.Move.Text("note")})
	}
	below := []string{fmt.Sprintf("共 %d 人次。只写依据的条款号,不写事情经过。", len(found))}
	if r := b.reckon; r != nil {
		n, same := map[string]int{"恢复党籍": r.Restored, "停止党籍": r.Stopped}[l.kind], "相符"
		if n != len(found) {
			same = "不符,请核对"
		}
		below = append(below, fmt.Sprintf("表间:第一表第 %d 行是 %d,%s。", l.no, n, same))
	}
	if len(found) == 0 {
		t.Rows = [][]any{{page.Span(b.name() + "没有" + l.kind + "的。")}}
	}
	s.Blocks = []page.Block{t, notes(below), signatures}
	return s, nil
}

// day gives a day for a cell, nil for none.
func day(d model.Date) any {
	if !d.Valid() {
		return nil
	}
	return d.Time()
}
