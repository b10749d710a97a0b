package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestDoubleClick: under Explorer the program opens. Cobra refuses that in English unless
// its sentence is empty when a command runs.
func TestDoubleClick(t *testing.T) {
	cobra.MousetrapHelpText = "This is a command line tool."
	run := &Main{Stdin: os.Stdin, Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }}
	if status := run.Run(t.Context(), []string{"version"}); status != exitDone {
		t.Fatalf("status %d", status)
	}
	if cobra.MousetrapHelpText != "" {
		t.Errorf("a double-click is answered with %q", cobra.MousetrapHelpText)
	}
}

// TestWindowStays: a window that was opened for the program alone stays when it holds
// something to read.
func TestWindowStays(t *testing.T) {
	t.Parallel()
	wrong := filepath.Join(t.TempDir(), "no-ledger.db")
	if err := os.WriteFile(wrong, []byte("not a ledger"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"a ledger that can't be opened": {"list", "person", "--db", wrong},
		"a wrong command":               {"nosuch"},
		"an answer":                     {"version"},
	} {
		m := &Main{Stdin: os.Stdin, Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }}
		before := m.toRead
		m.Run(t.Context(), args)
		if before || !m.toRead {
			t.Errorf("%s: to read before %v, afterwards %v", name, before, m.toRead)
		}
	}
}

// TestJSONStaysBare: what asks for JSON is noted before anything is written, so that its
// encoding is left alone wherever it goes.
func TestJSONStaysBare(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]bool{
		"list person --json": true, "list person --format json": true, "check --json": true,
		"list person --format csv": false, "list person": false, "version": false,
	} {
		m := &Main{Stdin: os.Stdin, Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }}
		m.Run(t.Context(), append(strings.Fields(args), "--db", filepath.Join(t.TempDir(), "no.db")))
		if m.bare() != want {
			t.Errorf("%s: JSON %v", args, m.bare())
		}
	}
}
