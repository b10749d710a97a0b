package fill

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// docTable is a table of a document.
type docTable struct {
	grid *Grid
	rows []docRow
}

type docRow struct {
	placed
	cells []docCell
}

// docCell is a cell with the columns over which it stands.
type docCell struct {
	n        *node
	nth      int // among the row's cells as the file has them
	from, to int // the columns, to not among them
	merge    string
}

// read makes the document's tables and lines into grids; parts are its copies, or itself.
func (d *docx) read(parts ...*node) {
	d.tables, d.lines, d.all, d.asks = nil, nil, nil, map[*node]*node{}
	d.body.walk(func(n *node) bool {
		if n.name == "sdt" && n.below("sdtPr", "showingPlcHdr") != nil && n.kid("sdtContent") != nil {
			n.kid("sdtContent").walk(func(r *node) bool {
				if r.name == "r" {
					d.asks[r] = n
				}
				return true
			})
		}
		return true
	})
	for _, part := range parts {
		first := len(d.tables)
		d.lines = append(d.lines, &docLines{grid: newGrid(LinesName), blanks: map[[2]int]*lineBlank{}})
		d.readBlocks(part, false)
		for _, t := range d.tables[first:] {
			d.all = append(d.all, t.grid)
		}
		d.all = append(d.all, d.lines[len(d.lines)-1].grid)
	}
}

// readBlocks takes the tables and, outside them, the lines of a part of the text.
func (d *docx) readBlocks(n *node, inTable bool) {
	for _, k := range n.kids {
		switch {
		case k.name == "tbl":
			d.readTable(k)
			d.said = ""
		case k.name == "p" && !inTable:
			d.readLine(k)
		case wrappers[k.name] && k.name != "hyperlink":
			d.readBlocks(k, inTable)
		}
	}
}

// narrow is how many twentieths of a point apart the edges of columns are that are meant
// to be one: in tables drawn by hand they seldom meet.
const narrow = 110

// readTable makes a grid of a table, and of those within it.
func (d *docx) readTable(tbl *node) {
	name := d.said
	if name == "" {
		name = fmt.Sprintf("第 %d 个表", len(d.tables)+1)
	}
	g := newGrid(name)
	t := &docTable{grid: g}
	d.tables = append(d.tables, t)
	for _, tr := range tbl.collect("tr") {
		row, at := docRow{placed: tr}, number(tr.n.kid("trPr"), "gridBefore", 0)
		for nth, tc := range tr.n.collect("tc") {
			props := tc.n.kid("tcPr")
			c := docCell{n: tc.n, nth: nth, from: at, to: at + max(number(props, "gridSpan", 1), 1), merge: vMerge(props)}
			if h := props; h != nil && h.kid("hMerge") != nil && h.val("hMerge") != "restart" && len(row.cells) > 0 {
				row.cells[len(row.cells)-1].to = c.to
			} else {
				row.cells = append(row.cells, c)
			}
			at = c.to
		}
		t.rows = append(t.rows, row)
	}
	t.align(tbl)
	d.fillGrid(t)
	g.boxed[0] = d.drawn(tbl) && !t.headOnly()
	for _, r := range t.rows {
		for _, c := range r.cells {
			d.readBlocks(c.n, true)
		}
	}
}

func number(props *node, name string, otherwise int) int {
	if props == nil || props.kid(name) == nil {
		return otherwise
	}
	n, err := strconv.Atoi(props.val(name))
	if err != nil || n < 0 || n > maxCols {
		return otherwise
	}
	return n
}

func vMerge(props *node) string {
	if props == nil || props.kid("vMerge") == nil {
		return ""
	}
	if props.val("vMerge") == "restart" {
		return "restart"
	}
	return "continue"
}

// align takes edges of columns that stand a hair apart for one.
func (t *docTable) align(tbl *node) {
	place, at, last := []int{0}, 0, 0
	if grid := tbl.kid("tblGrid"); grid != nil {
		for _, col := range grid.collect("gridCol") {
			w, ok := col.n.attr("w")
			n, err := strconv.Atoi(w)
			if !ok || err != nil {
				return
			}
			at += n
			if at-last >= narrow {
				place, last = append(place, place[len(place)-1]+1), at
			} else {
				place = append(place, place[len(place)-1])
			}
		}
	}
	for _, r := range t.rows {
		for _, c := range r.cells {
			if c.to >= len(place) || place[c.from] >= place[c.to] {
				return // no widths to go by, or a cell that would vanish
			}
		}
	}
	for i := range t.rows {
		for k := range t.rows[i].cells {
			c := &t.rows[i].cells[k]
			c.from, c.to = place[c.from], place[c.to]
		}
	}
}

