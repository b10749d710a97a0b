// Package guard keeps a ledger's file and the log beside it together: one writer by the
// file and not by its name, readers who change no byte, and a log that is the file's own.
package guard

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"taizhang/store/internal/raw"
)

// The bytes that are locked stand far beyond any page (a database ends below 2^48), so
// that neither SQLite's locks nor its content meet them. Whoever writes holds the first;
// whoever reads the file while nobody writes holds the second shared, and while the log is
// folded into the file the writer holds it alone.
const (
	writerByte = 1 << 60
	readerByte = writerByte + 1
)

// SQLite's own bytes for those who read (sqlite3.c: SHARED_FIRST, SHARED_SIZE). One who
// holds them keeps any program from folding the log in when it closes the file.
const (
	sharedFirst = 0x40000000 + 2
	sharedSize  = 510
)

// ErrHeld tells that another one writes to the file.
var ErrHeld = errors.New("another one writes to the ledger")

// errNoLocks tells that the file system or the system refuses such locks.
var errNoLocks = errors.New("no such locks here")

// Hold is an open ledger's file with what is locked of it. It ends with Close and with the
// process.
type Hold struct {
	f    *os.File
	mute bool // there are no such locks here
}

var _ raw.Keeper = (*Hold)(nil)

// patience is how often, and with which pause, a lock is asked for: one that looks whether
// anybody writes may hold it for a moment.
const (
	patience = 4
	pause    = 30 * time.Millisecond
)

// Patiently asks again for a lock that another one may hold for a moment.
func Patiently(try func() (bool, error)) (bool, error) {
	for n := 1; ; n++ {
		ok, err := try()
		if ok || err != nil || n == patience {
			return ok, err
		}
		time.Sleep(pause)
	}
}

// Write takes a ledger's file for the one writer. ErrHeld; those of opening the file.
func Write(path string) (*Hold, error) {
	for range patience {
		f, err := open(path, true)
		if err != nil {
			return nil, err
		}
		h := &Hold{f: f}
		ok, err := Patiently(func() (bool, error) { return lock(f, writerByte, 1, true) })
		if errors.Is(err, errNoLocks) {
			h.mute, ok, err = true, true, nil
		}
		if err == nil && !ok {
			err = ErrHeld
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if h.stands(path) {
			return h, nil
		}
		if err := h.Close(); err != nil { // another file has been put in its place
			return nil, err
		}
	}
	return nil, ErrHeld
}

// Standing tells who else is at a ledger's file that is read.
type Standing int

// Who is there.
const (
	Alone   Standing = iota // nobody writes, and who comes leaves the file and its log as they are
	Beside                  // somebody writes
	Unknown                 // it can't be told: there are no such locks here
)

// Read opens a ledger's file to read it. The errors are those of opening the file.
func Read(path string) (*Hold, Standing, error) {
	f, err := open(path, false)
	if err != nil {
		return nil, Unknown, err
	}
	h := &Hold{f: f}
	ok, err := Patiently(func() (bool, error) { return lock(f, readerByte, 1, false) })
	if err == nil && ok {
		ok, err = lock(f, sharedFirst, sharedSize, false)
	}
	switch {
	case errors.Is(err, errNoLocks):
		h.mute = true
		if Named(path) {
			return h, Beside, nil
		}
		return h, Unknown, nil
	case err != nil:
		return nil, Unknown, errors.Join(err, f.Close())
	case ok && !h.written() && !Named(path):
		return h, Alone, nil
	}
	return h, Beside, errors.Join(unlock(f, readerByte, 1), unlock(f, sharedFirst, sharedSize))
}

// Held reports whether anybody writes to a ledger's file.
func Held(path string) bool {
	f, err := open(path, false)
	if err != nil {
		return Named(path)
	}
	defer f.Close() //nolint:errcheck // It was only looked at.
	return (&Hold{f: f}).written() || Named(path)
}

// written reports whether anybody writes to the file.
func (h *Hold) written() bool {
	yes, err := held(h.f, writerByte)
	return err == nil && yes
}

// LockPath names the lock file beside a ledger.
func LockPath(ledger string) string { return ledger + ".lock" }

// Named reports whether anybody holds the lock file beside a ledger, as programs do that
// know of no lock on the ledger itself.
func Named(path string) bool {
	l := flock.New(LockPath(path), flock.SetFlag(os.O_RDONLY))
	ok, err := l.TryRLock()
	if err != nil { // there is none, or it isn't ours to open
		return false
	}
	if ok {
		return l.Unlock() != nil
	}
	return true
}

// Alone implements raw.Keeper: nobody reads the file apart from its log until end is
// called.
func (h *Hold) Alone() (end func(), ok bool) {
	if h.mute {
		return func() {}, true
	}
	if ok, err := lock(h.f, readerByte, 1, true); err != nil || !ok {
		return nil, false
	}
	return func() {
		//nolint:errcheck // What can't be unlocked keeps readers beside the writer until it leaves.
		unlock(h.f, readerByte, 1)
	}, true
}

// Links is the number of names that the file has; 1 where it can't be told.
func (h *Hold) Links() int { return links(h.f) }

// Content reads the file itself, whatever lies beside it.
func (h *Hold) Content() io.ReaderAt { return h.f }

// Close lets the file go.
func (h *Hold) Close() error { return h.f.Close() }

// stands tells whether the file is still the one of that name.
func (h *Hold) stands(path string) bool {
	mine, err := h.f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(mine, there)
}

// linksFollowed is how many links Linux follows, one to another.
const linksFollowed = 40

// Resolve gives the one path under which a ledger's log, lock and holder stand: absolute,
// with links followed. A file that isn't there yet counts by its folder, also where a link
// leads to it.
func Resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	for range linksFollowed {
		if err != nil {
			return "", err
		}
		to, notLink := os.Readlink(path)
		if notLink != nil {
			break
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path, err = filepath.Abs(to)
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return path, nil // some drives of Windows can't be followed; opening it tells more
	}
	return filepath.Join(folder, filepath.Base(path)), nil
}
