package fill

import (
	"regexp"
	"strings"
)

// The bounds within which a form is looked through.
const (
	maxRows  = 400
	maxCols  = 120
	headRows = 40 // in which headings are looked for
	nesting  = 3  // rows that headings take at most
)

// column is one column of a form's table.
type column struct {
	at      Area // of the heading's leaf
	heading heading
	source  *Source
	strange bool
}

// table is a form's table: its headings, and the rows to be filled.
type table struct {
	top, bottom int // of the headings
	first, rows int // the rows to be filled, blank or filled before
	open        bool
	columns     []column
	blocks      [][]int // of columns; several where a list goes on beside itself
	byRoll      bool
	cased       bool // framed
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

// findTable looks for the rows with the most known headings that have something blank
// below them; nil for none.
func findTable(g *Grid, w *words, byRoll bool) *table {
	var best *table
	for depth := 1; depth <= nesting; depth++ {
		for top := 0; top+depth <= min(g.rows, headRows); top++ {
			t := &table{top: top, bottom: top + depth - 1, byRoll: byRoll}
			t.read(g, w)
			if n := t.matched(); n == 0 || best != nil && n <= best.matched() {
				continue
			}
			if t.body(g, w); t.rows > 0 || t.open {
				best = t
			}
		}
	}
	if best != nil {
		best.hints(g)
		best.split()
	}
	return best
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
		if len(h.chain) == 0 {
			continue
		}
		col := column{at: a, heading: h}
		col.source, col.strange = w.source(&h, t.byRoll)
		t.columns = append(t.columns, col)
	}
	t.settle()
}

// settle takes back what a strange group may not have: a second column for what another
// one has, or a group of which not every column is known.
func (t *table) settle() {
	plain := map[string]bool{}
	groupKnown := map[string]bool{}
	for _, c := range t.columns {
		if c.source != nil && !c.strange {
			plain[c.source.Name] = true
		}
		g := c.group()
		if _, seen := groupKnown[g]; !seen {
			groupKnown[g] = true
		}
		groupKnown[g] = groupKnown[g] && c.source != nil
	}
	for i := range t.columns {
		c := &t.columns[i]
		if c.source != nil && c.strange && (plain[c.source.Name] || !groupKnown[c.group()]) {
			c.source = nil
		}
	}
}

func (c *column) group() string {
	return strings.Join(c.heading.chain[:len(c.heading.chain)-1], "/")
}

// chain gives the texts above each other in a column, each merged cell once; where a
// group's word is not merged over its columns, it holds until the next one.
func (g *Grid) chain(top, bottom, col int) []string {
	var chain []string
	last := Area{-1, -1, -1, -1}
	for r := top; r <= bottom; r++ {
		a := g.area(r, col)
		if a == last {
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

func (g *Grid) groupLeft(row, bottom, col int) string {
	if g.at(bottom, col) == "" {
		return ""
	}
	for c := col - 1; c >= 0 && g.at(bottom, c) != ""; c-- {
		if a := g.area(row, c); a.Bottom >= bottom {
			return ""
		}
		if text := strings.TrimSpace(g.at(row, c)); text != "" {
			if a := g.area(row, c); a.Right > a.Left {
				return "" // merged: it ends where it ends
			}
			return text
		}
	}
	return ""
}

var (
	exampleRow = regexp.MustCompile(`^\(?(例|示例|样例|范例|举例|例如|填写示例)[))::]?`)
	noteText   = regexp.MustCompile(`格式|如[::]?\d|示例|^[((].*[))]$|/|填写|选填|必填`)
	endText    = regexp.MustCompile(`^[*※(( ]*(合计|总计|小计|共计|总人数|注|备注[::]|说明|填表|制表|审核|负责人|单位负责人|党组织负责人|书记|支部书记|党支部书记|经办|联系人|填报|盖章|应交|以上)`)
	justNumber = regexp.MustCompile(`^\d{1,5}$`)
)

// body finds the rows to be filled below the headings.
func (t *table) body(g *Grid, w *words) {
	framed := 0
	for _, c := range t.columns {
		if g.framed(t.bottom, c.at.Left) {
			framed++
		}
	}
	t.cased = framed*2 > len(t.columns)
	t.first = t.bottom + 1
	for skipped := 0; skipped < 3 && t.first < g.rows && t.remark(g, t.first); skipped++ {
		t.first++
	}
	row := t.first
	for ; row < g.rows && t.holds(g, w, row); row++ {
	}
	t.rows = row - t.first
	// Where nothing stands below, the sheet goes on.
	t.open = !t.cased && row >= g.rows
}

// remark tells of a row that explains the headings or shows an example.
func (t *table) remark(g *Grid, row int) bool {
	notes := 0
	for c := range g.cols {
		if g.area(row, c).Left != c {
			continue
		}
		text := strings.TrimSpace(g.own(row, c))
		if text == "" {
			continue
		}
		if exampleRow.MatchString(text) {
			return true
		}
		if noteText.MatchString(text) && !endText.MatchString(text) && g.area(row, c).Right-c < 3 {
			notes++
		}
	}
	return notes > 0
}

// holds tells of a row that is blank, or that has been filled with a record before.
func (t *table) holds(g *Grid, w *words, row int) bool {
	framed, texts, words, broad := 0, 0, 0, false
	for i, c := range t.columns {
		if g.framed(row, c.at.Left) {
			framed++
		}
		a := g.area(row, c.at.Left)
		broad = broad || a.Top != row || a.Bottom != row || i+1 < len(t.columns) && a.Right >= t.columns[i+1].at.Left
		text := strings.TrimSpace(g.own(row, c.at.Left))
		if text == "" || c.source == serial && justNumber.MatchString(text) {
			continue
		}
		texts++
		if endText.MatchString(text) || exampleRow.MatchString(text) {
			return false
		}
		if w.heads(text) {
			words++
		}
	}
	for c := range g.cols {
		if g.formula[[2]int{row, c}] && texts == 0 && !t.cased {
			return false
		}
	}
	if broad || t.cased && framed*2 <= len(t.columns) {
		return false
	}
	return texts == 0 || words*2 < texts
}

// hints gathers for each column what its heading, notes and examples say of the form of
// its values.
func (t *table) hints(g *Grid) {
	for i := range t.columns {
		c := &t.columns[i]
		c.heading.hints = append(c.heading.hints, c.heading.chain[len(c.heading.chain)-1])
		for row := t.bottom + 1; row < t.first; row++ {
			if text := strings.TrimSpace(g.own(row, c.at.Left)); text != "" {
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
			same = same && sameColumn(t.columns[b[i]], t.columns[t.blocks[0][i]])
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
