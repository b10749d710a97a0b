package raw

import (
	"net/url"
	"path/filepath"
	"strings"
)

// Access says how a connection may use the file.
type Access int

// The ways.
const (
	ForWriting   Access = iota // the one writer
	ForReading                 // beside a writer, of this process or another
	ForMerging                 // of a file that is to stand without its log
	FileReadOnly               // of a file that can't be written
	Immutable                  // nothing writes, and nothing may be created beside the file
)

// cacheKB bounds the pages that a connection keeps, in KB; they take twice as much memory.
var cacheKB = map[Access]string{ForWriting: "12288", ForReading: "2048", ForMerging: "16384", FileReadOnly: "4096", Immutable: "4096"}

// VFS names the layer under SQLite through which every file is reached from now on; ""
// is the system's own. It is for tests that break it.
var VFS string

// address builds the address of a file with url.URL, since a folder may hold #, %, ?,
// spaces and Chinese. The pragmas run in the order given: waiting for a lock comes
// first, so that switching to WAL waits too.
func address(path string, how Access) string {
	q := url.Values{}
	q.Add("_pragma", "busy_timeout(10000)")
	switch how {
	case ForWriting:
		q.Add("_pragma", "journal_mode(WAL)")
		q.Add("_pragma", "synchronous(FULL)")
		q.Add("_pragma", "foreign_keys(1)")
		q.Add("_pragma", "wal_autocheckpoint(0)") // see Writer.Keep
		q.Set("_txlock", "immediate")
		q.Set("mode", "rw")
	case ForReading:
		q.Add("_pragma", "query_only(1)")
		q.Set("mode", "rw")
	case ForMerging:
		q.Set("mode", "rw")
	case FileReadOnly:
		q.Set("mode", "ro")
	case Immutable:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	}
	q.Add("_pragma", "temp_store(MEMORY)") // no personal data in the temp folder
	// A village's file has 5 MB, a county's hundreds: each connection keeps its own pages,
	// and all of them together have to stay small.
	q.Add("_pragma", "cache_size(-"+cacheKB[how]+")")
	q.Set("_dqs", "0")
	if VFS != "" {
		q.Set("vfs", VFS)
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}
	return u.String()
}
