package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/sys/unix"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
)

// otherProgram is a program that is measured in place of this one.
var otherProgram = flag.String("program", "", "measure this program's bytes to the terminal instead of this one's")

// watched is the real program in a terminal that draws what it is sent.
type watched struct {
	*pty
	t    *testing.T
	emu  *vt.Emulator
	seen int // bytes of the program that the emulator has drawn

	began time.Time // when it was started
	pid   int
}

// watch starts the program over the ledger in a terminal of w by h cells.
func watch(t *testing.T, ledger string, w, h int, args ...string) *watched {
	t.Helper()
	return watchIn(t, nil, ledger, w, h, args...)
}

// watchIn starts it within the limits of a box.
func watchIn(t *testing.T, b *box, ledger string, w, h int, args ...string) *watched {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	p := openPTY(t)
	must(t, unix.IoctlSetWinsize(int(p.slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(h), Col: uint16(w)}))
	c := &exec.Cmd{Path: self, Args: append([]string{"taizhang-screens", "--db", ledger}, args...), Stdin: p.slave, Stdout: p.slave, Stderr: p.slave,
		Env: append(os.Environ(), "TERM=xterm-256color", "TAIZHANG_NOW=2026-10-31T09:00:00+08:00"), SysProcAttr: &syscall.SysProcAttr{Setsid: true, Setctty: true}}
	if *otherProgram != "" {
		c.Path = *otherProgram
	}
	tm := &watched{pty: p, t: t, emu: vt.NewEmulator(w, h), began: time.Now()}
	b.start(t, c)
	tm.pid = c.Process.Pid
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	go func() { // what the terminal answers to the program's questions
		_, _ = io.Copy(p.master, tm.emu)
	}()
	t.Cleanup(func() { _ = tm.emu.InputPipe().(io.Closer).Close() })
	return tm
}

// rest waits until nothing has come for a while, and gives what came since the last rest.
func (tm *watched) rest(quiet time.Duration) string {
	tm.t.Helper()
	from := tm.seen
	last := time.Now()
	for end := last.Add(30 * time.Second); time.Since(last) < quiet; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			tm.t.Fatal("it never comes to rest")
		}
		if new := tm.text()[tm.seen:]; new != "" {
			_, err := tm.emu.WriteString(new)
			must(tm.t, err)
			tm.seen += len(new)
			last = time.Now()
		}
	}
	return tm.text()[from:tm.seen]
}

// shows waits until the screen shows a text.
func (tm *watched) shows(text string) {
	tm.t.Helper()
	for end := time.Now().Add(30 * time.Second); !strings.Contains(tm.emu.String(), text); {
		if time.Now().After(end) {
			tm.t.Fatalf("%q never came:\n%s", text, tm.emu.String())
		}
		tm.rest(20 * time.Millisecond)
	}
	tm.rest(quiet)
}

// quiet is how long nothing comes when a key has done all that it does.
const quiet = 150 * time.Millisecond

func (tm *watched) press(key string) string {
	tm.t.Helper()
	from := len(tm.text())
	_, err := tm.master.WriteString(key)
	must(tm.t, err)
	for end := time.Now().Add(time.Second); len(tm.text()) == from && time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
	}
	return tm.rest(quiet)
}

// spent are the bytes for one key, pressed some times.
type spent struct {
	what string
	sent []string
}

func (s spent) middle() int {
	var sizes []int
	for _, one := range s.sent {
		sizes = append(sizes, len(one))
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// mean gives the bytes for one of the keys: on a machine that is hard pressed what a key
// sends may come only after the next one, so that no single one is judged.
func (s spent) mean() int {
	return len(strings.Join(s.sent, "")) / len(s.sent)
}

func (s spent) most() string {
	return slices.MaxFunc(s.sent, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}

// keySteps are pressed one after another, with the bytes at most for each; -1: only
// reported.
var keySteps = []struct {
	what, key string
	times     int
	limit     int
}{
	{"↓", "\x1b[B", 8, 400},
	{"PgDn", "\x1b[6~", 3, -1},
	{"↓, at last rows scroll", "\x1b[B", 20, 400},
	{"a letter of a search", "z", 1, -1},
	{"a second letter", "h", 1, -1},
	{"taking it back", "\x7f", 2, -1},
	{"opening a form", "\x0e", 1, -1},
	{"a Chinese letter", "王", 3, 400},
	{"Tab", "\t", 4, -1},
	{"a letter", "a", 3, 400},
	{"nothing, for a second", "", 7, 0},
}

// TestBytesPerKey: a key sends the cells that it changed, not the screen; and nothing goes
// out while nothing happens.
func TestBytesPerKey(t *testing.T) {
	t.Parallel() // it waits, most of the time
	dir := t.TempDir()
	made, err := demo.Village(t.Context(), dir, demo.Options{Members: 115})
	must(t, err)
	l, err := book.Open(t.Context(), made.Ledger, store.Options{})
	must(t, err)
	must(t, l.SetHandler(t.Context(), "陈书记"))
	must(t, l.Close())
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			if size[0] != 80 && testing.Short() {
				t.Skip("only reported")
			}
			t.Parallel()
			ledger := filepath.Join(t.TempDir(), "ledger.db")
			whole, err := os.ReadFile(made.Ledger)
			must(t, err)
			must(t, os.WriteFile(ledger, whole, 0o600))
			tm := watch(t, ledger, size[0], size[1], "--open", "person")
			tm.shows("共 115 条")
			for _, k := range keySteps {
				s := spent{what: k.what}
				for range k.times {
					s.sent = append(s.sent, tm.press(k.key))
				}
				t.Logf("%-24s %5d bytes, most %5d", s.what, s.middle(), len(s.most()))
				// Beside a wide table stands the record, which changes with each row.
				if size[0] == 80 && k.limit >= 0 && s.mean() > k.limit {
					t.Errorf("%s: %d bytes, more than %d: %q", s.what, s.mean(), k.limit, s.most())
				}
				for _, sent := range s.sent {
					if strings.Contains(sent, "\x1b[2J") || strings.Contains(sent, "\x1b[J") {
						t.Errorf("%s: the screen is wiped: %q", s.what, sent)
					}
				}
			}
		})
	}
}
