package tui

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"

	"taizhang/model"
	"taizhang/tui/ui"
)

// How long a program that was told to end by a signal may take to leave the screen, and
// how long each of the steps may take that are left when it doesn't.
const (
	leavingTime = 2 * time.Second
	stepTime    = time.Second
)

// leaveScreen puts a terminal back as it was for a program that can't do it itself any
// more: the mouse and pasting in brackets off, the keyboard's extras off, the other
// screen left, the cursor shown, colours off.
const leaveScreen = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[>4;0m\x1b[<u\x1b[?2026l\x1b[?1049l\x1b[?25h\x1b[0m\r\n"

// signals are those that end the program. Without a handler Go ends it on the spot, in
// the middle of the screen, or dumps its stacks there.
var signals = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGABRT}

// sentry waits for a signal and ends the program in order: the terminal as it was,
// drafts written, and a note in the log.
type sentry struct {
	r     *Root
	p     *tea.Program
	state *term.State // of the terminal before the program, nil for none
	in    chan os.Signal
	done  chan struct{} // closed when the program has ended by itself
	got   atomic.Pointer[os.Signal]
}

func watchSignals(r *Root, p *tea.Program) *sentry {
	s := &sentry{r: r, p: p, in: make(chan os.Signal, 1), done: make(chan struct{})}
	if state, err := term.GetState(os.Stdin.Fd()); err == nil {
		s.state = state
	}
	signal.Notify(s.in, signals...)
	go s.wait()
	return s
}

func (s *sentry) wait() {
	select {
	case <-s.done:
		return
	case got := <-s.in:
		s.got.Store(&got)
	}
	go s.p.Quit() // it waits where Update does
	select {
	case <-s.done:
	case <-time.After(leavingTime):
		s.force()
	}
}

// force ends a program that doesn't listen any more.
func (s *sentry) force() {
	within(s.r.keepDrafts)
	within(s.p.Kill)
	if s.state != nil {
		_ = term.Restore(os.Stdin.Fd(), s.state) // nobody is left who could be told
	}
	_, _ = os.Stdout.WriteString(leaveScreen)
	_, _ = fmt.Fprintln(os.Stderr, s.end().Error())
	os.Exit(1)
}

// within does a step for as long as a step may take.
func within(step func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }() // the next step matters more
		step()
	}()
	select {
	case <-done:
	case <-time.After(stepTime):
	}
}

// ended tells that the program has ended, and gives what ended it: nil for the person.
// Further signals are not heeded, so that none stops an encrypted ledger's leaving
// half-way, until release.
func (s *sentry) ended() *model.Error {
	close(s.done)
	if s.got.Load() == nil {
		return nil
	}
	s.r.keepDrafts()
	return s.end()
}

// release gives signals their usual meaning again.
func (s *sentry) release() { signal.Stop(s.in) }

// end notes the signal, with what everything was doing where somebody wants to know
// that, and gives the sentence about it.
func (s *sentry) end() *model.Error {
	got := *s.got.Load()
	text := "ended by signal: " + got.String()
	if got == syscall.SIGQUIT || got == syscall.SIGABRT {
		stacks := make([]byte, 1<<20)
		text += "\n" + string(stacks[:runtime.Stack(stacks, true)])
	}
	name, err := s.r.log(text)
	if err != nil {
		return model.Errorf("E-STOPPED", "程序被系统或别的程序停止了(记录也没能写下);填写到一半的内容已存为草稿,再打开时可以接着填")
	}
	return model.Errorf("E-STOPPED", "程序被系统或别的程序停止了,记在 %s 里;填写到一半的内容已存为草稿,再打开时可以接着填", filepath.Join(filepath.Dir(s.r.o.Path), name))
}

// keepDrafts has every form write down at once what stands in it.
func (r *Root) keepDrafts() {
	for _, e := range r.stack {
		if d, ok := e.screen.(ui.Drafter); ok {
			d.KeepDraft()
		}
	}
}
