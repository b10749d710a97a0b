// Package form is the one form that serves every kind.
package form

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// Form is the form of one record.
type Form struct {
	app  *ui.App
	open ui.OpenForm
	kind *model.Kind
	w, h int
}

var _ ui.Screen = (*Form)(nil)

// New gives the form that o asks for.
func New(app *ui.App, o ui.OpenForm) ui.Screen {
	return &Form{app: app, open: o, kind: app.Ledger.Kinds().Kind(o.Kind)}
}

// Init implements ui.Screen.
func (f *Form) Init() tea.Cmd { return nil }

// Update implements ui.Screen.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(tea.KeyPressMsg); ok && ui.Is(m, ui.Back) {
		return ui.Do(ui.Pop{})
	}
	return nil
}

// SetSize implements ui.Screen.
func (f *Form) SetSize(w, h int) { f.w, f.h = w, h }

// View implements ui.Screen.
func (f *Form) View() (string, *tea.Cursor) { return "", nil }

// Title implements ui.Screen.
func (f *Form) Title() string { return f.kind.Title }

// Hints implements ui.Screen.
func (f *Form) Hints() []ui.Hint { return []ui.Hint{{Action: ui.Back, Label: "返回"}} }

// Help implements ui.Screen.
func (f *Form) Help() []string { return nil }

// Unsaved implements ui.Screen.
func (f *Form) Unsaved() string { return "" }
