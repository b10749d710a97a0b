package ui

import (
	"charm.land/lipgloss/v2"
)

// Styles are the program's colours: of the 16-colour palette, readable on white
// and on black; without colours under NO_COLOR. Nothing is told by colour alone.
// A colour says one thing on every screen: red what is wrong, magenta what wants
// attention, green what is reached, grey what is less important. So headings have none.
type Styles struct {
	// Head is the head line, Key a key in the key line.
	Head, Key lipgloss.Style
	// Title is a heading, Label a field's name, Muted what is less important.
	Title, Label, Muted lipgloss.Style
	// Required marks a required field, Fault an error, Warning a warning.
	Required, Fault, Warning, Good lipgloss.Style
	// Plain tells that there are no colours.
	Plain bool
	// CtrlKeys tells that hints show the Ctrl keys: the function keys don't arrive.
	CtrlKeys bool
	// Selected is the row with the cursor, Marked a marked one, Box a border.
	Selected, Marked, Box lipgloss.Style
}

// NewStyles gives the styles; plain ones use only bold, underline and reverse.
func NewStyles(plain bool) *Styles {
	s := &Styles{
		Head:     lipgloss.NewStyle().Reverse(true),
		Key:      lipgloss.NewStyle().Reverse(true),
		Title:    lipgloss.NewStyle().Bold(true),
		Required: lipgloss.NewStyle().Bold(true),
		Fault:    lipgloss.NewStyle().Bold(true),
		Selected: lipgloss.NewStyle().Reverse(true),
		Marked:   lipgloss.NewStyle().Bold(true),
	}
	if plain {
		s.Plain = true
		return s
	}
	s.Muted = lipgloss.NewStyle().Foreground(lipgloss.BrightBlack)
	// The bright ones: plain red and magenta are too dark on black.
	s.Required = lipgloss.NewStyle().Foreground(lipgloss.BrightRed)
	s.Fault = s.Fault.Foreground(lipgloss.BrightRed)
	s.Warning = lipgloss.NewStyle().Foreground(lipgloss.BrightMagenta)
	s.Good = lipgloss.NewStyle().Foreground(lipgloss.Green)
	s.Box = lipgloss.NewStyle().Foreground(lipgloss.BrightBlack)
	return s
}

// KeyOf gives the key of an action as hints show it on this machine.
func (s *Styles) KeyOf(a Action) string {
	if s.CtrlKeys {
		return a.CtrlKey()
	}
	return a.Key()
}
