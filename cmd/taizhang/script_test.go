package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/keybox"
)

func TestMain(m *testing.M) {
	keybox.SetWorkFactor(6)
	testscript.Main(roomy{m}, map[string]func(){
		"taizhang": func() {
			prog := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Note: store.NotePath()}
			os.Exit(prog.Run(context.Background(), os.Args[1:]))
		},
		"taizhang-screens": func() { // on a terminal
			prog := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Terminal: true}
			os.Exit(prog.Run(context.Background(), os.Args[1:]))
		},
	})
}

// roomy clears memory less often while the tests run; the programs that they start keep to
// what the program keeps to.
type roomy struct{ *testing.M }

func (r roomy) Run() int {
	debug.SetGCPercent(400)
	return r.M.Run()
}

// TestScript runs the commands as a person would, without a terminal.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", e.WorkDir+"/data")
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":   exits,
			"lines":   lines,
			"excel97": excel97,
			"blank":   blankForm,
			"only":    onlyFile,
			"forget":  forgetPerson,
			"phrase":  wordsSaid,
			"sealed":  sealedFolder,
		},
	})
}

// exits runs a command and wants its exit status: exits 2 taizhang list.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%s: %v", args[1], err)
	}
	if got != want {
		ts.Fatalf("%q ended with %d, not %d", args[1:], got, want)
	}
}

// lines wants so many lines in the last command's stdout or stderr.
func lines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines stdout|stderr count")
	}
	text := strings.TrimSuffix(ts.ReadFile(args[0]), "\n")
	got := 0
	if text != "" {
		got = strings.Count(text, "\n") + 1
	}
	if strconv.Itoa(got) != args[1] {
		ts.Fatalf("%s has %d lines, not %s:\n%s", args[0], got, args[1], text)
	}
}

// excel97 makes a file that begins as those of Excel 97 do.
func excel97(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: excel97 file")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), 0o600))
}

// blankForm makes a form to be filled in: a title, headings, nothing below them.
func blankForm(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: blank file title heading...")
	}
	f := excelize.NewFile()
	ts.Check(f.SetCellStr("Sheet1", "A1", args[1]))
	headings := args[2:]
	ts.Check(f.SetSheetRow("Sheet1", "A2", &headings))
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
	ts.Check(f.Close())
}

// onlyFile copies the one file that fits a pattern: receipts have digits of a hash in their
// names.
func onlyFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: only pattern file")
	}
	found, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s fits %d files: %q", args[0], len(found), found)
	}
	data, err := os.ReadFile(found[0])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o600))
}

// forgetPerson deletes a person, as is done on the screen.
func forgetPerson(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: forget ledger name")
	}
	ctx := context.Background()
	l, err := book.Open(ctx, ts.MkAbs(args[0]), store.Options{})
	ts.Check(err)
	page, err := l.Page(ctx, store.Query{Kind: "person", Find: args[1]})
	ts.Check(err)
	if len(page.Records) != 1 {
		ts.Fatalf("%d persons are called %s", len(page.Records), args[1])
	}
	ts.Check(l.Delete(ctx, "person", page.Records[0].ID))
	ts.Check(l.Close())
}

// wordsSaid copies the words that transfer out has said, as a person writes them down: phrase
// said words.txt.
func wordsSaid(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: phrase file words")
	}
	_, words, ok := strings.Cut(ts.ReadFile(args[0]), "放在一起):")
	if !ok {
		ts.Fatalf("no words in %s", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(words), 0o600))
}

// sealedFolder wants no plain ledger in a folder, whose county's may lie there.
func sealedFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sealed folder")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	for _, e := range entries {
		if e.Name() != "county.db" && strings.Contains(ts.ReadFile(filepath.Join(args[0], e.Name())), "SQLite format 3") {
			ts.Fatalf("%s lies there in clear", e.Name())
		}
	}
}
