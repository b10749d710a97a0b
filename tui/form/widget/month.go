package widget

// newMonth gives the widget of a month.
func newMonth(b basic) Widget { return newNumber(b, 9) }
