package city

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// make makes an organisation's records.
func (c *city) make(u *unit) (*gathering, error) {
	b, err := newBook(c, u)
	if err != nil {
		return nil, err
	}
	b.base()
	b.rest()
	if err := b.file(); err != nil {
		return nil, err
	}
	b.spoil()
	b.noteOdd()
	b.noteDue()
	return b, b.err
}

// unit makes an organisation's records and its bundle.
func (w *writer) unit(ctx context.Context, u *unit) (*gathering, error) {
	b, err := w.city.make(u)
	if err != nil {
		return nil, err
	}
	sent, err := w.bundle(ctx, b)
	if err == nil && u.code == w.o.Keep {
		err = w.keep(ctx, b, sent)
	}
	if err != nil {
		return nil, fmt.Errorf("city: %s: %w", u.code, err)
	}
	return b, nil
}

func (w *writer) bundle(ctx context.Context, b *gathering) (send.Sent, error) {
	h := send.InMemory{Home: b.home, Records: b.records, Key: b.key, Month: lastMonth, Sequence: 1, Profile: w.opened}
	packs, err := book.Limits(w.opened)
	if err != nil {
		return send.Sent{}, err
	}
	b.env.Packs = packs
	if len(b.unit.faults) > 0 {
		if h.Problems, err = b.problems(); err != nil {
			return send.Sent{}, err
		}
	}
	built, sent, err := h.Bundle(ctx, &b.env, b.source.Now())
	if err != nil {
		return send.Sent{}, err
	}
	dir := filepath.Join(w.res.Stick, b.unit.township)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return send.Sent{}, err
	}
	sent.Path = filepath.Join(dir, sent.File)
	f, err := os.OpenFile(sent.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return send.Sent{}, err
	}
	sum := sha256.New()
	t := &tee{f, sum, 0}
	err = errors.Join(bundle.Encrypt(t, built.ZIP, w.opened.Recipient), f.Close())
	sent.FileHash, sent.Size = hex.EncodeToString(sum.Sum(nil)), t.n
	return sent, err
}

// tee writes to a file and takes its sum and size.
type tee struct {
	file interface{ Write([]byte) (int, error) }
	sum  interface{ Write([]byte) (int, error) }
	n    int64
}

func (t *tee) Write(p []byte) (int, error) {
	n, err := t.file.Write(p)
	t.n += int64(n)
	if err == nil {
		_, err = t.sum.Write(p)
	}
	return n, err
}

// problems gives what the rules find in the book, errors first.
func (b *gathering) problems() ([]store.Problem, error) {
	var faults, warnings []store.Problem
	for _, k := range b.kinds.Kinds() {
		for _, r := range b.records[k.Name] {
			found, err := model.Check(&b.env, r, r)
			if err != nil {
				return nil, err
			}
			for _, f := range found {
				p := store.Problem{Finding: f, Kind: k, ID: r.ID}
				if f.Severity == model.Fault {
					faults = append(faults, p)
				} else {
					warnings = append(warnings, p)
				}
			}
		}
	}
	return append(faults, warnings...), nil
}

// keep makes the organisation's own ledger, which goes on from the bundle sent.
func (w *writer) keep(ctx context.Context, b *gathering, sent send.Sent) error {
	u := b.unit
	l, err := book.Create(ctx, w.res.Ledger, store.Home{Code: u.code, Name: u.name, Kind: u.kind, Domain: u.domain, Township: u.township, County: w.city.county.Name},
		store.Options{Source: newSource(w.o.Seed, u.code)})
	if err != nil {
		return err
	}
	err = send.SetProfile(ctx, l, w.profile)
	switch {
	case err != nil:
	case l.Home().ID != b.home.ID:
		err = fmt.Errorf("the kept ledger's organisation is %s instead of %s", l.Home().ID, b.home.ID)
	default:
		err = county.Adopt(ctx, l, b.records, &sent)
	}
	return errors.Join(err, l.Close())
}

// each makes the organisations on all cores and takes them one by one in the order
// of their codes. Only a few are in memory at once.
func (c *city) each(ctx context.Context, make1 func(*unit) (*gathering, error), take func(*gathering) error) error {
	type result struct {
		book *gathering
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer cancel()
	slots := make([]chan result, len(c.units))
	for i := range slots {
		slots[i] = make(chan result, 1)
	}
	n := max(1, runtime.GOMAXPROCS(0))
	room, next := make(chan struct{}, 2*n), make(chan int)
	workers.Go(func() {
		defer close(next)
		for i := range c.units {
			select {
			case room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	for range n {
		workers.Go(func() {
			for i := range next {
				b, err := make1(c.units[i])
				slots[i] <- result{b, err}
			}
		})
	}
	for i := range c.units {
		select {
		case r := <-slots[i]:
			if r.err != nil {
				return r.err
			}
			if err := take(r.book); err != nil {
				return err
			}
			<-room
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
