package page_test

import (
	"fmt"
	"strings"
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

// TestQuotesAreWide: Chinese fonts draw “ and ” as wide as a character; a line that has no
// room for them so gets a second one.
func TestQuotesAreWide(t *testing.T) {
	t.Parallel()
	heightOf := func(text string) float64 {
		table := &page.Table{Columns: []page.Column{page.Serial(), page.Head("内容", 34)}, Rows: [][]any{{int64(1), text}}}
		p := page.Lay(page.Sheet{Name: "表", Blocks: []page.Block{table}})
		return p.Rows[len(p.Rows)-1].Height
	}
	one, n := heightOf("党"), 1 // n characters stand in one line, and no more
	for heightOf(strings.Repeat("党", n+1)) == one {
		n++
	}
	if quoted := heightOf(strings.Repeat("党", n-1) + "“”"); quoted <= one {
		t.Errorf("%d characters and two quotes are %v points high, as %d characters alone", n-1, quoted, n)
	}
}
