package form

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/tui/ui"
)

// listRows is how many entries a list shows at most in the smallest terminal.
const listRows = 8

// list is the list that drops below a field. What narrows it is typed in the field.
type list struct {
	open  bool
	free  bool // nothing is chosen until the list is moved into
	moved bool // the choice was moved by hand
	box   ui.Chooser
	empty string // stands in the list when there is nothing in it
}

// show opens the list with the first entry chosen, or that of the key.
func (l *list) show(items []ui.Item, key string) {
	l.open, l.free, l.moved = true, false, false
	l.box.SetSize(40, listRows)
	l.box.SetItems(items)
	l.box.SetTyped("") // begins at the top
	if key != "" {
		l.box.Select(key)
	}
}

func (l *list) close() { l.open = false }

// shown gives the list when it is open, else nil.
func (l *list) shown() *list {
	if !l.open {
		return nil
	}
	return l
}

// key takes a key that moves the choice.
func (l *list) key(m tea.KeyPressMsg) bool {
	switch m.String() {
	case "up", "down", "pgup", "pgdown":
	default:
		return false
	}
	first := l.free && !l.moved
	l.moved = true
	if !first {
		l.box.Update(m)
	}
	return true
}

// chosen reports whether an entry is chosen.
func (l *list) chosen() bool { return l.open && (!l.free || l.moved) && len(l.box.Items()) > 0 }

func (l *list) selected() (ui.Item, bool) {
	if !l.chosen() {
		return ui.Item{}, false
	}
	return l.box.Selected()
}

// size gives the room that the list would like, border included, for at most so
// many entries.
func (l *list) size(rows int) (w, h int) {
	w = ui.Width(l.empty) + 2
	for _, it := range l.box.Items() {
		n := ui.Width(ui.Clean(it.Label)) + 3
		if it.Note != "" {
			n += ui.Width(ui.Clean(it.Note)) + 2
		}
		w = max(w, n)
	}
	return max(w, 14) + 2, min(max(len(l.box.Items()), 1), rows) + 2
}

// view draws the list in its border.
func (l *list) view(s *ui.Styles, w, h int) []string {
	l.box.SetSize(w-2, h-2)
	l.box.Muted = l.free && !l.moved
	l.box.Empty = l.empty
	lines, _ := l.box.View(s)
	title := ""
	if n := len(l.box.Items()); n > h-2 {
		title = fmt.Sprintf("共 %d 项", n)
	}
	return ui.Box(s, title, lines, w, h)
}

// rank tells how well a text, given by its model.SearchText, fits what was typed
// (folded): 0 as a whole, 1 from its beginning, 2 somewhere, -1 not at all.
func rank(search, folded string) int {
	best := -1
	for part := range strings.SplitSeq(search, "\n") {
		switch {
		case part == folded:
			return 0
		case strings.HasPrefix(part, folded):
			best = 1
		case best < 0 && strings.Contains(part, folded):
			best = 2
		}
	}
	return best
}

// narrow gives the items that fit what was typed, the best first.
func narrow(items []ui.Item, typed string) []ui.Item {
	folded := model.Fold(typed)
	if folded == "" {
		return items
	}
	type ranked struct {
		item ui.Item
		rank int
	}
	var fit []ranked
	for _, it := range items {
		if n := rank(model.SearchText(it.Label), folded); n >= 0 {
			fit = append(fit, ranked{it, n})
		}
	}
	slices.SortStableFunc(fit, func(a, b ranked) int { return a.rank - b.rank })
	out := make([]ui.Item, len(fit))
	for i, r := range fit {
		out[i] = r.item
	}
	return out
}
