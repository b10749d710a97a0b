package fill_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/store/paper/fill"
)

// The made-up village of all tests here is made once.
var (
	villageOnce sync.Once
	villageDir  string
	villageErr  error
)

func TestMain(m *testing.M) {
	code := m.Run()
	if villageDir != "" {
		if err := os.RemoveAll(villageDir); err != nil {
			panic(err)
		}
	}
	os.Exit(code)
}

// asOf is the day of the made-up village.
const asOf = model.Date("2026-10-31")

// village opens the made-up village for reading.
func village(t *testing.T) *store.Ledger {
	t.Helper()
	villageOnce.Do(func() {
		if villageDir, villageErr = os.MkdirTemp("", "fill"); villageErr == nil {
			_, villageErr = demo.Village(context.Background(), villageDir, demo.Options{AsOf: asOf})
		}
	})
	must(t, villageErr)
	l, err := book.Open(context.Background(), filepath.Join(villageDir, "ledger.db"), store.Options{ReadOnly: true})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return l
}

// chosen reads records of a kind by a view and conditions.
func chosen(t *testing.T, l *store.Ledger, kind, view string, conds ...model.Cond) []*model.Record {
	t.Helper()
	k := l.Kinds().Kind(kind)
	v, ok := k.View(view)
	if !ok {
		t.Fatalf("%s has no view %s", kind, view)
	}
	page, err := l.Page(context.Background(), store.Query{Kind: kind, Conds: append(v.Conds(asOf), conds...)})
	must(t, err)
	return page.Records
}

// fillForm fills a form and gives the path of the result.
func fillForm(t *testing.T, l *store.Ledger, p *fill.Plan, records []*model.Record) (string, *fill.Result) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.xlsx")
	env := l.Env(context.Background())
	env.Today = asOf
	result, err := p.Fill(context.Background(), env, records, out)
	must(t, err)
	return out, result
}
