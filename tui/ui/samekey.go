package ui

import tea "charm.land/bubbletea/v2"

// SameKey gives for a key that terminals tell in several ways the one that screens know.
// Backspace with Ctrl or Shift takes one character away, as Backspace does: Chinese has no
// gaps between words at which more could end. The console of Windows sends Ctrl+H for it,
// and old terminals for Backspace itself.
func SameKey(msg tea.Msg) tea.Msg {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "ctrl+h", "ctrl+backspace", "shift+backspace", "alt+backspace", "ctrl+shift+backspace":
			return tea.KeyPressMsg{Code: tea.KeyBackspace}
		}
	}
	return msg
}
