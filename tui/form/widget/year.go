package widget

// newYear gives the widget of a year.
func newYear(b basic) Widget { return newNumber(b, 7) }
