package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
)

// DropList is a Chooser that drops below a field. What narrows it is typed in the
// field.
type DropList struct {
	Chooser
	Free bool // nothing is chosen until the list is moved into

	open  bool
	moved bool // the choice was moved by hand
}

// dropRows is how many entries a list shows at most in the smallest terminal.
const dropRows = 8

// Drop opens the list with the first entry chosen, or that of the key.
func (l *DropList) Drop(items []Item, key string) {
	l.open, l.Free, l.moved = true, false, false
	l.SetSize(40, dropRows)
	l.SetItems(items)
	l.SetTyped("") // begins at the top
	if key != "" {
		l.Select(key)
	}
}

// Close closes the list.
func (l *DropList) Close() { l.open = false }

// IsOpen reports whether the list has dropped.
func (l *DropList) IsOpen() bool { return l.open }

// Dropped gives the list when it is open, else nil.
func (l *DropList) Dropped() *DropList {
	if !l.open {
		return nil
	}
	return l
}

// Untouched reports a list that was only looked at: nothing in it is chosen yet.
func (l *DropList) Untouched() bool { return l.Free && !l.moved }

// Moved reports whether the choice was moved by hand.
func (l *DropList) Moved() bool { return l.moved }

// Update takes a key that moves the choice.
func (l *DropList) Update(m tea.KeyPressMsg) bool {
	switch m.String() {
	case "up", "down", "pgup", "pgdown":
	default:
		return false
	}
	first := l.Untouched()
	l.moved = true
	if !first {
		l.Chooser.Update(m)
	}
	return true
}

// Click chooses the entry at a cell of the list and tells whether there is one.
func (l *DropList) Click(x, y int) bool {
	l.moved = true
	return l.Chooser.Click(x, y)
}

// Wheel moves the choice by the wheel.
func (l *DropList) Wheel(m tea.MouseWheelMsg) {
	l.moved = true
	l.Chooser.Wheel(m)
}

// Chosen reports whether an entry is chosen.
func (l *DropList) Chosen() bool { return l.open && !l.Untouched() && len(l.Items()) > 0 }

// Selected gives the entry that is chosen; false when there is none.
func (l *DropList) Selected() (Item, bool) {
	if !l.Chosen() {
		return Item{}, false
	}
	return l.Chooser.Selected()
}

// Size gives the room that the list would like, border included, where a third of
// the height h is its to take.
func (l *DropList) Size(h int) (int, int) {
	rows, w := max(dropRows, h/3), Width(l.Empty)+2
	for _, it := range l.Items() {
		n := Width(Clean(it.Label)) + 3
		if it.Note != "" {
			n += Width(Clean(it.Note)) + 2
		}
		w = max(w, n)
	}
	return max(w, 14) + 2, min(max(len(l.Items()), 1), rows) + 2
}

// Boxed draws the list in its border, in w by h cells.
func (l *DropList) Boxed(s *Styles, w, h int) []string {
	l.SetSize(w-2, h-2)
	l.Muted = l.Untouched()
	lines, _ := l.View(s)
	title := ""
	if n := len(l.Items()); n > h-2 {
		title = fmt.Sprintf("共 %d 项", n)
	}
	return Box(s, title, lines, w, h)
}

// Narrow gives the items that fit what was typed, the best first.
func Narrow(items []Item, typed string) []Item {
	return model.Best(items, typed, func(it Item) string { return it.search() })
}
