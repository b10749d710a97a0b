package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// beside gives the screen made for the table's kind. A county's ledger has many
// organisations, and these screens are for one.
func (t *tableScreen) beside() (ui.BesideTable, bool) {
	if t.kind == nil || t.app.County {
		return ui.BesideTable{}, false
	}
	b, ok := t.app.Beside[t.kind.Name]
	return b, ok
}

// openBeside opens it, where there is one.
func (t *tableScreen) openBeside() tea.Cmd {
	b, ok := t.beside()
	if !ok {
		return nil
	}
	return ui.Do(ui.Push{Screen: b.Open(t.app)})
}

func (t *tableScreen) besideHelp() []string {
	b, ok := t.beside()
	if !ok {
		return nil
	}
	return []string{ui.Beside.Keys() + " 打开" + b.Title + "。"}
}
