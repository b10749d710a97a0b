package compare

import (
	"context"

	"taizhang/store"
	"taizhang/store/paper/page"
)

// WriteXLSX writes the differences to a workbook that prints as it is: under a line for each
// sort, at the county for each unit too, with room for what came of it. ID numbers and
// phones are masked. *model.Error: E-PERM, E-FULL for the file.
func (r *Result) WriteXLSX(ctx context.Context, l *store.Ledger, path string) error {
	t := &page.Table{Fixed: 1, Columns: []page.Column{page.Head("姓名", 8), page.Head("名单", 9), page.Head("项目", 12), {Heading: []string{"台账"}, Min: 12, Max: 24},
		{Heading: []string{Other}, Min: 12, Max: 24}, {Heading: []string{"说明"}, Min: 16, Max: 40}, page.Head("核对结果", 12)}}
	last, unit := Sort(""), ""
	for i := range r.Differences {
		d := &r.Differences[i]
		title := d.Sort.Title()
		if place := d.Township + " " + d.Org; r.County && (d.Sort != last || place != unit) {
			title, unit, last = place+":"+title, place, ""
		}
		if d.Sort != last {
			last = d.Sort
			t.Rows = append(t.Rows, []any{page.Span(title)})
		}
		t.Rows = append(t.Rows, []any{d.Name, d.Row, d.Label, d.Ours, d.Theirs, d.Remark(), ""})
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, []any{page.Span("名单与台账没有不同的地方")})
	}
	home := ""
	if h := l.Home(); h != nil {
		home = h.Text("name")
	}
	blocks := []page.Block{t, page.Lines{Text: append([]string{r.Summary()}, r.Notes...), Space: 6}, page.Lines{Text: []string{"核对人:                    日期:            "}, Align: page.RightAlign, Space: 12}}
	sheet := page.Sheet{Name: Name, Title: "与全国党员管理信息系统比对", Left: "单位:" + home, Right: l.Source().Today().Chinese(), Landscape: true, Inside: true, Blocks: blocks}
	return page.WriteXLSX(ctx, path, []*page.Page{page.Lay(sheet)}, "")
}
