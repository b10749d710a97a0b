package page

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"taizhang/store/sheet"
)

// Column is one column of a table.
type Column struct {
	// Heading has one entry for each heading row, from above; equal neighbours in a row
	// become one cell, and an entry equal to the one below it reaches down.
	Heading []string
	Format  Format
	Align   Align
	Min     int  // the least width in half-width cells; of what is filled in by hand
	Max     int  // text wider than this is wrapped; 0 is 30
	Sum     bool // the total row adds it up
	// Same makes equal words below each other one cell; they stand again at the head of
	// each page.
	Same bool
	// With keeps the column on the page of columns of the one before it, as a share's
	// three numbers.
	With bool
}

// In is a value of another format than its column's.
type In struct {
	Value  any
	Format Format
}

// of gives a value of the column with its format.
func (c *Column) of(v any) (any, Format) {
	if in, ok := v.(In); ok {
		return in.Value, in.Format
	}
	return v, c.Format
}

// Table is a block of headings, rows and, where Total is set, a row of sums.
type Table struct {
	Columns []Column
	// Rows hold a value for each column: string, int64, float64, time.Time, nil or one of
	// these In another format; a row of one Span reaches over all columns.
	Rows  [][]any
	Total string  // what stands in the first cell of the sums, e.g. 合计; "" for none
	Fixed int     // columns repeated where the table is too wide for one page
	Empty int     // rows to be filled in by hand, below the others
	Tall  float64 // the least height of a row in points
	Below [][]any // rows below the sums that these leave out, as for signatures
	Once  bool    // its headings are not repeated on later pages: another table stands there
	Close bool    // rows no higher than their lines, as of long lists of numbers
}

// Span is a row's only value: a text over the whole width, as of a group.
type Span string

func (t *Table) rows(p *paper) []Row {
	widths, size := t.fit(p)
	at := make([]float64, len(widths)+1)
	for i, w := range widths {
		at[i+1] = at[i] + w
	}
	p.page.Width = max(p.page.Width, at[len(widths)])
	if p.page.Still == 0 {
		p.page.Still = at[min(t.Fixed, len(widths))]
	}
	rows := t.heads(at, size, p.page.Breaks)
	first, spanned := len(rows), false
	line := func(values []any, bold bool) {
		r := Row{Min: max(t.Tall, size*1.7), Keep: spanned, close: t.Close}
		if t.Close {
			r.Min = max(t.Tall, size*1.5)
		}
		if s, ok := soleSpan(values); ok {
			r.Cells = spanCells(s, append(slices.Clone(p.page.Breaks), at[len(widths)]), Look{Size: size, Bold: true, Box: true, Shade: true})
			rows = append(rows, r)
			spanned, p.page.paged = true, true // a heading never ends a page
			return
		}
		for i, c := range t.Columns {
			var v any
			if i < len(values) {
				v = values[i]
			}
			v, format := c.of(v)
			r.Cells = append(r.Cells, Cell{From: at[i], To: at[i+1], Value: v, Look: Look{Size: size, Bold: bold, Align: c.Align, Box: true, Format: format}})
		}
		rows, spanned = append(rows, r), false
	}
	for _, values := range t.Rows {
		line(values, false)
	}
	t.joinSame(p, rows[first:])
	for range t.Empty {
		line(nil, false)
	}
	if t.Total != "" {
		line(t.totals(), true)
		last := rows[len(rows)-1].Cells
		for i, c := range t.Columns {
			if c.Sum {
				last[i].Sum = &Sum{Above: len(t.Rows) + t.Empty}
			}
		}
	}
	for _, values := range t.Below {
		line(values, false)
	}
	return rows
}

// spanCells lays a text over the whole width: on each page of columns a cell of its own,
// for one that reaches over a page's edge is drawn past it. ends are the pages' right
// edges.
func spanCells(text string, ends []float64, look Look) []Cell {
	var cells []Cell
	from := 0.0
	for i, to := range ends {
		c := Cell{From: from, To: to, Look: look}
		if i == 0 {
			c.Value = text
		}
		cells, from = append(cells, c), to
	}
	return cells
}

func soleSpan(values []any) (string, bool) {
	if len(values) != 1 {
		return "", false
	}
	s, ok := values[0].(Span)
	return string(s), ok
}

// totals adds the columns up.
func (t *Table) totals() []any {
	sums := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		if !c.Sum {
			continue
		}
		var whole int64
		var part float64
		real := false
		for _, r := range t.Rows {
			if i >= len(r) {
				continue
			}
			v, _ := c.of(r[i])
			switch v := v.(type) {
			case int64:
				whole += v
			case float64:
				part, real = part+v, true
			}
		}
		sums[i] = whole
		if real || c.Format == Money {
			sums[i] = part + float64(whole)
		}
		if c.Format == Money { // to the fen: sums of fractions have a tail
			sums[i] = math.Round((part+float64(whole))*100) / 100
		}
	}
	if len(sums) > 0 && !t.Columns[0].Sum {
		sums[0] = t.Total
	}
	return sums
}

