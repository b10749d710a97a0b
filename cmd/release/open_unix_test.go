//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpen: what is double-clicked opens the program in the desktop's own terminal where
// that is there, else in one that is, at 120 by 36 where the terminal takes a size.
func TestOpen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ desktop, installed, want string }{
		{"Deepin", "deepin-terminal xterm", "deepin-terminal -m maximum -e PROGRAM"},
		{"DDE", "xterm deepin-terminal", "deepin-terminal -m maximum -e PROGRAM"},
		{"UKUI", "mate-terminal gnome-terminal", "mate-terminal --geometry=120x36 --title=台账 -x PROGRAM"},
		{"ubuntu:GNOME", "mate-terminal gnome-terminal", "gnome-terminal --geometry=120x36 --title=台账 -- PROGRAM"},
		{"KDE", "konsole", "konsole -p TerminalColumns=120 -p TerminalRows=36 -e PROGRAM"},
		{"XFCE", "xterm", "xterm -geometry 120x36 -u8 -fa Monospace -fs 13 -T 台账 -e PROGRAM"},
		{"", "x-terminal-emulator", "x-terminal-emulator -e PROGRAM"},
		{"LXQt", "qterminal", "qterminal -e PROGRAM"},
	} {
		dir := t.TempDir()
		script := []byte("#!/bin/sh\necho \"$(basename \"$0\") $*\"\n")
		for name := range strings.FieldsSeq(c.installed) {
			put(t, filepath.Join(dir, name), script)
		}
		for _, name := range []string{"sh", "dirname", "basename"} {
			path, err := exec.LookPath(name)
			if err != nil {
				t.Skip(err)
			}
			if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		folder := filepath.Join(dir, "一个 文件夹")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(folder, "打开台账.sh"), opener(here))
		run := exec.Command(filepath.Join(folder, "打开台账.sh"))
		run.Env = []string{"PATH=" + dir, "XDG_CURRENT_DESKTOP=" + c.desktop}
		got, err := run.CombinedOutput()
		want := strings.ReplaceAll(c.want, "PROGRAM", filepath.Join(folder, "taizhang"))
		if err != nil || strings.TrimSpace(string(got)) != want {
			t.Errorf("%s with %s: %q, %v; want %q", c.desktop, c.installed, got, err, want)
		}
	}
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o700); err != nil { //nolint:gosec // It is run.
		t.Fatal(err)
	}
}

// TestOpenWithoutTerminal says what to do instead.
func TestOpenWithoutTerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "open"), opener("/usr/bin/taizhang"))
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	run := exec.Command(sh, filepath.Join(dir, "open"))
	run.Env = []string{"PATH=" + dir}
	got, err := run.CombinedOutput()
	if err == nil || !strings.Contains(string(got), "请打开终端,输入 /usr/bin/taizhang") {
		t.Errorf("%q, %v", got, err)
	}
}
