//go:build !windows

package console

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// terminal is one whose answers come as keys do.
type terminal struct {
	in, out *os.File
	was     *term.State
	until   time.Time
}

func begin(in, out *os.File, wait time.Duration) (*terminal, error) {
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("measure: %w", err)
	}
	return &terminal{in: in, out: out, was: was, until: time.Now().Add(wait)}, nil
}

func (t *terminal) end() error { return term.Restore(t.in.Fd(), t.was) }

// column asks for the cursor's place and waits for the answer.
func (t *terminal) column() (int, error) {
	if _, err := t.out.WriteString("\x1b[6n"); err != nil {
		return 0, fmt.Errorf("ask for the cursor: %w", err)
	}
	var sent []byte
	for {
		left := time.Until(t.until)
		if left <= 0 {
			return 0, ErrNoAnswer
		}
		fds := []unix.PollFd{{Fd: int32(t.in.Fd()), Events: unix.POLLIN}} //nolint:gosec // A file descriptor.
		n, err := unix.Poll(fds, int(left.Milliseconds())+1)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("wait for the terminal: %w", err)
		}
		if n == 0 {
			return 0, ErrNoAnswer
		}
		some := make([]byte, 256)
		if n, err = t.in.Read(some); err != nil {
			return 0, fmt.Errorf("read the terminal's answer: %w", err)
		}
		sent = append(sent, some[:n]...)
		if column, ok := columnIn(sent); ok {
			return column, nil
		}
	}
}

func (t *terminal) eraseLine() error {
	_, err := t.out.WriteString("\x1b[K")
	return err
}

// CodePage gives a Windows console's code page; elsewhere 0.
func CodePage() uint32 { return 0 }
