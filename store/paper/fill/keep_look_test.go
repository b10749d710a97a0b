package fill_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
)

// TestHalfFilled: what stands in a form already is completed, never overwritten, and
// where the ledger says something else both are named.
func TestHalfFilled(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")[:6]
	b := head("序号", "姓名", "性别", "身份证号", "联系电话", "学历")
	for i, n := range []int{2, 0} { // two are in the form, in another order
		p := people[n]
		b.cells[at(4+i, 1)], b.cells[at(4+i, 2)] = i+1, p.Str("name")
	}
	b.cells["C4"], b.cells["F5"], b.cells["E4"] = people[2].Str("sex"), "博士", "10000000000"
	b.cells["A6"], b.cells["B6"], b.cells["E6"] = 3, "外村某", "10011112222"
	path := b.write(t)
	out, result := fillForm(t, l, plan(t, path, ""), people)
	f := open(t, out)
	wantValue(t, f, "Sheet1", "E4", "10000000000")
	wantValue(t, f, "Sheet1", "D4", people[2].Str("id_number"))
	wantValue(t, f, "Sheet1", "F5", "博士")
	wantValue(t, f, "Sheet1", "E5", people[0].Str("phone"))
	wantValue(t, f, "Sheet1", "B6", "外村某")
	wantValue(t, f, "Sheet1", "D6", "")
	for i, n := range []int{1, 3, 4, 5} { // the others, below
		wantValue(t, f, "Sheet1", at(7+i, 2), people[n].Str("name"))
		wantValue(t, f, "Sheet1", at(7+i, 1), fmt.Sprint(4+i))
	}
	kept := strings.Join(result.Kept, "\n")
	if len(result.Kept) != 3 || !strings.Contains(kept, "外村某") || !strings.Contains(kept, "博士") || strings.Contains(kept, people[2].Str("phone")) || strings.Contains(kept, "10000000000") {
		t.Errorf("named as kept: %q", result.Kept)
	}
	// Filled once more with the same records nothing changes.
	again, result := fillForm(t, l, plan(t, out, ""), people)
	f2 := open(t, again)
	for r := 4; r <= 11; r++ {
		for c := 1; c <= 6; c++ {
			if a, b := value(t, f, "Sheet1", at(r, c)), value(t, f2, "Sheet1", at(r, c)); a != b {
				t.Errorf("%s was %q and is %q", at(r, c), a, b)
			}
		}
	}
	if result.Added != 0 {
		t.Errorf("%d rows were added", result.Added)
	}
}

// TestNamesakes: two of one name are told apart by what else stands in the row; nobody is
// guessed.
func TestNamesakes(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")[:2]
	a, b := people[0].Clone(), people[1].Clone()
	b.Set("name", a.Str("name"))
	bl := head("序号", "姓名", "身份证号", "联系电话")
	bl.cells["B4"], bl.cells["C4"] = a.Str("name"), b.Str("id_number")
	bl.cells["B5"] = a.Str("name")
	out, _ := fillForm(t, l, plan(t, bl.write(t), ""), []*model.Record{a, b})
	f := open(t, out)
	wantValue(t, f, "Sheet1", "D4", b.Str("phone"))
	wantValue(t, f, "Sheet1", "D5", a.Str("phone"))
	bl = head("序号", "姓名", "身份证号", "联系电话")
	bl.cells["B4"] = a.Str("name")
	out, result := fillForm(t, l, plan(t, bl.write(t), ""), []*model.Record{a, b})
	wantValue(t, open(t, out), "Sheet1", "D4", "")
	if len(result.Kept) != 1 {
		t.Errorf("named as kept: %q", result.Kept)
	}
}

