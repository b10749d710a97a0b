//go:build !windows

package console

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// patience is how long after the question a terminal may answer. One at hand does within
// a few milliseconds; one that answers later, or never, is taken to draw ornaments one cell
// wide, as nearly all do. A late answer is read with the keys and means none of ours.
const patience = 40 * time.Millisecond

// wideUnasked is what is taken of a terminal that says nothing.
const wideUnasked = false

// terminal is one whose answers come as keys do.
type terminal struct {
	in, out *os.File
	was     *term.State
	until   time.Time
	ahead   []byte // what came that answers nothing
}

// begin puts the terminal into raw mode, so that its answer is neither shown nor waits for
// Enter; end puts it back. It may answer until wait is over.
func begin(in, out *os.File, wait time.Duration) (*terminal, error) {
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("measure: %w", err)
	}
	return &terminal{in: in, out: out, was: was, until: time.Now().Add(wait)}, nil
}

func (t *terminal) end() error { return term.Restore(t.in.Fd(), t.was) }

// draw draws a sample at the beginning of the cursor's line, asks for the cursor's place and
// wipes the line. It does not wait.
func (t *terminal) draw(sample string) error {
	_, err := t.out.WriteString("\r" + sample + "\x1b[6n\r\x1b[K")
	return err
}

// wipe overwrites by hand what a terminal that knows no sequences has shown of one.
func (t *terminal) wipe() error {
	_, err := t.out.WriteString("\r" + strings.Repeat(" ", len("   [6n")) + "\r\x1b[K")
	return err
}

// column waits for the cursor's place behind what was drawn, from 0. ErrNoAnswer when it
// does not come in time.
func (t *terminal) column() (int, error) {
	some := make([]byte, 256)
	for {
		column, rest, ok := answered(t.ahead)
		if t.ahead = rest; ok {
			return column, nil
		}
		left := max(time.Until(t.until), 0)
		fds := []unix.PollFd{{Fd: int32(t.in.Fd()), Events: unix.POLLIN}} //nolint:gosec // A file descriptor.
		n, err := unix.Poll(fds, int(left.Milliseconds()))
		if errors.Is(err, unix.EINTR) && left > 0 {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("wait for the terminal: %w", err)
		}
		if n == 0 {
			return 0, ErrNoAnswer
		}
		if n, err = t.in.Read(some); err != nil {
			return 0, fmt.Errorf("read the terminal's answer: %w", err)
		}
		t.ahead = append(t.ahead, some[:n]...)
	}
}

// CodePage gives a Windows console's code page; elsewhere 0.
func CodePage() uint32 { return 0 }
