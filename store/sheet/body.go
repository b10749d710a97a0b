package sheet

import (
	"regexp"
	"strings"

	"taizhang/model"
)

var (
	sumRow    = regexp.MustCompile(`^(本页|本组|本支部)?(合计|小计|总计|共计|累计)([:(\d共人元条户].*)?$`)
	footer    = regexp.MustCompile(`^(填表|制表|填报|审核|复核|单位负责人|负责人|统计|报送|报出|注|说明|备注|附)[^:]{0,6}:`)
	pageLabel = regexp.MustCompile(`^第[\d一二三四五六七八九十]+页`)
)

// body gives the rows below the header that stand for records. Blank rows, sums,
// repeated titles and headers, headings of groups and the lines with the names of
// those who filled the list in are none of them.
func (hd *header) body(h *headings) []gridRow {
	g := hd.grid
	titles := map[string]bool{}
	for _, r := range g.rows[:hd.top] {
		if r.filled() == 1 {
			titles[squeezed(r.first())] = true
		}
	}
	var rows []gridRow
	for _, r := range g.rows[hd.index+1:] {
		if hd.stands(h, r, titles) {
			rows = append(rows, r)
		}
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
	case isSum(r):
		return false
	case filled <= 3 && footer.MatchString(first):
		return false
	case filled == 1 && (titles[first] || pageLabel.MatchString(first) || hd.coversRow(r)):
		return false
	}
	return true
}

// isSum looks at the first three filled cells: 合计 may stand under 序号 or 姓名.
func isSum(r gridRow) bool {
	seen := 0
	for _, c := range r.cells {
		if c.empty() {
			continue
		}
		if sumRow.MatchString(squeezed(c.text)) {
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
	for _, s := range hd.grid.merges {
		if s.top == r.number && s.right-s.left >= 2 && !r.at(s.left-1).empty() {
			return true
		}
	}
	return false
}

// spreadMerged writes the value of a cell merged over several rows into each of
// them: 党小组 is often written once for all its members.
func (hd *header) spreadMerged(rows []gridRow) []gridRow {
	byNumber := make(map[int]int, len(rows))
	for i, r := range rows {
		byNumber[r.number] = i
	}
	for _, s := range hd.grid.merges {
		from, ok := byNumber[s.top]
		if !ok || s.bottom == s.top || s.right != s.left || s.left > len(hd.columns) {
			continue
		}
		value := rows[from].at(s.left - 1)
		for n := s.top + 1; n <= min(s.bottom, s.top+maxRows); n++ {
			to, ok := byNumber[n]
			if !ok || value.empty() {
				continue
			}
			for len(rows[to].cells) < s.left {
				rows[to].cells = append(rows[to].cells, cell{})
			}
			rows[to].cells[s.left-1] = value
		}
	}
	return rows
}

func (r gridRow) first() string {
	for _, c := range r.cells {
		if !c.empty() {
			return c.text
		}
	}
	return ""
}

func squeezed(s string) string { return strings.Join(strings.Fields(model.HalfWidth(s)), "") }
