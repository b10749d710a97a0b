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

// lookThrough looks through the file as a command.
func (r *Root) lookThrough(l *store.Ledger) tea.Cmd {
	if l != r.app.Ledger {
		return nil
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
