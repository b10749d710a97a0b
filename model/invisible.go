package model

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Invisible reports whether a character shows nothing: those that Unicode lets a
// program pass over (joiners, variation selectors, the Hangul fillers), its format
// characters (marks of direction, the soft hyphen, the byte order mark), and two that
// look blank or stand for a picture that is not there. They come along with what is
// copied from web pages, chats and PDF files, and make two names that look the same
// different ones.
func Invisible(r rune) bool {
	if r < 0x80 {
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		r == '\u2800' || r == '\uFFFC'
}

// blank reports whether a character is a space that only looks like the usual one.
// The ideographic space is none: notes begin their paragraphs with it.
func blank(r rune) bool { return r > 0x7F && r != '\u3000' && unicode.Is(unicode.Zs, r) }

// composed brings characters that are written in two ways to the usual one: a letter
// with its mark apart, and the ideographs that Unicode holds twice (a text copied from
// a PDF file may hold the radical ⽂ where 文 is meant).
func composed(s string) string {
	s = norm.NFC.String(s)
	if strings.IndexFunc(s, kangxi) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if kangxi(r) {
			b.WriteString(norm.NFKC.String(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func kangxi(r rune) bool { return r >= 0x2E9F && r <= 0x2FD5 }

// NameDot stands between the parts of a name: 古丽·买买提 (GB/T 16733 writes U+00B7).
const NameDot = '·'

// looksLikeNameDot are the marks that are typed in its place. A full stop is one only
// between Chinese characters, see nameDots.
const looksLikeNameDot = "•‧・･∙⋅⸱·᛫●∘"

// nameDots writes the dot between the parts of a name always as the same character. A
// full stop counts between Chinese characters, also at the end of what is still being
// typed; between digits or Latin letters it stays.
func nameDots(s string) string {
	if !strings.ContainsAny(s, looksLikeNameDot+".．") {
		return s
	}
	var b strings.Builder
	before := rune(0)
	for i, r := range s {
		stop := r == '.' || r == '．'
		switch {
		case strings.ContainsRune(looksLikeNameDot, r):
			b.WriteRune(NameDot)
		case stop && unicode.Is(unicode.Han, before) && beginsHan(s[i+utf8.RuneLen(r):]):
			b.WriteRune(NameDot)
		default:
			b.WriteRune(r)
		}
		before = r
	}
	return b.String()
}

// beginsHan reports whether a text begins with a Chinese character or is at its end.
func beginsHan(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size == 0 || unicode.Is(unicode.Han, r)
}
