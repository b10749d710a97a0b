package fill

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store/sheet"
)

// maxFile is how large a form may be, in bytes.
const maxFile = 64 << 20

// workbook is an .xlsx being filled.
type workbook struct {
	file    *excelize.File
	dir     string // where temporary files go
	data    []byte // the form as it came
	all     []*Grid
	raw     map[string]*rawSheet // what the library doesn't tell, by sheet
	grown   map[string][]growth  // by sheet, in order
	changed map[string]bool      // sheets
	styled  bool                 // looks were made that the form doesn't have
	rename  map[string]string    // what sheets are called in the written file
}

var (
	_ document = (*workbook)(nil)
	_ grower   = (*workbook)(nil)
	_ appender = (*workbook)(nil)
	_ copier   = (*workbook)(nil)
)

func openXLSX(path string) (*workbook, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, model.Errorf("E-FILL-OPEN", "找不到“%s”,请核对文件名和文件夹", name)
	}
	if info.Size() > maxFile {
		return nil, model.Errorf("E-FILL-OPEN", "“%s”太大(超过 64 MB),不像一张空白表格", name)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, model.Errorf("E-FILL-OPEN", "读不出“%s”:没有权限,或者它不是文件", name)
	}
	b := &workbook{dir: filepath.Dir(path), data: data, grown: map[string][]growth{}, changed: map[string]bool{}, rename: map[string]string{}}
	if err := b.load(); err != nil {
		return nil, errors.Join(model.Errorf("E-FILL-OPEN", "打不开“%s”:它不是能读的 Excel 文件,或者加了密码。请用 Excel 或 WPS 打开看看,另存为 .xlsx 再来填", name), nil)
	}
	return b, nil
}

// load reads the form's bytes.
func (b *workbook) load() error {
	f, err := excelize.OpenReader(bytes.NewReader(b.data), excelize.Options{TmpDir: b.dir, UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 256 << 20})
	if err != nil {
		return err
	}
	raw, err := readRaw(b.data)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	if b.file != nil {
		if err := b.file.Close(); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	b.file, b.raw, b.all = f, raw, nil
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || !visible || raw[name] == nil {
			continue
		}
		g, err := b.read(name)
		if err != nil {
			return errors.Join(fmt.Errorf("read form %s: %w", name, err), f.Close())
		}
		b.all = append(b.all, g)
	}
	return nil
}

func (b *workbook) grids() []*Grid { return b.all }

func (b *workbook) close() error { return b.file.Close() }

// read makes a sheet into a grid.
func (b *workbook) read(name string) (*Grid, error) {
	g := newGrid(name)
	rows, err := b.file.GetRows(name)
	if err != nil {
		return nil, err
	}
	raw := b.raw[name]
	g.rows, g.cols, g.hidden = min(raw.rows, maxRows), min(raw.cols, maxCols), raw.hidden
	for r, cells := range rows[:min(len(rows), maxRows)] {
		for c, text := range cells[:min(len(cells), maxCols)] {
			if text != "" {
				g.rows, g.cols = max(g.rows, r+1), max(g.cols, c+1)
				g.text[[2]int{r, c}] = model.Clean(text, true)
			}
		}
	}
	return g, errors.Join(b.readMerged(g), b.readLooks(g, raw), b.readOptions(g))
}

func (b *workbook) readMerged(g *Grid) error {
	merged, err := b.file.GetMergeCells(g.Name)
	if err != nil {
		return err
	}
	for _, m := range merged {
		a, err := areaOf(m.GetStartAxis() + ":" + m.GetEndAxis())
		if err != nil {
			return err
		}
		if a.Top >= maxRows || a.Left >= maxCols {
			continue
		}
		g.rows, g.cols = max(g.rows, min(a.Bottom+1, maxRows)), max(g.cols, min(a.Right+1, maxCols))
		for r := a.Top; r <= min(a.Bottom, maxRows); r++ {
			for c := a.Left; c <= min(a.Right, maxCols); c++ {
				g.areas[[2]int{r, c}] = a
			}
		}
	}
	return nil
}

// areaOf reads C4 or C4:F9.
func areaOf(ref string) (Area, error) {
	ref = strings.ReplaceAll(ref, "$", "")
	first, last, ok := strings.Cut(ref, ":")
	if !ok {
		last = first
	}
	left, top, err := excelize.CellNameToCoordinates(first)
	if err != nil {
		return Area{}, err
	}
	right, bottom, err := excelize.CellNameToCoordinates(last)
	return Area{top - 1, left - 1, bottom - 1, right - 1}, err
}

func (b *workbook) readLooks(g *Grid, raw *rawSheet) error {
	known := map[int]string{}
	for at, id := range raw.style {
		if at[0] >= maxRows || at[1] >= maxCols {
			continue
		}
		if _, ok := known[id]; !ok {
			st, err := b.file.GetStyle(id)
			if err != nil {
				return err
			}
			g.boxed[id] = len(st.Border) > 1
			known[id] = numberFormat(st)
		}
		g.look[at], g.format[at] = id, known[id]
	}
	for at := range raw.formula {
		formula, err := b.file.GetCellFormula(g.Name, cellName(at[0], at[1]))
		if err != nil {
			return err
		}
		g.formula[at], g.formulas[at] = true, formula
	}
	return nil
}

// numberFormat gives a style's number format as text; of the built-in ones those that
// show dates, shares and texts.
func numberFormat(st *excelize.Style) string {
	if st.CustomNumFmt != nil {
		return *st.CustomNumFmt
	}
	switch st.NumFmt {
	case 9, 10:
		return "0%"
	case 14, 15, 22, 27, 28, 29, 30, 31, 50, 51, 52, 53, 54, 55, 56, 57, 58:
		return "yyyy-m-d"
	case 17:
		return "yyyy-m"
	case 49:
		return "@"
	}
	return ""
}

