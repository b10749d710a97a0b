package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"taizhang/model"
)

var (
	sumRow    = model.NewPattern(`^(本页|本组|本支部)?(合计|小计|总计|共计|累计)([:(\d共人元条户].*)?$`)
	footer    = model.NewPattern(`^(填表|制表|填报|审核|复核|单位负责人|负责人|统计|报送|报出|注|说明|备注|附)[^:]{0,6}:`)
	pageLabel = model.NewPattern(`^第[\d一二三四五六七八九十]+页`)
	remarkRow = model.NewPattern(`^([(*※★—\-]|以上|截至|截止|注[\d:]|附[注:]|续表|此表|本表)|盖章|公章|签字|签名|签章`)
	groupName = model.NewPattern(`^第?[一二三四五六七八九十\d]+(党小组|小组|组|党支部|支部)$`)
)

// longestName is the number of characters that a name without · may have.
const longestName = 4

// body gives the rows below the header that stand for records. Blank rows, sums,
// repeated titles and headers, headings of groups, notes and the lines with the names of
// those who filled the list in are none of them.
func (hd *header) body(h *headings) []gridRow {
	if !hd.read {
		hd.rows, hd.read = hd.readBody(h), true
	}
	return hd.rows
}

func (hd *header) readBody(h *headings) []gridRow {
	g := hd.grid
	titles := map[string]bool{}
	for _, r := range g.rows[:hd.top] {
		if r.filled() == 1 {
			titles[squeezed(r.first())] = true
		}
	}
	var rows []gridRow
	group := ""
	hd.passed = nil
	for _, r := range hd.joinMerged(h, g.rows[hd.index+1:]) {
		if !hd.stands(h, r, titles) {
			if text := squeezed(r.first()); r.filled() == 1 && (hd.coversRow(r) || groupName.MatchString(text)) {
				group = text
			}
			continue
		}
		if hd.isNote(h, r) {
			hd.passed = append(hd.passed, r.number)
			if text := squeezed(r.first()); groupName.MatchString(text) {
				group = text
			}
			continue
		}
		r.group = group
		rows = append(rows, r)
	}
	return hd.spreadMerged(rows)
}

func (hd *header) stands(h *headings, r gridRow, titles map[string]bool) bool {
	known, headingsAgain := 0, 0
	for i, c := range hd.columns {
		if c.Field == nil || r.at(i).empty() {
			continue
		}
		known++
		if h.match(r.at(i).text) == c.Field {
			headingsAgain++
		}
	}
	first, filled := squeezed(r.first()), r.filled()
	switch {
	case known == 0, headingsAgain > 0 && headingsAgain*2 >= known:
		return false
	case isSum(r), isNumbering(r), isRemarks(r):
		return false
	case filled <= 3 && footer.MatchString(first):
		return false
	case filled == 1 && (titles[first] || pageLabel.MatchString(first) || hd.coversRow(r)):
		return false
	}
	return true
}

// isNote tells notes and signatures from a person of whom little is written: a row of at
// most three cells, each of which reads 标题:内容 or like a remark, or a single one that
// is no name.
func (hd *header) isNote(h *headings, r gridRow) bool {
	filled := r.filled()
	if filled > 3 {
		return false
	}
	likeNote := 0
	for i, c := range r.cells {
		text := squeezed(c.text)
		switch {
		case c.empty():
		case strings.Contains(text, ":") || remarkRow.MatchString(text) || groupName.MatchString(text):
			likeNote++
		case filled == 1 && hd.isName(h, i) && len([]rune(text)) > longestName && !strings.ContainsRune(text, model.NameDot):
			likeNote++
		}
	}
	return likeNote == filled
}

// isName reports whether a column holds the names by which records of the kind go.
func (hd *header) isName(h *headings, column int) bool {
	if column >= len(hd.columns) || hd.columns[column].Field == nil {
		return false
	}
	f := hd.columns[column].Field
	return f.Tight && slices.Contains(h.kind.Label, f.Name)
}

// isNumbering reports whether a row only numbers the columns: 1, 2, 3 or (1), (2).
func isNumbering(r gridRow) bool {
	n := 0
	for _, c := range r.cells {
		if c.empty() {
			continue
		}
		if n++; strings.Trim(squeezed(c.text), "()") != strconv.Itoa(n) {
			return false
		}
	}
	return n > 2
}

// isSum looks at the first three filled cells: 合计 may stand under 序号 or 姓名.
func isSum(r gridRow) bool {
	seen := 0
	for _, c := range r.cells {
		if c.empty() {
			continue
		}
		if strings.Contains(c.text, "计") && sumRow.MatchString(squeezed(c.text)) {
			return true
		}
		if seen++; seen == 3 {
			break
		}
	}
	return false
}

// coversRow reports whether a row's only text is merged over several columns: the
// heading of a group.
func (hd *header) coversRow(r gridRow) bool {
	for _, s := range hd.grid.at(r.number) {
		if s.right-s.left >= 2 && !r.at(s.left-1).empty() {
			return true
		}
	}
	return false
}

// spreadMerged writes the value of a cell merged over several rows into each of
// them: 党小组 is often written once for all its members.
func (hd *header) spreadMerged(rows []gridRow) []gridRow {
	if len(hd.grid.merges) == 0 {
		return rows
	}
	byNumber := make(map[int]int, len(rows))
	for i, r := range rows {
		byNumber[r.number] = i
	}
	work := 0
	for _, s := range hd.grid.merges {
		from, ok := byNumber[s.top]
		if !ok || s.bottom == s.top || s.right != s.left || s.left > len(hd.columns) {
			continue
		}
		value := rows[from].at(s.left - 1)
		// Ranges don't overlap in a sheet that a program wrote, so this has an end.
		for i := from + 1; i < len(rows) && rows[i].number <= s.bottom && !value.empty() && work < maxCells; i++ {
			rows[i].cells = slices.Clone(rows[i].cells)
			rows[i].set(s.left-1, value)
			work++
		}
	}
	return rows
}

// isRemarks reports whether a row says in brackets how the columns are to be filled in.
func isRemarks(r gridRow) bool {
	for _, c := range r.cells {
		if !c.empty() && withoutRemarks(HeadingKey(c.text)) != "" {
			return false
		}
	}
	return r.filled() > 1
}

func (r gridRow) first() string {
	for _, c := range r.cells {
		if !c.empty() {
			return c.text
		}
	}
	return ""
}

func squeezed(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r >= 0xFF01 && r <= 0xFF5E }) < 0 {
		return s
	}
	return strings.Join(strings.Fields(model.HalfWidth(s)), "")
}
