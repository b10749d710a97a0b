package page

import (
	"cmp"

	"taizhang/model"
)

// The height of A4 that rows may take, in points; a little less than there is, since
// programs and printers differ.
const (
	heightUpright   = (a4Long - marginTop - marginFoot) / mmPerPoint * 0.97
	heightLandscape = (a4Short - marginTop - marginFoot) / mmPerPoint * 0.97
)

// paginate ends pages between rows where the sheet wants it: what reaches down over a
// page's end is told again at the head of the next (Column.Same), and rows that are kept
// with the one above don't begin a page. Other sheets are left to the spreadsheet.
func (p *Page) paginate() {
	if !p.paged {
		return
	}
	room := heightUpright
	if p.Landscape {
		room = heightLandscape
	}
	from, to := p.repeated()
	heads := 0.0
	for i := from; i <= to && i > 0; i++ {
		heads += p.Rows[i-1].Height
	}
	begin, used := 0, 0.0
	for i := 0; i < len(p.Rows); i++ {
		if p.Rows[i].Break && i > begin {
			begin, used = i, heads
		}
		if used+p.Rows[i].Height > room && i > max(begin, to) {
			i = p.breakAt(begin, max(begin, to)+1, i)
			begin, used = i, heads
		}
		used += p.Rows[i].Height
	}
}

// breakAt begins a page with row i or, where that parts what belongs together, with one
// above it, at the least the row first; it gives the row. begin is the page's first row.
func (p *Page) breakAt(begin, first, i int) int {
	at := i
	for at > first && !p.mayBreak(begin, at) {
		at--
	}
	if !p.mayBreak(begin, at) {
		at = i // nothing else is to be had
	}
	p.Rows[at].Break = true
	for row := begin; row < at; row++ {
		for n := range p.Rows[row].Cells {
			c := &p.Rows[row].Cells[n]
			if c.Down <= 1 || row+c.Down <= at {
				continue
			}
			rest := *c
			rest.Down = row + c.Down - at
			c.Down = at - row
			p.Rows[at].Cells = append(p.Rows[at].Cells, rest)
			p.grow(at, rest)
		}
	}
	model.Sort(p.Rows[at].Cells, func(a, b Cell) int { return cmp.Compare(a.From, b.From) })
	return at
}

// mayBreak tells whether a page may begin with a row: it isn't kept with the one above,
// nothing that stands only once reaches into it, and what is told again has room above.
func (p *Page) mayBreak(begin, at int) bool {
	if p.Rows[at].Keep {
		return false
	}
	for row := begin; row < at; row++ {
		for _, c := range p.Rows[row].Cells {
			if row+c.Down <= at || c.Down <= 1 {
				continue
			}
			if !c.again || p.lacks(row, at, c) > 0 {
				return false
			}
		}
	}
	return true
}

// lacks gives the points that a cell's text wants beyond the rows from one to below
// another.
func (p *Page) lacks(from, to int, c Cell) float64 {
	n := linesOf(roomy(textOf(c.Value, c.Look.Format)), cellsIn(c.To-c.From, c.Look.Size))
	need := float64(n)*lineHeight(c.Look.Size) + 4
	for _, r := range p.Rows[from:to] {
		need -= r.Height
	}
	return need
}

// grow gives a cell that reaches down the room that its text takes.
func (p *Page) grow(row int, c Cell) {
	last := min(row+max(c.Down, 1), len(p.Rows))
	if more := p.lacks(row, last, c); more > 0 {
		p.Rows[last-1].Height += float64(int(more + 0.999))
	}
}

// joinSame makes cells of equal words below each other one cell, in the columns that want
// it, within those of the columns before; the words stand again at the head of each page.
func (t *Table) joinSame(p *paper, rows []Row) {
	apart := make([]bool, len(rows)) // where a column before has a new word
	for col, c := range t.Columns {
		if !c.Same {
			continue
		}
		p.page.paged = true
		for i := 0; i < len(rows); {
			n := 1
			for i+n < len(rows) && !apart[i+n] && sameWord(rows[i], rows[i+n], col) {
				n++
			}
			apart[i] = true
			if len(rows[i].Cells) > col {
				rows[i].Cells[col].Down, rows[i].Cells[col].again = n, true
			}
			for k := 1; k < n; k++ {
				rows[i+k].Cells[col].Value = joined{}
			}
			i += n
		}
	}
	dropJoined(rows)
}

func sameWord(a, b Row, col int) bool {
	if len(a.Cells) <= col || len(b.Cells) <= col {
		return false
	}
	word, ok := a.Cells[col].Value.(string)
	return ok && word != "" && b.Cells[col].Value == a.Cells[col].Value
}

// joined stands in a cell that the one above reaches over.
type joined struct{}

// dropJoined takes out the cells that those above reach over.
func dropJoined(rows []Row) {
	for i := range rows {
		kept := rows[i].Cells[:0]
		for _, c := range rows[i].Cells {
			if _, ok := c.Value.(joined); !ok {
				kept = append(kept, c)
			}
		}
		rows[i].Cells = kept
	}
}