func (b *workbook) readOptions(g *Grid) error {
	checks, err := b.file.GetDataValidations(g.Name)
	if err != nil {
		return err
	}
	for _, v := range checks {
		if v.Type != "list" {
			continue
		}
		options := b.listed(g.Name, html.UnescapeString(v.Formula1))
		for part := range strings.FieldsSeq(v.Sqref) {
			a, err := areaOf(part)
			if err != nil || options == nil {
				continue
			}
			for r := a.Top; r <= min(a.Bottom, maxRows-1); r++ {
				for c := a.Left; c <= min(a.Right, maxCols-1); c++ {
					g.options[[2]int{r, c}] = options
				}
			}
		}
	}
	return nil
}

// listed gives the entries of a list check: written in it, or standing in cells.
func (b *workbook) listed(name, list string) []string {
	if strings.HasPrefix(list, `"`) {
		return strings.Split(strings.Trim(list, `"`), ",")
	}
	at := strings.TrimPrefix(list, "=")
	for _, d := range b.file.GetDefinedName() {
		if d.Name == at {
			at = strings.TrimPrefix(d.RefersTo, "=")
		}
	}
	if of, cells, ok := strings.Cut(at, "!"); ok {
		name, at = strings.Trim(of, "'"), cells
	}
	a, err := areaOf(at)
	if err != nil || (a.Bottom-a.Top+1)*(a.Right-a.Left+1) > 1000 {
		return nil
	}
	var all []string
	for r := a.Top; r <= a.Bottom; r++ {
		for c := a.Left; c <= a.Right; c++ {
			if text, err := b.file.GetCellValue(name, cellName(r, c)); err == nil && text != "" {
				all = append(all, text)
			}
		}
	}
	return all
}

func cellName(row, col int) string {
	name, err := excelize.CoordinatesToCellName(col+1, row+1)
	if err != nil {
		return strconv.Itoa(row + 1)
	}
	return name
}

func (b *workbook) set(g *Grid, row, col int, v any) error {
	b.changed[g.Name] = true
	at := cellName(row, col)
	switch v := v.(type) {
	case string:
		return b.file.SetCellStr(g.Name, at, v)
	case time.Time:
		// As the number of a day: the library would give the cell a date format of its own.
		days := int64(v.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24)
		if props, err := b.file.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
			days -= 1462
		}
		return b.file.SetCellValue(g.Name, at, days)
	}
	return b.file.SetCellValue(g.Name, at, v)
}

// save reckons the formulas anew and writes the file; whoever opens it reckons again.
func (b *workbook) save(path string) error {
	for _, g := range b.all {
		if b.changed[g.Name] {
			if err := b.reckon(g); err != nil {
				return err
			}
		}
	}
	for old, name := range b.rename {
		for each := range b.raw { // formulas may name the sheet
			b.changed[each] = true
		}
		if err := b.file.SetSheetName(old, name); err != nil {
			return fmt.Errorf("fill: %w", err)
		}
	}
	yes := true
	if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	buf, err := b.file.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	data, err := b.mend(buf.Bytes())
	if err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	return sheet.WriteFile(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// maxReckoned is how many formulas of a sheet are reckoned here: more are left to whoever
// opens the file.
const maxReckoned = 2000

// reckon stores what the formulas give now, for readers that don't reckon. One that the
// library can't reckon stores nothing, and neither does one that gives a text: the
// library can't store it.
func (b *workbook) reckon(g *Grid) error {
	cells, err := b.formulaCells(g)
	if err != nil || len(cells) > maxReckoned {
		return err
	}
	for _, at := range cells {
		formula, err := b.file.GetCellFormula(g.Name, at)
		if err != nil {
			return err
		}
		var v any
		if text, calcErr := b.file.CalcCellValue(g.Name, at, excelize.Options{RawCellValue: true}); calcErr == nil {
			if n, err := strconv.ParseFloat(text, 64); err == nil {
				v = n
			}
		}
		if err := errors.Join(b.file.SetCellValue(g.Name, at, v), b.file.SetCellFormula(g.Name, at, formula)); err != nil {
			return err
		}
	}
	return nil
}

// formulaCells lists the cells with formulas as they stand now; not those of array
// formulas, which are left to whoever opens the file.
func (b *workbook) formulaCells(g *Grid) ([]string, error) {
	var all []string
	for at := range g.formula {
		if b.raw[g.Name].array[at] {
			continue
		}
		name := cellName(at[0], at[1])
		formula, err := b.file.GetCellFormula(g.Name, name)
		if err != nil {
			return nil, err
		}
		if formula != "" {
			all = append(all, name)
		}
	}
	return all, nil
}

// value reads a cell: a number as float64, a day as time.Time, all else as the text that
// it shows.
func (b *workbook) value(g *Grid, row, col int) any {
	at := cellName(row, col)
	shown := g.own(row, col)
	kind, err := b.file.GetCellType(g.Name, at)
	if err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		return shown
	}
	text, err := b.file.GetCellValue(g.Name, at, excelize.Options{RawCellValue: true})
	if err != nil {
		return shown
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || len(text) > 15 {
		return shown
	}
	if showsDate(g.format[[2]int{row, col}]) {
		if day, err := excelize.ExcelDateToTime(n, false); err == nil {
			return day
		}
		return shown
	}
	return n
}
