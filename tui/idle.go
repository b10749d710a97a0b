package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// idleAfter is how long a screen stands without a key before it is locked, or its
// numbers are hidden.
const idleAfter = 15 * time.Minute

// Timer is the clock by which the screen tells that nobody sits before it. It is none of
// the ledger's, which a test or a demonstration may have stand still.
type Timer struct {
	Now   func() time.Time
	After func(d time.Duration, then func(time.Time) tea.Msg) tea.Cmd
}

// idle is since when no key came. One timer runs at a time; it is set anew for what is
// left when it goes off too early, so that no key costs one.
type idle struct {
	last time.Time
	runs bool
}

// idleOver tells that the timer went off.
type idleOver struct{}

func (t *Timer) orSystem() *Timer {
	if t != nil {
		return t
	}
	// Without the monotonic clock, which stands still while a laptop sleeps.
	return &Timer{Now: func() time.Time { return time.Now().Round(0) }, After: tea.Tick}
}

// touched notes that somebody is there. It reports true where nobody was for so long that
// the timer should have gone off, as when a laptop slept: the key is then not for the
// screen that is locked by it.
func (r *Root) touched() (late bool, cmd tea.Cmd) {
	now := r.o.Timer.Now()
	late = r.idle.runs && now.Sub(r.idle.last) >= idleAfter && r.goAway()
	r.idle.last = now
	if r.idle.runs {
		return late, nil
	}
	return late, r.waitIdle(idleAfter)
}

func (r *Root) waitIdle(d time.Duration) tea.Cmd {
	r.idle.runs = true
	return r.o.Timer.After(min(d, idleAfter), func(time.Time) tea.Msg { return idleOver{} })
}

// idled locks or hides once no key came for long enough. Where it may not, as during a
// roll-call, the next key sets the timer again.
func (r *Root) idled() tea.Cmd {
	r.idle.runs = false
	if left := idleAfter - r.o.Timer.Now().Sub(r.idle.last); left > 0 {
		return r.waitIdle(left)
	}
	r.goAway()
	return nil
}

// goAway locks an encrypted ledger's screen and hides the numbers of another. It reports
// whether the screen is locked now that wasn't.
func (r *Root) goAway() bool {
	switch {
	case r.app.Ledger == nil || r.locked != nil || r.leaving != nil:
		return false
	case r.app.Sitting != nil && r.calling():
		return false
	case r.app.Sitting != nil:
		r.lock()
		return true
	}
	r.app.ShowIDs, r.hidden = false, true
	r.shows++
	if r.status.Text == "" {
		r.status.Text = "十五分钟没有按键,证件号和电话已隐去;按任意键接着用"
	}
	return false
}

// calling tells whether people are being called up on a screen of the stack.
func (r *Root) calling() bool {
	for _, e := range r.stack {
		if c, ok := e.screen.(ui.Caller); ok && c.Calling() {
			return true
		}
	}
	return false
}
