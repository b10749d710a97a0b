package demo

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"taizhang/model"
	"taizhang/store"
)

// fields are a record's values by name; empty ones are left out.
type fields map[string]any

// clock stands where it was set and goes on by a millisecond each time someone
// looks, so that two runs give the same times.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) look() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

// set moves the clock to five in the afternoon of the day, never back.
func (c *clock) set(day model.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := day.Time().Add(17 * time.Hour); t.After(c.now) {
		c.now = t
	}
}

// newSource gives the time, ids and randomness of a made-up ledger.
func newSource(random io.Reader, day model.Date) (*model.Source, *clock) {
	c := &clock{now: day.Time().Add(8 * time.Hour)}
	return &model.Source{Now: c.look, Rand: random}, c
}

// entry is a record as it becomes on a day.
type entry struct {
	on     model.Date
	record *model.Record
	fields fields
}

// daybook gathers what is written in the course of the year and saves it month by
// month, as a secretary would, so that each step meets the ledger as it stood.
type daybook struct {
	ledger  *store.Ledger
	clock   *clock
	env     *model.Env
	entries []entry
	begun   map[*model.Record]model.Date
	err     error

	settlements []settlement
}

// put writes a new record down on a day and gives its id.
func (b *daybook) put(on model.Date, kind string, f fields) string {
	return b.begin(on, kind, f).ID
}

// begin is put for a record that changes on a later day.
func (b *daybook) begin(on model.Date, kind string, f fields) *model.Record {
	env := *b.env
	env.Today = on
	r := model.New(&env, b.ledger.Kinds().Kind(kind))
	id, err := b.ledger.Source().NewID()
	if err != nil && b.err == nil {
		b.err = err
	}
	r.ID = id
	b.begun[r] = on
	b.change(on, r, f)
	return r
}

// change writes down what changes in a record on a day, at the earliest on the day
// on which it began.
func (b *daybook) change(on model.Date, r *model.Record, f fields) {
	b.entries = append(b.entries, entry{max(on, b.begun[r]), r, f})
}

// save writes all that was gathered.
func (b *daybook) save(ctx context.Context, s span) error {
	if b.err != nil {
		return b.err
	}
	model.Sort(b.entries, func(x, y entry) int { return cmp.Compare(x.on, y.on) })
	for _, m := range s.months() {
		last := min(m.Last(), s.asOf)
		n, _ := slices.BinarySearchFunc(b.entries, last, func(e entry, d model.Date) int {
			if e.on <= d {
				return -1
			}
			return 1
		})
		if err := b.saveUpTo(ctx, last, b.entries[:n]); err != nil {
			return err
		}
		b.entries = b.entries[n:]
	}
	if len(b.entries) > 0 {
		return fmt.Errorf("demo: %s of %s lies after the ledger's last day", b.entries[0].record.Kind.Name, b.entries[0].on)
	}
	return nil
}

// saveUpTo saves one month's entries in the order of their days; a record that
// changes twice in the month is saved once. Organisations, persons and admissions
// come first, then what follows from them for the membership, then the rest.
func (b *daybook) saveUpTo(ctx context.Context, last model.Date, entries []entry) error {
	b.clock.set(last)
	var first, rest []*model.Record
	seen := map[*model.Record]bool{}
	for _, e := range entries {
		for name, value := range e.fields {
			e.record.Set(name, value)
		}
		if seen[e.record] {
			continue
		}
		seen[e.record] = true
		switch e.record.Kind.Name {
		case "organization", "person", "admission":
			first = append(first, e.record)
		default:
			rest = append(rest, e.record)
		}
	}
	if err := b.saveRecords(ctx, first); err != nil {
		return err
	}
	if err := b.settleUpTo(ctx, last); err != nil {
		return err
	}
	return b.saveRecords(ctx, rest)
}
