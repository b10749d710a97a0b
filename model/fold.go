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
// without white space and what does not show, the dot of a name always the same.
func Fold(s string) string {
	return nameDots(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || Invisible(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(composed(s))))
}

// Clean drops control characters and what does not show, so that text from outside
// can't reach the terminal or a sheet as a command and looks as it is; characters that
// are written in two ways become the usual one. Line ends stay where lines is set, as
// \n.
func Clean(s string, lines bool) string {
	if plain(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return composed(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u0085' || blank(r):
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar, Invisible(r):
			return -1
		}
		return r
	}, s))
}

// plain reports whether a text holds nothing but printable ASCII.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7E {
			return false
		}
	}
	return true
}
