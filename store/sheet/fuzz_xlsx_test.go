package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"taizhang/model"
)

const (
	fuzzBook   = `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>`
	fuzzRels   = `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	fuzzShared = `<sst><si><t>姓名</t></si><si><r><t>张</t></r><r><t>三</t></r></si></sst>`
	fuzzStyles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`
	fuzzSheet  = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>入党时间</t></is></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>37073</v></c></row></sheetData><mergeCells><mergeCell ref="A3:B3"/></mergeCells></worksheet>`
)

// FuzzXLSX reads a workbook of any parts: it neither crashes nor takes long, cells hold
// what may be shown, and what is refused is refused in Chinese.
func FuzzXLSX(f *testing.F) {
	f.Add(fuzzSheet, fuzzShared, fuzzStyles)
	f.Add(strings.Replace(fuzzSheet, `r="B2"`, `r="XFD1048576"`, 1), "", "")
	f.Add(strings.Replace(fuzzSheet, "入党时间", "&#27;[2J&#x202e;", 1), strings.Replace(fuzzShared, "三", "\u200b", 1), fuzzStyles)
	f.Add(`<worksheet><sheetData><row r="-1"><c r="A"><v>1e999</v></c></row></sheetData></worksheet>`, `<sst><si/></sst>`, `<styleSheet>`)
	f.Fuzz(func(t *testing.T, sheet, shared, styles string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range [][2]string{{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", fuzzBook}, {"xl/_rels/workbook.xml.rels", fuzzRels}, {"xl/worksheets/sheet1.xml", sheet}, {"xl/sharedStrings.xml", shared}, {"xl/styles.xml", styles}} {
			w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Store})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(part[1])); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		grids, err := openZip(context.Background(), b.Bytes(), "名单.xlsx")
		if took := time.Since(begun); took > 5*time.Second {
			t.Fatalf("took %s", took)
		}
		if err != nil {
			var known *model.Error
			if !errors.As(err, &known) || !strings.ContainsFunc(known.Message, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Fatalf("a fault of the program: %v", err)
			}
			if _, _, found := model.Hidden(known.Message, false); found {
				t.Fatalf("says %q", known.Message)
			}
			return
		}
		for i := range grids {
			for _, r := range grids[i].rows {
				for _, c := range r.cells {
					if _, _, found := model.Hidden(c.text, true); found {
						t.Fatalf("hidden in %q", c.text)
					}
				}
			}
		}
	})
}
