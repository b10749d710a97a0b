package store

import (
	"context"

	"taizhang/model"
)

// Adopt gives the ledger these records in place of all that its own organisation has
// on file, as they are: no rule is asked and no history written. sent, where set, is
// the bundle that was made of them; the next one follows on it.
func (l *Ledger) Adopt(ctx context.Context, records map[string][]*model.Record, sent *Sent) error {
	home := l.Home().ID
	err := inside(l).Write(ctx, func(ctx context.Context, t *Tx) error {
		if _, err := t.replaceRows(ctx, home, records); err != nil {
			return err
		}
		if sent == nil {
			return nil
		}
		return Continue(ctx, t, *sent)
	})
	if err != nil {
		return err
	}
	return inside(l).Reload(ctx)
}
