package truth_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/clear"
	"taizhang/store/demo"
)

// TestTruthAfterClearing: once those who left were cleared, every figure of every month is
// still what the plain count makes of the records as they were before.
func TestTruthAfterClearing(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	ctx := context.Background()
	res, err := demo.Village(ctx, t.TempDir(), demo.Options{Members: 48, Seed: 7, AsOf: "2026-06-30"})
	if err != nil {
		t.Fatal(err)
	}
	source := &model.Source{Now: func() time.Time { return model.Date("2032-12-31").Time().Add(9 * time.Hour) }, Rand: rand.Reader}
	l, err := book.Open(ctx, res.Ledger, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	before, err := bookOf(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	p, err := clear.Find(ctx, l, clear.Options{})
	if err != nil || len(p.Who) == 0 {
		t.Fatalf("nobody left: %v", err)
	}
	if _, err := clear.Do(ctx, l, p); err != nil {
		t.Fatal(err)
	}
	for m := model.Month("2025-07"); m <= "2026-06"; m = m.Add(1) {
		t.Run(string(m), func(t *testing.T) { compareMonth(ctx, t, l, before, m) })
	}
}
