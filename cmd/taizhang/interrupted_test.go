package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stderrOf runs a command line and gives what it says on standard error.
func stderrOf(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, fault bytes.Buffer
	m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &fault, Getenv: os.Getenv}
	if status := m.Run(context.Background(), args); status != want {
		t.Fatalf("%q ended with %d, not %d: %s%s", args, status, want, out.String(), fault.String())
	}
	return fault.String()
}

// interrupt leaves a ledger as a restore does that is stopped before its last step.
func interrupt(t *testing.T, ledger, backup string) {
	t.Helper()
	content, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	note := fmt.Sprintf(`{"format": 1, "kept": "ledger-恢复前-20261031-090000.db", "had": true, "beside": null, "size": %d, "sha256": "%x", "since": "2026-10-31T09:00:00Z"}`,
		len(content), sha256.Sum256(content))
	for path, text := range map[string][]byte{ledger + ".restoring": content, ledger + ".restoring.json": []byte(note)} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInterruptedRestoreIsSaid: commands that only read say it and change nothing; the
// first that writes ends the restore and says so.
func TestInterruptedRestoreIsSaid(t *testing.T) {
	dir := t.TempDir()
	ledger, backup := filepath.Join(dir, "ledger.db"), filepath.Join(dir, "stick", "b.db")
	if err := os.Mkdir(filepath.Dir(backup), 0o700); err != nil {
		t.Fatal(err)
	}
	stderrOf(t, exitDone, "init", "--db", ledger, "--code", "990101101201", "--name", "石桥村党支部")
	stderrOf(t, exitDone, "backup", "--db", ledger, "--out", backup)
	interrupt(t, ledger, backup)
	for _, args := range [][]string{{"check"}, {"list", "person"}, {"report", "balance"}} {
		if got := stderrOf(t, exitDone, append(args, "--db", ledger)...); !strings.Contains(got, "没有做完") || strings.Count(got, "\n") != 1 {
			t.Errorf("%q says %q", args, got)
		}
		if _, err := os.Stat(ledger + ".restoring.json"); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	got := stderrOf(t, exitDone, "export", "--plain", "--allow-errors", "--db", ledger, "--out", dir)
	if !strings.Contains(got, "现在已经做完") || !strings.Contains(got, "ledger-恢复前-20261031-090000.db") {
		t.Errorf("export says %q", got)
	}
	if got := stderrOf(t, exitDone, "check", "--db", ledger); strings.Contains(got, "恢复") {
		t.Errorf("said again: %q", got)
	}
	if err := os.Rename(ledger, filepath.Join(dir, "旧.db")); err != nil {
		t.Fatal(err)
	}
	if got := stderrOf(t, exitData, "list", "person", "--db", ledger); !strings.Contains(got, "旁边有") || !strings.Contains(got, "恢复前") {
		t.Errorf("without a ledger: %q", got)
	}
	if got := stderrOf(t, exitDone, "init", "--db", ledger, "--code", "990101101201", "--name", "石桥村党支部"); !strings.Contains(got, "旁边有") {
		t.Errorf("a new one beside others: %q", got)
	}
}
