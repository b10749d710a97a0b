package raw_test

import (
	"context"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"taizhang/store/internal/raw"
)

// counted counts how often it is read.
type counted struct {
	io.ReaderAt
	n atomic.Int64
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	c.n.Add(1)
	return c.ReaderAt.ReadAt(b, at)
}

// TestPagesApart lets one connection go through far more than it keeps beside another that
// comes back to few pages: these must not be read again. They were, hundreds of times, when
// all connections took their pages from one store.
func TestPagesApart(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "apart.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(`CREATE TABLE few (text); CREATE TABLE many (text);
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 300) INSERT INTO few SELECT zeroblob(3000) FROM n;
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 4000) INSERT INTO many SELECT zeroblob(3000) FROM n`)
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	busy, busyReads := openCounted(t, path)
	quiet, quietReads := openCounted(t, path)
	const sum = "SELECT sum(length(text)) FROM "
	through := func(q raw.Querier, table string) {
		if n, err := raw.NumberOnce(ctx, q, sum+table+" WHERE text <> 'x'"); err != nil || n == 0 {
			t.Fatalf("%s: %d, %v", table, n, err)
		}
	}
	err = busy.WithCache(ctx, 512, func(busy raw.Querier) error {
		return quiet.WithCache(ctx, 4096, func(quiet raw.Querier) error {
			through(quiet, "few")
			first := quietReads.n.Load()
			if first < 300 {
				t.Errorf("300 pages were read by %d reads", first)
			}
			for range 8 {
				through(busy, "many")
				through(quiet, "few")
			}
			if again := quietReads.n.Load() - first; again > 10 {
				t.Errorf("pages that were kept were read again: %d reads", again)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := busyReads.n.Load(); n < 8*4000 {
		t.Errorf("the other connection kept more than it may: %d reads of 32000", n)
	}
}

func openCounted(t *testing.T, path string) (*raw.Readers, *counted) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	c := &counted{ReaderAt: f}
	r, err := raw.OpenAt(c, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r, c
}
