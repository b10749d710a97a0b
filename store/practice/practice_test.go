package practice_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/practice"
)

// TestPractice: the village is made once and says what it is; a task counts once the ledger
// shows it and not before, a transfer only once it is taken back; made anew, all is as at
// first.
func TestPractice(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a village, twice")
	}
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "practice")
	open := func(how func(context.Context, string, store.Options) (*store.Ledger, error)) *store.Ledger {
		t.Helper()
		l, err := how(ctx, dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	look := func(l *store.Ledger, want ...practice.Task) {
		t.Helper()
		var all practice.Done
		for _, task := range want {
			all[task] = true
		}
		if got, err := practice.Look(ctx, l); err != nil || got != all {
			t.Errorf("done is %v, not %v, %v", got, all, err)
		}
	}
	save := func(l *store.Ledger, r *model.Record) {
		t.Helper()
		if _, err := l.Save(ctx, model.FromForm, r); err != nil {
			t.Fatal(err)
		}
	}
	l := open(practice.Open)
	if is, err := practice.Is(ctx, l); err != nil || !is {
		t.Errorf("it doesn't say what it is: %v", err)
	}
	look(l)
	page, err := l.Page(ctx, store.Query{Kind: "person", Limit: 1})
	if err != nil || len(page.Records) == 0 {
		t.Fatal(err)
	}
	who := page.Records[0]
	who.Set("address", "东荷庄村一组1号")
	save(l, who)
	look(l) // the address is not the phone
	who, err = l.Get(ctx, "person", who.ID)
	if err != nil {
		t.Fatal(err)
	}
	who.Set("phone", "10011112222")
	save(l, who)
	look(l, practice.Phone)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(practice.Open)
	look(l, practice.Phone)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(practice.Anew)
	look(l)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "making")); err == nil {
		t.Error("what it was made in is still there")
	}
}
