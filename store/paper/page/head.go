package page

import (
	"math"
	"slices"

	"taizhang/store/sheet"
)

// head gives the title and the line below it, over the first page's width, and the title
// again over each further page of columns.
func (p *paper) head(s *Sheet) []Row {
	size := s.TitleSize
	if size == 0 {
		size = 18
	}
	w, left := min(p.width, p.page.Width), 0.0
	if len(p.page.Breaks) > 0 {
		w, left = p.page.Breaks[0], p.page.Fixed // the fixed columns are printed again on each page of columns
	}
	var rows []Row
	if s.Title != "" {
		title := Row{Min: size * 2, Cells: []Cell{{From: left, To: w, Value: s.Title, Look: Look{Size: size, Bold: true, Align: Centre}}}}
		for i, from := range p.page.Breaks {
			title.Cells = append(title.Cells, p.titleAgain(s, i, from))
		}
		rows = append(rows, title)
	}
	if s.Left+s.Middle+s.Right == "" {
		return rows
	}
	line := Row{Min: 18}
	aligns, texts := []Align{LeftAlign, Centre, RightAlign}, []string{s.Left, s.Middle, s.Right}
	from := left
	for i, share := range p.shares(texts, w-left) {
		if share > 0 {
			line.Cells = append(line.Cells, Cell{From: from, To: from + share, Value: texts[i], Look: Look{Size: p.size, Align: aligns[i]}})
		}
		from += share
	}
	return append(rows, line)
}

// shares divides a width among texts: evenly, or by their lengths where one has no room;
// an empty middle gets nothing.
func (p *paper) shares(texts []string, width float64) []float64 {
	shares := []float64{width / 3, width / 3, width / 3}
	if texts[1] == "" {
		shares = []float64{width / 2, 0, width / 2}
	}
	wants := make([]float64, len(texts))
	total, short := 0.0, false
	for i, text := range texts {
		if shares[i] > 0 {
			wants[i] = widthOf(max(sheet.CellsOf(text), 4), p.size)
		}
		total += wants[i]
		short = short || wants[i] > shares[i]
	}
	if !short {
		return shares
	}
	for i := range wants {
		wants[i] *= width / total
	}
	return wants
}

// titleAgain gives the title of the page of columns behind a break.
func (p *paper) titleAgain(s *Sheet, i int, from float64) Cell {
	to := p.page.Width
	if i+1 < len(p.page.Breaks) {
		to = p.page.Breaks[i+1]
	}
	return Cell{From: from, To: to, Value: s.Title + "(续)", Look: Look{Size: p.size, Bold: true, Align: LeftAlign}}
}

// clearFixed moves what stands outside the table away from the columns that are repeated
// on each page of columns, where a part of it would be printed again.
func (p *Page) clearFixed() {
	if len(p.Breaks) == 0 || p.Fixed <= 0 {
		return
	}
	for i := range p.Rows {
		for n := range p.Rows[i].Cells {
			c := &p.Rows[i].Cells[n]
			if !c.Look.Box && c.From < p.Fixed {
				c.From, c.To = p.Fixed, max(min(c.To, p.Breaks[0]), p.Fixed+10)
			}
		}
	}
}

// snapped is how far the edge of a cell without a border may be moved, in millimetres.
const snapped = 20.0

// snap moves the edges of cells without a border to those of the tables where their texts
// keep their room, so that none of the tables' columns is cut in two: of a cell over two
// columns a spreadsheet believes that it is as narrow as the first.
func (p *Page) snap() {
	var edges []float64
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Look.Box {
				edges = append(edges, c.From, c.To)
			}
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	if len(edges) == 0 {
		return
	}
	for i := range p.Rows {
		cells := p.Rows[i].Cells
		for n := 0; n < len(cells); {
			m := n + 1
			for m < len(cells) && !cells[n].Look.Box && !cells[m].Look.Box && cells[m].From == cells[m-1].To {
				m++
			}
			if !cells[n].Look.Box {
				snapRun(cells[n:m], edges)
			}
			n = m
		}
	}
}

// snapRun moves the edges of cells that stand beside each other.
func snapRun(cells []Cell, edges []float64) {
	last := len(cells) - 1
	cells[0].From = nearest(edges, cells[0].From, cells[0].To-cells[0].room())
	cells[last].To = nearest(edges, cells[last].To, math.Inf(1))
	if last == 0 || last > 2 {
		return
	}
	rooms := make([]float64, len(cells))
	for i := range cells {
		rooms[i] = cells[i].room()
	}
	if !placeRun(cells, edges, rooms) { // then their texts are wrapped
		placeRun(cells, edges, []float64{snapped, snapped, snapped}[:len(rooms)])
	}
}

// placeRun moves the edges between two or three cells to the nearest that leave each so
// much room; it tells whether there are any.
func placeRun(cells []Cell, edges, rooms []float64) bool {
	last := len(cells) - 1
	from, first, to := cells[0].From, cells[0].To, cells[last].To
	second, best := cells[last].From, math.Inf(1)
	for _, x := range edges {
		for _, y := range edges {
			if last == 1 {
				y = x
			}
			far := math.Abs(x-first) + math.Abs(y-second)
			if far >= best || x-from < rooms[0] || last == 2 && y-x < rooms[1] || to-y < rooms[last] {
				continue
			}
			best = far
			cells[0].To, cells[1].From = x, x
			cells[last-1].To, cells[last].From = y, y
		}
	}
	return !math.IsInf(best, 1)
}

// room is the width that a cell's text takes, or what it has where that is less.
func (c *Cell) room() float64 {
	return min(widthOf(sheet.CellsOf(textOf(c.Value, c.Look.Format)), c.Look.Size), c.To-c.From)
}

// nearest gives the edge nearest to a place and not beyond a bound, the place itself where
// none is near enough.
func nearest(edges []float64, at, most float64) float64 {
	best := math.Inf(1)
	for _, e := range edges {
		if e <= most && math.Abs(e-at) < math.Abs(best-at) {
			best = e
		}
	}
	if math.Abs(best-at) > snapped {
		return at
	}
	return best
}
