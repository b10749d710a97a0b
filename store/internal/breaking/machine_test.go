//go:build unix && !386 && !arm

package breaking_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/breaking"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/storetest"
)

// TestSeen: both streams are one, in order, and a save syncs its log before it says done.
func TestSeen(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	m := breaking.Watch(t, dir)
	storetest.Must(t, m.Record())
	l, err := storetest.Make(ctx, filepath.Join(dir, "ledger.db"), storetest.Village, store.Options{Source: storetest.Clock(1)})
	storetest.Must(t, err)
	storetest.Save(t, l, storetest.Villager(t, l, 1))
	_, tape := m.Tape()
	storetest.Must(t, l.Close())
	seen := map[string]bool{}
	for _, c := range tape {
		who := "ours"
		if c.SQLite {
			who = "sqlite"
		}
		seen[who+" "+c.Kind.String()+" "+filepath.Base(c.Path)] = true
	}
	for _, want := range []string{"ours make ledger.db.new", "sqlite make ledger.db.new-wal", "sqlite write ledger.db.new", "sqlite sync ledger.db.new",
		"ours rename ledger.db.new", "ours sync folder " + filepath.Base(dir), "sqlite share ledger.db-shm", "sqlite write ledger.db-wal"} {
		if !seen[want] {
			t.Errorf("no %s among %d calls", want, len(tape))
		}
	}
	last := tape[len(tape)-1]
	if !last.SQLite || last.Kind != breaking.Synced || filepath.Base(last.Path) != "ledger.db-wal" {
		t.Errorf("the last call of a save is %s %s", last.Kind, last.Path)
	}
}

// TestFails: the call named fails, and no other; one that stays broken fails on.
func TestFails(t *testing.T) {
	dir := t.TempDir()
	m := breaking.Watch(t, dir)
	path := filepath.Join(dir, "a")
	write := func() error { return disk.WholeBytes(path, bytes.Repeat([]byte("甲"), 600)) }
	storetest.Must(t, write())
	all := m.Calls()
	for n := 1; n <= all+1; n++ {
		m.Break(breaking.Fault{Call: n, Errno: syscall.EIO})
		if err := write(); (err != nil) != (n <= all) {
			t.Errorf("call %d of %d: %v", n, all, err)
		}
		if failed := m.Mend(); len(failed) > 1 {
			t.Errorf("call %d: %d failed", n, len(failed))
		}
	}
	m.Break(breaking.Fault{Call: 2, Errno: syscall.ENOSPC, Stays: true})
	if err := write(); err == nil {
		t.Error("a full disk took the file")
	}
	m.Mend()
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || !slices.Equal(left, []string{path}) {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestLeft: what was not synced may be lost, what was synced may not.
func TestLeft(t *testing.T) {
	dir := t.TempDir()
	m := breaking.Watch(t, dir)
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	storetest.Must(t, disk.WholeBytes(one, []byte("old")))
	storetest.Must(t, m.Record())
	f, err := disk.Create(two)
	storetest.Must(t, err)
	_, err = f.Write(bytes.Repeat([]byte("x"), 4096))
	storetest.Must(t, err)
	storetest.Must(t, f.Sync())
	storetest.Must(t, f.Close())
	storetest.Must(t, disk.Rename(two, one))
	storetest.Must(t, disk.SyncFolder(dir))
	before, tape := m.Tape()
	if len(tape) != 5 {
		t.Fatalf("%d calls: %v", len(tape), tape)
	}
	// What stands under the two names after each call, by what is left.
	want := []struct{ synced, all [2]int }{
		{[2]int{3, -1}, [2]int{3, -1}}, {[2]int{3, -1}, [2]int{3, 0}}, {[2]int{3, -1}, [2]int{3, 4096}},
		{[2]int{3, -1}, [2]int{3, 4096}}, {[2]int{3, -1}, [2]int{4096, -1}}, {[2]int{4096, -1}, [2]int{4096, -1}}}
	for n := range want {
		if n > 0 {
			before.Do(tape[n-1])
		}
		for left, sizes := range map[breaking.Left][2]int{breaking.OnlySynced: want[n].synced, breaking.Everything: want[n].all} {
			to := filepath.Join(t.TempDir(), "left")
			storetest.Must(t, before.Write(to, left, 1))
			if got := [2]int{size(to, "one"), size(to, "two")}; got != sizes {
				t.Errorf("after %d, %s: %v instead of %v", n, left, got, sizes)
			}
		}
	}
}

func size(dir, name string) int {
	info, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		return -1
	}
	return int(info.Size())
}
