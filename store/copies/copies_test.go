package copies_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/internal/storetest"
)

// TestFind: the copies that lie beside a damaged ledger and in the folders named are given,
// the good ones first and of these the newest; another organisation's and other files are
// not; none is touched.
func TestFind(t *testing.T) {
	ctx := context.Background()
	dir, stick := t.TempDir(), t.TempDir()
	book := storetest.Book(storetest.Everything())
	path := filepath.Join(dir, "ledger.db")
	l, err := storetest.Make(ctx, path, storetest.Village, store.Options{Book: book, Source: storetest.Clock(1)})
	storetest.Must(t, err)
	save := func() { storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "水泵")) }
	older, newer, broken := filepath.Join(dir, "旧.db"), filepath.Join(stick, "台账备份", "新.db"), filepath.Join(stick, "坏.db")
	save()
	storetest.Must(t, l.Backup(ctx, older))
	save()
	storetest.Must(t, store.MakePlace(filepath.Dir(newer)))
	storetest.Must(t, l.Backup(ctx, newer))
	save()
	storetest.Must(t, l.Backup(ctx, broken))
	storetest.Must(t, l.Close())
	other := storetest.Village
	other.Code = "990101002"
	o, err := storetest.Make(ctx, filepath.Join(stick, "别村.db"), other, store.Options{Book: book})
	storetest.Must(t, err)
	storetest.Must(t, o.Close())
	storetest.Must(t, os.WriteFile(filepath.Join(dir, "名单.xlsx"), []byte("x"), 0o600))
	storetest.Must(t, os.WriteFile(filepath.Join(dir, "照片.age"), []byte("x"), 0o600))
	sealed := filepath.Join(stick, "台账备份_"+storetest.Village.Code+"_20261031-090000.age")
	storetest.Must(t, os.WriteFile(sealed, []byte("age-encryption.org/v1\n"), 0o600))
	for _, file := range []string{path, broken} {
		db := storetest.OpenRaw(t, file)
		for _, s := range []string{"PRAGMA foreign_keys = 0", "DROP TABLE loan", "PRAGMA journal_mode = DELETE"} {
			_, err := db.Exec(s)
			storetest.Must(t, err)
		}
	}
	before, onStick := storetest.Content(t, dir), storetest.Content(t, stick)
	got := copies.Find(ctx, path, []string{stick, stick, filepath.Join(dir, "没有")}, book)
	if at := slices.IndexFunc(got, func(c copies.Copy) bool { return c.Path == sealed }); at < 2 || !got[at].Sealed || got[at].Wrong == "" {
		t.Fatalf("a county's backup: %+v", got)
	} else {
		got = slices.Delete(got, at, at+1)
	}
	if len(got) != 3 || got[0].Path != newer || got[1].Path != older || got[2].Path != broken {
		t.Fatalf("got %+v", got)
	}
	if c := got[0]; c.Wrong != "" || !c.Known || c.Lost != 1 || c.Fewer != 1 || c.Name != storetest.Village.Name {
		t.Errorf("the newer: %+v", c)
	}
	if c := got[1]; c.Wrong != "" || c.Lost != 2 || c.Fewer != 2 {
		t.Errorf("the older: %+v", c)
	}
	if got[2].Wrong != "也坏了" {
		t.Errorf("the broken: %+v", got[2])
	}
	if !storetest.EqualFiles(before, storetest.Content(t, dir), path) || !storetest.EqualFiles(onStick, storetest.Content(t, stick), broken) {
		t.Error("files were changed")
	}
}

// TestOthersAreNotOffered: of a ledger that can't say any more whose it is, what lies under
// its own name does, and another organisation's copies are left out, the encrypted ones by
// the code in their names. The same organisation's under an earlier code stay.
func TestOthersAreNotOffered(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	dir, stick := t.TempDir(), t.TempDir()
	book := storetest.Book(storetest.Everything())
	path := filepath.Join(dir, "ledger.db")
	l, err := storetest.Make(ctx, path, storetest.Village, store.Options{Book: book, Source: storetest.Clock(1)})
	storetest.Must(t, err)
	onStick, daily := filepath.Join(stick, "备份.db"), filepath.Join(store.BackupFolder(path), "每天.db")
	storetest.Must(t, l.Backup(ctx, onStick))
	storetest.Must(t, store.MakePlace(filepath.Dir(daily)))
	storetest.Must(t, l.Backup(ctx, daily))
	storetest.Must(t, l.Close())
	recoded := storetest.OpenRaw(t, onStick)
	_, err = recoded.Exec("UPDATE " + book.Org.Kind + " SET " + book.Org.Code + " = '990101777'")
	storetest.Must(t, err)
	storetest.Must(t, recoded.Close())
	other := storetest.Village
	other.Code = "990101002"
	o, err := storetest.Make(ctx, filepath.Join(stick, "别村.db"), other, store.Options{Book: book})
	storetest.Must(t, err)
	storetest.Must(t, o.Close())
	sealed := map[string]bool{} // by name: ours
	for code, ours := range map[string]bool{storetest.Village.Code: true, "990101777": true, other.Code: false} {
		name := filepath.Join(stick, "台账备份_"+code+"_20261031-090000.db.age")
		storetest.Must(t, os.WriteFile(name, []byte("age-encryption.org/v1\n"), 0o600))
		sealed[name] = ours
	}
	beside := filepath.Join(dir, "ledger-恢复前-20261031-090000.db")
	for _, c := range []struct {
		what  string
		spoil func()
		want  []string // without the sealed ones
	}{
		{"a ledger that can be read", func() {}, []string{daily, onStick}},
		{"one that can't, with its daily backups", func() { storetest.Must(t, os.WriteFile(path, make([]byte, 8192), 0o600)) }, []string{daily, onStick}},
		{"one that can't, with what stood there before", func() { storetest.Must(t, os.Rename(daily, beside)) }, []string{beside, onStick}},
		{"one of which nothing tells", func() { storetest.Must(t, os.Rename(beside, filepath.Join(stick, "抄.db"))) },
			[]string{filepath.Join(stick, "抄.db"), onStick, filepath.Join(stick, "别村.db")}},
	} {
		c.spoil()
		var got []string
		for _, each := range copies.Find(ctx, path, []string{stick}, book) {
			switch ours, named := sealed[each.Path]; {
			case !named:
				got = append(got, each.Path)
			case !ours && len(c.want) < 3:
				t.Errorf("%s: %s is offered", c.what, each.Path)
			case ours:
				got = append(got, "sealed")
			}
		}
		want := append(slices.Clone(c.want), "sealed", "sealed")
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want\n%q", c.what, got, want)
		}
	}
}
