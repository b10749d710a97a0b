package sheet

import (
	"context"
	"fmt"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
)

// reader turns the rows of one file into a plan.
type reader struct {
	ctx    context.Context
	ledger *store.Ledger
	kind   *model.Kind
	plan   *Plan
	drafts []*draft

	env      *model.Env // with the rows of the file that are to be taken
	onFile   *model.Env // as the ledger stands
	planned  *planned
	targets  map[string]*targets // by kind, loaded when the first cell refers to it
	matched  map[string]*draft   // the row of a record on file, by id
	rowOf    map[string]*draft   // the row of a record to be written, by id
	labels   map[string]string   // of records on file, by id
	spare    map[string]bool     // fields that a row can do without
	asked    *model.Record       // what was said of the whole sheet
	have     map[string]bool     // fields that at least one row has a value of
	date1904 bool
	err      error // a fault of reading the ledger
}

// Read looks a whole file through and gives what it would bring; nothing is
// written. A file that can't be read, holds no table or lacks the column of a name
// is a *model.Error; rows that can't be taken are in the plan with their reasons.
func Read(ctx context.Context, l *store.Ledger, kind *model.Kind, path string, o ReadOptions) (*Plan, error) {
	grids, err := openFile(ctx, path)
	if err != nil {
		return nil, err
	}
	h := newHeadings(kind)
	hd, err := chooseSheet(h, grids, o.Sheet, filepath.Base(path))
	if err != nil {
		return nil, err
	}
	rows := hd.body(h)
	if len(rows) == 0 {
		return nil, model.Errorf("E-SHEET-EMPTY", "“%s”里只有表头,没有可读入的行", filepath.Base(path))
	}
	r := newReader(ctx, l, kind, o)
	if err := r.ask(o.Asked); err != nil {
		return nil, err
	}
	r.date1904 = hd.grid.date1904
	r.plan.File, r.plan.Sheet = path, hd.grid.name
	r.plan.HeaderRow = hd.grid.rows[hd.index].number
	r.plan.Columns = nameless(hd.columns, rows)
	if err := r.read(rows); err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	return r.plan, nil
}

func newReader(ctx context.Context, l *store.Ledger, kind *model.Kind, o ReadOptions) *reader {
	r := &reader{ctx: ctx, ledger: l, kind: kind, onFile: l.Env(ctx), targets: map[string]*targets{}, spare: spareable(kind), have: map[string]bool{},
		matched: map[string]*draft{}, rowOf: map[string]*draft{}}
	r.plan = &Plan{Kind: kind, onDuplicate: o.OnDuplicate}
	r.planned = newPlanned(l.Kinds(), r.onFile.Look)
	env := *r.onFile
	env.Look = r.planned
	r.env = &env
	return r
}

// nameless adds the columns that have cells but no heading, so that it is said
// that they are left out.
func nameless(columns []Column, rows []gridRow) []Column {
	for _, r := range rows {
		for i, c := range r.cells {
			if c.empty() {
				continue
			}
			for len(columns) <= i {
				columns = append(columns, Column{})
			}
			if columns[i].Heading == "" {
				columns[i].Heading, columns[i].Why = columnName(i)+" 列", "没有表头"
			}
		}
	}
	return columns
}

// absent reports whether the sheet says nothing of a field: it has no column of it,
// or one that is empty all the way down.
func (r *reader) absent(field string) bool { return !r.have[field] }

func (r *reader) read(rows []gridRow) error {
	for _, row := range rows {
		for i, c := range r.plan.Columns {
			if c.Field != nil && !row.at(i).empty() {
				r.have[c.Field.Name] = true
			}
		}
	}
	r.plan.Rows = make([]Row, len(rows))
	for i, source := range rows {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		rec := model.NewFromSheet(r.onFile, r.kind)
		if home := r.onFile.Home; home != nil {
			rec.OrgID = home.ID
		}
		r.tell(rec)
		row := &r.plan.Rows[i]
		*row = Row{Number: source.number, Record: rec, Cells: r.cells(source)}
		d := &draft{row: row, source: source, given: map[string]int{}, months: map[string]model.Date{}, rough: map[string]string{}}
		r.drafts = append(r.drafts, d)
		r.bind(d)
		if err := r.complete(d); err != nil {
			return err
		}
		if r.err != nil {
			return r.err
		}
	}
	return r.judge()
}

// cells gives what a row holds, as read, without the columns that may not be
// collected.
func (r *reader) cells(source gridRow) []string {
	texts := make([]string, len(r.plan.Columns))
	for i, c := range r.plan.Columns {
		if !c.private {
			texts[i] = source.at(i).text
		}
	}
	return texts
}

func (r *reader) targetsOf(kind string) (*targets, error) {
	if t := r.targets[kind]; t != nil {
		return t, nil
	}
	t, err := loadTargets(r.ctx, r.ledger, r.ledger.Kinds().Kind(kind))
	if err != nil {
		return nil, err
	}
	r.targets[kind] = t
	return t, nil
}
