package county

import (
	"errors"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// keyForm is one act about the key: what it means in plain words, a few rows, and a button.
type keyForm struct {
	app   *ui.App
	title string
	intro []string
	rows  ui.ShortForm
	// act looks at what was typed; a nil command leaves the form as it is.
	act  func() tea.Cmd
	busy string // what is being done, "" for nothing
	w, h int
}

var _ ui.Screen = (*keyForm)(nil)

// keyDone tells what came of an act.
type keyDone struct {
	text string
	err  error
}

// The rows of these forms.
const (
	rowSecret = "secret" // the passphrase of the key that is there
	rowNew    = "new"    // a new passphrase
	rowAgain  = "again"
	rowPlace  = "place"
	rowGo     = "go"
	rowLine   = "line" // a line of the paper
	rowOld    = "old"  // whether the old key is there
)

func newKeyForm(app *ui.App, title, button string, intro []string, rows ...*ui.ShortRow) *keyForm {
	f := &keyForm{app: app, title: title, intro: intro}
	f.rows.App = app
	f.rows.Rows = append(rows, &ui.ShortRow{Name: rowGo, Label: button, Act: func() tea.Cmd { return f.act() }})
	return f
}

// secretRow is a field whose text is not shown.
func secretRow(app *ui.App, name, label, note string) *ui.ShortRow {
	r := ui.TextRow(app, name, label, "", note)
	r.Input.Secret = true
	return r
}

// newSecretRows ask for a new passphrase, twice.
func newSecretRows(app *ui.App, label string) []*ui.ShortRow {
	return []*ui.ShortRow{secretRow(app, rowNew, label, "至少 6 个字,可以用汉字;忘了谁也打不开,请记牢"),
		secretRow(app, rowAgain, "再打一遍", "与上面一样")}
}

// shortestSecret is how many characters a new passphrase must have.
const shortestSecret = 6

// newSecret gives the new passphrase, "" where it can't be taken: then the row says why.
func (f *keyForm) newSecret() string {
	typed, again := f.rows.Row(rowNew), f.rows.Row(rowAgain)
	switch {
	case utf8.RuneCountInString(typed.Value()) < shortestSecret:
		typed.Fault = "口令太短,请至少打 6 个字"
		f.rows.Focus(rowNew)
	case typed.Value() != again.Value():
		again.Fault = "两遍打的不一样"
		f.rows.Focus(rowAgain)
	default:
		return typed.Value()
	}
	return ""
}

func (f *keyForm) has(name string) bool { return f.rows.Row(name) != nil }

// work does an act in a command, the form saying so.
func (f *keyForm) work(busy string, do func() (string, error)) tea.Cmd {
	f.busy = busy
	for _, r := range f.rows.Rows {
		r.Fault = ""
	}
	return func() tea.Msg {
		text, err := do()
		return keyDone{text, err}
	}
}

// done shows what came of the act: at the row that it is about, or below the button.
func (f *keyForm) done(m keyDone) tea.Cmd {
	f.busy = ""
	var known *model.Error
	switch {
	case m.err == nil:
		return tea.Sequence(ui.Do(ui.Pop{}), ui.Do(ui.Changed{}), ui.Do(ui.Status{Text: m.text}))
	case !errors.As(m.err, &known):
		return ui.Do(ui.Failed{Err: m.err})
	}
	at := rowGo
	if known.Code == "E-PASSPHRASE" && f.has(rowSecret) {
		at = rowSecret
	}
	f.rows.Row(at).Fault = known.Message
	f.rows.Focus(at)
	return nil
}

// Init implements ui.Screen.
func (f *keyForm) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (f *keyForm) Title() string { return f.title }

// Unsaved implements ui.Screen.
func (f *keyForm) Unsaved() string { return "" }

// Hints implements ui.Screen.
func (f *keyForm) Hints() []ui.Hint {
	if f.busy != "" {
		return nil
	}
	hints := []ui.Hint{{Action: ui.Save, Label: f.rows.Row(rowGo).Label}}
	for _, name := range []string{rowSecret, rowNew} {
		if f.has(name) {
			hints = append(hints, f.rows.RevealHint())
			break
		}
	}
	return append(hints, ui.Hint{Action: ui.Back, Label: "返回"})
}

// Reveal implements ui.Revealer.
func (f *keyForm) Reveal() bool { return f.busy == "" && f.rows.Reveal() }

// Help implements ui.Screen.
func (f *keyForm) Help() []string {
	return append(append([]string{}, f.intro...), "填好按 F2;按 Esc 返回,什么也不做。")
}

// SetSize implements ui.Screen.
func (f *keyForm) SetSize(w, h int) { f.w, f.h = w, h }

// Update implements ui.Screen.
func (f *keyForm) Update(msg tea.Msg) tea.Cmd {
	if m, ok := msg.(keyDone); ok {
		return f.done(m)
	}
	if f.busy != "" {
		return nil
	}
	if m, ok := msg.(tea.KeyPressMsg); ok && m.String() == "enter" && f.rows.Rows[f.rows.Cur].Name == rowLine {
		return f.act()
	}
	return f.rows.Drive(msg, len(f.head()), f.act)
}

// head is the text above the rows.
func (f *keyForm) head() []string {
	lines := []string{""}
	for _, text := range f.intro {
		for _, l := range ui.Wrap(text, max(f.w-4, 20)) {
			lines = append(lines, " "+l)
		}
	}
	return append(lines, "")
}

// View implements ui.Screen.
func (f *keyForm) View() (string, *tea.Cursor) {
	lines, cursor := f.rows.Below(f.head(), f.w)
	if f.busy != "" {
		cursor = nil
		lines = append(lines, "", " "+f.busy)
	}
	return strings.Join(lines, "\n"), cursor
}
