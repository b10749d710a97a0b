package widget

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// picker is a widget in which one types to find entries of a list: of one entry
// (choice, ref, org_code) or of several (choices, refs).
type picker interface {
	input() *ui.Input
	dropped() *ui.DropList
	filled() bool // something is chosen
	// look opens the list of what fits what is typed; by is the key that asks for
	// it, "" for typing. The answer may come later.
	look(by string) tea.Cmd
	forget() // closes the list, and drops a question that is under way
	takeBack(key string) bool
	Pick() (Outcome, tea.Cmd)
}

// pickKey handles a key of a picker.
func pickKey(p picker, m tea.KeyPressMsg) (Outcome, tea.Cmd) {
	in, drop := p.input(), p.dropped()
	if drop.IsOpen() && drop.Update(m) {
		return Taken, nil
	}
	typed := in.Value()
	switch key := m.String(); key {
	case "enter":
		if drop.IsOpen() {
			return p.Pick()
		}
		if p.filled() && typed == "" {
			return Ignored, nil
		}
		return Taken, p.look("enter")
	case "down":
		return Taken, p.look("down")
	case "backspace", "delete":
		if typed == "" {
			p.takeBack(key)
			return Taken, nil
		}
	case "left", "right", "home", "end", "ctrl+z", "space":
		if typed == "" {
			return Taken, nil
		}
	}
	if !in.Edit(m) {
		return Ignored, nil
	}
	if in.Value() == typed {
		return Taken, nil
	}
	return Taken, retyped(p)
}

// retyped lists what fits what is typed now.
func retyped(p picker) tea.Cmd {
	if p.input().Value() == "" {
		p.forget()
		return nil
	}
	return p.look("")
}

// pickPaste puts pasted text in as if it had been typed.
func pickPaste(p picker, text string) tea.Cmd {
	p.input().Insert(text)
	return retyped(p)
}

// pickClick opens the list, or closes it.
func pickClick(p picker) tea.Cmd {
	if p.dropped().IsOpen() {
		p.forget()
		return nil
	}
	return p.look("down")
}

// picking is the part that all pickers share: what is typed, the list, and the
// question to the ledger that is under way.
type picking struct {
	basic
	in    *ui.Input
	drop  ui.DropList
	asked int
	got   int
	by    string // the key by which the list was asked for
}

func newPicking(b basic) picking { return picking{basic: b, in: ui.NewInput(b.host.App().Styles)} }

func (p *picking) input() *ui.Input { return p.in }

func (p *picking) dropped() *ui.DropList { return &p.drop }

func (p *picking) List() *ui.DropList { return p.drop.Dropped() }

func (p *picking) Busy() bool { return p.got != p.asked }

func (p *picking) forget() {
	p.asked++
	p.got = p.asked
	p.drop.Close()
}

// show opens the list. By Enter on an empty field it is only looked at: nothing is
// chosen until one moves in it.
func (p *picking) show(items []ui.Item, key, empty string) {
	p.drop.Empty = empty
	p.drop.Drop(items, key)
	p.drop.Free = p.by == "enter" && p.in.Value() == "" && key == ""
}
