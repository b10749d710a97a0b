package store

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Event is one step of a record's past.
type Event struct {
	Seq, Group int64
	Kind, ID   string
	Rev        int64
	At         string // YYYY-MM-DDThh:mm:ssZ
	Action     string // 新建, 修改, 删除, 恢复
	Changes    []FieldChange
	By         string
}

// FieldChange is one field's part of an event, as text for people and as stored.
type FieldChange struct {
	Field, Label         string
	Old, New             string
	StoredOld, StoredNew string // "" when empty
}

// entry is one row of the history.
type entry struct {
	seq, group int64
	kind, id   string
	rev        int64
	at, action string
	changes    []change
	by         string
}

// entries reads the history where a condition holds, oldest first.
func entries(ctx context.Context, q raw.Querier, where string, args ...any) ([]entry, error) {
	rows, err := q.Query(ctx, `SELECT seq, grp, kind, id, rev, at, action, changes, "by" FROM history WHERE `+where+` ORDER BY seq`, args...)
	if err != nil {
		return nil, fmt.Errorf("history: %w", err)
	}
	defer rows.Close()
	var all []entry
	for rows.Next() {
		var e entry
		var changes string
		if err := rows.Scan(&e.seq, &e.group, &e.kind, &e.id, &e.rev, &e.at, &e.action, &changes, &e.by); err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		if err := json.Unmarshal([]byte(changes), &e.changes); err != nil {
			return nil, fmt.Errorf("history %d: %w", e.seq, err)
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// takeBack undoes an entry's changes on a record that stands as it left it. A
// field that the program no longer knows is passed over.
func (e entry) takeBack(r *model.Record) error {
	for _, c := range e.changes {
		if c.Field == orgField && c.Old != nil {
			r.OrgID = *c.Old
			continue
		}
		f := r.Kind.Field(c.Field)
		if f == nil {
			continue
		}
		v, err := storedValue(f, c.Old)
		if err != nil {
			return fmt.Errorf("history %d: %s: %w", e.seq, c.Field, err)
		}
		r.Set(c.Field, v)
	}
	return nil
}

func storedValue(f *model.Field, text *string) (model.Value, error) {
	if text == nil {
		return nil, nil
	}
	return f.Type.ParseCSV(f, *text)
}

// History gives a record's past, oldest first, with what changed as text for
// people.
func (l *Ledger) History(ctx context.Context, kind, id string) ([]Event, error) {
	t, err := l.table(kind)
	if err != nil {
		return nil, err
	}
	var events []Event
	err = l.readers.Snapshot(ctx, func(q raw.Querier) error {
		all, err := entries(ctx, q, "kind = ? AND id = ?", kind, id)
		if err != nil {
			return err
		}
		b := l.labeler(q)
		for _, e := range all {
			event, err := b.event(ctx, t.kind, e)
			if err != nil {
				return err
			}
			events = append(events, event)
		}
		return nil
	})
	return events, l.explain(err)
}

func (b *labeler) event(ctx context.Context, k *model.Kind, e entry) (Event, error) {
	event := Event{Seq: e.seq, Group: e.group, Kind: e.kind, ID: e.id, Rev: e.rev, At: e.at, Action: e.action, By: e.by}
	before, after := model.NewRecord(k), model.NewRecord(k)
	for _, c := range e.changes {
		f := k.Field(c.Field)
		if f == nil {
			continue
		}
		for r, text := range map[*model.Record]*string{before: c.Old, after: c.New} {
			v, err := storedValue(f, text)
			if err != nil {
				return event, fmt.Errorf("history %d: %s: %w", e.seq, c.Field, err)
			}
			r.Set(c.Field, v)
		}
	}
	if err := b.name(ctx, before, after); err != nil {
		return event, err
	}
	for _, c := range e.changes {
		f := k.Field(c.Field)
		if f == nil {
			continue
		}
		event.Changes = append(event.Changes, FieldChange{Field: f.Name, Label: f.Label,
			Old: shownOf(before, f, c.Old), New: shownOf(after, f, c.New),
			StoredOld: deref(c.Old), StoredNew: deref(c.New)})
	}
	return event, nil
}

// shownOf is a field's text, "" for one that was empty (also of a bool).
func shownOf(r *model.Record, f *model.Field, stored *string) string {
	if stored == nil {
		return ""
	}
	return r.Text(f.Name)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Touched is a record that was written lately.
type Touched struct {
	Kind      *model.Kind
	ID, Label string
	Action    string // as of an Event
	At        string // YYYY-MM-DDThh:mm:ssZ
	By        string // who wrote it
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
	rows, err := l.readers.Query(ctx, `SELECT kind, id, action, at, "by" FROM history ORDER BY seq DESC LIMIT ?`, recentRows)
	if err != nil {
		return nil, fmt.Errorf("recent records: %w", err)
	}
	defer rows.Close()
	var all []Touched
	seen := map[string]bool{}
	for rows.Next() {
		var t Touched
		var kind string
		if err := rows.Scan(&kind, &t.ID, &t.Action, &t.At, &t.By); err != nil {
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
