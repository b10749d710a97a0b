package fill_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/paper/fill"
)

// blank makes a form by code: cells by name, merged ranges, and what else is done to it.
type blank struct {
	sheet  string // Sheet1 where empty
	name   string // of the file, 表.xlsx where empty
	cells  map[string]any
	merge  []string // A1:C1
	frames []string // ranges with borders
	more   func(t *testing.T, f *excelize.File, sheet string)
}

// write makes the file and gives its path.
func (b blank) write(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	sheet := "Sheet1"
	if b.sheet != "" {
		sheet = b.sheet
		must(t, f.SetSheetName("Sheet1", sheet))
	}
	b.fill(t, f, sheet)
	return save(t, f, b.name)
}

// fill puts the blank's cells on a sheet.
func (b blank) fill(t *testing.T, f *excelize.File, sheet string) {
	t.Helper()
	for at, v := range b.cells {
		must(t, f.SetCellValue(sheet, at, v))
	}
	for _, r := range b.merge {
		from, to, _ := strings.Cut(r, ":")
		must(t, f.MergeCell(sheet, from, to))
	}
	for _, r := range b.frames {
		frame(t, f, sheet, r)
	}
	if b.more != nil {
		b.more(t, f, sheet)
	}
}

// frame draws thin borders around all cells of a range.
func frame(t *testing.T, f *excelize.File, sheet, cells string) {
	t.Helper()
	st := &excelize.Style{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		st.Border = append(st.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	id, err := f.NewStyle(st)
	must(t, err)
	from, to, _ := strings.Cut(cells, ":")
	must(t, f.SetCellStyle(sheet, from, to, id))
}

func save(t *testing.T, f *excelize.File, name string) string {
	t.Helper()
	if name == "" {
		name = "表.xlsx"
	}
	path := filepath.Join(t.TempDir(), name)
	must(t, f.SaveAs(path))
	must(t, f.Close())
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// columns gives the cells of headings in a row, from column A on.
func columns(row int, headings ...string) map[string]any {
	cells := map[string]any{}
	for i, h := range headings {
		cells[at(row, i+1)] = h
	}
	return cells
}

func at(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err)
	}
	return name
}

// plan opens a form and binds it; the kind's name is "" for the one that fits best.
func plan(t *testing.T, path, kind string) *fill.Plan {
	t.Helper()
	form, err := fill.Open(path)
	must(t, err)
	t.Cleanup(func() { must(t, form.Close()) })
	var k *model.Kind
	if kind != "" {
		k = party.Kinds.Kind(kind)
	}
	p, err := form.Plan(party.Kinds, k, nil)
	must(t, err)
	return p
}

// bound gives the names of the sources by heading, "" for a blank.
func bound(p *fill.Plan) map[string]string {
	all := map[string]string{}
	for _, b := range p.Bindings() {
		all[b.Heading] = ""
		if b.Source != nil {
			all[b.Heading] = b.Source.Name
		}
	}
	return all
}
