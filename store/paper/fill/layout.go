package fill

import (
	"strings"

	"taizhang/model"
)

// The bounds within which a form is looked through.
const (
	maxRows  = 5000
	maxCols  = 200
	headRows = 80 // in which headings are looked for, from where a table may begin
	nesting  = 4  // rows that headings take at most
)

// column is one column of a form's table.
type column struct {
	at      Area // of the heading's leaf
	heading heading
	source  *Source
	style   style
}

// table is a form's table: its headings, and the rows to be filled.
type table struct {
	top, bottom int   // of the headings
	body        []int // the rows to be filled, blank or filled before
	open        bool  // nothing stands below: rows can be put on
	columns     []column
	blocks      [][]int // of columns; several where a list goes on beside itself
	byRoll      bool
	cased       bool   // framed
	title       string // what stands above it
	said        map[[2]int]any
}

// end is the row behind the table.
func (t *table) end() int {
	if len(t.body) > 0 {
		return t.body[len(t.body)-1] + 1
	}
	return t.bottom + 1
}

// matched counts the columns that are bound, the running number not.
func (t *table) matched() int {
	n := 0
	for _, c := range t.columns {
		if c.source != nil && c.source != serial {
			n++
		}
	}
	return n
}

// findTables gives the tables of a sheet, the one with the most known columns first.
func findTables(g *Grid, w *words, byRoll bool) []*table {
	best := findTable(g, w, byRoll, 0, g.rows)
	if best == nil {
		return nil
	}
	all := []*table{best}
	for lo := best.end(); lo < g.rows; { // below it more may stand
		t := findTable(g, w, byRoll, lo, g.rows)
		if t == nil || t.matched() < 2 || t.matched()*2 < best.matched() || !t.hasName(w) {
			break
		}
		all = append(all, t)
		lo = t.end()
	}
	if t := findTable(g, w, byRoll, 0, best.top); t != nil && t.matched() >= 2 && t.matched()*2 >= best.matched() && t.hasName(w) {
		all = append([]*table{t}, all...)
	}
	lo := 0
	for _, t := range all {
		t.title = g.lines(lo, t.top)
		lo = t.end()
	}
	return all
}

// lines gives all texts of rows.
func (g *Grid) lines(from, to int) string {
	var all []string
	for row := from; row < to; row++ {
		for col := range g.cols {
			if text := strings.TrimSpace(g.own(row, col)); text != "" {
				all = append(all, text)
			}
		}
	}
	return strings.Join(all, "\n")
}

// hasName tells of a table that asks who or what its rows are.
func (t *table) hasName(w *words) bool {
	for _, c := range t.columns {
		if c.source != nil && w.namesRecord(c.source) {
			return true
		}
	}
	return false
}

// findTable looks between rows for the headings with the most known ones that have
// something blank below them; nil for none.
func findTable(g *Grid, w *words, byRoll bool, lo, hi int) *table {
	var best *table
	for depth := 1; depth <= nesting; depth++ {
		for top := lo; top+depth <= min(hi, lo+headRows); top++ {
			t := &table{top: top, bottom: top + depth - 1, byRoll: byRoll}
			if g.hidden[t.bottom] || g.torn(t) || depth < nesting && top > lo && w.grouped(g, t) {
				continue
			}
			t.read(g, w)
			if n := t.matched(); n == 0 || best != nil && n <= best.matched() {
				continue
			}
			if t.findBody(g, w, hi); len(t.body) > 0 || t.open {
				best = t
			}
		}
	}
	if best != nil {
		best.sumMonths()
		best.hints(g)
		best.split()
	}
	return best
}

// torn tells of headings that begin above the rows looked at, or end before them.
func (g *Grid) torn(t *table) bool {
	some := false
	for c := range g.cols {
		some = some || strings.TrimSpace(g.at(t.bottom, c)) != ""
		if a := g.area(t.top, c); a.Top < t.top && a.Bottom <= t.bottom && g.at(t.top, c) != "" {
			return true
		}
	}
	return !some
}

