package fill_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model/party"
	"taizhang/store/paper/fill"
)

// TestStack: sheets that came back are joined by their headings, in whatever order; each
// row says from which file it is, and what doesn't fit is named.
func TestStack(t *testing.T) {
	sheet := func(name string, heads []string, rows ...[]any) string {
		b := blank{name: name, cells: with(map[string]any{"A1": "党员名册"}, columns(3, heads...), map[string]any{"A9": "合计"}), frames: []string{"A3:" + at(9, len(heads))},
			more: func(t *testing.T, f *excelize.File, sheet string) {
				must(t, f.SetCellFormula(sheet, "B9", "COUNTA(B4:B8)"))
			}}
		for i, row := range rows {
			for k, v := range row {
				b.cells[at(4+i, k+1)] = v
			}
		}
		return b.write(t)
	}
	heads := []string{"序号", "姓名", "性别", "身份证号", "月缴党费"}
	a := sheet("上村.xlsx", heads, []any{1, "甲一", "男", "990101197711170018", 0.5}, []any{2, "甲二", "女", "", 1})
	b := sheet("下村.xlsx", []string{"序号", "性别", "姓名", "月缴党费", "身份证号", "备注栏"}, []any{1, "男", "乙一", 2, ""}, []any{2, "女", "乙二", "两块", ""}, []any{3, "女", "", 1, ""}, []any{4, "男", "乙四", 0.2, "12345"},
		[]any{5, "男", "甲一", 0.5, "990101197711170018"})
	c := sheet("东村.xlsx", heads[:4], []any{1, "丙一", "男", ""})
	d := blank{name: "别的.xlsx", cells: columns(2, "会议名称", "时间", "地点"), frames: []string{"A2:C5"}}.write(t)
	out := filepath.Join(t.TempDir(), "合.xlsx")
	got, err := fill.Stack(context.Background(), party.Kinds, []string{a, b, c, d}, out)
	must(t, err)
	f := open(t, out)
	for i, want := range [][]string{{"1", "甲一", "男", "990101197711170018", "0.5", "上村.xlsx"}, {"2", "甲二", "女", "", "1", "上村.xlsx"}, {"3", "乙一", "男", "", "2", "下村.xlsx"},
		{"4", "甲一", "男", "990101197711170018", "0.5", "下村.xlsx"}, {"5", "丙一", "男", "", "", "东村.xlsx"}} {
		for k, v := range want {
			wantValue(t, f, "Sheet1", at(4+i, k+1), v)
		}
	}
	wantFormula(t, f, "Sheet1", "B9", "COUNTA(B4:B8)")
	wantValue(t, f, "Sheet1", "F3", "来源文件")
	if kind, err := f.GetCellType("Sheet1", "E4"); err != nil || kind != excelize.CellTypeUnset {
		t.Errorf("E4 is no number: %v %v", kind, err)
	}
	apart, notes := strings.Join(got.Apart, "\n"), strings.Join(got.Notes, "\n")
	for _, want := range []string{"下村.xlsx第 5 行:月缴党费“两块”", "下村.xlsx第 6 行:没有写是谁", "下村.xlsx第 7 行:身份证号", "别的.xlsx:"} {
		if !strings.Contains(apart, want) {
			t.Errorf("%q isn't among those apart: %q", want, apart)
		}
	}
	for _, want := range []string{"下村.xlsx多出这几列,没有并入:备注栏", "东村.xlsx缺这几列,空着:月缴党费", "下村.xlsx第 8 行和上村.xlsx第 4 行像是同一条"} {
		if !strings.Contains(notes, want) {
			t.Errorf("%q isn't among the notes: %q", want, notes)
		}
	}
	if len(got.Apart) != 4 || len(got.Notes) != 3 || got.Rows != 5 || strings.Contains(apart, "12345") {
		t.Errorf("%d rows; apart %q; notes %q", got.Rows, got.Apart, got.Notes)
	}
	if _, err := fill.Stack(context.Background(), party.Kinds, []string{a}, out); err == nil {
		t.Error("one file is joined with itself")
	}
}
