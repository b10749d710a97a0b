package fill_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// grown says where a form got new rows: n of them, the first as row number at (from 1),
// in the look of the row like.
type grown struct {
	sheet       string
	at, n, like int
}

// row gives where a row of the blank stands in the filled form.
func (g grown) row(sheet string, row int) int {
	if sheet == g.sheet && row >= g.at && g.n > 0 {
		return row + g.n
	}
	return row
}

// unchanged compares a filled form with its blank: all is as it was but for the cells of
// which may is true, and rows that have been made.
func unchanged(t *testing.T, blank, filled string, g grown, may func(sheet, cell string) bool) {
	t.Helper()
	a, b := open(t, blank), open(t, filled)
	if !slices.Equal(a.GetSheetList(), b.GetSheetList()) {
		t.Fatalf("sheets are %q, were %q", b.GetSheetList(), a.GetSheetList())
	}
	for _, sheet := range a.GetSheetList() {
		sameCells(t, a, b, sheet, g, may)
		sameSet(t, sheet+" merged", mergedCells(t, a, sheet, g, true), mergedCells(t, b, sheet, g, false))
		sameSet(t, sheet+" checks", checks(t, a, sheet, g, true), checks(t, b, sheet, g, false))
		sameSet(t, sheet+" formats", formats(t, a, sheet, g, true), formats(t, b, sheet, g, false))
	}
	sameSet(t, "names", definedNames(a, g, true), definedNames(b, g, false))
	sameParts(t, blank, filled, g)
}

func open(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	must(t, err)
	t.Cleanup(func() { must(t, f.Close()) })
	return f
}

func sameCells(t *testing.T, a, b *excelize.File, sheet string, g grown, may func(sheet, cell string) bool) {
	t.Helper()
	const rows, cols = 60, 34
	inMerged := map[[2]int]bool{}
	merged, err := a.GetMergeCells(sheet)
	must(t, err)
	for _, m := range merged {
		top, left, bottom, right := span(m.GetStartAxis() + ":" + m.GetEndAxis())
		for r := top; r <= bottom; r++ {
			for c := left; c <= right; c++ {
				inMerged[[2]int{r, c}] = r != top || c != left
			}
		}
	}
	for r := 1; r <= rows; r++ {
		to := g.row(sheet, r)
		for c := 1; c <= cols; c++ {
			from, into := at(r, c), at(to, c)
			if s1, s2 := style(t, a, sheet, from), style(t, b, sheet, into); s1 != s2 {
				t.Errorf("%s %s has the style %d, had %d at %s", sheet, into, s2, s1, from)
			}
			if may != nil && may(sheet, into) || inMerged[[2]int{r, c}] {
				continue
			}
			if v1, v2 := value(t, a, sheet, from), value(t, b, sheet, into); v1 != v2 {
				t.Errorf("%s %s is %q, was %q", sheet, into, v2, v1)
			}
		}
		h1, err1 := a.GetRowHeight(sheet, r)
		h2, err2 := b.GetRowHeight(sheet, to)
		if err1 != nil || err2 != nil || h1 != h2 {
			t.Errorf("%s row %d is %v high, was %v", sheet, to, h2, h1)
		}
	}
	for c := 1; c <= cols; c++ {
		name := strings.TrimSuffix(at(1, c), "1")
		w1, err1 := a.GetColWidth(sheet, name)
		w2, err2 := b.GetColWidth(sheet, name)
		if err1 != nil || err2 != nil || w1 != w2 {
			t.Errorf("%s column %s is %v wide, was %v", sheet, name, w2, w1)
		}
	}
	for i := range g.n {
		if sheet != g.sheet {
			break
		}
		for c := 1; c <= cols; c++ {
			if s1, s2 := style(t, a, sheet, at(g.like, c)), style(t, b, sheet, at(g.at+i, c)); s1 != s2 {
				t.Errorf("%s new row %d column %d has the style %d, not %d", sheet, g.at+i, c, s2, s1)
			}
		}
	}
}

func style(t *testing.T, f *excelize.File, sheet, cell string) int {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	must(t, err)
	return id
}

// value gives a cell's text, and that it has a formula.
func value(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell)
	must(t, err)
	formula, err := f.GetCellFormula(sheet, cell)
	must(t, err)
	if formula != "" {
		return "formula"
	}
	return v
}

func sameSet(t *testing.T, what string, want, got map[string]bool) {
	t.Helper()
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if !got[k] {
			t.Errorf("%s: %s is gone", what, k)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(got)) {
		if !want[k] {
			t.Errorf("%s: %s is new", what, k)
		}
	}
}

// span reads A1:C3 as rows and columns, counted from 1.
func span(ref string) (top, left, bottom, right int) {
	first, last, ok := strings.Cut(strings.ReplaceAll(ref, "$", ""), ":")
	if !ok {
		last = first
	}
	left, top, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		panic(err)
	}
	right, bottom, err = excelize.CellNameToCoordinates(last)
	if err != nil {
		panic(err)
	}
	return top, left, bottom, right
}

