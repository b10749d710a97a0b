// Command taizhang is the record book of a village party branch: screens over one
// local file, and the commands that go with them.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/clear"
	"taizhang/store/habit"
	"taizhang/store/send"
	"taizhang/tui/console"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	bundle.Program = "taizhang " + version
	m := &Main{Stdin: console.In(os.Stdin), Getenv: os.Getenv, Note: store.NotePath(), Keyboard: habit.Path(), Backups: true}
	m.Stdout, m.Stderr = console.Out(os.Stdout, m.bare), console.Out(os.Stderr, func() bool { return false })
	m.Terminal = term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd())
	status := m.Run(ctx, os.Args[1:])
	if m.toRead && console.Alone() {
		console.Stay(os.Stderr)
	}
	os.Exit(status)
}

// Main is the program with what it reads and writes, so that tests can start it.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Terminal       bool   // whether screens can be opened
	Note           string // where this machine remembers how far ledgers have come; "": nowhere

	Keyboard string // where this machine remembers whether its function keys arrive; "": nowhere

	Backups bool // whether backups are made by themselves

	workFactor int // of backups' passphrases, for tests; 0 takes the usual

	db     string   // --db
	asked  bool     // whether the clock has been looked at
	made   []string // folders that this run made, the lowest first
	toRead bool     // whether something was said that a window which vanishes would take along
	asJSON bool     // whether the result is JSON, which has an encoding of its own
	unsaid error    // why a line of the result could not be written, nil where all were
	sits   sits     // of encrypted ledgers
}

// The exit statuses of design.md §4.
const (
	exitDone  = 0
	exitData  = 1 // something is wrong with the data or the file
	exitUsage = 2 // wrong use
)

// usageError is wrong use of the command line.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

//go:noinline
func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errQuiet ends with status 1 where the reason has been printed already.
var errQuiet = errors.New("said already")

// Run runs a command line and gives the exit status. What goes wrong is one
// Chinese line on Stderr.
func (m *Main) Run(ctx context.Context, args []string) int {
	if _, wrapped := m.Stdout.(output); !wrapped {
		m.Stdout = output{m.Stdout, &m.toRead}
	}
	root := m.rootCommand(args)
	root.SetArgs(args)
	root.SetIn(m.Stdin)
	root.SetOut(m.Stdout)
	root.SetErr(m.Stderr)
	m.unsaid, m.made, m.asked, m.toRead = nil, nil, false, false
	var err error
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		err = offerValues(root) // only a shell that completes a line asks for them
	}
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	if err == nil {
		err = m.unsaid
	}
	if err == nil {
		return exitDone
	}
	var (
		usage *usageError
		known *model.Error
	)
	switch {
	case errors.Is(err, errQuiet):
		return exitData
	case errors.As(err, &usage):
		m.complain(usage.message)
		return exitUsage
	case store.OnlyAfter(err):
		text, _ := store.Say(err)
		m.complain("提醒:" + text)
		return exitDone
	}
	m.dropMade()
	m.complain(m.explain(err))
	if errors.As(err, &known) && known.Code == "E-STOPPED" { // whoever stops the program does not read
		m.toRead = false
	}
	if errors.As(err, &known) && slices.Contains([]string{"E-KIND", "E-FIELD", "E-USAGE"}, known.Code) {
		return exitUsage
	}
	return exitData
}

// explain gives one Chinese line about an error; what is a fault is written to the log
// beside the ledger.
func (m *Main) explain(err error) string {
	text, fault := store.Say(err)
	if !fault {
		return text
	}
	path, pathErr := m.path()
	if pathErr != nil {
		return text
	}
	source := model.Source{Now: time.Now}
	where, logErr := store.LogFault(path, source.Stamp(), err.Error())
	if logErr != nil {
		return text + "。详情没能记进日志,请告诉技术人员"
	}
	return text + "。详情已记入台账旁边的 " + where + ",请告诉技术人员"
}

func (m *Main) complain(text string) {
	line := strings.Join(strings.Fields(model.Clean(text, false)), " ")
	m.tellf("%s\n", line)
}

