package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"

	"taizhang/model"
)

// edit is the text of an input with its caret, in whole characters (grapheme
// clusters), so that the caret never stands inside one.
type edit struct {
	chars []string
	pos   int  // the caret stands before chars[pos]
	lines bool // line ends are kept

	past []editState // for Ctrl+Z inside the field
}

type editState struct {
	chars []string
	pos   int
}

func split(s string) []string {
	var chars []string
	g := graphemes.FromString(s)
	for g.Next() {
		chars = append(chars, g.Value())
	}
	return chars
}

// clean keeps of a text what can be shown in cells.
func (e *edit) clean(s string) string {
	if !e.lines {
		return Clean(s)
	}
	parts := strings.Split(model.Clean(s, true), "\n")
	for i := range parts {
		parts[i] = Clean(parts[i])
	}
	return strings.Join(parts, "\n")
}

func (e *edit) set(s string) {
	e.chars = split(e.clean(s))
	e.pos = len(e.chars)
	e.past = nil
}

func (e *edit) text() string { return strings.Join(e.chars, "") }

func (e *edit) remember() {
	e.past = append(e.past, editState{slices.Clone(e.chars), e.pos})
	if len(e.past) > 200 {
		e.past = e.past[1:]
	}
}

func (e *edit) insert(s string) {
	s = e.clean(s)
	if s == "" {
		return
	}
	e.remember()
	before := strings.Join(e.chars[:e.pos], "") + s
	after := strings.Join(e.chars[e.pos:], "")
	e.chars = split(before + after)
	e.pos = len(split(before)) // what joined with its neighbour counts once
}

func (e *edit) remove(from, to int) bool {
	if from < 0 || to > len(e.chars) || from >= to {
		return false
	}
	e.remember()
	e.chars = slices.Delete(slices.Clone(e.chars), from, to)
	e.pos = from
	return true
}

func (e *edit) undo() bool {
	if len(e.past) == 0 {
		return false
	}
	last := e.past[len(e.past)-1]
	e.past = e.past[:len(e.past)-1]
	e.chars, e.pos = last.chars, last.pos
	return true
}

// key handles the keys that both inputs have and tells whether it was one. A key
// that edits is always taken, also where there is nothing to edit.
func (e *edit) key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "left":
		e.pos = max(e.pos-1, 0)
	case "right":
		e.pos = min(e.pos+1, len(e.chars))
	case "backspace", "ctrl+h":
		e.remove(e.pos-1, e.pos)
	case "delete":
		e.remove(e.pos, e.pos+1)
	case "ctrl+z":
		e.undo()
	default:
		if msg.Text == "" {
			return false
		}
		e.insert(msg.Text)
	}
	return true
}

// charWidth is the cells of one character; a stray mark of no width takes none.
func charWidth(c string) int { return Width(c) }
