package sheet_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"taizhang/store/sheet"
)

// What is no table is said for what it is.
func TestWhatIsNoTable(t *testing.T) {
	l := mustCreate(t)
	ole := func(stream string) string {
		wide := ""
		for _, r := range stream {
			wide += string([]byte{byte(r), byte(r >> 8)})
		}
		return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600) + wide
	}
	for _, c := range []struct{ file, content, says string }{
		{"a.xls", "<meta http-equiv=\"Content-Type\"><style></style><table><tr><td>姓名</td></tr></table>", "网页"},
		{"a.xls", "<!-- made by a system -->\n<html><body>", "网页"},
		{"a.xls", "\xFF\xFE<\x00h\x00t\x00m\x00l\x00>\x00", "网页"},
		{"a.xls", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "网页存档"},
		{"a.xml", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "XML 表格"},
		{"a.xlsx", "%PDF-1.4\n%\xE2\xE3", "PDF"}, {"a.xls", "\xEF\xBB\xBF%PDF-1.7", "PDF"}, {"a.csv", "{\\rtf1\\ansi", "Word"},
		{"a.xlsx", "\x89PNG\r\n\x1a\n\x00", "图片"}, {"a.xlsx", "\xFF\xD8\xFF\xE0\x00\x10JFIF", "图片"},
		{"a.xlsx", "Rar!\x1A\x07\x00x", "压缩包"}, {"a.xlsx", "7z\xBC\xAF\x27\x1Cx", "压缩包"}, {"a.xlsx", "\x1F\x8B\x08x", "压缩包"},
		{"a.xlsx", string(zipOf(t, "名单.xlsx", "x")), "压缩包"}, {"a.xlsx", string(zipOf(t, "ppt/presentation.xml", "x")), "演示文稿"},
		{"a.xlsx", string(zipOf(t, "OFD.xml", "x")), "OFD"}, {"a.xlsx", string(zipOf(t, "word/document.xml", "x")), "Word"},
		{"a.xlsx", string(zipOf(t, "mimetype", "x", "content.xml", "x")), ".ods"}, {"a.xls", ole("WordDocument"), "Word"}, {"a.et", ole("Workbook"), ".et"},
		{"a.xls", ole("Workbook"), "旧格式"}, {"a.db", "SQLite format 3\x00x", "数据库"},
	} {
		_, err := sheet.Read(t.Context(), l, kindOf(t, l, "person"), textFile(t, c.file, []byte(c.content)), sheet.ReadOptions{})
		wantError(t, err, "E-SHEET-FORMAT", c.says)
	}
}

// A part in another encoding, one that holds control characters or broken bytes, or that
// lies elsewhere is read as it is.
func TestOddParts(t *testing.T) {
	plain := workbook(t, "a.xlsx", table(listHead, person("张三", 1), person("李四", 2)))
	const part = "xl/sharedStrings.xml"
	for name, pairs := range map[string][]string{
		"a control character": {"张三", "张\x0b三"}, "a reference to one": {"张三", "张&#11;三"}, "a lone ampersand": {"东荷庄村", "东荷庄村&乙"},
		"an invisible character": {"张三", "张\u200c三"}, "CDATA": {"张三", "<![CDATA[张三]]>"},
	} {
		p := mustRead(t, mustCreate(t), "person", patched(t, plain, part, pairs...), sheet.ReadOptions{})
		if len(p.Rows) != 2 || p.Rows[0].Record.Text("name") != "张三" {
			t.Errorf("%s: %s %s", name, counts(p), saidOf(p))
		}
	}
	p := mustRead(t, mustCreate(t), "person", patched(t, plain, part, "张三", "张\xD5\xC5"), sheet.ReadOptions{})
	if got, want := counts(p), "read 2, taken 2, updated 0, duplicates 0, rejected 0"; got != want {
		t.Errorf("foreign bytes: %s, want %s", got, want)
	}
	wantText(t, saidOf(p), "A2 格(姓名)里有认不出的字")
	_, err := sheet.Read(t.Context(), mustCreate(t), kindOf(t, mustCreate(t), "person"), patched(t, plain, part, "</sst>", ""), sheet.ReadOptions{})
	wantError(t, err, "E-SHEET-FORMAT", "完好")
}

// packed writes a small workbook of parts as they are, deflated.
func packed(t *testing.T, cells, shared string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"xl/workbook.xml", `<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="data/t1.xml"/></Relationships>`},
		{"xl/data/t1.xml", "<worksheet><sheetData>" + cells + "</sheetData></worksheet>"}, {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
	} {
		out, err := w.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return textFile(t, "bomb.xlsx", b.Bytes())
}

// Files that unpack to more than any list are refused before they are kept.
func TestBombs(t *testing.T) {
	l := mustCreate(t)
	for name, path := range map[string]string{
		"a shared string of megabytes":  packed(t, strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 1000), "<si><t>"+strings.Repeat("张", 350_000)+"</t></si>"),
		"one of many runs":              packed(t, `<row><c t="s"><v>0</v></c></row>`, "<si>"+strings.Repeat("<r><t>abcdefgh</t></r>", 200_000)+"</si>"),
		"a long string in many cells":   packed(t, strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 90_000), "<si><t>"+strings.Repeat("a", 32_000)+"</t></si>"),
		"a row of a million cells":      packed(t, "<row>"+strings.Repeat("<c><v>1</v></c>", 1_000_000)+"</row>", ""),
		"a part that is too large":      packed(t, "<row><c><v>"+strings.Repeat("1", 80<<20)+"</v></c></row>", ""),
		"empty strings":                 packed(t, `<row><c><v>1</v></c></row>`, strings.Repeat("<si/>", 2_000_000)),
		"empty cells":                   packed(t, strings.Repeat("<row>"+strings.Repeat(`<c s="1"/>`, 100)+"</row>", 30_000), ""),
		"a line of millions of fields":  textFile(t, "a.csv", []byte("姓名,性别\n"+strings.Repeat("a,", 3_000_000))),
		"a field of megabytes":          textFile(t, "a.csv", []byte("姓名,性别\n"+strings.Repeat("a", 3_000_000))),
		"a text file beyond the bounds": textFile(t, "a.csv", bytes.Repeat([]byte("姓名,性别\n"), 4_000_000)),
	} {
		start := time.Now()
		_, err := sheet.Read(t.Context(), l, kindOf(t, l, "person"), path, sheet.ReadOptions{})
		wantError(t, err, "E-SHEET-LARGE", "再读入")
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}
