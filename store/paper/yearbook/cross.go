package yearbook

import (
	"strings"

	"taizhang/store/paper/page"
)

// answer is what the records say of one thing in one class.
type answer int

// Unclear is what the records can't tell: a cell with such a one is left blank, since any
// number in it, 0 too, would be made up.
const (
	no answer = iota
	yes
	unclear
)

// when makes an answer of what is known.
func when(is bool) answer {
	if is {
		return yes
	}
	return no
}

// both is yes where two answers are, and no where one of them is no.
func both(a, b answer) answer {
	switch {
	case a == no || b == no:
		return no
	case a == yes && b == yes:
		return yes
	}
	return unclear
}

// class is a row or a column of a table: what is counted in it.
type class[T any] struct {
	label string   // a row's text, or the lowest heading of a column
	above []string // of a column: the headings above it
	deep  int      // of a row: how far it is set in
	// is tells what is in it; nil for a row that no record tells anything of: always blank.
	is func(T) answer
	// adds is how much a thing adds, nil for 1; ok is false where that is not recorded.
	adds func(T) (n int64, ok bool)
}

// all is every thing that a table is about.
func all[T any](T) answer { return yes }

// untold is what the records don't say of the things counted: blank, unless there is none.
func untold[T any](T) answer { return unclear }

// figure is a cell: a number, or blank.
type figure struct {
	n     int64
	blank bool
}

// grid is a table of figures with its headings.
type grid struct {
	first   string // the heading of the rows' texts
	rows    []line
	columns []page.Column // without the rows' texts and numbers
	cells   [][]figure
}

type line struct {
	label string
	deep  int
}

// cross counts things by rows and columns.
func cross[T any](first string, things []T, rows, columns []class[T]) *grid {
	g := &grid{first: first}
	deepest := 0
	for _, c := range columns {
		deepest = max(deepest, len(c.above))
	}
	for i, c := range columns {
		heads := append([]string{}, c.above...)
		for len(heads) <= deepest {
			heads = append(heads, c.label)
		}
		g.columns = append(g.columns, page.Column{Heading: append(heads, letter(i)), Format: page.Number, Align: page.Centre, Min: 5})
	}
	g.cells = make([][]figure, len(rows))
	for i, r := range rows {
		g.rows = append(g.rows, line{r.label, r.deep})
		g.cells[i] = make([]figure, len(columns))
		if r.is == nil {
			blank(g.cells[i])
		}
	}
	in := make([]answer, len(columns))
	for _, t := range things {
		for i, c := range columns {
			in[i] = c.is(t)
		}
		for i, r := range rows {
			if r.is == nil {
				continue
			}
			if a := r.is(t); a != no {
				r.count(t, a, in, g.cells[i])
			}
		}
	}
	return g
}

// count adds one thing to a row's cells; a is whether it belongs into the row.
func (r *class[T]) count(t T, a answer, in []answer, cells []figure) {
	n, ok := int64(1), true
	if r.adds != nil {
		n, ok = r.adds(t)
	}
	for i, b := range in {
		switch at := both(a, b); {
		case at == unclear || at == yes && !ok:
			cells[i].blank = true
		case at == yes:
			cells[i].n += n
		}
	}
}

func letter(i int) string { return string(rune('A' + i)) }

// clear leaves every cell blank: a form to be filled in by hand.
func (g *grid) clear() {
	for _, row := range g.cells {
		blank(row)
	}
}

func blank(row []figure) {
	for i := range row {
		row[i] = figure{blank: true}
	}
}

// row gives a row of figures that are known.
func row(numbers ...int) []figure {
	cells := make([]figure, len(numbers))
	for i, n := range numbers {
		cells[i].n = int64(n)
	}
	return cells
}

// blanks tells whether a cell of the grid is blank.
func (g *grid) blanks() bool {
	for _, row := range g.cells {
		for _, f := range row {
			if f.blank {
				return true
			}
		}
	}
	return false
}

// table makes the grid into a table: the rows' texts, their numbers, the figures.
func (g *grid) table(least int) *page.Table {
	deep := 1
	for _, c := range g.columns {
		deep = max(deep, len(c.Heading))
	}
	head := func(word, last string) []string {
		heads := make([]string, deep)
		for i := range heads {
			heads[i] = word
		}
		heads[deep-1] = last
		return heads
	}
	t := &page.Table{Fixed: 2, Columns: append([]page.Column{{Heading: head(g.first, "甲"), Min: least, Align: page.LeftAlign, Max: 60},
		{Heading: head("行次", "乙"), Min: 4, Align: page.Centre, Format: page.Number}}, g.columns...)}
	for i, l := range g.rows {
		values := []any{strings.Repeat("  ", l.deep) + l.label, int64(i + 1)}
		for _, f := range g.cells[i] {
			if f.blank {
				values = append(values, nil)
			} else {
				values = append(values, f.n)
			}
		}
		t.Rows = append(t.Rows, values)
	}
	return t
}
