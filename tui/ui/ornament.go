package ui

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// ornaments are all characters of ours on a screen that are neither Chinese nor ASCII, each
// with what stands for it in --ascii: one narrow character, since old Chinese consoles
// draw the first two cells wide. A screen may draw no other (TestOrnaments).
var ornaments = map[rune]byte{
	// lines and corners
	'─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+',
	'━': '=', '┃': '|', '═': '=', '║': '|',
	// bars
	'█': '#', '▓': '#', '▒': ':', '░': '.', '▏': '|', '▎': '|', '▌': '|', '▊': '#',
	// arrows and marks
	'↑': '^', '↓': 'v', '←': '<', '→': '>', '‹': '<', '›': '>', '◀': '<', '▶': '>', '◄': '<', '►': '>',
	'•': '*', '●': '*', '○': 'o', '◯': 'o', '◆': '*', '◇': 'o', '■': '#', '□': 'o', '▢': 'o', '◻': 'o',
	'▲': '^', '△': '^', '▼': 'v', '★': '*', '☆': '*', '※': '*',
	'√': 'v', '✓': 'v', '✔': 'v', '☑': 'v', '☐': 'o', '☒': 'x', '✗': 'x', '×': 'x',
	// punctuation of Chinese texts, and of names
	'…': '~', '·': '.', '“': '"', '”': '"', '‘': '\'', '’': '\'', '—': '-', '–': '-', '―': '-',
	'‧': '.', '∙': '.', '⋅': '.', '∘': '.', '⸱': '.', '″': '"',
	// signs of numbers
	'≤': '<', '≥': '>', '≠': '#', '−': '-', '±': '+', '°': 'o', '‰': '%', '¥': 'Y', '№': 'N', '§': 'S',
}

// ASCII replaces in a frame what may be drawn two cells wide by ASCII characters of one:
// the ornaments, and in the records' own texts what is of ambiguous width (UAX #11).
func ASCII(s string) string { return strings.Map(plain, s) }

func plain(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		return r
	case ornaments[r] != 0:
		return rune(ornaments[r])
	case r >= '①' && r <= '⑨':
		return '1' + r - '①'
	case r >= 'Ⅰ' && r <= 'Ⅸ':
		return '1' + r - 'Ⅰ'
	case !unicode.Is(unicode.Han, r) && runewidth.IsAmbiguousWidth(r):
		return '?'
	}
	return r
}

// Ornament reports whether a character that is neither Chinese nor ASCII may be drawn.
func Ornament(r rune) bool { return ornaments[r] != 0 }

// Ornaments gives all ornaments, to be drawn and measured.
func Ornaments() []string {
	all := make([]string, 0, len(ornaments))
	for _, r := range slices.Sorted(maps.Keys(ornaments)) {
		all = append(all, string(r))
	}
	return all
}
