package fill

import (
	"errors"
	"fmt"
	"html"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/model"
	"taizhang/store/sheet"
)

// workbook is an .xlsx being filled.
type workbook struct {
	file    *excelize.File
	all     []*Grid
	changed map[string]bool // sheets
}

func openXLSX(path string) (*workbook, error) {
	f, err := excelize.OpenFile(path, excelize.Options{TmpDir: filepath.Dir(path), UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 256 << 20})
	if err != nil {
		return nil, model.Errorf("E-FILL-OPEN", "打不开“%s”:它不是能读的 Excel 文件,或者加了密码。请用 Excel 或 WPS 打开看看,另存为 .xlsx 再来填", filepath.Base(path))
	}
	b := &workbook{file: f, changed: map[string]bool{}}
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		g, err := b.read(name)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read form %s: %w", name, err), f.Close())
		}
		b.all = append(b.all, g)
	}
	return b, nil
}

func (b *workbook) grids() []*Grid { return b.all }

func (b *workbook) close() error { return b.file.Close() }

// read makes a sheet into a grid.
func (b *workbook) read(name string) (*Grid, error) {
	g := newGrid(name)
	dim, err := b.file.GetSheetDimension(name)
	if err != nil {
		return nil, err
	}
	_, last, _ := strings.Cut(dim+":"+dim, ":")
	last, _, _ = strings.Cut(last, ":")
	if col, row, err := excelize.CellNameToCoordinates(last); err == nil {
		g.rows, g.cols = min(row, maxRows), min(col, maxCols)
	}
	rows, err := b.file.GetRows(name)
	if err != nil {
		return nil, err
	}
	g.rows = min(max(g.rows, len(rows)), maxRows)
	for r, cells := range rows[:min(len(rows), maxRows)] {
		g.cols = min(max(g.cols, len(cells)), maxCols)
		for c, text := range cells[:min(len(cells), maxCols)] {
			if text != "" {
				g.text[[2]int{r, c}] = model.Clean(text, true)
			}
		}
	}
	return g, errors.Join(b.readMerged(g), b.readLooks(g), b.readOptions(g))
}

func (b *workbook) readMerged(g *Grid) error {
	merged, err := b.file.GetMergeCells(g.Name)
	if err != nil {
		return err
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		a := Area{top - 1, left - 1, bottom - 1, right - 1}
		for r := a.Top; r <= min(a.Bottom, maxRows); r++ {
			for c := a.Left; c <= min(a.Right, maxCols); c++ {
				g.areas[[2]int{r, c}] = a
			}
		}
	}
	return nil
}

func (b *workbook) readLooks(g *Grid) error {
	formats := map[int]string{}
	for r := range g.rows {
		for c := range g.cols {
			at := [2]int{r, c}
			id, err := b.file.GetCellStyle(g.Name, cellName(r, c))
			if err != nil {
				return err
			}
			g.look[at] = id
			if _, known := formats[id]; !known {
				st, err := b.file.GetStyle(id)
				if err != nil {
					return err
				}
				g.boxed[id] = len(st.Border) > 1
				formats[id] = numberFormat(st)
			}
			g.format[at] = formats[id]
			formula, err := b.file.GetCellFormula(g.Name, cellName(r, c))
			if err != nil {
				return err
			}
			if formula != "" {
				g.formula[at] = true
			}
		}
	}
	return nil
}

// numberFormat gives a style's number format as text; of the built-in ones those that
// show dates.
func numberFormat(st *excelize.Style) string {
	if st.CustomNumFmt != nil {
		return *st.CustomNumFmt
	}
	switch st.NumFmt {
	case 14, 15, 22, 30, 31, 57, 58:
		return "yyyy-m-d"
	case 17, 27:
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
		list := html.UnescapeString(v.Formula1)
		if v.Type != "list" || !strings.HasPrefix(list, `"`) {
			continue
		}
		options := strings.Split(strings.Trim(list, `"`), ",")
		for part := range strings.FieldsSeq(v.Sqref) {
			first, last, ok := strings.Cut(part, ":")
			if !ok {
				last = first
			}
			left, top, err := excelize.CellNameToCoordinates(first)
			if err != nil {
				continue
			}
			right, bottom, err := excelize.CellNameToCoordinates(last)
			if err != nil {
				continue
			}
			for r := top - 1; r < min(bottom, maxRows); r++ {
				for c := left - 1; c < min(right, maxCols); c++ {
					g.options[[2]int{r, c}] = options
				}
			}
		}
	}
	return nil
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
	if s, ok := v.(string); ok {
		return b.file.SetCellStr(g.Name, at, s)
	}
	return b.file.SetCellValue(g.Name, at, v)
}

// insert makes n rows like the one at row above it. Formulas, list checks, conditional
// formats, the print area and merged cells below move along; ranges that hold the row
// reach over the new ones.
func (b *workbook) insert(g *Grid, row, n int) error {
	b.changed[g.Name] = true
	if err := b.file.InsertRows(g.Name, row+1, n); err != nil {
		return err
	}
	like := row + n
	height, err := b.file.GetRowHeight(g.Name, like+1)
	if err != nil {
		return err
	}
	for c := range g.cols {
		id, err := b.file.GetCellStyle(g.Name, cellName(like, c))
		if err != nil {
			return err
		}
		if err := b.file.SetCellStyle(g.Name, cellName(row, c), cellName(row+n-1, c), id); err != nil {
			return err
		}
	}
	for r := row; r < row+n; r++ {
		if err := b.file.SetRowHeight(g.Name, r+1, height); err != nil {
			return err
		}
		for c := range g.cols {
			a := g.area(row, c) // of the row that is copied, where it stood
			if a.Left == c && a.Right > c && a.Top == row && a.Bottom == row {
				if err := b.file.MergeCell(g.Name, cellName(r, c), cellName(r, a.Right)); err != nil {
					return err
				}
			}
		}
	}
	return nil
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
	yes := true
	if err := b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	return sheet.WriteFile(path, func(w io.Writer) error { return b.file.Write(w) })
}

// reckon stores what the formulas give now, for readers that don't reckon. One that the
// library can't reckon keeps what it had.
func (b *workbook) reckon(g *Grid) error {
	rows, err := b.file.GetRows(g.Name)
	if err != nil {
		return err
	}
	for r := range rows {
		for c := range g.cols {
			at := cellName(r, c)
			formula, err := b.file.GetCellFormula(g.Name, at)
			if err != nil {
				return err
			}
			if formula == "" {
				continue
			}
			text, calcErr := b.file.CalcCellValue(g.Name, at, excelize.Options{RawCellValue: true})
			if calcErr != nil {
				continue
			}
			var v any // a text is left to whoever opens the file: the library can't store it
			if n, err := strconv.ParseFloat(text, 64); err == nil {
				v = n
			}
			if err := errors.Join(b.file.SetCellValue(g.Name, at, v), b.file.SetCellFormula(g.Name, at, formula)); err != nil {
				return err
			}
		}
	}
	return nil
}
