package guard_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/storetest"
)

// at makes a closed ledger with so many things in it.
func at(t *testing.T, things ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := storetest.Make(context.Background(), path, storetest.Village, store.Options{By: "王芳"})
	storetest.Must(t, err)
	add(t, l, things...)
	storetest.Must(t, l.Close())
	return path
}

func add(t *testing.T, l *store.Ledger, things ...string) {
	t.Helper()
	for _, title := range things {
		storetest.Save(t, l, storetest.Record(t, l, "thing", "title", title))
	}
}

func open(t *testing.T, path string, readOnly bool) *store.Ledger {
	t.Helper()
	l, err := storetest.Open(context.Background(), path, store.Options{ReadOnly: readOnly, By: "王芳"})
	storetest.Must(t, err)
	return l
}

func things(t *testing.T, l *store.Ledger) int {
	t.Helper()
	n, err := l.Count(context.Background(), store.Query{Kind: "thing"})
	storetest.Must(t, err)
	return n
}

// copies puts what stands at a ledger's path, as a kill would leave it, in a folder of its
// own.
func copies(t *testing.T, path string, suffixes ...string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "ledger.db")
	for _, s := range append(suffixes, "") {
		b, err := os.ReadFile(path + s)
		storetest.Must(t, err)
		storetest.Must(t, os.WriteFile(to+s, b, 0o600))
	}
	return to
}

// killed leaves a ledger with things of which the last ones stand in the log alone.
func killed(t *testing.T, things ...string) string {
	t.Helper()
	l := open(t, at(t, "水泵"), false)
	add(t, l, things...)
	to := copies(t, l.Path(), "-wal", "-shm")
	storetest.Must(t, l.Close())
	return to
}

func judge(t *testing.T, path string) guard.Verdict {
	t.Helper()
	v, err := guard.Judge(context.Background(), path)
	storetest.Must(t, err)
	return v
}

