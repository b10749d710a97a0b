package dice

import (
	"strconv"
	"strings"
)

// Words are what a phrase may name: 书记, 村, 月 … A word with several values gives
// one of them by chance.
type Words map[string][]string

// With gives the words and some more; names and values alternate.
func (w Words) With(pairs ...string) Words {
	out := make(Words, len(w)+len(pairs)/2)
	for k, v := range w {
		out[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		out[pairs[i]] = []string{pairs[i+1]}
	}
	return out
}

// Phrase fills in a text's braces: {甲|乙} gives one of the two, {12-30} a number
// of that span, {书记} a word. Braces may stand within alternatives. A word of
// several values gives each but once, so that nobody answers himself.
//
//go:noinline
func Phrase(d *Dice, text string, w Words) string {
	p := phraser{d, w, map[string]bool{}}
	return p.fill(text)
}

type phraser struct {
	d    *Dice
	w    Words
	used map[string]bool
}

func (p *phraser) fill(text string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			b.WriteString(text)
			return b.String()
		}
		end := closing(text, open)
		b.WriteString(text[:open])
		b.WriteString(p.brace(text[open+1 : end]))
		text = text[end+1:]
	}
}

// closing finds the brace that closes the one at open.
func closing(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	panic("dice: a phrase with an open brace: " + text)
}

func (p *phraser) brace(inner string) string {
	if parts := alternatives(inner); len(parts) > 1 {
		return p.fill(Pick(p.d, parts))
	}
	if low, high, ok := strings.Cut(inner, "-"); ok {
		from, err1 := strconv.Atoi(low)
		to, err2 := strconv.Atoi(high)
		if err1 == nil && err2 == nil {
			return strconv.Itoa(p.d.Between(from, to))
		}
	}
	list := p.w[inner]
	if len(list) == 0 {
		panic("dice: a phrase with an unknown word: " + inner)
	}
	value := Pick(p.d, list)
	for try := 0; len(list) > 1 && p.used[value] && try < 20; try++ {
		value = Pick(p.d, list)
	}
	p.used[value] = true
	return value
}

// alternatives splits at the bars that stand in no inner brace.
func alternatives(s string) []string {
	var parts []string
	depth, start := 0, 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		case '|':
			if depth == 0 {
				parts = append(parts, s[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, s[start:])
}
