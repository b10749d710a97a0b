package page_test

import (
	"fmt"
	"testing"

	"taizhang/store/paper/page"
)

// TestSpanStaysOnItsPage: a heading over a table that is wider than the sheet is a cell
// for each page of columns, and none reaches over a page's edge.
func TestSpanStaysOnItsPage(t *testing.T) {
	t.Parallel()
	table := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 8)}}
	for i := range 18 {
		table.Columns = append(table.Columns, page.Head(fmt.Sprintf("第%d项", i+1), 12))
	}
	for unit := range 3 {
		table.Rows = append(table.Rows, []any{page.Span(fmt.Sprintf("上桃%d村", unit+1))})
		for n := range 25 {
			table.Rows = append(table.Rows, []any{int64(n + 1), "甲乙"})
		}
	}
	p := page.Lay(page.Sheet{Name: "名册", Title: "名册", Landscape: true, Blocks: []page.Block{table}})
	if len(p.Breaks) == 0 {
		t.Fatal("the table has room on one page of columns")
	}
	spans := 0
	for i, r := range p.Rows {
		if len(r.Cells) != len(p.Breaks)+1 || r.Cells[0].Value == nil || !r.Cells[0].Look.Shade {
			continue
		}
		spans++
		for n, c := range r.Cells {
			for _, edge := range p.Breaks {
				if c.From < edge-0.01 && c.To > edge+0.01 {
					t.Errorf("row %d: cell %d from %.1f to %.1f reaches over the edge at %.1f", i, n, c.From, c.To, edge)
				}
			}
		}
	}
	if spans != 3 {
		t.Errorf("%d headings instead of 3", spans)
	}
}