// heads gives the heading rows: neighbours with equal words become one cell, on each page
// of columns, and a word that stands below itself reaches down.
func (t *Table) heads(at []float64, size float64, breaks []float64) []Row {
	depth := 1
	for _, c := range t.Columns {
		depth = max(depth, len(c.Heading))
	}
	word := func(row, col int) string {
		h := t.Columns[col].Heading
		if len(h) == 0 {
			return ""
		}
		return h[min(row, len(h)-1)]
	}
	rows := make([]Row, depth)
	taken := make([][]bool, depth)
	for i := range taken {
		taken[i] = make([]bool, len(t.Columns))
		rows[i] = Row{Repeat: !t.Once, Min: size * 1.9}
	}
	for row := range depth {
		for col := 0; col < len(t.Columns); col++ {
			if taken[row][col] {
				continue
			}
			text, across, down := word(row, col), 1, 1
			for row+down < depth && word(row+down, col) == text {
				down++
			}
			for col+across < len(t.Columns) && row < depth-1 && down == 1 && word(row, col+across) == text && !taken[row][col+across] &&
				!slices.Contains(breaks, at[col+across]) {
				across++
			}
			for r := row; r < row+down; r++ {
				for c := col; c < col+across; c++ {
					taken[r][c] = true
				}
			}
			rows[row].Cells = append(rows[row].Cells, Cell{From: at[col], To: at[col+across], Down: down, Value: text,
				Look: Look{Size: size, Bold: true, Align: Centre, Box: true, Shade: true}})
		}
	}
	return rows
}

// fit gives the columns' widths in millimetres and the size of the letters: as they
// like it, else narrower with wrapped texts, else smaller letters down to MinSize, else
// as wide as they need, in pages of columns.
func (t *Table) fit(p *paper) (widths []float64, size float64) {
	for size = p.size; size >= MinSize; size -= 0.5 {
		if widths := t.within(p.width, size); widths != nil {
			return widths, size
		}
	}
	size = MinSize
	widths = make([]float64, len(t.Columns))
	for i := range t.Columns {
		_, widths[i] = t.wants(i, size)
	}
	t.breakUp(p, widths)
	return widths, size
}

// within fits the columns into a width at a size, or gives nil.
func (t *Table) within(width, size float64) []float64 {
	widths := make([]float64, len(t.Columns))
	likes := make([]float64, len(t.Columns))
	least, wanted := 0.0, 0.0
	for i := range t.Columns {
		widths[i], likes[i] = t.wants(i, size)
		least += widths[i]
		wanted += likes[i]
	}
	switch {
	case least > width:
		return nil
	case wanted > width:
		for i := range widths {
			widths[i] += (likes[i] - widths[i]) * (width - least) / (wanted - least)
		}
	default: // room is left over: every column gets of it by its width
		for i := range widths {
			widths[i] = likes[i] * width / wanted
		}
	}
	return widths
}

// wants gives a column's least width and the one that it likes, in millimetres.
func (t *Table) wants(col int, size float64) (least, likes float64) {
	c := t.Columns[col]
	most := c.Max
	if most == 0 {
		most = 30
	}
	content, longest := c.Min, 0
	for _, r := range t.Rows {
		if _, ok := soleSpan(r); ok || col >= len(r) {
			continue
		}
		longest = max(longest, roomFor(c.of(r[col])))
	}
	if t.Total != "" && c.Sum {
		longest = max(longest, roomFor(t.totals()[col], c.Format)+1) // it is bold
	}
	if t.Total != "" && col == 0 {
		longest = max(longest, sheet.CellsOf(t.Total))
	}
	content = max(content, min(longest, most))
	// A heading may be wrapped after any two characters; its words stand well when it
	// takes at most two lines.
	head := 0
	if n := len(c.Heading); n > 0 {
		head = sheet.CellsOf(strings.ReplaceAll(c.Heading[n-1], "\n", ""))
	}
	floor := content
	if c.Format == Text && longest > 12 && !unbroken(t.Rows, col) {
		floor = max(c.Min, min(content, 10))
	}
	least = widthOf(max(floor, min(head, 4)), size)
	likes = widthOf(max(content, min(head, max(4, (head+1)/2+1))), size)
	return least, max(likes, least)
}

// roomFor counts the cells that a value takes. A number or date that has no room becomes
// ### and not two lines, and a code of two lines is no code: where another font stands in,
// its digits are a fifth wider.
func roomFor(v any, f Format) int {
	text := textOf(v, f)
	n := sheet.CellsOf(text)
	switch v.(type) {
	case int64, float64, time.Time:
		n += (n + 4) / 5
		if f == Percent {
			n++ // its sign is the widest of all
		}
	default:
		if n > 4 && n == len(text) { // digits and letters
			n += (n + 4) / 5
		}
	}
	return n
}

// unbroken tells of a column of numbers and codes, which may not be wrapped.
func unbroken(rows [][]any, col int) bool {
	for _, r := range rows {
		if col >= len(r) {
			continue
		}
		v := r[col]
		if in, ok := v.(In); ok {
			v = in.Value
		}
		if s, ok := v.(string); ok {
			for _, c := range s {
				if c > 0x2E7F {
					return false
				}
			}
		}
	}
	return true
}

// Head is a column of plain text with one heading, at least so many cells wide.
//
//go:noinline
func Head(heading string, least int) Column { return Column{Heading: []string{heading}, Min: least} }

// Under puts columns under a common heading.
func Under(heading string, columns ...Column) []Column {
	for i := range columns {
		columns[i].Heading = append([]string{heading}, columns[i].Heading...)
	}
	return columns
}

// Serial is the column of running numbers.
func Serial() Column {
	return Column{Heading: []string{"序号"}, Min: 4, Align: Centre, Format: Number}
}

// Check says what is wrong with a table's declaration: a row longer than its columns.
func (t *Table) Check() error {
	for i, r := range t.Rows {
		if len(r) > len(t.Columns) {
			return fmt.Errorf("page: row %d has %d values for %d columns", i+1, len(r), len(t.Columns))
		}
	}
	return nil
}
