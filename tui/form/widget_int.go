package form

// newInt gives the widget of a whole number.
func newInt(b basic) widget { return newNumber(b, 12) }
