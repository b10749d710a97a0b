package kills

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
)

// restores saves, backs up and puts an old backup in the ledger's place. What stands
// there in the end is the old ledger with all its saves, or the backup; then the old one
// is kept beside it, with all its saves.
var restores = job{name: "restores", share: 3, reset: 1 << 30, acts: 14, prepare: prepareRestores, work: restoreUntilKilled, check: checkRestores}

const (
	oldBackup  = "旧备份.db" // holds one member
	backups    = "备份"     // the folder of those made on the way
	restoredBy = "老党员"    // the member
)

func prepareRestores(t *testing.T, dir string) {
	t.Helper()
	newLedger(t, dir)
	l, err := book.Open(ctx, filepath.Join(dir, ledgerFile), store.Options{})
	must(t, err)
	must(t, saveMember(l, restoredBy))
	must(t, l.Backup(ctx, filepath.Join(dir, oldBackup)))
	must(t, l.Close())
	must(t, os.Mkdir(filepath.Join(dir, backups), 0o700))
}

func restoreUntilKilled(dir string, round int, say func(string, int)) error {
	path := filepath.Join(dir, ledgerFile)
	for i := 0; ; i++ {
		l, err := book.Open(ctx, path, store.Options{})
		if err != nil {
			return err
		}
		if i == 0 {
			say("ready", 0)
		}
		for k := range 3 {
			if err := saveMember(l, fmt.Sprintf("新%d-%d-%d", round, i, k)); err != nil {
				return err
			}
			say("new", 3*i+k)
		}
		if err := l.Backup(ctx, filepath.Join(dir, backups, fmt.Sprintf("%d-%d.db", round, i))); err != nil {
			return err
		}
		say("backup", i)
		// One more, so that a backup is not all that there is.
		if err := saveMember(l, fmt.Sprintf("后%d-%d", round, i)); err != nil {
			return err
		}
		say("after", i)
		if err := l.Close(); err != nil {
			return err
		}
		say("restoring", i)
		if _, err := book.Restore(ctx, filepath.Join(dir, oldBackup), path, store.Options{}); err != nil {
			return err
		}
		say("restored", i)
	}
}

func checkRestores(t *testing.T, dir string, round int, said acts, n *tally) {
	t.Helper()
	path := filepath.Join(dir, ledgerFile)
	if _, err := os.Stat(path); err != nil && !wholeRestoreIsBuilt {
		n.miss(&n.lost, "there is no ledger: %v", err)
		again(t, dir)
		return
	}
	var found map[string]int
	open(t, path, n, func(l *store.Ledger) {
		found = names(t, l, n)
		// The next run in the folder of the backups takes away what lies about there.
		must(t, l.Backup(ctx, filepath.Join(dir, backups, "下一次.db")))
	})
	if found == nil {
		again(t, dir)
		return
	}
	n.want(found, restoredBy, 1)
	done := len(said.of("restored")) // rounds of the child that ended with a restore
	mine := kept(t, dir, n)
	standing := acknowledged(round, done, said)
	last := said[max(len(said)-1, 0):]
	if len(last) == 1 && last[0].what == "restoring" && missing(found, standing) > 0 {
		// The restore was under way, and the backup stands there: the old one is kept.
		n.looked++
		if best := fewestMissing(mine, standing); best > 0 || len(mine) == 0 {
			n.miss(&n.lost, "the backup stands there, and of the ledger that was kept beside it %d saves of %d are gone", best, len(standing))
		}
	} else {
		for _, name := range standing {
			n.want(found, name, 1)
		}
	}
	for i := range done { // every restore that was acknowledged has kept what was there
		n.looked++
		if old := acknowledged(round, i, said); len(mine) == 0 || fewestMissing(mine, old) > 0 {
			n.miss(&n.lost, "of what restore %d has kept %d saves of %d are gone", i, fewestMissing(mine, old), len(old))
		}
	}
	checkBackups(t, dir, round, said, n)
	clearKept(t, dir)
}

// again begins with a new ledger, after one was lost.
func again(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		must(t, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	prepareRestores(t, dir)
}

// acknowledged gives the names saved in the child's turn number i.
func acknowledged(round, i int, said acts) []string {
	var all []string
	for _, k := range said.of("new") {
		if k/3 == i {
			all = append(all, fmt.Sprintf("新%d-%d-%d", round, i, k%3))
		}
	}
	for _, k := range said.of("after") {
		if k == i {
			all = append(all, fmt.Sprintf("后%d-%d", round, i))
		}
	}
	return all
}

func missing(found map[string]int, names []string) (n int) {
	for _, name := range names {
		if found[name] != 1 {
			n++
		}
	}
	return n
}

// fewestMissing gives how many of the names the best of the ledgers lacks.
func fewestMissing(ledgers []map[string]int, names []string) int {
	best := len(names)
	for _, found := range ledgers {
		best = min(best, missing(found, names))
	}
	return best
}

// kept reads the ledgers that restores have kept.
func kept(t *testing.T, dir string, n *tally) (all []map[string]int) {
	t.Helper()
	for _, path := range keptFiles(t, dir) {
		if !strings.HasSuffix(path, ".db") {
			continue
		}
		open(t, path, n, func(l *store.Ledger) { all = append(all, names(t, l, n)) })
	}
	return all
}

func keptFiles(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var all []string
	for _, e := range entries {
		if strings.Contains(e.Name(), "恢复前") {
			all = append(all, filepath.Join(dir, e.Name()))
		}
	}
	return all
}

func clearKept(t *testing.T, dir string) {
	t.Helper()
	for _, path := range keptFiles(t, dir) {
		must(t, os.Remove(path))
	}
}

// checkBackups wants every backup that was acknowledged, and nothing by such a name that
// is not whole.
func checkBackups(t *testing.T, dir string, round int, said acts, n *tally) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, backups))
	must(t, err)
	there := map[string]bool{}
	for _, e := range entries {
		path := filepath.Join(dir, backups, e.Name())
		if filepath.Ext(path) != ".db" {
			continue // told of by what is left behind
		}
		there[e.Name()] = true
		open(t, path, n, func(*store.Ledger) {})
		for _, suffix := range []string{"", ".lock", ".holder"} {
			if err := os.Remove(path + suffix); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
	for _, i := range said.of("backup") {
		n.looked++
		if !there[fmt.Sprintf("%d-%d.db", round, i)] {
			n.miss(&n.lost, "backup %d is not there", i)
		}
	}
}
