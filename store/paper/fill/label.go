package fill

import (
	"strings"
)

// label is a label of a form with the blank beside or below it, or in its own cell.
type label struct {
	text   string
	blank  Area
	source *Source
	hints  []string
	// inline is the label's place in a cell that holds label and blank: 姓名:____.
	inline *inline
}

// findLabels looks for labels and their blanks outside the tables; those that aren't
// known have no source.
func findLabels(g *Grid, w *words, tables []*table) []label {
	framed := g.anyFrame()
	var all []label
	taken := map[Area]bool{}
	section := ""
	for row := range min(g.rows, maxRows) {
		if insideOf(tables, row) || g.hidden[row] {
			continue
		}
		if text, ok := g.section(row); ok {
			section = text
		}
		kin := g.kin(row)
		for col := range g.cols {
			a := g.area(row, col)
			text := strings.TrimSpace(g.own(row, col))
			if a.Top != row || a.Left != col || text == "" || g.blank(row, col) {
				continue
			}
			chain := append(g.besides(a), strings.TrimRight(text, ":\uFF1A"))
			if kinSection.MatchString(section) {
				chain = append([]string{section}, chain...)
			}
			if kin {
				chain = append([]string{"亲属"}, chain...)
			}
			blank, ok := g.blankOf(a, framed)
			ok = ok && !taken[blank] && (!framed || g.framed(row, col))
			if spots := w.within(g.own(row, col), chain, a); len(spots) > 0 && !(ok && spots[0].inline.text == "") {
				all = append(all, spots...)
				continue
			}
			if !ok || toSign(text) {
				continue
			}
			if left := g.leftOf(a); blank.Top == a.Top && (contacts.MatchString(bare(left)) || kinSection.MatchString(left)) {
				chain = append([]string{"亲属"}, chain...) // 紧急联系人 | 姓名 | …
			}
			h := heading{chain: chain}
			l := label{text: strings.Join(strings.Fields(text), ""), blank: blank, hints: []string{text}}
			if l.source = w.source(&h, false); l.source == serial {
				l.source = nil // 编号 of a card is no running number
			}
			taken[blank] = true
			all = append(all, l)
		}
	}
	return all
}

// within gives the labels whose blanks stand in the label's own cell, those that are known.
func (w *words) within(text string, chain []string, a Area) []label {
	var all []label
	for _, in := range inlines(text) {
		h := heading{chain: append(append([]string{}, chain[:len(chain)-1]...), in.label)}
		if src := w.source(&h, false); src != nil && src != serial && !toSign(in.label) {
			all = append(all, label{text: in.label, blank: a, source: src, inline: &in, hints: []string{in.label}})
		}
	}
	return all
}

// leftOf gives the text right beside a cell, "" for a blank.
func (g *Grid) leftOf(a Area) string {
	if a.Left == 0 || g.blank(a.Top, a.Left-1) {
		return ""
	}
	return g.at(a.Top, a.Left-1)
}

// insideOf tells of a row of a table.
func insideOf(tables []*table, row int) bool {
	for _, t := range tables {
		if row >= t.top && row < t.end() {
			return true
		}
	}
	return false
}

// section gives the text of a row that holds nothing but one text over most of its width.
func (g *Grid) section(row int) (string, bool) {
	found := ""
	for col := range g.cols {
		text := strings.TrimSpace(g.own(row, col))
		if text == "" {
			continue
		}
		if a := g.area(row, col); found != "" || (a.Right-a.Left+1)*5 < g.cols*3 {
			return "", false
		}
		found = text
	}
	return found, found != ""
}

// kin tells of a row of headings for relatives.
func (g *Grid) kin(row int) bool {
	for col := range g.cols {
		if kinship.MatchString(bare(g.own(row, col))) {
			return true
		}
	}
	return false
}

// besides gives the groups to the left of a label: texts over several rows with a label
// beside their first one and beside this one's.
func (g *Grid) besides(a Area) []string {
	var groups []string
	for c := a.Left - 1; c >= 0; {
		b := g.area(a.Top, c)
		text := strings.TrimSpace(g.text[[2]int{b.Top, b.Left}])
		if b.Bottom-b.Top > a.Bottom-a.Top && text != "" && !g.blank(b.Top, b.Left) {
			if b.Right+1 < g.cols && !g.blank(b.Top, b.Right+1) && !g.blank(a.Top, b.Right+1) {
				groups = append([]string{text}, groups...)
			}
		}
		c = b.Left - 1
	}
	return groups
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
