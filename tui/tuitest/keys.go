package tuitest

import (
	"fmt"
	"io"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// The bytes that a terminal sends for a key, by Bubble Tea's name of the key.
var keyBytes = map[string]string{
	"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "backspace": "\x7f", "space": " ",
	// A lone ESC is told from the start of a sequence by waiting; terminals with
	// the newer keyboard protocol send this instead.
	"esc": "\x1b[27u",
	"up":  "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "pgup": "\x1b[5~", "pgdown": "\x1b[6~", "insert": "\x1b[2~", "delete": "\x1b[3~",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
	"f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
	"shift+f2": "\x1b[1;2Q", "shift+f3": "\x1b[1;2R", "shift+f4": "\x1b[1;2S", "shift+f5": "\x1b[15;2~", "shift+f6": "\x1b[17;2~", "shift+f7": "\x1b[18;2~", "shift+f8": "\x1b[19;2~", "shift+f9": "\x1b[20;2~", "f15": "\x1b[28~", "f20": "\x1b[34~",
	"shift+up": "\x1b[1;2A", "shift+down": "\x1b[1;2B", "ctrl+home": "\x1b[1;5H", "ctrl+end": "\x1b[1;5F",
	"ctrl+left": "\x1b[1;5D", "ctrl+right": "\x1b[1;5C", "alt+enter": "\x1b[13;3u",
}

func bytesOf(key string) (string, error) {
	if s, ok := keyBytes[key]; ok {
		return s, nil
	}
	if c, ok := strings.CutPrefix(key, "ctrl+"); ok && len(c) == 1 && c[0] >= 'a' && c[0] <= 'z' {
		return string(c[0] - 'a' + 1), nil
	}
	if len([]rune(key)) == 1 {
		return key, nil
	}
	return "", fmt.Errorf("tuitest: unknown key %q", key)
}

// Type sends text as an input method does, in one go, and waits until the
// program is at rest.
func (tm *Term) Type(text string) {
	tm.t.Helper()
	tm.send(text)
	tm.WaitStable()
}

// Paste sends text as a terminal pastes it.
func (tm *Term) Paste(text string) {
	tm.t.Helper()
	tm.send("\x1b[200~" + text + "\x1b[201~")
	tm.WaitStable()
}

// Press presses keys one after another (f2, tab, ctrl+s, a), each when the
// program is at rest after the one before.
func (tm *Term) Press(keys ...string) {
	tm.t.Helper()
	for _, key := range keys {
		s, err := bytesOf(key)
		if err != nil {
			tm.t.Fatal(err)
		}
		tm.send(s)
		tm.settle()
	}
	tm.WaitStable()
}

// Click presses and releases the left mouse button at a cell.
func (tm *Term) Click(x, y int) {
	tm.t.Helper()
	tm.send(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
	tm.WaitStable()
}

// ClickOn clicks the first place of the screen where the text stands.
func (tm *Term) ClickOn(text string) {
	tm.t.Helper()
	x, y, ok := tm.Find(text)
	if !ok {
		tm.t.Fatalf("tuitest: %q is not on the screen:\n%s", text, tm.Screen())
	}
	tm.Click(x, y)
}

// Wheel turns the mouse wheel at a cell: n notches down, or up when negative.
func (tm *Term) Wheel(x, y, n int) {
	tm.t.Helper()
	button := 65
	if n < 0 {
		button, n = 64, -n
	}
	for range n {
		tm.send(fmt.Sprintf("\x1b[<%d;%d;%dM", button, x+1, y+1))
	}
	tm.WaitStable()
}

// Resize changes the terminal's size.
func (tm *Term) Resize(w, h int) {
	tm.t.Helper()
	tm.mu.Lock()
	tm.emu.Resize(w, h)
	tm.sizes++
	tm.mu.Unlock()
	tm.prog.Send(tea.WindowSizeMsg{Width: w, Height: h})
	tm.WaitStable()
}

// send writes input with a mark behind it, by which its end is known.
func (tm *Term) send(s string) {
	tm.mu.Lock()
	tm.marks++
	tm.mu.Unlock()
	tm.in.write(s + fmt.Sprintf("\x1b[<35;%d;1M", markX+1))
}

// feed is the program's input: a pipe that never blocks its writer.
type feed struct {
	mu     sync.Mutex
	more   *sync.Cond
	bytes  []byte
	closed bool
}

func newFeed() *feed {
	f := &feed{}
	f.more = sync.NewCond(&f.mu)
	return f
}

func (f *feed) write(s string) {
	f.mu.Lock()
	f.bytes = append(f.bytes, s...)
	f.mu.Unlock()
	f.more.Broadcast()
}

func (f *feed) close() {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	f.more.Broadcast()
}

// Read implements io.Reader.
func (f *feed) Read(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for len(f.bytes) == 0 && !f.closed {
		f.more.Wait()
	}
	if len(f.bytes) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.bytes)
	f.bytes = f.bytes[n:]
	return n, nil
}

// drain passes on what the terminal answers to the program's queries.
func (f *feed) drain(r io.Reader) {
	var buf [1024]byte
	for {
		n, err := r.Read(buf[:])
		f.write(string(buf[:n]))
		if err != nil {
			return
		}
	}
}
