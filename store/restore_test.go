package store_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/storetest"
)

// How many villagers the ledger and its backup hold. Some of the ledger's stand in its log
// alone.
const (
	inLedger = 5
	inBackup = 9
)

// patients holds what every trial begins with: a ledger with a log that waits, and a
// backup.
type patients struct {
	ledger, log, backup []byte
}

func newPatients(t *testing.T) patients {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	var p patients
	make := func(name string, n int) *store.Ledger {
		l, err := storetest.Make(ctx, filepath.Join(dir, name), storetest.Village, store.Options{})
		storetest.Must(t, err)
		for i := range n {
			storetest.Save(t, l, storetest.Villager(t, l, i))
		}
		return l
	}
	l := make("backup", inBackup)
	storetest.Must(t, l.Backup(ctx, filepath.Join(dir, "copy.db")))
	storetest.Must(t, l.Close())
	p.backup = read(t, filepath.Join(dir, "copy.db"))
	l = make("ledger.db", 2)
	storetest.Must(t, l.Close())
	l, err := storetest.Open(ctx, filepath.Join(dir, "ledger.db"), store.Options{})
	storetest.Must(t, err)
	for i := 2; i < inLedger; i++ {
		storetest.Save(t, l, storetest.Villager(t, l, i))
	}
	p.ledger, p.log = read(t, filepath.Join(dir, "ledger.db")), read(t, filepath.Join(dir, "ledger.db-wal"))
	storetest.Must(t, l.Close())
	if len(p.log) == 0 {
		t.Fatal("the ledger has no log")
	}
	return p
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	storetest.Must(t, err)
	return b
}

// lay puts the files of a trial into a new folder.
func (p patients) lay(t *testing.T) (ledger, backup string) {
	t.Helper()
	dir := t.TempDir()
	ledger, backup = filepath.Join(dir, "a", "ledger.db"), filepath.Join(dir, "stick", "备份.db")
	for _, f := range []struct {
		path    string
		content []byte
	}{{ledger, p.ledger}, {ledger + "-wal", p.log}, {backup, p.backup}} {
		if f.content == nil {
			continue
		}
		storetest.Must(t, os.MkdirAll(filepath.Dir(f.path), 0o700))
		storetest.Must(t, os.WriteFile(f.path, f.content, 0o600))
	}
	return ledger, backup
}

// errStopped is what every step of a machine ends with that has stopped.
var errStopped = errors.New("the machine has stopped")

// way is a disk that breaks at one step.
type way struct {
	name  string
	links bool  // whether it knows links
	fault error // of the one step; nil: the machine stops there
}

var ways = []way{
	{"stopped", true, nil}, {"stopped on a stick", false, nil},
	{"full", true, syscall.ENOSPC}, {"full on a stick", false, syscall.ENOSPC},
	{"broken", true, syscall.EIO}, {"broken on a stick", false, syscall.EIO},
}

// restoreBroken restores and breaks step at; total is how many steps there were.
func restoreBroken(w way, at int, ledger, backup string) (kept string, total int, err error) {
	leave := disk.Watch(func(op disk.Op) error {
		total++
		switch {
		case w.fault != nil && total == at:
			return &fs.PathError{Op: "test", Path: op.Path, Err: w.fault}
		case w.fault == nil && total >= at:
			return errStopped
		case op.Kind == disk.Linked && !w.links:
			return syscall.EPERM
		}
		return nil
	})
	defer leave()
	kept, err = storetest.Restore(context.Background(), backup, ledger, store.Options{})
	return kept, total, err
}

// TestRestoreBrokenAtEveryStep breaks a restore at every step in turn: afterwards the old
// ledger stands there with all that was saved, or the new one; nothing else lies beside
// but what is kept, whole.
func TestRestoreBrokenAtEveryStep(t *testing.T) {
	p := newPatients(t)
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			outcomes := map[string]int{}
			steps := 0
			for at := 1; ; at++ {
				ledger, backup := p.lay(t)
				kept, total, err := restoreBroken(w, at, ledger, backup)
				if total < at {
					steps = total
					if err != nil {
						t.Fatal(err)
					}
					break
				}
				outcomes[afterBroken(t, fmt.Sprintf("step %d", at), ledger, kept, err)]++
			}
			if steps < 12 || outcomes["old"] == 0 || outcomes["new"] == 0 {
				t.Errorf("%d steps: %v", steps, outcomes)
			}
			t.Logf("%d steps broken: %v", steps, outcomes)
		})
	}
}

