package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestOpenRefuses opens files that are no ledger of this program: one clear Chinese
// message each, and the file and its folder stay as they are, byte for byte.
func TestOpenRefuses(t *testing.T) {
	cases := []struct {
		name, code string
		make       func(t *testing.T, path string)
	}{
		{"missing", "E-NOFILE", func(*testing.T, string) {}},
		{"missing folder", "E-NOFILE", func(t *testing.T, path string) { storetest.Must(t, os.Remove(filepath.Dir(path))) }},
		{"folder", "E-NOTLEDGER", func(t *testing.T, path string) { storetest.Must(t, os.Mkdir(path, 0o700)) }},
		{"empty", "E-NOTLEDGER", func(t *testing.T, path string) { storetest.Must(t, os.WriteFile(path, nil, 0o600)) }},
		{"text", "E-NOTLEDGER", func(t *testing.T, path string) {
			storetest.Must(t, os.WriteFile(path, bytes.Repeat([]byte("姓名,性别\n"), 50), 0o600))
		}},
		{"another program's database", "E-NOTLEDGER", func(t *testing.T, path string) {
			run(t, path, "PRAGMA journal_mode=WAL", "CREATE TABLE person (id TEXT)")
		}},
		{"newer", "E-NEWER", func(t *testing.T, path string) {
			closed(t, path)
			run(t, path, "PRAGMA user_version = 99")
		}},
		{"newer, in the log", "E-NEWER", newerInLog},
	}
	for _, c := range cases {
		for _, readOnly := range []bool{false, true} {
			t.Run(c.name+map[bool]string{true: " read-only"}[readOnly], func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "a", "ledger.db")
				storetest.Must(t, os.Mkdir(filepath.Dir(path), 0o700))
				c.make(t, path)
				before := storetest.Content(t, filepath.Dir(path))
				_, err := storetest.Open(context.Background(), path, store.Options{ReadOnly: readOnly})
				if storetest.Code(err) != c.code || strings.Contains(err.Error(), "\n") {
					t.Fatalf("got %v, want %s", err, c.code)
				}
				if after := storetest.Content(t, filepath.Dir(path)); !storetest.EqualFiles(before, after, path) {
					t.Errorf("files changed: %v, before %v", storetest.Names(after), storetest.Names(before))
				}
			})
		}
	}
}

// newerInLog leaves a ledger as a newer program does that is cut off right after
// its migration: the version stands in the log only.
func newerInLog(t *testing.T, path string) {
	other := filepath.Join(t.TempDir(), "ledger.db")
	closed(t, other)
	db := storetest.OpenRaw(t, other)
	if _, err := db.Exec("PRAGMA journal_mode=WAL; PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} { // while it is open: closing would merge the log
		b, err := os.ReadFile(other + end)
		storetest.Must(t, err)
		storetest.Must(t, os.WriteFile(path+end, b, 0o600))
	}
}

// closed makes a ledger and closes it.
func closed(t *testing.T, path string) {
	t.Helper()
	l, err := storetest.Make(context.Background(), path, storetest.Village, store.Options{})
	storetest.Must(t, err)
	storetest.Must(t, l.Close())
}

// run runs statements on a database file, as any other program could.
func run(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	storetest.Must(t, err)
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	storetest.Must(t, db.Close())
}

func TestFoldersOfAnyName(t *testing.T) {
	for _, name := range []string{"张三 的#村%20务?", "a&b=c;d", "%41", "100%", "'引号\"", "+ 加"} {
		path := filepath.Join(t.TempDir(), name, "台账?#%.db")
		closed(t, path)
		l, err := storetest.Open(context.Background(), path, store.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if l.Home().Str("name") != storetest.Village.Name || l.Path() != path {
			t.Errorf("%s: home %q, path %s", name, l.Home().Str("name"), l.Path())
		}
		storetest.Must(t, l.Close())
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: the file is elsewhere: %v", name, err)
		}
	}
}

func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	closed(t, "ledger.db")
	l, err := storetest.Open(context.Background(), "ledger.db", store.Options{})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	if !filepath.IsAbs(l.Path()) {
		t.Errorf("path %s", l.Path())
	}
}

func TestCreateRefusesExisting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	storetest.Must(t, os.WriteFile(path, []byte("别的文件"), 0o600))
	if _, err := storetest.Make(context.Background(), path, storetest.Village, store.Options{}); storetest.Code(err) != "E-EXISTS" {
		t.Errorf("got %v", err)
	}
	if got := storetest.Content(t, filepath.Dir(path)); len(got) != 1 || got["ledger.db"] != "别的文件" {
		t.Errorf("files changed: %v", storetest.Names(got))
	}
}

