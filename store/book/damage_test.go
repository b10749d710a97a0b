package book_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/internal/storetest"
)

// TestDamageOrOlder: what an older program never wrote is added, also to a ledger that
// keeps no digest of its schema; what a ledger had and has lost is damage, whatever its age.
func TestDamageOrOlder(t *testing.T) {
	noDigest := "DELETE FROM setting WHERE name = 'schema_digest'"
	for _, c := range []struct {
		name, says string // "" opens for writing
		old        bool
		run        []string
	}{
		{"without digest", "", false, []string{noDigest}},
		{"before a table that came within the version", "", false, []string{noDigest, "DROP TABLE due_settled", "DROP TABLE handed_out", "DROP TABLE compared", "DROP TABLE admission_material"}},
		{"before a column of the version", "", true, nil},
		{"with digest, a later table lost", "纸上已办", false, []string{"DROP TABLE due_settled"}},
		{"without digest, persons lost", "缺少“人员”的表", false, []string{noDigest, "DROP TABLE person"}},
		{"without digest, a column lost", "学历", false, []string{noDigest, "ALTER TABLE person DROP COLUMN education"}},
		{"without digest, a column of the version lost", "减免或低档批准", false, []string{noDigest, "ALTER TABLE person DROP COLUMN dues_approval"}},
		{"without digest, links lost", "“参训登记”", false, []string{noDigest, "DROP TABLE training_attendance"}},
		{"of the first version, persons lost", "缺少“人员”的表", true, []string{"DROP TABLE person"}},
		{"of the first version, links lost", "缺少", true, []string{"DROP TABLE activity_attendance"}},
		{"with digest, said to be of the first version", "第 1 版", false, []string{"PRAGMA user_version = 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			path := filepath.Join(t.TempDir(), "ledger.db")
			if c.old {
				path = storetest.Unpack(t, filepath.Join("..", "testdata", "schema1", "small.db.gz"), t.TempDir())
			} else {
				l, err := book.Create(ctx, path, storetest.Village, store.Options{Source: storetest.Clock(1)})
				storetest.Must(t, err)
				storetest.Must(t, l.Close())
			}
			db := storetest.OpenRaw(t, path)
			for _, s := range append([]string{"PRAGMA foreign_keys = 0"}, c.run...) {
				_, err := db.Exec(s)
				storetest.Must(t, err)
			}
			for range 2 { // opened again it is as before
				l, err := book.Open(ctx, path, store.Options{Source: storetest.Clock(2)})
				if c.old && c.says != "" { // so little of it can be looked at that it isn't opened
					if storetest.Code(err) != "E-DAMAGED" || !strings.Contains(err.Error(), c.says) {
						t.Errorf("got %v", err)
					}
					continue
				}
				storetest.Must(t, err)
				damage := l.Damage()
				_, saveErr := l.Save(ctx, model.FromForm)
				storetest.Must(t, l.Close())
				switch {
				case c.says == "" && (damage != nil || l.ReadOnly() || saveErr != nil):
					t.Errorf("damaged: %+v, %v", damage, saveErr)
				case c.says != "" && (damage == nil || !l.ReadOnly() || !strings.Contains(damage.Text(), c.says)):
					t.Errorf("not damaged as it should be: %+v", damage)
				}
			}
		})
	}
}
