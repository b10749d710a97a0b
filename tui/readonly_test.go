package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/tui/tuitest/sample"
)

// TestReadOnlyScreens opens the screens read-only: on what a kill left, with a log that
// isn't the ledger's own, and beside one who writes. What was last saved is there, a foreign
// log is named, and no file changes.
func TestReadOnlyScreens(t *testing.T) {
	l := sample.NewLedger(t)
	sample.AddPerson(t, l, map[string]model.Value{"name": "蓝小满", "sex": "男", "status": "群众"})
	killed := copied(t, l.Path(), l.Path(), "-wal", "-shm")
	other := sample.NewLedger(t)
	sample.AddPerson(t, other, map[string]model.Value{"name": "麦大寒", "sex": "男", "status": "群众"})
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := l.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ path, notice string }{
		"killed":        {killed, ""},
		"a foreign log": {copied(t, backup, other.Path(), "-wal"), "不是这份台账的"},
		"beside":        {l.Path(), ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := files(t, c.path)
			looked, err := book.Open(context.Background(), c.path, store.Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			r := New(context.Background(), Options{Ledger: looked, Path: c.path, Kind: "person", NoColor: true, Source: sample.Source()})
			tm := sample.StartReal(t, r, 80, 24)
			if c.notice != "" {
				tm.WaitFor("打开台账时看到")
				tm.WaitFor(c.notice)
				tm.Press("enter")
				tm.WaitGone("打开台账时看到")
			}
			tm.WaitFor("姓名")
			page, err := looked.Page(context.Background(), store.Query{Kind: "person", Find: "蓝小满", Limit: 1})
			if err != nil || len(page.Records) != 1 {
				t.Errorf("who was last saved is not there; %v", err)
			}
			tm.Press("ctrl+q")
			if err := tm.WaitEnd(); err != nil {
				t.Error(err)
			}
			if err := r.Close(); err != nil {
				t.Error(err)
			}
			after := files(t, c.path)
			if len(before) != len(after) {
				t.Fatalf("%d files before, %d after", len(before), len(after))
			}
			for name, content := range before {
				if after[name] != content {
					t.Errorf("%s was changed", name)
				}
			}
		})
	}
}

// copied puts a ledger, and of another what stands beside it, into a folder of their own.
func copied(t *testing.T, path, beside string, suffixes ...string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "ledger.db")
	put := func(from, to string) {
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(path, to)
	for _, s := range suffixes {
		put(beside+s, to+s)
	}
	return to
}

// files gives the content and times of what stands beside a ledger; of the shared memory,
// which readers and writers use together, only that it is there.
func files(t *testing.T, path string) map[string]string {
	t.Helper()
	all := map[string]string{}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".db-shm" {
			all[e.Name()] = ""
			continue
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(filepath.Dir(path), e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = info.ModTime().String() + string(b)
	}
	return all
}
