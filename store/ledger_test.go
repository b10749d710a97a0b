package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
)

// village is the home organisation of the tests' ledgers.
var village = store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "石桥镇", County: "澄安县"}

// create makes a ledger that the test's end closes.
func create(tb testing.TB, path string, o store.Options) *store.Ledger {
	tb.Helper()
	l, err := store.BookCreate(context.Background(), path, village, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := l.Close(); err != nil {
			tb.Error(err)
		}
	})
	return l
}

// code gives the code of a *model.Error, "" for nil.
func code(err error) string {
	var e *model.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Code
	}
	return "not a *model.Error: " + err.Error()
}

// clock is a source whose time goes on by a second with every look.
func clock(seed byte) *model.Source {
	now := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	return &model.Source{
		Now:  func() time.Time { now = now.Add(time.Second); return now },
		Rand: &dice{state: uint64(seed) + 1},
	}
}

// dice are random bytes that are the same in every run.
type dice struct{ state uint64 }

func (d *dice) Read(p []byte) (int, error) {
	for i := range p {
		d.state = d.state*6364136223846793005 + 1442695040888963407
		p[i] = byte(d.state >> 56)
	}
	return len(p), nil
}

func asRefusal(err error, refusal **store.Refusal) bool { return errors.As(err, refusal) }
