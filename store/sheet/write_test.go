package sheet_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/sheet"
)

// people gives a table of persons on file.
func people(t testing.TB, l *store.Ledger, showIDs bool, columns ...string) sheet.Table {
	t.Helper()
	page, err := l.Page(t.Context(), store.Query{Kind: "person", Sort: []string{"birth_date"}})
	if err != nil {
		t.Fatal(err)
	}
	return sheet.Table{Title: l.Home().Text("name"), Kind: kindOf(t, l, "person"), Columns: columns, Records: page.Records, ShowIDs: showIDs, Env: l.Env(t.Context())}
}

func withPeople(t testing.TB) *store.Ledger {
	t.Helper()
	l := mustCreate(t)
	mustSave(t, l, "person", "name", "张三", "sex", "男", "status", "正式党员", "id_number", idNumber("19700315", 1), "birth_date", "1970-03-15",
		"phone", "10012345678", "joined_on", "2000-07-01", "confirmed_on", "2001-07-01", "monthly_dues", "0.5", "note", "=HYPERLINK(\"x\")", "address", "+1组")
	mustSave(t, l, "person", "name", "李四", "sex", "女", "status", "群众", "birth_date", "1980-05-01", "address", "@乙", "note", "-1")
	return l
}

func TestXLSX(t *testing.T) {
	l := withPeople(t)
	path := filepath.Join(t.TempDir(), "名册.xlsx")
	if err := sheet.WriteXLSX(t.Context(), path, people(t, l, true, "name", "age", "id_number", "phone", "birth_date", "monthly_dues", "note", "address")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
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
	name := f.GetSheetName(0)
	for cell, want := range map[string]string{
		"A1": "青石沟村党支部 人员", "A2": "2026年10月31日  共 2 条", "A3": "姓名", "B3": "年龄", "B4": "56",
		"C4": idNumber("19700315", 1), "D4": "10012345678", "E4": "1970-03-15", "F4": "0.50", "G4": "=HYPERLINK(\"x\")", "H4": "+1组", "H5": "@乙", "G5": "-1",
	} {
		if got, err := f.GetCellValue(name, cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
	for cell, want := range map[string]excelize.CellType{"C4": excelize.CellTypeInlineString, "D4": excelize.CellTypeInlineString, "G4": excelize.CellTypeInlineString,
		"G5": excelize.CellTypeInlineString, "E4": excelize.CellTypeUnset, "F4": excelize.CellTypeUnset} {
		if got, err := f.GetCellType(name, cell); err != nil || got != want {
			t.Errorf("%s has type %v, want %v (%v)", cell, got, want, err)
		}
		if formula, err := f.GetCellFormula(name, cell); err != nil || formula != "" {
			t.Errorf("%s has a formula %q, %v", cell, formula, err)
		}
	}
	style, err := f.GetCellStyle(name, "C4")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 {
		t.Errorf("ID numbers have number format %d, want 49 (text); %v", s.NumFmt, err)
	}
	printed(t, f, name)
}

// printed looks at what makes the sheet print well.
func printed(t *testing.T, f *excelize.File, name string) {
	t.Helper()
	panes, err := f.GetPanes(name)
	if err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	page, err := f.GetPageLayout(name)
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("page %+v, %v", page, err)
	}
	props, err := f.GetSheetProps(name)
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("not fitted to the page: %v", err)
	}
	titles := ""
	for _, d := range f.GetDefinedName() {
		if d.Name == "_xlnm.Print_Titles" {
			titles = d.RefersTo
		}
	}
	if titles != "'人员'!$1:$3" {
		t.Errorf("print titles %q", titles)
	}
	merged, err := f.GetMergeCells(name)
	if err != nil || len(merged) != 2 || merged[0].GetEndAxis() != "H1" {
		t.Errorf("merged %v, %v", merged, err)
	}
	if w, err := f.GetColWidth(name, "C"); err != nil || w != 20 {
		t.Errorf("width of the ID numbers %v, %v", w, err)
	}
}

func TestMasked(t *testing.T) {
	l := withPeople(t)
	table := people(t, l, false, "name", "id_number", "phone")
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := sheet.WriteXLSX(t.Context(), path, table); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := sheet.CSV(&b, table, false); err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{sheetText(t, path), b.String()} {
		if strings.Contains(got, idNumber("19700315", 1)) || strings.Contains(got, "10012345678") || !strings.Contains(got, "990101************") {
			t.Errorf("not masked:\n%s", got)
		}
	}
}

// A masked list read back changes no number: the masked cells count as not filled.
func TestMaskedListReadBack(t *testing.T) {
	l := withPeople(t)
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := sheet.WriteXLSX(t.Context(), path, people(t, l, false)); err != nil {
		t.Fatal(err)
	}
	p := mustRead(t, l, "person", path, sheet.ReadOptions{OnDuplicate: sheet.Update})
	if got, want := counts(p), "read 2, taken 0, updated 0, duplicates 2, rejected 0"; got != want {
		for _, r := range p.Rows {
			t.Log(r.Number, r.Verdict, r.Reason, r.Warnings)
		}
		t.Errorf("%s, want %s", got, want)
	}
}

func TestCSVGuard(t *testing.T) {
	l := mustCreate(t)
	k := kindOf(t, l, "person")
	values := []string{"=1+1", "+甲", "-乙", "@丙", "-12.5", "+86", "'=1", "''@x", "'引号", "a,b", "多\n行", "说\"好\""}
	table := sheet.Table{Kind: k, Columns: []string{"name", "sex", "status", "note"}}
	for _, v := range values {
		r := model.NewRecord(k)
		for name, text := range map[string]string{"name": "张三", "sex": "男", "status": "群众", "note": v} {
			r.Set(name, text)
		}
		table.Records = append(table.Records, r)
	}
	var b bytes.Buffer
	if err := sheet.CSV(&b, table, true); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b.Bytes(), []byte("\xEF\xBB\xBF姓名,性别,人员类别,备注\r\n")) {
		t.Errorf("begins with %q", b.String()[:40])
	}
	lines, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		got := lines[i+1][3]
		if strings.ContainsAny(got[:1], "=@") || strings.HasPrefix(got, "-乙") || strings.HasPrefix(got, "+甲") {
			t.Errorf("%q would be a formula", got)
		}
		if (v == "-12.5" || v == "+86" || v == "'引号") && got != v {
			t.Errorf("%q is written as %q", v, got)
		}
	}
	p := mustRead(t, l, "person", textFile(t, "a.csv", b.Bytes()), sheet.ReadOptions{})
	for i, v := range values {
		if got := p.Rows[i].Record.Text("note"); got != v {
			t.Errorf("%q is read back as %q", v, got)
		}
	}
}

