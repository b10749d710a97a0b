package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
)

// readers are the commands that only read.
var readers = [][]string{
	{"check"}, {"check", "--json"}, {"list", "person"}, {"list", "person", "--format", "json"}, {"report", "roster"}, {"report", "balance", "--month", "2026-10"}, {"due"},
}

// villageFolder makes the made-up village once for all cases and gives its folder.
func villageFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	r, err := demo.Village(context.Background(), dir, demo.Options{Members: demo.MinMembers, Seed: 1, AsOf: "2026-10-31"})
	if err != nil {
		t.Fatal(err)
	}
	return r.Ledger
}

// stamps describes every file of a folder: name, length, content and when it was changed;
// and the folder itself.
func stamps(t *testing.T, dir string, but ...string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		if slices.Contains(but, e.Name()) {
			continue
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s %s %x", e.Name(), info.ModTime(), b))
	}
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	return append(all, info.ModTime().String())
}

// into copies files to a folder of their own, as ledger.db and what belongs to it.
func into(t *testing.T, path string, suffixes ...string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "ledger.db")
	for _, s := range suffixes {
		b, err := os.ReadFile(path + s)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+s, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// enter opens a ledger for writing and gives the first person another name.
func enter(t *testing.T, path, name string) *store.Ledger {
	t.Helper()
	ctx := context.Background()
	l, err := book.Open(ctx, path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	page, err := l.Page(ctx, store.Query{Kind: "person", Limit: 1})
	if err != nil || len(page.Records) != 1 {
		t.Fatalf("%d persons, %v", len(page.Records), err)
	}
	page.Records[0].Set("name", name)
	if _, err := l.Save(ctx, model.FromForm, page.Records[0]); err != nil {
		t.Fatal(err)
	}
	return l
}

// TestReadingChangesNothing runs every command that only reads on a ledger in each state
// in which it can be found: no byte and no time of any file changes, and nothing is left
// beside it. What was last saved is read where its log is there, and a foreign log is kept
// out and named.
func TestReadingChangesNothing(t *testing.T) {
	left := villageFolder(t)
	l := enter(t, left, "蓝小满")
	killed := into(t, left, "", "-wal", "-shm")
	noShm := into(t, left, "", "-wal")
	bare := into(t, left, "")
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	foreign := villageFolder(t)
	other := enter(t, foreign, "麦大寒")
	foreignLog := into(t, foreign, "-wal")
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(foreignLog + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	kept := into(t, left, "")
	if err := os.WriteFile(kept+"-wal", b, 0o600); err != nil {
		t.Fatal(err)
	}
	locked := into(t, left, "")
	if err := os.Chmod(filepath.Dir(locked), 0o500); err != nil {
		t.Fatal(err)
	}
	lockedLog := into(t, killed, "", "-wal", "-shm")
	if err := os.Chmod(filepath.Dir(lockedLog), 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, path := range []string{locked, lockedLog} {
			if err := os.Chmod(filepath.Dir(path), 0o700); err != nil {
				t.Error(err)
			}
		}
	})
	for name, c := range map[string]struct {
		path, notice string
		person       bool
	}{
		"left":                      {left, "", true},
		"killed":                    {killed, "", true},
		"killed, no shared memory":  {noShm, "", true},
		"copied without its log":    {bare, "可能不全", false},
		"a foreign log":             {kept, "不是这份台账的", true},
		"a folder to read only":     {locked, "", true},
		"the same, killed":          {lockedLog, "", true},
		"a log without its content": {emptied(t, left), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			before := stamps(t, filepath.Dir(c.path))
			for _, args := range readers {
				out, said := ranOn(t, append(args, "--db", c.path)...)
				if after := stamps(t, filepath.Dir(c.path)); !slices.Equal(before, after) {
					t.Fatalf("%v changed a file: %d before, %d after", args, len(before), len(after))
				}
				if c.notice != "" && !strings.Contains(said, c.notice) || c.notice == "" && strings.Contains(said, "提示") {
					t.Errorf("%v said %q", args, said)
				}
				if args[0] == "list" && strings.Contains(out, "蓝小满") != c.person {
					t.Errorf("%v: the person last saved is there: %v", args, !c.person)
				}
			}
		})
	}
}

// emptied gives a ledger with a log that holds no whole transaction.
func emptied(t *testing.T, path string) string {
	t.Helper()
	to := into(t, path, "")
	if err := os.WriteFile(to+"-wal", make([]byte, 32), 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

// TestReadingBesideAWriter: beside one who writes only the shared memory changes, and what
// was saved a moment ago is read.
func TestReadingBesideAWriter(t *testing.T) {
	path := villageFolder(t)
	l := enter(t, path, "蓝小满")
	before := stamps(t, filepath.Dir(path), "ledger.db-shm")
	for _, args := range readers {
		out, _ := ranOn(t, append(args, "--db", path)...)
		if args[0] == "list" && !strings.Contains(out, "蓝小满") {
			t.Errorf("%v doesn't know who was saved", args)
		}
	}
	if after := stamps(t, filepath.Dir(path), "ledger.db-shm"); !slices.Equal(before, after) {
		t.Error("a file was changed")
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tail := range []string{"-wal", "-shm", ".holder"} {
		if _, err := os.Stat(path + tail); !os.IsNotExist(err) {
			t.Errorf("left behind: %s %v", tail, err)
		}
	}
}

// ranOn runs a command and gives what it wrote.
func ranOn(t *testing.T, args ...string) (out, said string) {
	t.Helper()
	var o, e bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: &o, Stderr: &e, Getenv: func(string) string { return "" }}
	if status := m.Run(context.Background(), args); status == exitUsage {
		t.Fatalf("%v: %s", args, e.String())
	}
	return o.String(), e.String()
}
