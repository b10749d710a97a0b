package store

import (
	"context"

	"taizhang/model"
)

// PutUnchecked writes records without asking the rules and without what follows
// from them, as one group of the history, with their search text. It is for tests
// and for the demo's deliberate faults alone: what the rules forbid can't be saved,
// and yet stands in ledgers that were filled in elsewhere. Errors: as Save's, but
// for *Refusal.
func (l *Ledger) PutUnchecked(ctx context.Context, recs ...*model.Record) error {
	return l.write(ctx, func(ctx context.Context, t *tx) error {
		for _, rec := range recs {
			if _, err := l.table(rec.Kind.Name); err != nil {
				return err
			}
			r := rec.Clone()
			old, err := t.original(ctx, r)
			if err != nil {
				return err
			}
			action := actionChange
			if old == nil {
				action = actionNew
			}
			if err := t.put(ctx, old, r, action); err != nil {
				return err
			}
		}
		return nil
	})
}
