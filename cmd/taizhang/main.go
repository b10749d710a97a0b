// Command taizhang is the record book of a village party branch: screens over one
// local file, and the commands that go with them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/charmbracelet/x/term"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	bundle.Program = "taizhang " + version
	m := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv}
	m.Terminal = term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd())
	os.Exit(m.Run(ctx, os.Args[1:]))
}

// Main is the program with what it reads and writes, so that tests can start it.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Terminal       bool // whether screens can be opened

	db     string // --db
	unsaid error  // why a line of the result could not be written, nil where all were
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

func usagef(format string, args ...any) error { return &usageError{fmt.Sprintf(format, args...)} }

// errQuiet ends with status 1 where the reason has been printed already.
var errQuiet = errors.New("said already")

// Run runs a command line and gives the exit status. What goes wrong is one
// Chinese line on Stderr.
func (m *Main) Run(ctx context.Context, args []string) int {
	root := m.rootCommand()
	root.SetArgs(args)
	root.SetIn(m.Stdin)
	root.SetOut(m.Stdout)
	root.SetErr(m.Stderr)
	m.unsaid = nil
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = m.unsaid
	}
	if err == nil {
		return exitDone
	}
	var (
		usage   *usageError
		known   *model.Error
		refusal *store.Refusal
	)
	switch {
	case errors.Is(err, errQuiet):
		return exitData
	case errors.As(err, &usage):
		m.complain(usage.message)
		return exitUsage
	case errors.As(err, &known):
		m.complain(known.Message)
		if slices.Contains([]string{"E-KIND", "E-FIELD", "E-USAGE"}, known.Code) {
			return exitUsage
		}
	case errors.As(err, &refusal):
		m.complain(refusal.Error())
	case errors.Is(err, context.Canceled):
		m.complain("已中断,没有做完")
	default:
		m.complain("程序出了故障,请把这一行告诉技术人员:" + err.Error())
	}
	return exitData
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
	return book.Open(ctx, path, store.Options{ReadOnly: readOnly})
}

// withLedger opens the ledger, runs do and closes it, keeping the first error.
func (m *Main) withLedger(ctx context.Context, readOnly bool, do func(*store.Ledger) error) error {
	l, err := m.open(ctx, readOnly)
	if err != nil {
		return err
	}
	err = do(l)
	for _, w := range l.Warnings() {
		m.tellf("提醒:%s\n", w)
	}
	return errors.Join(err, l.Close())
}

// sayf writes a line of the result to Stdout. Where that fails, as on a full disk, Run
// says so at the end.
func (m *Main) sayf(format string, args ...any) {
	if _, err := fmt.Fprintf(m.Stdout, format+"\n", args...); err != nil && m.unsaid == nil {
		m.unsaid = model.Errorf("E-OUTPUT", "结果没有写全(%v),请看磁盘是不是满了,再运行一次", err)
	}
}

// tellf writes what goes along with a command to Stderr: a question, progress, what
// went wrong. Where that fails nobody is left who could be told.
func (m *Main) tellf(format string, args ...any) { _, _ = fmt.Fprintf(m.Stderr, format, args...) }
