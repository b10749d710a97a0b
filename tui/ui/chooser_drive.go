package ui

import tea "charm.land/bubbletea/v2"

// Drive gives the list what a screen gets that is a list and little else: keys, pastes,
// the wheel and clicks. top is the screen's row in which the list begins. Enter and a
// click on an entry call open; Esc with nothing typed leaves the screen. A screen with
// more keys takes those first.
func (c *Chooser) Drive(msg tea.Msg, top int, open func() tea.Cmd) tea.Cmd {
	switch m := msg.(type) {
	case tea.PasteMsg:
		c.Paste(m.Content)
	case tea.KeyPressMsg:
		switch {
		case c.Update(m):
		case Is(m, Open):
			return open()
		case Is(m, Back):
			return Do(Pop{})
		}
	case tea.MouseClickMsg:
		if c.Click(m.X, m.Y-top) {
			return open()
		}
	case tea.MouseWheelMsg:
		c.Wheel(m)
	}
	return nil
}
