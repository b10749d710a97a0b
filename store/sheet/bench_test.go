package sheet_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

// roster makes a list of n made-up members.
func roster(n int) [][]any {
	rows := [][]any{{"党员花名册"}, {"序号", "姓名", "性别", "民族", "身份证号", "学历", "入党时间", "转正时间", "从业类别", "联系电话", "家庭住址", "备注"}}
	for i := range n {
		birth := model.Date("1950-01-01").AddDays(i * 3)
		joined := birth.AddYears(25)
		rows = append(rows, []any{i + 1, fmt.Sprintf("张%c%c", rune(0x4e00+i%3000), rune(0x5000+i%97)), nil, "汉族",
			idNumber(birth.Time().Format("20060102"), i%1000), "高中", string(joined), string(joined.AddYears(1)), "务农", fmt.Sprintf("100%08d", i), "三组", nil})
	}
	return rows
}

// BenchmarkImport reads a list of 5,000 members and writes them into a new ledger.
func BenchmarkImport(b *testing.B) {
	path := workbook(b, "名册.xlsx", roster(5000))
	for b.Loop() {
		l := mustCreate(b)
		p := mustRead(b, l, "person", path, sheet.ReadOptions{})
		if _, taken, _, _, _ := p.Counts(); taken != 5000 {
			b.Fatal(counts(p), p.Rows[0].Reason)
		}
		mustApply(b, l, p)
	}
}

// BenchmarkRead looks the same list through a second time: all are duplicates.
func BenchmarkRead(b *testing.B) {
	path := workbook(b, "名册.xlsx", roster(5000))
	l := mustCreate(b)
	mustApply(b, l, mustRead(b, l, "person", path, sheet.ReadOptions{}))
	for b.Loop() {
		if _, _, _, duplicates, _ := mustRead(b, l, "person", path, sheet.ReadOptions{}).Counts(); duplicates != 5000 {
			b.Fatal(duplicates)
		}
	}
}

// BenchmarkWriteXLSX writes 5,000 persons with every field.
func BenchmarkWriteXLSX(b *testing.B) {
	l := mustCreate(b)
	mustApply(b, l, mustRead(b, l, "person", workbook(b, "名册.xlsx", roster(5000)), sheet.ReadOptions{}))
	page, err := l.Page(b.Context(), store.Query{Kind: "person"})
	if err != nil {
		b.Fatal(err)
	}
	t := sheet.Table{Title: "青石沟村党支部", Kind: kindOf(b, l, "person"), Records: page.Records, ShowIDs: true, Env: l.Env(b.Context())}
	for b.Loop() {
		if err := sheet.WriteXLSX(b.Context(), filepath.Join(b.TempDir(), "a.xlsx"), t); err != nil {
			b.Fatal(err)
		}
	}
}
