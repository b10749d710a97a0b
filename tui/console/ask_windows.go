package console

import (
	"unicode/utf16"

	"golang.org/x/sys/windows"
)

var createConsoleScreenBuffer = kernel32.NewProc("CreateConsoleScreenBuffer")

// Question is whether the console draws ornaments two cells wide.
type Question struct{ wide bool }

// Ask asks the console: it writes the ornaments where nobody sees them and looks how far
// the cursor went. One that can't be asked is taken to draw them wide: old ones do, and
// ASCII is right everywhere.
func Ask() *Question { return &Question{wide: drawnWide()} }

func drawnWide() bool {
	const textMode = 1 // CONSOLE_TEXTMODE_BUFFER
	made, _, _ := createConsoleScreenBuffer.Call(windows.GENERIC_READ|windows.GENERIC_WRITE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, 0, textMode, 0)
	buffer := windows.Handle(made)
	if buffer == windows.InvalidHandle {
		return true
	}
	defer func() { _ = windows.CloseHandle(buffer) }() // nothing is kept in it
	text := utf16.Encode([]rune(ornaments))
	var n uint32
	var info windows.ConsoleScreenBufferInfo
	if windows.WriteConsole(buffer, &text[0], uint32(len(text)), &n, nil) != nil || windows.GetConsoleScreenBufferInfo(buffer, &info) != nil {
		return true
	}
	return info.CursorPosition.X != narrow || info.CursorPosition.Y != 0
}

// Wide gives the answer.
func (q *Question) Wide() bool { return q.wide }

// Drop is for terminals that may answer later.
func (q *Question) Drop() {}

// Ahead gives nothing: what was typed before waits in the console.
func (q *Question) Ahead() []byte { return nil }
