package fill

import "strings"

// label is a label of a form with the blank beside or below it.
type label struct {
	text   string
	blank  Area
	source *Source
}

// findLabels looks for labels and their blanks outside a table; those that aren't known
// have no source.
func findLabels(g *Grid, w *words, t *table) []label {
	framed := false
	for _, b := range g.boxed {
		framed = framed || b
	}
	var all []label
	taken := map[Area]bool{}
	for row := range min(g.rows, maxRows) {
		if t != nil && row >= t.top && row < t.first+max(t.rows, 1) {
			continue
		}
		for col := range g.cols {
			a := g.area(row, col)
			text := strings.TrimSpace(g.own(row, col))
			if a.Top != row || a.Left != col || text == "" || framed && !g.framed(row, col) {
				continue
			}
			blank, ok := g.blankOf(a, framed)
			if !ok || taken[blank] || toSign(text) {
				continue
			}
			l := label{text: strings.Join(strings.Fields(text), ""), blank: blank}
			h := heading{chain: []string{strings.TrimRight(text, "::")}}
			if l.source, _ = w.source(&h, false); l.source == serial {
				l.source = nil // 编号 of a card is no running number
			}
			taken[blank] = true
			all = append(all, l)
		}
	}
	return all
}

// blankOf gives the blank of a label: the one beside it, or else the one below where
// only one row is blank.
func (g *Grid) blankOf(a Area, framed bool) (Area, bool) {
	if a.Right+1 < g.cols {
		b := g.area(a.Top, a.Right+1)
		if b.Top == a.Top && g.blank(b.Top, b.Left) && (!framed || g.framed(b.Top, b.Left)) {
			return b, true
		}
	}
	if a.Bottom+1 >= g.rows {
		return Area{}, false
	}
	b := g.area(a.Bottom+1, a.Left)
	if b.Left != a.Left || b.Right != a.Right || !g.blank(b.Top, b.Left) || framed && !g.framed(b.Top, b.Left) {
		return Area{}, false
	}
	if next := b.Bottom + 1; next < g.rows && g.blank(next, a.Left) && g.framed(next, a.Left) {
		return Area{}, false // a column of blanks
	}
	return b, true
}

func known(labels []label) int {
	n := 0
	for _, l := range labels {
		if l.source != nil {
			n++
		}
	}
	return n
}
