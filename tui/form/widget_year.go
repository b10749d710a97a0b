package form

// newYear gives the widget of a year.
func newYear(b basic) widget { return newLine(b, 7, digits) }
