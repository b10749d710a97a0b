//go:build unix && !386 && !arm

package breaking_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/internal/storetest"
)

// TestDaily makes the backups of three days by themselves, in the last of them before an act
// too: stopped or failing anywhere, every backup that has its name is whole, those of earlier
// days are there, and the ledger is as it was.
func TestDaily(t *testing.T) {
	look := func(dir string) (string, error) {
		for _, pattern := range []string{"*.db", "*.age"} {
			all, err := filepath.Glob(filepath.Join(copies.Folder(filepath.Join(dir, "ledger.db")), pattern))
			if err != nil {
				return "", err
			}
			for _, path := range all {
				if _, err := atRest(func(string) (*store.Ledger, error) { return storetest.Open(ctx, path, store.Options{ReadOnly: true}) }, dir, nil); err != nil {
					return "", fmt.Errorf("%s: %w", filepath.Base(path), err)
				}
			}
		}
		return lookVillage(dir)
	}
	day := func(n int) func(*sitting) error {
		return func(s *sitting) error {
			src := s.l.Source()
			was := src.Now
			src.Now = func() time.Time { return was().AddDate(0, 0, n) }
			defer func() { src.Now = was }()
			before, err := filepath.Glob(filepath.Join(copies.Folder(s.l.Path()), "*.db"))
			if err != nil {
				return err
			}
			if err := copies.Begin(s.l, copies.Options{}).Daily(ctx); err != nil {
				return err
			}
			if _, err := copies.Before(ctx, s.l, copies.Import); err != nil {
				return err
			}
			for _, path := range before {
				if _, err := os.Lstat(path); err != nil {
					return model.Errorf("E-LOST", "备份“%s”不见了", path)
				}
			}
			return nil
		}
	}
	(&operation{name: "daily", few: 2, begin: beginVillage, look: look, open: openVillage, steps: []func(*sitting) error{
		day(0),
		func(s *sitting) error {
			_, err := s.l.Save(ctx, model.FromForm, storetest.Villager(t, s.l, 10))
			return err
		},
		day(1),
	}}).breakIt(t)
}
