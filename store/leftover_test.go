package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/storetest"
)

// work is what a process does until it is killed: it says "began" and goes on.
var work = map[string]func(t *testing.T, dir string){
	"backup": func(t *testing.T, dir string) {
		l, err := storetest.Open(context.Background(), filepath.Join(dir, "a", "ledger.db"), store.Options{ReadOnly: true})
		storetest.Must(t, err)
		for n := 0; ; n++ {
			for _, to := range []string{"stick", "a"} {
				path := filepath.Join(dir, to, fmt.Sprintf("台账备份_%d_%d.db", os.Getpid(), n))
				storetest.Must(t, l.Backup(context.Background(), path))
				storetest.Must(t, os.Remove(path))
			}
			if n == 0 {
				fmt.Println("began")
			}
		}
	},
	"restore": func(t *testing.T, dir string) {
		for n := 0; ; n++ {
			kept, err := storetest.Restore(context.Background(), filepath.Join(dir, "stick", "备份.db"), filepath.Join(dir, "a", "ledger.db"), store.Options{})
			storetest.Must(t, err)
			if n == 0 {
				fmt.Println("began")
			}
			if n > 0 { // the first holds what the ledger held
				storetest.Must(t, os.Remove(kept))
			}
		}
	},
}

// killAtWork starts a process that works, and kills it after a while.
func killAtWork(t *testing.T, what, dir string, after time.Duration) {
	t.Helper()
	storetest.Kill(t, "TestKilledLeavesNothing", []string{"TAIZHANG_TEST_WORK=" + what, "TAIZHANG_TEST_DIR=" + dir}, after,
		func(said string) bool { return said == "began" })
}

// TestKilledLeavesNothing kills processes that back up and that restore. No file that
// they leave can be opened unless it is whole; and after the next run nothing is left
// that has a person in it, but ledgers under their own names.
func TestKilledLeavesNothing(t *testing.T) {
	if what := os.Getenv("TAIZHANG_TEST_WORK"); what != "" {
		work[what](t, os.Getenv("TAIZHANG_TEST_DIR"))
		return
	}
	rounds := 6
	if os.Getenv("TAIZHANG_LONG") != "" {
		rounds = 300
	}
	p := newPatients(t)
	dice := rand.New(rand.NewPCG(14, 4))
	for what := range work {
		t.Run(what, func(t *testing.T) {
			left := map[string]int{}
			for range rounds {
				ledger, _ := p.lay(t)
				dir := filepath.Dir(filepath.Dir(ledger))
				killAtWork(t, what, dir, time.Duration(dice.Int64N(int64(60*time.Millisecond))))
				for _, name := range noHalfLedger(t, dir) {
					left[name]++
				}
				l, err := storetest.Open(context.Background(), ledger, store.Options{})
				storetest.Must(t, err)
				storetest.Must(t, l.Integrity(context.Background()))
				countOne(t, what, l, inLedger, inBackup)
				storetest.Must(t, l.Backup(context.Background(), filepath.Join(dir, "stick", "next.db")))
				storetest.Must(t, l.Close())
				nobodyLeft(t, dir)
			}
			t.Logf("%d kills left %v", rounds, left)
		})
	}
}

// noHalfLedger wants every file that opens as a ledger to be a whole one, and gives what
// the killed run left under names that are not for people.
func noHalfLedger(t *testing.T, dir string) (left []string) {
	t.Helper()
	ctx := context.Background()
	for _, folder := range []string{"a", "stick"} {
		for name := range storetest.Content(t, filepath.Join(dir, folder)) {
			if strings.HasSuffix(name, ".tmp") {
				left = append(left, folder+"/*.tmp")
			} else if strings.Contains(name, ".restoring") {
				left = append(left, folder+"/"+name)
			}
			if name == "ledger.db" || strings.HasSuffix(name, "-wal") || strings.HasSuffix(name, "-shm") {
				continue
			}
			l, err := storetest.Open(ctx, filepath.Join(dir, folder, name), store.Options{ReadOnly: true})
			if err != nil {
				continue
			}
			if err := l.Integrity(ctx); err != nil {
				t.Errorf("%s/%s opens and is not whole: %v", folder, name, err)
			}
			countOne(t, folder+"/"+name, l, inLedger, inBackup)
			storetest.Must(t, l.Close())
		}
	}
	return left
}

