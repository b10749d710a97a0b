package paper_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/store/paper"
	"taizhang/store/paper/page"
	"taizhang/store/sheet"
)

func makeOf(sheets func(*page.Request) []page.Sheet) func(context.Context, *page.Request) ([]page.Sheet, error) {
	return func(_ context.Context, q *page.Request) ([]page.Sheet, error) { return sheets(q), nil }
}

// What a sheet of A4 has between its margins, in millimetres, and the least size of its
// letters in points.
const (
	uprightWidth = 210.0 - 2*12
	acrossWidth  = 297.0 - 2*12
	leastSize    = 9.0
	nearly       = 0.5 // millimetres or points that rounding may cost
)

// printed is a tab of a workbook that was read back.
type printed struct {
	t      *testing.T
	name   string // of the paper
	tab    string
	file   *excelize.File
	laid   *page.Page
	widths []float64 // of the columns, millimetres
	merged map[string]string
}

// printsWell writes a paper and reads it back: A4 and the way it lies, what is printed and
// repeated, no page of columns wider than the paper, no letter below 9 points, rows that
// hold their texts, sums that are those of their cells, the footer.
func printsWell(t *testing.T, name string, made *paper.Made) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "表.xlsx")
	must(t, made.WriteXLSX(ctx, path))
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	tabs := f.GetSheetList()
	if len(tabs) != len(made.Pages) {
		t.Errorf("%s: %d tabs for %d sheets", name, len(tabs), len(made.Pages))
		return
	}
	for i, tab := range tabs {
		s := &printed{t: t, name: name, tab: tab, file: f, laid: made.Pages[i], merged: map[string]string{}}
		s.measure()
		s.setup()
		s.columns()
		s.cells()
	}
}

func (s *printed) errorf(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf(s.name+" "+s.tab+": "+format, args...)
}

// measure reads the columns' widths and the merged cells.
func (s *printed) measure() {
	for i := range len(s.laid.Edges) - 1 {
		col, err := excelize.ColumnNumberToName(i + 1)
		must(s.t, err)
		chars, err := s.file.GetColWidth(s.tab, col)
		must(s.t, err)
		s.widths = append(s.widths, chars*7*25.4/96)
	}
	merged, err := s.file.GetMergeCells(s.tab)
	must(s.t, err)
	for _, m := range merged {
		s.merged[m.GetStartAxis()] = m.GetEndAxis()
	}
}

func (s *printed) setup() {
	layout, err := s.file.GetPageLayout(s.tab)
	must(s.t, err)
	way := "portrait"
	if s.laid.Landscape {
		way = "landscape"
	}
	if layout.Size == nil || *layout.Size != 9 || layout.Orientation == nil || *layout.Orientation != way {
		s.errorf("not A4 %s: %+v", way, layout)
	}
	foot, err := s.file.GetHeaderFooter(s.tab)
	must(s.t, err)
	if foot == nil || !strings.Contains(foot.OddFooter, "第 &P 页 共 &N 页") {
		s.errorf("no page numbers: %+v", foot)
	} else if strings.Contains(foot.OddFooter, "内部资料") != s.laid.Inside {
		s.errorf("内部资料 in the footer: %q, want %v", foot.OddFooter, s.laid.Inside)
	}
	names := map[string]string{}
	for _, n := range s.file.GetDefinedName() {
		if n.Scope == s.tab {
			names[n.Name] = n.RefersTo
		}
	}
	last, err := excelize.ColumnNumberToName(len(s.widths))
	must(s.t, err)
	if want := "$A$1:$" + last + "$" + strconv.Itoa(len(s.laid.Rows)); !strings.HasSuffix(names["_xlnm.Print_Area"], want) {
		s.errorf("prints %q, want %q", names["_xlnm.Print_Area"], want)
	}
	titles := names["_xlnm.Print_Titles"]
	if slices.ContainsFunc(s.laid.Rows, func(r page.Row) bool { return r.Repeat }) && !strings.ContainsAny(titles, "123456789") {
		s.errorf("its headings are not on every page: %q", titles)
	}
	if len(s.laid.Breaks) > 0 && s.laid.Fixed > 0 && !strings.Contains(titles, "$A:$") {
		s.errorf("its first columns are not on every page: %q", titles)
	}
}

