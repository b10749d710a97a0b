package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
)

func emptyLedger(tb testing.TB) *store.Ledger {
	tb.Helper()
	ticks := 0
	src := &model.Source{Now: func() time.Time {
		ticks++
		return time.Date(2026, 10, 31, 8, 0, 0, ticks, time.UTC)
	}, Rand: zeros{}}
	l, err := book.Create(context.Background(), filepath.Join(tb.TempDir(), "ledger.db"), store.Home{
		Code: "990101101201", Name: "测试支部", Kind: "党支部", Domain: "行政村"}, store.Options{Source: src})
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

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestPeopleFillALedger(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	l := emptyLedger(t)
	calls := 0
	if err := demo.People(ctx, l, 300, 7, func(int) { calls++ }); err != nil {
		t.Fatal(err)
	}
	if calls == 0 {
		t.Error("progress was not told")
	}
	for _, kind := range []string{"person", "movement"} {
		if n, err := l.Count(ctx, store.Query{Kind: kind}); err != nil || n != 300 {
			t.Errorf("%s = %d, %v; want 300", kind, n, err)
		}
	}
	if err := l.CheckAll(ctx, func(p store.Problem) error {
		if p.Kind.Name != "organization" { // the branch is large and has no committee
			t.Errorf("%s: %s", p.Label, p.Finding.Message)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkPeople10000(b *testing.B) {
	for b.Loop() {
		if err := demo.People(context.Background(), emptyLedger(b), 10_000, 1, nil); err != nil {
			b.Fatal(err)
		}
	}
}
