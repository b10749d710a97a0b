package form

// newMonth gives the widget of a month.
func newMonth(b basic) widget { return newLine(b, 9, digits) }
