// Package pace measures the built program on a terminal of its own: when its first screen
// stands, what a key costs and how much memory it takes, each against a yardstick of the
// same run.
package pace

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/sys/unix"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// program is a program that runs on a terminal.
type program struct {
	t      testing.TB
	master *os.File
	cmd    *exec.Cmd
	began  time.Time

	mu     sync.Mutex
	emu    *vt.Emulator
	last   time.Time // of the last bytes
	scenes []scene   // what the screen showed after each of the first parts that came
}

// scene is the screen after a part of the program's output.
type scene struct {
	after, cpu time.Duration // since the start: on the clock, and of the processor
	text       string
}

// scenesKept are enough for a start; what follows is looked at on the screen itself.
const scenesKept = 100

// start runs a program on a terminal of 24 rows and 80 columns.
func start(t testing.TB, name string, args ...string) *program {
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
	p := &program{t: t, master: master, emu: vt.NewEmulator(80, 24)}
	p.cmd = exec.Command(name, args...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = slave, slave, slave
	p.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "XDG_DATA_HOME="+t.TempDir(), "XDG_STATE_HOME="+t.TempDir())
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	p.began = time.Now()
	p.cmd.Env = append(p.cmd.Env, "TZ_T0="+strconv.FormatInt(p.began.UnixNano(), 10))
	must(t, p.cmd.Start())
	go p.read()
	go func() { // what a terminal answers to a program's questions
		_, _ = io.Copy(master, p.emu)
	}()
	must(t, slave.Close())
	t.Cleanup(p.end)
	return p
}

func (p *program) read() {
	part := make([]byte, 1<<16)
	for {
		n, err := p.master.Read(part)
		p.mu.Lock()
		p.last = time.Now()
		_, _ = p.emu.Write(part[:n])
		if n > 0 && len(p.scenes) < scenesKept {
			p.scenes = append(p.scenes, scene{p.last.Sub(p.began), p.cpu(), p.emu.String()})
		}
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// end ends the program however it is, and lets its terminal go.
func (p *program) end() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	}
	_ = p.emu.InputPipe().(io.Closer).Close()
	_ = p.master.Close()
}

// wait waits until the screen shows all of these texts and gives how long after the start it
// did, and how much processor time had gone into it.
func (p *program) wait(texts ...string) (clock, cpu time.Duration) {
	p.t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(time.Millisecond) {
		p.mu.Lock()
		for _, s := range p.scenes {
			if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(s.text, text) }) {
				p.mu.Unlock()
				return s.after, s.cpu
			}
		}
		p.mu.Unlock()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.t.Fatalf("%q never came:\n%s", texts, p.emu.String())
	return 0, 0
}

// rest waits until nothing was written and hardly anything computed for a while.
func (p *program) rest(quiet time.Duration) {
	p.t.Helper()
	since, cpu := time.Now(), p.cpu()
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		now := p.cpu()
		p.mu.Lock()
		wrote := p.last.After(since)
		p.mu.Unlock()
		if wrote || now-cpu > quiet/20 {
			since, cpu = time.Now(), now
		}
		if time.Since(since) >= quiet {
			return
		}
	}
	p.t.Fatal("the program never rests")
}

func (p *program) press(keys string) {
	p.t.Helper()
	_, err := p.master.WriteString(keys)
	must(p.t, err)
}

// answered presses keys and waits until something is drawn and nothing follows it.
func (p *program) answered(keys string) {
	p.t.Helper()
	p.press(keys)
	p.rest(120 * time.Millisecond)
}

// cpu gives the processor time that the program has taken so far.
func (p *program) cpu() time.Duration {
	p.t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.cmd.Process.Pid))
	must(p.t, err)
	var sum time.Duration
	for _, file := range threads {
		text, err := os.ReadFile(file)
		if err != nil { // a thread that has just ended
			continue
		}
		n, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
		must(p.t, err)
		sum += time.Duration(n)
	}
	return sum
}

// memory gives what the program holds in memory now and at its highest, in bytes.
func (p *program) memory() (now, most int64) {
	p.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	must(p.t, err)
	for line := range strings.Lines(string(text)) {
		name, rest, _ := strings.Cut(line, ":")
		if name != "VmRSS" && name != "VmHWM" {
			continue
		}
		n, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
		must(p.t, err)
		if name == "VmRSS" {
			now = n << 10
		} else {
			most = n << 10
		}
	}
	return now, most
}
