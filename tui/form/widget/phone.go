package widget

// newPhone gives the widget of a phone number, or of two joined by 、.
func newPhone(b basic) Widget { return newLine(b, 28, halfWidth) }
