package fill_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/paper/fill"
)

// The parts of a .docx that the tests make beside its text.
var docxParts = map[string]string{
	"[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
	"_rels/.rels":                  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
	"word/_rels/document.xml.rels": `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
	"word/styles.xml":              `<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`,
	"customXml/item1.xml":          `<odd   xmlns="urn:nobody"  >keeps its  spaces</odd>`,
}

const (
	docxHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:odd='urn:odd'><w:body>`
	docxTail = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// docxFile writes a .docx whose text has that body; more adds parts or takes the place of
// others.
func docxFile(t *testing.T, name, body string, more map[string]string) string {
	t.Helper()
	parts := maps.Clone(docxParts)
	parts["word/document.xml"] = docxHead + body + docxTail
	maps.Copy(parts, more)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "customXml/item1.xml"} {
		w, err := z.Create(part)
		if err == nil {
			_, err = io.WriteString(w, parts[part])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wp is a paragraph with a text in one run, tc a cell, tr a row, tbl a table with
// borders.
func wp(text string) string {
	if text == "" {
		return `<w:p><w:pPr><w:jc w:val="center"/></w:pPr></w:p>`
	}
	return `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r></w:p>`
}

func tc(span int, content string) string {
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/><w:gridSpan w:val="%d"/></w:tcPr>%s</w:tc>`, span, content)
}

func tr(cells ...string) string {
	all := ""
	for _, c := range cells {
		if !strings.HasPrefix(c, "<") {
			c = tc(1, wp(c))
		}
		all += c
	}
	return `<w:tr w14:paraId="1A2B3C4D">` + all + `</w:tr>`
}

const tableLook = `<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr>`

func tbl(rows ...string) string { return `<w:tbl>` + tableLook + strings.Join(rows, "") + `</w:tbl>` }

func wline(runs string) string { return `<w:p>` + runs + `</w:p>` }

func wr(text string) string {
	return `<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// docxText is what a test reads of a .docx: the texts of its tables' cells, and of the
// paragraphs outside tables.
type docxText struct {
	tables [][][]string
	lines  []string
	raw    string
}

// readDocx reads a .docx without the code under test.
func readDocx(t *testing.T, path string) docxText {
	t.Helper()
	parts := docxEntries(t, path)
	out := docxText{raw: string(parts["word/document.xml"])}
	dec := xml.NewDecoder(strings.NewReader(out.raw))
	var open []int // the tables that are open, innermost last
	text, inText := "", false
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "tbl":
				out.tables, open = append(out.tables, nil), append(open, len(out.tables))
			case "tr":
				at := open[len(open)-1]
				out.tables[at] = append(out.tables[at], nil)
			case "tc":
				at := open[len(open)-1]
				row := &out.tables[at][len(out.tables[at])-1]
				*row = append(*row, "")
			case "p":
				text = ""
			case "t":
				inText = true
			case "tab":
				text += "\t"
			case "br":
				text += "\n"
			}
		case xml.CharData:
			if inText {
				text += string(e)
			}
		case xml.EndElement:
			switch {
			case e.Name.Local == "t":
				inText = false
			case e.Name.Local == "tbl":
				open = open[:len(open)-1]
			case e.Name.Local == "p" && len(open) > 0:
				at := open[len(open)-1]
				row := out.tables[at][len(out.tables[at])-1]
				row[len(row)-1] += text
			case e.Name.Local == "p":
				out.lines = append(out.lines, text)
			}
		}
	}
}

// docxEntries unpacks a .docx.
func docxEntries(t *testing.T, path string) map[string][]byte {
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
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// docxPeople makes a ledger of three members.
func docxPeople(t *testing.T) (*store.Ledger, []*model.Record) {
	t.Helper()
	ctx := context.Background()
	at := time.Date(2026, 10, 31, 9, 0, 0, 0, time.Local)
	l, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"), store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇", County: "澄安县"},
		store.Options{Source: &model.Source{Now: func() time.Time { return at }, Rand: strings.NewReader(strings.Repeat("0123456789abcdefghijklmnopqrstuv", 40))}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	for i, name := range []string{"王大山", "李二河", "赵三江"} {
		p, err := l.New(ctx, "person")
		if err != nil {
			t.Fatal(err)
		}
		for field, v := range map[string]model.Value{"name": name, "sex": []string{"男", "女", "男"}[i], "birth_date": fmt.Sprintf("197%d-03-02", i), "status": "正式党员",
			"joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "phone": fmt.Sprintf("1000000000%d", i), "ethnicity": "汉族"} {
			p.Set(field, v)
		}
		if _, err := l.Save(ctx, model.FromForm, p); err != nil {
			t.Fatal(err)
		}
	}
	page, err := l.Page(ctx, store.Query{Kind: "person", Sort: []string{"birth_date"}})
	if err != nil {
		t.Fatal(err)
	}
	return l, page.Records
}

// fillDocx fills a .docx and reads the result.
func fillDocx(t *testing.T, path string, l *store.Ledger, records []*model.Record) (docxText, *fill.Result, string) {
	t.Helper()
	form, err := fill.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := form.Close(); err != nil {
			t.Error(err)
		}
	}()
	p, err := form.Plan(l.Kinds(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if p.Kind.Name != "person" {
		t.Fatalf("taken for %s", p.Kind.Title)
	}
	out := filepath.Join(t.TempDir(), "filled.docx")
	result, err := p.Fill(context.Background(), l.Env(context.Background()), records, out)
	if err != nil {
		t.Fatal(err)
	}
	return readDocx(t, out), result, out
}
