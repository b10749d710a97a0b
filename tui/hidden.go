package tui

import (
	"strings"

	"taizhang/model"
)

// numbers finds what may be an ID number or a phone in a line as it is drawn.
var numbers = model.NewPattern(`0[0-9]{2,3}-[0-9]{7,8}|[0-9]+[Xx]?`)

// styling is how a terminal is told of colours and the like.
var styling = model.NewPattern("\x1b\\[[0-9;:]*[A-Za-z]")

// hideNumbers hides ID numbers and phones in a drawn line, wherever they come from: in
// tables they are hidden anyhow, in forms and on papers they stand whole. Characters may
// be styled one by one, so they are changed one by one.
func hideNumbers(line string) string {
	plain, at := unstyled(line)
	drawn := []byte(line)
	for _, m := range numbers.FindAllStringIndex(plain, -1) {
		hidden := hideNumber(plain[m[0]:m[1]])
		for i := range len(hidden) {
			drawn[at[m[0]+i]] = hidden[i]
		}
	}
	return string(drawn)
}

// unstyled gives a line without its styles, and where each byte of it stands in the line.
func unstyled(line string) (plain string, at []int) {
	var b strings.Builder
	add := func(from, to int) {
		b.WriteString(line[from:to])
		for i := from; i < to; i++ {
			at = append(at, i)
		}
	}
	from := 0
	for _, m := range styling.FindAllStringIndex(line, -1) {
		add(from, m[0])
		from = m[1]
	}
	add(from, len(line))
	return b.String(), at
}

// hideNumber hides one number, as long as it was; what is none stays.
func hideNumber(s string) string {
	t := model.TypeIDNumber
	switch {
	case len(s) >= 15 && len(s) <= 18: // also while it is being typed
	case len(s) == 11 && s[0] == '1', strings.Contains(s, "-"):
		t = model.TypePhone
	default:
		return s
	}
	if m, ok := t.(model.Masker); ok {
		if hidden := m.Mask(s); len(hidden) == len(s) {
			return hidden
		}
	}
	return strings.Repeat("*", len(s))
}
