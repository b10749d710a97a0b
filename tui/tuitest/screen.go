package tuitest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

var update = flag.Bool("update", false, "rewrite the golden files under testdata")

// Update reports whether golden files are to be rewritten (go test -update).
func Update() bool { return *update }

// Screen gives the rows as plain text, a wide character once, without spaces at
// the ends of rows.
func (tm *Term) Screen() string {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.screen()
}

func (tm *Term) screen() string {
	rows := make([]string, tm.emu.Height())
	for y := range rows {
		rows[y] = tm.row(y)
	}
	return strings.Join(rows, "\n")
}

func (tm *Term) row(y int) string {
	var b strings.Builder
	for x := 0; x < tm.emu.Width(); {
		c := tm.emu.CellAt(x, y)
		switch {
		case c == nil || c.Content == "":
			b.WriteByte(' ')
			x++
		default:
			b.WriteString(c.Content)
			x += max(c.Width, 1)
		}
	}
	return strings.TrimRight(b.String(), " ")
}

// Row gives one row as Screen does; the first is 0.
func (tm *Term) Row(y int) string {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.row(y)
}

// Styled gives the screen with its styles as escape sequences.
func (tm *Term) Styled() string {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.emu.Render()
}

// Title gives the window's title.
func (tm *Term) Title() string {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.title
}

// Cursor gives the cell of the terminal's cursor, and whether it is shown.
func (tm *Term) Cursor() (x, y int, visible bool) {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	p := tm.emu.CursorPosition()
	return p.X, p.Y, tm.cursor
}

// BeforeCursor gives the text of the cursor's row up to the cursor, which must
// be shown.
func (tm *Term) BeforeCursor() string {
	tm.t.Helper()
	x, y, visible := tm.Cursor()
	if !visible {
		tm.t.Fatalf("tuitest: the cursor is hidden:\n%s", tm.Screen())
	}
	return ansi.Cut(tm.Row(y), 0, x)
}

// AltScreen reports whether the program has the terminal's second screen.
func (tm *Term) AltScreen() bool {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.emu.IsAltScreen()
}

// Find gives the cell where the text first stands.
func (tm *Term) Find(text string) (x, y int, ok bool) {
	for y, row := range strings.Split(tm.Screen(), "\n") {
		if before, _, found := strings.Cut(row, text); found {
			return ansi.StringWidth(before), y, true
		}
	}
	return 0, 0, false
}

// Golden compares the screen and its cursor with testdata/NAME.golden, or writes
// the file when the test runs with -update.
func (tm *Term) Golden(name string) {
	tm.t.Helper()
	tm.WaitStable()
	x, y, visible := tm.Cursor()
	at := "hidden"
	if visible {
		at = fmt.Sprintf("%d,%d", x, y)
	}
	Golden(tm.t, name, tm.Screen()+"\n-- cursor "+at+" --\n")
}

// TB is what Golden needs of a test.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Golden compares a text with testdata/NAME.golden, or writes that file.
func Golden(t TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	if Update() {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatalf("golden: %v", err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatalf("golden: %v", err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("golden: %v; write it with -update", err)
	}
	if string(want) != got {
		t.Errorf("%s differs (go test -update writes it anew); got:\n%s\nwant:\n%s", path, got, want)
	}
}
