package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/sys/unix"

	"taizhang/store"
	"taizhang/store/book"
)

// pty is a terminal in which the real program runs.
type pty struct {
	master, slave *os.File

	mu     sync.Mutex
	out    bytes.Buffer
	last   time.Time               // when it last sent something
	answer func(out string) string // what the terminal sends once for what came out; "": not yet
}

func openPTY(t *testing.T) *pty {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals here: %v", err)
	}
	must(t, unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0))
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	must(t, err)
	slave, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	must(t, err)
	must(t, unix.IoctlSetWinsize(int(slave.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}))
	p := &pty{master: master, slave: slave}
	t.Cleanup(func() { _ = slave.Close(); _ = master.Close() })
	go func() {
		part := make([]byte, 4096)
		for {
			n, err := master.Read(part)
			p.mu.Lock()
			p.out.Write(part[:n])
			p.last = time.Now()
			said := ""
			if p.answer != nil {
				said = p.answer(p.out.String())
			}
			p.mu.Unlock()
			if said != "" {
				p.answer = nil
				if _, err := master.WriteString(said); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *pty) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

// wait waits for a text to come out.
func (p *pty) wait(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(p.text(), text) {
			return
		}
	}
	t.Fatalf("%q never came: %q", text, p.text())
}

// drawn gives what the terminal shows: what comes are the cells that change, not words.
func (p *pty) drawn(t *testing.T) string {
	t.Helper()
	emu := vt.NewEmulator(80, 24)
	go func() { _, _ = io.Copy(io.Discard, emu) }() // its answers
	_, err := emu.WriteString(p.text())
	must(t, err)
	must(t, emu.InputPipe().(io.Closer).Close())
	return emu.String()
}

// lastOf gives which of two sequences came last.
func (p *pty) lastOf(on, off string) string {
	if strings.LastIndex(p.text(), on) > strings.LastIndex(p.text(), off) {
		return on
	}
	return off
}

// TestSignals ends the real program in a terminal by each signal while a form is half
// filled in: the terminal is as it was, the form is a draft, and a Chinese sentence says
// where the note lies.
func TestSignals(t *testing.T) {
	self, err := os.Executable()
	must(t, err)
	for _, sig := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			l, err := book.Create(t.Context(), path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
			must(t, err)
			must(t, l.SetHandler(t.Context(), "陈书记")) // else it is asked for first
			must(t, l.Close())
			p := openPTY(t)
			before, err := unix.IoctlGetTermios(int(p.slave.Fd()), unix.TCGETS)
			must(t, err)
			c := &exec.Cmd{Path: self, Args: []string{"taizhang-screens", "--db", path, "--open", "person"}, Stdin: p.slave, Stdout: p.slave, Stderr: p.slave,
				Env: append(os.Environ(), "TERM=xterm-256color"), SysProcAttr: &syscall.SysProcAttr{Setsid: true, Setctty: true}}
			must(t, c.Start())
			ended := false
			t.Cleanup(func() {
				if !ended {
					_ = c.Process.Kill()
					_ = c.Wait()
				}
			})
			p.wait(t, "人员")
			for range 200 { // F2 again until the form is there: the table may still be read
				if now := p.drawn(t); strings.Contains(now, "姓名") && strings.Contains(now, "保存") {
					break
				}
				_, err = p.master.WriteString("\x0e")
				must(t, err)
				time.Sleep(100 * time.Millisecond)
			}
			_, err = p.master.WriteString("赵小明")
			must(t, err)
			for end := time.Now().Add(30 * time.Second); !strings.Contains(p.drawn(t), "赵小明") && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			}
			must(t, c.Process.Signal(sig))
			err = c.Wait()
			ended = true
			if c.ProcessState.ExitCode() != exitData {
				t.Errorf("ended with %v", err)
			}
			p.wait(t, "再打开时可以接着填")
			looksAsBefore(t, p, before)
			if !strings.Contains(strings.ReplaceAll(p.text(), "\r\n", ""), filepath.Join(filepath.Dir(path), "taizhang.log")) {
				t.Error("it doesn't say where the note lies")
			}
			draftKept(t, path)
			note, err := os.ReadFile(filepath.Join(filepath.Dir(path), "taizhang.log"))
			must(t, err)
			if stacks := bytes.Contains(note, []byte("goroutine ")); stacks != (sig == syscall.SIGQUIT || sig == syscall.SIGABRT) {
				t.Errorf("stacks in the note: %v", stacks)
			}
		})
	}
}

func looksAsBefore(t *testing.T, p *pty, before *unix.Termios) {
	t.Helper()
	after, err := unix.IoctlGetTermios(int(p.slave.Fd()), unix.TCGETS)
	must(t, err)
	if *after != *before {
		t.Errorf("the terminal is left in another mode: %+v, not %+v", after, before)
	}
	for on, off := range map[string]string{"\x1b[?1049h": "\x1b[?1049l", "\x1b[?25l": "\x1b[?25h", "\x1b[?1002h": "\x1b[?1002l", "\x1b[?1006h": "\x1b[?1006l", "\x1b[?2004h": "\x1b[?2004l"} {
		if p.lastOf(on, off) != off {
			t.Errorf("%q was not taken back", on)
		}
	}
	if strings.Contains(p.text(), "goroutine ") || strings.Contains(p.text(), "panic") {
		t.Errorf("stacks on the screen")
	}
}

func draftKept(t *testing.T, path string) {
	t.Helper()
	l, err := book.Open(context.Background(), path, store.Options{})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	drafts, err := l.Drafts(context.Background())
	must(t, err)
	if len(drafts) != 1 || !bytes.Contains(drafts[0].Texts, []byte("赵小明")) {
		t.Errorf("drafts: %+v", drafts)
	}
}
