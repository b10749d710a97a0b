package page_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

func dues() page.Sheet {
	day := time.Date(2026, 10, 9, 0, 0, 0, 0, time.UTC)
	t := &page.Table{Total: "合计", Fixed: 2, Columns: append([]page.Column{page.Serial(), page.Head("姓名", 8)},
		append(page.Under("十月", page.Column{Heading: []string{"金额"}, Format: page.Money, Sum: true, Min: 8}, page.Column{Heading: []string{"日期"}, Format: page.Date, Min: 10}),
			page.Head("签名", 10), page.Head("备注", 0))...)}
	t.Rows = [][]any{{int64(1), "章一", 2.5, day, nil, "外出务工,由其弟代交,收据在活页夹第三页,年底一并交回"}, {page.Span("第二小组")}, {int64(2), "章二", 1.25, day}}
	return page.Sheet{Name: "党费", Title: "党费收缴登记表", Left: "石桥村党支部", Middle: "单位:元", Right: "2026年10月", Blocks: []page.Block{t,
		page.Lines{Text: []string{"书记签字:            组织委员签字:"}, Space: 12}}}
}

// TestTextPage: the drawing has every value once, in lines of equal width.
func TestTextPage(t *testing.T) {
	t.Parallel()
	lines := page.Lay(dues()).Lines()
	text := strings.Join(lines, "\n")
	for _, want := range []string{"党费收缴登记表", "石桥村党支部", "单位:元", "十月", "金额", "2.50", "1.25", "3.75", "2026-10-09", "第二小组", "合计", "书记签字:"} {
		if strings.Count(text, want) < 1 {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	wide := 0
	for _, l := range lines {
		if strings.HasPrefix(l, "│") || strings.HasPrefix(l, "├") {
			if wide == 0 {
				wide = sheet.CellsOf(l)
			}
			if sheet.CellsOf(l) != wide {
				t.Errorf("a line of %d cells among those of %d: %s", sheet.CellsOf(l), wide, l)
			}
		}
	}
	if wide < 96 || wide > 116 {
		t.Errorf("an upright page is %d cells wide", wide)
	}
}

// TestWorkbook reads the workbook back: values, sums, what is repeated, the print area.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "党费.xlsx")
	if err := page.WriteXLSX(context.Background(), path, []*page.Page{page.Lay(dues())}, "草稿,供核对"); err != nil {
		t.Fatal(err)
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
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if names["_xlnm.Print_Titles"] != "'党费'!$3:$4" {
		t.Errorf("repeated: %q", names["_xlnm.Print_Titles"])
	}
	if names["_xlnm.Print_Area"] == "" {
		t.Error("no print area")
	}
	rows, err := f.GetRows("党费")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for i, r := range rows {
		for j, v := range r {
			if v != "3.75" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := f.GetCellFormula("党费", cell)
			if err != nil {
				t.Fatal(err)
			}
			found = strings.HasPrefix(formula, "SUM(")
		}
	}
	if !found {
		t.Errorf("no sum that is a formula: %q", rows)
	}
}

// TestTooWide: a table that has no room at 9 points is broken into pages of columns, the
// first two repeated, and no letter gets smaller.
func TestTooWide(t *testing.T) {
	t.Parallel()
	tab := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 8)}}
	row := []any{int64(1), "章一"}
	for range 30 {
		tab.Columns = append(tab.Columns, page.Head("一月到二月", 12))
		row = append(row, "123456789012")
	}
	tab.Rows = [][]any{row}
	p := page.Lay(page.Sheet{Name: "宽", Title: "很宽的表", Landscape: true, Blocks: []page.Block{tab}})
	if len(p.Breaks) < 1 || p.Fixed <= 0 {
		t.Fatalf("breaks %v, fixed %v", p.Breaks, p.Fixed)
	}
	from := 0.0
	for i, b := range append(p.Breaks, p.Width) {
		w := b - from
		if i > 0 {
			w += p.Fixed
		}
		if w > 273 {
			t.Errorf("page %d is %.0f mm wide", i+1, w)
		}
		from = b
	}
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Look.Size < page.MinSize {
				t.Errorf("%v in %v points", c.Value, c.Look.Size)
			}
		}
	}
}
