package ui

import (
	"charm.land/lipgloss/v2"
)

// Styles are the program's colours: of the 16-colour palette, readable on white
// and on black; without colours under NO_COLOR.
type Styles struct {
	Title, Key, Muted, Label, Required, Fault, Warning, Good, Selected, Marked, Box lipgloss.Style
}

// NewStyles gives the styles; plain ones use only bold, underline and reverse.
func NewStyles(plain bool) *Styles {
	s := &Styles{
		Title:    lipgloss.NewStyle().Bold(true),
		Key:      lipgloss.NewStyle().Reverse(true),
		Selected: lipgloss.NewStyle().Reverse(true),
		Marked:   lipgloss.NewStyle().Bold(true),
	}
	if plain {
		return s
	}
	s.Title = s.Title.Foreground(lipgloss.Red)
	s.Muted = lipgloss.NewStyle().Foreground(lipgloss.BrightBlack)
	s.Required = lipgloss.NewStyle().Foreground(lipgloss.Red)
	s.Fault = lipgloss.NewStyle().Foreground(lipgloss.Red).Bold(true)
	s.Warning = lipgloss.NewStyle().Foreground(lipgloss.Magenta)
	s.Good = lipgloss.NewStyle().Foreground(lipgloss.Green)
	s.Box = lipgloss.NewStyle().Foreground(lipgloss.Blue)
	return s
}
