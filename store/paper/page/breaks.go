package page

// breakUp ends pages of columns where the next column has no room, the fixed ones
// counted in from the second page on: before the column's whole heading where that has
// room on one page, and never between columns that go With each other.
func (t *Table) breakUp(p *paper, widths []float64) {
	at := make([]float64, len(widths)+1)
	for i, w := range widths {
		at[i+1] = at[i] + w
	}
	fixed := at[min(t.Fixed, len(widths))]
	begin, used := 0, 0.0
	for i, w := range widths {
		if used+w > p.width && i > t.Fixed {
			if cut := t.cut(max(begin, t.Fixed)+1, i, at, p.width-fixed); cut > 0 {
				begin = cut
				p.page.Breaks = append(p.page.Breaks, at[cut])
				used = fixed + at[i] - at[cut]
			}
		}
		used += w
	}
	p.page.Fixed = fixed
}

// cut gives the column, from first to i, with which a page of columns begins where i has
// no room.
func (t *Table) cut(first, i int, at []float64, room float64) int {
	cut := i
	for cut > first && t.Columns[cut].With {
		cut--
	}
	if t.Columns[cut].With {
		cut = i
	}
	from, to := cut, cut
	for from > 0 && t.under(from-1, cut) {
		from--
	}
	for to < len(t.Columns) && t.under(to, cut) {
		to++
	}
	if from >= first && at[to]-at[from] <= room {
		return from
	}
	return cut
}

// under tells whether two columns stand under a common heading.
func (t *Table) under(a, b int) bool {
	x, y := t.Columns[a].Heading, t.Columns[b].Heading
	return len(x) > 1 && len(y) > 1 && x[0] == y[0]
}
