package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Rows are written some at a time, and many are read as one text each: what a statement or
// a column costs to ask for is more than what it holds.

// later writes the rows of a save of many records some at a time, while the next records are
// looked at.
type later struct {
	behind *raw.Behind
	used   map[*table]*usedColumns
}

// insertOrFail writes rows of a transaction that ends when one of them can't be written: SQLite
// needn't keep how to take back the others of the statement.
const insertOrFail = "INSERT OR FAIL"

// usedColumns are the columns of a kind in which a new row so far holds something: the
// others are left to what the schema says of them, which is nothing or no.
type usedColumns struct {
	used   []bool // of table.columns
	fields []*model.Field
	into   string
}

// insert has a new row written.
func (l *later) insert(t *table, r *model.Record) {
	u := l.used[t]
	if u == nil {
		u = &usedColumns{used: make([]bool, len(t.columns))}
		l.used[t] = u
	}
	if grown := u.grown(t, r); grown || u.into == "" {
		u.into = t.intoColumns(insertOrFail, u.fields)
	}
	row := make([]any, 0, len(metaColumns)+len(u.fields))
	l.behind.Row(u.into, t.encodeFields(row, u.fields, r), t.fault)
}

// grown takes up the columns in which a row holds something.
func (u *usedColumns) grown(t *table, r *model.Record) bool {
	grown := false
	for i, f := range t.columns {
		if v := r.Get(f.Name); !u.used[i] && v != nil && v != false {
			u.used[i], grown = true, true
		}
	}
	if grown {
		u.fields = u.fields[:0:0]
		for i, f := range t.columns {
			if u.used[i] {
				u.fields = append(u.fields, f)
			}
		}
	}
	return grown
}

// caughtUp waits until what may be read stands in the tables: nothing reads the history and
// what is found by before the transaction ends.
func (t *Tx) caughtUp() error {
	if t.later == nil {
		return nil
	}
	return t.later.behind.CatchUp(intoHistory, intoSearch)
}

// endLater writes all that waits and lets no row wait any more.
func (t *Tx) endLater() error {
	if t.later == nil {
		return nil
	}
	l := t.later
	t.later = nil
	defer l.behind.End()
	return l.behind.CatchUp()
}

// dropLater lets what still waits be forgotten, as after a fault.
func (t *Tx) dropLater() {
	if t.later != nil {
		t.later.behind.End()
		t.later = nil
	}
}

// Replaced is a row that was written, with what stood there before or nil.
type Replaced struct {
	Old, Now *model.Record
	// Found is what Now is found by where that has been made already; it is used where
	// nothing stood there before.
	Found *Found
}

// Found is what a record is found and sorted by.
type Found struct{ text, sort string }

// Finder makes what records are found by. Of many records the labels are the same few: a
// person's dues are called as the person is. One that is not made by NewFinder remembers none.
type Finder struct{ labels, sorts map[string]string }

// NewFinder gives one that has made nothing yet.
func NewFinder() *Finder { return &Finder{map[string]string{}, map[string]string{}} }

// FoundBy gives what a record is found by. What its label refers to must stand in Names,
// without a word about the recycle bin.
func (f *Finder) FoundBy(r *model.Record) *Found {
	label := r.Label()
	if r.Kind.Named() { // the first character is a surname
		label = "\x00" + label
	}
	search, known := f.labels[label]
	if !known {
		search = r.SearchLabel()
		if f.labels != nil {
			f.labels[label] = search
		}
	}
	found := &Found{text: searchText(search, r)}
	if first := r.Text(r.Kind.Label[0]); first != "" {
		if found.sort, known = f.sorts[first]; !known {
			found.sort = model.SortKey(first)
			if f.sorts != nil {
				f.sorts[first] = found.sort
			}
		}
	}
	return found
}

