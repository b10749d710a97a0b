package store

import (
	"context"
	"fmt"
)

// Together gives the other records that were written in the same group of the history
// as an event: what a movement changed of a person, the rows of a batch. At most n, and
// how many there are.
func (l *Ledger) Together(ctx context.Context, group int64, kind, id string, n int) (others []Touched, all int, err error) {
	rows, err := l.readers.Query(ctx, "SELECT DISTINCT kind, id, action, at FROM history WHERE grp = ? AND NOT (kind = ? AND id = ?) ORDER BY seq", group, kind, id)
	if err != nil {
		return nil, 0, l.explain(fmt.Errorf("history: %w", err))
	}
	defer rows.Close()
	seen := map[string]bool{}
	for rows.Next() {
		var t Touched
		var name string
		if err := rows.Scan(&name, &t.ID, &t.Action, &t.At); err != nil {
			return nil, 0, l.explain(fmt.Errorf("history: %w", err))
		}
		if t.Kind = l.kinds.Kind(name); t.Kind == nil || seen[t.ID] {
			continue
		}
		seen[t.ID] = true
		if all++; len(others) < n {
			others = append(others, t)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, 0, l.explain(fmt.Errorf("history: %w", err))
	}
	for i, t := range others {
		labels, err := l.Labels(ctx, t.Kind.Name, []string{t.ID})
		if err != nil {
			return nil, 0, err
		}
		others[i].Label = labels[t.ID]
	}
	return others, all, nil
}
