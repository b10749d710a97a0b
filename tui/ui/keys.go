package ui

import tea "charm.land/bubbletea/v2"

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
	List    // open the list of choices
	ShowIDs // show ID numbers and phones in full for a while
)

type binding struct {
	keys []string // as tea.KeyPressMsg.String() gives them; the first is shown
	show string
}

// The keys of each action. F2 and Ctrl+N make a new record in a table, F2 and
// Ctrl+S save in a form: which of the two holds is the screen's to say.
var bindings = map[Action]binding{
	Help:     {[]string{"f1", "ctrl+g"}, "F1"},
	New:      {[]string{"f2", "ctrl+n"}, "F2"},
	Save:     {[]string{"f2", "ctrl+s"}, "F2"},
	Open:     {[]string{"f3", "enter"}, "回车"},
	Find:     {[]string{"f4", "ctrl+f"}, "F4"},
	Filter:   {[]string{"f5", "ctrl+l"}, "F5"},
	Sort:     {[]string{"f6", "ctrl+o"}, "F6"},
	Sheet:    {[]string{"f7", "ctrl+t"}, "F7"},
	Delete:   {[]string{"f8", "ctrl+d", "delete"}, "F8"},
	Undo:     {[]string{"shift+f8", "f20", "ctrl+z"}, "Ctrl+Z"},
	Menu:     {[]string{"f12", "ctrl+k"}, "F12"},
	Mark:     {[]string{"insert", "ctrl+b"}, "Ctrl+B"},
	MonthEnd: {[]string{"f9", "ctrl+e"}, "F9"},
	Quit:     {[]string{"f10", "ctrl+q"}, "F10"},
	Back:     {[]string{"esc"}, "Esc"},
	Next:     {[]string{"tab"}, "Tab"},
	Previous: {[]string{"shift+tab"}, "Shift+Tab"},
	List:     {[]string{"down"}, "↓"},
	ShowIDs:  {[]string{"shift+f3", "f15", "ctrl+y"}, "Ctrl+Y"},
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

// Press gives the key press that asks for the action, for a click on its hint.
func (a Action) Press() string {
	if len(bindings[a].keys) == 0 {
		return ""
	}
	return bindings[a].keys[0]
}
