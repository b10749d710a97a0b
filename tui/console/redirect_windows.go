package console

import (
	"io"
	"os"

	"github.com/mattn/go-isatty"
	"golang.org/x/sys/windows"
)

// Out gives a writer of text to standard output or standard error, in the encoding that
// whoever is at the other end expects (see encoded). bare tells, when the first bytes are
// written, that they are to stay as they are.
func Out(f *os.File, bare func() bool) io.Writer {
	page, err := windows.GetConsoleOutputCP()
	if err != nil {
		page = 0 // there is no console: UTF-8
	}
	return encoded(f, targetOf(f), page, func() bool {
		info, err := f.Stat()
		return err == nil && info.Size() == 0
	}, bare)
}

// In gives a reader of lines in UTF-8 from standard input.
func In(f *os.File) io.Reader {
	page, err := windows.GetConsoleCP()
	if err != nil {
		page = 0
	}
	return decoded(f, targetOf(f), page)
}

func targetOf(f *os.File) Target {
	var mode uint32
	handle := windows.Handle(f.Fd())
	if windows.GetConsoleMode(handle, &mode) == nil || isatty.IsCygwinTerminal(f.Fd()) { // whose terminals are pipes and take UTF-8
		return Screen
	}
	if kind, err := windows.GetFileType(handle); err == nil && kind == windows.FILE_TYPE_DISK {
		return File
	}
	return Pipe
}