// afterBroken looks at what a broken restore has left, first reading only, and says
// which ledger stands there.
func afterBroken(t *testing.T, at, ledger, kept string, failed error) string {
	t.Helper()
	ctx := context.Background()
	note := lies(disk.NotePath(ledger))
	names := entries(t, ledger)
	l, err := storetest.Open(ctx, ledger, store.Options{ReadOnly: true})
	switch code := storetest.Code(err); {
	case err == nil:
		if note != (ofRestore(l) != "") {
			t.Errorf("%s: a note lies there: %v; reading only says %q", at, note, ofRestore(l))
		}
		countOne(t, at+", reading only", l, inLedger, inBackup)
		storetest.Must(t, l.Close())
	case !note || code != "E-RESTORING":
		t.Errorf("%s: reading only: %v", at, err)
	}
	if after := entries(t, ledger); after != names {
		t.Errorf("%s: reading only made %s of %s", at, after, names)
	}
	l, err = storetest.Open(ctx, ledger, store.Options{})
	if err != nil {
		t.Fatalf("%s: %v; there are %s", at, err, entries(t, ledger))
	}
	defer func() { storetest.Must(t, l.Close()) }()
	storetest.Must(t, l.Integrity(ctx))
	if note != (ofRestore(l) != "") {
		t.Errorf("%s: a note lay there: %v; it says %q", at, note, ofRestore(l))
	}
	n := countOne(t, at, l, inLedger, inBackup)
	if failed == nil && n != inBackup {
		t.Errorf("%s: restoring said that it was done, and %d villagers are there", at, n)
	}
	old := copies(t, ledger)
	if (n == inBackup) != (len(old) == 1) {
		t.Fatalf("%s: with %d villagers in the ledger, %v are kept", at, n, old)
	}
	if n == inBackup {
		wholeCopy(t, at, old[0], inLedger)
		if failed == nil && kept != old[0] {
			t.Errorf("%s: kept as %q, said %q", at, old[0], kept)
		}
	}
	for name := range storetest.Content(t, filepath.Dir(ledger)) {
		if strings.Contains(name, ".restoring") || strings.HasSuffix(name, ".tmp") || strings.Contains(name, ".db-恢复前") {
			t.Errorf("%s: %s is left", at, name)
		}
	}
	if n == inLedger {
		return "old"
	}
	return "new"
}

// countOne wants one of two numbers of villagers.
func countOne(t *testing.T, at string, l *store.Ledger, either ...int) int {
	t.Helper()
	n, err := l.Count(context.Background(), store.Query{Kind: "villager"})
	storetest.Must(t, err)
	for _, want := range either {
		if n == want {
			return n
		}
	}
	t.Errorf("%s: %d villagers, want one of %v", at, n, either)
	return n
}

// wholeCopy opens a kept ledger where nothing can be written.
func wholeCopy(t *testing.T, at, path string, want int) {
	t.Helper()
	l, err := storetest.Open(context.Background(), path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("%s: %s: %v", at, path, err)
	}
	defer func() { storetest.Must(t, l.Close()) }()
	storetest.Must(t, l.Integrity(context.Background()))
	countOne(t, at+", kept", l, want)
}

func lies(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// ofRestore gives what opening said of a restore that had been interrupted, "" for nothing.
func ofRestore(l *store.Ledger) string {
	for _, said := range l.Notices() {
		if strings.Contains(said, "恢复") {
			return said
		}
	}
	return ""
}

// entries names the files beside a ledger, without what SQLite and the lock keep there.
func entries(t *testing.T, ledger string) string {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(ledger))
	storetest.Must(t, err)
	var all []string
	for _, e := range list {
		if n := e.Name(); !strings.HasSuffix(n, "-shm") && !strings.HasSuffix(n, "-wal") && !strings.HasSuffix(n, ".lock") && !strings.HasSuffix(n, ".holder") {
			all = append(all, n)
		}
	}
	return strings.Join(all, " ")
}

// copies gives the ledgers that restores have kept.
func copies(t *testing.T, ledger string) []string {
	t.Helper()
	all, err := filepath.Glob(strings.TrimSuffix(ledger, ".db") + "-恢复前-*.db")
	storetest.Must(t, err)
	return all
}

