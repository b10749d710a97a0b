package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// ShortRow is one line of a ShortForm: a text field, a choice changed by ← and →,
// or a button. Exactly one of Input, Choices and Act is set.
type ShortRow struct {
	Name, Label string
	Note        string // stands dimmed behind it
	Input       *Input
	Choices     []string
	At          int // of Choices
	// InTime says that the choices stand in the order of time, the earliest first: ←
	// goes to the one before, → to the one after, and not around the ends.
	InTime bool
	// Browse, where set, is asked for a path of a text field by F3; its Path and Done
	// are the row's. Needed says that Enter does so too while the field is empty.
	Browse *PathAsk
	Needed bool
	Act    func() tea.Cmd
	Fault  string // what is wrong with it, below it
	Must   bool   // has to be filled in: it has the mark that a record's form has
}

// Value is what is typed or chosen.
func (r *ShortRow) Value() string {
	switch {
	case r.Input != nil:
		return strings.TrimSpace(r.Input.Value())
	case r.At < len(r.Choices):
		return r.Choices[r.At]
	}
	return ""
}

// ShortForm is a form of a few rows that is no record's: what a new ledger needs,
// where the month's bundle goes.
type ShortForm struct {
	App     *App
	Rows    []*ShortRow
	Cur     int             // the row with the focus
	Changed func(*ShortRow) // nil, or told what the person has changed

	lines    []int // the line of each row in the last View
	revealed bool  // passphrases are shown
}

// leastLabel is the least room for labels before the fields.
const leastLabel = 14

// labelCells is the room for labels before the fields, and for the buttons that have a
// note: what stands behind them all begins in one column.
func (s *ShortForm) labelCells() int {
	n := leastLabel
	for _, r := range s.Rows {
		switch {
		case r.Act == nil:
			n = max(n, min(Width(r.Label)+2, 24))
		case r.Note != "":
			n = max(n, min(Width(r.button())+2, 24))
		}
	}
	return n
}

func (r *ShortRow) button() string { return "[ " + r.Label + " ]" }

// Row gives the row of that name, or nil.
//
//go:noinline
func (s *ShortForm) Row(name string) *ShortRow {
	for _, r := range s.Rows {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Value is what is typed or chosen in the row of that name.
func (s *ShortForm) Value(name string) string { return s.Row(name).Value() }

// Focus goes to the row of that name and tells whether there is one.
func (s *ShortForm) Focus(name string) bool {
	for i, r := range s.Rows {
		if r.Name == name {
			s.Cur = i
			return true
		}
	}
	return false
}

// changed clears a row's fault and tells the owner.
func (s *ShortForm) changed(r *ShortRow) {
	r.Fault = ""
	if s.Changed != nil {
		s.Changed(r)
	}
}

// Update takes a key; Esc and what it doesn't know is left to the owner.
func (s *ShortForm) Update(m tea.KeyPressMsg) (cmd tea.Cmd, taken bool) {
	r := s.Rows[s.Cur]
	key := m.String()
	switch {
	case key == "up" || Is(m, Previous):
		s.Cur = max(s.Cur-1, 0)
	case key == "down" || Is(m, Next):
		s.Cur = min(s.Cur+1, len(s.Rows)-1)
	case key == "enter" && r.Act != nil:
		return r.Act(), true
	case r.Browse != nil && (key == "f3" || key == "ctrl+p" || key == "enter" && r.Needed && r.Value() == ""):
		return s.browse(r), true
	case key == "enter":
		s.Cur = min(s.Cur+1, len(s.Rows)-1)
	case r.InTime && (key == "left" || key == "right"):
		return s.turn(r, key), true
	case r.Choices != nil && (key == "left" || key == "right"):
		step := 1
		if key == "left" {
			step = len(r.Choices) - 1
		}
		r.At = (r.At + step) % len(r.Choices)
		s.changed(r)
	case Is(m, Back):
		return nil, false
	case r.Input != nil && key == "ctrl+u":
		r.Input.Clear()
		s.changed(r)
	case r.Input != nil:
		cmd = r.Input.Update(m)
		s.changed(r)
		return cmd, true
	default:
		return nil, false
	}
	return nil, true
}

// Drive gives the form what a screen gets that is a form and little else: keys, pastes
// and clicks. top is the screen's row in which the form begins. The key that saves calls
// save; Esc leaves the screen. A screen with more keys takes those first.
func (s *ShortForm) Drive(msg tea.Msg, top int, save func() tea.Cmd) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if Is(m, Save) {
			return save()
		}
		cmd, taken := s.Update(m)
		if !taken && Is(m, Back) {
			return Do(Pop{})
		}
		return cmd
	case tea.PasteMsg:
		return s.Paste(m)
	case tea.MouseClickMsg:
		return s.Click(m.Y - top)
	}
	return nil
}

// turn goes to the choice before or after, of those in the order of time.
func (s *ShortForm) turn(r *ShortRow, key string) tea.Cmd {
	switch {
	case key == "left" && r.At == 0:
		return Do(Status{Text: "没有更早的" + r.Label + "可选了"})
	case key == "right" && r.At == len(r.Choices)-1:
		return Do(Status{Text: "没有更晚的" + r.Label + "可选了"})
	case key == "left":
		r.At--
	default:
		r.At++
	}
	s.changed(r)
	return nil
}

