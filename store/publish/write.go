package publish

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"taizhang/model"
)

// The columns of the tables, month first and digest last where there is one.
var (
	officeColumns = []string{"month", "county", "sender", "name", "level", "detail", "from_day", "to_day", "closed_at", "due", "reported", "digest"}
	figureColumns = []string{"month", "county", "figure", "position", "heading", "title", "measure", "counted", "share_of", "goal", "split"}
	unitColumns   = []string{"month", "county", "unit", "name", "township", "domain", "kind", "units", "state", "digest"}
	scopeColumns  = []string{"month", "county", "kind", "scope", "title", "units", "state", "digest"}
	tallyColumns  = []string{"month", "county", "unit", "figure", "part", "value", "apart", "lacks"}
	totalColumns  = []string{"month", "county", "kind", "scope", "figure", "part", "value", "apart", "lacks"}
	reportColumns = []string{"month", "county", "unit", "name", "township", "domain", "due", "reported", "state", "received_at", "sequence", "newest", "problems", "digest"}
)

// writing is the transaction of a sender's month.
type writing struct {
	tx    pgx.Tx
	month time.Time
	have  map[itemKey][]byte // the digests of what stands
}

// write brings a sender's month to what it is, in one transaction, and tells how many
// groups were written and how many numbers. Of what is the same already nothing is touched.
func write(ctx context.Context, conn *pgx.Conn, s *sums) (changed, numbers int, err error) {
	items, err := s.items()
	if err != nil {
		return 0, 0, err
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		w := &writing{tx: tx, month: monthDay(s.Month), have: map[itemKey][]byte{}}
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockOf(s.area, s.Month)); err != nil {
			return fmt.Errorf("lock: %w", err)
		}
		if err := w.read(ctx, s); err != nil {
			return err
		}
		var put []*item
		for _, i := range items {
			digest, stands := w.have[i.key]
			if stands && [sha256.Size]byte(digest) == i.digest {
				delete(w.have, i.key)
				continue
			}
			put = append(put, i)
		}
		if err := w.drop(ctx); err != nil {
			return err
		}
		changed = len(put) + len(w.have) // the latter alone where something was only taken away
		for _, i := range put {
			if _, stood := w.have[i.key]; stood {
				changed--
			}
			numbers += len(i.numbers)
		}
		if err := w.put(ctx, put); err != nil || !s.sweep {
			return err
		}
		swept, err := w.sweep(ctx, s)
		changed += swept
		return err
	})
	return changed, numbers, err
}

// lockOf names a sender's month among advisory locks.
func lockOf(code string, month model.Month) int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "taizhang %s %s", code, month)
	return int64(h.Sum64()) //nolint:gosec // Any 64 bits will do.
}

// read gathers the digests of what stands of the sender's places. *model.Error E-PG-SENDER
// where another has published one of them.
func (w *writing) read(ctx context.Context, s *sums) error {
	counties := []string{s.area}
	for _, p := range s.places {
		counties = append(counties, p.code)
	}
	rows, err := w.tx.Query(ctx, "SELECT county, sender, digest FROM taizhang.office WHERE month = $1 AND county = ANY($2)", w.month, counties)
	if err != nil {
		return fmt.Errorf("what stands: %w", err)
	}
	var county, by string
	var digest []byte
	other := ""
	if _, err := pgx.ForEachRow(rows, []any{&county, &by, &digest}, func() error {
		if by != s.Code {
			other = by
		}
		w.have[itemKey{table: tableOffice, county: county}] = slices.Clone(digest)
		return nil
	}); err != nil {
		return fmt.Errorf("what stands: %w", err)
	}
	if other != "" {
		return model.Errorf("E-PG-SENDER", "%s%s的数字在这个数据库里已经由 %s 发布,两处都发布会互相顶掉,没有写;请只从一级发布", s.Name, s.Month.Chinese(), other)
	}
	for table, code := range map[string]string{tableUnit: "'', unit", tableScope: "kind, scope", tableReport: "'', unit"} {
		rows, err := w.tx.Query(ctx, "SELECT county, "+code+", digest FROM taizhang."+table+" WHERE month = $1 AND county = ANY($2)", w.month, counties)
		if err != nil {
			return fmt.Errorf("what stands: %w", err)
		}
		key := itemKey{table: table}
		if _, err := pgx.ForEachRow(rows, []any{&key.county, &key.kind, &key.code, &digest}, func() error {
			w.have[key] = slices.Clone(digest)
			return nil
		}); err != nil {
			return fmt.Errorf("what stands: %w", err)
		}
	}
	return nil
}

