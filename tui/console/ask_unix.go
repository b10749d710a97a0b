//go:build !windows

package console

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// patience is how long after the question a terminal may answer. One at hand does within
// a few milliseconds; one that answers later, or never, is taken to draw ornaments one cell
// wide, as nearly all do. A late answer is read with the keys and means none of ours.
const patience = 40 * time.Millisecond

// Question is whether the terminal draws ornaments two cells wide. It is asked before the
// ledger is opened and looked at afterwards, so that nobody waits for the answer.
type Question struct {
	state *term.State // of the terminal before; nil: nothing was asked
	until time.Time
	ahead []byte
}

// Ask asks the terminal on standard input and output. Wide or Drop must follow.
func Ask() *Question {
	q := &Question{}
	state, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		return q
	}
	q.state, q.until = state, time.Now().Add(patience)
	if _, err := os.Stdout.WriteString("\r" + ornaments + "\x1b[6n\r\x1b[K"); err != nil {
		q.Drop()
	}
	return q
}

// Drop puts the terminal back as it was, whether it has answered or not.
func (q *Question) Drop() {
	if q.state != nil {
		_ = term.Restore(os.Stdin.Fd(), q.state) // nothing can be said of it: the screens set it anew
		q.state = nil
	}
}

// Wide gives the answer and puts the terminal back as it was.
func (q *Question) Wide() bool {
	defer q.Drop()
	buf := make([]byte, 256)
	for q.state != nil {
		come, wide, rest := answered(q.ahead)
		if come {
			q.ahead = rest
			return wide
		}
		left := max(time.Until(q.until), 0)
		fds := []unix.PollFd{{Fd: int32(os.Stdin.Fd()), Events: unix.POLLIN}} //nolint:gosec // A descriptor is small.
		n, err := unix.Poll(fds, int(left.Milliseconds()))
		if err == unix.EINTR && left > 0 { //nolint:errorlint // The call gives the number itself.
			continue
		}
		if err != nil || n == 0 {
			return false
		}
		if n, err = os.Stdin.Read(buf); err != nil || n == 0 {
			return false
		}
		q.ahead = append(q.ahead, buf[:n]...)
	}
	return false
}

// Ahead gives what was typed before the screens began.
func (q *Question) Ahead() []byte { return q.ahead }
