//go:build !windows

package console

import (
	"io"
	"os"
)

// Out gives a writer of text to standard output or standard error; elsewhere than on
// Windows all is UTF-8.
func Out(f *os.File, _ func() bool) io.Writer { return f }

// In gives a reader of lines in UTF-8 from standard input.
func In(f *os.File) io.Reader { return f }
