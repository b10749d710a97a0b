package ui

// Revealer is a screen on which passphrases are typed: there Ctrl+Y shows what was typed,
// where elsewhere it shows ID numbers and phones.
type Revealer interface {
	Screen
	// Reveal shows what is typed as *, or hides it again; false where nothing is.
	Reveal() bool
}

// Reveal does what Revealer asks for.
func (s *ShortForm) Reveal() bool {
	found := false
	for _, r := range s.Rows {
		if r.Input != nil && r.Input.Secret {
			r.Input.Shown, found = !s.revealed, true
		}
	}
	s.revealed = found && !s.revealed
	return found
}

// RevealHint is the hint for it.
func (s *ShortForm) RevealHint() Hint {
	if s.revealed {
		return Hint{Action: ShowIDs, Label: "遮住口令"}
	}
	return Hint{Action: ShowIDs, Label: "显示口令"}
}