// InsertRows writes rows with their links exactly as they are: no rule is asked, no history
// written, and they are not to be found yet (IndexRows). Those of one kind stand together.
// *model.Error E-UNIQUE.
func (t *Tx) InsertRows(ctx context.Context, put []Replaced) error {
	return ofOneKind(put, func(same []Replaced) error {
		tab := t.l.tables[same[0].Now.Kind.Name]
		err := raw.InBatches(len(same), func(from, to int) error {
			args := make([]any, 0, (to-from)*(len(metaColumns)+len(tab.columns)))
			for _, p := range same[from:to] {
				args = append(args, tab.encode(p.Now)...)
			}
			return t.w.Exec(ctx, raw.Several(tab.statements().into, len(metaColumns)+len(tab.columns), to-from), args...)
		})
		if err != nil {
			return tab.fault(err)
		}
		for _, f := range tab.links {
			for _, p := range same {
				if err := t.putLinks(ctx, f, nil, p.Now); err != nil {
					return fmt.Errorf("write %s.%s: %w", tab.kind.Name, f.Name, err)
				}
			}
		}
		return nil
	})
}

// ofOneKind calls fn with the rows of each kind.
func ofOneKind(put []Replaced, fn func([]Replaced) error) error {
	for from := 0; from < len(put); {
		to := from + 1
		for to < len(put) && put[to].Now.Kind == put[from].Now.Kind {
			to++
		}
		if err := fn(put[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// insertLinks writes rows of a link table.
func (t *Tx) insertLinks(ctx context.Context, k *model.Kind, f *model.Field, columns []string, rows [][]any) error {
	into := "INSERT INTO " + raw.Quote(raw.LinkTable(k, f)) + " (" + strings.Join(columns, ", ") + ")"
	if t.later != nil {
		for _, row := range rows {
			t.later.behind.Row(into, row, func(err error) error { return fmt.Errorf("write %s.%s: %w", k.Name, f.Name, err) })
		}
		return nil
	}
	return raw.InBatches(len(rows), func(from, to int) error {
		return t.w.Exec(ctx, raw.Several(into, len(columns), to-from), slices.Concat(rows[from:to]...)...)
	})
}

// IndexRows writes what rows are found by. Those of one kind stand together: what they
// are called is looked up for all of them at once.
func (t *Tx) IndexRows(ctx context.Context, put []Replaced) error {
	return ofOneKind(put, func(same []Replaced) error {
		var ready, rest []Replaced
		for _, p := range same {
			if p.Old == nil && p.Found != nil {
				ready = append(ready, p)
			} else {
				rest = append(rest, p)
			}
		}
		err := raw.InBatches(len(ready), func(from, to int) error {
			args := make([]any, 0, 5*(to-from))
			for _, p := range ready[from:to] {
				args = append(args, searchRow(p.Now, p.Found)...)
			}
			if err := t.w.Exec(ctx, raw.Several(intoSearch, 5, to-from), args...); err != nil {
				return fmt.Errorf("search text: %w", err)
			}
			return nil
		})
		if err != nil || len(rest) == 0 {
			return err
		}
		now := make([]*model.Record, len(rest))
		for i, p := range rest {
			now[i] = p.Now
		}
		if err := t.labels.nameFields(ctx, now, labelFields(now[0].Kind), labelDepth-1, false); err != nil {
			return err
		}
		for _, p := range rest {
			if err := t.indexNamed(ctx, p.Old, p.Now); err != nil {
				return err
			}
		}
		return nil
	})
}

const intoSearch = "INSERT OR REPLACE INTO search (kind, id, org_id, text, sort)"

func searchRow(r *model.Record, f *Found) []any {
	row := []any{r.Kind.Name, r.ID, r.OrgID, f.text, nil}
	if f.sort != "" {
		row[4] = f.sort
	}
	return row
}

// Many calls fn, which writes many transactions. Each of them is on the disk when its Write
// returns, as always; the log alone grows larger meanwhile, up to some 200 MB.
func (i Inside) Many(ctx context.Context, fn func() error) error {
	if i.l.writer == nil {
		return fn()
	}
	return i.l.writer.Many(ctx, fn)
}
