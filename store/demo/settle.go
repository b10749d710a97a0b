package demo

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/folk"
)

// settlement is a change of membership and how the person stands after it.
type settlement struct {
	on       model.Date
	person   *folk.Villager
	movement fields // nil where only the person changes
	after    fields
}

// settle notes a change of membership.
//
//go:noinline
func (b *daybook) settle(on model.Date, p *folk.Villager, movement, after fields) {
	if movement != nil {
		movement["person"], movement["happened_on"] = p.ID, on
	}
	b.settlements = append(b.settlements, settlement{on, p, movement, after})
}

// settleUpTo writes the changes of membership up to a day.
func (b *daybook) settleUpTo(ctx context.Context, last model.Date) error {
	var now, later []settlement
	for _, s := range b.settlements {
		if s.on <= last {
			now = append(now, s)
		} else {
			later = append(later, s)
		}
	}
	b.settlements = later
	if len(now) == 0 {
		return nil
	}
	if err := b.settleMovements(ctx, now); err != nil {
		return err
	}
	return b.settlePersons(ctx, now)
}

func (b *daybook) settleMovements(ctx context.Context, now []settlement) error {
	kind := b.ledger.Kinds().Kind("movement")
	var movements []*model.Record
	for _, s := range now {
		if s.movement == nil {
			continue
		}
		r := model.New(b.env, kind)
		for name, value := range s.movement {
			r.Set(name, value)
		}
		movements = append(movements, r)
	}
	return b.saveRecords(ctx, movements)
}

func (b *daybook) settlePersons(ctx context.Context, now []settlement) error {
	changed := map[string]*model.Record{}
	var order []*model.Record
	for _, s := range now {
		if s.after == nil {
			continue
		}
		r := changed[s.person.ID]
		if r == nil {
			var err error
			if r, err = b.ledger.Get(ctx, "person", s.person.ID); err != nil {
				return fmt.Errorf("demo: read %s: %w", s.person.Name, err)
			}
		}
		before := r.Clone()
		for name, value := range s.after {
			r.Set(name, value)
		}
		if len(model.Diff(before, r)) > 0 && changed[r.ID] == nil {
			changed[r.ID] = r
			order = append(order, r)
		}
	}
	return b.saveRecords(ctx, order)
}

// saveRecords saves as recorded: what follows from a record is among the book's
// own entries.
func (b *daybook) saveRecords(ctx context.Context, records []*model.Record) error {
	if len(records) == 0 {
		return nil
	}
	saved, err := b.ledger.Save(ctx, model.AsRecorded, records...)
	if err != nil {
		return fmt.Errorf("demo: save: %w", err)
	}
	revs := make(map[string]int64, len(saved.Records))
	for _, r := range saved.Records {
		revs[r.ID] = r.Rev
	}
	for _, r := range records {
		if rev, ok := revs[r.ID]; ok {
			r.Rev = rev
		}
	}
	return nil
}
