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
		for n := range cells {
			if cells[n].Look.Box {
				continue
			}
			follows := n > 0 && !cells[n-1].Look.Box && cells[n-1].To == cells[n].From
			least, most := 0.0, cells[n].To-cells[n].room()
			if follows {
				least = cells[n-1].From + cells[n-1].room()
			}
			at := nearest(edges, cells[n].From, least, most)
			if follows {
				cells[n-1].To = at
			}
			cells[n].From = at
			if n+1 == len(cells) {
				cells[n].To = nearest(edges, cells[n].To, cells[n].From+cells[n].room(), p.Width)
			}
		}
	}
}

// room is the width that a cell's text takes, or what it has where that is less.
func (c *Cell) room() float64 {
	return min(widthOf(sheet.CellsOf(textOf(c.Value, c.Look.Format)), c.Look.Size), c.To-c.From)
}

// nearest gives the edge nearest to a place between two bounds, the place where none is
// near enough.
func nearest(edges []float64, at, least, most float64) float64 {
	best := math.Inf(1)
	for _, e := range edges {
		if e >= least && e <= most && math.Abs(e-at) < math.Abs(best-at) {
			best = e
		}
	}
	if math.Abs(best-at) > snapped {
		return at
	}
	return best
}
