package widget

import "strings"

// newIDNumber gives the widget of an ID number. Kind.Fill takes birth date and sex
// from it when the focus goes.
func newIDNumber(b basic) Widget {
	return newLine(b, 21, func(s string) string { return strings.ToUpper(halfWidth(s)) })
}