func TestWritingIsRefusedPlainly(t *testing.T) {
	l := withPeople(t)
	table := people(t, l, true, "name")
	missing := filepath.Join(t.TempDir(), "没有", "a.xlsx")
	wantError(t, sheet.WriteXLSX(t.Context(), missing, table), "E-DIR", "文件夹")
	wantError(t, sheet.WriteCSV(t.Context(), missing, table, true), "E-DIR", "文件夹")
	if os.Getuid() != 0 {
		locked := t.TempDir()
		if err := os.Chmod(locked, 0o500); err != nil {
			t.Fatal(err)
		}
		wantError(t, sheet.WriteXLSX(t.Context(), filepath.Join(locked, "a.xlsx"), table), "E-SHEET-WRITE", "没有权限")
	}
	long := model.NewRecord(table.Kind)
	long.Set("note", strings.Repeat("长", 40000))
	dir := t.TempDir()
	err := sheet.WriteXLSX(t.Context(), filepath.Join(dir, "a.xlsx"), sheet.Table{Kind: table.Kind, Columns: []string{"note"}, Records: []*model.Record{long}})
	wantError(t, err, "E-SHEET-CELL", "备注")
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestFileIsReplacedWhole(t *testing.T) {
	l := withPeople(t)
	path := textFile(t, "a.csv", []byte("旧"))
	if err := sheet.WriteCSV(t.Context(), path, people(t, l, true, "name"), false); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != "姓名\r\n张三\r\n李四\r\n" {
		t.Errorf("%q, %v", got, err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestNamesakesAreTold(t *testing.T) {
	l := mustCreate(t)
	for _, birth := range []string{"1970-03-15", "1980-08-08"} {
		mustSave(t, l, "person", "name", "张三", "sex", "男", "status", "群众", "birth_date", birth)
	}
	page, err := l.Page(t.Context(), store.Query{Kind: "person", Sort: []string{"birth_date"}})
	if err != nil {
		t.Fatal(err)
	}
	mustSave(t, l, "talk", "held_on", "2026-10-08", "person", page.Records[0].ID, "talker", page.Records[1].ID)
	talks, err := l.Page(t.Context(), store.Query{Kind: "talk"})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := sheet.CSV(&b, sheet.Table{Kind: kindOf(t, l, "talk"), Columns: []string{"person", "talker"}, Records: talks.Records, Env: l.Env(t.Context())}, false); err != nil {
		t.Fatal(err)
	}
	wantText(t, b.String(), "张三(1970-03-15),张三(1980-08-08)")
}
