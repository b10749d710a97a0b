package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Input edits one line of text. Its cursor is the terminal's own, since an input
// method shows its candidates there; it stands in the cell that the next character
// will take, also when the text is longer than the field and has scrolled. Hidden
// ends of the text show as ….
//
// The Ctrl keys are the owner's, but for Ctrl+Z, which takes the last edit back.
type Input struct {
	// Fold, where set, changes what is typed or pasted before it goes in, for
	// instance full-width digits to half-width ones.
	Fold func(string) string
	// Placeholder stands dimmed in the empty field.
	Placeholder string
	// Secret shows a * for each character, until they are Shown.
	Secret, Shown bool

	styles *Styles
	chars  []string // grapheme clusters
	at     int      // the caret stands before this one
	left   int      // the first one shown
	width  int
	undo   Edits
}

// NewInput gives an empty field. SetWidth comes before the first View.
func NewInput(s *Styles) *Input { return &Input{styles: s, width: 20} }

// Value gives the text.
func (in *Input) Value() string { return strings.Join(in.chars, "") }

// SetValue replaces the text, cleaned, and puts the caret at its end. What could
// be undone before can't be any more.
func (in *Input) SetValue(s string) {
	in.chars = characters(Clean(s))
	in.at, in.left = len(in.chars), 0
	in.undo.Forget()
}

// Clear takes all text away; Ctrl+Z brings it back.
func (in *Input) Clear() { in.replace(0, len(in.chars), "") }

// SetWidth sets the field's width in cells.
func (in *Input) SetWidth(w int) { in.width = max(w, 1) }

// Caret gives the number of characters before the caret.
func (in *Input) Caret() int { return in.at }

// SetCaret puts the caret behind so many characters.
func (in *Input) SetCaret(n int) { in.at = min(max(n, 0), len(in.chars)) }

// CaretAt puts the caret where a click at a cell of the field wants it: before the
// character there, or behind it when the click meets its right half.
func (in *Input) CaretAt(x int) {
	in.follow()
	if in.left > 0 {
		x--
	}
	i := in.left
	for ; i < len(in.chars); i++ {
		w := Width(in.chars[i])
		if x < w {
			if w > 1 && x >= w/2 {
				i++
			}
			break
		}
		x -= w
	}
	in.SetCaret(i)
}

// Update takes a key or a paste. The command is always nil: the field has no
// blinking of its own.
func (in *Input) Update(msg tea.Msg) tea.Cmd {
	in.Edit(msg)
	return nil
}

// Edit takes a key or a paste and tells whether it was one that the field knows.
func (in *Input) Edit(msg tea.Msg) bool {
	switch m := msg.(type) {
	case tea.PasteMsg:
		in.Insert(m.Content)
		return true
	case tea.KeyPressMsg:
		return in.key(m)
	}
	return false
}

func (in *Input) key(m tea.KeyPressMsg) bool {
	switch m.String() {
	case "left":
		in.SetCaret(in.at - 1)
	case "right":
		in.SetCaret(in.at + 1)
	case "home":
		in.at = 0
	case "end":
		in.at = len(in.chars)
	case "backspace":
		if in.at > 0 {
			in.replace(in.at-1, in.at, "")
		}
	case "delete":
		if in.at < len(in.chars) {
			in.replace(in.at, in.at+1, "")
		}
	case "ctrl+z":
		in.Undo()
	default:
		text, ok := Typed(m)
		if !ok {
			return false
		}
		in.Insert(text)
	}
	return true
}

// Typed gives the text of a key press; an input method commits several characters
// in one. ok is false for keys that type nothing and for those with Ctrl or Alt.
func Typed(m tea.KeyPressMsg) (text string, ok bool) {
	if m.Text == "" || m.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper|tea.ModHyper) != 0 {
		return "", false
	}
	return m.Text, true
}

// Insert puts text in at the caret, cleaned and folded.
func (in *Input) Insert(text string) {
	text = Clean(text)
	if in.Fold != nil {
		text = in.Fold(text)
	}
	if text != "" {
		in.replace(in.at, in.at, text)
	}
}

// replace puts text in place of some characters. The whole is taken apart anew,
// since a mark may join the character before it.
func (in *Input) replace(from, to int, text string) {
	in.undo.Keep(TextState{in.Value(), in.at})
	head := strings.Join(in.chars[:from], "") + text
	tail := strings.Join(in.chars[to:], "")
	in.chars = characters(head + tail)
	in.at = len(characters(head))
	in.SetCaret(in.at)
}

// Undo takes the last edit back and tells whether there was one.
func (in *Input) Undo() bool {
	last, ok := in.undo.Back()
	if ok {
		in.chars = characters(last.Text)
		in.SetCaret(last.At)
	}
	return ok
}

// Cursor gives the caret's cell, counted from the field's left edge.
func (in *Input) Cursor() int {
	in.follow()
	return in.lead() + cells(in.chars[in.left:in.at])
}

// View draws the field in exactly its width, with the cursor in it.
func (in *Input) View() (string, *tea.Cursor) {
	if in.Secret && !in.Shown {
		return in.masked().View()
	}
	x := in.Cursor()
	if len(in.chars) == 0 && in.Placeholder != "" {
		return in.styles.Muted.Render(Fit(in.Placeholder, in.width)), tea.NewCursor(x, 0)
	}
	var b strings.Builder
	b.WriteString(strings.Repeat(Ellipsis, in.lead()))
	used := in.lead()
	for i := in.left; i < len(in.chars); i++ {
		w := Width(in.chars[i])
		rest := min(len(in.chars)-i-1, 1) // room for the … of what follows
		if used+w+rest > in.width {
			if used < in.width {
				b.WriteString(Ellipsis)
				used++
			}
			break
		}
		b.WriteString(in.chars[i])
		used += w
	}
	b.WriteString(spaces(in.width - used))
	return b.String(), tea.NewCursor(x, 0)
}

// masked is the same field with a * for each character.
func (in *Input) masked() *Input {
	m := *in
	m.Secret, m.chars, m.left = false, make([]string, len(in.chars)), 0
	for i := range m.chars {
		m.chars[i] = "*"
	}
	m.follow()
	return &m
}

// lead is the room of the … at the left edge.
func (in *Input) lead() int { return min(in.left, 1) }

// follow scrolls so that the caret and the character at it are in sight.
func (in *Input) follow() {
	in.left = min(in.left, len(in.chars))
	if in.at <= in.left {
		in.left = max(in.at-1, 0) // one character stays in sight before the caret
		if in.left > 0 && 1+cells(in.chars[in.left:in.at])+in.underCaret() > in.width {
			in.left = in.at
		}
	}
	for in.left < in.at && in.lead()+cells(in.chars[in.left:in.at])+in.underCaret() > in.width {
		in.left++
	}
	// A text that has become shorter moves back into sight.
	for in.left > 0 && min(in.left-1, 1)+cells(in.chars[in.left-1:])+1 <= in.width {
		in.left--
	}
}

// underCaret is the room that the caret needs: the character it stands on and the
// … of what follows, or one cell at the end.
func (in *Input) underCaret() int {
	if in.at == len(in.chars) {
		return 1
	}
	return Width(in.chars[in.at]) + min(len(in.chars)-in.at-1, 1)
}

// characters takes text apart into what a reader sees as one character each.
func characters(s string) []string {
	var all []string
	g := graphemes.FromString(s)
	for g.Next() {
		all = append(all, g.Value())
	}
	return all
}

func cells(chars []string) int {
	n := 0
	for _, c := range chars {
		n += Width(c)
	}
	return n
}