// columns looks whether each page of columns has room on the paper: then nothing is made
// smaller to fit.
func (s *printed) columns() {
	room := uprightWidth
	if s.laid.Landscape {
		room = acrossWidth
	}
	props, err := s.file.GetSheetProps(s.tab)
	must(s.t, err)
	fits := props.FitToPage != nil && *props.FitToPage
	if fits == (len(s.laid.Breaks) > 0) {
		s.errorf("fitted to the page: %v, with %d breaks", fits, len(s.laid.Breaks))
	}
	fixed, at := 0.0, 0.0
	var ends []int
	for _, b := range append(slices.Clone(s.laid.Breaks), s.laid.Width) {
		ends = append(ends, nearest(s.laid.Edges, b))
	}
	for i, w := range s.widths {
		if s.laid.Edges[i+1] <= s.laid.Fixed+nearly {
			fixed += w
		}
	}
	from := 0
	for i, end := range ends {
		at = 0
		if i > 0 {
			at = fixed
		}
		for _, w := range s.widths[from:end] {
			at += w
		}
		if at > room+nearly {
			s.errorf("page %d of its columns is %.1f mm wide, the paper %.0f", i+1, at, room)
		}
		from = end
	}
}

func nearest(edges []float64, at float64) int {
	best := 0
	for i, e := range edges {
		if math.Abs(e-at) < math.Abs(edges[best]-at) {
			best = i
		}
	}
	return best
}

// cells looks at each cell's letters, room and sum.
func (s *printed) cells() {
	sizes := map[int]float64{}
	rows, err := s.file.GetRows(s.tab)
	must(s.t, err)
	for y, row := range rows {
		for x, text := range row {
			if text == "" {
				continue
			}
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			must(s.t, err)
			id, err := s.file.GetCellStyle(s.tab, cell)
			must(s.t, err)
			size, known := sizes[id]
			if !known {
				style, err := s.file.GetStyle(id)
				must(s.t, err)
				size = style.Font.Size
				sizes[id] = size
			}
			if size < leastSize {
				s.errorf("%s is written in %.1f points: %q", cell, size, text)
			}
			s.room(cell, x, y, text, size)
			s.sum(cell, text)
		}
	}
}

// room looks whether a text has room in its cell, or in those merged with it.
func (s *printed) room(cell string, x, y int, text string, size float64) {
	toX, toY := x, y
	if end, ok := s.merged[cell]; ok {
		var err error
		toX, toY, err = excelize.CellNameToCoordinates(end)
		must(s.t, err)
		toX, toY = toX-1, toY-1
	}
	width, height := 0.0, 0.0
	for _, w := range s.widths[x : toX+1] {
		width += w
	}
	for i := y; i <= toY; i++ {
		h, err := s.file.GetRowHeight(s.tab, i+1)
		must(s.t, err)
		height += h
	}
	need := float64(linesIn(text, width, size)) * size * 1.17
	if need > height+nearly {
		s.errorf("%s needs %.0f points of height and has %.0f (%.0f mm wide): %q", cell, need, height, width, text)
	}
}

// linesIn counts the lines of a text in so many millimetres: wide characters are as wide
// as the letters are high, others half of it.
func linesIn(text string, width, size float64) int {
	const edge = 1.0 // that a spreadsheet leaves free
	cells := max(int((width-edge)/(size/2*25.4/72)), 1)
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		used := 0
		n++
		for _, c := range line {
			w := sheet.CellsOf(string(c))
			if used+w > cells && used > 0 {
				n++
				used = 0
			}
			used += w
		}
	}
	return n
}

// sum adds up what a formula adds up.
func (s *printed) sum(cell, text string) {
	formula, err := s.file.GetCellFormula(s.tab, cell)
	must(s.t, err)
	of, ok := strings.CutPrefix(formula, "SUM(")
	if !ok {
		return
	}
	from, to, _ := strings.Cut(strings.TrimSuffix(of, ")"), ":")
	x, y0, err := excelize.CellNameToCoordinates(from)
	must(s.t, err)
	_, y1, err := excelize.CellNameToCoordinates(to)
	must(s.t, err)
	total := 0.0
	for y := y0; y <= y1; y++ {
		at, err := excelize.CoordinatesToCellName(x, y)
		must(s.t, err)
		v, err := s.file.GetCellValue(s.tab, at, excelize.Options{RawCellValue: true})
		must(s.t, err)
		if n, err := strconv.ParseFloat(v, 64); err == nil {
			total += n
		}
	}
	raw, err := s.file.GetCellValue(s.tab, cell, excelize.Options{RawCellValue: true})
	must(s.t, err)
	got, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.Abs(got-total) > 0.004 {
		s.errorf("%s says %q, its cells %v", cell, text, total)
	}
}
