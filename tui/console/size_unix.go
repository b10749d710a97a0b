//go:build !windows

package console

import "os"

// KindOf tells in which kind of terminal the program runs.
func KindOf() Kind {
	if os.Getenv("TERM") == "linux" {
		return Bare
	}
	return Desktop
}

// Prepare readies the terminal for screens of cols by rows; elsewhere than on Windows
// there is nothing to do. restore puts back what it changed.
func Prepare(_, _ int) (restore func(), err error) { return func() {}, nil }
