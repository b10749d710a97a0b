//go:build unix && !386 && !arm

package breaking_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
	"taizhang/store/repair"
)

// TestRepair salvages a ledger of which a page is lost, and stops and breaks it after its
// calls: the damaged file stays as it is, byte for byte, and the new one is there whole or
// not at all.
func TestRepair(t *testing.T) {
	spoil := func(t *testing.T, dir string) {
		beginVillage(t, dir)
		l, err := openVillage(dir)
		storetest.Must(t, err)
		for n := range 20 {
			storetest.Save(t, l, storetest.Villager(t, l, 10+n))
		}
		storetest.Must(t, l.Close())
		path := filepath.Join(dir, "ledger.db")
		data, err := os.ReadFile(path)
		storetest.Must(t, err)
		clear(data[2*4096 : 3*4096]) // the history's first page
		storetest.Must(t, os.WriteFile(path, data, 0o600))
	}
	template := filepath.Join(t.TempDir(), "before")
	storetest.Must(t, os.Mkdir(template, 0o700))
	spoil(t, template)
	damaged, err := os.ReadFile(filepath.Join(template, "ledger.db"))
	storetest.Must(t, err)
	begin := func(t *testing.T, dir string) { storetest.Must(t, os.CopyFS(dir, os.DirFS(template))) }
	step := func(s *sitting) error {
		_, err := repair.Repair(ctx, s.path("ledger.db"), s.path("new.db"), repair.Options{
			Store: store.Options{Book: storetest.Book(storetest.Everything()), Source: source()}})
		return err
	}
	look := func(dir string) (string, error) {
		now, err := os.ReadFile(filepath.Join(dir, "ledger.db"))
		if err != nil {
			return "", err
		}
		if !bytes.Equal(now, damaged) {
			return "", errors.New("the damaged file is another")
		}
		if _, err := os.Stat(filepath.Join(dir, "new.db")); errors.Is(err, fs.ErrNotExist) {
			return "none", nil
		}
		return dump(filepath.Join(dir, "new.db"))
	}
	(&operation{name: "repair", begin: begin, look: look, steps: []func(*sitting) error{step}, few: 2}).breakIt(t)
}
