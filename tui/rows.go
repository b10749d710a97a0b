package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/ui"
)

// row is one line of a short form that is no record's: a text field, a choice
// changed by ← and →, or a button. Exactly one of input, choices and act is set.
type row struct {
	name, label string
	note        string // stands dimmed behind a choice or button, below a text field
	input       *ui.Input
	choices     []string
	at          int // of choices
	act         func() tea.Cmd
	fault       string // what is wrong with it, below it
}

func (r *row) value() string {
	switch {
	case r.input != nil:
		return strings.TrimSpace(r.input.Value())
	case r.at < len(r.choices):
		return r.choices[r.at]
	}
	return ""
}

// rows is a short form.
type rows struct {
	app    *ui.App
	rows   []*row
	cur    int
	lines  []int // the line of each row in the last View
	change func(*row)
}

// labelCells is the room for labels before the fields.
const labelCells = 14

func (s *rows) row(name string) *row {
	for _, r := range s.rows {
		if r.name == name {
			return r
		}
	}
	return nil
}

func (s *rows) value(name string) string { return s.row(name).value() }

// focus goes to the row of that name and tells whether there is one.
func (s *rows) focus(name string) bool {
	for i, r := range s.rows {
		if r.name == name {
			s.cur = i
			return true
		}
	}
	return false
}

// changed clears a row's fault and tells the owner.
func (s *rows) changed(r *row) {
	r.fault = ""
	if s.change != nil {
		s.change(r)
	}
}

// update takes a key; Esc and what it doesn't know is left to the owner.
func (s *rows) update(m tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	r := s.rows[s.cur]
	key := m.String()
	switch {
	case key == "up" || ui.Is(m, ui.Previous):
		s.cur = max(s.cur-1, 0)
	case key == "down" || ui.Is(m, ui.Next):
		s.cur = min(s.cur+1, len(s.rows)-1)
	case key == "enter" && r.act != nil:
		return r.act(), true
	case key == "enter":
		s.cur = min(s.cur+1, len(s.rows)-1)
	case r.choices != nil && (key == "left" || key == "right"):
		step := 1
		if key == "left" {
			step = len(r.choices) - 1
		}
		r.at = (r.at + step) % len(r.choices)
		s.changed(r)
	case ui.Is(m, ui.Back):
		return nil, false
	case r.input != nil && key == "ctrl+u":
		r.input.Clear()
		s.changed(r)
	case r.input != nil:
		cmd = r.input.Update(m)
		s.changed(r)
		return cmd, true
	default:
		return nil, false
	}
	return nil, true
}

// paste gives pasted text to the text field.
func (s *rows) paste(m tea.PasteMsg) tea.Cmd {
	r := s.rows[s.cur]
	if r.input == nil {
		return nil
	}
	cmd := r.input.Update(m)
	s.changed(r)
	return cmd
}

// click goes to the row at a line of the last View, and presses it if it is a
// button or moves a choice on.
func (s *rows) click(y int) tea.Cmd {
	for i, line := range s.lines {
		if line != y {
			continue
		}
		s.cur = i
		switch r := s.rows[i]; {
		case r.act != nil:
			return r.act()
		case r.choices != nil:
			r.at = (r.at + 1) % len(r.choices)
			s.changed(r)
		}
	}
	return nil
}

// view draws the rows in w cells, and gives the cursor when a text field has it.
func (s *rows) view(w int) ([]string, *tea.Cursor) {
	var (
		lines  []string
		cursor *tea.Cursor
	)
	st := s.app.Styles
	s.lines = s.lines[:0]
	for i, r := range s.rows {
		focused := i == s.cur
		s.lines = append(s.lines, len(lines))
		mark := "  "
		if focused {
			mark = "> "
		}
		label := mark + st.Label.Render(ui.Fit(r.label, labelCells))
		switch {
		case r.input != nil:
			r.input.SetWidth(w - labelCells - 4)
			text, at := r.input.View()
			if focused && at != nil {
				c := *at
				c.X, c.Y = c.X+labelCells+2, c.Y+len(lines)
				cursor = &c
			}
			if !focused && r.value() == "" {
				text = st.Muted.Render(ui.Cut(r.note, w-labelCells-4))
			}
			lines = append(lines, label+text)
			if focused && r.note != "" && r.fault == "" {
				lines = append(lines, st.Muted.Render(strings.Repeat(" ", labelCells+2)+ui.Cut(r.note, w-labelCells-4)))
			}
		case r.choices != nil:
			text := "< " + r.value() + " >"
			if focused {
				text = st.Selected.Render(text)
			}
			note := r.note
			if focused && note == "" {
				note = "按 ← → 换"
			}
			lines = append(lines, label+text+"  "+st.Muted.Render(note))
		default:
			text := "[ " + r.label + " ]"
			if focused {
				text = st.Selected.Render(text)
			}
			lines = append(lines, mark+text+"  "+st.Muted.Render(r.note))
		}
		if r.fault != "" {
			for _, l := range ui.Wrap(r.fault, w-labelCells-4) {
				lines = append(lines, strings.Repeat(" ", labelCells+2)+st.Fault.Render(l))
			}
		}
	}
	return lines, cursor
}

// textRow makes a text field.
func textRow(app *ui.App, name, label, value, note string) *row {
	in := ui.NewInput(app.Styles)
	in.SetValue(value)
	return &row{name: name, label: label, note: note, input: in}
}

// choiceRow makes a choice; the first is taken when value is none of them.
func choiceRow(name, label string, choices []string, value string) *row {
	r := &row{name: name, label: label, choices: choices}
	for i, c := range choices {
		if c == value {
			r.at = i
		}
	}
	return r
}
