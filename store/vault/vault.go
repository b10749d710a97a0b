// Package vault keeps a ledger encrypted at rest and opens it for a sitting (台账加密).
//
// Beside the place of the plain ledger, ledger.db, stand
//
//   - ledger.db.age: the ledger, an age file to the ledger's own identity; in its header it
//     carries the two wrappings below, which other programs pass over;
//   - ledger.db.key: the identity under the passphrase; `age -d ledger.db.key > identity`
//     and `age -d -i identity ledger.db.age > ledger.db` open the ledger without us;
//   - ledger.db.county.age: the identity to the county's key, where the ledger knows its
//     county: `age -d -i county.key` opens it;
//   - ledger.db.pub: the public key, for `age -R`.
//
// While a sitting lasts ledger.db stands there in clear, mode 0600, as an ordinary ledger
// with its log. Whoever leaves encrypts it: written, on the disk, opened again and compared,
// and only then is the plain one taken away. A crash leaves the plain file; it is the newer
// one always, and the next sitting goes on with it. What is removed is not written over:
// on an SSD, and on many other disks, that would promise more than it does.
package vault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/raw"
	"taizhang/store/keybox"
)

// How the files beside a ledger's plain place end.
const (
	SealedSuffix = ".age"
	keySuffix    = ".key"
	countySuffix = ".county.age"
	publicSuffix = ".pub"
	lockSuffix   = ".sitting" // empty; locked while somebody sits
)

// CountyFile names what a village sends to the county when the passphrase is forgotten.
func CountyFile(path string) string { return path + countySuffix }

// Kept tells whether the ledger at path (the plain one's path, …/ledger.db) is kept
// encrypted, whether or not it lies there in clear just now.
func Kept(path string) (bool, error) {
	path, err := guard.Resolve(path)
	if err != nil {
		return false, err
	}
	_, err = os.Lstat(path + keySuffix)
	if err == nil {
		return true, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, store.ReadFault(err, path+keySuffix)
	}
	if IsKept(path + SealedSuffix) { // the key is lost; the sealed ledger carries it
		return true, nil
	}
	return false, nil
}

// Sitting is the time between opening an encrypted ledger and leaving it.
type Sitting struct {
	path   string
	o      store.Options
	keys   *keybox.Keys
	ledger *store.Ledger
	lock   *flock.Flock

	was       string // SHA-256 of the plain file as it came out of the sealed one; "": seal whatever stands
	since     time.Time
	second    string // where backups lie beside those beside the ledger; "" for nowhere
	recovered bool
	off       bool // encryption has been switched off
	closed    bool // the ledger
	left      bool // the sitting is over
	work      int  // scrypt's, for tests; 0 takes the usual one
}

// Open opens an encrypted ledger for a sitting: what a crash left in clear is gone on with,
// else it is decrypted. Without Options.Book the standard one is taken. *model.Error:
// E-PASSPHRASE when it is the wrong one, E-LOCKED while somebody else sits, E-NOFILE,
// E-KEYBOX where the wrapped identity or the sealed ledger is damaged, those of store.Open.
func Open(ctx context.Context, path, passphrase string, o store.Options) (s *Sitting, err error) {
	if path, err = guard.Resolve(path); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if kept, err := Kept(path); err != nil {
		return nil, err
	} else if !kept {
		return nil, model.Errorf("E-NOFILE", "没有找到加密的台账“%s”,请核对位置", path+SealedSuffix)
	}
	box, keys, err := unlocked(path, passphrase)
	if err != nil {
		return nil, err
	}
	return openWith(ctx, path, box, keys, o)
}

// unlocked gives the wrapped identity of the ledger at path, and opens it. *model.Error:
// E-PASSPHRASE, E-KEYBOX.
func unlocked(path, passphrase string) (box keybox.Box, keys *keybox.Keys, err error) {
	if box, err = readBox(path); err == nil {
		keys, err = keybox.Unlock(box.Locked, passphrase)
	}
	return box, keys, err
}

// sitDown begins a sitting in which nothing is decrypted yet.
func sitDown(path, passphrase string, o store.Options) (*Sitting, error) {
	path, err := guard.Resolve(path)
	if err != nil {
		return nil, store.ReadFault(err, path)
	}
	_, keys, err := unlocked(path, passphrase)
	if err != nil {
		return nil, err
	}
	s := &Sitting{path: path, o: o, keys: keys}
	s.lock, err = sit(path)
	return s, err
}

