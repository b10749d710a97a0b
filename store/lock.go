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
)

// lock keeps a second instance from writing. The lock itself is the operating
// system's, on a file of its own, and ends with the process, also after a kill.
// The lock file stays where it is: removing it would let two others each lock a
// file of that name.
type lock struct {
	flock  *flock.Flock
	holder string // the file that names the holder
}

// holder is what the second file says: on Windows a locked file can't be read.
type holder struct {
	User, Host string
	PID        int
	Since      time.Time
}

func lockPath(ledger string) string   { return ledger + ".lock" }
func holderPath(ledger string) string { return ledger + ".holder" }

// takeLock locks a ledger, or says who holds it: *model.Error E-LOCKED.
func takeLock(ledger, by string, now time.Time) (*lock, error) {
	l := &lock{flock: flock.New(lockPath(ledger), flock.SetPermissions(disk.FileMode)), holder: holderPath(ledger)}
	ok, err := l.flock.TryLock()
	if err != nil {
		return nil, explain(err, ledger)
	}
	if !ok {
		return nil, lockedBy(ledger)
	}
	if err := l.sign(by, now); err != nil {
		return nil, errors.Join(explain(err, ledger), l.release())
	}
	return l, nil
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
	return l.flock.Unlock()
}

func lockedBy(ledger string) *model.Error {
	const advice = "请先在那边退出程序再打开,或者用只读方式查看"
	var h holder
	text, err := os.ReadFile(holderPath(ledger))
	if err != nil || json.Unmarshal(text, &h) != nil {
		return model.Errorf("E-LOCKED", "台账正被另一个程序使用,%s", advice)
	}
	return model.Errorf("E-LOCKED", "台账正由“%s”在电脑“%s”上使用(%s 起,进程 %d),%s",
		model.Clean(h.User, false), model.Clean(h.Host, false), h.Since.Local().Format("2006-01-02 15:04"), h.PID, advice)
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
