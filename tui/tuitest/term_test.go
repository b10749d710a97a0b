package tuitest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"taizhang/tui/tuitest"
)

// field is a program with one text field, its cursor the terminal's own.
type field struct {
	text   []string // characters
	at     int
	last   string
	answer string
}

type answerMsg string

func (f *field) Init() tea.Cmd { return nil }

func (f *field) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		f.last = m.String()
	case answerMsg:
		f.answer = string(m)
	case tea.KeyPressMsg:
		f.last = m.String()
		switch f.last {
		case "f10":
			return f, tea.Quit
		case "f5":
			slow := func() tea.Msg { time.Sleep(30 * time.Millisecond); return answerMsg("查完了") }
			return f, tea.Sequence(tea.Batch(slow, nil), func() tea.Msg { return nil })
		case "f6":
			return f, tea.Tick(time.Hour, func(time.Time) tea.Msg { return nil })
		}
		f.key(m)
	}
	return f, nil
}

func (f *field) key(m tea.KeyPressMsg) {
	switch {
	case m.Text != "":
		f.text = slices.Insert(f.text, f.at, m.Text)
		f.at++
	case m.String() == "left":
		f.at--
	}
}

func (f *field) View() tea.View {
	v := tea.NewView("姓名 " + strings.Join(f.text, "") + "\n" + f.last + "\n" + f.answer)
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "东试" // 东 ends in the byte 9C
	v.Cursor = tea.NewCursor(5+ansi.StringWidth(strings.Join(f.text[:f.at], "")), 0)
	return v
}

func TestCaretStandsWhereTheCellsEnd(t *testing.T) {
	tm := tuitest.Start(t, &field{}, 40, 10)
	for _, c := range []struct {
		text string
		x    int
	}{{"张", 7}, {"三", 9}, {"ab", 11}, {"丰", 13}} {
		tm.Type(c.text)
		if x, y, visible := tm.Cursor(); x != c.x || y != 0 || !visible {
			t.Errorf("after %s the cursor is at %d,%d (visible %v), want %d,0", c.text, x, y, visible, c.x)
		}
	}
	if got := tm.Row(0); got != "姓名 张三ab丰" {
		t.Errorf("row 0 is %q", got)
	}
	tm.Press("left", "left")
	if got := tm.BeforeCursor(); got != "姓名 张三a" {
		t.Errorf("before the cursor stands %q", got)
	}
	if tm.Title() != "东试" || !tm.AltScreen() {
		t.Errorf("title %q, second screen %v", tm.Title(), tm.AltScreen())
	}
}

func TestKeysComeAsBubbleTeaNamesThem(t *testing.T) {
	tm := tuitest.Start(t, &field{}, 40, 10)
	for _, key := range []string{"f1", "f2", "f12", "esc", "enter", "tab", "shift+tab", "up", "pgdown", "insert", "delete",
		"shift+f8", "shift+f3", "ctrl+s", "ctrl+g", "ctrl+z", "ctrl+k", "home", "end", "backspace", "a", "alt+enter"} {
		tm.Press(key)
		if got := tm.Row(1); got != key {
			t.Errorf("pressing %s came as %q", key, got)
		}
	}
	tm.Click(3, 1)
	if got := tm.Row(1); got != "left" {
		t.Errorf("a click came as %q", got)
	}
}

func TestWaitsForCommandsButNotForTimers(t *testing.T) {
	tm := tuitest.Start(t, &field{}, 40, 10)
	tm.Press("f6", "f5")
	if got := tm.Row(2); got != "查完了" {
		t.Errorf("row 2 is %q", got)
	}
	tm.Resize(60, 20)
	if rows := strings.Count(tm.Screen(), "\n") + 1; rows != 20 {
		t.Errorf("%d rows after resizing", rows)
	}
	tm.Press("f10")
	if err := tm.WaitEnd(); err != nil {
		t.Errorf("ended with %v", err)
	}
	if _, _, visible := tm.Cursor(); tm.AltScreen() || !visible {
		t.Error("the terminal is left on its second screen or without a cursor")
	}
}
