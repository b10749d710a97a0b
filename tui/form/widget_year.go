package form

// newYear gives the widget of a year.
func newYear(b basic) widget { return newNumber(b, 7) }
