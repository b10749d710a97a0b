// Package tuitest runs a Bubble Tea program in an emulated terminal, so that
// screen tests drive the real program: keys go in as a terminal's bytes, and what
// comes out is looked at as text and as the place of the cursor.
//
// Nothing here sleeps for a fixed time. A Term knows when the program is at rest:
// all input was read, every command but timers has ended, and the last view has
// reached the terminal.
package tuitest

import (
	"fmt"
	"io"
	"net/url"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/vt"
)

// Patience is the longest wait for anything; beyond it the test fails.
const Patience = 20 * time.Second

// Term is a program in its terminal.
type Term struct {
	t    testing.TB
	prog *tea.Program
	done chan struct{} // closed when the program has ended
	err  error         // how it ended
	in   *feed

	mu     sync.Mutex // holds what follows, and the emulator
	emu    *vt.Emulator
	cursor bool // whether the terminal shows its cursor
	shown  int  // the number of the last view that reached the terminal
	title  string
	bells  int
	sent   int // bytes that the program has sent
	watch  *watch
	change chan struct{} // closed and replaced whenever something happened
	marks  int           // input marks sent
	sizes  int           // sizes announced
}

// Start runs the model in a terminal of w by h cells and waits until it is at
// rest. The program is ended with the test.
func Start(t testing.TB, model tea.Model, w, h int) *Term {
	t.Helper()
	tm := &Term{t: t, done: make(chan struct{}), in: newFeed(), emu: vt.NewEmulator(w, h),
		cursor: true, change: make(chan struct{}), sizes: 1}
	tm.emu.SetCallbacks(vt.Callbacks{
		CursorVisibility: func(visible bool) { tm.cursor = visible },
		Title:            tm.takeTitle,
		Bell:             func() { tm.bells++ },
	})
	// Newline mode, since the program believes that it writes to a plain pipe.
	if _, err := tm.emu.WriteString("\x1b[20h"); err != nil {
		t.Fatalf("tuitest: %v", err)
	}
	// What the terminal answers to queries must be drained, or writing blocks.
	go tm.in.drain(tm.emu)
	tm.watch = &watch{inner: model, notify: tm.notify}
	tm.prog = tea.NewProgram(tm.watch,
		tea.WithInput(tm.in), tea.WithOutput(output{tm}), tea.WithWindowSize(w, h), tea.WithoutSignals(),
		tea.WithFPS(120), tea.WithColorProfile(colorprofile.ANSI),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	go func() {
		_, tm.err = tm.prog.Run()
		close(tm.done)
		tm.notify()
	}()
	t.Cleanup(tm.stop)
	tm.WaitStable()
	return tm
}

// output is the program's way to the terminal. One frame comes in one write, so
// whoever holds the lock never sees half of it.
type output struct{ tm *Term }

func (o output) Write(p []byte) (int, error) {
	o.tm.mu.Lock()
	n, err := o.tm.emu.Write(p)
	o.tm.sent += n
	o.tm.mu.Unlock()
	o.tm.notify()
	return n, err
}

// takeTitle parts the view's number, which watch puts behind the title, from it.
func (tm *Term) takeTitle(s string) {
	title, number, ok := strings.Cut(s, viewMark)
	if !ok {
		return // the program ends and clears its title
	}
	title, err := url.QueryUnescape(title)
	if err != nil {
		panic("tuitest: title " + s)
	}
	tm.title = title
	if _, err := fmt.Sscan(number, &tm.shown); err != nil {
		panic("tuitest: title " + s)
	}
}

// notify wakes whoever waits.
func (tm *Term) notify() {
	tm.mu.Lock()
	close(tm.change)
	tm.change = make(chan struct{})
	tm.mu.Unlock()
}

// wait waits until cond holds; what says what is waited for. cond is called with
// the lock held.
func (tm *Term) wait(what string, cond func() bool) {
	tm.t.Helper()
	deadline := time.After(Patience)
	for {
		tm.mu.Lock()
		ok, change := cond(), tm.change
		tm.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-change:
		case <-deadline:
			var at strings.Builder // where everything stands: a stall is seldom seen twice
			if err := pprof.Lookup("goroutine").WriteTo(&at, 1); err != nil {
				fmt.Fprintln(&at, err)
			}
			tm.t.Fatalf("tuitest: waited %v for %s; pending %d, screen:\n%s\n%s", Patience, what, tm.watch.state().pending, tm.Screen(), &at)
		}
	}
}

func (tm *Term) ended() bool {
	select {
	case <-tm.done:
		return true
	default:
		return false
	}
}

// settle waits until the model has taken all input and its commands have ended.
func (tm *Term) settle() {
	tm.t.Helper()
	tm.wait("the program to come to rest", func() bool { return tm.ended() || tm.atRest(tm.watch.state()) })
}

func (tm *Term) atRest(s state) bool {
	return s.started && s.marks >= tm.marks && s.sizes >= tm.sizes && s.pending == 0
}

// WaitStable waits until the program is at rest and its last view is on the
// terminal. Commands that are timers (tea.Tick, tea.Every) are not waited for.
func (tm *Term) WaitStable() {
	tm.t.Helper()
	tm.wait("a stable screen", func() bool {
		s := tm.watch.state()
		return tm.ended() || tm.atRest(s) && s.drawn == s.updates && tm.shown == s.views
	})
	tm.painted()
}

// WaitFor waits until the screen shows the text.
func (tm *Term) WaitFor(text string) {
	tm.t.Helper()
	tm.wait(fmt.Sprintf("%q on the screen", text), func() bool { return strings.Contains(tm.screen(), text) })
	tm.WaitStable()
}

// WaitGone waits until the screen no longer shows the text.
func (tm *Term) WaitGone(text string) {
	tm.t.Helper()
	tm.wait(fmt.Sprintf("%q to leave the screen", text), func() bool { return !strings.Contains(tm.screen(), text) })
	tm.WaitStable()
}

// WaitEnd waits until the program has ended and gives the error of tea.Program.Run.
func (tm *Term) WaitEnd() error {
	tm.t.Helper()
	tm.wait("the program to end", tm.ended)
	return tm.err
}

// Ended reports whether the program has ended.
func (tm *Term) Ended() bool { return tm.ended() }

// Send sends a message to the program and waits until it is at rest.
func (tm *Term) Send(msg tea.Msg) {
	tm.t.Helper()
	tm.watch.expect()
	tm.prog.Send(envelope{msg})
	tm.WaitStable()
}

// Kill ends the program at once, as a power cut would: nothing is asked or saved.
func (tm *Term) Kill() {
	tm.prog.Kill()
	tm.wait("the program to end", tm.ended)
}

func (tm *Term) stop() {
	tm.prog.Kill()
	tm.in.close()
	select {
	case <-tm.done:
	case <-time.After(Patience):
		tm.t.Errorf("tuitest: the program did not end")
	}
	// Closing the pipe ends drain; Emulator.Close would race with its reading.
	if c, ok := tm.emu.InputPipe().(io.Closer); ok {
		if err := c.Close(); err != nil {
			tm.t.Errorf("tuitest: %v", err)
		}
	}
}
