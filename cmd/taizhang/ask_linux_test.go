package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"taizhang/store"
	"taizhang/store/book"
)

// TestTerminalIsAsked: the real program asks its terminal how wide it draws ornaments,
// before the first frame, and takes ASCII where they are two cells wide; one that never
// answers is not waited for. What was typed meanwhile is not lost.
func TestTerminalIsAsked(t *testing.T) {
	self, err := os.Executable()
	must(t, err)
	for name, c := range map[string]struct {
		answer string
		ascii  bool
	}{
		"one cell":        {"\x1b[1;5R", false},
		"two cells":       {"\x1b[1;9R", true},
		"a cell per byte": {"\x1b[1;13R", true},
		"no answer":       {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			l, err := book.Create(t.Context(), path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
			must(t, err)
			must(t, l.SetHandler(t.Context(), "陈书记"))
			must(t, l.Close())
			p := openPTY(t)
			p.answer = func(out string) string {
				if strings.Contains(out, "\x1b[6n") {
					return "赵" + c.answer + "小"
				}
				return ""
			}
			cmd := &exec.Cmd{Path: self, Args: []string{"taizhang-screens", "--db", path, "--open", "person"}, Stdin: p.slave, Stdout: p.slave, Stderr: p.slave,
				Env: append(os.Environ(), "TERM=xterm-256color"), SysProcAttr: &syscall.SysProcAttr{Setsid: true, Setctty: true}}
			must(t, cmd.Start())
			t.Cleanup(func() {
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
			})
			p.wait(t, "人员")
			p.wait(t, "赵小")
			_, after, _ := strings.Cut(p.text(), "\x1b[?1049h")
			if got := !strings.ContainsAny(after, "─│…·“"); got != c.ascii {
				t.Errorf("ASCII: %v, want %v: %q", got, c.ascii, after)
			}
			if before, _, _ := strings.Cut(p.text(), "\x1b[?1049h"); !strings.Contains(before, "\x1b[6n") {
				t.Errorf("it was not asked before the first frame: %q", before)
			}
		})
	}
}

// TestNobodyIsAsked: with --ascii there is nothing to ask.
func TestNobodyIsAsked(t *testing.T) {
	self, err := os.Executable()
	must(t, err)
	p := openPTY(t)
	cmd := &exec.Cmd{Path: self, Args: []string{"taizhang-screens", "--ascii", "--db", filepath.Join(t.TempDir(), "ledger.db")}, Stdin: p.slave, Stdout: p.slave, Stderr: p.slave,
		Env: append(os.Environ(), "TERM=xterm-256color"), SysProcAttr: &syscall.SysProcAttr{Setsid: true, Setctty: true}}
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	p.wait(t, "新建")
	if strings.Contains(p.text(), "\x1b[6n") {
		t.Error("it was asked")
	}
}
