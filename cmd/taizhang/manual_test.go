package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"taizhang/tui/manual"
)

// commandLine finds a command line of the program in running text.
var commandLine = regexp.MustCompile("taizhang((?: +[^\\s`,。;:)、|]+)*)")

// TestManualNamesRealCommands: each command line in the manual names a command that there
// is, with flags that it has.
func TestManualNamesRealCommands(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(filepath.Join("..", "..", "tui", "manual", "chapter", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range commandLine.FindAllStringSubmatch(string(text), -1) {
			root := (&Main{Getenv: func(string) string { return "" }}).rootCommand([]string{"help"})
			args := strings.Fields(m[1])
			c, rest, err := root.Find(args)
			if err != nil {
				t.Errorf("%s: %s: %v", filepath.Base(name), m[0], err)
				continue
			}
			if c == root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
				t.Errorf("%s: %s is no command", filepath.Base(name), m[0])
			}
			for _, flag := range rest {
				seen++
				flag, ok := strings.CutPrefix(flag, "--")
				if ok && c.Flags().Lookup(flag) == nil && c.InheritedFlags().Lookup(flag) == nil && root.PersistentFlags().Lookup(flag) == nil {
					t.Errorf("%s: %s has no --%s", filepath.Base(name), c.CommandPath(), flag)
				}
			}
		}
	}
	if seen < 10 {
		t.Errorf("only %d words of command lines were looked at", seen)
	}
}

// TestManualCommand: the manual is printed, one chapter is, and it is written as a page and
// as text; a chapter that isn't there and another ending are wrong use.
func TestManualCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }}
		if got := m.Run(t.Context(), append([]string{"manual"}, args...)); got != want {
			t.Errorf("%v ends with %d: %s", args, got, errs.String())
		}
		return out.String() + errs.String()
	}
	whole := run(exitDone)
	for _, c := range manual.Chapters() {
		if !strings.Contains(whole, "\n  "+c.Title+"\n") {
			t.Errorf("%s is not printed", c.Title)
		}
	}
	if one := run(exitDone, "月末"); !strings.Contains(one, "导出报送包") || strings.Contains(one, "杀毒软件") {
		t.Errorf("one chapter is\n%s", one)
	}
	for _, name := range []string{"手册.html", "手册.txt"} {
		path := filepath.Join(dir, name)
		if said := run(exitDone, "--out", path); !strings.Contains(said, "已写出:"+path) {
			t.Errorf("said: %s", said)
		}
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), "县里换电脑") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, args := range [][]string{{"没有这一章"}, {"月末", "年末"}, {"--out", filepath.Join(dir, "手册.pdf")}, {"--out", filepath.Join(dir, "手册")}} {
		run(exitUsage, args...)
	}
}
