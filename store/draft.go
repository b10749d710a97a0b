package store

import (
	"context"
	"encoding/json"
	"fmt"
)

// Draft is a form not yet saved. Texts holds what stands in each field as typed,
// so that half a date is kept too; the form alone knows its structure.
type Draft struct {
	ID       string // one per open form; UUIDv7
	Kind     string
	RecordID string // "" for a new record
	BaseRev  int64  // the record's rev when the form was opened
	Label    string // what it is, for the offer to go on
	Texts    json.RawMessage
	SavedAt  string
}

// SaveDraft writes a draft over the one with its id, or as a new one; an empty ID
// and SavedAt are filled in. It is on the disk when SaveDraft returns.
func (l *Ledger) SaveDraft(ctx context.Context, d *Draft) error {
	if _, err := l.table(d.Kind); err != nil {
		return err
	}
	if d.ID == "" {
		id, err := l.source.NewID()
		if err != nil {
			return err
		}
		d.ID = id
	}
	d.SavedAt = l.source.Stamp()
	var record any
	if d.RecordID != "" {
		record = d.RecordID
	}
	texts := string(d.Texts)
	if texts == "" {
		texts = "null"
	}
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		t.apart = true
		err := t.w.Exec(ctx, `INSERT OR REPLACE INTO draft (id, kind, record_id, base_rev, label, texts, saved_at, seq)
			VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(seq), 0) + 1 FROM draft))`,
			d.ID, d.Kind, record, d.BaseRev, d.Label, texts, d.SavedAt)
		if err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		return nil
	})
}

// Drafts gives the drafts, the one saved last first.
func (l *Ledger) Drafts(ctx context.Context) ([]Draft, error) {
	rows, err := l.readers.Query(ctx, `SELECT id, kind, coalesce(record_id, ''), base_rev, label, texts, saved_at
		FROM draft ORDER BY seq DESC`)
	if err != nil {
		return nil, l.explain(fmt.Errorf("drafts: %w", err))
	}
	defer rows.Close()
	var all []Draft
	for rows.Next() {
		var d Draft
		var texts string
		if err := rows.Scan(&d.ID, &d.Kind, &d.RecordID, &d.BaseRev, &d.Label, &texts, &d.SavedAt); err != nil {
			return nil, l.explain(fmt.Errorf("drafts: %w", err))
		}
		d.Texts = []byte(texts)
		all = append(all, d)
	}
	return all, l.explain(rows.Err())
}

// DropDraft removes a draft; one that is not there is no error.
func (l *Ledger) DropDraft(ctx context.Context, id string) error {
	return l.write(ctx, func(ctx context.Context, t *Tx) error {
		t.apart = true
		if err := t.w.Exec(ctx, "DELETE FROM draft WHERE id = ?", id); err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		return nil
	})
}