// TestOneWriter: a symlink, a hard link and a ledger whose lock file was removed are the
// same ledger, and whoever holds it is named.
func TestOneWriter(t *testing.T) {
	path := at(t)
	elsewhere := t.TempDir()
	names := map[string]string{"removed lock": path, "symlink": filepath.Join(elsewhere, "s.db"), "hard link": filepath.Join(filepath.Dir(path), "h.db"),
		"hard link elsewhere": filepath.Join(elsewhere, "h.db")}
	storetest.Must(t, os.Symlink(path, names["symlink"]))
	storetest.Must(t, os.Link(path, names["hard link"]))
	storetest.Must(t, os.Link(path, names["hard link elsewhere"]))
	first := open(t, path, false)
	add(t, first, "铁锹")
	for name, other := range names {
		if name == "removed lock" {
			storetest.Must(t, os.Remove(path+".lock"))
		}
		_, err := storetest.Open(context.Background(), other, store.Options{})
		if storetest.Code(err) != "E-LOCKED" || !strings.Contains(err.Error(), "王芳") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := storetest.Content(t, elsewhere); len(got) != 2 {
		t.Errorf("beside the other names: %v", storetest.Names(got))
	}
	storetest.Must(t, first.Close())
	second := open(t, names["symlink"], false)
	if second.Path() != path || things(t, second) != 1 {
		t.Errorf("by the symlink: %s, %d things", second.Path(), things(t, second))
	}
	storetest.Must(t, second.Close())
}

// TestOtherName: a hard-linked ledger whose log stands beside another name is not opened
// past it, also while somebody writes to it there.
func TestOtherName(t *testing.T) {
	path := killed(t, "铁锹")
	other := filepath.Join(t.TempDir(), "other.db")
	storetest.Must(t, os.Link(path, other))
	for _, readOnly := range []bool{true, false} {
		_, err := storetest.Open(context.Background(), other, store.Options{ReadOnly: readOnly})
		if storetest.Code(err) != "E-LINK" {
			t.Errorf("read-only %v: %v", readOnly, err)
		}
	}
	l := open(t, path, false) // by the name beside which the log stands
	if things(t, l) != 2 {
		t.Errorf("%d things", things(t, l))
	}
	if _, err := storetest.Open(context.Background(), other, store.Options{ReadOnly: true}); storetest.Code(err) != "E-LINK" {
		t.Errorf("beside the writer: %v", err)
	}
	storetest.Must(t, l.Close())
	l = open(t, other, true)
	if things(t, l) != 2 {
		t.Errorf("%d things by the other name", things(t, l))
	}
	storetest.Must(t, l.Close())
}

// TestForeignLogs: a log of another ledger, one of an earlier state, and one that was cut
// out of the middle of another's life are kept out, named, and nothing is deleted.
func TestForeignLogs(t *testing.T) {
	stale := killed(t, "铁锹")
	log, err := os.ReadFile(stale + "-wal")
	storetest.Must(t, err)
	for range 2 { // goes on from there, and what the log held is in the file itself
		l := open(t, stale, false)
		add(t, l, "锄头", "麻绳")
		storetest.Must(t, l.Close())
	}
	unmarked := at(t, "水泵", "铁锹")
	db := storetest.OpenRaw(t, unmarked)
	_, err = db.Exec("DELETE FROM setting WHERE name = '" + raw.MarkSetting + "'")
	storetest.Must(t, err)
	storetest.Must(t, db.Close())
	cases := map[string]struct {
		path   string
		things int
	}{"another's": {at(t, "一", "二", "三"), 3}, "an older state's": {stale, 6}, "another's, no mark": {unmarked, 2}}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			storetest.Must(t, os.WriteFile(c.path+"-wal", log, 0o600))
			before := storetest.Content(t, filepath.Dir(c.path))
			r := open(t, c.path, true)
			if things(t, r) != c.things || len(r.Notices()) != 1 || !strings.Contains(r.Notices()[0], "不是这份台账的") {
				t.Errorf("%d things, %q", things(t, r), r.Notices())
			}
			storetest.Must(t, r.Integrity(context.Background()))
			storetest.Must(t, r.Close())
			if after := storetest.Content(t, filepath.Dir(c.path)); !same(before, after) {
				t.Errorf("changed: %v", storetest.Names(after))
			}
			l := open(t, c.path, false)
			if things(t, l) != c.things || len(l.Notices()) != 1 || !strings.Contains(l.Notices()[0], "不属于本台账的日志") {
				t.Errorf("%d things, %q", things(t, l), l.Notices())
			}
			storetest.Must(t, l.Close())
			kept, err := filepath.Glob(filepath.Join(filepath.Dir(c.path), "ledger-不属于本台账的日志-*.wal"))
			storetest.Must(t, err)
			if len(kept) != 1 {
				t.Fatalf("set aside: %v", kept)
			}
			if b, err := os.ReadFile(kept[0]); err != nil || string(b) != string(log) {
				t.Errorf("what was set aside is another: %v", err)
			}
		})
	}
}

func same(a, b map[string]string) bool {
	for name := range a {
		if a[name] != b[name] {
			return false
		}
	}
	return len(a) == len(b)
}

// TestCutLog cuts a log of a sitting at every frame and beside it: what is left is the
// ledger's own or nothing, and never fewer things than before.
func TestCutLog(t *testing.T) {
	path := killed(t, "铁锹", "锄头")
	log, err := os.ReadFile(path + "-wal")
	storetest.Must(t, err)
	seen := map[int]bool{}
	for end := 32; end <= len(log); end += 24 + 4096 {
		for _, size := range []int{end - 1, end, end + 100} {
			storetest.Must(t, os.WriteFile(path+"-wal", log[:min(size, len(log))], 0o600))
			if v := judge(t, path); v.Log == guard.Foreign {
				t.Fatalf("%d of %d bytes are taken for another's", size, len(log))
			}
			l := open(t, path, true)
			seen[things(t, l)] = true
			storetest.Must(t, l.Close())
		}
	}
	if len(seen) != 3 || !seen[1] || !seen[3] {
		t.Errorf("numbers of things: %v", seen)
	}
}

