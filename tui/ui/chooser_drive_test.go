package ui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// TestDrive opens by Enter, F3 and a click, narrows by typing and pasting, and leaves
// by Esc once nothing is typed.
func TestDrive(t *testing.T) {
	c := &ui.Chooser{Typing: true}
	c.SetSize(20, 6)
	c.SetItems(grouped(3))
	opened := ""
	open := func() tea.Cmd { opened = chosen(c); return nil }
	for _, step := range []struct {
		name         string
		msg          tea.Msg
		opened, sees string
		leaves       bool
	}{
		{"down", tea.KeyPressMsg{Code: tea.KeyDown}, "", "a1", false},
		{"enter", tea.KeyPressMsg{Code: tea.KeyEnter}, "a1", "a1", false},
		{"a click on the screen's row 2+1+1+2", tea.MouseClickMsg{X: 3, Y: 6}, "a2", "a2", false},
		{"a click above the list", tea.MouseClickMsg{X: 3, Y: 1}, "", "a2", false},
		{"the wheel", tea.MouseWheelMsg{Button: tea.MouseWheelUp}, "", "a1", false},
		{"pasted", tea.PasteMsg{Content: "a0"}, "", "a0", false},
		{"f3", tea.KeyPressMsg{Code: tea.KeyF3}, "a0", "a0", false},
		{"esc with a text", tea.KeyPressMsg{Code: tea.KeyEscape}, "", "a0", false},
		{"esc without", tea.KeyPressMsg{Code: tea.KeyEscape}, "", "a0", true},
		{"another key", tea.KeyPressMsg{Code: tea.KeyF5}, "", "a0", false},
	} {
		opened = ""
		cmd := c.Drive(step.msg, 2, open)
		leaves := false
		if cmd != nil {
			_, leaves = cmd().(ui.Pop)
		}
		if opened != step.opened || chosen(c) != step.sees || leaves != step.leaves {
			t.Errorf("%s: opened %q, on %q, leaves %v", step.name, opened, chosen(c), leaves)
		}
	}
}
