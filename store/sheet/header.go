package sheet

import (
	"strings"

	"taizhang/model"
)

// nesting is how many rows a header takes at most.
const nesting = 3

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
	passed  []int     // rows below that are notes, signatures and the like
	rows    []gridRow // those below that stand for records, see body
	read    bool      // rows and passed are known
}

// findHeader looks for the row with the most headings of the kind; titles may
// stand above it, and it may take up to three rows where headings stand under others.
func findHeader(h *headings, g *grid) (header, bool) {
	var best header
	for depth := 1; depth <= nesting; depth++ {
		for i := range min(len(g.rows), headerDepth) {
			hd, ok := header{grid: g, index: i, top: i}, true
			if depth == 1 {
				hd.columns = h.columnsOf(g.rows[i].texts())
				hd.count()
			} else {
				hd, ok = h.nested(g, i, depth)
			}
			if ok && hd.matched > best.matched {
				best = hd
			}
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