// browse lets the person choose a row's path from lists. The row after it is next.
func (s *ShortForm) browse(r *ShortRow) tea.Cmd {
	ask := *r.Browse
	ask.Path = r.Value()
	ask.Done = func(path string) tea.Cmd {
		r.Input.SetValue(path)
		s.changed(r)
		if s.Focus(r.Name) {
			s.Cur = min(s.Cur+1, len(s.Rows)-1)
		}
		return Do(Pop{})
	}
	app := s.App
	return func() tea.Msg {
		if ask.Path == "" {
			folder := ""
			if ask.Stick && app.Drives != nil {
				if all := app.Drives(); len(all) > 0 {
					folder = all[0]
				}
			}
			ask.Path = FolderPath(folder)
		}
		return Push{Screen: NewPathBox(app, ask)}
	}
}

// Paste gives pasted text to the text field.
func (s *ShortForm) Paste(m tea.PasteMsg) tea.Cmd {
	r := s.Rows[s.Cur]
	if r.Input == nil {
		return nil
	}
	cmd := r.Input.Update(m)
	s.changed(r)
	return cmd
}

// Click goes to the row at a line of the last View, and presses it if it is a
// button or moves a choice on.
func (s *ShortForm) Click(y int) tea.Cmd {
	for i, line := range s.lines {
		if line != y {
			continue
		}
		s.Cur = i
		switch r := s.Rows[i]; {
		case r.Act != nil:
			return r.Act()
		case r.Choices != nil:
			r.At = (r.At + 1) % len(r.Choices)
			s.changed(r)
		case r.Browse != nil && r.Needed && r.Value() == "":
			return s.browse(r)
		}
	}
	return nil
}

// Below draws the rows in w cells below some lines, and gives the cursor when a text field
// has it.
func (s *ShortForm) Below(lines []string, w int) ([]string, *tea.Cursor) {
	rows, cursor := s.View(w)
	if cursor != nil {
		cursor.Y += len(lines)
	}
	return append(lines, rows...), cursor
}

// View draws the rows in w cells, and gives the cursor when a text field has it.
func (s *ShortForm) View(w int) ([]string, *tea.Cursor) {
	var (
		lines  []string
		cursor *tea.Cursor
	)
	st, labelCells := s.App.Styles, s.labelCells()
	s.lines = s.lines[:0]
	for i, r := range s.Rows {
		focused := i == s.Cur
		s.lines = append(s.lines, len(lines))
		mark := "  "
		if focused {
			mark = "> "
		}
		if r.Must {
			mark = mark[:1] + st.Required.Render("*")
		}
		label := mark + st.Label.Render(Fit(r.Label, labelCells))
		switch {
		case r.Input != nil:
			text, at := s.field(r, focused, w-labelCells-4)
			if focused && at != nil {
				c := *at
				c.X, c.Y = c.X+labelCells+2, c.Y+len(lines)
				cursor = &c
			}
			lines = append(lines, label+text)
		case r.Choices != nil:
			text := "< " + r.Value() + " >"
			if focused {
				text = st.Selected.Render(text)
			}
			note := r.Note
			if focused && note == "" {
				note = "按 ← → 换"
			}
			lines = append(lines, label+text+"  "+st.Muted.Render(note))
		case r.Act == nil: // a choice of nothing
			lines = append(lines, label+st.Muted.Render("没有可选的"))
		default:
			text, gap := r.button(), spaces(labelCells-Width(r.button()))
			if focused {
				text = st.Selected.Render(text)
			}
			lines = append(lines, mark+text+gap+st.Muted.Render(Cut(r.Note, w-labelCells-4)))
		}
		if r.Fault != "" {
			for _, l := range Wrap(r.Fault, w-labelCells-4) {
				lines = append(lines, strings.Repeat(" ", labelCells+2)+st.Fault.Render(l))
			}
		}
	}
	return lines, cursor
}

// noteFrom is how many cells of a field its note leaves to what is typed, so that it
// stands still under short answers.
const noteFrom = 28

// field draws a text field in w cells. Its note stands in the empty field behind the caret,
// and behind what was typed where there is room for it: never below, where it would push
// the rows down.
func (s *ShortForm) field(r *ShortRow, focused bool, w int) (string, *tea.Cursor) {
	st, note := s.App.Styles, Clean(r.Note)
	if r.Input.Value() == "" {
		r.Input.SetWidth(w)
		_, at := r.Input.View()
		if !focused {
			return st.Muted.Render(Cut(note, w)), at
		}
		return st.Muted.Render(Cut(" "+note, w)), at
	}
	if n := max(Width(r.Input.Value())+1, noteFrom); focused && note != "" && n+2+Width(note) <= w {
		r.Input.SetWidth(n)
		text, at := r.Input.View()
		return FitStyled(text, n) + "  " + st.Muted.Render(note), at
	}
	r.Input.SetWidth(w)
	text, at := r.Input.View()
	return text, at
}

// TextRow makes a text field.
func TextRow(app *App, name, label, value, note string) *ShortRow {
	in := NewInput(app.Styles)
	in.SetValue(value)
	return &ShortRow{Name: name, Label: label, Note: note, Input: in}
}

// ChoiceRow makes a choice; the first is taken when value is none of them.
func ChoiceRow(name, label string, choices []string, value string) *ShortRow {
	r := &ShortRow{Name: name, Label: label, Choices: choices}
	for i, c := range choices {
		if c == value {
			r.At = i
		}
	}
	return r
}

// TypedPath takes a path as it is typed or dropped into the window: without the
// quotes around it.
func TypedPath(s string) string {
	s = strings.TrimSpace(s)
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		s = s[1 : n-1]
	}
	return s
}
