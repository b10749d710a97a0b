package sheet

import (
	"strings"

	"taizhang/model"
)

// headerDepth is how many rows are looked through for the header.
const headerDepth = 60

// header is a header row found in a grid.
type header struct {
	grid    *grid
	index   int // of the header's last row in grid.rows
	top     int // of its first row
	columns []Column
	matched int // fields with a column of their own
	missing []string
}

// findHeader looks for the row with the most headings of the kind; titles may
// stand above it, and it may take two rows where headings are merged.
func findHeader(h *headings, g *grid) (header, bool) {
	var best header
	for i := range min(len(g.rows), headerDepth) {
		one := header{grid: g, index: i, top: i, columns: h.columnsOf(g.rows[i].texts())}
		one.count()
		if one.matched > best.matched {
			best = one
		}
		if two, ok := h.twoRows(g, i); ok && two.matched > best.matched {
			best = two
		}
	}
	if best.matched == 0 {
		return header{}, false
	}
	best.missing = h.missing(best.columns)
	return best, true
}

func (r gridRow) texts() []string {
	texts := make([]string, len(r.cells))
	for i, c := range r.cells {
		texts[i] = c.text
	}
	return texts
}

func (h *headings) columnsOf(texts []string) []Column {
	columns := make([]Column, len(texts))
	used := map[*model.Field]bool{}
	for i, t := range texts {
		c := &columns[i]
		c.Heading = strings.Join(strings.Fields(t), "")
		c.Field = h.match(t)
		switch {
		case c.Field != nil && used[c.Field]:
			c.Field = h.namesake(c.Field, used)
		case c.Field == nil && c.Heading != "":
			c.Why = h.why(t)
			c.private = strings.HasPrefix(c.Why, whyPrivate[:strings.Index(whyPrivate, "%")])
		}
		if c.Field != nil {
			used[c.Field] = true
			c.scale = scale(c.Field, t)
		}
	}
	return columns
}

func (h *header) count() {
	seen := map[*model.Field]bool{}
	for _, c := range h.columns {
		if c.Field != nil {
			seen[c.Field] = true
		}
	}
	h.matched = len(seen)
}

// twoRows reads rows i and i+1 as one header: a column's heading is the lower
// text, the two together, or the upper one, whichever is known. It is none when
// the lower row has something below a heading that is known by itself: that is a
// row of data.
func (h *headings) twoRows(g *grid, i int) (header, bool) {
	if i+1 >= len(g.rows) || g.rows[i+1].number != g.rows[i].number+1 {
		return header{}, false
	}
	upper, lower := g.rows[i], g.rows[i+1]
	texts := make([]string, max(len(upper.cells), len(lower.cells)))
	below := 0
	for c := range texts {
		up, low := upper.at(c).text, lower.at(c).text
		group := up
		if group == "" {
			group = g.mergedText(upper, c)
		}
		switch {
		case low == "":
			texts[c] = up
		case h.match(group+low) != nil && h.match(low) == nil:
			texts[c] = group + low
			below++
		case up != "" && h.match(up) != nil && !g.spans(upper.number, c):
			return header{}, false
		default:
			texts[c] = low
			if h.match(low) != nil {
				below++
			}
		}
	}
	two := header{grid: g, index: i + 1, top: i, columns: h.columnsOf(texts)}
	two.count()
	return two, below > 0
}

// mergedText gives the text of a row's horizontally merged range that covers a column.
func (g *grid) mergedText(r gridRow, column int) string {
	for _, s := range g.merges {
		if s.top == r.number && s.left <= column+1 && column+1 <= s.right {
			return r.at(s.left - 1).text
		}
	}
	return ""
}

// spans reports whether the cell begins a range of several columns.
func (g *grid) spans(number, column int) bool {
	for _, s := range g.merges {
		if s.top == number && s.left == column+1 && s.right > s.left {
			return true
		}
	}
	return false
}

// missing names the columns without which no row could be taken: those of the
// record's name, and other required ones where nothing can supply them.
func (h *headings) missing(columns []Column) []string {
	have := map[string]bool{}
	for _, c := range columns {
		if c.Field != nil {
			have[c.Field.Name] = true
		}
	}
	named := map[string]bool{}
	for _, n := range h.kind.Label {
		named[n] = true
	}
	supplied := h.kind.Fill != nil || h.kind.Infer != nil
	var labels []string
	for _, f := range h.kind.Fields() {
		if f.Required && f.Default == "" && !have[f.Name] && (named[f.Name] || !supplied) {
			labels = append(labels, f.Label)
		}
	}
	return labels
}

// chooseSheet gives the header of the named sheet, or of the first sheet with a
// usable one.
func chooseSheet(h *headings, grids []grid, name, file string) (header, error) {
	var nearest header
	found, filled := false, false
	for i := range grids {
		g := &grids[i]
		if name != "" && g.name != name || name == "" && g.hidden {
			continue
		}
		found = true
		filled = filled || len(g.rows) > 0
		hd, ok := findHeader(h, g)
		if ok && len(hd.missing) == 0 && g.name != "" {
			return hd, nil
		}
		// The readings of a CSV file with other separators come as further grids.
		if ok && (nearest.grid == nil || hd.matched > nearest.matched) {
			nearest = hd
		}
	}
	title := h.kind.Title
	switch {
	case !found && name != "":
		return header{}, model.Errorf("E-SHEET-NAME", "“%s”里没有名为“%s”的工作表,有:%s", file, model.Clean(name, false), sheetNames(grids))
	case !filled:
		return header{}, model.Errorf("E-SHEET-EMPTY", "“%s”里是空表,没有可读的内容", file)
	case nearest.grid == nil:
		return header{}, model.Errorf("E-SHEET-HEADER", "“%s”里没有找到表头;请让表头这一行写明各列的名称,例如 %s", file, exampleHeadings(h.kind))
	case len(nearest.missing) > 0:
		return header{}, model.Errorf("E-SHEET-COLUMN", "“%s”里没有“%s”这一列(登记%s必须有),请在表头加上后再读入", file, strings.Join(nearest.missing, "”“"), title)
	}
	return nearest, nil
}

func sheetNames(grids []grid) string {
	var names []string
	for _, g := range grids {
		if g.name != "" {
			names = append(names, model.Clean(g.name, false))
		}
	}
	if len(names) == 0 {
		return "(没有工作表)"
	}
	return strings.Join(names, "、")
}

func exampleHeadings(k *model.Kind) string {
	var labels []string
	for _, f := range k.Fields() {
		if f.Required || len(labels) < 4 {
			labels = append(labels, f.Label)
		}
	}
	return strings.Join(labels[:min(len(labels), 5)], "、")
}
