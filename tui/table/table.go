// Package table is the one table screen that serves every kind of record: its
// columns, search, filter and order come from the kind's declaration.
package table

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// tableScreen is the table of one kind.
type tableScreen struct {
	app  *ui.App
	kind *model.Kind

	width, height int
}

var _ ui.Screen = (*tableScreen)(nil)

// New makes the table of the kind that the message names, with its view and
// search text.
func New(app *ui.App, o ui.OpenTable) ui.Screen {
	return &tableScreen{app: app, kind: app.Ledger.Kinds().Kind(o.Kind)}
}

func (t *tableScreen) Init() tea.Cmd { return nil }

func (t *tableScreen) Update(msg tea.Msg) tea.Cmd { return nil }

func (t *tableScreen) SetSize(width, height int) { t.width, t.height = width, height }

func (t *tableScreen) View() (string, *tea.Cursor) { return "", nil }

func (t *tableScreen) Title() string { return t.kind.Title }

func (t *tableScreen) Hints() []ui.Hint { return nil }

func (t *tableScreen) Help() []string { return nil }

func (t *tableScreen) Unsaved() string { return "" }
