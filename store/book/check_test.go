package book_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// faulty is the demo's village with its deliberate faults, open.
func faulty(t testing.TB) *store.Ledger {
	t.Helper()
	res, err := demo.Village(t.Context(), t.TempDir(), demo.Options{Members: 60, Faults: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := book.Open(t.Context(), res.Ledger, store.Options{Source: storetest.Clock(7)})
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

func problems(t *testing.T, l *store.Ledger) (all []string) {
	t.Helper()
	storetest.Must(t, l.CheckAll(context.Background(), func(p store.Problem) error {
		all = append(all, fmt.Sprintf("%s %s %s %s %+v", p.Kind.Name, p.ID, p.OrgID, p.Label, p.Finding))
		return nil
	}))
	return all
}

// An organisation of very many records is examined page by page: the rules find there what
// they find where all records are held, in the same order, whatever the size of a page.
func TestCrowdIsExaminedAsAll(t *testing.T) {
	l := faulty(t)
	held := problems(t, l)
	if len(held) < 20 {
		t.Fatalf("only %d findings: %q", len(held), held)
	}
	for _, page := range []int{3, 50, 1000} {
		restore := l.Inside(raw.Pass{}).ExamineFrom(0, page)
		paged := problems(t, l)
		restore()
		if !slices.Equal(held, paged) {
			t.Errorf("page by page of %d there are %d findings of %d", page, len(paged), len(held))
			for i := range min(len(held), len(paged)) {
				if held[i] != paged[i] {
					t.Fatalf("the first that differs:\n%s\n%s", held[i], paged[i])
				}
			}
		}
	}
}
