package store_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/storetest"
)

// TestRestoreRefuses: nothing is changed, and a sentence says why.
func TestRestoreRefuses(t *testing.T) {
	p := newPatients(t)
	cases := []struct {
		name, code string
		from       func(t *testing.T, ledger, backup string) string
	}{
		{"the ledger itself", "E-SAME", func(_ *testing.T, ledger, _ string) string { return ledger }},
		{"a symbolic link to the ledger", "E-SAME", func(t *testing.T, ledger, backup string) string {
			link := backup + ".link.db"
			if err := os.Symlink(ledger, link); err != nil {
				t.Skip("no links here:", err)
			}
			return link
		}},
		{"a second name of the ledger", "E-SAME", func(t *testing.T, ledger, backup string) string {
			if err := os.Link(ledger, backup+".same.db"); err != nil {
				t.Skip("no links here:", err)
			}
			return backup + ".same.db"
		}},
		{"no such file", "E-NOFILE", func(_ *testing.T, _, backup string) string { return backup + "x" }},
		{"a cut backup", "E-CORRUPT", func(t *testing.T, _, backup string) string {
			storetest.Must(t, os.Truncate(backup, int64(len(p.backup)/2)))
			return backup
		}},
		{"a stick that is pulled out", "E-CORRUPT", func(t *testing.T, _, backup string) string {
			// More than is kept in memory: it has to be read again when it is copied.
			run(t, backup, "INSERT INTO setting (name, value) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24) SELECT 'big' || i, hex(zeroblob(524288)) FROM n")
			done := false
			t.Cleanup(disk.Watch(func(op disk.Op) error {
				if op.Kind == disk.Made && strings.HasSuffix(op.Path, ".tmp") && !done {
					done = true
					return os.Truncate(backup, 8192)
				}
				return nil
			}))
			return backup
		}},
		{"in use", "E-LOCKED", func(t *testing.T, ledger, backup string) string {
			l, err := storetest.Open(context.Background(), ledger, store.Options{})
			storetest.Must(t, err)
			t.Cleanup(func() { storetest.Must(t, l.Close()) })
			return backup
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ledger, backup := p.lay(t)
			from := c.from(t, ledger, backup)
			names := entries(t, ledger)
			_, err := storetest.Restore(context.Background(), from, ledger, store.Options{})
			if storetest.Code(err) != c.code {
				t.Errorf("got %v, want %s", err, c.code)
			}
			if after := entries(t, ledger); after != names {
				t.Errorf("there are %s, there were %s", after, names)
			}
			l, err := storetest.Open(context.Background(), ledger, store.Options{ReadOnly: true})
			storetest.Must(t, err)
			countOne(t, c.name, l, inLedger)
			storetest.Must(t, l.Close())
		})
	}
}
