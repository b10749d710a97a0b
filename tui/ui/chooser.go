package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"taizhang/model"
)

// Item is one entry of a Chooser.
type Item struct {
	Key     string // what it is, so that the choice survives SetItems
	Label   string
	Note    string // stands dimmed behind the label
	Search  string // found by this instead of the label: the name first, then other words for it
	Quiet   bool   // shown only while something is typed, and behind others that fit as well
	Heading bool   // can't be chosen; vanishes with its entries
	Style   lipgloss.Style
	Value   any
	// Run is what choosing it does, where the list's owner leaves that to the entry.
	Run func() tea.Cmd
}

// Chooser shows entries to choose from, in one column or several, narrowed by typing
// where Typing is set: the search line holds the cursor, so that an input method
// has its place. Enter and Esc are the owner's; Esc first clears what was typed.
type Chooser struct {
	Typing  bool
	Columns int    // 0 is one
	Prompt  string // before what is typed; "" is SearchPrompt
	Hint    string // stands in the search line while nothing is typed
	Empty   string // stands in the list when there is nothing to show
	Muted   bool   // draw without a selected row
	Count   string // stands at the right of the search line: 共 8 条
	Head    string // the columns' headings, above the entries and as they are laid out

	items   []Item
	search  []string // of items, once something was typed
	shown   []int    // of items, after narrowing, the best first
	at      []spot
	cur     int // of shown
	first   int // the first row (or column, when there are several) on screen
	typed   string
	w, h    int
	columns int // as the width allows
	noteAt  int // the cells that labels take before their notes
}

// SearchPrompt stands before what is typed to find something, on every screen.
const SearchPrompt = " 查找:"

// DetailRows is the room that a screen leaves below its list for the chosen entry's
// full text.
const DetailRows = 4

// FootRows gives the room below a list for need lines of the chosen entry's full text: at
// least so many rows, more where the entries leave some of the room.
func FootRows(need, least, room, entries int) int { return max(least, min(need, room-entries)) }

type spot struct{ col, row int }

// SetItems replaces the entries; the choice stays on the entry of the same Key,
// else at its place.
func (c *Chooser) SetItems(items []Item) {
	key := ""
	if it, ok := c.Selected(); ok {
		key = it.Key
	}
	c.items, c.search = items, nil
	cur := c.cur
	c.narrow()
	if key == "" || !c.Select(key) {
		c.move(max(min(cur, len(c.shown)-1), 0), 1)
	}
}

// Items gives all entries.
func (c *Chooser) Items() []Item { return c.items }

// Select chooses the entry of that key, when it is shown.
func (c *Chooser) Select(key string) bool {
	for i, n := range c.shown {
		if c.items[n].Key == key && !c.items[n].Heading {
			c.cur = i
			c.follow()
			return true
		}
	}
	return false
}

// Selected gives the chosen entry; false when there is none.
//
//go:noinline
func (c *Chooser) Selected() (Item, bool) {
	if c.cur < 0 || c.cur >= len(c.shown) || c.items[c.shown[c.cur]].Heading {
		return Item{}, false
	}
	return c.items[c.shown[c.cur]], true
}

// Typed gives what was typed to narrow the list.
func (c *Chooser) Typed() string { return c.typed }

// SetTyped narrows the list as if the text had been typed.
func (c *Chooser) SetTyped(s string) {
	c.typed = Clean(s)
	c.narrow()
	c.cur = -1
	c.first = 0
	c.move(0, 1)
}

// SetSize sets the size in cells, search line included.
func (c *Chooser) SetSize(w, h int) {
	c.w, c.h = w, h
	c.place()
	c.follow()
}

// rows is the number of rows for entries.
func (c *Chooser) rows() int {
	return max(c.h-c.above(), 1)
}

// above is the number of lines over the entries: the search line and the headings.
func (c *Chooser) above() int {
	n := 0
	if c.Typing {
		n++
	}
	if c.Head != "" {
		n++
	}
	return n
}

// narrow picks the entries that fit what was typed, the best first. Headings stand only
// over the whole list.
func (c *Chooser) narrow() {
	c.shown = c.shown[:0]
	sought := model.Seek(c.typed)
	if sought.All() {
		for i, it := range c.items {
			if !it.Quiet {
				c.shown = append(c.shown, i)
			}
		}
		c.place()
		return
	}
	if c.search == nil {
		c.search = make([]string, len(c.items))
		for i, it := range c.items {
			c.search[i] = it.search()
		}
	}
	places := make([]int, len(c.items))
	for i := range places {
		places[i] = i
	}
	c.shown = model.BestBy(places, func(i int) int {
		if c.items[i].Heading {
			return model.NoRank
		}
		n := sought.Rank(c.search[i])
		if c.items[i].Quiet && n == model.RankExact {
			return model.RankPrefix
		}
		return n
	})
	c.place()
}

// search gives the text by which an entry is found and ranked: that of its label, or of
// Search, of which the first word is the name and the others come after it.
func (it Item) search() string {
	name, more, _ := strings.Cut(it.Search, " ")
	if it.Search == "" {
		name = it.Label
	}
	if more == "" {
		return model.SearchText(name)
	}
	words := []string{it.Search}
	for w := range strings.FieldsSeq(more) {
		words = append(words, strings.Split(model.SearchText(w), "\n")...)
	}
	return model.WithMore(model.SearchText(name), words...)
}