func openWith(ctx context.Context, path string, box keybox.Box, keys *keybox.Keys, o store.Options) (s *Sitting, err error) {
	s = &Sitting{path: path, o: o, keys: keys}
	if s.lock, err = sit(path); err != nil {
		return nil, err
	}
	if !there(path + keySuffix) {
		err = s.lay(box) // lost; as the sealed ledger carries it
	}
	if err == nil {
		err = s.unseal(ctx)
	}
	if err == nil {
		if s.ledger, err = book.Open(ctx, path, o); err == nil {
			s.mark()
		}
	}
	if err != nil {
		// What was decrypted only now goes again; what a crash left stays as it is, for
		// whoever puts it right.
		if s.was != "" {
			err = errors.Join(err, s.removePlain())
		}
		return nil, errors.Join(err, s.free())
	}
	return s, nil
}

// Ledger gives the open ledger.
func (s *Sitting) Ledger() *store.Ledger { return s.ledger }

// Take goes on with a ledger that has been opened anew at the same place, e.g. after a
// backup was restored; the one before must have been closed.
func (s *Sitting) Take(l *store.Ledger) {
	s.ledger, s.closed = l, false
	s.mark()
}

// mark tells the ledger what is to be encrypted to. Where that can't be told now, Leave
// says so.
func (s *Sitting) mark() {
	if box, err := s.box(); err == nil {
		if to, err := box.Recipients(); err == nil {
			s.ledger.Inside(raw.Pass{}).SealTo(to)
		}
	}
}

// box gives the wrapped identity, with the recipient that the passphrase has shown to be
// the right one.
func (s *Sitting) box() (keybox.Box, error) {
	box, err := readBox(s.path)
	box.Recipient = s.keys.Recipient()
	return box, err
}

// Recovered tells whether this sitting goes on with what a crash had left in clear.
func (s *Sitting) Recovered() bool { return s.recovered }

// Check tells whether a passphrase is the right one; it takes as long as one try of it,
// about a second. *model.Error E-PASSPHRASE.
func (s *Sitting) Check(passphrase string) error {
	_, _, err := unlocked(s.path, passphrase)
	return err
}

// Close closes the ledger and leaves: it is encrypted, written, on the disk, opened again
// and compared, and then the plain file is removed with all that belongs to it. It goes on
// when ctx has ended. *model.Error where the plain file still stands: Close may be called
// again, and the next start ends it too. Once it is done a further Close does nothing.
func (s *Sitting) Close(ctx context.Context) error {
	if s.left {
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	var all []error
	if s.ledger != nil && !s.closed {
		if p, err := copies.PlaceOf(ctx, s.ledger); err == nil && p != nil {
			s.second = p.Dir
		}
		all = append(all, s.Rewrap(ctx), s.ledger.Close())
		s.closed = true
	}
	return errors.Join(append(all, s.Leave(ctx))...)
}

// Abandon lets the ledger go as it lies, in clear: for whoever leaves although Close failed.
// The next start goes on with it.
func (s *Sitting) Abandon() error {
	if s.left {
		return nil
	}
	var err error
	if s.ledger != nil && !s.closed {
		err, s.closed = s.ledger.Close(), true
	}
	return errors.Join(err, s.free())
}

// InUse tells whether somebody sits at the encrypted ledger at path just now, so that its
// plain file can be read.
func InUse(path string) bool {
	path, err := guard.Resolve(path)
	if err != nil {
		return false
	}
	lock, err := sit(path)
	if err != nil {
		return true
	}
	return lock.Unlock() != nil
}

// sit takes the lock of the sitting. The lock file stays where it is, as the ledger's.
func sit(path string) (*flock.Flock, error) {
	if err := disk.MakeFolders(filepath.Dir(path)); err != nil {
		return nil, store.FileFault(err, path, "")
	}
	f := flock.New(path+lockSuffix, flock.SetPermissions(disk.FileMode))
	ok, err := guard.Patiently(f.TryLock)
	if err != nil {
		return nil, store.FileFault(err, path, "")
	}
	if !ok {
		return nil, InUseBy(path)
	}
	return f, nil
}

// InUseBy says who sits at the ledger at path: *model.Error E-LOCKED.
func InUseBy(path string) *model.Error { return store.HeldBy(path) }

func (s *Sitting) free() error {
	s.left = true
	return s.lock.Unlock()
}

// Recipients gives what backups, rejected sheets and restored copies of the ledger at path
// are encrypted to; nil where it is not kept encrypted. What is encrypted so is opened by
// OpenSealed, or by age.Decrypt with keybox.ByPassphrase. *model.Error E-KEYBOX.
func Recipients(path string) ([]age.Recipient, error) {
	kept, err := Kept(path)
	if err != nil || !kept {
		return nil, err
	}
	if path, err = guard.Resolve(path); err != nil {
		return nil, err
	}
	box, err := readBox(path)
	if err != nil {
		return nil, err
	}
	return box.Recipients()
}
