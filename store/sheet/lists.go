package sheet

import (
	"context"
	"strings"

	"taizhang/model"
)

// list is one sheet of a file that is read, its cells brought into the columns of the
// plan, which are those of all sheets together.
type list struct {
	name     string
	date1904 bool
	rows     []gridRow
	at       []int           // the sheet's column of each of the plan's, -1 for none
	have     map[string]bool // fields that at least one row has a value of
	passed   []int           // rows that are notes and signatures
}

// takeLists brings the rows of all sheets under one set of columns.
func (r *reader) takeLists(h *headings, headers []header) {
	for i := range headers {
		hd := &headers[i]
		l := &list{name: hd.grid.label(), date1904: hd.grid.date1904, rows: hd.body(h), passed: hd.passed, have: map[string]bool{}}
		if len(l.rows) == 0 {
			continue
		}
		columns := nameless(hd.columns, l.rows)
		if len(r.lists) == 0 {
			r.plan.Sheet, r.plan.HeaderRow = hd.grid.name, hd.grid.rows[hd.index].number
		}
		r.place(l, columns)
		r.lists = append(r.lists, l)
	}
	for _, l := range r.lists {
		for len(l.at) < len(r.plan.Columns) {
			l.at = append(l.at, -1)
		}
		for i, row := range l.rows {
			l.rows[i] = l.moved(row)
			for j, c := range r.plan.Columns {
				if c.Field != nil && !l.rows[i].at(j).empty() {
					l.have[c.Field.Name] = true
				}
			}
		}
	}
}

// place finds the plan's column for each of a sheet, and adds those that are new.
func (r *reader) place(l *list, columns []Column) {
	for len(l.at) < len(r.plan.Columns) {
		l.at = append(l.at, -1)
	}
	for i, c := range columns {
		found := false
		for j, known := range r.plan.Columns {
			same := known.Field == c.Field && known.scale == c.scale && (c.Field != nil || known.Heading == c.Heading)
			if same && l.at[j] < 0 {
				l.at[j], found = i, true
				break
			}
		}
		if !found {
			r.plan.Columns = append(r.plan.Columns, c)
			l.at = append(l.at, i)
		}
	}
}

// moved gives a row with its cells in the plan's columns.
func (l *list) moved(row gridRow) gridRow {
	straight := true
	for j, i := range l.at {
		straight = straight && (i == j || i < 0 && j >= len(row.cells))
	}
	if straight {
		return row
	}
	cells := make([]cell, len(l.at))
	for j, i := range l.at {
		if i >= 0 {
			cells[j] = row.at(i)
		}
	}
	row.cells = cells
	return row
}

func (r *reader) rows() int {
	n := 0
	for _, l := range r.lists {
		n += len(l.rows)
	}
	return n
}

// fromSheet takes the name of the group or of the sheet for the field that the kind has
// for it (所在支部或小组), where the row has none and one record on file is called so.
func (r *reader) fromSheet(ctx context.Context, d *draft) {
	if r.kind.SheetField == "" || !d.absent(r.kind.SheetField) {
		return
	}
	f := r.kind.Field(r.kind.SheetField)
	t, err := r.targetsOf(ctx, f.Target)
	if err != nil {
		r.err = err
		return
	}
	for _, name := range []string{d.source.group, d.list.name} {
		if name == "" {
			continue
		}
		if found := t.find(name); len(found) == 1 {
			d.row.Record.Set(f.Name, r.name(d, found[0]))
			return
		}
		if found := t.ending(name); len(found) == 1 {
			d.row.Record.Set(f.Name, r.name(d, found[0]))
			return
		}
	}
}

// ending gives the records whose name ends with a text: 第二党小组 is that of the village,
// which is on file as 东荷庄村第二党小组.
func (t *targets) ending(text string) []*candidate {
	key := model.Fold(model.Clean(text, false))
	if len([]rune(key)) < 3 {
		return nil
	}
	seen := map[*candidate]bool{}
	var found []*candidate
	for name, all := range t.parts {
		if !strings.HasSuffix(name, key) {
			continue
		}
		for _, c := range all {
			if !seen[c] {
				seen[c] = true
				found = append(found, c)
			}
		}
	}
	return found
}
