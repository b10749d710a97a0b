package store_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestBookHearsOfEveryOrganisation: a book is told of the organisations whose rows a
// transaction wrote, both of a record that goes from one to another, and of none where
// nothing was written.
func TestBookHearsOfEveryOrganisation(t *testing.T) {
	ctx := context.Background()
	var heard []string
	b := *storetest.Book(storetest.Everything())
	b.Written = func(_ context.Context, _ *store.Tx, orgs []string) error {
		heard = append(heard, orgs...)
		return nil
	}
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: &b, Source: storetest.Clock(1)})
	home := l.Home().ID
	other := storetest.Save(t, l, storetest.Record(t, l, "organization", "code", "990101002", "name", "柳湾村党支部")).Records[0].ID

	hears := func(when string, want ...string) {
		t.Helper()
		slices.Sort(heard)
		slices.Sort(want)
		if !slices.Equal(heard, want) {
			t.Errorf("%s: the book hears of %q, want %q", when, heard, want)
		}
		heard = nil
	}
	heard = nil
	r := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")).Records[0]
	hears("a new record", home)
	storetest.Save(t, l, r)
	hears("nothing changed")
	r.OrgID = other
	if _, err := l.Save(ctx, model.AsRecorded, r); err != nil {
		t.Fatal(err)
	}
	hears("a record that goes to another organisation", home, other)
	if _, err := l.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	hears("that undone", home, other)
	storetest.Must(t, l.Delete(ctx, "thing", r.ID))
	hears("a deletion", home)
}
