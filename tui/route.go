package tui

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// addressed is a message on its way from a command back to the screen that
// returned the command.
type addressed struct {
	to  int // the screen's number in the stack's history
	msg tea.Msg
}

// bind addresses what a command gives to a screen. What is addressed already, as
// a callback's, stays so. A panic in the command becomes a fault to show.
func (r *Root) bind(to int, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = ui.Failed{Err: fmt.Errorf("panic in a command: %v\n%s", p, debug.Stack())}
			}
		}()
		return r.address(to, cmd())
	}
}

// address leaves Bubble Tea's own messages as they are; in those that hold
// commands it addresses each.
func (r *Root) address(to int, msg tea.Msg) tea.Msg {
	if msg == nil {
		return nil
	}
	if _, ok := msg.(addressed); ok {
		return msg
	}
	v := reflect.ValueOf(msg)
	if !strings.HasPrefix(v.Type().PkgPath(), "charm.land/bubbletea/") {
		return addressed{to, msg}
	}
	if v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range v.Len() {
			cmd, _ := v.Index(i).Interface().(tea.Cmd)
			v.Index(i).Set(reflect.ValueOf(r.bind(to, cmd)))
		}
	}
	return msg
}

// deliver gives a message to the screen of that number, or when it is gone to the
// one that opened it. An overlay's messages reach its opener too, since the two
// are made for each other.
func (r *Root) deliver(to int, msg tea.Msg) tea.Cmd {
	i := r.find(to)
	for i < 0 {
		opener, ok := r.openers[to]
		if !ok {
			i = len(r.stack) - 1
			break
		}
		to = opener
		i = r.find(to)
	}
	if i < 0 {
		return nil
	}
	e := r.stack[i]
	cmd := r.bind(e.id, e.screen.Update(msg))
	if _, ok := e.screen.(ui.Overlay); !ok {
		return cmd
	}
	if j := r.find(r.openers[e.id]); j >= 0 {
		opener := r.stack[j]
		cmd = tea.Batch(cmd, r.bind(opener.id, opener.screen.Update(msg)))
	}
	return cmd
}

// find gives the place of the screen of that number in the stack, or -1.
func (r *Root) find(id int) int {
	for i, e := range r.stack {
		if e.id == id {
			return i
		}
	}
	return -1
}
