package fill

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// growth tells of rows that were made in a sheet: n of them at a row, in the look of
// another (as it stands now).
type growth struct{ at, n, like int }

// insert makes n rows like the one at row above it.
func (b *workbook) insert(g *Grid, row, n int) error { return b.grow(g, []int{row - 1, row}, n) }

// grow makes rows among those of a table. Formulas, list checks, conditional formats, the
// print area and merged cells below move along; ranges that hold the table's rows reach
// over the new ones, and so does what holds for one row alone.
func (b *workbook) grow(g *Grid, body []int, n int) error {
	b.changed[g.Name] = true
	if err := b.unshare(g); err != nil {
		return err
	}
	last := body[len(body)-1]
	at, like := last, make([]int, n)
	if len(body) == 1 {
		at = last + 1
	}
	for i := range like {
		like[i] = likeFor(g, body, i)
	}
	chain := b.chained(g, body)
	if err := b.file.InsertRows(g.Name, at+1, n); err != nil {
		return err
	}
	for i, from := range like {
		if err := b.copyRow(g, from, at+i); err != nil {
			return err
		}
	}
	moved := last
	if at == last {
		moved = last + n
	}
	if err := b.rechain(g, chain, body, moved); err != nil {
		return err
	}
	b.grown[g.Name] = append(b.grown[g.Name], growth{at, n, like[0]})
	return b.widen(g, body, at, n)
}

// likeFor gives the row in whose look the i-th new one is made: the last but one, since
// the last may end with a thick line; of rows in two colours the next by turns.
func likeFor(g *Grid, body []int, i int) int {
	k := len(body)
	switch {
	case k == 1:
		return body[0]
	case k >= 5 && !sameLook(g, body[k-2], body[k-3]) && sameLook(g, body[k-2], body[k-4]):
		if i%2 == 0 {
			return body[k-3]
		}
	}
	return body[k-2]
}

func sameLook(g *Grid, a, b int) bool {
	for c := range g.cols {
		if g.look[[2]int{a, c}] != g.look[[2]int{b, c}] {
			return false
		}
	}
	return true
}

// unshare writes formulas that stand in another cell into their own: rows that move would
// leave them.
func (b *workbook) unshare(g *Grid) error {
	raw := b.raw[g.Name]
	for at, is := range raw.shared {
		if !is || g.formulas[at] == "" {
			continue
		}
		if err := b.file.SetCellFormula(g.Name, cellName(at[0], at[1]), g.formulas[at]); err != nil {
			return err
		}
	}
	clear(raw.shared)
	return nil
}

// copyRow gives a new row the look, height, merged cells and formulas of another, which
// stands above it.
func (b *workbook) copyRow(g *Grid, from, to int) error {
	if h, ok := b.raw[g.Name].height[from]; ok {
		if err := b.file.SetRowHeight(g.Name, to+1, h); err != nil {
			return err
		}
	}
	for c := range g.cols {
		at := [2]int{from, c}
		if id := g.look[at]; id != 0 {
			if err := b.file.SetCellStyle(g.Name, cellName(to, c), cellName(to, c), id); err != nil {
				return err
			}
		}
		if a := g.area(from, c); a.Left == c && a.Right > c && a.Top == from && a.Bottom == from {
			if err := b.file.MergeCell(g.Name, cellName(to, c), cellName(to, a.Right)); err != nil {
				return err
			}
		}
		if !g.formula[at] {
			continue
		}
		formula, err := b.file.GetCellFormula(g.Name, cellName(from, c))
		if err != nil {
			return err
		}
		if err := b.file.SetCellFormula(g.Name, cellName(to, c), shiftFormula(formula, to-from)); err != nil {
			return err
		}
	}
	return nil
}

// chained lists the columns in which the last row's formula is that of the row above it,
// one row on: =A5+1.
func (b *workbook) chained(g *Grid, body []int) []int {
	if len(body) < 2 {
		return nil
	}
	var cols []int
	last, up := body[len(body)-1], body[len(body)-2]
	for c := range g.cols {
		f := g.formulas[[2]int{last, c}]
		if f != "" && f == shiftFormula(g.formulas[[2]int{up, c}], last-up) {
			cols = append(cols, c)
		}
	}
	return cols
}

// rechain lets the last row's formulas go on from the row now above it.
func (b *workbook) rechain(g *Grid, cols, body []int, moved int) error {
	for _, c := range cols {
		up := body[len(body)-2]
		formula, err := b.file.GetCellFormula(g.Name, cellName(up, c))
		if err != nil {
			return err
		}
		if err := b.file.SetCellFormula(g.Name, cellName(moved, c), shiftFormula(formula, moved-up)); err != nil {
			return err
		}
	}
	return nil
}

// widen lets formulas outside the table cover its new rows where the move of the rows
// didn't: those that name its only row, or each row by itself.
func (b *workbook) widen(g *Grid, body []int, at, n int) error {
	in := map[int]bool{}
	for _, row := range body {
		in[row] = true
	}
	var fault error
	for _, other := range b.all {
		for place := range other.formula {
			if other.Name == g.Name && in[place[0]] || b.raw[other.Name].array[place] {
				continue
			}
			row := place[0]
			if other.Name == g.Name && row >= at {
				row += n
			}
			name := cellName(row, place[1])
			formula, err := b.file.GetCellFormula(other.Name, name)
			if err != nil {
				fault = errors.Join(fault, err)
				continue
			}
			wide := sumOfAll(formula, body, at, n)
			if len(body) == 1 {
				wide = widenFormula(formula, g.Name, other.Name == g.Name, body[0]+1, n)
			}
			if wide != formula {
				b.changed[other.Name] = true
				fault = errors.Join(fault, b.file.SetCellFormula(other.Name, name, wide))
			}
		}
	}
	return fault
}

// put gives rows behind a table the borders of its headings, so that they look like a
// table's; the print area reaches over them.
func (b *workbook) put(g *Grid, heading, row, n int, cols []int) error {
	b.changed[g.Name], b.styled = true, true
	for _, c := range cols {
		head, err := b.file.GetStyle(g.look[[2]int{heading, c}])
		if err != nil {
			return err
		}
		st := &excelize.Style{Border: head.Border, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}}
		if head.Font != nil {
			st.Font = &excelize.Font{Family: head.Font.Family, Size: head.Font.Size}
		}
		id, err := b.file.NewStyle(st)
		if err != nil {
			return err
		}
		if err := b.file.SetCellStyle(g.Name, cellName(row, c), cellName(row+n-1, c), id); err != nil {
			return err
		}
	}
	return b.widenPrintArea(g, row+n)
}

const printArea = "_xlnm.Print_Area"

func (b *workbook) widenPrintArea(g *Grid, rows int) error {
	for _, d := range b.file.GetDefinedName() {
		if d.Name != printArea || d.Scope != g.Name || strings.Contains(d.RefersTo, ",") {
			continue
		}
		of, cells, ok := strings.Cut(d.RefersTo, "!")
		a, err := areaOf(cells)
		if !ok || err != nil || a.Bottom+1 >= rows {
			continue
		}
		first, last := cellName(a.Top, a.Left), cellName(rows-1, a.Right)
		wide := fmt.Sprintf("%s!%s:%s", of, absolute(first), absolute(last))
		if err := b.file.DeleteDefinedName(&excelize.DefinedName{Name: d.Name, Scope: d.Scope}); err != nil {
			return err
		}
		d.RefersTo = wide
		return b.file.SetDefinedName(&d)
	}
	return nil
}

func absolute(cell string) string {
	letters := strings.TrimRight(cell, "0123456789")
	return "$" + letters + "$" + cell[len(letters):]
}
