package fill

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

func (d *docx) tableOf(g *Grid) *docTable {
	i := slices.IndexFunc(d.tables, func(t *docTable) bool { return t.grid == g })
	if i < 0 {
		return nil
	}
	return d.tables[i]
}

// set implements document. A cell that holds text keeps what both texts share.
func (d *docx) set(g *Grid, row, col int, v any) error {
	if i := slices.IndexFunc(d.lines, func(l *docLines) bool { return l.grid == g }); i >= 0 {
		return d.setLine(d.lines[i], row, col, plainText(v))
	}
	t := d.tableOf(g)
	if t == nil || len(t.rows) == 0 {
		return fmt.Errorf("fill: no table %s", g.Name)
	}
	if more := row + 1 - len(t.rows); more > 0 { // the table goes on
		last := len(t.rows) - 1
		t.extend(d, last, last+1, more)
	}
	cells := t.rows[row].cells
	i := slices.IndexFunc(cells, func(c docCell) bool { return c.from <= col && col < c.to })
	if i < 0 {
		return fmt.Errorf("fill: no cell %s in %s", cellName(row, col), g.Name)
	}
	d.setCell(cells[i].n, plainText(v), t.near(row, i))
	return nil
}

// near gives the paragraph whose look a blank cell takes that says nothing of its own: of
// the cells to its left, nearest first, then to its right, then of the one above.
func (t *docTable) near(row, i int) *node {
	cells := t.rows[row].cells
	order := slices.Clone(cells[:i])
	slices.Reverse(order)
	order = append(order, cells[i+1:]...)
	if row > 0 {
		for _, c := range t.rows[row-1].cells {
			if c.from <= cells[i].from && cells[i].from < c.to {
				order = append(order, c)
			}
		}
	}
	for _, c := range order {
		for _, p := range c.n.collect("p") {
			if p.n.kid("pPr") != nil || len(p.n.collect("r")) > 0 {
				return p.n
			}
		}
	}
	return nil
}

// setCell writes a text into a cell.
func (d *docx) setCell(tc *node, text string, near *node) {
	paras := tc.collect("p")
	if len(paras) == 0 {
		p := d.element("p")
		tc.kids = append(tc.kids, p)
		paras = []placed{{p, tc}}
	}
	old := d.cellText(tc)
	if strings.TrimSpace(old) == "" {
		a := d.para(paras[0].n)
		for _, p := range paras {
			if other := d.para(p.n); strings.Contains(other.text, toType) && !strings.Contains(a.text, toType) {
				a = other
			}
		}
		for _, l := range a.leaves {
			readable(l.run.kid("rPr"))
		}
		d.replace(a, 0, len(a.text), text, false, near)
		return
	}
	from, to, middle := differs(old, text)
	at := 0
	for _, p := range paras {
		a := d.para(p.n)
		if end := at + len(a.text); from <= end && to >= at && (from >= at || middle == "") {
			d.replace(a, max(from-at, 0), min(to, end)-at, middle, false, near)
			middle = ""
		}
		at += len(a.text) + 1
		if to < at {
			return
		}
	}
}

// differs gives the stretch of the old text that the new one has otherwise, and what
// stands there.
func differs(old, text string) (from, to int, middle string) {
	for from < len(old) && from < len(text) {
		r, n := utf8.DecodeRuneInString(old[from:])
		if o, _ := utf8.DecodeRuneInString(text[from:]); r != o {
			break
		}
		from += n
	}
	to = len(old)
	end := len(text)
	for to > from && end > from {
		r, n := utf8.DecodeLastRuneInString(old[from:to])
		if o, _ := utf8.DecodeLastRuneInString(text[from:end]); r != o {
			break
		}
		to, end = to-n, end-n
	}
	return from, to, text[from:end]
}

// insert implements document.
func (d *docx) insert(g *Grid, row, n int) error {
	t := d.tableOf(g)
	if t == nil || row >= len(t.rows) {
		return fmt.Errorf("fill: no row %d in %s", row+1, g.Name)
	}
	t.extend(d, row, row, n)
	return nil
}

var _ grower = (*docx)(nil)

// grow implements grower.
func (d *docx) grow(g *Grid, body []int, n int) error {
	last := body[len(body)-1]
	t := d.tableOf(g)
	if t == nil || last >= len(t.rows) {
		return fmt.Errorf("fill: no row %d in %s", last+1, g.Name)
	}
	at := last
	if len(body) == 1 {
		at++
	}
	t.extend(d, last, at, n)
	return nil
}

// extend makes n blank rows like one, at a place among the rows.
func (t *docTable) extend(d *docx, like, at, n int) {
	model := t.rows[like]
	in := model.in
	place := slices.Index(in.kids, model.n)
	if at > like {
		place++
	}
	nodes, rows := make([]*node, n), make([]docRow, n)
	for i := range n {
		tr := model.n.clone()
		d.emptyRow(tr)
		cells := slices.Clone(model.cells)
		copied := tr.collect("tc")
		for k := range cells {
			cells[k].n = copied[cells[k].nth].n
			if cells[k].merge == "restart" {
				cells[k].merge = ""
				if props := cells[k].n.kid("tcPr"); props != nil {
					props.drop(func(m *node) bool { return m.name == "vMerge" })
				}
			}
		}
		nodes[i], rows[i] = tr, docRow{placed: placed{tr, in}, cells: cells}
	}
	in.insert(place, nodes...)
	t.rows = slices.Insert(t.rows, at, rows...)
}

// once are what a copy may not hold a second time.
var once = map[string]bool{"bookmarkStart": true, "bookmarkEnd": true, "commentRangeStart": true, "commentRangeEnd": true, "proofErr": true,
	"permStart": true, "permEnd": true, "showingPlcHdr": true}

// emptyRow takes the texts out of a copied row: each paragraph keeps its look, in its
// first run.
func (d *docx) emptyRow(tr *node) {
	tr.without("paraId", "textId")
	if props := tr.kid("trPr"); props != nil {
		props.drop(func(k *node) bool { return k.name == "tblHeader" })
	}
	var clear func(n *node)
	clear = func(n *node) {
		n.without("paraId", "textId")
		runs := 0
		n.drop(func(k *node) bool {
			if k.name == "r" {
				runs++
				return runs > 1
			}
			return once[k.name] || n.name == "sdtPr" && k.name == "id"
		})
		if n.name == "r" {
			n.drop(func(k *node) bool { return k.name != "rPr" })
		}
		for _, k := range n.kids {
			if k.name != "" {
				clear(k)
			}
		}
	}
	clear(tr)
}
