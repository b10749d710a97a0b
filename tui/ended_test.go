package tui

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// stuck is a program that hangs in Update.
type stuck struct{ ready func() }

func (s stuck) Init() tea.Cmd { return func() tea.Msg { return tea.FocusMsg{} } }
func (s stuck) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.FocusMsg); ok {
		s.ready()
		select {}
	}
	return s, nil
}
func (s stuck) View() tea.View {
	v := tea.NewView("台账")
	v.AltScreen = true
	return v
}

const stuckIn = "TAIZHANG_STUCK_IN"

// TestStuckProgramIsEnded: a program that doesn't listen any more is ended by SIGQUIT all
// the same, with the terminal as it was and what it was doing in the log.
func TestStuckProgramIsEnded(t *testing.T) {
	if dir := os.Getenv(stuckIn); dir != "" {
		r := New(t.Context(), Options{Path: filepath.Join(dir, "ledger.db")})
		p := tea.NewProgram(stuck{func() { _, _ = os.Stderr.WriteString("ready\n") }}, tea.WithInput(strings.NewReader("")), tea.WithWindowSize(80, 24), tea.WithoutSignalHandler())
		s := watchSignals(r, p)
		_, err := p.Run()
		t.Fatalf("ended by itself: %v, %v", err, s.ended())
	}
	if runtime.GOOS == "windows" {
		t.Skip("no signals to send")
	}
	dir := t.TempDir()
	c := exec.Command(os.Args[0], "-test.run=^TestStuckProgramIsEnded$")
	c.Env = append(os.Environ(), stuckIn+"="+dir)
	var out bytes.Buffer
	c.Stdout = &out
	said, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(30*time.Second, func() { _ = c.Process.Kill() })
	defer late.Stop()
	first := make([]byte, 6)
	if _, err := said.Read(first); err != nil || string(first) != "ready\n" {
		t.Fatalf("%q, %v", first, err)
	}
	if err := c.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	var rest bytes.Buffer
	if _, err := rest.ReadFrom(said); err != nil {
		t.Fatal(err)
	}
	err = c.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
	if !strings.Contains(rest.String(), filepath.Join(dir, "taizhang.log")) || !strings.HasSuffix(out.String(), leaveScreen) {
		t.Errorf("says %q, leaves %q", rest.String(), out.String())
	}
	note, err := os.ReadFile(filepath.Join(dir, "taizhang.log"))
	if err != nil || !bytes.Contains(note, []byte("tui.stuck.Update")) {
		t.Errorf("the note: %v %.300s", err, note)
	}
}
