package sheet

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"taizhang/model"
	"taizhang/store"
)

// Listing is a list as it stands in a file, each cell read as its field is, without a
// judgement on whether its rows could be taken in: to be compared with what is on file.
type Listing struct {
	File    string
	Columns []Column
	Rows    []Listed // in the sheets' order
	Notes   []string // what is to be said of the file, as in a Plan
}

// Listed is one row of a list.
type Listed struct {
	Number int    // of the sheet, from 1
	Sheet  string // where several are read
	Record *model.Record
	Given  map[string]bool        // the fields that the row gives a value of
	Months map[string]model.Month // the dates of which it gives the month alone
	Unread map[string]string      // what stands in cells that can't be read as their field
	Hidden map[string]bool        // numbers that are masked by stars, or that Excel has damaged
	Cells  []string               // as read, by column, without those that may not be collected

	have map[string]bool
}

// Where names the row: 第 5 行, with its sheet where several are read.
func (r *Listed) Where() string {
	return (&Row{Number: r.Number, Sheet: r.Sheet}).Where()
}

// Asks reports whether the row's sheet has a column of the field that is not empty all
// the way down: then an empty cell says something too.
func (r *Listed) Asks(field string) bool { return r.have[field] }

// List reads a file for a comparison. The columns go by the names that Read knows. What
// refers to other records and codes of organisations are not looked up: they stand in
// Cells. Errors are those of Read about the file.
func List(ctx context.Context, l *store.Ledger, kind *model.Kind, path string, o ReadOptions) (*Listing, error) {
	r, err := open(ctx, l, kind, path, o)
	if err != nil {
		return nil, err
	}
	out := &Listing{File: path, Columns: r.plan.Columns, Rows: make([]Listed, 0, r.rows())}
	for _, list := range r.lists {
		for _, source := range list.rows {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			row := &Row{Number: source.number, Record: model.NewRecord(kind)}
			if len(r.lists) > 1 {
				row.Sheet = list.name
			}
			d := &draft{row: row, list: list, source: source, months: map[string]model.Date{}}
			out.Rows = append(out.Rows, r.listed(ctx, d))
			if r.err != nil {
				return nil, fmt.Errorf("read %s: %w", filepath.Base(path), r.err)
			}
		}
	}
	out.Notes = append(r.plan.Notes, r.said.lines(r)...)
	return out, nil
}

// listed reads the cells of one row.
func (r *reader) listed(ctx context.Context, d *draft) Listed {
	row := Listed{Number: d.row.Number, Sheet: d.row.Sheet, Record: d.row.Record, Given: map[string]bool{},
		Months: map[string]model.Month{}, Unread: map[string]string{}, Hidden: map[string]bool{}, have: d.list.have}
	r.look(d)
	for i, c := range r.plan.Columns {
		f := c.Field
		if f == nil || f.Target != "" || f.Type == model.TypeOrgCode || d.absent(f.Name) {
			continue
		}
		cell := r.asMeant(d, i, c)
		switch _, masked := f.Type.(model.Masker); {
		case cell.empty() || row.Unread[f.Name] != "":
			continue
		case masked && strings.Contains(cell.text, "*"), f.Type == model.TypeIDNumber && lostDigits(cell):
			row.Hidden[f.Name] = true
			continue
		case row.Given[f.Name] && f.Type != model.TypePhone: // a further column of the same field
			continue
		case cell.fault:
			row.Unread[f.Name] = model.Clean(cell.text, false)
			continue
		}
		v, ok := r.value(ctx, d, i, c, cell)
		first, month := d.months[f.Name]
		switch {
		case ok && v == nil:
		case ok && row.Given[f.Name]: // 手机 and 固定电话
			row.Record.Set(f.Name, alsoPhone(row.Record.Str(f.Name), v))
		case ok:
			row.Record.Set(f.Name, v)
			row.Given[f.Name] = true
		case month:
			row.Months[f.Name], row.Given[f.Name] = first.Month(), true
		default:
			row.Unread[f.Name] = model.Clean(cell.text, false)
		}
	}
	row.Cells = r.cells(d.source)
	return row
}

// alsoPhone adds a further number to those that are there.
func alsoPhone(have string, v model.Value) string {
	more, _ := v.(string)
	for part := range strings.SplitSeq(have, "、") {
		if part == more {
			return have
		}
	}
	return have + "、" + more
}
