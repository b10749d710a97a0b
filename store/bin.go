package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

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

// Binned is a record in the recycle bin.
type Binned struct {
	Kind      *model.Kind
	ID, Label string
	DeletedAt string // YYYY-MM-DDThh:mm:ssZ
	// Group is the history's group in which it was deleted: those of one group went
	// together. 0 where the history doesn't know.
	Group int64
}

// Bin gives the ledger's own records in the recycle bin, those deleted last first.
func (l *Ledger) Bin(ctx context.Context) ([]Binned, error) {
	var all []Binned
	for _, k := range l.kinds.Kinds() {
		list, err := l.binOf(ctx, k)
		if err != nil {
			return nil, l.explain(err)
		}
		all = append(all, list...)
	}
	model.Sort(all, func(a, b Binned) int {
		return cmp.Or(cmp.Compare(b.Group, a.Group), cmp.Compare(b.DeletedAt, a.DeletedAt)) // a clock may have been set back
	})
	return all, nil
}

func (l *Ledger) binOf(ctx context.Context, k *model.Kind) ([]Binned, error) {
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	rows, err := l.readers.Query(ctx, `SELECT t.id, t.deleted_at, coalesce((SELECT max(h.grp) FROM history h
		WHERE h.kind = ? AND h.id = t.id AND h.action = ?), 0) FROM `+raw.Quote(k.Name)+` t WHERE t.deleted_at IS NOT NULL AND t.org_id = ?`,
		k.Name, actionDelete, home)
	if err != nil {
		return nil, fmt.Errorf("recycle bin: %w", err)
	}
	defer rows.Close()
	var all []Binned
	var ids []string
	for rows.Next() {
		b := Binned{Kind: k}
		if err := rows.Scan(&b.ID, &b.DeletedAt, &b.Group); err != nil {
			return nil, fmt.Errorf("recycle bin: %w", err)
		}
		all, ids = append(all, b), append(ids, b.ID)
	}
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return nil, err
	}
	labels, err := l.labeler(l.readers).labels(ctx, k.Name, ids, labelDepth)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Label = labels[all[i].ID].text
	}
	return all, nil
}

// BinnedTargets gives what a record refers to and lies in the recycle bin too: without
// them it would come back with names that lead nowhere.
func (l *Ledger) BinnedTargets(ctx context.Context, kind, id string) ([]Binned, error) {
	r, err := l.Get(ctx, kind, id)
	if err != nil {
		return nil, err
	}
	var all []Binned
	for _, f := range r.Kind.Fields() {
		if f.Target == "" {
			continue
		}
		for _, target := range targetsOf(r, f) {
			t, err := l.Get(ctx, f.Target, target)
			if err != nil {
				return nil, err
			}
			if t.DeletedAt != "" && !slices.ContainsFunc(all, func(b Binned) bool { return b.ID == t.ID }) {
				all = append(all, Binned{Kind: t.Kind, ID: t.ID, Label: t.Label(), DeletedAt: t.DeletedAt})
			}
		}
	}
	return all, nil
}

func targetsOf(r *model.Record, f *model.Field) []string {
	switch v := r.Get(f.Name).(type) {
	case string:
		return []string{v}
	case []string:
		return v
	case []model.Mark:
		ids := make([]string, len(v))
		for i, m := range v {
			ids[i] = m.Target
		}
		return ids
	}
	return nil
}

// RestoreAll takes records of any kinds out of the recycle bin, as one group of the
// history. It gives them and then what was changed along with them, with their labels.
// Those that are not in the bin stay. *model.Error: as Restore's; then none is restored.
func (l *Ledger) RestoreAll(ctx context.Context, refs []Binned) (back, changed []Binned, err error) {
	order := map[string]int{}
	for i, k := range l.kinds.Kinds() {
		order[k.Name] = i
	}
	refs = slices.Clone(refs) // persons come before what is about them
	model.Sort(refs, func(a, b Binned) int { return cmp.Compare(order[a.Kind.Name], order[b.Kind.Name]) })
	var group int64
	var done []written
	err = l.write(ctx, func(ctx context.Context, t *Tx) error {
		for _, ref := range refs {
			if err := t.bringBack(ctx, ref); err != nil {
				return err
			}
		}
		group, done = t.group, t.wrote
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	l.undo.push(group, done)
	for _, w := range done {
		labels, err := l.Labels(ctx, w.kind, []string{w.id})
		if err != nil {
			return nil, nil, err
		}
		b := Binned{Kind: l.kinds.Kind(w.kind), ID: w.id, Label: labels[w.id]}
		if slices.ContainsFunc(refs, func(r Binned) bool { return r.ID == w.id }) {
			if !slices.ContainsFunc(back, func(r Binned) bool { return r.ID == w.id }) {
				back = append(back, b)
			}
		} else {
			changed = append(changed, b)
		}
	}
	return back, changed, nil
}

// bringBack takes one record out of the recycle bin, with what follows from that.
func (t *Tx) bringBack(ctx context.Context, ref Binned) error {
	tab, err := t.l.table(ref.Kind.Name)
	if err != nil {
		return err
	}
	old, err := t.l.record(ctx, t.w, tab, ref.ID)
	switch {
	case err != nil:
		return err
	case old == nil:
		return missing(tab.kind)
	case !t.owns(old):
		return notOwn(tab.kind)
	case old.DeletedAt == "":
		return nil
	}
	r := old.Clone()
	r.DeletedAt = ""
	if err := t.put(ctx, old, r, actionRestore); err != nil {
		return err
	}
	return t.followMove(ctx, r, actionRestore)
}

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
