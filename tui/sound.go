package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/tui/ui"
)

// lookAfter is how long after the first screen the whole file is looked through: the
// first screens read it too.
const lookAfter = 3 * time.Second

type (
	lookNow      struct{ ledger *store.Ledger }
	lookedAtFile struct {
		ledger *store.Ledger
		sound  *store.Soundness
	}
)

// lookLater has the file looked through in the background.
func (r *Root) lookLater() tea.Cmd {
	l := r.app.Ledger
	if l.Damage() != nil {
		return nil
	}
	return tea.Tick(lookAfter, func(time.Time) tea.Msg { return lookNow{l} })
}

// What is done behind the screens with a big ledger takes the machine for many seconds, and
// keys would wait for it: it begins once no key came for keysRest, and at the latest
// waitsMost after it should have.
const (
	keysRest  = 2 * time.Second
	waitsMost = 30 * time.Second
)

// yielding is when the last key came, and since when the work behind the screens waits.
type yielding struct {
	key, since time.Time
}

// yield gives the command that sends a message again once the keys may rest, nil where what
// it begins may begin now.
func (r *Root) yield(l *store.Ledger, again tea.Msg) tea.Cmd {
	now := time.Now()
	if r.yielding.since.IsZero() {
		r.yielding.since = now
	}
	if now.Sub(r.yielding.key) >= keysRest || now.Sub(r.yielding.since) >= waitsMost || !l.Big() {
		return nil
	}
	return tea.Tick(keysRest, func(time.Time) tea.Msg { return again })
}

// lookThrough looks through the file as a command.
func (r *Root) lookThrough(l *store.Ledger) tea.Cmd {
	if l != r.app.Ledger {
		return nil
	}
	if later := r.yield(l, lookNow{l}); later != nil {
		return later
	}
	ctx := r.app.Ctx
	return r.bind(0, func() tea.Msg {
		due, err := l.LookThroughDue(ctx)
		if err != nil {
			return ui.Failed{Err: err}
		}
		if !due {
			return nil
		}
		sound, err := l.LookThrough(ctx)
		switch {
		case ctx.Err() != nil: // the program ends
			return nil
		case err != nil:
			return ui.Failed{Err: err}
		}
		return lookedAtFile{l, sound}
	})
}

// sawFile shows what looking through has found.
func (r *Root) sawFile(m lookedAtFile) tea.Cmd {
	switch {
	case m.ledger != r.app.Ledger:
	case m.sound.Damage != nil:
		return r.showDamage()
	case m.sound.Count > 0:
		r.status = ui.Status{Text: fmt.Sprintf("台账有 %d 处要先改好才能上报:%s", m.sound.Count, m.sound.Mend[0]), Fault: true}
	}
	return nil
}
