package raw_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync/atomic"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"taizhang/store/internal/raw"
)

var opened, locked atomic.Int32

func lookAtLock(tls *libc.TLS, connection, _, _ uintptr) int32 {
	opened.Add(1)
	if sqlite3.Xsqlite3_db_mutex(tls, connection) != 0 {
		locked.Add(1)
	}
	return sqlite3.SQLITE_OK
}

// TestConnectionsUnlocked asks SQLite for the lock of each connection as it is opened, after
// openUnlocked was asked: there is none. Nor does SQLite count its memory, which takes a
// lock that all connections share.
func TestConnectionsUnlocked(t *testing.T) {
	tls := libc.NewTLS()
	defer tls.Close()
	look := lookAtLock // of no closure: SQLite keeps its address
	asC := *(*uintptr)(unsafe.Pointer(&look))
	if sqlite3.Xsqlite3_auto_extension(tls, asC) != sqlite3.SQLITE_OK {
		t.Fatal("SQLite takes no extension")
	}
	defer sqlite3.Xsqlite3_cancel_auto_extension(tls, asC)
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "ledger.db")
	db, err := sql.Open("sqlite", path)
	if err == nil {
		_, err = db.Exec("CREATE TABLE one (text)")
	}
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	w, err := raw.OpenWriter(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := raw.OpenReaders(path, raw.ForReading)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []raw.Querier{w, r} {
		if n, err := raw.NumberOnce(ctx, q, "SELECT count(*) FROM sqlite_schema"); err != nil || n != 1 {
			t.Errorf("read %d, %v", n, err)
		}
	}
	if opened.Load() < 3 || locked.Load() > 0 {
		t.Errorf("of %d connections %d are locked", opened.Load(), locked.Load())
	}
	if n := sqlite3.Xsqlite3_memory_used(tls); n != 0 {
		t.Errorf("SQLite counts its memory: %d bytes", n)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}
