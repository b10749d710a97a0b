package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store/sheet"
)

// patched copies a ZIP file with texts of one part replaced.
func patched(t testing.TB, path, part string, pairs ...string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := z.Close(); err != nil {
			t.Error(err)
		}
	}()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			for i := 0; i < len(pairs); i += 2 {
				if !strings.Contains(string(content), pairs[i]) {
					t.Fatalf("%s has no %s:\n%s", part, pairs[i], content)
				}
			}
			content = []byte(strings.NewReplacer(pairs...).Replace(string(content)))
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return textFile(t, "patched.xlsx", b.Bytes())
}

func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		out, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(out, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRefusedFiles(t *testing.T) {
	l := mustCreate(t)
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	encrypted := filepath.Join(t.TempDir(), "locked.xlsx")
	f := excelize.NewFile()
	plain, err := f.WriteToBuffer()
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	locked, err := excelize.Encrypt(plain.Bytes(), &excelize.Options{Password: "123456"})
	if err := errors.Join(err, os.WriteFile(encrypted, locked, 0o600)); err != nil {
		t.Fatal(err)
	}
	bomb := zipOf(t, "xl/workbook.xml", `<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"+strings.Repeat("<row><c><v>1</v></c></row>", 120_000)+"</sheetData></worksheet>")
	for _, c := range []struct {
		name, path, code, says string
	}{
		{"missing", filepath.Join(t.TempDir(), "没有.xlsx"), "E-SHEET-FILE", "没有.xlsx"},
		{"folder", t.TempDir(), "E-SHEET-FILE", "文件夹"},
		{"empty file", textFile(t, "a.csv", nil), "E-SHEET-EMPTY", "空"},
		{"old xls", textFile(t, "a.xls", []byte(ole)), "E-SHEET-FORMAT", "另存为 .xlsx"},
		{"old xls named xlsx", textFile(t, "a.xlsx", []byte(ole)), "E-SHEET-FORMAT", "另存为 .xlsx"},
		{"password", encrypted, "E-SHEET-LOCKED", "密码"},
		{"ods", textFile(t, "a.ods", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>")), "E-SHEET-FORMAT", ".ods"},
		{"xlsb", textFile(t, "a.xlsb", zipOf(t, "xl/workbook.bin", "x")), "E-SHEET-FORMAT", "另存为 .xlsx"},
		{"docx", textFile(t, "a.docx", zipOf(t, "word/document.xml", "<x/>")), "E-SHEET-FORMAT", "Word"},
		{"other zip", textFile(t, "a.xlsx", zipOf(t, "a.txt", "x")), "E-SHEET-FORMAT", "不是"},
		{"cut zip", textFile(t, "a.xlsx", zipOf(t, "xl/workbook.xml", "<workbook/>")[:40]), "E-SHEET-FORMAT", "损坏"},
		{"broken xml", textFile(t, "a.xlsx", zipOf(t, "xl/workbook.xml", "<workbook><sheets>")), "E-SHEET-FORMAT", "另存为 .xlsx"},
		{"html as xls", textFile(t, "a.xls", []byte("<html><table><tr><td>姓名</td></tr></table>")), "E-SHEET-FORMAT", "网页"},
		{"bytes", textFile(t, "a.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x01")), "E-SHEET-FORMAT", "不是表格"},
		{"too many rows", textFile(t, "a.xlsx", bomb), "E-SHEET-LARGE", "分成几份"},
		{"empty sheet", workbook(t, "a.xlsx", nil), "E-SHEET-EMPTY", "空表"},
		{"header alone", workbook(t, "a.xlsx", [][]any{{"姓名", "性别", "人员类别"}}), "E-SHEET-EMPTY", "只有表头"},
		{"no header", workbook(t, "a.xlsx", [][]any{{"苹果", "梨"}, {"1", "2"}}), "E-SHEET-HEADER", "表头"},
		{"no name column", workbook(t, "a.xlsx", [][]any{{"性别", "身份证号"}, {"男", "1"}}), "E-SHEET-COLUMN", "“姓名”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sheet.Read(t.Context(), l, kindOf(t, l, "person"), c.path, sheet.ReadOptions{})
			wantError(t, err, c.code, c.says)
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %s", err)
			}
		})
	}
}

func TestNoPermission(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	l := mustCreate(t)
	path := textFile(t, "a.csv", csvBytes("姓名,性别", "张三,男"))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	_, err := sheet.Read(t.Context(), l, kindOf(t, l, "person"), path, sheet.ReadOptions{})
	wantError(t, err, "E-SHEET-FILE", "没有权限")
}

func TestChoiceOfSheet(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "a.xlsx", [][]any{{"说明"}, {"请填第二张"}}, func(f *excelize.File) {
		for _, name := range []string{"隐藏", "名册", "乙组"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			for i, v := range []string{"姓名", "性别", "人员类别"} {
				if err := f.SetCellStr(name, string(rune('A'+i))+"1", v); err != nil {
					t.Fatal(err)
				}
			}
			for i, v := range []string{name + "人", "男", "群众"} {
				if err := f.SetCellStr(name, string(rune('A'+i))+"2", v); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := f.SetSheetVisible("隐藏", false); err != nil {
			t.Fatal(err)
		}
	})
	if p := mustRead(t, l, "person", path, sheet.ReadOptions{}); p.Sheet != "名册" {
		t.Errorf("took sheet %q", p.Sheet)
	}
	if p := mustRead(t, l, "person", path, sheet.ReadOptions{Sheet: "乙组"}); p.Rows[0].Record.Text("name") != "乙组人" {
		t.Errorf("took %q", p.Rows[0].Record.Text("name"))
	}
	_, err := sheet.Read(t.Context(), l, kindOf(t, l, "person"), path, sheet.ReadOptions{Sheet: "丙"})
	wantError(t, err, "E-SHEET-NAME", "丙", "名册", "乙组")
}

// A list whose last formatted row is the last of the sheet costs nothing.
func TestFormattedEmptyRows(t *testing.T) {
	l := mustCreate(t)
	path := workbook(t, "a.xlsx", [][]any{{"姓名", "性别", "人员类别"}, {"张三", "男", "群众"}})
	path = patched(t, path, "xl/worksheets/sheet1.xml", "</sheetData>", `<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>`)
	if got, want := counts(mustRead(t, l, "person", path, sheet.ReadOptions{})), "read 1, taken 1, updated 0, duplicates 0, rejected 0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
