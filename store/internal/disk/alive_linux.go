package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// hold puts the lock on a temporary file that says "somebody is writing this"; it ends
// with the process. False: another has it. A file system without locks gives true, and
// the lease below has to tell.
func hold(f *os.File) bool {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	return !errors.Is(err, unix.EWOULDBLOCK)
}

// openElsewhere tells whether anybody else has a file open: the kernel grants a lease
// for writing on such a file only that nobody else has open. known is false where the
// file system grants none.
func openElsewhere(f *os.File) (open, known bool) {
	_, err := unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_WRLCK)
	if errors.Is(err, unix.EAGAIN) {
		return true, true
	}
	if err != nil {
		return false, false
	}
	_, err = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK)
	return false, err == nil
}
