package county

import (
	"context"
	"errors"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// Holding is what a county holds of an organisation whose own ledger is lost.
type Holding struct {
	Home    string                     // the organisation's id
	Records map[string][]*model.Record // by kind, the deleted ones too, Home's among them
	Profile []byte                     // county.json
	Last    send.Sent                  // the last bundle accepted of it; the next one follows on it
}

// OrganisationRows gives every row of an organisation by kind and by id, deleted
// ones too, exactly as stored.
func OrganisationRows(ctx context.Context, l *store.Ledger, orgID string) (map[string][]*model.Record, error) {
	all := map[string][]*model.Record{}
	err := inside(l).Moment(ctx, func(s store.Snapshot) error {
		for _, k := range l.Kinds().Kinds() {
			rs, err := s.RowsOf(ctx, k, orgID)
			if err != nil {
				return err
			}
			if len(rs) > 0 {
				all[k.Name] = rs
			}
		}
		return nil
	})
	return all, err
}

// Rebuild makes a ledger of what the county holds of an organisation: the same ids
// and rows, the county's profile taken in and its key pinned, the numbers of bundles
// going on from the last one; no rule is asked and no history written. Its signing
// key is a new one. *model.Error: those of Create and of bundle.OpenProfile.
func Rebuild(ctx context.Context, path string, r Holding, o store.Options) (*store.Ledger, error) {
	p, err := bundle.OpenProfile(r.Profile, "")
	if err != nil {
		return nil, err
	}
	params, err := send.Params(o.Book, p)
	if err != nil {
		return nil, err
	}
	return store.CreateFilled(ctx, raw.Pass{}, path, o, func(ctx context.Context, t *store.Tx) error {
		if err := t.SetSetting(ctx, store.SettingHome, r.Home); err != nil {
			return err
		}
		if err := send.Continue(ctx, t, r.Last); err != nil {
			return err
		}
		if err := send.PutProfile(ctx, t, r.Profile, p, params, false); err != nil {
			return err
		}
		_, err := replaceRows(ctx, t, Replacement{Key: KnownKey{OrgID: r.Home}, Records: r.Records}, nil)
		return err
	})
}

// CloseReported closes months anew that were reported before, the first one first,
// as far as their balance closes: one that does not is left open, and with it those
// before it, since month follows month. each is told of a month before it is closed. It
// gives the months that are closed now.
func CloseReported(ctx context.Context, l *store.Ledger, months []model.Month, by string, each func(n int, m model.Month)) ([]model.Month, error) {
	var done []model.Month
	for n, m := range months {
		each(n, m)
		err := count.CloseMonth(ctx, l, m, by)
		var known *model.Error
		switch {
		case err == nil:
			done = append(done, m)
		case errors.As(err, &known) && known.Code == "E-CLOSE-GAP":
			if err := reopenAll(ctx, l); err != nil {
				return nil, err
			}
			done = nil
		default:
			return done, err
		}
	}
	return done, nil
}

func reopenAll(ctx context.Context, l *store.Ledger) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		for _, table := range []string{"month_close", "month_review"} {
			if err := t.Exec(ctx, "DELETE FROM "+table); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		return nil
	})
}

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
