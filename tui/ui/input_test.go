package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/tui/ui"
)

// at checks that the field is drawn in its width with the cursor in it, directly
// behind the text that ought to stand before it.
func at(t *testing.T, in *ui.Input, width int, before string) {
	t.Helper()
	text, c := in.View()
	if c == nil || c.X != in.Cursor() || c.X < 0 || c.X >= width || c.Y != 0 {
		t.Fatalf("%q: cursor %v, Cursor() %d, in a field of %d", text, c, in.Cursor(), width)
	}
	if w := ui.Width(text); w != width {
		t.Errorf("%q is %d wide, want %d", text, w, width)
	}
	if got := ui.Slice(text, 0, c.X); !strings.HasSuffix(before, strings.TrimPrefix(got, ui.Ellipsis)) || got == "" && before != "" {
		t.Errorf("%q: before the cursor at %d stands %q, want the end of %q", ansi.Strip(text), c.X, got, before)
	}
}

func key(code rune) tea.KeyPressMsg  { return tea.KeyPressMsg{Code: code} }
func text(s string) tea.KeyPressMsg  { return tea.KeyPressMsg{Code: tea.KeyExtended, Text: s} }
func ctrl(code rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: code, Mod: tea.ModCtrl} }
func field(w int, s string) *ui.Input {
	in := ui.NewInput(ui.NewStyles(true))
	in.SetWidth(w)
	in.SetValue(s)
	return in
}

func TestInputCaretFollowsEveryCharacter(t *testing.T) {
	const long = "中国共产党ab澄安县柳河镇c委员会1234第二党支部"
	for _, width := range []int{4, 5, 6, 7, 10, 11, 12, 13, 60} {
		in, typed := field(width, ""), ""
		for _, r := range long {
			in.Update(text(string(r)))
			typed += string(r)
			at(t, in, width, typed)
		}
		for range []rune(long) { // and back through the scrolled text
			in.Update(key(tea.KeyLeft))
			r := []rune(typed)
			typed = string(r[:len(r)-1])
			at(t, in, width, typed)
		}
		for _, r := range long {
			in.Update(key(tea.KeyRight))
			typed += string(r)
			at(t, in, width, typed)
		}
		for len(typed) > 0 { // a shrinking text comes back into sight
			in.Update(key(tea.KeyBackspace))
			r := []rune(typed)
			typed = string(r[:len(r)-1])
			at(t, in, width, typed)
		}
		if in.Value() != "" {
			t.Errorf("%q is left", in.Value())
		}
	}
}

func TestInputShowsTheCharacterAtTheCaret(t *testing.T) {
	const long = "一二三四五六七八九十甲乙丙丁"
	for _, width := range []int{5, 6, 9, 10} {
		in := field(width, long)
		for n := len([]rune(long)) - 1; n >= 0; n-- {
			in.Update(key(tea.KeyLeft))
			shown, c := in.View()
			want := string([]rune(long)[n])
			if got := ui.Slice(shown, c.X, c.X+2); got != want {
				t.Errorf("width %d: on the caret stands %q in %q, want %q", width, got, shown, want)
			}
		}
	}
}

func TestInputEditsInTheMiddle(t *testing.T) {
	in := field(12, "李小龙")
	in.Update(key(tea.KeyLeft))
	in.Update(key(tea.KeyBackspace))
	at(t, in, 12, "李")
	in.Update(text("大明")) // an input method commits two characters at once
	at(t, in, 12, "李大明")
	if in.Value() != "李大明龙" {
		t.Errorf("%q", in.Value())
	}
	in.Update(key(tea.KeyHome))
	in.Update(key(tea.KeyDelete))
	at(t, in, 12, "")
	in.Update(key(tea.KeyEnd))
	at(t, in, 12, "大明龙")
	for _, want := range []string{"李大明龙", "李龙", "李小龙", "李小龙"} {
		in.Update(ctrl('z'))
		if in.Value() != want {
			t.Errorf("undone to %q, want %q", in.Value(), want)
		}
	}
}

func TestInputCleansAndFolds(t *testing.T) {
	in := field(30, "")
	in.Update(tea.PasteMsg{Content: "张\x1b[31m三\r\n李四\u202e\t王"})
	if got := in.Value(); got != "张[31m三 李四 王" {
		t.Errorf("pasted %q", got)
	}
	in = field(30, "")
	in.Fold = strings.ToUpper
	in.Update(text("ab"))
	in.Update(text("e"))
	in.Update(text("\u0301")) // joins the character before it
	if in.Value() != "ABE\u0301" || in.Caret() != 3 {
		t.Errorf("%q, caret %d", in.Value(), in.Caret())
	}
	in.Update(key(tea.KeyBackspace))
	if in.Value() != "AB" {
		t.Errorf("%q", in.Value())
	}
	for _, m := range []tea.KeyPressMsg{ctrl('s'), ctrl('k'), ctrl('w'), key(tea.KeyEnter), key(tea.KeyTab), key(tea.KeyF2), key(tea.KeyUp), key(tea.KeyEscape)} {
		if in.Edit(m) || in.Value() != "AB" {
			t.Errorf("%s was taken", m)
		}
	}
}

func TestInputClick(t *testing.T) {
	in := field(20, "甲a乙丙")
	for x, want := range []int{0, 1, 1, 2, 3, 3, 4, 4, 4} {
		in.CaretAt(x)
		if in.Caret() != want {
			t.Errorf("a click at %d puts the caret behind %d characters, want %d", x, in.Caret(), want)
		}
	}
}

// What does not show goes from what is typed and pasted: a name copied from a chat is the
// name that is on file.
func TestInputDropsInvisible(t *testing.T) {
	in := ui.NewInput(ui.NewStyles(false))
	in.Update(tea.PasteMsg{Content: "张\u200c\u3164三\ufeff\U000E0100"})
	in.Update(tea.KeyPressMsg{Text: "\u200e丰\u2060"})
	if got := in.Value(); got != "张三丰" {
		t.Errorf("%+q", got)
	}
}
