//go:build linux || darwin

package guard

import (
	"errors"
	"io"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Locks of an open file description: they belong to the opening and not to the process, and
// end with it alone.

func open(path string, write bool) (*os.File, error) {
	if write {
		return os.OpenFile(path, os.O_RDWR, 0)
	}
	return os.Open(path)
}

// lock asks for a lock and doesn't wait. errNoLocks.
func lock(f *os.File, at, size int64, alone bool) (bool, error) {
	kind := int16(unix.F_RDLCK)
	if alone {
		kind = unix.F_WRLCK
	}
	err := control(f, setLock, &unix.Flock_t{Type: kind, Whence: io.SeekStart, Start: at, Len: size})
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) {
		return false, nil
	}
	return err == nil, err
}

func unlock(f *os.File, at, size int64) error {
	return control(f, setLock, &unix.Flock_t{Type: unix.F_UNLCK, Whence: io.SeekStart, Start: at, Len: size})
}

// held reports whether another one holds a byte.
func held(f *os.File, at int64) (bool, error) {
	l := unix.Flock_t{Type: unix.F_WRLCK, Whence: io.SeekStart, Start: at, Len: 1}
	err := control(f, getLock, &l)
	return l.Type != unix.F_UNLCK, err
}

func control(f *os.File, what int, l *unix.Flock_t) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var fault error
	if err := c.Control(func(fd uintptr) { fault = unix.FcntlFlock(fd, what, l) }); err != nil {
		return err
	}
	for _, refused := range []syscall.Errno{syscall.EINVAL, syscall.ENOLCK, syscall.EOPNOTSUPP, syscall.ENOSYS, syscall.EOVERFLOW} {
		if errors.Is(fault, refused) {
			return errNoLocks
		}
	}
	return fault
}

func links(f *os.File) int {
	info, err := f.Stat()
	if err != nil {
		return 1
	}
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(s.Nlink)
	}
	return 1
}
