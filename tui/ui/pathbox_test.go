package ui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// pathBox is a box in a folder that holds the files named and a folder 子夹, with what
// was given to Done.
type pathBox struct {
	*ui.PathBox
	t    *testing.T
	done string
}

func newPathBox(t *testing.T, ask ui.PathAsk, files ...string) (*pathBox, string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "子夹"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b := &pathBox{t: t}
	ask.Path = ui.FolderPath(dir) + ask.Path
	ask.Done = func(path string) tea.Cmd { b.done = path; return nil }
	b.PathBox = ui.NewPathBox(&ui.App{Styles: ui.NewStyles(false)}, ask)
	b.SetSize(70, 16)
	b.run(b.Init())
	return b, dir
}

func (b *pathBox) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			b.run(c)
		}
	default:
		b.run(b.Update(msg))
	}
}

func (b *pathBox) keys(keys ...rune) {
	for _, k := range keys {
		m := tea.KeyPressMsg{Code: k}
		if k > ' ' && k < tea.KeyExtended {
			m.Text = string(k)
		}
		b.run(b.Update(m))
	}
}

func (b *pathBox) typed(s string) { b.keys([]rune(s)...) }

func (b *pathBox) screen() string {
	text, _ := b.View()
	return text
}

// TestPathBoxStartsAtTheFirstFile finds that the list stood on its last entry, since it
// was empty while the folder was read.
func TestPathBoxStartsAtTheFirstFile(t *testing.T) {
	b, dir := newPathBox(t, ui.PathAsk{Exts: []string{".xlsx"}}, "甲.xlsx", "乙.xlsx", "丙.xlsx", "别的.txt")
	if s := b.screen(); !strings.Contains(s, "上一级") || strings.Contains(s, "别的") {
		t.Fatalf("the list shows\n%s", s)
	}
	b.keys(tea.KeyDown, tea.KeyEnter)
	if want := filepath.Join(dir, "丙.xlsx"); b.done != want { // the first by its bytes
		t.Errorf("chose %q, want %q", b.done, want)
	}
}

// TestPathBoxGoesUp goes to the folder above, and on into another one.
func TestPathBoxGoesUp(t *testing.T) {
	b, dir := newPathBox(t, ui.PathAsk{Exts: []string{".xlsx"}}, "甲.xlsx")
	b.keys(tea.KeyDown, tea.KeyUp, tea.KeyEnter)
	if s := b.screen(); !strings.Contains(s, filepath.Base(dir)) || strings.Contains(s, "甲.xlsx") {
		t.Fatalf("above %s stands\n%s", dir, s)
	}
	b.keys(tea.KeyEscape)
	b.typed(filepath.Base(dir))
	b.keys(tea.KeyEnter, tea.KeyEnter)
	if want := filepath.Join(dir, "甲.xlsx"); b.done != want {
		t.Errorf("chose %q, want %q", b.done, want)
	}
}

func TestPathBoxCompletesANameBegun(t *testing.T) {
	for _, c := range []struct{ typed, want, says string }{
		{"名册", "党员名册2026.xlsx", ""},
		{"dymc", "党员名册2026.xlsx", ""}, // by its initials
		{"党员", "", "有 2 个名字合得上"},
		{"党员名册2026.xlsx", "党员名册2026.xlsx", ""},
		{"没有的.xlsx", "没有的.xlsx", ""}, // the caller says what is wrong
	} {
		b, dir := newPathBox(t, ui.PathAsk{Exts: []string{".xlsx"}}, "党员名册2026.xlsx", "党员党费.xlsx")
		b.typed(c.typed)
		b.keys(tea.KeyEnter)
		want := ""
		if c.want != "" {
			want = filepath.Join(dir, c.want)
		}
		if b.done != want || !strings.Contains(b.screen(), c.says) {
			t.Errorf("%s: chose %q, want %q; the box says\n%s", c.typed, b.done, want, b.screen())
		}
	}
}

