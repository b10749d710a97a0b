package store

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// snapshot is the ledger as it stands at one moment, for what has to be consistent
// in itself, like a bundle.
type snapshot struct {
	l *Ledger
	q raw.Querier
}

// atOneMoment calls read with a snapshot; saves that happen meanwhile are not seen.
func (l *Ledger) atOneMoment(ctx context.Context, read func(snapshot) error) error {
	err := l.readers.Snapshot(ctx, func(q raw.Querier) error { return read(snapshot{l, q}) })
	return l.explain(err)
}

// each calls fn with every record of a kind by id, deleted ones too, exactly as
// stored, with its links and without labels.
func (s snapshot) each(ctx context.Context, k *model.Kind, fn func(*model.Record) error) error {
	after := ""
	for {
		rs, err := s.l.tables[k.Name].batch(ctx, s.q, after)
		if err != nil || len(rs) == 0 {
			return err
		}
		after = rs[len(rs)-1].ID
		for _, r := range rs {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
}

// eachLink calls fn with every row of a refs or roll field's table, by record and
// target; state is "" for refs.
func (s snapshot) eachLink(ctx context.Context, k *model.Kind, f *model.Field, fn func(record, target, state string) error) error {
	columns := "record_id, target_id, ''"
	if f.Type.Storage() == model.StoreMarks {
		columns = "record_id, target_id, state"
	}
	rows, err := s.q.Once(ctx, "SELECT "+columns+" FROM "+raw.Quote(linkTable(k, f))+" ORDER BY record_id, target_id")
	if err != nil {
		return fmt.Errorf("read %s.%s: %w", k.Name, f.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		var record, target, state string
		if err := rows.Scan(&record, &target, &state); err != nil {
			return fmt.Errorf("read %s.%s: %w", k.Name, f.Name, err)
		}
		if err := fn(record, target, state); err != nil {
			return err
		}
	}
	return rows.Err()
}

// problems calls fn with every finding of every rule.
func (s snapshot) problems(ctx context.Context, fn func(Problem) error) error {
	return s.l.checkAll(ctx, s.q, fn)
}

// env gives rules the ledger at that moment.
func (s snapshot) env(ctx context.Context) *model.Env { return s.l.env(ctx, s.q, s.l.memory(s.q)) }

// SentBundles gives the bundles that were exported, the last first.
func (l *Ledger) SentBundles(ctx context.Context) ([]Sent, error) {
	all, err := sentBundles(ctx, l.readers)
	return all, l.explain(err)
}

func sentBundles(ctx context.Context, q raw.Querier) ([]Sent, error) {
	rows, err := q.Query(ctx, `SELECT file, path, month, sequence, hash, file_hash, size, created_at, plain, counts, problems, state
		FROM bundle_sent ORDER BY sequence DESC`)
	if err != nil {
		return nil, fmt.Errorf("bundles sent: %w", err)
	}
	defer rows.Close()
	var all []Sent
	for rows.Next() {
		var b Sent
		var counts string
		err := rows.Scan(&b.File, &b.Path, &b.Month, &b.Sequence, &b.Hash, &b.FileHash, &b.Size, &b.CreatedAt, &b.Plain, &counts, &b.Problems, &b.State)
		if err != nil {
			return nil, fmt.Errorf("bundles sent: %w", err)
		}
		if err := json.Unmarshal([]byte(counts), &b.Counts); err != nil {
			return nil, fmt.Errorf("bundle %d: %w", b.Sequence, err)
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// addSent writes a bundle down in the list of those sent.
func (l *Ledger) addSent(ctx context.Context, b Sent) error {
	counts, err := json.Marshal(b.Counts)
	if err != nil {
		return fmt.Errorf("bundle %d: %w", b.Sequence, err)
	}
	plain := 0
	if b.Plain {
		plain = 1
	}
	return l.write(ctx, func(ctx context.Context, t *tx) error {
		err := t.w.Exec(ctx, `INSERT INTO bundle_sent (sequence, month, file, path, hash, file_hash, size, created_at, plain, counts, problems, state)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, b.Sequence, string(b.Month), b.File, b.Path, b.Hash, b.FileHash, b.Size,
			b.CreatedAt, plain, string(counts), b.Problems, b.State)
		if err != nil {
			return fmt.Errorf("bundle %d: %w", b.Sequence, err)
		}
		return nil
	})
}
