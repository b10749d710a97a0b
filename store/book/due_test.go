package book_test

import (
	"context"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/internal/storetest"
)

// Due carries the labels of what a record refers to, and does not see the bin.
func TestDueHasLabels(t *testing.T) {
	l := storetest.Create(t, t.TempDir()+"/ledger.db", store.Options{Book: book.Standard, Source: storetest.Clock(7)})
	ctx := context.Background()
	p := saveNew(t, l, "person", map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1990-01-02", "status": "入党申请人"})
	a := saveNew(t, l, "admission", map[string]model.Value{"person": p.ID, "applied_on": "2026-08-01"})
	due, err := l.Due(ctx, "2026-10-31")
	if err != nil {
		t.Fatal(err)
	}
	if len(due) != 1 || due[0].Code != "R-DEV-01" || due[0].Label != "张三" || due[0].ID != a.ID || due[0].Urgency != model.Overdue {
		t.Fatalf("due is %+v", due)
	}
	if due, err = l.Due(ctx, "2026-08-10"); err != nil || len(due) > 0 {
		t.Errorf("before it is due: %+v, %v", due, err)
	}
	if err := l.Delete(ctx, "admission", a.ID); err != nil {
		t.Fatal(err)
	}
	if due, err = l.Due(ctx, "2026-10-31"); err != nil || len(due) > 0 {
		t.Errorf("of the bin: %+v, %v", due, err)
	}
}

func saveNew(t testing.TB, l *store.Ledger, kind string, set map[string]model.Value) *model.Record {
	t.Helper()
	r, err := l.New(context.Background(), kind)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range set {
		r.Set(name, v)
	}
	saved, err := l.Save(context.Background(), model.FromForm, r)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Records[0]
}

// BenchmarkDue is the work table's reading of a branch of 300 members.
func BenchmarkDue(b *testing.B) {
	ctx := context.Background()
	res, err := demo.Village(ctx, b.TempDir(), demo.Options{Members: 300})
	if err != nil {
		b.Fatal(err)
	}
	l, err := book.Open(ctx, res.Ledger, store.Options{Source: storetest.Clock(7)})
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			b.Error(err)
		}
	}()
	for b.Loop() {
		if _, err := l.Due(ctx, "2026-10-31"); err != nil {
			b.Fatal(err)
		}
	}
}
