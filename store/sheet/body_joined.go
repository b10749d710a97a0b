package sheet

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
)

// mostJoined is how many rows one record may take.
const mostJoined = 6

// joinMerged makes one row of the rows over which the record's name is merged: a person
// with two phones may take two rows. What the lower rows hold besides goes behind the
// upper, where the column takes several values, and is said where not.
func (hd *header) joinMerged(h *headings, rows []gridRow) []gridRow {
	under := hd.joinedRows(h)
	if len(under) == 0 {
		return rows
	}
	out := make([]gridRow, 0, len(rows))
	at := map[int]int{} // place in out, by row number
	for _, r := range rows {
		upper, ok := at[under[r.number]]
		if !ok || under[r.number] == 0 {
			at[r.number] = len(out)
			out = append(out, r)
			continue
		}
		hd.join(&out[upper], r)
	}
	return out
}

// joinedRows gives for each row below the first of a merged name that first row.
func (hd *header) joinedRows(h *headings) map[int]int {
	labels := 0
	for _, c := range hd.columns {
		if c.Field != nil && slices.Contains(h.kind.Label, c.Field.Name) {
			labels++
		}
	}
	merged := map[span]int{} // by first and last row: how many columns of the label
	under := map[int]int{}
	for _, s := range hd.grid.merges {
		if s.left != s.right || s.left > len(hd.columns) || s.bottom == s.top || s.bottom-s.top >= mostJoined {
			continue
		}
		f := hd.columns[s.left-1].Field
		if f == nil || !slices.Contains(h.kind.Label, f.Name) {
			continue
		}
		key := span{top: s.top, bottom: s.bottom}
		if merged[key]++; merged[key] < labels {
			continue
		}
		for n := s.top + 1; n <= s.bottom; n++ {
			under[n] = s.top
		}
	}
	return under
}

func (hd *header) join(upper *gridRow, lower gridRow) {
	upper.cells = slices.Clone(upper.cells)
	for i, c := range lower.cells {
		first := upper.at(i)
		switch {
		case c.empty() && !c.formula, c.text == first.text:
			continue
		case first.empty():
			upper.set(i, c)
			continue
		}
		between := ""
		if i < len(hd.columns) && hd.columns[i].Field != nil {
			switch hd.columns[i].Field.Type {
			case model.TypePhone:
				between = "、"
			case model.TypeNote:
				between = "\n"
			}
		}
		if between == "" {
			upper.lost = append(upper.lost, columnName(i)+strconv.Itoa(lower.number))
			continue
		}
		first.text = strings.Join([]string{first.text, c.text}, between)
		upper.set(i, first)
	}
}
