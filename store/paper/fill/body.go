package fill

import (
	"strings"

	"taizhang/model"
)

var (
	exampleRow = model.NewPattern(`^[(\x{FF08}]?(例|示例|样例|范例|举例|例如|填写示例|填表示例|样表)\d*[)\x{FF09}:\x{FF1A}]?`)
	noteText   = model.NewPattern(`格式|如[:\x{FF1A}]?\d|示例|^[(\x{FF08}].*[)\x{FF09}]$|/|填写|选填|必填|下拉|单选|多选`)
	sumText    = model.NewPattern(`^[*※(\x{FF08} ]*(本页)?(合计|总计|小计|共计|累计|总人数)`)
	endText    = model.NewPattern(`^[*※(\x{FF08} ]*((本页)?(合计|总计|小计|共计|累计|总人数)|注[:\x{FF1A}\d]|注意|说明[:\x{FF1A}]|填表(人|说明|单位|日期|时间)|制表|填报|盖章|应交党员|以上|` +
		`(备注|审核|审核人|负责人|\S{0,6}负责人|\S{0,4}书记|经办人?|联系人|联系电话|主管\S{0,4}|分管\S{0,4}|\S{0,4}委员)([(\x{FF08}][^)\x{FF09}]*[)\x{FF09}])?[:\x{FF1A}])`)
	justNumber = model.NewPattern(`^\d{1,5}$`)
	columnSum  = model.NewPattern(`[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?\d+`)
	dropSpaces = strings.NewReplacer(" ", "", "\u3000", "", "\n", "")
)

// findBody finds the rows to be filled below the headings: blank ones, and such that
// have been filled before. Sums between them are passed by.
func (t *table) findBody(g *Grid, w *words, hi int) {
	framed := 0
	for _, c := range t.columns {
		if g.framed(t.bottom, c.at.Left) {
			framed++
		}
	}
	t.cased = framed*2 > len(t.columns)
	row := t.bottom + 1
	for skipped := 0; skipped < 4 && row < hi && (g.hidden[row] || t.remark(g, row)); row++ {
		if !g.hidden[row] {
			skipped++
		}
	}
	if row+1 < hi && t.sums(g, row) && t.holds(g, w, row+1) {
		row++ // the sums stand above
	}
	for row < hi {
		from := len(t.body)
		for ; row < hi && (g.hidden[row] || t.holds(g, w, row)); row++ {
			if !g.hidden[row] {
				t.body = append(t.body, row)
			}
		}
		if from > 0 && !t.goesOn(g, from, row, hi) {
			t.body, row = t.body[:from], t.body[from-1]+1
			break
		}
		if len(t.body) == from || row+1 >= hi || !t.sums(g, row) || !t.holds(g, w, row+1) {
			break
		}
		row++
	}
	t.unbindTall(g)
	// Where nothing stands below, the sheet goes on.
	t.open = row >= g.rows && (!t.cased || len(t.body) == 0)
}

// goesOn tells whether the rows behind a row of sums are the table's: they look like
// those before it, and there are several, or sums end them.
func (t *table) goesOn(g *Grid, from, next, hi int) bool {
	if len(t.body) == from {
		return true
	}
	for _, c := range t.columns {
		if g.framed(t.body[from], c.at.Left) != g.framed(t.body[0], c.at.Left) {
			return false
		}
	}
	return len(t.body)-from > 1 && t.cased || next < hi && t.sums(g, next)
}

// sums tells of a row of sums.
func (t *table) sums(g *Grid, row int) bool {
	for c := range g.cols {
		if text := dropSpaces.Replace(g.own(row, c)); text != "" {
			return sumText.MatchString(text)
		}
	}
	return false
}

// remark tells of a row that explains the headings, numbers the columns or shows an
// example.
func (t *table) remark(g *Grid, row int) bool {
	notes, texts, numbers := 0, 0, 0
	for c := range g.cols {
		if g.area(row, c).Left != c {
			continue
		}
		text := strings.TrimSpace(g.own(row, c))
		if text == "" || g.blank(row, c) {
			continue
		}
		texts++
		if exampleRow.MatchString(text) {
			return true
		}
		if justNumber.MatchString(text) || len([]rune(text)) == 1 && strings.ContainsAny(text, "甲乙丙丁") {
			numbers++
		}
		if noteText.MatchString(text) && !endText.MatchString(text) && g.area(row, c).Right-c < 3 {
			notes++
		}
	}
	return notes > 0 && notes*3 >= texts || numbers > 2 && numbers == texts
}

// holds tells of a row that is blank, or that has been filled with a record before.
func (t *table) holds(g *Grid, w *words, row int) bool {
	framed, texts, heads, broad := 0, 0, 0, 0
	for i, c := range t.columns {
		if g.framed(row, c.at.Left) {
			framed++
		}
		a := g.area(row, c.at.Left)
		if i+1 < len(t.columns) && a.Right >= t.columns[i+1].at.Left {
			return false
		}
		if a.Top != row || a.Bottom != row {
			broad++
		}
		text := g.filled(row, c.at.Left)
		if text == "" || c.source == serial && justNumber.MatchString(text) {
			continue
		}
		if texts++; texts == 1 && endText.MatchString(dropSpaces.Replace(text)) || exampleRow.MatchString(text) {
			return false
		}
		if w.heads(text) {
			heads++
		}
	}
	if broad*2 > len(t.columns) || t.cased && framed*2 <= len(t.columns) || t.reckons(g, row) {
		return false
	}
	return texts == 0 || heads*2 < texts
}

// reckons tells of a row whose formulas gather the rows of their columns.
func (t *table) reckons(g *Grid, row int) bool {
	for c := range g.cols {
		at := [2]int{row, c}
		if !g.formula[at] {
			continue
		}
		f, known := g.formulas[at]
		if !known {
			return !t.cased
		}
		if m := columnSum.FindString(f); m != "" {
			first, last, _ := strings.Cut(strings.ReplaceAll(m, "$", ""), ":")
			if rowIn(first) != rowIn(last) && rowIn(last)-1 != row { // not a running count
				return true
			}
		}
	}
	return false
}

// rowIn gives the row number in a cell's name.
func rowIn(name string) int { return atoi(strings.TrimLeft(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) }

// unbindTall leaves columns alone whose cells are merged over several rows: there is no
// place for a value of each record.
func (t *table) unbindTall(g *Grid) {
	for i := range t.columns {
		for _, row := range t.body {
			if a := g.area(row, t.columns[i].at.Left); a.Top != a.Bottom {
				t.columns[i].source = nil
				break
			}
		}
	}
}
