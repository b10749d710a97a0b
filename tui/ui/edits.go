package ui

// mostUndo bounds the edits that can be taken back in one field.
const mostUndo = 200

// Edits holds the states to which Ctrl+Z goes back in one text, the oldest first.
type Edits struct{ past []TextState }

// Keep takes the state that an edit is about to change.
func (u *Edits) Keep(s TextState) {
	u.past = append(u.past, s)
	if len(u.past) > mostUndo {
		u.past = u.past[1:]
	}
}

// Back gives the state before the last edit, and false when there is none.
func (u *Edits) Back() (s TextState, ok bool) {
	n := len(u.past)
	if n == 0 {
		return s, false
	}
	s, u.past = u.past[n-1], u.past[:n-1]
	return s, true
}

// Forget drops all states: what was there before can't come back any more.
func (u *Edits) Forget() { u.past = nil }

// TextState is the state of a text: the text, and where its caret stands by the
// counting of whoever keeps it.
type TextState struct {
	Text string
	At   int
}