// TestCopies: a form of one record becomes a sheet for each, named by it, with all that
// belongs to the form's sheet.
func TestCopies(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")[:5]
	b := blank{sheet: "登记卡", cells: map[string]any{"A1": "党员登记卡", "A2": "姓名", "C2": "性别", "A3": "出生日期", "C3": "学历"}, merge: []string{"A1:D1"}, frames: []string{"A2:D3"},
		more: func(t *testing.T, f *excelize.File, sheet string) {
			must(t, f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: sheet + "!$A$1:$D$3", Scope: sheet}))
			size, across := 9, "landscape"
			must(t, f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &across}))
			must(t, f.SetColWidth(sheet, "A", "D", 17))
			must(t, f.AddComment(sheet, excelize.Comment{Cell: "A2", Author: "县", Paragraph: []excelize.RichTextRun{{Text: "按身份证"}}}))
			picture(t, f, sheet, "D1")
			listCheck(t, f, sheet, "D2", "男", "女")
			_, err := f.NewSheet("填表说明")
			must(t, err)
			must(t, f.SetCellValue("填表说明", "A1", "一人一表。"))
		}}
	out, result := fillForm(t, l, plan(t, b.write(t), ""), people)
	f := open(t, out)
	if result.Copies != 5 {
		t.Errorf("%d copies", result.Copies)
	}
	want := []string{people[0].Str("name"), "填表说明"}
	for _, p := range people[1:] {
		want = append(want, p.Str("name"))
	}
	if got := f.GetSheetList(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("sheets %q, want %q", got, want)
	}
	for _, p := range people {
		sheet := p.Str("name")
		wantValue(t, f, sheet, "B2", sheet)
		wantValue(t, f, sheet, "D2", p.Str("sex"))
		wantValue(t, f, sheet, "B3", p.Str("birth_date"))
		layout, err := f.GetPageLayout(sheet)
		must(t, err)
		if *layout.Orientation != "landscape" || *layout.Size != 9 {
			t.Errorf("%s: page %v %v", sheet, *layout.Orientation, *layout.Size)
		}
		if pics, err := f.GetPictures(sheet, "D1"); err != nil || len(pics) != 1 {
			t.Errorf("%s has %d pictures: %v", sheet, len(pics), err)
		}
		if notes, err := f.GetComments(sheet); err != nil || len(notes) != 1 || notes[0].Cell != "A2" {
			t.Errorf("%s has the notes %v: %v", sheet, notes, err)
		}
		if dv, err := f.GetDataValidations(sheet); err != nil || len(dv) != 1 {
			t.Errorf("%s has %d checks: %v", sheet, len(dv), err)
		}
		area := 0
		for _, d := range f.GetDefinedName() {
			if d.Scope == sheet && strings.HasSuffix(d.RefersTo, "$A$1:$D$3") && strings.Contains(d.RefersTo, sheet) {
				area++
			}
		}
		if area != 1 {
			t.Errorf("%s has %d print areas: %v", sheet, area, f.GetDefinedName())
		}
	}
	typed(t, out)
	tooMany(t, b, append(chosen(t, l, "person", "在册党员"), people...))
}

// typed: the type of each part is said once, without which Excel calls a file broken.
func typed(t *testing.T, out string) {
	t.Helper()
	types := string(parts(t, out)["[Content_Types].xml"])
	for name := range parts(t, out) {
		if strings.HasPrefix(name, "xl/worksheets/sheet") || strings.HasPrefix(name, "xl/comments") || strings.HasPrefix(name, "xl/drawings/drawing") {
			if strings.Count(types, `"/`+name+`"`) != 1 {
				t.Errorf("the type of %s isn't said once", name)
			}
		}
	}
}

// tooMany: a hundred copies are the most.
func tooMany(t *testing.T, b blank, many []*model.Record) {
	t.Helper()
	if _, err := plan(t, b.write(t), "").Fill(context.Background(), village(t).Env(context.Background()), many, filepath.Join(t.TempDir(), "x.xlsx")); err == nil || !strings.Contains(err.Error(), "最多 100 条") {
		t.Errorf("more than 100: %v", err)
	}
}

func picture(t *testing.T, f *excelize.File, sheet, cell string) {
	t.Helper()
	var buf bytes.Buffer
	must(t, png.Encode(&buf, image.NewGray(image.Rect(0, 0, 4, 4))))
	must(t, f.AddPictureFromBytes(sheet, cell, &excelize.Picture{Extension: ".png", File: buf.Bytes(), Format: &excelize.GraphicOptions{}}))
}

