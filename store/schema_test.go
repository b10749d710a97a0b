package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestSchemaInFile: what a ledger's file holds is what Schema shows.
func TestSchemaInFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	closed(t, path)
	want, err := store.Schema(storetest.Book(storetest.Everything()))
	storetest.Must(t, err)
	rows, err := storetest.OpenRaw(t, path).Query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
	storetest.Must(t, err)
	defer rows.Close()
	var got strings.Builder
	for rows.Next() {
		var s string
		storetest.Must(t, rows.Scan(&s))
		got.WriteString(s + ";\n")
	}
	storetest.Must(t, rows.Err())
	sorted := func(s string) []string { l := strings.Split(s, ";\n"); slices.Sort(l); return l }
	if !slices.Equal(sorted(got.String()), sorted(want)) {
		t.Error("the file's schema is another")
	}
	for _, line := range strings.Split(got.String(), "\n") {
		if strings.HasPrefix(line, ") ") && !strings.Contains(line, "STRICT") {
			t.Errorf("a table that is not strict: %s", line)
		}
	}
}

// throwAway is a kind that no program code knows.
func throwAway(fields ...*model.Field) *model.Kind {
	return &model.Kind{Name: "throw_away", Title: "一次性", Label: []string{"title"}, Columns: []string{"title"},
		Sections: []model.Section{{Fields: append([]*model.Field{{Name: "title", Label: "名称", Type: model.TypeText, Required: true}}, fields...)}}}
}

// TestNewKindAndFields: a ledger opened by a program with one more kind, and then
// with more fields of it, gets them and keeps what it has.
func TestNewKindAndFields(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	closed(t, path)
	with := func(fields ...*model.Field) store.Options {
		k := throwAway(fields...)
		if len(fields) > 0 {
			k.Unique = []model.Unique{{Fields: []string{"title"}}}
			k.Sort = []string{"day"}
		}
		return store.Options{Book: storetest.Book(model.NewCatalog(append(slices.Clone(storetest.Everything().Kinds()), k)...))}
	}
	if _, err := storetest.Open(ctx, path, store.Options{ReadOnly: true, Book: with().Book}); storetest.Code(err) != "E-OLD" {
		t.Errorf("read-only, of an older schema: %v", err)
	}
	l, err := storetest.Open(ctx, path, with())
	storetest.Must(t, err)
	first := storetest.Save(t, l, storetest.Record(t, l, "throw_away", "title", "甲")).Records[0]
	twin := storetest.Save(t, l, storetest.Record(t, l, "throw_away", "title", "甲")).Records[0] // breaks the unique set that comes
	storetest.Must(t, l.Close())

	more := with(&model.Field{Name: "day", Label: "日期", Type: model.TypeDate}, &model.Field{Name: "done", Label: "完成", Type: model.TypeBool},
		&model.Field{Name: "count", Label: "数量", Type: model.TypeInt, Required: true}, &model.Field{Name: "villager", Label: "村民", Type: model.TypeRef, Target: "villager"},
		&model.Field{Name: "people", Label: "村民", Type: model.TypeRefs, Target: "villager"})
	l, err = storetest.Open(ctx, path, more)
	storetest.Must(t, err)
	got, err := l.Get(ctx, "throw_away", first.ID)
	storetest.Must(t, err)
	if got.Str("title") != "甲" || got.Bool("done") || got.Filled("count") {
		t.Errorf("got %s, %v, %v", got.Str("title"), got.Bool("done"), got.Get("count"))
	}
	p := storetest.Save(t, l, storetest.Record(t, l, "villager", "name", "张三", "sex", "男")).Records[0]
	got.Set("title", "乙")
	got.Set("count", int64(1))
	got.Set("villager", p.ID)
	got.Set("people", []string{p.ID})
	storetest.Save(t, l, got)
	storetest.Must(t, l.Delete(ctx, "throw_away", twin.ID))
	storetest.Must(t, l.Close())
	l, err = storetest.Open(ctx, path, more) // now the unique index can be made
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	if err := l.Integrity(ctx); err != nil {
		t.Error(err)
	}
	var indexes int
	storetest.Must(t, storetest.OpenRaw(t, path).QueryRow("SELECT count(*) FROM sqlite_master WHERE name = 'throw_away_unique_title'").Scan(&indexes))
	if indexes != 1 {
		t.Error("the unique index has not come")
	}
}

func TestCatalogWithoutOrganisations(t *testing.T) {
	o := store.Options{Book: storetest.Book(model.NewCatalog(throwAway()))}
	if _, err := storetest.Make(context.Background(), filepath.Join(t.TempDir(), "ledger.db"), storetest.Village, o); err == nil {
		t.Error("a ledger was made of a catalog that can't hold one")
	}
	if ddl, err := store.Schema(o.Book); err == nil {
		t.Errorf("its schema is %q", ddl)
	}
}

// TestMigrations: a numbered file runs once, after a backup; a broken one leaves the
// ledger as it was.
func TestMigrations(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	o := store.Options{Book: storetest.Book(storetest.Everything()), Source: storetest.Clock(1)}
	l, err := storetest.Make(ctx, path, storetest.Village, o)
	storetest.Must(t, err)
	thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵", "count", "1")).Records[0]
	storetest.Must(t, l.Close())
	count := func(o store.Options, file string) int64 {
		t.Helper()
		l, err := storetest.Open(ctx, file, o)
		storetest.Must(t, err)
		defer func() { storetest.Must(t, l.Close()) }()
		r, err := l.Get(ctx, "thing", thing.ID)
		storetest.Must(t, err)
		return r.Int("count")
	}
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	version := func(more int, name string) string {
		return fmt.Sprintf("migrations/%04d_%s.sql", model.SchemaVersion+more, name)
	}

	restore := store.Pretend(model.SchemaVersion+2, fstest.MapFS{version(1, "a"): file("UPDATE thing SET count = count + 1;"),
		version(2, "b"): file("UPDATE thing SET count = 100; nonsense;")})
	_, err = storetest.Open(ctx, path, o)
	restore()
	if err == nil {
		t.Fatal("a broken migration ran")
	}
	if n := count(o, path); n != 1 {
		t.Errorf("after a broken migration the count is %d", n)
	}

	restore = store.Pretend(model.SchemaVersion+2, fstest.MapFS{version(0, "old"): file("nonsense"), "migrations/README.md": file("nonsense"),
		version(1, "a"): file("UPDATE thing SET count = count + 10; UPDATE thing SET count = count + 1;"),
		version(2, "b"): file("UPDATE thing SET count = count * 2;"), version(3, "new"): file("nonsense")})
	defer restore()
	for range 2 {
		if n := count(o, path); n != 24 {
			t.Errorf("after the migrations the count is %d", n)
		}
	}
	restore()
	if _, err := storetest.Open(ctx, path, o); storetest.Code(err) != "E-NEWER" {
		t.Errorf("an older program opens it: %v", err)
	}
	backup := filepath.Join(filepath.Dir(path), fmt.Sprintf("ledger.v%d.db", model.SchemaVersion))
	if n := count(o, backup); n != 1 {
		t.Errorf("in the backup the count is %d", n)
	}
}