// TestRestoreOverDamage: a ledger that can't be read any more keeps its log, and both are
// put aside together, at whatever step the restore breaks.
func TestRestoreOverDamage(t *testing.T) {
	p := newPatients(t)
	copy(p.ledger, "no database file")
	copy(p.ledger[len(p.ledger)-8192:], strings.Repeat("Z", 8192))
	for _, w := range ways[:4] {
		t.Run(w.name, func(t *testing.T) {
			for at := 1; ; at++ {
				ledger, backup := p.lay(t)
				_, total, err := restoreBroken(w, at, ledger, backup)
				if total < at {
					storetest.Must(t, err)
				}
				p.afterDamage(t, at, ledger)
				if total < at {
					return
				}
			}
		})
	}
}

// afterDamage wants the damaged ledger with its log as they were, in their place or
// aside.
func (p patients) afterDamage(t *testing.T, at int, ledger string) {
	t.Helper()
	l, err := storetest.Open(context.Background(), ledger, store.Options{})
	where := ledger
	switch code := storetest.Code(err); {
	case err == nil:
		countOne(t, fmt.Sprint("step ", at), l, inBackup)
		storetest.Must(t, l.Close())
		old := copies(t, ledger)
		if len(old) != 1 {
			t.Fatalf("step %d: kept %v", at, old)
		}
		where = old[0]
	case code != "E-NOTLEDGER":
		t.Fatalf("step %d: %v; there are %s", at, err, entries(t, ledger))
	}
	if string(read(t, where)) != string(p.ledger) || string(read(t, where+"-wal")) != string(p.log) {
		t.Errorf("step %d: %s and its log are not as they were", at, where)
	}
}

// TestRestoreThroughALink: the file that a link points to is replaced, and the link stays.
func TestRestoreThroughALink(t *testing.T) {
	p := newPatients(t)
	ledger, backup := p.lay(t)
	link := filepath.Join(t.TempDir(), "台账.db")
	if err := os.Symlink(ledger, link); err != nil {
		t.Skip("no links here:", err)
	}
	kept, err := storetest.Restore(context.Background(), backup, link, store.Options{})
	storetest.Must(t, err)
	if filepath.Dir(kept) != filepath.Dir(ledger) {
		t.Errorf("kept as %s", kept)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	wholeCopy(t, "through a link", link, inBackup)
	wholeCopy(t, "through a link", kept, inLedger)
}

// TestRestoreWhereNothingIs: no ledger, perhaps a log that has lost its own; the log is
// not taken for the new one's.
func TestRestoreWhereNothingIs(t *testing.T) {
	p := newPatients(t)
	for _, log := range [][]byte{nil, p.log} {
		alone := p
		alone.ledger, alone.log = nil, log
		ledger, backup := alone.lay(t)
		kept, err := storetest.Restore(context.Background(), backup, filepath.Join(filepath.Dir(ledger), "ledger.db"), store.Options{})
		if err != nil || kept != "" {
			t.Fatalf("kept %q, %v", kept, err)
		}
		wholeCopy(t, "alone", ledger, inBackup)
		if log == nil {
			continue
		}
		logs, err := filepath.Glob(strings.TrimSuffix(ledger, ".db") + "-恢复前-*.db-wal")
		if err != nil || len(logs) != 1 || string(read(t, logs[0])) != string(log) {
			t.Errorf("the log is kept as %v, %v", logs, err)
		}
	}
}

// TestBesideIsNamed: no new ledger is begun without a word on what lies there.
func TestBesideIsNamed(t *testing.T) {
	dir := t.TempDir()
	ledger := filepath.Join(dir, "ledger.db")
	for _, name := range []string{"ledger-恢复前-20261031-090000.db", "ledger-恢复前-20261031-090000.db-wal", "ledger.db.restoring", "ledger.db.restoring.json",
		"台账备份_990101001_20261031-090000.db", "ledger.db.part", "ledger.v1.db", "旧台账.db", "ledger.db-wal"} {
		storetest.Must(t, os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600))
	}
	for _, name := range []string{"taizhang.log", "ledger.db.lock", "名册.xlsx"} {
		storetest.Must(t, os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600))
	}
	found := store.FindBeside(ledger)
	if len(found) != 9 || !found[0].Copy || !found[3].Copy || found[4].Copy {
		t.Errorf("%+v", found)
	}
	_, err := storetest.Open(context.Background(), ledger, store.Options{ReadOnly: true})
	var known *model.Error
	if !errors.As(err, &known) || known.Code != "E-NOFILE" || !strings.Contains(known.Message, "旁边有") || !strings.Contains(known.Message, "9 个文件") {
		t.Errorf("%v", err)
	}
	if got := store.FindBeside(filepath.Join(dir, "no", "such.db")); got != nil {
		t.Errorf("in no folder: %v", got)
	}
}
