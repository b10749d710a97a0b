package book_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

// TestLedgerOfSchema1 opens ledgers that the program of the schema's first version wrote:
// read-only they are refused untouched; opened for good they get what is new, keep every
// row, and leave a copy behind that the older program can open.
func TestLedgerOfSchema1(t *testing.T) {
	for name, persons := range map[string]int{"village.db": 33, "small.db": 3, "county.db": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			path := storetest.Unpack(t, filepath.Join("..", "testdata", "schema1", name+".gz"), t.TempDir())
			before, columns := storetest.Rows(t, path, nil)
			file, err := os.ReadFile(path)
			storetest.Must(t, err)

			if _, err := book.Open(ctx, path, store.Options{ReadOnly: true}); storetest.Code(err) != "E-OLD" {
				t.Errorf("read-only: %v", err)
			}
			if now, err := os.ReadFile(path); err != nil || string(now) != string(file) {
				t.Errorf("read-only it was changed; %v", err)
			}
			opened := func() *store.Ledger {
				l, err := book.Open(ctx, path, store.Options{Source: storetest.Clock(1)})
				storetest.Must(t, err)
				return l
			}
			l := opened()
			n, err := l.Count(ctx, store.Query{Kind: "person"})
			if err != nil || n != persons {
				t.Errorf("%d persons, %v", n, err)
			}
			storetest.Must(t, l.Integrity(ctx))
			checkAll(ctx, t, l)
			storetest.Must(t, l.Close())
			kept(t, before, columns, path, true)
			backup := filepath.Join(filepath.Dir(path), name[:len(name)-len(".db")]+".v1.db")
			kept(t, before, columns, backup, false)
			for file, want := range map[string]int{path: model.SchemaVersion, backup: 1} {
				var version int
				storetest.Must(t, storetest.OpenRaw(t, file).QueryRow("PRAGMA user_version").Scan(&version))
				if version != want {
					t.Errorf("%s is of version %d", filepath.Base(file), version)
				}
			}
			copied, err := os.ReadFile(backup)
			storetest.Must(t, err)
			l = opened()
			useNewFields(ctx, t, l)
			storetest.Must(t, l.Close())
			if again, err := os.ReadFile(backup); err != nil || string(again) != string(copied) {
				t.Errorf("opened again it was copied again; %v", err)
			}
		})
	}
}

// kept asks that a file holds every row there was, by the columns there were. With anew
// set the search texts, which this program makes otherwise, are only as many.
func kept(t *testing.T, before, columns map[string][]string, path string, anew bool) {
	t.Helper()
	after, _ := storetest.Rows(t, path, columns)
	// By which form the search texts are written is noted with the upgrade, its schema, and
	// which log is the file's.
	after["setting"] = slices.DeleteFunc(after["setting"], func(row string) bool {
		return strings.Contains(row, "search_form") || strings.Contains(row, "schema_digest") || strings.Contains(row, "log_mark")
	})
	for _, table := range slices.Sorted(maps.Keys(before)) {
		if anew && table == "search" && len(before[table]) == len(after[table]) {
			continue
		}
		if !slices.Equal(before[table], after[table]) {
			t.Errorf("%s: table %s had %d rows, has %d or other ones", filepath.Base(path), table, len(before[table]), len(after[table]))
		}
	}
}

// checkAll asks the rules about every record: what was right is right still.
func checkAll(ctx context.Context, t *testing.T, l *store.Ledger) {
	t.Helper()
	storetest.Must(t, l.CheckAll(ctx, func(p store.Problem) error {
		if p.Finding.Severity == model.Fault {
			t.Errorf("%s %s: %s", p.Kind.Name, p.Finding.Code, p.Finding.Message)
		}
		return nil
	}))
}

// useNewFields writes fields and choices that the ledger's first program did not know.
func useNewFields(ctx context.Context, t *testing.T, l *store.Ledger) {
	t.Helper()
	film := storetest.Save(t, l, storetest.Record(t, l, "supply", "item", "科技片", "title", "虾病防治", "quantity", "2", "provider", "县委组织部", "received_on", "2026-05-01")).Records[0]
	class := storetest.Record(t, l, "training", "title", "看片", "topic", "生产技术", "method", "电化教育", "organizer", "县委组织部",
		"organizer_kind", "组织部门", "started_on", "2026-05-02")
	class.Set("materials", []string{film.ID})
	storetest.Save(t, l, class)
	task := storetest.Save(t, l, storetest.Record(t, l, "goal", "kind", "联席会任务", "title", "修泵站", "unit", "县水利局", "started_on", "2026-05-02", "due_on", "2026-09-30")).Records[0]
	shown, err := l.Get(ctx, "training", class.ID)
	storetest.Must(t, err)
	if !slices.Equal(shown.List("materials"), []string{film.ID}) || !shown.Is("organizer_kind", "组织部门") {
		t.Errorf("the class: %v, %s", shown.List("materials"), shown.Str("organizer_kind"))
	}
	asked, err := l.Get(ctx, "goal", task.ID)
	storetest.Must(t, err)
	if asked.Str("unit") != "县水利局" {
		t.Errorf("the task is of %q", asked.Str("unit"))
	}
}
