package page_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

// long is a list of three indicators, the second of which goes over several pages.
func long() *page.Table {
	t := &page.Table{Columns: []page.Column{{Heading: []string{"指标"}, Min: 12, Same: true}, {Heading: []string{"项目"}, Min: 12, Same: true}, {Heading: []string{"数量"}, Format: page.Number, Min: 6}}}
	t.Rows = append(t.Rows, []any{page.Span("基础工程")})
	for i, n := range []int{2, 130, 2} {
		for k := range n {
			t.Rows = append(t.Rows, []any{fmt.Sprintf("A0%d 第%d个指标的名称比较长", i+1, i+1), "其中", int64(k)})
		}
	}
	return t
}

// TestNameAgainOnEachPage: what stands beside several rows is told again where a page
// begins, with room for its words, and the signatures are not alone on a page.
func TestNameAgainOnEachPage(t *testing.T) {
	t.Parallel()
	p := page.Lay(page.Sheet{Name: "汇总", Title: "汇总表", Blocks: []page.Block{long(), page.Signature()}})
	height, pages := 0.0, 1
	for i, r := range p.Rows {
		if r.Break {
			pages++
			height = 0
			if r.Cells[0].From != 0 || !strings.HasPrefix(fmt.Sprint(r.Cells[0].Value), "A0") {
				t.Errorf("page %d begins with %v", pages, r.Cells[0].Value)
			}
			if r.Keep {
				t.Errorf("page %d begins with a row to be kept with the one above", pages)
			}
		}
		height += r.Height
		if height > 757 {
			t.Fatalf("page %d is %v points high at row %d", pages, height, i+1)
		}
		for _, c := range r.Cells {
			for k := 1; k < c.Down; k++ {
				if p.Rows[i+k].Break && c.Value != "" {
					t.Errorf("%v reaches over the end of page %d", c.Value, pages)
				}
			}
		}
	}
	if pages < 3 || pages > 5 {
		t.Errorf("%d pages", pages)
	}
	names := 0
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Value == "其中" && c.From > 0 {
				names++
			}
		}
	}
	if want := 3 + pages - 1; names != want { // equal words of two indicators stay apart
		t.Errorf("其中 stands %d times, want %d", names, want)
	}
	if last := p.Rows[len(p.Rows)-1]; !last.Keep || last.Break {
		t.Error("the signatures may stand alone")
	}
}

// shares is a list with so many shares under as many headings.
func shares(n int) *page.Table {
	t := &page.Table{Fixed: 1, Columns: []page.Column{{Heading: []string{"单位"}, Min: 12}}}
	row := []any{"石桥村党支部"}
	for i := range n {
		head := fmt.Sprintf("A%02d 指标", i)
		for k, word := range []string{"分子", "分母", "百分比"} {
			c := page.Column{Heading: []string{head, word}, Format: page.Number, Min: 5, With: k > 0}
			if k == 2 {
				c.Format = page.Percent
			}
			t.Columns = append(t.Columns, c)
		}
		row = append(row, int64(12345), int64(99999), 0.12345)
	}
	for range 60 {
		t.Rows = append(t.Rows, row)
	}
	return t
}

// TestColumnPages: a share's three numbers stay on one page of columns, its heading is
// whole, and every page has the title; nothing but the table stands in what is repeated.
func TestColumnPages(t *testing.T) {
	t.Parallel()
	p := page.Lay(page.Sheet{Name: "单位", Title: "汇总表", Left: "填报单位:石桥镇", Right: "今天", Landscape: true, Blocks: []page.Block{shares(30), page.Signature()}})
	if len(p.Breaks) < 2 {
		t.Fatalf("breaks %v", p.Breaks)
	}
	titles, from := 0, 0.0
	for _, b := range append(slices.Clone(p.Breaks), p.Width) {
		if w := b - from + map[bool]float64{true: p.Fixed}[from > 0]; w > 273 {
			t.Errorf("a page is %v mm wide", w)
		}
		from = b
	}
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			text := fmt.Sprint(c.Value)
			if strings.HasPrefix(text, "汇总表") {
				titles++
			}
			if !c.Look.Box && text != "" && c.Value != nil && c.From < p.Fixed-1 {
				t.Errorf("%q stands in the columns that are repeated", text)
			}
			for _, b := range p.Breaks {
				if c.Look.Box && c.From < b-1 && c.To > b+1 {
					t.Errorf("%q goes over a page's edge", text)
				}
				if (text == "分母" || text == "百分比") && c.From > b-1 && c.From < b+1 {
					t.Errorf("a page begins with %s", text)
				}
			}
		}
	}
	if titles != len(p.Breaks)+1 {
		t.Errorf("%d titles on %d pages of columns", titles, len(p.Breaks)+1)
	}
}

// TestNoColumnIsCut: the line below the title cuts no column of the table in two.
func TestNoColumnIsCut(t *testing.T) {
	t.Parallel()
	tab := shares(4)
	p := page.Lay(page.Sheet{Name: "单位", Title: "汇总表", Left: "填报单位:石桥镇", Middle: "应报 2,实报 1", Right: "2026年6月30日", Landscape: true, Blocks: []page.Block{tab, page.Signature()}})
	if n := len(p.Edges) - 1; n != len(tab.Columns) {
		t.Errorf("%d columns in the sheet, %d in the table", n, len(tab.Columns))
	}
}

// TestFormats: percentages round as a spreadsheet does, changes bear their sign, and a
// cell may be written otherwise than its column.
func TestFormats(t *testing.T) {
	t.Parallel()
	tab := &page.Table{Total: "合计", Columns: []page.Column{{Heading: []string{"名"}, Min: 6}, {Heading: []string{"比"}, Format: page.Percent}, {Heading: []string{"增减"}, Format: page.Signed, Sum: true}, {Heading: []string{"百分点"}, Format: page.Points}},
		Rows: [][]any{{"甲", 0.0625, int64(3), 3.06}, {"乙", 0.5, page.In{Value: 12.5, Format: page.Money}, -0.04}, {"丙", "—", int64(-2), -1.25}}}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := page.Write(context.Background(), path, "", page.Sheet{Name: "一", Title: "一", Blocks: []page.Block{tab}}); err != nil {
		t.Fatal(err)
	}
	text := strings.Join(page.Lay(page.Sheet{Name: "一", Title: "一", Blocks: []page.Block{tab}}).Lines(), "\n")
	for _, want := range []string{"6.3%", "50.0%", "+3", "12.50", "-2", "+3.1", " 0.0", "-1.3", "13.5", "—"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := f.GetRows("一")
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(rows)
	for _, want := range []string{"6.3%", "+3", "12.50", "+3.1"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the sheet %s", want, got)
		}
	}
}

// TestFromGrid: a report becomes a sheet that is signed, numbers as numbers, lying where
// it has no room upright.
func TestFromGrid(t *testing.T) {
	t.Parallel()
	g := sheet.Grid{Title: "增减表", Subtitle: "今天", Name: "增减", Columns: []string{"行", "项目", "人数", "金额"}, Rows: [][]any{{"1", "期初", int64(12), 3.5}}}
	s := page.FromGrid(g)
	if s.Landscape {
		t.Error("a narrow table lies")
	}
	text := strings.Join(page.Lay(s).Lines(), "\n")
	for _, want := range []string{"增减表", "今天", "12", "3.50", "制表人:", "审核人:", "负责人:", "日期:"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for range 12 {
		g.Columns, g.Rows[0] = append(g.Columns, "单位名称"), append(g.Rows[0], "中共石桥镇委员会")
	}
	if !page.FromGrid(g).Landscape {
		t.Error("a wide table stands upright")
	}
}
