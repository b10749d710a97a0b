//go:build unix && !386 && !arm

package breaking_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestRestore puts a backup in the place of a ledger whose last saves stand in its log
// alone: afterwards there is the one or the other, with all that it holds, and of the old
// one nothing is lost either.
//
// It holds for a restore that is all or nothing: the log merged first, the new file whole
// beside, one renaming, and store.Open ending what was interrupted. Where the files
// change places one after another it fails.
func TestRestore(t *testing.T) {
	begin := func(t *testing.T, dir string) {
		work := t.TempDir()
		beginVillage(t, work)
		l, err := openVillage(work)
		storetest.Must(t, err)
		storetest.Must(t, l.Backup(ctx, filepath.Join(dir, "备份.db")))
		for n := range 3 {
			storetest.Save(t, l, storetest.Villager(t, l, 10+n))
		}
		for _, name := range []string{"ledger.db", "ledger.db-wal"} {
			data, err := os.ReadFile(filepath.Join(work, name))
			storetest.Must(t, err)
			storetest.Must(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
		}
		storetest.Must(t, l.Close())
	}
	restore := func(s *sitting) error {
		_, err := store.Restore(ctx, s.path("备份.db"), s.path("ledger.db"), store.Options{Book: storetest.Book(storetest.Everything()), Source: source()})
		return err
	}
	template := filepath.Join(t.TempDir(), "before")
	storetest.Must(t, os.Mkdir(template, 0o700))
	begin(t, template)
	old, err := lookVillage(copyFolder(t, template))
	storetest.Must(t, err)
	look := func(dir string) (string, error) {
		state, err := lookVillage(dir)
		if err != nil || state == old {
			return state, err
		}
		return state, kept(dir, old)
	}
	(&operation{name: "restore", begin: begin, look: look, steps: []func(*sitting) error{restore}}).breakIt(t)
}

// kept finds the old ledger beside the one that was put in its place, whole.
func kept(dir, old string) error {
	found, err := filepath.Glob(filepath.Join(dir, "ledger"+keptMark+"*.db"))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return errors.New("the old ledger is not kept")
	}
	for _, path := range found {
		state, err := dump(path)
		if err != nil {
			return fmt.Errorf("the old ledger: %w", err)
		}
		if state == old {
			return nil
		}
	}
	return errors.New("of the old ledger something is lost")
}