// nobodyLeft wants no person in any file but ledgers under their names and their logs.
func nobodyLeft(t *testing.T, dir string) {
	t.Helper()
	known := [][]byte{[]byte("990101"), []byte("石桥村1组"), []byte("SQLite format 3")}
	for _, folder := range []string{"a", "stick"} {
		for name, content := range storetest.Content(t, filepath.Join(dir, folder)) {
			if strings.HasSuffix(name, ".db") || name == "ledger.db-wal" {
				continue
			}
			if strings.HasSuffix(name, ".tmp") || strings.Contains(name, ".restoring") || strings.Contains(name, ".part") {
				t.Errorf("%s/%s is left", folder, name)
			}
			for _, k := range known {
				if bytes.Contains([]byte(content), k) {
					t.Errorf("%s/%s holds %s", folder, name, k)
				}
			}
		}
	}
}

// TestOldLeftoversGo: what a program before this one left beside the ledger goes when the
// ledger is opened, and stays when it is only read.
func TestOldLeftoversGo(t *testing.T) {
	p := newPatients(t)
	ledger, _ := p.lay(t)
	old := []string{"ledger.db.part", "ledger.db.part-journal", "ledger.db.new", "ledger.db.new-wal", "ledger.db.new-shm", "ledger.db.restoring",
		"台账备份_990101001_20261031-090000.db.part"}
	for _, name := range old {
		storetest.Must(t, os.WriteFile(filepath.Join(filepath.Dir(ledger), name), p.ledger, 0o600))
	}
	for _, readOnly := range []bool{true, false} {
		l, err := storetest.Open(context.Background(), ledger, store.Options{ReadOnly: readOnly})
		storetest.Must(t, err)
		countOne(t, "opened", l, inLedger)
		storetest.Must(t, l.Close())
		for _, name := range old {
			if lies(filepath.Join(filepath.Dir(ledger), name)) != readOnly {
				t.Errorf("%s, opened read-only: %v", name, readOnly)
			}
		}
	}
}

// TestBackupBrokenAtEveryStep: a backup is there whole or not at all, and leaves nothing.
func TestBackupBrokenAtEveryStep(t *testing.T) {
	p := newPatients(t)
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			for at := 1; ; at++ {
				ledger, backup := p.lay(t)
				l, err := storetest.Open(context.Background(), ledger, store.Options{ReadOnly: true})
				storetest.Must(t, err)
				to, total := filepath.Join(filepath.Dir(backup), "new.db"), 0
				leave := disk.Watch(func(disk.Op) error {
					total++
					switch {
					case w.fault != nil && total == at:
						return w.fault
					case w.fault == nil && total >= at:
						return errStopped
					}
					return nil
				})
				err = l.Backup(context.Background(), to)
				leave()
				if errors.Is(w.fault, syscall.ENOSPC) && total >= at && storetest.Code(err) != "E-FULL" {
					t.Errorf("step %d: %v", at, err)
				}
				if err == nil && !lies(to) || total >= at && err == nil {
					t.Errorf("step %d: it says that it is done; it lies there: %v", at, lies(to))
				}
				noHalfLedger(t, filepath.Dir(filepath.Dir(ledger)))
				storetest.Must(t, l.Backup(context.Background(), filepath.Join(filepath.Dir(backup), "next.db")))
				storetest.Must(t, l.Close())
				nobodyLeft(t, filepath.Dir(filepath.Dir(ledger)))
				if total < at {
					t.Logf("%d steps broken", total)
					return
				}
			}
		})
	}
}