// path gives the ledger's place: --db, $TAIZHANG_DB or the user's data folder.
func (m *Main) path() (string, error) {
	if m.db != "" {
		return m.db, nil
	}
	if p := m.Getenv("TAIZHANG_DB"); p != "" {
		return p, nil
	}
	return store.DefaultPath()
}

// open opens the ledger; readOnly takes no lock.
func (m *Main) open(ctx context.Context, readOnly bool) (*store.Ledger, error) {
	path, err := m.path()
	if err != nil {
		return nil, err
	}
	l, err := m.openAt(ctx, path, readOnly)
	if err != nil {
		return nil, err
	}
	if err := l.Remember(ctx, m.Note); err != nil {
		return nil, errors.Join(err, m.close(ctx, l))
	}
	for _, notice := range l.Notices() {
		m.complain("提示:" + notice)
	}
	m.clock(ctx, l)
	if m.Backups && !readOnly {
		err := m.backUpToday(ctx, l)
		if err == nil { // what a killed run has left of a clearing; it is tried again at the next start
			if _, left := clear.End(ctx, l); left != nil {
				m.complain("提醒:清除个人信息还没有做完,下次接着做:" + m.explain(left))
			}
		}
		if err != nil {
			return nil, errors.Join(err, m.close(ctx, l))
		}
	}
	return l, nil
}

// clock says once in a run that the computer's date can't be right. A ledger that can't
// tell is damaged: the command itself finds that.
func (m *Main) clock(ctx context.Context, l *store.Ledger) {
	if m.asked {
		return
	}
	m.asked = true
	if text, err := send.ClockNotice(ctx, l); err == nil && text != "" {
		m.complain("提醒:" + text)
	}
}

// withLedger opens the ledger, runs do and closes it, keeping the first error.
func (m *Main) withLedger(ctx context.Context, readOnly bool, do func(*store.Ledger) error) error {
	l, err := m.open(ctx, readOnly)
	if err != nil {
		return err
	}
	if d := l.Damage(); d != nil {
		m.tellf("注意:台账有损坏(%s),只能看;请从备份恢复\n", d.Text())
	}
	if x := l.Extract(); x != nil && !readOnly {
		return errors.Join(x.Refusal(), m.close(ctx, l))
	}
	err = l.Explained(do(l))
	for _, w := range l.Warnings() {
		m.tellf("提醒:%s\n", w)
	}
	return errors.Join(err, m.close(ctx, l))
}

// sayf writes a line of the result to Stdout. Where that fails, as on a full disk, Run
// says so at the end.
func (m *Main) sayf(format string, args ...any) {
	if _, err := fmt.Fprintf(m.Stdout, format+"\n", args...); err != nil && m.unsaid == nil {
		m.unsaid = err
	}
}

// buffered lets many lines be said at once: until what it gives is called.
func (m *Main) buffered() (flush func()) {
	to := m.Stdout
	w := bufio.NewWriterSize(to, 1<<16)
	m.Stdout = w
	return func() {
		m.Stdout = to
		if err := w.Flush(); err != nil && m.unsaid == nil {
			m.unsaid = err
		}
	}
}

// output is where results go. What can't be written there is told in words.
type output struct {
	w    io.Writer
	said *bool // becomes true
}

func (o output) Write(p []byte) (int, error) {
	*o.said = true
	n, err := o.w.Write(p)
	if errors.Is(err, syscall.EPIPE) { // who reads has enough; see Main.sit
		return n, errQuiet
	}
	return n, store.OutputFault(err)
}

// bare reports whether the result is to be written in UTF-8 wherever it goes: JSON is
// (RFC 8259), while text follows the system's ways.
func (m *Main) bare() bool { return m.asJSON }

// tellf writes what goes along with a command to Stderr: a question, progress, what
// went wrong. Where that fails nobody is left who could be told.
func (m *Main) tellf(format string, args ...any) {
	m.toRead = true
	_, _ = fmt.Fprintf(m.Stderr, format, args...)
}