// TestPathBoxOfANewFile does not take an old file for the new one of a shorter name, and
// keeps the name when another folder is chosen.
func TestPathBoxOfANewFile(t *testing.T) {
	b, dir := newPathBox(t, ui.PathAsk{Exts: []string{".xlsx"}, New: true, Path: "名册.xlsx"}, "党员名册.xlsx")
	b.keys(tea.KeyEnter)
	if want := filepath.Join(dir, "名册.xlsx"); b.done != want {
		t.Errorf("writes %q, want %q", b.done, want)
	}
	b.keys(tea.KeyHome)
	b, dir = newPathBox(t, ui.PathAsk{Exts: []string{".xlsx"}, New: true, Path: "名册.xlsx"})
	b.keys(tea.KeyDown, tea.KeyEnter, tea.KeyEnter)
	if want := filepath.Join(dir, "子夹", "名册.xlsx"); b.done != want {
		t.Errorf("writes %q, want %q", b.done, want)
	}
}

func TestPathBoxOfAFolder(t *testing.T) {
	b, dir := newPathBox(t, ui.PathAsk{Folder: true}, "甲.xlsx")
	if s := b.screen(); strings.Contains(s, "甲.xlsx") {
		t.Errorf("a file is offered where a folder is asked for:\n%s", s)
	}
	b.keys(tea.KeyDown, tea.KeyEnter)
	if b.done != dir {
		t.Errorf("just this folder: chose %q, want %q", b.done, dir)
	}
	b, dir = newPathBox(t, ui.PathAsk{Folder: true})
	b.typed("zj")
	b.keys(tea.KeyEnter)
	if want := filepath.Join(dir, "子夹"); b.done != want {
		t.Errorf("typed: chose %q, want %q", b.done, want)
	}
}

func TestCompletePath(t *testing.T) {
	_, dir := newPathBox(t, ui.PathAsk{}, "台账备份_2026.db", "甲.txt")
	ask := ui.PathAsk{Exts: []string{".db"}}
	for typed, want := range map[string]string{
		"台账备份_2026.db": "台账备份_2026.db", "备份": "台账备份_2026.db", "甲": "甲", "没有": "没有", "甲.txt": "甲.txt",
	} {
		if got := ui.CompletePath(filepath.Join(dir, typed), ask); got != filepath.Join(dir, want) {
			t.Errorf("%s gives %s, want %s", typed, got, want)
		}
	}
	if got := ui.CompletePath(filepath.Join(dir, "zj"), ui.PathAsk{Folder: true}); got != filepath.Join(dir, "子夹") {
		t.Errorf("a folder begun gives %s", got)
	}
}

// TestRowOfTime finds that ← went from a list's first, the newest month, around to its
// last: → is the month after, and nothing goes around.
func TestRowOfTime(t *testing.T) {
	row := ui.ChoiceRow("month", "月份", []string{"9月", "10月", "11月"}, "11月")
	row.InTime = true
	f := ui.ShortForm{App: &ui.App{Styles: ui.NewStyles(false)}, Rows: []*ui.ShortRow{row}}
	for _, c := range []struct {
		key  rune
		want string
	}{{tea.KeyRight, "11月"}, {tea.KeyLeft, "10月"}, {tea.KeyLeft, "9月"}, {tea.KeyLeft, "9月"}, {tea.KeyRight, "10月"}} {
		f.Update(tea.KeyPressMsg{Code: c.key})
		if row.Value() != c.want {
			t.Fatalf("after %v: %s, want %s", c.key, row.Value(), c.want)
		}
	}
}

// TestPathBoxRefusesWhatCanNotBe: a name that the system can't have is refused in words in
// the box, which stays open, whether a file is read or written.
func TestPathBoxRefusesWhatCanNotBe(t *testing.T) {
	for _, ask := range []ui.PathAsk{{New: true}, {}, {Folder: true}} {
		b, _ := newPathBox(t, ask)
		b.run(b.Update(tea.PasteMsg{Content: strings.Repeat("长", 300)}))
		b.run(b.Update(tea.KeyPressMsg{Code: tea.KeyEnter}))
		text, _ := b.View()
		if b.done != "" || !strings.Contains(text, "名字太长(") || !strings.Contains(text, "请换一个短一些的名字") {
			t.Errorf("%+v: taken %q\n%s", ask, b.done, text)
		}
	}
}
