package found

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"taizhang/store/internal/raw"
)

// Keeper holds the index of one kind, the one asked for last, until something is written.
// The zero value holds none.
type Keeper struct {
	mu      sync.Mutex
	writes  int64 // grows with every transaction that may change what is found
	index   *Index
	reading bool
	unfit   map[string]bool // kinds whose records can't be kept so
}

// Wrote lets go of what was read before a transaction.
func (k *Keeper) Wrote() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.writes++
	k.index = nil
}

// Of gives the index of a kind as it stands on file, nil where none is held.
func (k *Keeper) Of(kind string) *Index {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.index == nil || k.index.kind != kind {
		return nil
	}
	return k.index
}

// Prepare reads the index of a kind unless it is held or being read. It is work behind the
// screens: after each part it stands aside for as long as that took.
func (k *Keeper) Prepare(ctx context.Context, q raw.Querier, kind string) error {
	k.mu.Lock()
	if k.reading || k.unfit[kind] || k.index != nil && k.index.kind == kind {
		k.mu.Unlock()
		return nil
	}
	k.reading, k.index = true, nil
	began := k.writes
	k.mu.Unlock()

	x, err := read(ctx, q, kind)

	k.mu.Lock()
	defer k.mu.Unlock()
	k.reading = false
	switch {
	case k.writes != began, errors.Is(err, errChanged): // it is to be read anew
		return ctx.Err()
	case errors.Is(err, errUnfit):
		if k.unfit == nil {
			k.unfit = map[string]bool{}
		}
		k.unfit[kind] = true
		return nil
	case err != nil:
		return fmt.Errorf("what %s is found by: %w", kind, err)
	}
	k.index = x
	return nil
}

// read reads what a kind's records are found by, then their order.
func read(ctx context.Context, q raw.Querier, kind string) (*Index, error) {
	n, err := raw.NumberOnce(ctx, q, "SELECT count(*) FROM search WHERE kind = ?", kind)
	if err != nil {
		return nil, err
	}
	if n*idSize > mostBytes {
		return nil, errUnfit
	}
	b, pause := newBuilder(int(n)), pauses{last: time.Now()}
	rows, err := q.Once(ctx, "SELECT id, text FROM search WHERE kind = ? ORDER BY id", kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var id, text string
	for rows.Next() {
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		if err := b.add(id, text); err != nil {
			return nil, err
		}
		pause.after(ctx)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	order := make([]uint32, 0, len(b.ids)/idSize)
	// In the order of the index by which records are listed, those without a key last.
	for _, part := range []string{"sort IS NOT NULL ORDER BY sort, id", "sort IS NULL ORDER BY id"} {
		rows, err := q.Once(ctx, "SELECT id FROM search WHERE kind = ? AND "+part, kind)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&id); err != nil {
				return nil, err
			}
			at := b.place(id)
			if at < 0 {
				return nil, errChanged
			}
			order = append(order, uint32(at))
			pause.after(ctx)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	if len(order) != len(b.ids)/idSize {
		return nil, errChanged
	}
	return b.index(kind, order), nil
}

// errChanged says that records were written while they were read.
var errChanged = errors.New("they changed meanwhile")

// pauses stand aside now and then.
type pauses struct {
	rows int
	last time.Time // when the part began
}

// partRows are read without a pause.
const partRows = 1000

func (p *pauses) after(ctx context.Context) {
	if p.rows++; p.rows%partRows != 0 {
		return
	}
	t := time.NewTimer(time.Since(p.last))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
	p.last = time.Now()
}
