package work

import "taizhang/tui/ui"

// clockItems say at the top, in full, that the computer's date can't be right. They are no
// rows to choose: the work goes on below.
func (s *work) clockItems() []ui.Item {
	if s.clock == "" {
		return nil
	}
	var items []ui.Item
	for _, line := range ui.Wrap(s.clock, max(s.w-s.rightCells()-5, 20)) {
		items = append(items, ui.Item{Heading: true, Label: line, Style: s.app.Styles.Warning})
	}
	return append(items, ui.Item{Heading: true})
}
