package fill

import (
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
)

// complete fills the blanks of rows that were filled before with their own records, and
// gives the records that have no row yet with the rows that are still blank. What stands
// in the form already is never overwritten: where the ledger says something else, both
// are named.
func (w *writing) complete(s *sheetPlan, t *table, lines []row) ([]row, []slot, error) {
	var free []slot
	used := make([]bool, len(lines))
	for _, at := range t.slots() {
		have := standing(s.grid, t, at)
		if len(have) == 0 {
			free = append(free, at)
			continue
		}
		i := w.whose(s.grid, t, at, have, lines, used)
		if i < 0 {
			w.result.Kept = append(w.result.Kept, fmt.Sprintf("第 %d 行(%s)不在选出的记录里,没有动", at.row+1, naming(s.grid, t, at)))
			continue
		}
		used[i] = true
		if err := w.addTo(s.grid, t, at, lines[i]); err != nil {
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

// standing gives the known columns of a row that hold something beside the running
// number: words printed in columns of which the ledger knows nothing make no record.
func standing(g *Grid, t *table, at slot) []int {
	var have []int
	for _, i := range t.blocks[at.block] {
		c := t.columns[i]
		text := g.filled(at.row, c.at.Left)
		if text != "" && c.source != nil && !(c.source == serial && justNumber.MatchString(text)) {
			have = append(have, i)
		}
	}
	return have
}

// naming gives the words by which a row of the form is spoken of, never an ID number.
func naming(g *Grid, t *table, at slot) string {
	for _, i := range t.blocks[at.block] {
		c := t.columns[i]
		if c.source != nil && c.source != serial && !private(c.source) {
			if text := g.filled(at.row, c.at.Left); text != "" {
				return text
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
func (w *writing) whose(g *Grid, t *table, at slot, have []int, lines []row, used []bool) int {
	found := -1
	for n, l := range lines {
		if used[n] {
			continue
		}
		w.reading.mark = l.mark
		agrees, differs := 0, false
		for _, i := range have {
			c := t.columns[i]
			if c.source == nil || c.source == serial || !w.plan.words.namesRecord(c.source) && !c.source.is(model.TypeIDNumber) {
				continue
			}
			same := sameText(g.filled(at.row, c.at.Left), t.says(w.reading, i, n, l))
			if c.source.is(model.TypeIDNumber) && same {
				return n
			}
			if !same {
				differs = true
				break
			}
			agrees++
		}
		if differs || agrees == 0 {
			continue
		}
		if found >= 0 {
			return w.byMore(g, t, at, have, lines, used)
		}
		found = n
	}
	return found
}

// says gives what a column says of a line, which is asked again for each filled row.
func (t *table) says(r *reading, column, n int, l row) any {
	at := [2]int{column, n}
	v, known := t.said[at]
	if !known {
		c := t.columns[column]
		v = c.style.write(c.source, r.raw(c.source, l.record))
		if t.said == nil {
			t.said = map[[2]int]any{}
		}
		t.said[at] = v
	}
	return v
}

// byMore tells records of one name apart by all else that stands in the row; nobody is
// guessed where that doesn't do.
func (w *writing) byMore(g *Grid, t *table, at slot, have []int, lines []row, used []bool) int {
	found := -1
	for n, l := range lines {
		if used[n] {
			continue
		}
		w.reading.mark = l.mark
		all := true
		for _, i := range have {
			c := t.columns[i]
			if c.source != nil && c.source != serial {
				all = all && sameText(g.filled(at.row, c.at.Left), c.style.write(c.source, w.reading.raw(c.source, l.record)))
			}
		}
		if !all {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = n
	}
	return found
}

// namesRecord tells of a source that says who or what a record is.
func (w *words) namesRecord(s *Source) bool {
	if s.field == nil {
		return s.Name == "giver" || s.Name == "taker"
	}
	if s.field.Name == "name" || s.field.Name == "title" || s.field.Target != "" && s.own() && s.is(model.TypeRef) && s.field.Required {
		return true
	}
	for _, n := range w.kind.Label {
		if s.own() && s.field.Name == n {
			return true
		}
	}
	return false
}

// sameText compares what stands in a form with a value, whatever the date's form.
func sameText(have string, v any) bool {
	text := plain(v)
	if key(have) == key(text) {
		return true
	}
	if n, err := strconv.ParseFloat(strings.ReplaceAll(have, ",", ""), 64); err == nil {
		if m, err := strconv.ParseFloat(text, 64); err == nil && len(text) < 15 {
			return n == m
		}
	}
	d, err := model.ParseDate(have)
	if err != nil || d == "" {
		return false
	}
	w, err := model.ParseDate(text)
	return err == nil && w == d
}

// addTo fills what is blank of a row that stands in the form already.
func (w *writing) addTo(g *Grid, t *table, at slot, line row) error {
	w.reading.mark = line.mark
	for _, i := range t.blocks[at.block] {
		c := t.columns[i]
		place := [2]int{at.row, c.at.Left}
		if c.source == nil || c.source == serial || g.formula[place] {
			continue
		}
		v := c.style.write(c.source, w.reading.raw(c.source, line.record))
		have := g.filled(at.row, c.at.Left)
		switch {
		case v == nil:
		case have == "":
			if err := w.put(g, at.row, c.at.Left, c.heading.Text(), v); err != nil {
				return err
			}
		case sameText(have, v):
			w.wrote[c.heading.Text()] = true
		case private(c.source):
			w.result.Kept = append(w.result.Kept, fmt.Sprintf("%s(%s)的%s与台账不同,没有改", cellName(at.row, c.at.Left), naming(g, t, at), c.heading.Text()))
		default:
			w.result.Kept = append(w.result.Kept, fmt.Sprintf("%s(%s)的%s:表里是“%s”,台账里是“%s”,没有改", cellName(at.row, c.at.Left), naming(g, t, at), c.heading.Text(), have, plain(v)))
		}
	}
	return nil
}
