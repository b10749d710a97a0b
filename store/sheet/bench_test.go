package sheet_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
	"taizhang/store/sheet"
)

// roster makes a list of n made-up members.
func roster(n int) [][]any {
	rows := [][]any{{"党员花名册"}, {"序号", "姓名", "性别", "民族", "身份证号", "学历", "入党时间", "转正时间", "从业类别", "联系电话", "家庭住址", "备注"}}
	for i := range n {
		birth := model.Date("1950-01-01").AddDays(i % 7507 * 2)
		joined := birth.AddYears(25)
		rows = append(rows, []any{i + 1, fmt.Sprintf("张%c%c", rune(0x4e00+i%3000), rune(0x5000+i%97)), nil, "汉族",
			idNumber(birth.Time().Format("20060102"), i%1000), "高中", string(joined), string(joined.AddYears(1)), "务农", fmt.Sprintf("100%08d", i), "三组", nil})
	}
	return rows
}

// BenchmarkImport reads a list of 10,000 members and writes them into a new ledger, beside
// what excelize takes to read the same file and a bare durable transaction to write the same
// rows.
func BenchmarkImport(b *testing.B) {
	path := workbook(b, "名册.xlsx", roster(10_000))
	var spent [4]time.Duration
	for b.Loop() {
		l := mustCreate(b)
		copied := filepath.Join(b.TempDir(), "bare.db")
		if err := l.Backup(b.Context(), copied); err != nil {
			b.Fatal(err)
		}
		started := time.Now()
		p := mustRead(b, l, "person", path, sheet.ReadOptions{})
		spent[0] += time.Since(started)
		if _, taken, _, _, _ := p.Counts(); taken != 10_000 {
			b.Fatal(counts(p), p.Rows[0].Reason)
		}
		started = time.Now()
		saved, err := p.Apply(b.Context(), l)
		spent[1] += time.Since(started)
		if err != nil {
			b.Fatal(err)
		}
		spent[2] += storetest.NewBare(b, copied).Write(b, l, saved)
		spent[3] += excelizeAlone(b, path)
	}
	for i, unit := range []string{"ms/read", "ms/apply", "ms/bare", "ms/excelize"} {
		b.ReportMetric(float64(spent[i].Milliseconds())/float64(b.N), unit)
	}
	b.ReportMetric(float64(spent[0])/float64(spent[3]), "read/excelize")
	b.ReportMetric(float64(spent[1])/float64(spent[2]), "apply/bare")
}

func excelizeAlone(tb testing.TB, path string) time.Duration {
	tb.Helper()
	started := time.Now()
	f, err := excelize.OpenFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	took := time.Since(started)
	if err := errors.Join(err, f.Close()); err != nil || len(rows) < 10_000 {
		tb.Fatal(len(rows), err)
	}
	return took
}

// TestImportIsLean bounds what a row of a list costs to read and to write, by what can be
// counted: allocations and their bytes. The bounds are 1.3 times what they were when they
// were set.
func TestImportIsLean(t *testing.T) {
	const rows = 3000
	path := workbook(t, "名册.xlsx", roster(rows))
	l := mustCreate(t)
	var p *sheet.Plan
	read := measured(func() { p = mustRead(t, l, "person", path, sheet.ReadOptions{}) })
	if _, taken, _, _, _ := p.Counts(); taken != rows {
		t.Fatal(counts(p), p.Rows[0].Reason)
	}
	written := measured(func() { mustApply(t, l, p) })
	for _, c := range []struct {
		what             string
		got              runtime.MemStats
		allocations, kiB uint64
	}{{"read", read, 253, 14}, {"write", written, 277, 27}} {
		allocations, bytes := c.got.Mallocs/rows, c.got.TotalAlloc/rows
		t.Logf("%s: %d allocations, %d bytes a row", c.what, allocations, bytes)
		if allocations > c.allocations || bytes > c.kiB<<10 {
			t.Errorf("%s: %d allocations and %d bytes a row, more than %d and %d KiB", c.what, allocations, bytes, c.allocations, c.kiB)
		}
	}
}

// measured tells what a function allocates.
func measured(do func()) (spent runtime.MemStats) {
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&spent)
	spent.Mallocs -= before.Mallocs
	spent.TotalAlloc -= before.TotalAlloc
	return spent
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
