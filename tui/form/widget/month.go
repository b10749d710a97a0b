package widget

import "taizhang/tui/ui"

// newMonth gives the widget of a month, or of a month for which a quarter may stand.
func newMonth(b basic) Widget {
	if b.field.Quarter {
		return newNumber(b, ui.Width("2026年第四季度")+1)
	}
	return newNumber(b, 9)
}
