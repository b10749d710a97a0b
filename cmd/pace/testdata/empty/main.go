// Command empty is the yardstick of a start: a Bubble Tea program that opens a ledger's
// file, reads one row of it and shows that on the whole screen.
package main

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"

	tea "charm.land/bubbletea/v2"
	_ "modernc.org/sqlite"
)

// screen shows one text.
type screen struct{ text string }

func (s screen) Init() tea.Cmd { return nil }

func (s screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok && k.String() == "ctrl+q" {
		return s, tea.Quit
	}
	return s, nil
}

func (s screen) View() tea.View {
	v := tea.NewView(s.text + "\nF10")
	v.AltScreen = true
	return v
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path string) error {
	u := url.URL{Scheme: "file", Path: path, RawQuery: "mode=rw"}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return err
	}
	var s screen
	if err := db.QueryRow("SELECT name FROM person LIMIT 1").Scan(&s.text); err != nil {
		return err
	}
	if _, err := tea.NewProgram(s).Run(); err != nil {
		return err
	}
	return db.Close()
}