// mergedCells lists merged ranges, of the blank as they should be in the filled form.
func mergedCells(t *testing.T, f *excelize.File, sheet string, g grown, blank bool) map[string]bool {
	t.Helper()
	merged, err := f.GetMergeCells(sheet)
	must(t, err)
	all := map[string]bool{}
	for _, m := range merged {
		top, left, bottom, right := span(m.GetStartAxis() + ":" + m.GetEndAxis())
		if !blank {
			all[at(top, left)+":"+at(bottom, right)] = true
			continue
		}
		all[at(g.row(sheet, top), left)+":"+at(g.row(sheet, bottom), right)] = true
		for i := range g.n {
			if sheet == g.sheet && top == g.like && bottom == g.like {
				all[at(g.at+i, left)+":"+at(g.at+i, right)] = true
			}
		}
	}
	return all
}

// spread lists the cells of ranges, of the blank as they should be in the filled form: what
// holds for the row like holds for the new ones.
func spread(refs, what, sheet string, g grown, blank bool, into map[string]bool) {
	for ref := range strings.FieldsSeq(refs) {
		top, left, bottom, right := span(ref)
		for r := top; r <= min(bottom, 2000); r++ {
			for c := left; c <= right; c++ {
				row := r
				if blank {
					row = g.row(sheet, r)
				}
				into[at(row, c)+" "+what] = true
				for i := range g.n {
					if blank && sheet == g.sheet && r == g.like {
						into[at(g.at+i, c)+" "+what] = true
					}
				}
			}
		}
	}
}

func checks(t *testing.T, f *excelize.File, sheet string, g grown, blank bool) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	list, err := f.GetDataValidations(sheet)
	must(t, err)
	for _, v := range list {
		refs := v.Sqref
		v.Sqref = ""
		spread(refs, text(t, v), sheet, g, blank, all)
	}
	return all
}

func formats(t *testing.T, f *excelize.File, sheet string, g grown, blank bool) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	list, err := f.GetConditionalFormats(sheet)
	must(t, err)
	for refs, opts := range list {
		spread(refs, text(t, opts), sheet, g, blank, all)
	}
	return all
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	must(t, err)
	return string(b)
}

func definedNames(f *excelize.File, g grown, blank bool) map[string]bool {
	all := map[string]bool{}
	for _, d := range f.GetDefinedName() {
		to := strings.ReplaceAll(d.RefersTo, "'", "")
		if blank {
			to = regexp.MustCompile(`\$(\d+)`).ReplaceAllStringFunc(to, func(s string) string {
				n := 0
				if _, err := fmt.Sscanf(s, "$%d", &n); err != nil {
					panic(err)
				}
				return fmt.Sprintf("$%d", g.row(strings.Trim(strings.Split(to, "!")[0], "'"), n))
			})
		}
		all[d.Name+" "+d.Scope+" "+to] = true
	}
	return all
}

// remade parts change with the cells' texts, the number of rows and the names.
var remade = regexp.MustCompile(`^(\[Content_Types\]\.xml|xl/(workbook|sharedStrings|calcChain)\.xml|xl/_rels/workbook.xml.rels)$`)

// sameParts looks at the file itself: no part is lost, what isn't touched is byte for byte
// as it was, and of sheets all that stands around the cells.
func sameParts(t *testing.T, blank, filled string, g grown) {
	t.Helper()
	a, b := parts(t, blank), parts(t, filled)
	for name, was := range a {
		is, there := b[name]
		switch {
		case !there && name != "xl/calcChain.xml":
			t.Errorf("the part %s is lost", name)
		case remade.MatchString(name):
		case strings.HasPrefix(name, "xl/worksheets/sheet"):
			one, two := around(t, was), around(t, is)
			for element := range one {
				if one[element] != two[element] {
					t.Errorf("%s: %s is %s, was %s", name, element, two[element], one[element])
				}
			}
		case g.n > 0 && regexp.MustCompile(`^xl/(comments|drawings|tables)`).MatchString(name):
		case !bytes.Equal(was, is):
			t.Errorf("the part %s has changed", name)
		}
	}
}

func parts(t *testing.T, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	must(t, err)
	defer z.Close() //nolint:errcheck // only read
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		if all[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		must(t, r.Close())
	}
	return all
}

// around gives the elements of a sheet beside its cells, each in one form of writing.
func around(t *testing.T, sheet []byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(sheet))
	depth, name := 0, ""
	var b strings.Builder
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		must(t, err)
		switch tok := tok.(type) {
		case xml.StartElement:
			if depth++; depth == 2 {
				name = tok.Name.Local
				b.Reset()
			}
			b.WriteString("<" + tok.Name.Local)
			var attrs []string
			for _, at := range tok.Attr {
				if at.Name.Space != "xmlns" && at.Name.Local != "xmlns" && at.Name.Local != "uid" {
					attrs = append(attrs, at.Name.Local+"="+truth(at.Value))
				}
			}
			slices.Sort(attrs)
			b.WriteString(" " + strings.Join(attrs, " ") + ">")
		case xml.CharData:
			b.WriteString(strings.TrimSpace(string(tok)))
		case xml.EndElement:
			b.WriteString("/")
			if s := b.String(); strings.HasSuffix(s, "<"+tok.Name.Local+" >/") { // nothing in it
				b.Reset()
				b.WriteString(strings.TrimSuffix(s, "<"+tok.Name.Local+" >/"))
			}
			if depth--; depth == 1 && !slices.Contains([]string{"sheetData", "dimension", "mergeCells", "dataValidations", "conditionalFormatting", "rowBreaks", "cols"}, name) {
				all[name] += b.String()
			}
		}
	}
	return all
}

func truth(v string) string {
	switch v {
	case "true":
		return "1"
	case "false":
		return "0"
	}
	return v
}
