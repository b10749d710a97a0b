package office

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Months gives the months of which sums stand, the newest first.
func Months(ctx context.Context, l *store.Ledger) ([]model.Month, error) {
	texts, err := raw.Texts(ctx, inside(l).Readers(), "SELECT DISTINCT month FROM sum_bundle ORDER BY month DESC")
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("months of sums: %w", err))
	}
	all := make([]model.Month, len(texts))
	for i, t := range texts {
		all[i] = model.Month(t)
	}
	return all, nil
}

// Senders gives of each office that has sent sums of a month what stands, by code.
func Senders(ctx context.Context, l *store.Ledger, month model.Month) ([]Sender, error) {
	all, err := senders(ctx, inside(l).Readers(), month)
	return all, inside(l).Explain(err)
}

func senders(ctx context.Context, q raw.Querier, month model.Month) ([]Sender, error) {
	return sendersWhere(ctx, q, "month = ?", string(month))
}

func sendersWhere(ctx context.Context, q raw.Querier, where string, args ...any) ([]Sender, error) {
	rows, err := q.Query(ctx, "SELECT code, name, month, level, detail, from_day, to_day, closed, due, came, sequence, hash, at, content FROM sum_bundle WHERE "+where+" ORDER BY code", args...)
	if err != nil {
		return nil, fmt.Errorf("sums: %w", err)
	}
	defer rows.Close()
	var all []Sender
	for rows.Next() {
		var s Sender
		var packed []byte
		if err := rows.Scan(&s.Code, &s.Name, &s.Month, &s.Level, &s.Detail, &s.From, &s.To, &s.Closed, &s.Due, &s.In, &s.Sequence, &s.Hash, &s.At, &packed); err != nil {
			return nil, fmt.Errorf("sums: %w", err)
		}
		var c content
		if err := unpack(packed, &c); err != nil {
			return nil, fmt.Errorf("sums of %s: %w", s.Code, err)
		}
		s.Figures, s.Transfers = c.Figures, c.Transfers
		all = append(all, s)
	}
	return all, rows.Err()
}

// CountsOf says of those figures of some senders that are no number of rows how they are
// counted, by CODE.key.
func CountsOf(all []Sender) map[string]string {
	counts := map[string]string{}
	for i := range all {
		for _, f := range all[i].Figures {
			if f.Count != CountRows {
				counts[f.Indicator+"."+f.Key] = f.Count
			}
		}
	}
	return counts
}

// Groups gives the numbers of a month: the groups of these kinds, or of all without any, by
// kind, sender and key. It stops after an error. A group is read when its turn comes, so
// that a hundred thousand units needn't stand in memory.
func Groups(ctx context.Context, l *store.Ledger, month model.Month, kinds ...string) iter.Seq2[Group, error] {
	return func(yield func(Group, error) bool) {
		if err := inside(l).Explain(groups(ctx, inside(l).Readers(), month, kinds, func(g Group) bool { return yield(g, nil) })); err != nil {
			yield(Group{}, err)
		}
	}
}

func groups(ctx context.Context, q raw.Querier, month model.Month, kinds []string, each func(Group) bool) error {
	return groupsWhere(ctx, q, "month = ?1 AND (json_array_length(?2) = 0 OR kind IN (SELECT value FROM json_each(?2)))", []any{string(month), raw.List(kinds)}, each)
}

func groupsWhere(ctx context.Context, q raw.Querier, where string, args []any, each func(Group) bool) error {
	rows, err := q.Query(ctx, "SELECT code, kind, grp, county, title, units, state, lacks, content FROM sum_group WHERE "+where+" ORDER BY kind, code, grp", args...)
	if err != nil {
		return fmt.Errorf("groups of sums: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var g Group
		var state, lacks string
		var packed []byte
		if err := rows.Scan(&g.Sender, &g.Kind, &g.Key, &g.County, &g.Title, &g.Units, &state, &lacks, &packed); err != nil {
			return fmt.Errorf("groups of sums: %w", err)
		}
		var n numbers
		if err := unpack(packed, &n); err != nil {
			return fmt.Errorf("sums of %s, %s %s: %w", g.Sender, g.Kind, g.Key, err)
		}
		if err := json.Unmarshal([]byte(lacks), &g.Lacks); err != nil {
			return fmt.Errorf("sums of %s, %s %s: %w", g.Sender, g.Kind, g.Key, err)
		}
		g.Values, g.Apart, g.Absent, g.Later = n.Values, n.Apart, state == stateAbsent, state == stateLater
		if g.Kind == KindAll {
			g.Key = ""
		}
		if !each(g) {
			return nil
		}
	}
	return rows.Err()
}

// Units gives the units of a month, of those senders whose sums go down to them, by sender
// and code. It stops after an error.
func Units(ctx context.Context, l *store.Ledger, month model.Month) iter.Seq2[Unit, error] {
	return func(yield func(Unit, error) bool) {
		if err := inside(l).Explain(units(ctx, inside(l).Readers(), month, func(u Unit) bool { return yield(u, nil) })); err != nil {
			yield(Unit{}, err)
		}
	}
}

func units(ctx context.Context, q raw.Querier, month model.Month, each func(Unit) bool) error {
	return unitsWhere(ctx, q, "month = ?", []any{string(month)}, each)
}

func unitsWhere(ctx context.Context, q raw.Querier, where string, args []any, each func(Unit) bool) error {
	rows, err := q.Query(ctx, "SELECT code, unit, county, name, township, domain, kind, reported FROM sum_unit WHERE "+where+" ORDER BY code, unit", args...)
	if err != nil {
		return fmt.Errorf("units of sums: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var u Unit
		if err := rows.Scan(&u.Sender, &u.Code, &u.County, &u.Name, &u.Township, &u.Domain, &u.Kind, &u.Reported); err != nil {
			return fmt.Errorf("units of sums: %w", err)
		}
		if !each(u) {
			return nil
		}
	}
	return rows.Err()
}

// Past gives what the whole of a sender was in the bundles of a month that others have
// replaced since, the first first.
func Past(ctx context.Context, l *store.Ledger, code string, month model.Month) ([]Version, error) {
	rows, err := inside(l).Readers().Query(ctx, "SELECT sequence, hash, at, content FROM sum_past WHERE month = ? AND code = ? ORDER BY sequence", string(month), code)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("past sums: %w", err))
	}
	defer rows.Close()
	var all []Version
	for rows.Next() {
		var v Version
		var packed []byte
		if err := rows.Scan(&v.Sequence, &v.Hash, &v.At, &packed); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("past sums: %w", err))
		}
		var n numbers
		if err := unpack(packed, &n); err != nil {
			return nil, fmt.Errorf("past sums of %s: %w", code, err)
		}
		v.Values = n.Values
		all = append(all, v)
	}
	return all, inside(l).Explain(rows.Err())
}

// Add adds numbers up: those of from to those of to.
func Add(to, from Numbers) { addTimes(to, from, 1) }

// Subtract takes the numbers of from away from those of to.
func Subtract(to, from Numbers) { addTimes(to, from, -1) }

func addTimes(to, from Numbers, times int64) {
	for code, figures := range from {
		if to[code] == nil {
			to[code] = map[string]map[string]int64{}
		}
		for key, parts := range figures {
			if to[code][key] == nil {
				to[code][key] = map[string]int64{}
			}
			for part, n := range parts {
				to[code][key][part] += times * n
			}
		}
	}
}
