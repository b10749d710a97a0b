package fill

// slot is a blank row of a block, with its running number.
type slot struct {
	row, block, number int
	fresh              bool // was added: no number is printed in it
}

// slots lists the rows of all blocks, one block after the other.
func (t *table) slots() []slot {
	var all []slot
	for b := range t.blocks {
		for _, row := range t.body {
			all = append(all, slot{row: row, block: b, number: len(all) + 1})
		}
	}
	return all
}

// grown gives the blank rows after rows were added above the last one, or behind the only
// one.
func (t *table) grown(free []slot, added int) []slot {
	taken := map[[2]int]bool{}
	for _, s := range t.slots() {
		taken[[2]int{s.row, s.block}] = true
	}
	for _, s := range free {
		delete(taken, [2]int{s.row, s.block})
	}
	old := t.body
	last := old[len(old)-1]
	var body, was []int // was: where a row stood before, -1 for a new one
	for _, row := range old[:len(old)-1] {
		body, was = append(body, row), append(was, row)
	}
	if len(old) == 1 {
		body, was = append(body, last), append(was, last)
	}
	for i := range added {
		at := last + i
		if len(old) == 1 {
			at++
		}
		body, was = append(body, at), append(was, -1)
	}
	if len(old) > 1 {
		body, was = append(body, last+added), append(was, last)
	}
	t.body = body
	var all []slot
	for b := range t.blocks {
		for i, row := range body {
			if was[i] >= 0 && taken[[2]int{was[i], b}] {
				continue
			}
			// Numbers printed in the last row, or in later blocks, no longer fit.
			all = append(all, slot{row: row, block: b, number: b*len(body) + i + 1, fresh: was[i] < 0 || b > 0 || i == len(body)-1})
		}
	}
	return all
}

// move shifts a table down.
func (t *table) move(rows int) {
	t.top += rows
	t.bottom += rows
	for i := range t.body {
		t.body[i] += rows
	}
	for i := range t.columns {
		t.columns[i].at.Top += rows
		t.columns[i].at.Bottom += rows
	}
}

// moved brings the grid up to date after rows were added at a row; the new ones are
// blank, but for the formulas of the row in whose look they were made, which stands above.
func (g *Grid) moved(at, rows, like int) {
	g.text = shifted(g.text, at, rows)
	g.look = shifted(g.look, at, rows)
	g.format = shifted(g.format, at, rows)
	g.formula = shifted(g.formula, at, rows)
	g.formulas = shifted(g.formulas, at, rows)
	g.options = shifted(g.options, at, rows)
	areas := map[[2]int]Area{}
	for p, a := range g.areas {
		if a.Top >= at {
			a.Top += rows
			p[0] += rows
		} else if p[0] >= at {
			p[0] += rows
		}
		if a.Bottom >= at {
			a.Bottom += rows
		}
		areas[p] = a
	}
	g.areas = areas
	hidden := map[int]bool{}
	for r, is := range g.hidden {
		if r >= at {
			r += rows
		}
		hidden[r] = is
	}
	g.hidden = hidden
	g.rows += rows
	for c := range g.cols {
		for i := range rows {
			if g.formula[[2]int{like, c}] {
				g.formula[[2]int{at + i, c}] = true
			}
		}
	}
}

func shifted[T any](m map[[2]int]T, at, rows int) map[[2]int]T {
	out := make(map[[2]int]T, len(m))
	for p, v := range m {
		if p[0] >= at {
			p[0] += rows
		}
		out[p] = v
	}
	return out
}

// styled says how each column is written.
func (t *table) styled(s *sheetPlan) {
	row := t.bottom + 1
	if len(t.body) > 0 {
		row = t.body[0]
	}
	for i := range t.columns {
		if c := &t.columns[i]; c.source != nil {
			c.style = s.grid.styleOf(row, c.at.Left, c.source, c.heading.hints, s.unit)
		}
	}
}