// grouped tells whether the row above is one of groups: among its texts one stands over
// several columns with headings, and is no label itself.
func (w *words) grouped(g *Grid, t *table) bool {
	row, texts, over := t.top-1, 0, false
	for c := range g.cols {
		a := g.area(row, c)
		text := strings.TrimSpace(g.at(row, c))
		if a.Left != c || text == "" || frameOf(text) != nil || strings.ContainsAny(text, ":\uFF1A") || g.framed(row, c) != g.framed(t.top, c) {
			continue
		}
		texts++
		below := 0
		for k := a.Left; k <= a.Right; k++ {
			if g.begins(t.top, k) && g.at(t.top, k) != "" {
				below++
			}
		}
		over = over || a.Bottom == row && below > 1 && named(w.names, text) == nil
	}
	return over && texts > 1
}

// read gives each column its heading and its source.
func (t *table) read(g *Grid, w *words) {
	for c := 0; c < g.cols; c++ {
		a := g.area(t.bottom, c)
		if a.Left != c {
			continue
		}
		if a.Bottom > t.bottom || g.at(t.bottom, c) == "" && g.at(t.top, c) == "" {
			continue
		}
		h := heading{chain: g.chain(t.top, t.bottom, c)}
		if len(h.chain) == 0 || frameOf(h.leaf()) != nil {
			continue
		}
		t.columns = append(t.columns, column{at: a, heading: h, source: w.source(&h, t.byRoll)})
	}
	t.settle(w)
}

// chain gives the texts above each other in a column, each merged cell once; where a
// group's word is not merged over its columns, it holds until the next one.
func (g *Grid) chain(top, bottom, col int) []string {
	var chain []string
	last := Area{-1, -1, -1, -1}
	for r := top; r <= bottom; r++ {
		a := g.area(r, col)
		if a == last || g.hidden[r] {
			continue
		}
		last = a
		text := strings.TrimSpace(g.at(r, col))
		if text == "" && r < bottom {
			text = g.groupLeft(r, bottom, col)
		}
		if text != "" {
			chain = append(chain, text)
		}
	}
	return chain
}

// groupLeft gives the text to the left that stands over a column without being merged
// over it.
func (g *Grid) groupLeft(row, bottom, col int) string {
	if g.at(bottom, col) == "" {
		return ""
	}
	for c := col - 1; c >= 0 && g.at(bottom, c) != ""; c-- {
		if a := g.area(row, c); a.Bottom >= bottom {
			return ""
		}
		text := strings.TrimSpace(g.at(row, c))
		if text == "" {
			continue
		}
		if a := g.area(row, c); a.Right > a.Left {
			return "" // merged: it ends where it ends
		}
		if g.at(bottom, c) == "" || c > 0 && g.at(row, col) == "" && g.loneHead(row, bottom, c, col) {
			return ""
		}
		return text
	}
	return ""
}

// loneHead tells of a heading that has nothing below it: 序号 in the upper of two rows,
// where the cells aren't merged.
func (g *Grid) loneHead(row, bottom, c, col int) bool {
	for k := c; k < col; k++ {
		if strings.TrimSpace(g.at(bottom, k)) != "" {
			return false
		}
	}
	return row < bottom
}

var (
	kinship   = model.NewPattern(`^(称谓|称呼|关系|与本人关系|与户主关系|与党员关系|与申请人关系)$`)
	fixedLine = model.NewPattern(`^(固定电话|座机|办公电话|家庭电话|宅电)(号码)?$`)
	contacts  = model.NewPattern(`(联系人|家属|亲属|监护人|负责人|法人|法定代表人|经办人|包户干部|责任人|户主|驻村干部|指导员|配偶|父亲|母亲)$`)
)

