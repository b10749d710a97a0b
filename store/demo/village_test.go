package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
)

// mustVillage makes a village in a folder of its own and opens its ledger.
func mustVillage(t *testing.T, o demo.Options) (*store.Ledger, demo.Result) {
	t.Helper()
	res, err := demo.Village(context.Background(), t.TempDir(), o)
	if err != nil {
		var refused *store.Refusal
		if errors.As(err, &refused) {
			for _, f := range refused.Findings {
				t.Logf("%s %s %s: %s", refused.Kind.Name, f.Code, f.Field, f.Message)
			}
		}
		t.Fatal(err)
	}
	return mustOpen(t, res.Ledger, o.AsOf), res
}

func mustOpen(t *testing.T, path string, today model.Date) *store.Ledger {
	t.Helper()
	if today == "" {
		today = "2026-10-31"
	}
	src := &model.Source{Now: func() time.Time { return today.Time().Add(18 * time.Hour) }}
	l, err := book.Open(context.Background(), path, store.Options{Source: src, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestEveryKindHasRecords(t *testing.T) {
	t.Parallel()
	l, _ := mustVillage(t, demo.Options{})
	checkVillage(t, l, 115)
}

// checkVillage asks of any village: records of every kind, so many members, no
// finding of any rule but that the branch is large, nothing overdue, a sound file.
func checkVillage(t *testing.T, l *store.Ledger, want int) {
	t.Helper()
	ctx := context.Background()
	for _, k := range l.Kinds().Kinds() {
		n, err := l.Count(ctx, store.Query{Kind: k.Name})
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			t.Errorf("no %s (%s)", k.Name, k.Title)
		}
	}
	members, err := l.Count(ctx, store.Query{Kind: "person", Conds: []model.Cond{
		model.Where("status", model.In, "正式党员", "预备党员"), model.Where("standing", model.Eq, "在册")}})
	if err != nil || members != want {
		t.Errorf("members = %d, %v; want %d", members, err, want)
	}
	if err := l.CheckAll(ctx, func(p store.Problem) error {
		if p.Finding.Code == "W-ORG-SIZE" && want > 50 {
			return nil // the village of the source has 115 members in one branch
		}
		t.Errorf("%s %s: %s %s", p.Kind.Name, p.Label, p.Finding.Code, p.Finding.Message)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	quiet(t, l)
	closes(t, l, want)
	if err := l.Integrity(ctx); err != nil {
		t.Error(err)
	}
}
