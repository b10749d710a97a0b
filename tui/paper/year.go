package paper

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/store/paper"
	"taizhang/tui/ui"
)

// OpenYear shows a paper that is of a year; nil where there is none of that name.
func OpenYear(app *ui.App, name string, year int) tea.Cmd {
	p := paper.Find(name)
	if p == nil {
		return nil
	}
	return ui.Do(ui.Push{Screen: newPreview(app, p, subject{year: year})})
}
