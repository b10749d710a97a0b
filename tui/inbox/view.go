package inbox

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// View implements ui.Screen.
func (s *screen) View() (string, *tea.Cursor) {
	st := s.app.Styles
	all, cursor := s.list.View(st)
	all = append(all, ui.Rule(st, "", s.w))
	if p, ok := s.selected(); ok {
		text := model.Clean(p.Name, false)
		if p.Note != "" {
			text += ":" + model.Clean(p.Note, false)
		}
		if p.County != "" && !s.app.County {
			text += "(" + p.County + ")"
		}
		for _, l := range ui.Wrap(text, s.w-2) {
			all = append(all, " "+l)
		}
	}
	return strings.Join(all, "\n"), cursor
}
