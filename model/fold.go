package model

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// HalfWidth turns full-width digits, letters and punctuation (and the
// ideographic space) into their half-width forms and trims the ends. Chinese
// marks without a half-width form (。、) stay.
func HalfWidth(s string) string {
	mapped := strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000' || r == '\u00a0':
			return ' '
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		}
		return r
	}, s)
	return strings.TrimSpace(mapped)
}

// Fold brings text to the form in which it is searched: half-width, lower case,
// without white space.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
}

// Clean drops control characters (and the marks that turn text around), so that
// text from outside can't reach the terminal or a sheet as a command. Line ends
// stay where lines is set, as \n.
func Clean(s string, lines bool) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == '\uFEFF', r == '\u200B', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}
