package console

import (
	"fmt"
	"os"
	"time"
	"unicode/utf16"

	"golang.org/x/sys/windows"
)

var createConsoleScreenBuffer = kernel32.NewProc("CreateConsoleScreenBuffer")

// patience is nothing to a console: it answers at once.
const patience = 0

// wideUnasked is what is taken of a console that can't be asked: old ones draw wide, and
// ASCII is right everywhere.
const wideUnasked = true

// terminal is a screen of the console that nobody sees, which is drawn on and asked how far
// the cursor went.
type terminal struct {
	unseen windows.Handle
	ahead  []byte // always none: what was typed waits in the console
}

// begin makes the screen; end takes it away. ErrNoAnswer where there is no console.
func begin(_, _ *os.File, _ time.Duration) (*terminal, error) {
	const textMode = 1 // CONSOLE_TEXTMODE_BUFFER
	made, _, err := createConsoleScreenBuffer.Call(windows.GENERIC_READ|windows.GENERIC_WRITE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, 0, textMode, 0)
	if windows.Handle(made) == windows.InvalidHandle {
		return nil, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return &terminal{unseen: windows.Handle(made)}, nil
}

func (t *terminal) end() error { return windows.CloseHandle(t.unseen) }

// draw draws a sample at the beginning of a line.
func (t *terminal) draw(sample string) error {
	if err := windows.SetConsoleCursorPosition(t.unseen, windows.Coord{}); err != nil {
		return fmt.Errorf("console: %w", err)
	}
	text := utf16.Encode([]rune(sample))
	var n uint32
	return windows.WriteConsole(t.unseen, &text[0], uint32(len(text)), &n, nil)
}

// wipe has nothing to do: nobody sees it.
func (t *terminal) wipe() error { return nil }

// column gives the cursor's place behind what was drawn, from 0. ErrNoAnswer where the
// console can't say.
func (t *terminal) column() (int, error) {
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(t.unseen, &info); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return int(info.CursorPosition.Y)*int(info.Size.X) + int(info.CursorPosition.X), nil
}

// CodePage gives the console's code page for output, 0 where there is no console.
func CodePage() uint32 {
	page, err := windows.GetConsoleOutputCP()
	if err != nil {
		return 0
	}
	return page
}
