package work

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/store/copies"
	"taizhang/tui/backups"
	"taizhang/tui/ui"
)

// backupsRead brings how the backups stand.
type backupsRead struct {
	line  string // when one was made last elsewhere
	late  bool
	notes []string
}

// readBackups asks for it, where backups are made by themselves.
func (s *work) readBackups() tea.Cmd {
	app := s.app
	if copies.Of(app.Ledger) == nil || app.Ledger.Extract() != nil {
		return nil
	}
	return func() tea.Msg {
		status, err := copies.StatusOf(app.Ctx, app.Ledger, app.Drives())
		if err != nil {
			return ui.Failed{Err: err}
		}
		m := backupsRead{notes: status.Notes()}
		m.line, m.late = status.Line(backups.LateDays(app))
		return m
	}
}

// backupItems are the lines about backups: they lead to the page of them.
func (s *work) backupItems() []ui.Item {
	b := s.backups
	if b == nil {
		return nil
	}
	open := func() tea.Cmd { return ui.Do(ui.Push{Screen: backups.New(s.app)}) }
	it := ui.Item{Key: "backups", Label: b.line, Note: "回车看", Run: open}
	if b.late {
		it.Style, it.Note = s.app.Styles.Warning, "该备份了"
	}
	items := []ui.Item{{Heading: true}, {Heading: true, Label: "备份"}, it}
	for n, note := range b.notes {
		items = append(items, ui.Item{Key: "backups" + string(rune('a'+n)), Label: note, Style: s.app.Styles.Warning, Run: open})
	}
	return items
}
