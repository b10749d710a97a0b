package ui_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// TestSameKey: a key that terminals tell in several ways is one; all others stay.
func TestSameKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   tea.Msg
		want string
	}{
		{tea.KeyPressMsg{Code: 'h', Mod: tea.ModCtrl}, "backspace"},
		{tea.KeyPressMsg{Code: tea.KeyBackspace, Mod: tea.ModCtrl}, "backspace"},
		{tea.KeyPressMsg{Code: tea.KeyBackspace, Mod: tea.ModShift}, "backspace"},
		{tea.KeyPressMsg{Code: tea.KeyBackspace, Mod: tea.ModAlt}, "backspace"},
		{tea.KeyPressMsg{Code: tea.KeyBackspace}, "backspace"},
		{tea.KeyPressMsg{Code: 'g', Mod: tea.ModCtrl}, "ctrl+g"},
		{tea.KeyPressMsg{Code: 'h', Text: "h"}, "h"},
		{tea.KeyPressMsg{Code: tea.KeyDelete, Mod: tea.ModCtrl}, "ctrl+delete"},
	} {
		got, ok := ui.SameKey(c.in).(tea.KeyPressMsg)
		if !ok || got.String() != c.want {
			t.Errorf("%v is %v, want %s", c.in, got, c.want)
		}
	}
	if _, ok := ui.SameKey(tea.PasteMsg{Content: "ctrl+h"}).(tea.PasteMsg); !ok {
		t.Error("what is no key is changed")
	}
}
