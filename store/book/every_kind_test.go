package book_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

// TestEveryKind saves, finds, changes, deletes and undoes one record of each of the
// program's own kinds that can stand alone, by nothing but its declaration.
func TestEveryKind(t *testing.T) {
	ctx := context.Background()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(1)})
	if n := len(l.Kinds().Kinds()); n != 36 {
		t.Errorf("%d kinds", n)
	}
	for _, k := range l.Kinds().Kinds() {
		r, err := l.New(ctx, k.Name)
		storetest.Must(t, err)
		if _, err := l.Check(ctx, r); err != nil {
			t.Errorf("%s: check: %v", k.Name, err)
		}
		for _, v := range append(slices.Clone(k.Views), model.View{Name: "全部"}) {
			q := store.Query{Kind: k.Name, Conds: v.Conds("2026-10-31"), Find: "zs 1", Limit: 20}
			if _, err := l.Page(ctx, q); err != nil {
				t.Errorf("%s, view %s: %v", k.Name, v.Name, err)
			}
		}
		for _, f := range k.Fields() {
			if _, err := l.Page(ctx, store.Query{Kind: k.Name, Sort: []string{"-" + f.Name}, Limit: 1}); err != nil {
				t.Errorf("%s by %s: %v", k.Name, f.Name, err)
			}
			if _, err := l.Suggest(ctx, k.Name, f.Name, "a", 5); err != nil {
				t.Errorf("%s.%s: suggest: %v", k.Name, f.Name, err)
			}
		}
	}
	storetest.Must(t, l.CheckAll(ctx, func(p store.Problem) error { return fmt.Errorf("%s: %s", p.Label, p.Finding.Message) }))
}
