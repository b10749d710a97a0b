package raw

import (
	_ "unsafe" // for go:linkname

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// pageCaches is what SQLite keeps of its page caches as a whole (pcache1.c).
//
//go:linkname pageCaches modernc.org/sqlite/lib._pcache1_g
var pageCaches sqlite3.TPCacheGlobal

// Every connection keeps pages of its own, as SQLite does unless it is built with
// SQLITE_ENABLE_MEMORY_MANAGEMENT, as the driver is. So built, all connections share one
// store: one that reads much takes the pages of the others, and when the store is full
// these forget each page as soon as they have looked at it, and read it again for every
// row. The driver has no setting for it. It is chosen before the first connection; a
// connection keeps to what it began with.
//
// Nor does it count, under a lock that all take for every piece of memory, how much SQLite
// has: nobody asks.
var _ = keepPagesApart()

func keepPagesApart() bool {
	tls := libc.NewTLS()
	defer tls.Close()
	off := tls.Alloc(8)
	defer tls.Free(8)
	if sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_MEMSTATUS, libc.VaList(off, int32(0))) != sqlite3.SQLITE_OK {
		return false // it goes on counting
	}
	if sqlite3.Xsqlite3_initialize(tls) != sqlite3.SQLITE_OK {
		return false // the first connection says why
	}
	pageCaches.FseparateCache = 1
	return true
}
