package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Slip asks for a few lines of text, as an overlay.
type Slip struct {
	form ShortForm
	ask  SlipAsk
	w, h int
}

// SlipAsk says what a slip asks for.
type SlipAsk struct {
	Title string
	Help  []string            // above the rows
	Leave string              // what Esc does: 不打印了
	Done  func(*Slip) tea.Cmd // the answer; a fault that it sets stands under its row
}

var _ Overlay = (*Slip)(nil)

// NewSlip makes a slip of some rows, with a button behind them.
func NewSlip(app *App, ask SlipAsk, rows ...*ShortRow) *Slip {
	s := &Slip{ask: ask, form: ShortForm{App: app, Rows: rows}}
	s.form.Rows = append(s.form.Rows, &ShortRow{Name: "done", Label: "确定", Act: s.done})
	return s
}

// Value is what is typed or chosen in the row of that name.
func (s *Slip) Value(name string) string { return s.form.Value(name) }

// Row gives the row of that name, or nil.
func (s *Slip) Row(name string) *ShortRow { return s.form.Row(name) }

// Focus goes to the row of that name and tells whether there is one.
func (s *Slip) Focus(name string) bool { return s.form.Focus(name) }

func (s *Slip) done() tea.Cmd { return s.ask.Done(s) }

// Init implements Screen.
func (s *Slip) Init() tea.Cmd { return nil }

// Title implements Screen.
func (s *Slip) Title() string { return s.ask.Title }

// Unsaved implements Screen.
func (s *Slip) Unsaved() string { return "" }

// Hints implements Screen.
func (s *Slip) Hints() []Hint {
	return []Hint{{Action: Save, Label: "确定"}, {Action: Next, Label: "下一项"}, {Action: Back, Label: s.ask.Leave}}
}

// Help implements Screen.
func (s *Slip) Help() []string {
	return append(slices.Clone(s.ask.Help), "填好按 F2,或到“确定”上按回车;Esc "+s.ask.Leave+"。")
}

// Box implements Overlay.
func (s *Slip) Box(width, height int) (w, h int) {
	w = min(72, width-4)
	return w, min(len(s.text(w-2))+2*len(s.form.Rows)+3, height)
}

func (s *Slip) text(w int) []string {
	var all []string
	for _, t := range s.ask.Help {
		all = append(all, Wrap(t, max(w-2, 10))...)
	}
	return append(all, "")
}

// SetSize implements Screen.
func (s *Slip) SetSize(w, h int) { s.w, s.h = w, h }

// Update implements Screen.
func (s *Slip) Update(msg tea.Msg) tea.Cmd { return s.form.Drive(msg, len(s.text(s.w)), s.done) }

// View implements Screen.
func (s *Slip) View() (string, *tea.Cursor) {
	lines := make([]string, 0, s.h)
	for _, t := range s.text(s.w) {
		lines = append(lines, " "+t)
	}
	lines, cursor := s.form.Below(lines, s.w-1)
	return strings.Join(Lines(strings.Join(lines, "\n"), s.w, s.h), "\n"), cursor
}
