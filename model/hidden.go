package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hidden finds the first character of a text that shows nothing but does something:
// control characters (a line end is none where lines is set), the separators of lines
// and paragraphs, code points that are no characters, and all that Invisible names.
// Clean drops them, so what our own forms and sheets take in has none; a text that has
// one was written by another program, maybe to make one name look like another or to
// send a command to the terminal. Private characters are none: identity cards use them
// for rare names. at counts characters from 1.
func Hidden(s string, lines bool) (r rune, at int, found bool) {
	for _, r := range s {
		at++
		switch {
		case shows(r), r == '\n' && lines:
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', noncharacter(r), Invisible(r):
			return r, at, true
		}
	}
	return 0, 0, false
}

// shows is the quick answer for nearly every character of a Chinese text.
func shows(r rune) bool {
	return r >= 0x20 && r <= 0x7E || r >= 0x3000 && r <= 0x30FF || r >= 0x4E00 && r <= 0x9FFF || r >= 0xFF01 && r <= 0xFF5E
}

// noncharacter reports whether Unicode will never have a character here; a sheet's XML
// may not hold the first two.
func noncharacter(r rune) bool { return r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF }

// checkHidden refuses a value with a hidden character.
func checkHidden(f *Field, s string, lines bool) error {
	if r, at, found := Hidden(s, lines); found {
		return Errorf("E-TYPE", "%s的第 %d 个字是看不见的控制字符(U+%04X),请删去这一项重新填写", f.Label, at, r)
	}
	return nil
}

// shownRunes bounds a foreign text within a sentence.
const shownRunes = 40

// Shown makes a text from outside fit to stand within a sentence: cleaned, on one line,
// and cut where it is long.
func Shown(s string) string {
	if len(s) > 8*shownRunes { // a text of many megabytes isn't looked through for a few of its characters
		s = strings.ToValidUTF8(s[:8*shownRunes], "")
	}
	s = Clean(s, false)
	if utf8.RuneCountInString(s) <= shownRunes {
		return s
	}
	return string([]rune(s)[:shownRunes]) + "…"
}
