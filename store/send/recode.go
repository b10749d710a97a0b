package send

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// settingRecoded is when the county signed what changed this organisation's code last: an
// older receipt that is taken in later does not bring the old code back.
const settingRecoded = "recoded_at"

// RecodedText says that the county has given this organisation another code, "" where the
// code is as it was.
func RecodedText(before, now string) string {
	if before == now || before == "" {
		return ""
	}
	return fmt.Sprintf("县里把本组织的代码从 %s 改成了 %s:台账里的代码已经改好,以后的报送包用新代码,人数和记录不变", before, now)
}

// recode takes over what the county says of codes in a profile or receipt signed at a
// moment: this organisation's own, and in its records those of others, all in one group of
// the history, so that one undo takes it back. A record that rules forbid to save stays as
// it is: the county reads it by the old code too.
func recode(ctx context.Context, l *store.Ledger, changes []bundle.Recoding, issued string) error {
	if len(changes) == 0 {
		return nil
	}
	last, err := l.Setting(ctx, settingRecoded)
	if err != nil {
		return err
	}
	offered, err := l.Roll(ctx)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, u := range offered {
		taken[u.Code] = true
	}
	var recs []*model.Record
	home := l.Home()
	own := false
	for _, c := range changes {
		mine := c.OrgID == home.ID || c.OrgID == "" && !taken[c.Old]
		if mine && home.Str(fieldCode) == c.Old && issued > last {
			now, err := l.Get(ctx, home.Kind.Name, home.ID)
			if err != nil {
				return err
			}
			now.Set(fieldCode, c.New)
			recs, own = append([]*model.Record{now}, recs...), true
		}
		if !own && c.OrgID == home.ID || taken[c.Old] {
			continue // not taken over, or another unit's by now
		}
		if recs, err = namingUnit(ctx, l, c, recs); err != nil {
			return err
		}
	}
	if err := saveRecoded(ctx, l, recs, own); err != nil || !own {
		return err
	}
	if err := l.SetSetting(ctx, settingRecoded, issued); err != nil {
		return err
	}
	return inside(l).Reload(ctx)
}

// fieldCode is the organisation's code in its record.
const fieldCode = "code"

// namingUnit adds the records that name a unit by its old code, with the new one, to
// those that are to be saved.
func namingUnit(ctx context.Context, l *store.Ledger, c bundle.Recoding, recs []*model.Record) ([]*model.Record, error) {
	for _, k := range l.Kinds().Kinds() {
		for _, f := range k.Fields() {
			if f.Type != model.TypeOrgCode {
				continue
			}
			err := l.Each(ctx, store.Query{Kind: k.Name, Conds: []model.Cond{model.Where(f.Name, model.Eq, c.Old)}}, func(r *model.Record) error {
				if r.OrgID != l.Home().ID {
					return nil
				}
				at := slices.IndexFunc(recs, func(o *model.Record) bool { return o.ID == r.ID })
				if at < 0 {
					at, recs = len(recs), append(recs, r)
				}
				recs[at].Set(f.Name, c.New)
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return recs, nil
}

// saveRecoded saves the records, the organisation's own first; of the others those that
// rules forbid are left.
func saveRecoded(ctx context.Context, l *store.Ledger, recs []*model.Record, own bool) error {
	for len(recs) > 0 {
		_, err := l.Save(ctx, model.AsRecorded, recs...)
		var refused *store.Refusal
		if !errors.As(err, &refused) || own && refused.Index == 0 {
			return err
		}
		recs = append(recs[:refused.Index:refused.Index], recs[refused.Index+1:]...)
	}
	return nil
}
