package store

import (
	"context"
	"fmt"

	"taizhang/model"
)

// Touched is a record that was written lately.
type Touched struct {
	Kind      *model.Kind
	ID, Label string
	Action    string // as of an Event
	At        string // YYYY-MM-DDThh:mm:ssZ
}

// recentRows bounds how far back the history is read for Recent: an import writes
// hundreds of records at once, and nobody looks for those one by one.
const recentRows = 400

// Recent gives at most n records that were written last, the newest first; what is
// in the recycle bin is left out.
func (l *Ledger) Recent(ctx context.Context, n int) ([]Touched, error) {
	all, err := l.lastTouched(ctx)
	if err != nil {
		return nil, l.explain(err)
	}
	all = all[:min(len(all), n)]
	ids := map[string][]string{}
	for _, t := range all {
		ids[t.Kind.Name] = append(ids[t.Kind.Name], t.ID)
	}
	for kind, list := range ids {
		labels, err := l.Labels(ctx, kind, list)
		if err != nil {
			return nil, err
		}
		for i := range all {
			if all[i].Kind.Name == kind {
				all[i].Label = labels[all[i].ID]
			}
		}
	}
	return all, nil
}

func (l *Ledger) lastTouched(ctx context.Context) ([]Touched, error) {
	rows, err := l.readers.Query(ctx, "SELECT kind, id, action, at FROM history ORDER BY seq DESC LIMIT ?", recentRows)
	if err != nil {
		return nil, fmt.Errorf("recent records: %w", err)
	}
	defer rows.Close()
	var all []Touched
	seen := map[string]bool{}
	for rows.Next() {
		var t Touched
		var kind string
		if err := rows.Scan(&kind, &t.ID, &t.Action, &t.At); err != nil {
			return nil, fmt.Errorf("recent records: %w", err)
		}
		if t.Kind = l.kinds.Kind(kind); t.Kind == nil || seen[t.ID] {
			continue
		}
		seen[t.ID] = true
		if t.Action != actionDelete {
			all = append(all, t)
		}
	}
	return all, rows.Err()
}