// place gives each entry its column and row.
func (c *Chooser) place() {
	c.columns = max(1, c.Columns)
	c.noteAt = 0
	for _, n := range c.shown {
		if c.items[n].Note != "" {
			c.noteAt = max(c.noteAt, min(Width(Clean(c.items[n].Label)), c.noteRoom()))
		}
	}
	if c.columns == 1 {
		c.at = c.flow(len(c.shown)+1, false)
		return
	}
	// The shortest columns in which every group stands whole look best.
	for rows := 1; rows <= c.rows(); rows++ {
		c.at = c.flow(rows, true)
		if n := len(c.at); n == 0 || c.at[n-1].col < c.columns && c.tallest() <= rows {
			return
		}
	}
	c.at = c.flow(c.rows(), false)
}

// flow places the entries in columns of so many rows. A heading doesn't end a
// column; where whole is set a group that doesn't fit begins a new one.
func (c *Chooser) flow(rows int, whole bool) []spot {
	at := make([]spot, 0, len(c.shown))
	var s spot
	for i, n := range c.shown {
		if c.items[n].Heading && s.row > 0 {
			if need := c.group(i, whole); s.row+need > rows {
				s = spot{s.col + 1, 0}
			}
		} else if s.row >= rows && !whole {
			s = spot{s.col + 1, 0}
		}
		at = append(at, s)
		if it := c.items[n]; it.Heading && it.Label == "" && s.row == 0 && s.col > 0 {
			continue // no empty row at the top of a column: the next entry takes its place
		}
		s.row++
	}
	return at
}

// group gives the rows that a heading needs below it in its column: those of its
// whole group, or one entry.
func (c *Chooser) group(i int, whole bool) int {
	need := 2
	if whole {
		need = 1
		for i+need < len(c.shown) && !c.items[c.shown[i+need]].Heading {
			need++
		}
	}
	return need
}

// tallest is the number of rows of the longest column.
func (c *Chooser) tallest() int {
	n := 0
	for _, s := range c.at {
		n = max(n, s.row+1)
	}
	return n
}

// move goes to the entry i, or the next one in direction dir that can be chosen.
func (c *Chooser) move(i, dir int) {
	for ; i >= 0 && i < len(c.shown); i += dir {
		if !c.items[c.shown[i]].Heading {
			c.cur = i
			break
		}
	}
	if c.cur < 0 || c.cur >= len(c.shown) {
		c.cur = len(c.shown) - 1
		for c.cur >= 0 && c.items[c.shown[c.cur]].Heading {
			c.cur--
		}
	}
	c.follow()
}

// follow scrolls so that the choice is on screen, with its heading where it can.
func (c *Chooser) follow() {
	if c.cur < 0 || c.cur >= len(c.at) || c.w == 0 {
		return
	}
	if c.columns > 1 {
		c.first = min(max(c.first, c.at[c.cur].col-c.columns+1), c.at[c.cur].col)
		return
	}
	top := c.cur
	for top > 0 && c.items[c.shown[top-1]].Heading {
		top--
	}
	if c.cur-top >= c.rows() {
		top = c.cur
	}
	c.first = min(max(c.first, c.cur-c.rows()+1), top)
	c.first = max(0, min(c.first, len(c.shown)-c.rows()))
}

// sideways goes to the entry nearest in the column d to the side.
func (c *Chooser) sideways(d int) {
	if c.cur < 0 || c.cur >= len(c.at) {
		return
	}
	here, best := c.at[c.cur], -1
	for i, s := range c.at {
		if s.col != here.col+d || c.items[c.shown[i]].Heading {
			continue
		}
		if best < 0 || distance(s.row, here.row) < distance(c.at[best].row, here.row) {
			best = i
		}
	}
	if best >= 0 {
		c.cur = best
		c.follow()
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// Update takes a key that moves the choice or narrows the list, and tells whether
// it did.
func (c *Chooser) Update(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "up":
		c.move(c.cur-1, -1)
	case "down":
		c.move(c.cur+1, 1)
	case "left":
		c.sideways(-1)
	case "right":
		c.sideways(1)
	case "pgup":
		c.move(max(c.cur-c.rows(), 0), 1)
	case "pgdown":
		c.move(min(c.cur+c.rows(), len(c.shown)-1), -1)
	case "home":
		c.move(0, 1)
	case "end":
		c.move(len(c.shown)-1, -1)
	case "esc":
		if c.typed == "" {
			return false
		}
		c.SetTyped("")
	case "backspace":
		if c.typed == "" {
			return false
		}
		c.SetTyped(withoutLast(c.typed))
	default:
		text, ok := Typed(msg)
		if !c.Typing || !ok || c.typed == "" && text == " " {
			return false
		}
		c.SetTyped(c.typed + text)
	}
	return true
}

// Paste takes pasted text into the search line.
func (c *Chooser) Paste(text string) {
	if c.Typing {
		c.SetTyped(c.typed + text)
	}
}

// Click chooses the entry at a cell of the list and tells whether there is one.
func (c *Chooser) Click(x, y int) bool {
	y -= c.above()
	for i, s := range c.at {
		if c.items[c.shown[i]].Heading {
			continue
		}
		if c.columns == 1 && s.row-c.first == y && y < c.rows() ||
			c.columns > 1 && s.row == y && s.col-c.first == min(x/c.columnWidth(), c.columns-1) {
			c.cur = i
			return true
		}
	}
	return false
}

// Wheel moves the choice by the wheel.
func (c *Chooser) Wheel(msg tea.MouseWheelMsg) {
	switch msg.Button {
	case tea.MouseWheelUp:
		c.move(c.cur-1, -1)
	case tea.MouseWheelDown:
		c.move(c.cur+1, 1)
	}
}
