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

// page is a part of the records of a table, by id: the first so many that meet a condition.
type page struct {
	where string
	limit int
	args  []any

	records []*model.Record
	plain   bool
	err     error
}

// read reads the page but for its links, by Query or Once of a Querier.
func (p *page) read(ctx context.Context, t *table, ask func(context.Context, string, ...any) (*sql.Rows, error)) {
	rows, err := ask(ctx, "SELECT "+t.statements().packs+" FROM "+raw.Quote(t.kind.Name)+" t WHERE "+p.where+p.order(), p.args...)
	if err == nil {
		p.records, p.plain, err = t.scanPacked(rows)
	}
	p.err = err
}

func (p *page) order() string { return fmt.Sprintf(" ORDER BY t.id LIMIT %d", p.limit) }

// complete gives the records of a page that was read, with their links.
func (p *page) complete(ctx context.Context, t *table, q raw.Querier) ([]*model.Record, error) {
	switch {
	case p.err != nil:
		return nil, fmt.Errorf("read %s: %w", t.kind.Name, p.err)
	case !p.plain:
		return t.readSome(ctx, q, p.where, fmt.Sprintf(" LIMIT %d", p.limit), p.args...)
	}
	return p.records, t.loadLinks(ctx, q, p.records)
}

// next gives the page after the record with an id, the last of args; it is not read yet.
func (p *page) next(after string) page {
	args := slices.Clone(p.args)
	args[len(args)-1] = after
	return page{where: p.where, limit: walkPage, args: args}
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
		filled, plain := splitPacked(row, values)
		if !plain {
			return nil, false, nil
		}
		r, ok := t.unpack(values, filled, same)
		if !ok {
			return nil, false, nil
		}
		records = append(records, r)
	}
	return records, true, rows.Err()
}

// splitPacked parts the text of a row and tells how many of its columns are filled.
func splitPacked(text string, values []string) (filled int, plain bool) {
	for i := range values {
		end := strings.IndexByte(text, packed)
		if last := i == len(values)-1; last != (end < 0) {
			return 0, false
		} else if last {
			end = len(text)
		}
		values[i], text = text[:end], text[min(end+1, len(text)):]
		filled += min(1, end)
	}
	return filled, true
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
