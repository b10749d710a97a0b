package widget

// newDate gives the widget of a day: it takes every way of writing one and shows
// 2023-07-01.
func newDate(b basic) Widget { return newNumber(b, 12) }
