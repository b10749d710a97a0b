package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Rows are written some at a time, and many are read as one text each: what a statement or
// a column costs to ask for is more than what it holds.

// batches are how many rows one statement writes: as many of the first as there are, then
// of the next.
var batches = []int{32, 8, 1}

// inBatches calls write with the bounds of batches of n rows.
func inBatches(n int, write func(from, to int) error) error {
	for from := 0; from < n; {
		size := batches[slices.IndexFunc(batches, func(b int) bool { return b <= n-from })]
		if err := write(from, from+size); err != nil {
			return err
		}
		from += size
	}
	return nil
}

// several gives a statement that writes n rows of so many values each.
func several(into string, values, n int) string {
	row := "(?" + strings.Repeat(", ?", values-1) + ")"
	return into + " VALUES " + row + strings.Repeat(", "+row, n-1)
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
// person's dues are called as the person is.
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
		f.labels[label] = search
	}
	found := &Found{text: searchText(search, r)}
	if first := r.Text(r.Kind.Label[0]); first != "" {
		if found.sort, known = f.sorts[first]; !known {
			found.sort = model.SortKey(first)
			f.sorts[first] = found.sort
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
		err := inBatches(len(same), func(from, to int) error {
			args := make([]any, 0, (to-from)*(len(metaColumns)+len(tab.columns)))
			for _, p := range same[from:to] {
				args = append(args, tab.encode(p.Now)...)
			}
			return t.w.Exec(ctx, several(tab.statements().into, len(metaColumns)+len(tab.columns), to-from), args...)
		})
		if err != nil {
			if e := uniqueFault(err, tab.kind); e != nil {
				return e
			}
			return fmt.Errorf("write %s: %w", tab.kind.Name, err)
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
	return inBatches(len(rows), func(from, to int) error {
		return t.w.Exec(ctx, several(into, len(columns), to-from), slices.Concat(rows[from:to]...)...)
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
		err := inBatches(len(ready), func(from, to int) error {
			args := make([]any, 0, 5*(to-from))
			for _, p := range ready[from:to] {
				args = append(args, searchRow(p.Now, p.Found)...)
			}
			if err := t.w.Exec(ctx, several(intoSearch, 5, to-from), args...); err != nil {
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

// packed stands between the columns of a record that is read as one text: what a column
// costs to ask for is more than what it costs to read. No text that was typed holds it.
const packed = '\x1f'

// readMany gives what read does, of many records at once: all, or by id the first of them, as
// limit says.
func (t *table) readMany(ctx context.Context, q raw.Querier, where, limit string, args ...any) ([]*model.Record, error) {
	text := "SELECT " + t.statements().packs + " FROM " + raw.Quote(t.kind.Name) + " t WHERE " + where
	if limit != "" {
		text += " ORDER BY t.id" + limit
	}
	rows, err := q.Query(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.kind.Name, err)
	}
	rs, plain, err := t.scanPacked(rows)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.kind.Name, err)
	}
	if !plain {
		return t.readSome(ctx, q, where, limit, args...)
	}
	byID := func(a, b *model.Record) int { return strings.Compare(a.ID, b.ID) }
	if !slices.IsSortedFunc(rs, byID) {
		slices.SortFunc(rs, byID)
	}
	return rs, t.loadLinks(ctx, q, rs)
}

// scanPacked makes records of rows of t.packs. plain is false where a row can't be read so:
// it has to be read column by column.
func (t *table) scanPacked(rows *sql.Rows) (records []*model.Record, plain bool, err error) {
	defer rows.Close()
	var row string
	values := make([]string, len(metaColumns)+len(t.columns))
	same := map[string]model.Value{}
	for rows.Next() {
		if err := rows.Scan(&row); err != nil {
			return nil, false, err
		}
		filled, rest := 0, row
		for i := range values {
			end := strings.IndexByte(rest, packed)
			if last := i == len(values)-1; last != (end < 0) {
				return nil, false, nil
			} else if last {
				end = len(rest)
			}
			values[i], rest = rest[:end], rest[min(end+1, len(rest)):]
			filled += min(1, end)
		}
		r, ok := t.unpack(values, filled, same)
		if !ok {
			return nil, false, nil
		}
		records = append(records, r)
	}
	return records, true, rows.Err()
}

// unpack makes a record of the texts of metaColumns and of the table's columns, so many of
// which are filled; ok is false where one can't be read. same holds values that come again.
func (t *table) unpack(values []string, filled int, same map[string]model.Value) (r *model.Record, ok bool) {
	r = t.newRecord()
	r.Reserve(filled + len(t.links))
	r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.DeletedAt = values[0], values[1], values[2], values[3], values[5]
	rev, err := strconv.ParseInt(values[4], 10, 64)
	if err != nil {
		return nil, false
	}
	r.Rev = rev
	for i, f := range t.columns {
		text := values[len(metaColumns)+i]
		if text == "" {
			continue
		}
		often := f.Type == model.TypeChoice || f.Type == model.TypeMonth || f.Type == model.TypeDate
		if v, known := same[text]; often && known {
			r.Set(f.Name, v)
			continue
		}
		var stored any = text
		if f.Type.Storage() == model.StoreInteger {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, false
			}
			stored = n
		}
		v, err := f.Type.Decode(stored)
		if err != nil {
			return nil, false
		}
		if often && len(same) < mostSame {
			same[text] = v
		}
		r.Set(f.Name, v)
	}
	return r, true
}

// newRecord gives an empty record of what the table reads.
func (t *table) newRecord() *model.Record {
	if t.part != nil {
		return model.NewPart(t.part)
	}
	return model.NewRecord(t.kind)
}

// mostSame bounds the values that are kept while many records are read.
const mostSame = 10_000
