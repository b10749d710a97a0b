package form

// newMonth gives the widget of a month.
func newMonth(b basic) widget { return newNumber(b, 9) }
