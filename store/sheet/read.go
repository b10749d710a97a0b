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
	ledger *store.Ledger
	kind   *model.Kind
	plan   *Plan
	drafts []*draft

	env     *model.Env // with the rows of the file that are to be taken
	onFile  *model.Env // as the ledger stands
	planned *planned
	targets map[string]*targets // by kind, loaded when the first cell refers to it
	matched map[string]*draft   // the row of a record on file, by id
	rowOf   map[string]*draft   // the row of a record to be written, by id
	labels  map[string]string   // of records on file, by id
	spare   map[string]bool     // fields that a row can do without
	asked   *model.Record       // what was said of the whole sheet
	lists   []*list
	said    *said
	err     error // a fault of reading the ledger
}

// Read looks a whole file through and gives what it would bring; nothing is
// written. A file that can't be read, holds no table or lacks the column of a name
// is a *model.Error; rows that can't be taken are in the plan with their reasons.
func Read(ctx context.Context, l *store.Ledger, kind *model.Kind, path string, o ReadOptions) (*Plan, error) {
	r, err := open(ctx, l, kind, path, o)
	if err != nil {
		return nil, err
	}
	if err := r.read(ctx); err != nil {
		return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
	}
	r.plan.Notes = append(r.plan.Notes, r.said.lines(r)...)
	return r.plan, nil
}

// open finds the lists of a file.
func open(ctx context.Context, l *store.Ledger, kind *model.Kind, path string, o ReadOptions) (*reader, error) {
	grids, err := openFile(ctx, path)
	if err != nil {
		return nil, err
	}
	h := newHeadings(kind)
	headers, notes, err := chooseSheets(h, grids, o.Sheet, filepath.Base(path))
	if err != nil {
		return nil, err
	}
	r := newReader(ctx, l, kind, o)
	if err := r.ask(o.Asked); err != nil {
		return nil, err
	}
	r.plan.File, r.plan.Notes = path, notes
	if r.takeLists(h, headers); r.rows() == 0 {
		return nil, onlyHeader(filepath.Base(path))
	}
	return r, nil
}

func newReader(ctx context.Context, l *store.Ledger, kind *model.Kind, o ReadOptions) *reader {
	r := &reader{ledger: l, kind: kind, onFile: l.EnvOfMany(ctx), targets: map[string]*targets{}, said: newSaid(), spare: spareable(kind),
		matched: map[string]*draft{}, rowOf: map[string]*draft{}}
	r.plan = &Plan{Kind: kind, onDuplicate: o.OnDuplicate, to: l.Recipients()}
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

// absent reports whether a sheet says nothing of a field: it has no column of it,
// or one that is empty all the way down.
func (d *draft) absent(field string) bool { return !d.list.have[field] }

func (r *reader) read(ctx context.Context) error {
	r.plan.Rows = make([]Row, r.rows())
	n := 0
	for _, list := range r.lists {
		for _, source := range list.rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			rec := model.NewFromSheet(r.onFile, r.kind)
			if home := r.onFile.Home; home != nil {
				rec.OrgID = home.ID
			}
			r.tell(rec)
			row := &r.plan.Rows[n]
			n++
			*row = Row{Number: source.number, Record: rec, Cells: r.cells(source)}
			if len(r.lists) > 1 {
				row.Sheet = list.name
			}
			d := &draft{row: row, list: list, source: source, given: make(given, 0, min(len(source.cells), len(r.plan.Columns)))}
			r.drafts = append(r.drafts, d)
			if err := r.draw(ctx, d); err != nil {
				return err
			}
		}
	}
	return r.judge(ctx)
}

// draw reads a row into its record.
func (r *reader) draw(ctx context.Context, d *draft) error {
	r.look(d)
	r.bind(ctx, d)
	r.fromSheet(ctx, d)
	if err := r.complete(d); err != nil {
		return err
	}
	return r.err
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

func (r *reader) targetsOf(ctx context.Context, kind string) (*targets, error) {
	if t := r.targets[kind]; t != nil {
		return t, nil
	}
	t, err := loadTargets(ctx, r.ledger, r.ledger.Kinds().Kind(kind))
	if err != nil {
		return nil, err
	}
	r.targets[kind] = t
	return t, nil
}
