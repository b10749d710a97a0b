package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// AskPath makes the overlay that asks for a file's path as a table does: what is
// typed, with the folders and files that fit below it. exts are the endings of the
// files offered, e.g. ".json"; done is called with the path, the overlay still open.
func AskPath(app *ui.App, title, help, path string, exts []string, done func(path string) tea.Cmd) ui.Overlay {
	return ui.NewPathBox(app, ui.PathAsk{Title: title, Help: help, Path: path, Exts: exts, Done: done})
}
