package raw

import (
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"modernc.org/sqlite"
	"modernc.org/sqlite/vfs"
)

// POSIX locks end when any descriptor of the file is closed, and this program opens and
// closes the ledger's own file; locks of an open file description don't. They have to be
// chosen before the first lock, and exist on Linux alone: elsewhere it stays as it is.
var _, _ = sqlite.OFDLocking(true)

// snapshotName is how SQLite calls the file of a snapshot.
const snapshotName = "ledger.db"

// OpenSnapshot connects to a ledger's file together with the log that waits beside it, as
// both stand now: of the log the first size bytes, which must end with a whole
// transaction. Nothing is written, locked or made, not even the log's index. The caller
// sees to it that nobody folds the log into the file meanwhile; main stays open until the
// readers are closed, which closes log.
func OpenSnapshot(main, log *os.File, size int64) (*Readers, error) {
	info, err := main.Stat()
	if err != nil {
		return nil, err
	}
	return openServed(snapshot{main, log, info.Size(), size}, cacheKB[FileReadOnly], log.Close)
}

// OpenAt connects to a database that lies somewhere whole, e.g. within an encrypted file: of
// size bytes, without a log. Nothing is written or locked.
func OpenAt(main io.ReaderAt, size int64) (*Readers, error) {
	return openServed(snapshot{main: main, mainSize: size}, cacheKB[ForWriting], func() error { return nil })
}

func openServed(s snapshot, cache string, closed func() error) (*Readers, error) {
	if err := errors.Join(registerRank(), registerLegible()); err != nil {
		return nil, err
	}
	name, served, err := vfs.New(s)
	if err != nil {
		return nil, err
	}
	q := url.Values{}
	// The lock comes before the first access: then the log's index is kept in memory. The
	// driver runs them by their names, and the size of the cache would be an access.
	q.Add("_pragma", "locking_mode(EXCLUSIVE)")
	q.Add("_pragma", "main.cache_size(-"+cache+")")
	q.Add("_pragma", "query_only(1)")
	q.Add("_pragma", "temp_store(MEMORY)")
	q.Set("_dqs", "0")
	q.Set("mode", "ro")
	q.Set("vfs", name)
	db, err := sql.Open("sqlite", "file:"+snapshotName+"?"+q.Encode())
	if err != nil {
		return nil, errors.Join(err, served.Close())
	}
	return newReaders(db, func() error { return errors.Join(served.Close(), closed()) }), nil
}

// Into names the file that VACUUM INTO is to write: a snapshot's own layer can't write.
func (r *Readers) Into(path string) string {
	if r.served == nil {
		return path
	}
	layer := VFS
	switch {
	case layer != "":
	case runtime.GOOS == "windows":
		layer = "win32"
	default:
		layer = "unix"
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	u := url.URL{Scheme: "file", Path: slashed, RawQuery: "vfs=" + url.QueryEscape(layer)}
	return u.String()
}

// snapshot serves a file and its log, if it has one, to SQLite.
type snapshot struct {
	main, log         io.ReaderAt
	mainSize, logSize int64
}

// Open implements fs.FS.
func (s snapshot) Open(name string) (fs.File, error) {
	switch name {
	case snapshotName:
		return part{io.NewSectionReader(s.main, 0, s.mainSize), name}, nil
	case snapshotName + "-wal":
		if s.log == nil {
			return nil, fs.ErrNotExist
		}
		return part{io.NewSectionReader(s.log, 0, s.logSize), name}, nil
	}
	return nil, fs.ErrNotExist
}

// part is the beginning of a file, as a file and its own description.
type part struct {
	*io.SectionReader
	name string
}

var (
	_ fs.File     = part{}
	_ fs.FileInfo = part{}
)

func (p part) Close() error               { return nil }
func (p part) Stat() (fs.FileInfo, error) { return p, nil }
func (p part) Name() string               { return p.name }
func (p part) Mode() fs.FileMode          { return 0o400 }
func (p part) ModTime() time.Time         { return time.Time{} }
func (p part) IsDir() bool                { return false }
func (p part) Sys() any                   { return nil }
