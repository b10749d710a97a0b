// Package fill fills in the blank forms of other offices: it finds the headings and
// labels of a form, binds them to what the ledger keeps by the table of names that
// reading uses, and writes the records into the blanks. What the form looks like stays
// as it was.
package fill

import (
	"strings"

	"taizhang/store/sheet"
)

// Area is a cell, or the cells merged into one; rows and columns count from 0.
type Area struct{ Top, Left, Bottom, Right int }

// Grid is a sheet, or a table in a document, as cells with texts.
type Grid struct {
	Name       string
	rows, cols int
	text       map[[2]int]string
	areas      map[[2]int]Area // of merged cells, each cell of them
	look       map[[2]int]int  // cells that look alike have the same number
	boxed      map[int]bool    // looks with a border
	format     map[[2]int]string
	formula    map[[2]int]bool
	formulas   map[[2]int]string   // what the formulas are, where that is known
	options    map[[2]int][]string // of a cell's list check
	hidden     map[int]bool        // rows that don't show
}

func newGrid(name string) *Grid {
	return &Grid{Name: name, text: map[[2]int]string{}, areas: map[[2]int]Area{}, look: map[[2]int]int{}, boxed: map[int]bool{}, format: map[[2]int]string{},
		formula: map[[2]int]bool{}, formulas: map[[2]int]string{}, options: map[[2]int][]string{}, hidden: map[int]bool{}}
}

// area gives the cells that stand as one at a place.
func (g *Grid) area(row, col int) Area {
	if a, ok := g.areas[[2]int{row, col}]; ok {
		return a
	}
	return Area{row, col, row, col}
}

// begins tells of the first cell of an area.
func (g *Grid) begins(row, col int) bool {
	a := g.area(row, col)
	return a.Top == row && a.Left == col
}

// at gives the text at a place, that of the merged cells for each of them.
func (g *Grid) at(row, col int) string {
	a := g.area(row, col)
	return g.text[[2]int{a.Top, a.Left}]
}

// own gives the text of a cell that begins at the place.
func (g *Grid) own(row, col int) string { return g.text[[2]int{row, col}] }

// blank tells of a cell to be filled: without text or formula, or with nothing but the
// frame of a value: 年 月 日, □男 □女.
func (g *Grid) blank(row, col int) bool {
	a := g.area(row, col)
	at := [2]int{a.Top, a.Left}
	return !g.formula[at] && (strings.TrimSpace(g.text[at]) == "" || frameOf(g.text[at]) != nil)
}

// filled gives what a person has written into a cell, "" for a blank or a formula.
func (g *Grid) filled(row, col int) string {
	if g.blank(row, col) || g.formula[[2]int{row, col}] {
		return ""
	}
	return strings.TrimSpace(g.own(row, col))
}

// framed tells of a cell with a border.
func (g *Grid) framed(row, col int) bool { return g.boxed[g.look[[2]int{row, col}]] }

// anyFrame tells whether the grid draws borders at all.
func (g *Grid) anyFrame() bool {
	for _, b := range g.boxed {
		if b {
			return true
		}
	}
	return false
}

// key folds a text to how headings are compared: half-width, without white space.
func key(text string) string { return sheet.HeadingKey(text) }
