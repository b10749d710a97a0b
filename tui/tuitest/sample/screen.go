package sample

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/tuitest"
	"taizhang/tui/ui"
)

// Program is the root model of tui, whose own tests can't be given it by name.
type Program interface {
	tea.Model
	App() *ui.App
	Close() error
}

// Start runs the program with fakes for the form and the table; it is closed with the
// test.
func Start(t testing.TB, r Program, w, h int) *tuitest.Term {
	t.Helper()
	r.App().Form = func(_ *ui.App, o ui.FormOf) ui.Screen {
		return &Fake{Head: strings.TrimSpace("表单 " + o.Kind), Lost: "王五的表单"}
	}
	r.App().Table = func(_ *ui.App, o ui.TableOf) ui.Screen { return &Fake{Head: "表格 " + o.Kind} }
	return StartReal(t, r, w, h)
}

// StartReal runs the program as it is, with the form and the table that people see.
func StartReal(t testing.TB, r Program, w, h int) *tuitest.Term {
	t.Helper()
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return tuitest.Start(t, r, w, h)
}

// OpenScreen opens what the menu finds.
func OpenScreen(tm *tuitest.Term, find string) {
	tm.Press("f12")
	tm.Type(find)
	tm.Press("enter")
}

// Golden compares the screen with a golden file of the package's folder, while the
// program works in another one.
func Golden(t *testing.T, tm *tuitest.Term, home, name string) {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(home)
	tm.Golden(name)
	t.Chdir(here)
}

// Fake is a screen that does what its test tells it.
type Fake struct {
	Head, Lost string // its title, and what would be lost by leaving it
	OnKey      func(string) tea.Cmd
	OnMsg      func(tea.Msg) tea.Cmd
	Draw       func() string
	Got        []string // the notes that came
	w, h       int
}

// Init implements ui.Screen.
func (f *Fake) Init() tea.Cmd { return nil }

// Title implements ui.Screen.
func (f *Fake) Title() string { return f.Head }

// Unsaved implements ui.Screen.
func (f *Fake) Unsaved() string { return f.Lost }

// Hints implements ui.Screen.
func (f *Fake) Hints() []ui.Hint { return []ui.Hint{{Action: ui.Back, Label: "返回"}} }

// Help implements ui.Screen.
func (f *Fake) Help() []string { return []string{"试验用的画面"} }

// SetSize implements ui.Screen.
func (f *Fake) SetSize(w, h int) { f.w, f.h = w, h }

// Update implements ui.Screen.
func (f *Fake) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if m.String() == "esc" {
			return ui.Do(ui.Pop{})
		}
		if f.OnKey != nil {
			return f.OnKey(m.String())
		}
	case Note:
		f.Got = append(f.Got, string(m))
	default:
		if f.OnMsg != nil {
			return f.OnMsg(m)
		}
	}
	return nil
}

// Note is a message that fakes send each other.
type Note string

// View implements ui.Screen.
func (f *Fake) View() (string, *tea.Cursor) {
	if f.Draw != nil {
		return f.Draw(), nil
	}
	return strings.Join(f.Got, " "), nil
}

// OverFake is a Fake as an overlay.
type OverFake struct{ Fake }

// Box implements ui.Overlay.
func (f *OverFake) Box(w, h int) (int, int) { return 30, 6 }