// TestCutFolding stops while a log is folded into the file, after every page: the log is
// the ledger's own, also without a mark, and nothing is lost.
func TestCutFolding(t *testing.T) {
	for _, marked := range []bool{true, false} {
		path := killed(t, "铁锹", "锄头", "麻绳")
		db := storetest.OpenRaw(t, path)
		if _, err := db.Exec("PRAGMA wal_autocheckpoint = 0"); err != nil {
			t.Fatal(err)
		}
		if marked {
			m := markIn(t, path)
			_, err := db.Exec(`UPDATE setting SET value = '{"state":"open","marks":["FRESH","` + strings.Join(m.Marks, `","`) + `"]}' WHERE name = 'log_mark'`)
			storetest.Must(t, err)
		} else {
			_, err := db.Exec("DELETE FROM setting WHERE name = 'log_mark'")
			storetest.Must(t, err)
		}
		before, err := os.ReadFile(path)
		storetest.Must(t, err)
		log, err := os.ReadFile(path + "-wal")
		storetest.Must(t, err)
		_, err = db.Exec("PRAGMA wal_checkpoint(PASSIVE)")
		storetest.Must(t, err)
		after, err := os.ReadFile(path)
		storetest.Must(t, err)
		storetest.Must(t, db.Close())
		dir := t.TempDir()
		torn := filepath.Join(dir, "ledger.db")
		for at := 0; at <= len(after); at += 4096 {
			file := append([]byte{}, after[:at]...)
			if at < len(before) {
				file = append(file, before[at:]...)
			}
			storetest.Must(t, os.WriteFile(torn, file, 0o600))
			storetest.Must(t, os.WriteFile(torn+"-wal", log, 0o600))
			if v := judge(t, torn); v.Log != guard.Own {
				t.Fatalf("marked %v: after %d pages the log is taken for another's", marked, at/4096)
			}
			if at%(8*4096) == 0 || at+4096 > len(after) {
				l := open(t, torn, true)
				if things(t, l) != 4 {
					t.Errorf("marked %v: after %d pages %d things", marked, at/4096, things(t, l))
				}
				storetest.Must(t, l.Close())
			}
		}
	}
}

func markIn(t *testing.T, path string) raw.Mark {
	t.Helper()
	r, err := raw.OpenReaders(path, raw.Immutable)
	storetest.Must(t, err)
	m, _, err := raw.ReadMark(context.Background(), r)
	storetest.Must(t, err)
	storetest.Must(t, r.Close())
	return m
}

// TestCopiedWithoutLog: a ledger that was copied while the program was open says so; one
// that was copied after leaving, or by a backup, says nothing.
func TestCopiedWithoutLog(t *testing.T) {
	l := open(t, at(t, "水泵"), false)
	add(t, l, "铁锹")
	bare := copies(t, l.Path())
	backup := filepath.Join(t.TempDir(), "backup.db")
	storetest.Must(t, l.Backup(context.Background(), backup))
	storetest.Must(t, l.Close())
	for path, want := range map[string]bool{bare: true, backup: false, copies(t, l.Path()): false} {
		for _, readOnly := range []bool{true, false} {
			c := open(t, path, readOnly)
			if said := len(c.Notices()) == 1 && strings.Contains(c.Notices()[0], "可能不全"); said != want {
				t.Errorf("%s: %q", path, c.Notices())
			}
			storetest.Must(t, c.Close())
		}
	}
}

