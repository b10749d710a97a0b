package tuitest

import (
	"fmt"
	"net/url"
	"reflect"
	"runtime"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"
)

// viewMark parts a window title from the number of the view that set it.
const viewMark = " view "

// markX is the column of the mouse motions by which a Term marks the end of the
// input it has sent: no terminal is that wide.
const markX = 20000

// watch is the model between Bubble Tea and the tested one. It counts what is
// under way, and numbers the views by their window title.
type watch struct {
	inner  tea.Model
	notify func()

	mu sync.Mutex
	s  state
}

type state struct {
	started bool        // the first size has come
	pending int         // commands that run, and messages on their way
	marks   int         // input marks that came through
	sizes   int         // window sizes that came through
	views   int         // views drawn
	updates int         // messages that the model has taken
	drawn   int         // updates that the last view shows
	content string      // of the last view
	caret   *tea.Cursor // of the last view; nil: hidden
}

// envelope carries a command's message, so that its arrival is counted.
type envelope struct{ msg tea.Msg }

func (w *watch) state() state {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.s
}

func (w *watch) add(n int) {
	w.mu.Lock()
	w.s.pending += n
	w.mu.Unlock()
}

func (w *watch) expect() { w.add(1) }

func (w *watch) Init() tea.Cmd { return w.wrap(w.inner.Init()) }

func (w *watch) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer w.notify()
	w.mu.Lock()
	w.s.updates++ // first of all: what comes next is not on the screen before the next view
	w.mu.Unlock()
	counted := 0
	switch m := msg.(type) {
	case tea.MouseMotionMsg:
		if m.X >= markX {
			w.mu.Lock()
			w.s.marks++
			w.mu.Unlock()
			return w, nil
		}
	case envelope:
		msg, counted = m.msg, 1
	case tea.WindowSizeMsg:
		defer func() {
			w.mu.Lock()
			w.s.sizes++
			w.s.started = true
			w.mu.Unlock()
		}()
	}
	inner, cmd := w.inner.Update(msg)
	w.inner = inner
	cmd = w.wrap(cmd)
	w.add(-counted)
	return w, cmd
}

func (w *watch) View() tea.View {
	v := w.inner.View()
	w.mu.Lock()
	w.s.views++
	w.s.drawn = w.s.updates
	w.s.content, w.s.caret = v.Content, v.Cursor
	// The emulator takes the last byte of 东 (9C) for the end of a title, so titles
	// go escaped.
	v.WindowTitle = url.QueryEscape(v.WindowTitle) + viewMark + fmt.Sprint(w.s.views)
	w.mu.Unlock()
	return v
}

// wrap counts a command until its message has been taken. Timers pass uncounted:
// a program with one is at rest while it waits.
func (w *watch) wrap(cmd tea.Cmd) tea.Cmd {
	if cmd == nil || isTimer(cmd) {
		return cmd
	}
	w.add(1)
	return func() tea.Msg {
		msg := w.open(cmd())
		if _, ok := msg.(envelope); !ok {
			w.add(-1)
			w.notify()
		}
		return msg
	}
}

// open puts a command's message into an envelope. Messages of Bubble Tea itself
// must reach it as they are; those that hold commands get these wrapped.
func (w *watch) open(msg tea.Msg) tea.Msg {
	if msg == nil {
		return nil
	}
	v := reflect.ValueOf(msg)
	if !strings.HasPrefix(v.Type().PkgPath(), "charm.land/bubbletea/") {
		return envelope{msg}
	}
	if v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			if cmd, ok := v.Index(i).Interface().(tea.Cmd); ok {
				v.Index(i).Set(reflect.ValueOf(w.wrap(cmd)))
			}
		}
	}
	return msg
}

func isTimer(cmd tea.Cmd) bool {
	name := runtime.FuncForPC(reflect.ValueOf(cmd).Pointer()).Name()
	return strings.HasPrefix(name, "charm.land/bubbletea/v2.Tick") || strings.HasPrefix(name, "charm.land/bubbletea/v2.Every")
}
