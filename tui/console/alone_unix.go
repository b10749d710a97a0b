//go:build !windows

package console

import (
	"os"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Alone reports whether the terminal was opened for this program alone, as by an entry of
// the desktop's menu: it vanishes when the program ends.
func Alone() bool {
	session, err := unix.Getsid(0)
	return err == nil && session == os.Getpid() && term.IsTerminal(os.Stdin.Fd())
}

// awaitKey waits until a key is pressed.
func awaitKey() {
	state, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		return
	}
	defer func() { _ = term.Restore(os.Stdin.Fd(), state) }() // the window closes anyway
	_, _ = os.Stdin.Read(make([]byte, 16))                    // an error ends the waiting as a key does
}
