package console

import (
	"fmt"
	"io"
	"os"

	xwindows "github.com/charmbracelet/x/windows"
	"golang.org/x/sys/windows"
)

// Input reads the console's keys and mouse as what a terminal sends. It waits without
// waking up while nothing is typed. Close ends a Read that waits.
type Input struct {
	*os.File // the console's input, so that its mode can be set and put back
	handle   windows.Handle
	ended    windows.Handle // an event, set by Close
	began    bool
	left     []byte // that the last Read had no room for
	translator
}

// Keys gives the console's input for the screens; nil where there is no console.
func Keys() *Input {
	file, err := os.OpenFile("CONIN$", os.O_RDWR, 0)
	if err != nil {
		return nil
	}
	var mode uint32
	ended, err := windows.CreateEvent(nil, 1, 0, nil)
	if err != nil || windows.GetConsoleMode(windows.Handle(file.Fd()), &mode) != nil {
		_ = file.Close() // nothing was written to it
		return nil
	}
	return &Input{File: file, handle: windows.Handle(file.Fd()), ended: ended}
}

// Read implements io.Reader; io.EOF after Close.
func (i *Input) Read(p []byte) (int, error) {
	if !i.began {
		i.began = true
		i.begin()
	}
	for len(i.left) == 0 {
		which, err := windows.WaitForMultipleObjects([]windows.Handle{i.ended, i.handle}, false, windows.INFINITE)
		if err != nil {
			return 0, fmt.Errorf("wait for the console: %w", err)
		}
		if which == windows.WAIT_OBJECT_0 {
			return 0, io.EOF
		}
		records, err := readRecords(i.handle)
		if err != nil {
			return 0, err
		}
		i.left = i.bytes(records, shown)
	}
	n := copy(p, i.left)
	i.left = i.left[n:]
	return n, nil
}

// begin asks the console for keys as sequences, the mouse and changes of the window, and
// not to take the mouse for selecting text. A console that knows no sequences is asked for
// the rest. Where it refuses that too, what comes is read as it comes.
func (i *Input) begin() {
	const mode = windows.ENABLE_WINDOW_INPUT | windows.ENABLE_MOUSE_INPUT | windows.ENABLE_EXTENDED_FLAGS
	if windows.SetConsoleMode(i.handle, mode|windows.ENABLE_VIRTUAL_TERMINAL_INPUT) != nil {
		_ = windows.SetConsoleMode(i.handle, mode)
	}
}

// Close ends the reading.
func (i *Input) Close() error {
	if err := windows.SetEvent(i.ended); err != nil {
		return fmt.Errorf("stop reading the console: %w", err)
	}
	return nil
}

// readRecords waits for events and gives them.
func readRecords(console windows.Handle) ([]record, error) {
	var raw [128]xwindows.InputRecord
	var n uint32
	if err := xwindows.ReadConsoleInput(console, &raw[0], uint32(len(raw)), &n); err != nil {
		return nil, fmt.Errorf("read the console: %w", err)
	}
	all := make([]record, 0, n)
	for _, r := range raw[:n] {
		one := record{kind: r.EventType}
		switch r.EventType {
		case keyEvent:
			k := r.KeyEvent()
			one.down, one.repeat, one.key, one.char, one.state = k.KeyDown, k.RepeatCount, k.VirtualKeyCode, uint16(k.Char), k.ControlKeyState
		case mouseEvent:
			m := r.MouseEvent()
			one.x, one.y, one.buttons, one.state, one.flags = m.MousePositon.X, m.MousePositon.Y, m.ButtonState, m.ControlKeyState, m.EventFlags
		}
		all = append(all, one)
	}
	return all, nil
}

// shown gives the part of the screen buffer that the window shows; 80 by 24 at the
// beginning of the buffer where the console doesn't tell.
func shown() window {
	out, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return window{width: 80, height: 24}
	}
	defer func() { _ = out.Close() }() // nothing was written to it
	var info windows.ConsoleScreenBufferInfo
	if windows.GetConsoleScreenBufferInfo(windows.Handle(out.Fd()), &info) != nil {
		return window{width: 80, height: 24}
	}
	w := info.Window
	return window{int(w.Left), int(w.Top), int(w.Right-w.Left) + 1, int(w.Bottom-w.Top) + 1}
}
