package settings

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

const (
	labelCells = 16 // the room for labels before what the settings say
	explainMax = 4  // the rows below that explain the chosen one
)

// layout makes the lines of the list for the present width.
func (s *settings) layout() {
	s.lines, s.from = s.lines[:0], nil
	if s.w == 0 || s.read == nil {
		return
	}
	s.all = s.entries()
	s.cur = max(min(s.cur, len(s.all)-1), 0)
	if s.all[s.cur].heading {
		s.cur++
	}
	st := s.app.Styles
	for i, e := range s.all {
		s.from = append(s.from, len(s.lines))
		if e.heading {
			s.lines = append(s.lines, st.Title.Render(" "+e.label))
			continue
		}
		mark, label := "  ", e.label
		if i == s.cur {
			mark = "> "
		}
		for n, line := range ui.Wrap(ui.Clean(e.value), max(s.w-labelCells-4, 10)) {
			text := mark + st.Label.Render(ui.Fit(label, labelCells)) + line
			if i == s.cur {
				text = st.Selected.Render(mark + ui.Fit(label, labelCells) + ui.Fit(line, max(s.w-labelCells-4, 10)))
			}
			s.lines = append(s.lines, text)
			if n == 0 {
				mark, label = "  ", ""
			}
		}
	}
	s.from = append(s.from, len(s.lines))
	s.follow()
}

// room is how many lines of the list are in sight.
func (s *settings) room() int { return max(s.h-explainMax-2, 1) }

// follow scrolls so that the chosen setting is in sight.
func (s *settings) follow() {
	if len(s.from) == 0 {
		return
	}
	from, to := s.from[s.cur], s.from[s.cur+1]
	if s.cur > 0 && s.all[s.cur-1].heading {
		from--
	}
	s.first = min(max(s.first, to-s.room()), from)
	s.first = max(min(s.first, len(s.lines)-s.room()), 0)
}

// move chooses the next setting in a direction.
func (s *settings) move(d int) {
	for i := s.cur + d; i >= 0 && i < len(s.all); i += d {
		if !s.all[i].heading {
			s.cur = i
			break
		}
	}
	s.layout()
}

// View implements ui.Screen.
func (s *settings) View() (string, *tea.Cursor) {
	if s.read == nil {
		text := "正在读取…"
		if s.fault != "" {
			text = s.fault
		}
		return "\n  " + text, nil
	}
	lines := append([]string{}, s.lines[s.first:min(s.first+s.room(), len(s.lines))]...)
	for len(lines) < s.room() {
		lines = append(lines, "")
	}
	return strings.Join(append(lines, s.below()...), "\n"), nil
}

// below explains the chosen setting, and says what came of the last act.
func (s *settings) below() []string {
	st, e := s.app.Styles, s.all[s.cur]
	lines := []string{ui.Rule(st, e.label, s.w)}
	switch {
	case s.fault != "":
		for _, l := range ui.Wrap(s.fault, s.w-4) {
			lines = append(lines, " "+st.Fault.Render(l))
		}
		return lines
	case s.said != "":
		return append(lines, " "+st.Title.Render(s.said))
	}
	for _, l := range ui.Wrap(e.explain, max(s.w-4, 20)) {
		lines = append(lines, " "+l)
	}
	lines = lines[:min(len(lines), explainMax+1)]
	if e.enter != "" {
		lines = append(lines, " "+st.Label.Render("回车:"+e.enter))
	}
	return lines
}
