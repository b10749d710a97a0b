package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Action is something a key does. Every action has a function key and a Ctrl key
// (design.md §3): a Chinese input method swallows plain letters, and some
// terminals keep function keys for themselves.
type Action int

// The actions.
const (
	None Action = iota
	Help
	New  // table
	Save // form
	Open
	Find
	Filter
	Sort
	Sheet
	Delete
	Undo
	Menu
	Mark
	MonthEnd
	Quit
	Back
	Next
	Previous
	List     // open the list of choices
	ToForm   // open the form of a record whose kind has a page of its own, past that page
	Beside   // open the screen made for a kind beside its table
	ShowIDs  // show ID numbers and phones in full for a while
	SaveNext // form: save and go on with the next record of the kind
	Act      // do one thing to the marked rows, or to all of a table's view
	MarkAll  // mark all of a table's view, or take all marks away
	Tally    // count two ways
	History  // what happened to the record at hand
	Print    // what the records at hand give on paper; write a paper out
)

type binding struct {
	keys []string // as tea.KeyPressMsg.String() gives them; the first is sent for a click
	show string   // in the key line
	also string   // the other keys, for the help
}

// The keys of each action. F2 and Ctrl+N make a new record in a table, F2 and
// Ctrl+S save in a form: which of the two holds is the screen's to say.
var bindings = map[Action]binding{
	Help:     {[]string{"f1", "ctrl+g"}, "F1", "Ctrl+G"},
	New:      {[]string{"f2", "ctrl+n"}, "F2", "Ctrl+N"},
	Save:     {[]string{"f2", "ctrl+s"}, "F2", "Ctrl+S"},
	Open:     {[]string{"enter", "f3"}, "回车", "F3"},
	Find:     {[]string{"f4", "ctrl+f"}, "F4", "Ctrl+F"},
	Filter:   {[]string{"f5", "ctrl+l"}, "F5", "Ctrl+L"},
	Sort:     {[]string{"f6", "ctrl+o"}, "F6", "Ctrl+O"},
	Sheet:    {[]string{"f7", "ctrl+t"}, "F7", "Ctrl+T"},
	Delete:   {[]string{"f8", "ctrl+d", "delete"}, "F8", "Ctrl+D、Delete"},
	Undo:     {[]string{"shift+f8", "f20", "ctrl+z"}, "Ctrl+Z", "Shift+F8"},
	Menu:     {[]string{"f12", "ctrl+k"}, "F12", "Ctrl+K"},
	Mark:     {[]string{"insert", "ctrl+b"}, "Ctrl+B", "Insert"},
	MonthEnd: {[]string{"f9", "ctrl+e"}, "F9", "Ctrl+E"},
	Quit:     {[]string{"f10", "ctrl+q"}, "F10", "Ctrl+Q"},
	Back:     {[]string{"esc"}, "Esc", ""},
	Next:     {[]string{"tab"}, "Tab", ""},
	Previous: {[]string{"shift+tab"}, "Shift+Tab", ""},
	List:     {[]string{"down"}, "↓", ""},
	ToForm:   {[]string{"f3", "ctrl+p"}, "F3", "Ctrl+P"}, // a kind has a page of its own or a screen beside its table
	Beside:   {[]string{"shift+f7", "f19", "ctrl+p"}, "Ctrl+P", "Shift+F7"},
	Act:      {[]string{"shift+f2", "f14", "ctrl+a"}, "Ctrl+A", "Shift+F2"},
	MarkAll:  {[]string{"shift+f6", "f18", "ctrl+w"}, "Ctrl+W", "Shift+F6"},
	Tally:    {[]string{"shift+f5", "f17", "ctrl+r"}, "Ctrl+R", "Shift+F5"},
	ShowIDs:  {[]string{"shift+f3", "f15", "ctrl+y"}, "Ctrl+Y", "Shift+F3"},
	SaveNext: {[]string{"ctrl+r", "shift+f2", "f14"}, "Ctrl+R", "Shift+F2"},
	History:  {[]string{"shift+f4", "f16", "ctrl+x"}, "Ctrl+X", "Shift+F4"},
	Print:    {[]string{"ctrl+u", "shift+f9", "f21"}, "Ctrl+U", "Shift+F9"},
}

// Is reports whether the key press asks for the action.
func Is(msg tea.KeyPressMsg, a Action) bool {
	s := msg.String()
	for _, k := range bindings[a].keys {
		if k == s {
			return true
		}
	}
	return false
}

// Key gives the action's key as the key line shows it.
func (a Action) Key() string { return bindings[a].show }

// CtrlKey gives the action's Ctrl key as the key line shows it where function keys don't
// arrive; the usual key of one that has none, or whose usual key always arrives.
func (a Action) CtrlKey() string {
	b := bindings[a]
	if !strings.HasPrefix(b.show, "F") {
		return b.show
	}
	for _, k := range b.keys {
		if letter, ok := strings.CutPrefix(k, "ctrl+"); ok {
			return "Ctrl+" + strings.ToUpper(letter)
		}
	}
	return b.show
}

// Keys gives all keys of the action, for the help: F2、Ctrl+N.
func (a Action) Keys() string {
	b := bindings[a]
	if b.also == "" {
		return b.show
	}
	return b.show + "、" + b.also
}

// Press gives the key press that asks for the action, for a click on its hint.
func (a Action) Press() string {
	if len(bindings[a].keys) == 0 {
		return ""
	}
	return bindings[a].keys[0]
}
