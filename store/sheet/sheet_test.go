package sheet_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/sheet"
)

// today is the day of all tests.
var today = time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)

// mustCreate makes a ledger that the test's end closes.
func mustCreate(t testing.TB) *store.Ledger {
	t.Helper()
	source := &model.Source{Now: func() time.Time { return today }, Rand: rand.NewChaCha8([32]byte{1})}
	home := store.Home{Code: "990101001001", Name: "青石沟村党支部", Kind: "党支部", Domain: "行政村", Township: "清河镇", County: "澄安县"}
	l, err := book.Create(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), home, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func kindOf(t testing.TB, l *store.Ledger, name string) *model.Kind {
	t.Helper()
	k, err := l.Kinds().Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// mustSave saves one record of a kind from texts as typed; a ref takes an id.
func mustSave(t testing.TB, l *store.Ledger, kind string, pairs ...string) *model.Record {
	t.Helper()
	r, err := l.New(t.Context(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		var v model.Value = pairs[i+1]
		if f.Target == "" {
			if v, err = f.Type.Parse(f, pairs[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		r.Set(pairs[i], v)
	}
	saved, err := l.Save(t.Context(), model.FromSheet, r)
	if err != nil {
		t.Fatalf("save %s: %v", kind, err)
	}
	return saved.Records[0]
}

// idNumber makes a number of the made-up area with a right check character.
func idNumber(birth string, sequence int) string {
	body := fmt.Sprintf("990101%s%03d", birth, sequence)
	return body + string(model.IDCheckChar(body))
}

// workbook writes rows to an .xlsx file, given as cells: nil is no cell, a
// time.Time is a date shown as yyyy-mm-dd, a styled is a number with a format.
func workbook(t testing.TB, name string, rows [][]any, change ...func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		for j, v := range row {
			setCell(t, f, j+1, i+1, v)
		}
	}
	for _, c := range change {
		c(f)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := errors.Join(f.SaveAs(path), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

type styled struct {
	number float64
	format string
}

func setCell(t testing.TB, f *excelize.File, column, row int, v any) {
	t.Helper()
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	format := ""
	switch x := v.(type) {
	case nil:
		return
	case time.Time:
		format = "yyyy-mm-dd"
	case styled:
		v, format = x.number, x.format
	}
	if err := f.SetCellValue("Sheet1", cell, v); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
		t.Fatal(err)
	}
}

// textFile writes a file of any content.
func textFile(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// mustRead reads a file into a plan.
func mustRead(t testing.TB, l *store.Ledger, kind, path string, o sheet.ReadOptions) *sheet.Plan {
	t.Helper()
	p, err := sheet.Read(t.Context(), l, kindOf(t, l, kind), path, o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func mustApply(t testing.TB, l *store.Ledger, p *sheet.Plan) store.Saved {
	t.Helper()
	s, err := p.Apply(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// counts writes the five counts of a plan.
func counts(p *sheet.Plan) string {
	read, taken, updated, duplicates, rejected := p.Counts()
	return fmt.Sprintf("read %d, taken %d, updated %d, duplicates %d, rejected %d", read, taken, updated, duplicates, rejected)
}

// rowOf gives the plan's row of a sheet row.
func rowOf(t testing.TB, p *sheet.Plan, number int) sheet.Row {
	t.Helper()
	for _, r := range p.Rows {
		if r.Number == number {
			return r
		}
	}
	t.Fatalf("no row %d among %d rows", number, len(p.Rows))
	return sheet.Row{}
}

// wantText fails unless got holds every part.
func wantText(t testing.TB, got string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(got, p) {
			t.Errorf("%q does not say %q", got, p)
		}
	}
}

// wantError fails unless err is a coded error that holds every part.
func wantError(t testing.TB, err error, code string, parts ...string) {
	t.Helper()
	var coded *model.Error
	if !errors.As(err, &coded) {
		t.Fatalf("error %v is not for a person", err)
	}
	if coded.Code != code {
		t.Errorf("code %s, want %s (%s)", coded.Code, code, coded.Message)
	}
	wantText(t, coded.Message, parts...)
}

func count(t testing.TB, l *store.Ledger, kind string) int {
	t.Helper()
	n, err := l.Count(context.Background(), store.Query{Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// members is a small list with a title, a merged line and every common spelling.
func members(extra ...[]any) [][]any {
	rows := [][]any{
		{"青石沟村党支部党员花名册"},
		{"填报单位:青石沟村党支部  2026年10月"},
		{"序号", "姓名", "性别", "民族", "公民身份\n号码", "学历", "入党时间", "转正时间", "备注(外出)"},
	}
	return append(rows, extra...)
}

func csvBytes(rows ...string) []byte {
	return []byte(strings.Join(rows, "\r\n") + "\r\n")
}

func withBOM(b []byte) []byte { return append([]byte("\xEF\xBB\xBF"), bytes.Clone(b)...) }
