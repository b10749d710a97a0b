package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// named are the keys that stand in the key line under a name.
var named = map[string]rune{
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6, "f7": tea.KeyF7,
	"f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f12": tea.KeyF12,
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "insert": tea.KeyInsert, "delete": tea.KeyDelete,
	"up": tea.KeyUp, "down": tea.KeyDown,
}

// keyNamed gives the key press of a key's name as tea.KeyPressMsg.String gives it,
// so that a click on a hint does what the key does.
func keyNamed(name string) (tea.KeyPressMsg, bool) {
	k := tea.KeyPressMsg{}
	rest := name
	for {
		switch {
		case strings.HasPrefix(rest, "ctrl+"):
			k.Mod |= tea.ModCtrl
			rest = strings.TrimPrefix(rest, "ctrl+")
			continue
		case strings.HasPrefix(rest, "shift+"):
			k.Mod |= tea.ModShift
			rest = strings.TrimPrefix(rest, "shift+")
			continue
		}
		break
	}
	if code, ok := named[rest]; ok {
		k.Code = code
		return k, true
	}
	if len(rest) == 1 && k.Mod != 0 {
		k.Code = rune(rest[0])
		return k, true
	}
	return k, false
}
