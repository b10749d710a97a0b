package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/settings"
	"taizhang/tui/ui"
)

// askHandler asks once who keeps the book: what is written from then on names him beside
// the system's user. Esc asks no more; 设置 has it still. nil where there is nothing to ask.
func (r *Root) askHandler() ui.Screen {
	l := r.app.Ledger
	if _, asked := l.Handler(); !r.o.AskHandler || r.practising.on || asked || l.ReadOnly() {
		return nil
	}
	return settings.NewHandler(r.app, func() tea.Cmd {
		return func() tea.Msg {
			if err := l.SetHandler(r.app.Ctx, ""); err != nil {
				return ui.Failed{Err: err}
			}
			return nil
		}
	})
}
