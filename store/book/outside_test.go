package book_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/send"
)

// behindItsBack changes a ledger as another program would.
func behindItsBack(t *testing.T, path, statement string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	if _, err := db.Exec(statement, args...); err != nil {
		t.Fatal(err)
	}
}

// village makes a ledger with two persons.
func villageOf(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "ledger.db")
	l, err := book.Create(t.Context(), path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"张三", "李四"} {
		r, err := l.New(t.Context(), "person")
		if err != nil {
			t.Fatal(err)
		}
		for field, value := range map[string]string{"name": name, "sex": "男", "status": "群众", "standing": "在册"} {
			r.Set(field, value)
		}
		if _, err := l.Save(t.Context(), model.AsRecorded, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDamagedSettings puts nonsense into each setting that the program reads: the
// records are there all the same, and what was passed over is said, once.
func TestDamagedSettings(t *testing.T) {
	whole, err := os.ReadFile(villageOf(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"home", "first_month", "profile_params", "county_profile", "county_key", "public_key", "signing_key", "search_form", "sequence",
		"columns.person", "sort.person", "crosstab.person", "sheet.folder"} {
		for _, value := range []string{"{\"\u202e", "\x1b[2J", strings.Repeat("长", 1<<20), "null"} {
			path := filepath.Join(t.TempDir(), "ledger.db")
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			behindItsBack(t, path, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)
			for _, readOnly := range []bool{true, false} {
				l, err := book.Open(t.Context(), path, store.Options{ReadOnly: readOnly})
				if err != nil {
					t.Errorf("%s as %.20q: %v", name, value, err)
					continue
				}
				lists(t, l, name)
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func lists(t *testing.T, l *store.Ledger, name string) {
	t.Helper()
	if n, err := l.Count(t.Context(), store.Query{Kind: "person"}); n != 2 || err != nil {
		t.Errorf("%s: %d persons, %v", name, n, err)
	}
	for range 2 { // the second time nothing new is said
		if _, err := l.IsCounty(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := l.CheckAll(t.Context(), func(store.Problem) error { return nil }); err != nil {
			t.Errorf("%s: check: %v", name, err)
		}
	}
	said := l.Warnings()
	seen := map[string]bool{}
	for _, w := range said {
		if _, _, hidden := model.Hidden(w, false); hidden || seen[w] || len(w) > 500 {
			t.Errorf("%s: says %.200q", name, w)
		}
		seen[w] = true
	}
	if (name == "home" || name == "first_month" || name == "county_profile") && len(said) != 1 {
		t.Errorf("%s: says %q", name, said)
	}
}

// TestDamagedSequence: nothing is sent under a number that can't be read; one that is
// missing goes on from the bundles that were sent.
func TestDamagedSequence(t *testing.T) {
	path := villageOf(t)
	behindItsBack(t, path, "INSERT OR REPLACE INTO setting (name, value) VALUES ('sequence', 'x')")
	l, err := book.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	if _, err := send.Export(t.Context(), l, send.Options{Dir: t.TempDir(), Plain: true, AllowErrors: true}); !strings.Contains(fmt.Sprint(err), "报送包的序号读不懂") {
		t.Errorf("with a number of nonsense: %v", err)
	}
	behindItsBack(t, path, "DELETE FROM setting WHERE name = 'sequence'")
	for want := int64(1); want < 3; want++ {
		sent, err := send.Export(t.Context(), l, send.Options{Dir: t.TempDir(), Plain: true, AllowErrors: true})
		if err != nil || sent.Sequence != want {
			t.Errorf("number %d, %v", sent.Sequence, err)
		}
	}
}

// TestHugeNote: a note of 60 MB that another program put into the ledger stops nothing;
// check says which record it is and how long, in one short line.
func TestHugeNote(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	path := villageOf(t)
	behindItsBack(t, path, "UPDATE person SET note = ? WHERE name = '张三'", strings.Repeat("长", 20_000_000))
	behindItsBack(t, path, "UPDATE person SET name = ? WHERE name = '李四'", "李\x1b[2J\u202e四")
	l, err := book.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	var long, hidden bool
	err = l.CheckAll(context.Background(), func(p store.Problem) error {
		if len(p.Finding.Message) > 500 || len(p.Label) > 500 {
			t.Errorf("a finding of %d bytes", len(p.Finding.Message))
		}
		long = long || p.Label == "张三" && strings.Contains(p.Finding.Message, "20000000 个字")
		hidden = hidden || strings.Contains(p.Finding.Message, "第 2 个字是看不见的控制字符(U+001B)")
		return nil
	})
	if err != nil || !long || !hidden {
		t.Errorf("check: %v, the long one %v, the hidden one %v", err, long, hidden)
	}
	if err := l.Integrity(t.Context()); err != nil {
		t.Error(err)
	}
	if p, err := l.Page(t.Context(), store.Query{Kind: "person", Limit: 10}); err != nil || len(p.Records) != 2 {
		t.Errorf("a page: %v", err)
	}
}