// settle takes bindings back of which the columns beside them tell otherwise: a table of
// relatives, the telephone of a contact, one heading that comes a second time.
func (t *table) settle(w *words) {
	for _, c := range t.columns {
		if kinship.MatchString(bare(c.heading.leaf())) {
			for i := range t.columns {
				t.columns[i].source = nil
			}
			return
		}
	}
	seen := map[string]int{}
	serials := 0
	for i := range t.columns {
		c := &t.columns[i]
		if c.source == nil {
			continue
		}
		if c.source == serial {
			if serials++; serials > 1 && bare(c.heading.leaf()) == "编号" && bare(t.columns[0].heading.leaf()) != "编号" {
				c.source = nil // its own number beside the running one
			}
			continue
		}
		if at, twice := seen[c.source.Name]; twice && isPhone(c.source) {
			// One number is kept: it is the mobile one where a form asks for both.
			for _, k := range []int{at, i} {
				if fixedLine.MatchString(bare(t.columns[k].heading.leaf())) {
					t.columns[k].source = nil
				}
			}
			if c.source == nil {
				continue
			}
		}
		if i > 0 && isPhone(c.source) && t.columns[i-1].source == nil && contacts.MatchString(bare(t.columns[i-1].heading.leaf())) {
			c.source = nil
			continue
		}
		if at, twice := seen[c.source.Name]; twice && c.source.own() && sameLeaf(*c, t.columns[at]) {
			if next := w.namesake(c.source); next != nil && seen[next.Name] == 0 {
				c.source = next
			} else if len(c.heading.chain) > 1 && len(t.columns[at].heading.chain) == 1 {
				c.source = nil // under a group of its own
			}
		}
		if _, known := seen[c.source0()]; !known && c.source != nil {
			seen[c.source.Name] = i
		}
	}
}

// source0 names a column's source, "" for none.
func (c *column) source0() string {
	if c.source == nil {
		return ""
	}
	return c.source.Name
}

func isPhone(s *Source) bool { return s.field != nil && s.own() && s.field.Name == "phone" }

func sameLeaf(a, b column) bool { return bare(a.heading.leaf()) == bare(b.heading.leaf()) }

// namesake gives the kind's next field of the same label: an admission has two votes.
func (w *words) namesake(s *Source) *Source {
	past := false
	for _, f := range w.kind.Fields() {
		if past && s.field != nil && f.Label == s.field.Label {
			return w.byName(f.Name)
		}
		past = past || f == s.field
	}
	return nil
}

// hints gathers for each column what its heading, notes, examples and rows filled before
// say of the form of its values.
func (t *table) hints(g *Grid) {
	first := t.bottom + 1
	if len(t.body) > 0 {
		first = t.body[0]
	}
	for i := range t.columns {
		c := &t.columns[i]
		for k := len(c.heading.chain) - 1; k >= 0; k-- {
			c.heading.hints = append(c.heading.hints, c.heading.chain[k])
		}
		for row := t.bottom + 1; row < first; row++ {
			if text := strings.TrimSpace(g.own(row, c.at.Left)); text != "" {
				c.heading.hints = append(c.heading.hints, text)
			}
		}
		for n, row := range t.body {
			if text := g.filled(row, c.at.Left); text != "" && n < 20 {
				c.heading.hints = append(c.heading.hints, text)
			}
		}
	}
}

// split finds the blocks of a list that goes on beside itself: the same headings again.
func (t *table) split() {
	var starts []int
	for i, c := range t.columns {
		if i == 0 || sameColumn(c, t.columns[0]) {
			starts = append(starts, i)
		}
	}
	for i, from := range starts {
		to := len(t.columns)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		block := make([]int, 0, to-from)
		for c := from; c < to; c++ {
			block = append(block, c)
		}
		t.blocks = append(t.blocks, block)
	}
	for _, b := range t.blocks[1:] {
		same := len(b) == len(t.blocks[0])
		for i := range b {
			same = same && i < len(t.blocks[0]) && sameColumn(t.columns[b[i]], t.columns[t.blocks[0][i]])
		}
		if !same { // no blocks: a heading that comes twice
			all := make([]int, len(t.columns))
			for i := range all {
				all[i] = i
			}
			t.blocks = [][]int{all}
			return
		}
	}
}

func sameColumn(a, b column) bool { return key(a.heading.Text()) == key(b.heading.Text()) }
