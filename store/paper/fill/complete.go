package fill

import (
	"fmt"
	"strings"
	"time"

	"taizhang/model"
)

// complete fills the blanks of rows that were filled before with their own records, and
// gives the records that have no row yet with the rows that are still blank. What stands
// in the form already is never overwritten: where the ledger says something else, both
// are named.
func (w *writing) complete(s *sheetPlan, lines []row) ([]row, []slot, error) {
	t := s.table
	styles := t.styles(s)
	var free []slot
	used := make([]bool, len(lines))
	for _, at := range t.slots() {
		have := w.standing(s, at)
		if len(have) == 0 {
			free = append(free, at)
			continue
		}
		i := w.whose(s, styles, at, have, lines, used)
		if i < 0 {
			w.result.Kept = append(w.result.Kept, fmt.Sprintf("第 %d 行(%s)不在选出的记录里,没有动", at.row+1, w.naming(s, at)))
			continue
		}
		used[i] = true
		if err := w.addTo(s, styles, at, lines[i]); err != nil {
			return nil, nil, err
		}
	}
	var rest []row
	for i, l := range lines {
		if !used[i] {
			rest = append(rest, l)
		}
	}
	return rest, free, nil
}

// standing gives the columns of a row that hold something beside the running number.
func (w *writing) standing(s *sheetPlan, at slot) []int {
	var have []int
	for _, i := range s.table.blocks[at.block] {
		c := s.table.columns[i]
		text := strings.TrimSpace(s.grid.own(at.row, c.at.Left))
		if text != "" && !(c.source == serial && justNumber.MatchString(text)) {
			have = append(have, i)
		}
	}
	return have
}

// naming gives the words by which a row of the form is spoken of, never an ID number.
func (w *writing) naming(s *sheetPlan, at slot) string {
	for _, i := range s.table.blocks[at.block] {
		c := s.table.columns[i]
		if c.source != nil && c.source != serial && !private(c.source) {
			if text := s.grid.own(at.row, c.at.Left); text != "" {
				return strings.TrimSpace(text)
			}
		}
	}
	return "…"
}

func private(s *Source) bool {
	if s.field == nil {
		return false
	}
	_, is := s.field.Type.(model.Masker)
	return is
}

// whose gives the record that a filled row is about: the one whose ID number stands
// there, else the only one with which all that stands there and names it agrees.
func (w *writing) whose(s *sheetPlan, styles []style, at slot, have []int, lines []row, used []bool) int {
	found := -1
	for n, l := range lines {
		if used[n] {
			continue
		}
		w.reading.mark = l.mark
		agrees := 0
		for _, i := range have {
			c := s.table.columns[i]
			if c.source == nil || c.source == serial {
				continue
			}
			same := sameText(s.grid.own(at.row, c.at.Left), styles[i].write(c.source, w.reading.raw(c.source, l.record)))
			if private(c.source) && c.source.field.Type == model.TypeIDNumber {
				if same {
					return n
				}
				agrees = -100
			}
			if same && w.names(c.source) {
				agrees++
			}
		}
		if agrees <= 0 {
			continue
		}
		if found >= 0 {
			return -1 // two of one name: nobody is guessed
		}
		found = n
	}
	return found
}

// names tells of a source that says who or what a record is.
func (w *writing) names(s *Source) bool {
	if s.field == nil {
		return s.Name == "giver" || s.Name == "taker"
	}
	if s.field.Name == "name" || s.field.Target != "" {
		return true
	}
	for _, n := range w.plan.Kind.Label {
		if s.through == nil && s.field.Name == n {
			return true
		}
	}
	return false
}

func sameText(have string, v any) bool {
	text := ""
	switch v := v.(type) {
	case nil:
	case time.Time:
		text = v.Format(time.DateOnly)
	default:
		text = fmt.Sprint(v)
	}
	if key(have) == key(text) {
		return true
	}
	d, err := model.ParseDate(have)
	return err == nil && d != "" && string(d) == text
}

// addTo fills what is blank of a row that stands in the form already.
func (w *writing) addTo(s *sheetPlan, styles []style, at slot, line row) error {
	w.reading.mark = line.mark
	for _, i := range s.table.blocks[at.block] {
		c := s.table.columns[i]
		if c.source == nil || c.source == serial {
			continue
		}
		v := styles[i].write(c.source, w.reading.raw(c.source, line.record))
		have := strings.TrimSpace(s.grid.own(at.row, c.at.Left))
		switch {
		case v == nil || have != "" && sameText(have, v):
		case have == "":
			if err := w.plan.form.doc.set(s.grid, at.row, c.at.Left, v); err != nil {
				return err
			}
		case private(c.source):
			w.result.Kept = append(w.result.Kept, fmt.Sprintf("%s(%s)的%s与台账不同,没有改", cellName(at.row, c.at.Left), w.naming(s, at), c.heading.Text()))
		default:
			w.result.Kept = append(w.result.Kept, fmt.Sprintf("%s(%s)的%s:表里是“%s”,台账里是“%v”,没有改", cellName(at.row, c.at.Left), w.naming(s, at), c.heading.Text(), have, v))
		}
	}
	return nil
}