// TestReaderStandsStill: while one reads a ledger to which nobody wrote, a writer goes on
// without folding its log in; what is read stands still, and the last one leaves nothing
// behind.
func TestReaderStandsStill(t *testing.T) {
	for name, path := range map[string]string{"no log": at(t, "水泵"), "own log": killed(t)} {
		t.Run(name, func(t *testing.T) {
			r := open(t, path, true)
			before := things(t, r)
			file, err := os.ReadFile(path)
			storetest.Must(t, err)
			l := open(t, path, false)
			add(t, l, "铁锹")
			storetest.Save(t, l, storetest.Record(t, l, "thing", "remark", strings.Repeat("字", 20000)))
			beside := open(t, path, true)
			if n := things(t, beside); n != before+2 || things(t, r) != before {
				t.Errorf("beside the writer %d, before it %d, want %d and %d", n, things(t, r), before+2, before)
			}
			storetest.Must(t, beside.Close())
			storetest.Must(t, l.Close())
			if now, err := os.ReadFile(path); err != nil || string(now) != string(file) {
				t.Errorf("the file was written to under the reader: %v", err)
			}
			copied := filepath.Join(t.TempDir(), "copy.db")
			storetest.Must(t, r.Backup(context.Background(), copied))
			storetest.Must(t, r.Integrity(context.Background()))
			storetest.Must(t, r.Close())
			l = open(t, path, false)
			if things(t, l) != before+2 {
				t.Errorf("%d things at the end", things(t, l))
			}
			storetest.Must(t, l.Close())
			if got := storetest.Content(t, filepath.Dir(path)); len(got) != 2 {
				t.Errorf("left: %v", storetest.Names(got))
			}
			c := open(t, copied, true)
			if things(t, c) != before {
				t.Errorf("%d things in the copy", things(t, c))
			}
			storetest.Must(t, c.Close())
		})
	}
}

// TestLogStaysShort: a long sitting folds its log in now and then.
func TestLogStaysShort(t *testing.T) {
	l := open(t, at(t), false)
	marks := map[string]bool{}
	for i := range 20 {
		var recs []*model.Record
		for range 5 {
			recs = append(recs, storetest.Record(t, l, "thing", "remark", strings.Repeat("字", 20000)))
		}
		storetest.Save(t, l, recs...)
		if info, err := os.Stat(l.Path() + "-wal"); err != nil || info.Size() > 8<<20 {
			t.Fatalf("after %d saves: %v, %v", i, info, err)
		}
		marks[markIn(t, l.Path()).Marks[0]] = true
	}
	if len(marks) < 2 {
		t.Error("the log was never folded in")
	}
	storetest.Must(t, l.Close())
	if m := markIn(t, l.Path()); m.State != raw.MarkClosed {
		t.Errorf("closed it says %+v", m)
	}
}

// TestRemember: this machine says when a ledger is older than the one it saw last, until it
// is written to.
func TestRemember(t *testing.T) {
	ctx := context.Background()
	path, note := at(t, "水泵"), filepath.Join(t.TempDir(), "new", "last.json")
	old := copies(t, path)
	sitting := func(path string, readOnly bool, write ...string) []string {
		l := open(t, path, readOnly)
		storetest.Must(t, l.Remember(ctx, note))
		add(t, l, write...)
		storetest.Must(t, l.Close())
		return l.Notices()
	}
	if got := sitting(path, false, "铁锹"); len(got) != 0 {
		t.Errorf("the first time: %q", got)
	}
	for _, readOnly := range []bool{true, false, true} {
		if got := sitting(old, readOnly); len(got) != 1 || !strings.Contains(got[0], "比本机上次用的旧") {
			t.Errorf("the old one: %q", got)
		}
	}
	sitting(old, false, "锄头")
	if got := sitting(old, true); len(got) != 0 {
		t.Errorf("written to: %q", got)
	}
	storetest.Must(t, os.WriteFile(note, []byte("{"), 0o600))
	if got := sitting(path, false); len(got) != 0 {
		t.Errorf("a damaged note: %q", got)
	}
}