// TestNothingLost: notes, pictures, page breaks, checks of single rows, colours by turns,
// filters, protection and other sheets live through added rows.
func TestNothingLost(t *testing.T) {
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	b := blank{sheet: "名册", cells: with(map[string]any{"A1": "党员名册"}, columns(3, "序号", "姓名", "性别", "民族"), map[string]any{"A10": "填表人:", "D12": "见说明"}), frames: []string{"A3:D8"},
		more: func(t *testing.T, f *excelize.File, sheet string) {
			for r := 4; r <= 8; r++ {
				listCheck(t, f, sheet, at(r, 3), "男", "女")
			}
			must(t, f.AddComment(sheet, excelize.Comment{Cell: "A10", Author: "县", Paragraph: []excelize.RichTextRun{{Text: "签名"}}}))
			must(t, f.AddComment(sheet, excelize.Comment{Cell: "B3", Author: "县", Paragraph: []excelize.RichTextRun{{Text: "按身份证"}}}))
			picture(t, f, sheet, "D10")
			must(t, f.InsertPageBreak(sheet, "A11"))
			must(t, f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{Password: "1", SelectLockedCells: true, AlgorithmName: "SHA-512"}))
			must(t, f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 3, TopLeftCell: "A4", ActivePane: "bottomLeft"}))
			must(t, f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddHeader: "&R附件2", OddFooter: "&C&P"}))
			must(t, f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: sheet + "!$A$1:$D$12", Scope: sheet}))
			must(t, f.SetRowHeight(sheet, 7, 31))
			_, err := f.NewSheet("汇总")
			must(t, err)
			must(t, f.SetCellFormula("汇总", "A1", "COUNTA(名册!B4:B8)"))
			must(t, f.SetCellValue("汇总", "A2", "人数"))
		}}
	path := b.write(t)
	out, result := fillForm(t, l, plan(t, path, ""), people)
	n := len(people) - 5
	if result.Added != n {
		t.Fatalf("%d rows added, want %d", result.Added, n)
	}
	g := grown{sheet: "名册", at: 8, n: n, like: 7}
	unchanged(t, path, out, g, func(sheet, cell string) bool {
		_, _, bottom, _ := span(cell)
		return sheet == "名册" && bottom >= 4 && bottom <= 8+n || sheet == "汇总" && cell == "A1"
	})
	f := open(t, out)
	wantFormula(t, f, "汇总", "A1", fmt.Sprintf("COUNTA(名册!B4:B%d)", 8+n))
	notes, err := f.GetComments("名册")
	must(t, err)
	got := map[string]bool{}
	for _, c := range notes {
		got[c.Cell] = true
	}
	if !got["B3"] || !got[at(10+n, 1)] || len(got) != 2 {
		t.Errorf("notes at %v", got)
	}
	if pics, err := f.GetPictures("名册", at(10+n, 4)); err != nil || len(pics) != 1 {
		t.Errorf("%d pictures at their place: %v", len(pics), err)
	}
	sheet := string(parts(t, out)["xl/worksheets/sheet1.xml"])
	if want := fmt.Sprintf(`<brk id="%d"`, 10+n); !strings.Contains(sheet, want) {
		t.Errorf("no %s in the sheet", want)
	}
}

// TestStripes: rows in two colours go on by turns.
func TestStripes(t *testing.T) {
	l := village(t)
	b := blank{cells: columns(2, "姓名", "性别"), frames: []string{"A2:B8"}, more: func(t *testing.T, f *excelize.File, sheet string) {
		id, err := f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Color: []string{"DDDDDD"}, Pattern: 1}, Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "top", Style: 1}}})
		must(t, err)
		for r := 4; r <= 8; r += 2 {
			must(t, f.SetCellStyle(sheet, at(r, 1), at(r, 2), id))
		}
	}}
	out, _ := fillForm(t, l, plan(t, b.write(t), ""), chosen(t, l, "person", "在册党员")[:21])
	f := open(t, out)
	for r := 3; r < 22; r++ {
		if style(t, f, "Sheet1", at(r, 1)) == style(t, f, "Sheet1", at(r+1, 1)) {
			t.Errorf("rows %d and %d have one colour", r, r+1)
		}
	}
}

// TestSpeed: two thousand records stand in the form within five seconds.
func TestSpeed(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	l := village(t)
	people := chosen(t, l, "person", "在册党员")
	var many []*model.Record
	for len(many) < 2000 {
		many = append(many, people...)
	}
	b := blank{cells: with(columns(3, "序号", "姓名", "性别", "民族", "出生年月", "身份证号", "学历", "籍贯", "入党时间", "转正时间", "人员类别", "党内职务", "联系电话", "家庭住址", "备注"), map[string]any{"A9": "合计"}),
		merge: []string{"N4:N4"}, frames: []string{"A3:O9"}, more: func(t *testing.T, f *excelize.File, sheet string) {
			must(t, f.SetCellFormula(sheet, "B9", "COUNTA(B4:B8)"))
			for r := 4; r <= 8; r++ {
				must(t, f.SetCellFormula(sheet, at(r, 1), "ROW()-3"))
				must(t, f.MergeCell(sheet, at(r, 15), at(r, 16)))
			}
		}}
	path := b.write(t)
	began := time.Now()
	out, _ := fillForm(t, l, plan(t, path, ""), many[:2000])
	took := time.Since(began)
	t.Logf("2,000 records in %v", took)
	if took > 20*time.Second { // five seconds where nothing else runs
		t.Errorf("2,000 records took %v", took)
	}
	f := open(t, out)
	wantValue(t, f, "Sheet1", "B2003", many[1999].Str("name"))
	wantFormula(t, f, "Sheet1", "B2004", "COUNTA(B4:B2003)")
}
