package tui

import (
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// chinese reports whether a character is of Chinese text: its words, and the punctuation
// and forms that are two cells wide in every terminal.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}

// strange gives the characters of a text that are neither Chinese, nor ASCII, nor allowed.
func strange(text string, allowed func(rune) bool) string {
	var all []rune
	for _, r := range text {
		if r > unicode.MaxASCII && !chinese(r) && !allowed(r) && !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return string(all)
}

func none(rune) bool { return false }

// TestOrnaments: no picture of a screen holds a character that is neither Chinese, nor
// ASCII, nor in the table of ornaments; in --ascii nothing of that table is left, and the
// picture keeps its columns.
func TestOrnaments(t *testing.T) {
	t.Parallel()
	screens, plain := 0, 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".golden") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		picture, _, isScreen := strings.Cut(string(data), screenMark)
		if !isScreen {
			return nil
		}
		screens++
		allowed := ui.Ornament
		if strings.Contains(d.Name(), "ascii") {
			allowed, plain = none, plain+1
		}
		if s := strange(picture, allowed); s != "" {
			t.Errorf("%s draws %q", path, s)
		}
		if s := strange(ui.ASCII(picture), none); s != "" {
			t.Errorf("%s draws %q in --ascii", path, s)
		}
		for line := range strings.Lines(picture) {
			if ui.Width(ui.ASCII(line)) != ui.Width(line) {
				t.Errorf("%s: in --ascii a line has another width: %s", path, line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if screens < 100 || plain < 5 {
		t.Errorf("only %d pictures were looked at, %d in --ascii", screens, plain)
	}
}

// readings are files with characters that are read in others' files and never drawn.
var readings = []string{
	"model/fold.go", "tui/console/codepage.go", "store/sheet/", "store/paper/fill/", "store/bundle/", "store/internal/", "store/send/",
}

// TestOrnamentsInTexts: no text of the program holds such a character either: also on a
// screen of which there is no picture.
func TestOrnamentsInTexts(t *testing.T) {
	t.Parallel()
	root := ".."
	texts := 0
	for _, room := range []string{"tui", "model", "store"} {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				slices.ContainsFunc(readings, func(r string) bool { return strings.HasPrefix(name, r) }) {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				texts++
				if s := strange(text, ui.Ornament); s != "" && utf8.ValidString(text) { // else it is bytes of a file
					t.Errorf("%s has %q, which is not in the table of ornaments, in %q", name, s, text)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if texts < 1000 {
		t.Errorf("only %d texts were looked at", texts)
	}
}

// TestEveryScreenInASCII draws every screen of the menu of a village and of its county,
// with its help and, from a table, a form, in --ascii.
func TestEveryScreenInASCII(t *testing.T) {
	if testing.Short() {
		t.Skip("draws some hundred screens")
	}
	dir := t.TempDir()
	made, err := demo.Village(context.Background(), dir, demo.Options{Members: 30, Seed: 1, AsOf: "2026-10-31"})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{made.Ledger, made.County} {
		l, err := book.Open(context.Background(), path, store.Options{Source: sample.Source()})
		if err != nil {
			t.Fatal(err)
		}
		tm, r := start(t, Options{Ledger: l, ASCII: true, Drives: func() []string { return nil }, Opener: func(string) error { return nil }}, 120, 40)
		look := func(where string) {
			t.Helper()
			if s := strange(tm.Screen(), none); s != "" {
				t.Errorf("%s draws %q:\n%s", where, s, tm.Screen())
			}
		}
		look("at the start")
		drawn := 0
		for _, it := range menuItems(r.app) {
			if it.Heading || it.Run == nil || it.Key == "lock" {
				continue
			}
			drawn++
			goTo(tm, r, it)
			look(it.Label)
			for _, key := range []string{"f1", "esc", "f5", "esc", "f2", "pgdown", "f1"} {
				tm.Press(key)
				look(it.Label + ", " + key)
			}
		}
		if drawn < 40 {
			t.Errorf("only %d screens were drawn", drawn)
		}
	}
}

// goTo opens an entry of the menu over the work table alone. A form is left as it is.
func goTo(tm *tuitest.Term, r *Root, it ui.Item) {
	for len(r.stack) > 1 {
		r.stack = r.stack[:len(r.stack)-1]
	}
	tm.Send(it.Run()())
}
