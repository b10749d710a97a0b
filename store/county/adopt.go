package county

import (
	"context"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/send"
)

// Adopt gives the ledger these records in place of all that its own organisation has
// on file, as they are: no rule is asked and no history written. sent, where set, is
// the bundle that was made of them; the next one follows on it.
func Adopt(ctx context.Context, l *store.Ledger, records map[string][]*model.Record, sent *send.Sent) error {
	home := l.Home().ID
	err := inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if _, err := replaceRows(ctx, t, Replacement{Key: KnownKey{OrgID: home}, Records: records}, nil); err != nil {
			return err
		}
		if sent == nil {
			return nil
		}
		return send.Continue(ctx, t, *sent)
	})
	if err != nil {
		return err
	}
	return inside(l).Reload(ctx)
}
