package paper

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// slip asks for a few lines of text, as an overlay.
type slip struct {
	app   *ui.App
	title string
	help  []string
	form  ui.ShortForm
	done  func() tea.Cmd // the answer; a fault that it sets stands under its row
	w, h  int
}

var _ ui.Overlay = (*slip)(nil)

func newSlip(app *ui.App, title string, help []string, rows ...*ui.ShortRow) *slip {
	s := &slip{app: app, title: title, help: help, form: ui.ShortForm{App: app, Rows: rows}}
	s.form.Rows = append(s.form.Rows, &ui.ShortRow{Name: "done", Label: "确定", Act: func() tea.Cmd { return s.done() }})
	return s
}

// Init implements ui.Screen.
func (s *slip) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (s *slip) Title() string { return s.title }

// Unsaved implements ui.Screen.
func (s *slip) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (s *slip) Hints() []ui.Hint {
	return []ui.Hint{{Action: ui.Save, Label: "确定"}, {Action: ui.Next, Label: "下一项"}, {Action: ui.Back, Label: "不打印了"}}
}

// Help implements ui.Screen.
func (s *slip) Help() []string {
	return append(s.help, "填好按 F2,或到“确定”上按回车;Esc 不打印了。")
}

// Box implements ui.Overlay.
func (s *slip) Box(width, height int) (w, h int) {
	w = min(72, width-4)
	return w, min(len(s.text(w-2))+2*len(s.form.Rows)+3, height)
}

func (s *slip) text(w int) []string {
	var all []string
	for _, t := range s.help {
		all = append(all, ui.Wrap(t, max(w-2, 10))...)
	}
	return append(all, "")
}

// SetSize implements ui.Screen.
func (s *slip) SetSize(w, h int) { s.w, s.h = w, h }

// Update implements ui.Screen.
func (s *slip) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if ui.Is(m, ui.Save) {
			return s.done()
		}
		cmd, taken := s.form.Update(m)
		if !taken && ui.Is(m, ui.Back) {
			return ui.Do(ui.Pop{})
		}
		return cmd
	case tea.PasteMsg:
		return s.form.Paste(m)
	case tea.MouseClickMsg:
		return s.form.Click(m.Y - len(s.text(s.w)))
	}
	return nil
}

// View implements ui.Screen.
func (s *slip) View() (string, *tea.Cursor) {
	text := s.text(s.w)
	lines := make([]string, 0, s.h)
	for _, t := range text {
		lines = append(lines, " "+t)
	}
	rows, cursor := s.form.View(s.w - 1)
	if cursor != nil {
		cursor.Y += len(text)
	}
	lines = append(lines, rows...)
	return strings.Join(ui.Lines(strings.Join(lines, "\n"), s.w, s.h), "\n"), cursor
}
