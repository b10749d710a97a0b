package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var named = regexp.MustCompile("`([^`]+)`")

// TestPromises: every promise of README.md names tests, and each of them is there.
func TestPromises(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, page, found := strings.Cut(string(text), "\n## 程序保证什么\n")
	page, _, ended := strings.Cut(page, "\n## ")
	if !found || !ended {
		t.Fatal("README.md has no page of promises")
	}
	promises := 0
	for line := range strings.Lines(page) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 5 || strings.Contains(cells[1], "---") || strings.TrimSpace(cells[1]) == "什么" {
			continue
		}
		promises++
		tests := named.FindAllStringSubmatch(cells[3], -1)
		if len(tests) == 0 {
			t.Errorf("no test holds: %s", cells[2])
		}
		for _, m := range tests {
			if !testExists(t, m[1]) {
				t.Errorf("there is no test %s, which is to hold: %s", m[1], cells[2])
			}
		}
	}
	if promises < 20 {
		t.Errorf("only %d promises", promises)
	}
}

// testExists looks for a test that is named by its folder and its function.
func testExists(t *testing.T, name string) bool {
	t.Helper()
	dot := strings.LastIndex(name, ".")
	if dot < 0 {
		return false
	}
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(name[:dot]), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(code), "\nfunc "+name[dot+1:]+"(t *testing.T) {") {
			return true
		}
	}
	return false
}
