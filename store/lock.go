package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/user"
	"time"

	"github.com/gofrs/flock"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/guard"
)

// lock keeps a second instance from writing. The locks are the operating system's and
// end with the process, also after a kill: one on the ledger itself, which holds by
// whatever name it is opened, and one on a file beside it, which older programs know.
// The lock file stays where it is: removing it would let two others each lock a
// file of that name.
type lock struct {
	hold   *guard.Hold // nil while there is no ledger yet
	flock  *flock.Flock
	holder string // the file that names the holder
}

// holder is what the second file says: on Windows a locked file can't be read.
type holder struct {
	User, Host string
	PID        int
	Since      time.Time
}

func lockPath(ledger string) string   { return guard.LockPath(ledger) }
func holderPath(ledger string) string { return ledger + ".holder" }

// takeLock locks a ledger, which need not be there yet, or says who holds it:
// *model.Error E-LOCKED.
func takeLock(ledger, by string, now time.Time) (*lock, error) {
	l := &lock{flock: flock.New(lockPath(ledger), flock.SetPermissions(disk.FileMode)), holder: holderPath(ledger)}
	if _, err := os.Lstat(ledger); err == nil {
		if err := l.bind(ledger); err != nil {
			return nil, err
		}
	}
	ok, err := guard.Patiently(l.flock.TryLock)
	if err == nil && !ok {
		err = lockedBy(ledger)
	}
	if err != nil {
		return nil, errors.Join(explain(err, ledger), l.unlock())
	}
	if err := l.sign(by, now); err != nil {
		return nil, errors.Join(explain(err, ledger), l.release())
	}
	return l, nil
}

// bind locks the ledger's file itself, once it is there. *model.Error E-LOCKED.
func (l *lock) bind(ledger string) error {
	if l.hold != nil {
		return nil
	}
	hold, err := guard.Write(ledger)
	if errors.Is(err, guard.ErrHeld) {
		return lockedBy(ledger)
	}
	if err != nil {
		return explain(err, ledger)
	}
	l.hold = hold
	return nil
}

func (l *lock) links() int { return l.hold.Links() }

func (l *lock) unlock() error {
	err := l.flock.Unlock()
	if l.hold != nil {
		err = errors.Join(err, l.hold.Close())
	}
	return err
}

func (l *lock) sign(by string, now time.Time) error {
	host, err := os.Hostname()
	if err != nil {
		host = "本机" // a name is only a help
	}
	text, err := json.Marshal(holder{User: by, Host: host, PID: os.Getpid(), Since: now})
	if err != nil {
		return fmt.Errorf("holder: %w", err)
	}
	return disk.WritePrivate(l.holder, text)
}

// release lets the lock go. The holder's file is a help for others: one that can't be
// removed is written over by the next holder, and says nothing while nobody holds the lock.
func (l *lock) release() error {
	//nolint:errcheck // See above.
	disk.Remove(l.holder)
	return l.unlock()
}

// HeldBy says who works with a ledger: *model.Error E-LOCKED, for one that is known to be in
// use.
func HeldBy(ledger string) *model.Error { return lockedBy(ledger) }

func lockedBy(ledger string) *model.Error {
	const advice = "请先在那边退出程序再打开,或者用只读方式查看"
	for _, name := range guard.Names(ledger) {
		var h holder
		text, err := os.ReadFile(holderPath(name))
		if err == nil && json.Unmarshal(text, &h) == nil {
			return model.Errorf("E-LOCKED", "台账正由“%s”在电脑“%s”上使用(%s 起,进程 %d),%s",
				model.Clean(h.User, false), model.Clean(h.Host, false), h.Since.Local().Format("2006-01-02 15:04"), h.PID, advice)
		}
	}
	return model.Errorf("E-LOCKED", "台账正被另一个程序使用,%s", advice)
}

// systemUser names the person at the computer as far as the system knows them.
func systemUser() string {
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name
		}
		return u.Username
	}
	return "未知"
}
