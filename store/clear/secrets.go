package clear

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/model"
)

// Gone stands where something was cleared out of a text.
const Gone = "(已清除)"

// How long something must be to be looked for in other texts: shorter ones stand there by
// chance.
const (
	shortestDigits = 7
	shortestText   = 8 // runes
)

// secrets are the values that go: they are cleared out of every text.
type secrets struct {
	numbers []string // digits, and the X of an ID number
	texts   []string
	masked  []string // numbers as lists show them; with the birth date beside them they tell all
}

// add takes a value of a private field.
func (s *secrets) add(f *model.Field, value string) {
	value = strings.TrimSpace(value)
	if digits := numberOf(value); len(digits) >= shortestDigits && len(digits)*2 > utf8.RuneCountInString(value) {
		s.numbers = appendNew(s.numbers, string(digits))
	} else if utf8.RuneCountInString(value) >= shortestText {
		s.texts = appendNew(s.texts, value)
	}
	if m, ok := f.Type.(model.Masker); ok && f.Type == model.TypeIDNumber {
		if masked := m.Mask(value); masked != value && strings.ContainsAny(masked, "0123456789") {
			s.masked = appendNew(s.masked, masked)
		}
	}
}

func appendNew(list []string, s string) []string {
	for _, known := range list {
		if known == s {
			return list
		}
	}
	return append(list, s)
}

// without leaves out what others have too: a telephone or a house is a family's.
func (s *secrets) without(others map[string]bool) {
	keep := func(list []string) []string {
		var kept []string
		for _, v := range list {
			if !others[v] {
				kept = append(kept, v)
			}
		}
		return kept
	}
	s.numbers, s.texts = keep(s.numbers), keep(s.texts)
}

// key is how a value is known among those of others.
func key(value string) string {
	value = strings.TrimSpace(value)
	if digits := numberOf(value); len(digits) >= shortestDigits && len(digits)*2 > utf8.RuneCountInString(value) {
		return string(digits)
	}
	return value
}

// numberOf gives the digits of a text, half-width; an X counts behind a digit.
func numberOf(text string) []byte {
	var digits []byte
	for _, r := range text {
		if d := half(r); d != 0 && (d != 'X' || len(digits) > 0) {
			digits = append(digits, d)
		}
	}
	return digits
}

// separators may stand within a number that somebody typed.
const separators = "-.·_/()\u2013\u2014\uff0d\uff0e\u3002\uff08\uff09"

// clean clears all of them out of a text and tells whether any was there.
func (s *secrets) clean(text string) (string, bool) {
	changed := false
	for _, list := range [][]string{s.masked, s.texts} {
		for _, v := range list {
			if strings.Contains(text, v) {
				text, changed = strings.ReplaceAll(text, v, Gone), true
			}
		}
	}
	for {
		from, to := s.findNumber(text)
		if from < 0 {
			return text, changed
		}
		text, changed = text[:from]+Gone+text[to:], true
	}
}

// holds tells whether any of them stands in a text.
func (s *secrets) holds(text string) bool {
	for _, list := range [][]string{s.masked, s.texts} {
		for _, v := range list {
			if strings.Contains(text, v) {
				return true
			}
		}
	}
	from, _ := s.findNumber(text)
	return from >= 0
}

// findNumber gives the bytes of the first number that goes, −1 for none. Its digits may be
// full-width and stand apart by separators.
func (s *secrets) findNumber(text string) (from, to int) {
	for start, r := range text {
		if !isDigit(r) {
			continue
		}
		if previous, _ := utf8.DecodeLastRuneInString(text[:start]); isDigit(previous) && start > 0 {
			// Within a run of digits only an ID number is looked for: it is long enough.
			if end := s.match(text, start, 18); end > 0 {
				return start, end
			}
			continue
		}
		if end := s.match(text, start, shortestDigits); end > 0 {
			return start, end
		}
	}
	return -1, -1
}

func isDigit(r rune) bool { d := half(r); return d != 0 && d != 'X' }

// match gives the end of a number that goes, of so many digits at least, and that begins at
// start; 0 for none.
func (s *secrets) match(text string, start, least int) int {
	for _, n := range s.numbers {
		if len(n) < least {
			continue
		}
		if end := matchOne(text, start, n); end > 0 {
			return end
		}
	}
	return 0
}

func matchOne(text string, start int, number string) int {
	at := 0
	for i, r := range text[start:] {
		if at == len(number) {
			if isDigit(r) && len(number) < 18 {
				return 0 // the beginning of another number
			}
			return start + i
		}
		switch digit := half(r); {
		case digit == number[at]:
			at++
		case at == 0 || !strings.ContainsRune(separators, r) && !unicode.IsSpace(r):
			return 0
		}
	}
	if at == len(number) {
		return len(text)
	}
	return 0
}

// half gives a digit or X half-width, 0 for anything else.
func half(r rune) byte {
	switch {
	case r >= '0' && r <= '9':
		return byte(r)
	case r >= '\uff10' && r <= '\uff19': // full-width
		return byte(r-'\uff10') + '0'
	case r == 'x', r == 'X', r == '\uff58', r == '\uff38':
		return 'X'
	}
	return 0
}
