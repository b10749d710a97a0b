package tui

import (
	"time"

	"filippo.io/age"

	tea "charm.land/bubbletea/v2"

	"taizhang/store"
	"taizhang/store/clear"
	"taizhang/store/copies"
	"taizhang/store/vault"
	"taizhang/tui/ui"
)

// backUpAfter is how long after the first screen the day's backup begins: that one reads
// the ledger too.
const backUpAfter = time.Second

type (
	backUpNow struct{ ledger *store.Ledger }
	backedUp  struct {
		ledger *store.Ledger
		err    error
	}
)

// backing is how the day's backup stands.
type backing struct {
	under bool // one is being made
	quits bool // and then the program ends
}

// keepBackups lets the backups of the ledger be made by themselves.
func (r *Root) keepBackups(l *store.Ledger) {
	if r.o.Backups {
		copies.Begin(l, copies.Options{Drives: r.app.Drives, To: func() ([]age.Recipient, error) { return vault.Recipients(l.Path()) }})
	}
}

// backUpLater has the day's backup made behind the first screen.
func (r *Root) backUpLater() tea.Cmd {
	l := r.app.Ledger
	if copies.Of(l) == nil {
		return nil
	}
	return tea.Tick(backUpAfter, func(time.Time) tea.Msg { return backUpNow{l} })
}

// backUp makes it as a command.
func (r *Root) backUp(m backUpNow) tea.Cmd {
	k := copies.Of(m.ledger)
	if m.ledger != r.app.Ledger || k == nil || r.backing.under {
		return nil
	}
	if later := r.yield(m.ledger, m); later != nil {
		return later
	}
	r.backing.under = true
	ctx := r.app.Ctx
	return r.bind(0, func() tea.Msg {
		err := k.Daily(ctx)
		if err == nil { // what a killed run has left of a clearing
			_, err = clear.End(ctx, m.ledger)
		}
		if ctx.Err() != nil { // the program ends
			err = nil
		}
		return backedUp{m.ledger, err}
	})
}

// sawBackup goes on once it is made, or was not.
func (r *Root) sawBackup(m backedUp) tea.Cmd {
	quits := r.backing.quits
	r.backing = backing{}
	switch {
	case quits:
		return r.quit()
	case m.err != nil:
		return r.fail(m.err)
	}
	return r.each(ui.BackedUp{})
}

// quitAfterBackup ends the program; while a backup is being made it waits for it, unless it
// is asked twice.
func (r *Root) quitAfterBackup() tea.Cmd {
	if !r.backing.under || r.backing.quits {
		return r.quit()
	}
	r.backing.quits = true
	r.status = ui.Status{Text: "正在做今天的备份,做好就退出;不等了,再按一次 F10(记录都存好了)"}
	return nil
}
