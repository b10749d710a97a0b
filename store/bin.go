package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Reference tells how many records of a kind refer to a record by a field.
type Reference struct {
	Kind   *model.Kind
	Field  *model.Field
	Count  int
	Labels []string // of the first few
}

// firstFew is how many labels a Reference gives.
const firstFew = 3

// Referring tells what refers to a record, kind by kind in the order of the menu;
// what is in the recycle bin is left out.
func (l *Ledger) Referring(ctx context.Context, kind, id string) ([]Reference, error) {
	if _, err := l.table(kind); err != nil {
		return nil, err
	}
	var all []Reference
	for _, by := range l.kinds.Referrers(kind) {
		ref, err := l.referringBy(ctx, by, id)
		if err != nil {
			return nil, l.explain(err)
		}
		if ref.Count > 0 {
			all = append(all, ref)
		}
	}
	return all, nil
}

func (l *Ledger) referringBy(ctx context.Context, by model.Referrer, id string) (Reference, error) {
	ref := Reference{Kind: by.Kind, Field: by.Field}
	where := "t." + raw.Quote(by.Field.Name) + " = ?"
	if by.Field.Linked() {
		where = "t.id IN (SELECT record_id FROM " + raw.Quote(raw.LinkTable(by.Kind, by.Field)) + " WHERE target_id = ?)"
	}
	ids, err := raw.Texts(ctx, l.readers, "SELECT t.id FROM "+raw.Quote(by.Kind.Name)+" t WHERE t.deleted_at IS NULL AND "+where+" ORDER BY t.id", id)
	if err != nil {
		return ref, fmt.Errorf("what refers to %s: %w", id, err)
	}
	ref.Count = len(ids)
	ids = ids[:min(len(ids), firstFew)]
	labels, err := l.labeler(l.readers).labels(ctx, by.Kind.Name, ids, labelDepth)
	if err != nil {
		return ref, err
	}
	for _, id := range ids {
		ref.Labels = append(ref.Labels, labels[id].text)
	}
	return ref, nil
}

// Delete moves records to the recycle bin, as one group of the history; those that
// are there already stay. *model.Error: E-MISSING, E-OTHER-ORG for another
// organisation's, or the reason why a record may not be deleted; then none is.
func (l *Ledger) Delete(ctx context.Context, kind string, ids ...string) error {
	return l.move(ctx, kind, ids, func(t *Tx, r *model.Record) (string, error) {
		if r.DeletedAt != "" {
			return "", nil
		}
		if r.Kind.Protect != nil {
			if err := r.Kind.Protect(t.env, r); err != nil {
				return "", err
			}
		}
		r.DeletedAt = t.stamp
		return actionDelete, nil
	})
}

// Restore takes records out of the recycle bin, as one group of the history; those
// that are not in it stay. *model.Error: E-MISSING, E-UNIQUE when another record has
// taken its place meanwhile; then none is restored.
func (l *Ledger) Restore(ctx context.Context, kind string, ids ...string) error {
	return l.move(ctx, kind, ids, func(_ *Tx, r *model.Record) (string, error) {
		if r.DeletedAt == "" {
			return "", nil
		}
		r.DeletedAt = ""
		return actionRestore, nil
	})
}

// move writes records of which one thing changes; how gives the action, "" for none.
func (l *Ledger) move(ctx context.Context, kind string, ids []string, how func(*Tx, *model.Record) (string, error)) error {
	tab, err := l.table(kind)
	if err != nil {
		return err
	}
	var group int64
	var done []written
	err = l.write(ctx, func(ctx context.Context, t *Tx) error {
		for _, id := range ids {
			old, err := l.record(ctx, t.w, tab, id)
			if err != nil {
				return err
			}
			if old == nil {
				return missing(tab.kind)
			}
			if !t.owns(old) {
				return notOwn(tab.kind)
			}
			r := old.Clone()
			action, err := how(t, r)
			if err != nil {
				return err
			}
			if action == "" {
				continue
			}
			if err := t.put(ctx, old, r, action); err != nil {
				return err
			}
			if err := t.followMove(ctx, r, action); err != nil {
				return err
			}
		}
		group, done = t.group, t.wrote
		return nil
	})
	if err == nil {
		l.undo.push(group, done)
	}
	return err
}

// followMove saves what follows from a deletion or a restoration: of the kinds that
// say how a record is retracted.
func (t *Tx) followMove(ctx context.Context, r *model.Record, action string) error {
	if r.Kind.Retract == nil {
		return nil
	}
	if action == actionRestore {
		return t.follow(ctx, &saved{record: r}, nil, model.FromFollow, 0)
	}
	recs, err := r.Kind.Retract(t.env, r.Clone())
	if err != nil {
		return err
	}
	for _, also := range recs {
		if _, err := t.save(ctx, also, model.FromFollow, 1); err != nil {
			return err
		}
	}
	return nil
}
