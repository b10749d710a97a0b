//go:build !windows && !linux

package disk

import (
	"errors"
	"os"
	"syscall"
)

// hold puts the lock on a temporary file that says "somebody is writing this"; it ends
// with the process. False: another has it.
func hold(f *os.File) bool {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return !errors.Is(err, syscall.EWOULDBLOCK)
}

// openElsewhere can't be told here.
func openElsewhere(*os.File) (open, known bool) { return false, false }