// fillGrid writes the texts and merged cells of a table into its grid. Where there is no
// cell, or one that holds a picture or another table, nothing can be put.
func (d *docx) fillGrid(t *docTable) {
	g := t.grid
	g.rows = min(len(t.rows), maxRows)
	for _, r := range t.rows {
		if n := len(r.cells); n > 0 {
			g.cols = min(max(g.cols, r.cells[n-1].to), maxCols)
		}
	}
	for r := range g.rows {
		for c := range g.cols {
			g.formula[[2]int{r, c}] = true
		}
	}
	for r, row := range t.rows[:g.rows] {
		for _, c := range row.cells {
			a := Area{r, c.from, r, min(c.to, maxCols) - 1}
			if c.merge == "continue" && r > 0 && t.under(r-1, c) {
				a = g.area(r-1, c.from)
				a.Bottom = r
			}
			for y := a.Top; y <= a.Bottom; y++ {
				for x := a.Left; x <= a.Right; x++ {
					delete(g.formula, [2]int{y, x})
					if a.Bottom > a.Top || a.Right > a.Left {
						g.areas[[2]int{y, x}] = a
					}
				}
			}
			if a.Top != r {
				continue
			}
			text := d.cellText(c.n)
			if strings.TrimSpace(text) == "" && holdsThings(c.n) || strings.Trim(text, thing+" \n\t") == "" && strings.Contains(text, thing) {
				g.formula[[2]int{r, c.from}] = true
				continue
			}
			if text = strings.ReplaceAll(text, thing, ""); text != "" {
				g.text[[2]int{r, c.from}] = model.Clean(text, true)
			}
			if list := choices(c.n); len(list) > 0 {
				g.options[[2]int{r, c.from}] = list
			}
		}
	}
}

// under tells of a merged cell that the row above has the same merged columns.
func (t *docTable) under(row int, c docCell) bool {
	return slices.ContainsFunc(t.rows[row].cells, func(o docCell) bool { return o.from == c.from && o.to == c.to && o.merge != "" })
}

func holdsThings(tc *node) bool { return len(tc.collect("tbl")) > 0 }

// choices gives the entries of a list from which a cell's content control lets choose.
func choices(tc *node) []string {
	var all []string
	tc.walk(func(n *node) bool {
		if n.name == "listItem" {
			text, ok := n.attr("displayText")
			if value, _ := n.attr("value"); !ok {
				text = value
			}
			if value, _ := n.attr("value"); value != "" && text != "" {
				all = append(all, text)
			}
		}
		return n.name != "tbl"
	})
	return all
}

// drawn tells of a table with borders, its own or those of a style.
func (d *docx) drawn(tbl *node) bool {
	visible := func(borders *node) bool {
		found := false
		if borders != nil {
			borders.walk(func(n *node) bool {
				v, _ := n.attr("val")
				found = found || v != "nil" && v != "none"
				return false
			})
		}
		return found
	}
	if own := tbl.below("tblPr", "tblBorders"); own != nil {
		if visible(own) {
			return true
		}
	} else if tbl.below("tblPr", "tblStyle") != nil {
		return true
	}
	found := false
	tbl.walk(func(n *node) bool {
		if n.name == "tcBorders" {
			found = found || visible(n)
		}
		return n.name != "tbl"
	})
	return found
}

// headOnly tells of a table of headings alone, to which the rows are yet to be made.
func (t *docTable) headOnly() bool {
	g := t.grid
	if g.rows > nesting {
		return false
	}
	for r := range g.rows {
		for c := range g.cols {
			if g.blank(r, c) {
				return false
			}
		}
	}
	return true
}

// cellText gives a cell's text, a line for each paragraph.
func (d *docx) cellText(tc *node) string {
	var lines []string
	for _, p := range tc.collect("p") {
		lines = append(lines, d.para(p.n).text)
	}
	return strings.Join(lines, "\n")
}