// drop takes away what is other now, or no more, with its numbers.
func (w *writing) drop(ctx context.Context) error {
	type scope struct{ table, county, kind string }
	codes := map[scope][]string{}
	for key := range w.have {
		at := scope{key.table, key.county, key.kind}
		codes[at] = append(codes[at], key.code)
	}
	for at, list := range codes {
		var texts []string
		args := []any{w.month, at.county, list}
		switch at.table {
		case tableOffice:
			texts, args = []string{"DELETE FROM taizhang.office WHERE month = $1 AND county = $2", "DELETE FROM taizhang.figure WHERE month = $1 AND county = $2"}, args[:2]
		case tableUnit:
			texts = []string{"DELETE FROM taizhang.unit WHERE month = $1 AND county = $2 AND unit = ANY($3)", "DELETE FROM taizhang.tally WHERE month = $1 AND county = $2 AND unit = ANY($3)"}
		case tableScope:
			args = append(args, at.kind)
			texts = []string{"DELETE FROM taizhang.scope WHERE month = $1 AND county = $2 AND kind = $4 AND scope = ANY($3)",
				"DELETE FROM taizhang.total WHERE month = $1 AND county = $2 AND kind = $4 AND scope = ANY($3)"}
		case tableReport:
			texts = []string{"DELETE FROM taizhang.report WHERE month = $1 AND county = $2 AND unit = ANY($3)"}
		}
		for _, text := range texts {
			if _, err := w.tx.Exec(ctx, text, args...); err != nil {
				return fmt.Errorf("take away: %w", err)
			}
		}
	}
	return nil
}

// sweep takes away what the publisher has published before of offices that are not among
// those of the month any more: one that was given another code.
func (w *writing) sweep(ctx context.Context, s *sums) (int, error) {
	rows, err := w.tx.Query(ctx, "SELECT county FROM taizhang.office WHERE month = $1 AND sender = $2 AND county <> ALL($3)", w.month, s.Code, append([]string{}, s.keep...))
	if err != nil {
		return 0, fmt.Errorf("those that are no more: %w", err)
	}
	gone, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(gone) == 0 {
		return 0, err
	}
	for _, table := range append([]string{tableOffice}, partitioned...) {
		if _, err := w.tx.Exec(ctx, "DELETE FROM taizhang."+table+" WHERE month = $1 AND county = ANY($2)", w.month, gone); err != nil {
			return 0, fmt.Errorf("those that are no more: %w", err)
		}
	}
	return len(gone), nil
}

// put writes items by COPY, a table after the other.
func (w *writing) put(ctx context.Context, items []*item) error {
	rows := map[string][][]any{}
	add := func(table string, row ...any) { rows[table] = append(rows[table], append([]any{w.month}, row...)) }
	for _, i := range items {
		add(i.key.table, append(slices.Clone(i.row), i.digest[:])...)
		for _, f := range i.figures {
			add("figure", append([]any{i.key.county}, f...)...)
		}
		for _, x := range i.numbers {
			if i.key.table == tableUnit {
				add("tally", i.key.county, i.key.code, x.figure, x.part, x.value, x.apart, x.lacks)
			} else {
				add("total", i.key.county, i.key.kind, i.key.code, x.figure, x.part, x.value, x.apart, x.lacks)
			}
		}
	}
	for _, t := range []struct {
		name    string
		columns []string
	}{{tableOffice, officeColumns}, {"figure", figureColumns}, {tableReport, reportColumns}, {tableUnit, unitColumns}, {tableScope, scopeColumns},
		{"tally", tallyColumns}, {"total", totalColumns}} {
		if len(rows[t.name]) == 0 {
			continue
		}
		if _, err := w.tx.CopyFrom(ctx, pgx.Identifier{"taizhang", t.name}, t.columns, pgx.CopyFromRows(rows[t.name])); err != nil {
			return fmt.Errorf("copy %s: %w", t.name, err)
		}
	}
	return nil
}
