package office

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/store"
)

// Write does what Put does, in a transaction of its own. *model.Error: E-READONLY, E-FULL.
func Write(ctx context.Context, l *store.Ledger, s *Sums) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return Put(ctx, t, s) })
}

// Put replaces what stands of a sender for a month. What the whole was in the bundle that
// it replaces is kept (Past), unless it is the same bundle.
func Put(ctx context.Context, t *store.Tx, s *Sums) error {
	month, code := string(s.Month), s.Code
	err := t.Exec(ctx, `INSERT OR IGNORE INTO sum_past (month, code, sequence, hash, at, content)
		SELECT b.month, b.code, b.sequence, b.hash, b.at, g.content FROM sum_bundle b
		JOIN sum_group g ON g.month = b.month AND g.kind = ?3 AND g.code = b.code AND g.grp = ?3
		WHERE b.month = ?1 AND b.code = ?2 AND b.hash <> ?4`, month, code, KindAll, s.Hash)
	for _, table := range []string{"sum_bundle", "sum_group", "sum_unit"} {
		if err == nil {
			err = t.Exec(ctx, "DELETE FROM "+table+" WHERE month = ? AND code = ?", month, code)
		}
	}
	if err != nil {
		return fmt.Errorf("sums of %s: %w", code, err)
	}
	packed, err := pack(content{s.Figures, s.Transfers})
	if err == nil {
		err = t.Exec(ctx, `INSERT INTO sum_bundle (month, code, name, level, detail, from_day, to_day, closed, due, came, sequence, hash, at, content)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, month, code, s.Name, s.Level, s.Detail, string(s.From), string(s.To), s.Closed,
			s.Due, s.In, s.Sequence, s.Hash, t.Stamp(), packed)
	}
	if err != nil {
		return fmt.Errorf("sums of %s: %w", code, err)
	}
	for i := range s.Groups {
		if err := putGroup(ctx, t, s, &s.Groups[i]); err != nil {
			return fmt.Errorf("sums of %s, %s %s: %w", code, s.Groups[i].Kind, s.Groups[i].Key, err)
		}
	}
	for _, u := range s.Units {
		if err := t.Exec(ctx, "INSERT INTO sum_unit (month, code, unit, county, name, township, domain, kind, reported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			month, code, u.Code, u.County, u.Name, u.Township, u.Domain, u.Kind, u.Reported); err != nil {
			return fmt.Errorf("sums of %s, unit %s: %w", code, u.Code, err)
		}
	}
	return nil
}

func putGroup(ctx context.Context, t *store.Tx, s *Sums, g *Group) error {
	lacks, err := json.Marshal(g.Lacks)
	if err != nil {
		return err
	}
	packed, err := pack(numbers{g.Values, g.Apart})
	if err != nil {
		return err
	}
	key := g.Key
	if g.Kind == KindAll {
		key = KindAll
	}
	return t.Exec(ctx, "INSERT INTO sum_group (month, kind, code, grp, county, title, units, state, lacks, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		string(s.Month), g.Kind, s.Code, key, g.County, g.Title, g.Units, StateOf(&g.Column), string(lacks), packed)
}
