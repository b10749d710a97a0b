package tui

import (
	"regexp"
	"strings"

	"taizhang/model"
)

// numbers finds what may be an ID number or a phone in a line as it is drawn.
var numbers = regexp.MustCompile(`0[0-9]{2,3}-[0-9]{7,8}|[0-9]+[Xx]?`)

// hideNumbers hides ID numbers and phones in a drawn line, wherever they come from: in
// tables they are hidden anyhow, in forms and on papers they stand whole.
func hideNumbers(line string) string {
	return numbers.ReplaceAllStringFunc(line, func(s string) string {
		switch {
		case len(s) >= 15 && len(s) <= 18: // also while it is being typed
			return masked(model.TypeIDNumber, s)
		case len(s) == 11 && s[0] == '1', strings.Contains(s, "-"):
			return masked(model.TypePhone, s)
		}
		return s
	})
}

func masked(t model.Type, s string) string {
	if m, ok := t.(model.Masker); ok {
		return m.Mask(s)
	}
	return s
}
