package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Snapshot is the ledger as it stands at one moment, for what has to be consistent
// in itself, like a bundle.
type Snapshot struct {
	l *Ledger
	q raw.Querier
}

// atOneMoment calls read with a snapshot; saves that happen meanwhile are not seen.
func (l *Ledger) atOneMoment(ctx context.Context, read func(Snapshot) error) error {
	err := l.readers.Snapshot(ctx, func(q raw.Querier) error { return read(Snapshot{l, q}) })
	return l.explain(err)
}

// Each calls fn with every record of a kind by id, deleted ones too, exactly as
// stored, with its links and without labels.
func (s Snapshot) Each(ctx context.Context, k *model.Kind, fn func(*model.Record) error) error {
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

// EachLink calls fn with every row of a refs or roll field's table, by record and
// target; state is "" for refs.
func (s Snapshot) EachLink(ctx context.Context, k *model.Kind, f *model.Field, fn func(record, target, state string) error) error {
	columns := "record_id, target_id, ''"
	if f.Type.Storage() == model.StoreMarks {
		columns = "record_id, target_id, state"
	}
	rows, err := s.q.Once(ctx, "SELECT "+columns+" FROM "+raw.Quote(raw.LinkTable(k, f))+" ORDER BY record_id, target_id")
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

// Problems calls fn with every finding of every rule.
func (s Snapshot) Problems(ctx context.Context, fn func(Problem) error) error {
	return s.l.checkAll(ctx, s.q, fn)
}

// Env gives rules the ledger at that moment.
func (s Snapshot) Env(ctx context.Context) *model.Env { return s.l.env(ctx, s.q, s.l.memory(s.q)) }
