// Package clear takes away what is private of those who left (清除个人信息): the line of
// the register stays; the fields that their kind declares private go, from the record, its
// history, the recycle bin, drafts and every text that holds them, and from the file's own
// free space. It names no kind: model.Clearing says who has left.
package clear

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Someone is one of whom what is private may be cleared away.
type Someone struct {
	Kind  *model.Kind
	ID    string
	Name  string
	Since model.Date // left then
	Why   string     // 转出, 在回收站里
	Due   model.Date // from then on it may be cleared
	// Fields are the labels of what stands in the record now. It may be none: then only
	// the history holds something.
	Fields []string
}

// Plan says who would be cleared, and what goes beside their records.
type Plan struct {
	Years  int    // after how many; 0: nobody is cleared
	Source string // who says so
	Who    []Someone
	Files  []File // beside the ledger, that hold it too
}

// Options narrow a plan.
type Options struct {
	Before model.Date // those who left before that day; "" for all whose time has come
	Names  []string   // those called so; nil for all
	Files  bool       // look for what lies beside the ledger too
}

// Find tells of whom what is private may be cleared away today, those who left first
// before. Nothing is written. *model.Error E-MISSING where nobody is called so.
func Find(ctx context.Context, l *store.Ledger, o Options) (*Plan, error) {
	p := &Plan{}
	err := inside(l).Moment(ctx, func(s store.Snapshot) error {
		all, err := who(ctx, l.Env(ctx), s.Querier(), func(k *model.Kind) ([]*model.Record, error) {
			return s.RowsOf(ctx, k, l.Home().ID)
		})
		if err != nil {
			return err
		}
		p.Who, err = narrow(all, o)
		return err
	})
	if err != nil {
		return nil, inside(l).Explain(err)
	}
	if o.Files && len(p.Who) > 0 {
		return Only(ctx, l, p.Who)
	}
	p.Years, p.Source = limit(l)
	return p, nil
}

// Only plans for some of those that Find gave, with what lies beside the ledger.
func Only(ctx context.Context, l *store.Ledger, who []Someone) (*Plan, error) {
	p := &Plan{Who: who}
	err := inside(l).Moment(ctx, func(s store.Snapshot) error {
		found, err := gather(ctx, l, s.Querier(), who)
		if err != nil {
			return err
		}
		p.Files, err = beside(ctx, l, found)
		return err
	})
	p.Years, p.Source = limit(l)
	return p, inside(l).Explain(err)
}

// Due tells of how many what is private may be cleared away today.
func Due(ctx context.Context, l *store.Ledger) (int, error) {
	p, err := Find(ctx, l, Options{})
	if err != nil {
		return 0, err
	}
	return len(p.Who), nil
}

// limit gives after how many years, and who says so, of the first kind that is cleared.
func limit(l *store.Ledger) (years int, source string) {
	for _, k := range l.Kinds().Kinds() {
		if k.Clearing != nil {
			limit := inside(l).Packs().Limit(k.Clearing.Limit, l.Source().Today())
			return limit.Int(), limit.Source()
		}
	}
	return 0, ""
}

// who finds those whose time has come and of whom something is still kept.
func who(ctx context.Context, env *model.Env, q raw.Querier, rows func(*model.Kind) ([]*model.Record, error)) ([]Someone, error) {
	var all []Someone
	for _, k := range env.Kinds.Kinds() {
		if k.Clearing == nil {
			continue
		}
		past, err := done(ctx, q, k.Name)
		if err != nil {
			return nil, err
		}
		rs, err := rows(k)
		if err != nil {
			return nil, err
		}
		for _, r := range rs {
			due, why, err := k.Clearing.Day(env, r)
			if err != nil {
				return nil, fmt.Errorf("who left: %w", err)
			}
			if due == "" || due > env.Today {
				continue
			}
			years := env.Packs.Limit(k.Clearing.Limit, env.Today).Int()
			one := Someone{Kind: k, ID: r.ID, Name: r.Label(), Since: due.AddYears(-years), Why: why, Due: due}
			for _, f := range k.PrivateFields() {
				if r.Filled(f.Name) {
					one.Fields = append(one.Fields, f.Label)
				}
			}
			held := len(one.Fields) > 0
			if !held && past[r.ID] < string(due) {
				if held, err = remembered(ctx, q, k, r.ID); err != nil {
					return nil, err
				}
			}
			if held {
				all = append(all, one)
			}
		}
	}
	model.Sort(all, func(a, b Someone) int { return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID)) })
	return all, nil
}

// remembered tells whether the history of a record speaks of a private field.
func remembered(ctx context.Context, q raw.Querier, k *model.Kind, id string) (bool, error) {
	for _, f := range k.PrivateFields() {
		n, err := raw.Number(ctx, q, "SELECT count(*) FROM history WHERE kind = ? AND id = ? AND instr(changes, ?) > 0", k.Name, id, `"field":"`+f.Name+`"`)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// done gives, by id, when records of a kind were cleared last.
func done(ctx context.Context, q raw.Querier, kind string) (map[string]string, error) {
	rows, err := q.Query(ctx, "SELECT id, max(at) FROM cleared WHERE kind = ? GROUP BY id", kind)
	if err != nil {
		return nil, fmt.Errorf("cleared: %w", err)
	}
	defer rows.Close()
	past := map[string]string{}
	for rows.Next() {
		var id, at string
		if err := rows.Scan(&id, &at); err != nil {
			return nil, fmt.Errorf("cleared: %w", err)
		}
		past[id] = at
	}
	return past, rows.Err()
}

// narrow takes those whom the options name.
func narrow(all []Someone, o Options) ([]Someone, error) {
	for _, name := range o.Names {
		if !slices.ContainsFunc(all, func(s Someone) bool { return s.Name == name }) {
			return nil, model.Errorf("E-MISSING", "“%s”不在可以清除的人里面:没有离开,或者离开还不满年限,或者已经清除过", model.Clean(name, false))
		}
	}
	return slices.DeleteFunc(all, func(s Someone) bool {
		return o.Before != "" && s.Since >= o.Before || len(o.Names) > 0 && !slices.Contains(o.Names, s.Name)
	}), nil
}

func inside(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }
