package page

import (
	"strings"

	"taizhang/model"
	"taizhang/store/sheet"
)

// mmPerCell is the width of a half-width cell of the page's smallest letters, by which it
// is drawn.
func (p *Page) mmPerCell() float64 {
	size := BodySize
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Look.Box {
				size = min(size, c.Look.Size)
			}
		}
	}
	return size / 2 * mmPerPoint * 0.9 // the lines take room that on paper they don't
}

// The four directions of a line in a cell of the drawing.
const (
	up = 1 << iota
	down
	left
	right
)

// strokes are the signs for the lines that meet in a cell, by directions.
var strokes = [16]string{up: "│", down: "│", up | down: "│", left: "─", right: "─", left | right: "─",
	down | right: "┌", down | left: "┐", up | right: "└", up | left: "┘", up | down | right: "├", up | down | left: "┤",
	left | right | down: "┬", left | right | up: "┴", up | down | left | right: "┼"}

// drawing is a page as characters: each cell a text of one or two cells' width, "" behind
// a wide one.
type drawing struct {
	lines  [][]int
	text   [][]string
	xs, ys []int // where edges and rows begin
}

// Picture is a page drawn as text.
type Picture struct {
	Lines []string
	// Still is how many cells at the left stay where they are when a screen moves
	// sideways: the table's first columns. 0 for none.
	Still int
	// Edges are the cells in which the lines between columns stand.
	Edges []int
	// HeadFrom to below HeadTo are the lines of the headings repeated on every page.
	HeadFrom, HeadTo int
}

// Lines draws the page as text, a string for each line, all of one table's width.
func (p *Page) Lines() []string { return p.Draw().Lines }

// Draw draws the page as text, and tells which of it a screen keeps in sight.
func (p *Page) Draw() Picture {
	d := p.plan()
	var pic Picture
	if p.Still > 0 {
		pic.Still = d.xs[p.column(p.Still)] + 1
	}
	if from, to := p.repeated(); to > 0 {
		pic.HeadFrom, pic.HeadTo = d.ys[from-1]-1, d.ys[to]
	}
	pic.Lines, pic.Edges = p.draw(d), d.xs
	return pic
}

func (p *Page) draw(d *drawing) []string {
	for i, r := range p.Rows {
		for _, c := range r.Cells {
			d.box(p, i, c)
		}
	}
	for i, r := range p.Rows {
		for _, c := range r.Cells {
			d.write(p, i, c)
		}
	}
	out := make([]string, len(d.text))
	for y := range d.text {
		var b strings.Builder
		for x, s := range d.text[y] {
			if s == " " && d.lines[y][x] != 0 {
				s = strokes[d.lines[y][x]]
			}
			b.WriteString(s)
		}
		out[y] = strings.TrimRight(b.String(), " ")
	}
	return out
}

// plan finds how wide the columns and how high the rows are, in cells; rows with boxes
// have a line above and below.
func (p *Page) plan() *drawing {
	d := &drawing{xs: make([]int, len(p.Edges)), ys: make([]int, len(p.Rows)+1)}
	cell := p.mmPerCell()
	for i, e := range p.Edges {
		d.xs[i] = int(e/cell + 0.5)
		if i > 0 {
			d.xs[i] = max(d.xs[i], d.xs[i-1]+3)
		}
	}
	y := 0
	for i, r := range p.Rows {
		boxed := r.boxed() || i > 0 && p.Rows[i-1].boxed()
		if boxed {
			y++ // the line above stands at ys-1
		}
		d.ys[i] = y
		n := 1
		for _, c := range r.Cells {
			if c.Down <= 1 {
				n = max(n, len(d.wrapped(p, c)))
			}
		}
		if r.Height > 60 && r.boxed() {
			n = max(n, int(r.Height/lineHeight(BodySize))/2)
		}
		y += n
	}
	if n := len(p.Rows); n > 0 && p.Rows[n-1].boxed() {
		y++
	}
	d.ys[len(p.Rows)] = y
	width := d.xs[len(d.xs)-1] + 1
	d.lines, d.text = make([][]int, y), make([][]string, y)
	for i := range d.text {
		d.lines[i], d.text[i] = make([]int, width), make([]string, width)
		for x := range d.text[i] {
			d.text[i][x] = " "
		}
	}
	return d
}

func (r *Row) boxed() bool {
	for _, c := range r.Cells {
		if c.Look.Box || c.Look.Dashed {
			return true
		}
	}
	return false
}

// room gives a cell's inside: columns from x0 to below x1, and its lines.
func (d *drawing) room(p *Page, row int, c Cell) (x0, x1, y0, y1 int) {
	from, to := p.column(c.From), max(p.column(c.To), p.column(c.From)+1)
	last := min(row+max(c.Down, 1), len(p.Rows))
	y1 = d.ys[last]
	if last < len(p.Rows) && (p.Rows[last].boxed() || p.Rows[last-1].boxed()) || last == len(p.Rows) && p.Rows[last-1].boxed() {
		y1--
	}
	return d.xs[from] + 1, d.xs[to], d.ys[row], y1
}

func (d *drawing) wrapped(p *Page, c Cell) []string {
	from, to := p.column(c.From), max(p.column(c.To), p.column(c.From)+1)
	return wrap(model.Clean(textOf(c.Value, c.Look.Format), true), d.xs[to]-d.xs[from]-1)
}

// wrap breaks a text into lines of so many cells.
func wrap(text string, cells int) []string {
	var lines []string
	for part := range strings.SplitSeq(text, "\n") {
		line, used := "", 0
		for _, r := range part {
			w := sheet.CellsOf(string(r))
			if used+w > cells && line != "" {
				lines = append(lines, line)
				line, used = "", 0
			}
			line += string(r)
			used += w
		}
		lines = append(lines, line)
	}
	return lines
}

func (d *drawing) box(p *Page, row int, c Cell) {
	if !c.Look.Box && !c.Look.Dashed {
		return
	}
	x0, x1, y0, y1 := d.room(p, row, c)
	d.across(y0-1, x0-1, x1)
	if !c.Look.Box {
		return
	}
	d.across(y1, x0-1, x1)
	for _, x := range []int{x0 - 1, x1} {
		for y := y0 - 1; y < y1; y++ {
			d.lines[y][x] |= down
			d.lines[y+1][x] |= up
		}
	}
}

func (d *drawing) across(y, x0, x1 int) {
	for x := x0; x < x1; x++ {
		d.lines[y][x] |= right
		d.lines[y][x+1] |= left
	}
}

func (d *drawing) write(p *Page, row int, c Cell) {
	x0, x1, y0, y1 := d.room(p, row, c)
	lines := d.wrapped(p, c)
	lines = lines[:min(len(lines), max(y1-y0, 0))]
	y := y0
	if !c.Look.Top {
		y += (y1 - y0 - len(lines)) / 2
	}
	for i, line := range lines {
		n := sheet.CellsOf(line)
		x := x0
		switch autoAlign(c) {
		case Centre:
			x += max(0, (x1-x0-n)/2)
		case RightAlign:
			x += max(0, x1-x0-n)
		}
		for _, r := range line {
			s := string(r)
			w := sheet.CellsOf(s)
			if x+w > x1 && x+w > len(d.text[0]) {
				break
			}
			d.text[y+i][x] = s
			if w == 2 {
				d.text[y+i][x+1] = ""
			}
			x += w
		}
	}
}
