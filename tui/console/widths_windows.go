package console

import (
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/windows"
)

// terminal is a console, which is asked without a word being sent to it.
type terminal struct{ out *os.File }

func begin(_, out *os.File, _ time.Duration) (*terminal, error) { return &terminal{out}, nil }

func (t *terminal) end() error { return nil }

func (t *terminal) column() (int, error) {
	info, err := t.info()
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return int(info.CursorPosition.X), nil
}

func (t *terminal) info() (info windows.ConsoleScreenBufferInfo, err error) {
	err = windows.GetConsoleScreenBufferInfo(windows.Handle(t.out.Fd()), &info)
	return info, err
}

// eraseLine overwrites the line with blanks: an old console knows no sequences.
func (t *terminal) eraseLine() error {
	info, err := t.info()
	if err != nil {
		return fmt.Errorf("console: %w", err)
	}
	_, err = t.out.WriteString("\r" + strings.Repeat(" ", max(int(info.Size.X)-1, 0)) + "\r")
	return err
}

// CodePage gives the console's code page for output, 0 where there is no console.
func CodePage() uint32 {
	page, err := windows.GetConsoleOutputCP()
	if err != nil {
		return 0
	}
	return page
}
