package widget

// newInt gives the widget of a whole number.
func newInt(b basic) Widget { return newNumber(b, 12) }
