package tui

import (
	"sync"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// cover is what hides the screens from who isn't asked for, and what ends an encrypted
// ledger's sitting.
type cover struct {
	idle        idle
	hidden      bool     // numbers are hidden until the next key
	locked      *gate    // covers everything until the passphrase is typed; nil: it is not locked
	lockHelp    bool     // its help is open
	leaveAnyhow bool     // F10 was pressed on it once, and something is unsaved
	leaving     *leaving // covers everything while the ledger is encrypted
	closing     sync.Mutex
	sitting     ui.Sitting // held with closing: opened, and perhaps not shown yet
}

// covered gives the page that covers the whole stack, or nil.
func (r *Root) covered() ui.Screen {
	switch {
	case r.leaving != nil:
		return r.leaving
	case r.locked != nil:
		return r.locked
	}
	return nil
}

// sizeAll tells every screen the room it has.
func (r *Root) sizeAll() {
	for _, e := range r.stack {
		r.size(e.screen)
	}
	if c := r.covered(); c != nil {
		r.size(c)
	}
}

// coveredInput gives what a person does to the page that covers the stack, and to nothing
// below it.
func (r *Root) coveredInput(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		return r.coveredKey(m)
	case tea.MouseClickMsg:
		if m.Y == r.height-1 && !r.small() {
			return r.clickKey(m.X)
		}
		m.Y--
		return r.coveredClick(m)
	case tea.PasteMsg:
		if r.leaving == nil && !r.small() {
			return r.locked.Update(m)
		}
	}
	return nil
}

func (r *Root) coveredKey(m tea.KeyPressMsg) tea.Cmd {
	if r.leaving != nil {
		return r.leaveKey(m)
	}
	return r.lockKey(m)
}

func (r *Root) coveredClick(m tea.MouseClickMsg) tea.Cmd {
	switch l := r.leaving; {
	case r.small():
	case l == nil && !r.lockHelp:
		return r.locked.Update(m)
	case l != nil && !l.busy && l.list.Click(m.X-4, m.Y-len(l.top())):
		return r.leaveChosen()
	}
	return nil
}

// drawCovered draws the page that covers the stack.
func (r *Root) drawCovered(c ui.Screen, w, h int) (title string, body []string, cursor *tea.Cursor, hints []ui.Hint) {
	if r.leaving == nil && r.lockHelp {
		body, hints = r.lockHelpPage(w, h)
		return c.Title(), body, nil, hints
	}
	text, at := c.View()
	if at != nil {
		moved := *at
		moved.X, moved.Y = min(moved.X, w-1), moved.Y+1
		cursor = &moved
	}
	return c.Title(), ui.Lines(text, w, h), cursor, c.Hints()
}
