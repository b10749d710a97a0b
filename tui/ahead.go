package tui

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// typedAhead gives once the keys that were typed before the program read any itself: when
// the screens know their size, since a key is not for a screen that nobody sees.
func (r *Root) typedAhead() tea.Cmd {
	in := r.o.Ahead
	r.o.Ahead = nil
	var keys []tea.Cmd
	for d := (uv.EventDecoder{}); len(in) > 0; {
		n, event := d.Decode(in)
		if n == 0 {
			break // half a key, and what comes of it can't be told
		}
		in = in[n:]
		if key, ok := event.(uv.KeyPressEvent); ok {
			keys = append(keys, func() tea.Msg { return tea.KeyPressMsg(key) })
		}
	}
	return tea.Sequence(keys...)
}