func TestCreateRefusesWrongHome(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "ledger.db")
	wrong := storetest.Village
	wrong.Code = "12"
	var refusal *store.Refusal
	_, err := storetest.Make(context.Background(), path, wrong, store.Options{})
	if !storetest.AsRefusal(err, &refusal) {
		t.Fatalf("got %v", err)
	}
	if got := storetest.Content(t, filepath.Dir(path)); len(got) != 0 {
		t.Errorf("left behind: %v", storetest.Names(got))
	}
	closed(t, path) // and the same place can be used
}

// TestModes: whatever the umask, a ledger and what stands beside it are the owner's
// alone, also when it came in with another mode.
func TestModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "数据", "taizhang")
	path := filepath.Join(dir, "ledger.db")
	var l *store.Ledger
	withUmask(0o000, func() {
		var err error
		l, err = storetest.Make(context.Background(), path, storetest.Village, store.Options{})
		storetest.Must(t, err)
		storetest.Must(t, l.SaveDraft(context.Background(), &store.Draft{Kind: "villager"}))
		storetest.Must(t, store.MakePlace(filepath.Join(dir, "backup")))
		storetest.Must(t, l.Backup(context.Background(), filepath.Join(dir, "backup", "copy.db")))
	})
	checkModes(t, filepath.Dir(dir))
	storetest.Must(t, l.Close())
	storetest.Must(t, os.Chmod(path, 0o644))
	withUmask(0o077, func() {
		var err error
		l, err = storetest.Open(context.Background(), path, store.Options{})
		storetest.Must(t, err)
		storetest.Must(t, l.SaveDraft(context.Background(), &store.Draft{Kind: "villager"}))
	})
	checkModes(t, filepath.Dir(dir))
	storetest.Must(t, l.Close())
}

func checkModes(t *testing.T, root string) {
	t.Helper()
	seen := map[string]bool{}
	storetest.Must(t, filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		want := os.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		seen[d.Name()] = true
		if got := info.Mode().Perm(); hasModes && got != want {
			t.Errorf("%s has mode %o", path, got)
		}
		return nil
	}))
	for _, name := range []string{"ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.lock", "ledger.db.holder"} {
		if !seen[name] {
			t.Errorf("no %s: %v", name, seen)
		}
	}
}

func TestLock(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	first := storetest.Create(t, path, store.Options{By: "王芳"})
	_, err := storetest.Open(ctx, path, store.Options{})
	if storetest.Code(err) != "E-LOCKED" || !strings.Contains(err.Error(), "王芳") {
		t.Fatalf("second: %v", err)
	}
	second, err := storetest.Open(ctx, path, store.Options{ReadOnly: true})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, second.Close()) }()
	storetest.Save(t, first, storetest.Record(t, first, "villager", "name", "张三", "sex", "男"))
	n, err := second.Count(ctx, store.Query{Kind: "villager"})
	if err != nil || n != 1 {
		t.Errorf("the reader beside the writer sees %d, %v", n, err)
	}
	storetest.Must(t, os.WriteFile(path+".holder", []byte("{"), 0o600))
	if _, err := storetest.Open(ctx, path, store.Options{}); storetest.Code(err) != "E-LOCKED" {
		t.Errorf("with a broken holder file: %v", err)
	}
}

// TestLockEndsWithClose: a ledger closed can be opened again, and nothing but the
// file and the lock file stays.
func TestLockEndsWithClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	closed(t, path)
	l, err := storetest.Open(context.Background(), path, store.Options{})
	storetest.Must(t, err)
	storetest.Must(t, l.Close())
	r, err := storetest.Open(context.Background(), path, store.Options{ReadOnly: true})
	storetest.Must(t, err)
	storetest.Must(t, r.Close())
	if got := storetest.Content(t, filepath.Dir(path)); len(got) != 2 {
		t.Errorf("left: %v", storetest.Names(got))
	}
}

func TestReadOnlyRefusesWrites(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	closed(t, path)
	l, err := storetest.Open(ctx, path, store.Options{ReadOnly: true})
	storetest.Must(t, err)
	defer func() { storetest.Must(t, l.Close()) }()
	r := storetest.Record(t, l, "villager", "name", "张三", "sex", "男")
	writes := map[string]func() error{
		"save":    func() error { _, err := l.Save(ctx, model.FromForm, r); return err },
		"delete":  func() error { return l.Delete(ctx, "villager", "x") },
		"restore": func() error { return l.Restore(ctx, "villager", "x") },
		"draft":   func() error { return l.SaveDraft(ctx, &store.Draft{Kind: "villager"}) },
		"drop":    func() error { return l.DropDraft(ctx, "x") },
		"setting": func() error { return l.SetSetting(ctx, "a", "b") },
		"units":   func() error { return l.SetUnits(ctx, nil) },
	}
	for name, write := range writes {
		if err := write(); storetest.Code(err) != "E-READONLY" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if what, err := l.Undo(ctx); what != "" || err != nil {
		t.Errorf("undo: %q, %v", what, err)
	}
	storetest.Must(t, l.Backup(ctx, filepath.Join(t.TempDir(), "copy.db")))
	storetest.Must(t, l.Integrity(ctx))
}
