package sheet

import "strings"

// nested reads the rows from i on as one header of several rows: a column's heading is
// made of the texts above each other, of which the upper ones may stand over several
// columns. It is none when a row has something below a heading that is known by itself:
// that is a row of data.
func (h *headings) nested(g *grid, i, depth int) (header, bool) {
	if i+depth > len(g.rows) || g.rows[i+depth-1].number != g.rows[i].number+depth-1 {
		return header{}, false
	}
	rows := g.rows[i : i+depth]
	width := 0
	for _, r := range rows {
		width = max(width, len(r.cells))
	}
	texts, whole, bare := make([]string, width), make([]string, width), make([]bool, width)
	below := 0
	for c := range texts {
		if h.dataBelow(g, rows, c) {
			return header{}, false
		}
		chain := g.chain(rows, c)
		whole[c] = strings.Join(chain, "")
		texts[c], bare[c] = h.joined(chain)
		if !rows[depth-1].at(c).empty() && h.match(texts[c]) != nil {
			below++
		}
	}
	h.keepOwn(texts, whole, bare)
	hd := header{grid: g, index: i + depth - 1, top: i, columns: h.columnsOf(texts)}
	hd.count()
	return hd, below > 0
}

// chain gives the texts above each other in a column, the lowest last; where a cell is
// empty, that of the range or group that it belongs to.
func (g *grid) chain(rows []gridRow, column int) []string {
	var chain []string
	for k, r := range rows {
		text := r.at(column).text
		if text == "" {
			text = g.mergedText(r, column)
		}
		if text == "" && filledBelow(rows[k+1:], column) {
			text = groupText(r, rows[k+1:], column)
		}
		if text != "" {
			chain = append(chain, strings.Join(strings.Fields(text), ""))
		}
	}
	return chain
}

// groupText gives the text to the left that stands over a column without being merged
// over it: every column between has a text below as well.
func groupText(r gridRow, lower []gridRow, column int) string {
	for c := column - 1; c >= 0 && filledBelow(lower, c); c-- {
		if text := r.at(c).text; text != "" {
			return text
		}
	}
	return ""
}

func filledBelow(lower []gridRow, column int) bool {
	for _, r := range lower {
		if !r.at(column).empty() {
			return true
		}
	}
	return false
}

// joined makes one heading of a chain: the whole, the two lowest in either order
// (时间 over 入党 is 入党时间), the highest and the lowest, then one text alone. bare tells
// that the lowest was taken without what stands above it. What may not be collected is
// never known by a part of its heading.
func (h *headings) joined(chain []string) (text string, bare bool) {
	n := len(chain)
	if n == 0 {
		return "", false
	}
	whole, last := strings.Join(chain, ""), chain[n-1]
	if n == 1 {
		return last, false
	}
	up := chain[n-2]
	for _, try := range []string{whole, up + last, last + up, chain[0] + last, last + chain[0]} {
		if h.match(try) != nil {
			return try, false
		}
	}
	if forbidden(HeadingKey(whole)) != "" {
		return whole, false
	}
	if h.match(last) != nil {
		return last, true
	}
	if brackets.ReplaceAllString(HeadingKey(last), "") == "" && h.match(up) != nil {
		return up, false // a remark below the heading
	}
	return last, false
}

// keepOwn lets a heading that is known by itself win over one of the same field that
// stands under another: 姓名 under 介绍人 is not the person's own.
func (h *headings) keepOwn(texts, whole []string, bare []bool) {
	own := map[string]bool{}
	for c, t := range texts {
		if f := h.match(t); f != nil && !bare[c] {
			own[f.Name] = true
		}
	}
	for c, t := range texts {
		if f := h.match(t); f != nil && bare[c] && own[f.Name] {
			texts[c] = whole[c]
		}
	}
}

// dataBelow reports whether a column has a known heading of its own and below it
// something that is neither a part of a heading nor a remark.
func (h *headings) dataBelow(g *grid, rows []gridRow, column int) bool {
	for k, r := range rows[:len(rows)-1] {
		up := r.at(column).text
		if up == "" || h.match(up) == nil || g.spans(r.number, column) {
			continue
		}
		for _, lower := range rows[k+1:] {
			low := lower.at(column).text
			if low == "" || brackets.ReplaceAllString(HeadingKey(low), "") == "" {
				continue
			}
			if h.match(low) != nil || h.match(up+low) == nil && h.match(low+up) == nil {
				return true
			}
		}
	}
	return false
}

// at gives the merged ranges that begin in a row.
func (g *grid) at(number int) []span {
	if g.mergesAt == nil {
		g.mergesAt = make(map[int][]span, len(g.merges))
		for _, s := range g.merges {
			g.mergesAt[s.top] = append(g.mergesAt[s.top], s)
		}
	}
	return g.mergesAt[number]
}

// mergedText gives the text of a row's horizontally merged range that covers a column.
func (g *grid) mergedText(r gridRow, column int) string {
	for _, s := range g.at(r.number) {
		if s.left <= column+1 && column+1 <= s.right {
			return r.at(s.left - 1).text
		}
	}
	return ""
}

// spans reports whether the cell begins a range of several columns.
func (g *grid) spans(number, column int) bool {
	for _, s := range g.at(number) {
		if s.left == column+1 && s.right > s.left {
			return true
		}
	}
	return false
}
