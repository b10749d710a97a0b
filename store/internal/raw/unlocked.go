package raw

import (
	"unsafe"

	"modernc.org/libc"
	"modernc.org/sqlite/lib"
)

// A connection belongs to one caller at a time: database/sql sees to that, and the driver
// asks for it in its own documentation. It opens every connection with a lock around it all
// the same (SQLITE_OPEN_FULLMUTEX), which is taken and given back for every value of every
// row. So each is made what SQLITE_OPEN_NOMUTEX would have made it as soon as it is opened:
// what connections share keeps its locks (sqlite.org/threadsafe.html, multi-thread).
var _ = openUnlocked()

func openUnlocked() bool {
	tls := libc.NewTLS()
	defer tls.Close()
	unlock := unlockConnection
	// A C function pointer as the driver makes them: SQLite calls it with every connection.
	return sqlite3.Xsqlite3_auto_extension(tls, *(*uintptr)(unsafe.Pointer(&unlock))) == sqlite3.SQLITE_OK
}

// unlockConnection is called while the lock is held by the opening connection alone.
func unlockConnection(tls *libc.TLS, connection, _, _ uintptr) int32 {
	c := (*sqlite3.Tsqlite3)(pointer(connection))
	lock := c.Fmutex
	c.Fmutex = 0
	sqlite3.Xsqlite3_mutex_leave(tls, lock)
	sqlite3.Xsqlite3_mutex_free(tls, lock)
	return sqlite3.SQLITE_OK
}

// pointer makes one of an address outside of Go's memory, as which it is not moved.
func pointer(address uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&address)) }
