package model

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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
	if folded(s) {
		return s
	}
	if !usual(s) {
		s = width.Fold.String(composed(s))
	}
	return nameDots(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || Invisible(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s))
}

// Clean drops control characters and what does not show, so that text from outside
// can't reach the terminal or a sheet as a command and looks as it is; characters that
// are written in two ways become the usual one. Line ends stay where lines is set, as
// \n.
func Clean(s string, lines bool) string {
	if usual(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return composed(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u0085' || blank(r):
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar, noncharacter(r), Invisible(r):
			return -1
		}
		return r
	}, s))
}

// folded reports whether a text is made of what folds to itself: small letters, digits
// and the common characters.
func folded(s string) bool {
	for _, r := range s {
		if !common(r) && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}

// common reports whether a character is of the block that holds nearly all that are
// written. None of them is written in two ways, has a width or case of its own, or is
// joined with its neighbours.
func common(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// usual reports whether a text holds nothing but printable ASCII and common characters.
func usual(s string) bool {
	for _, r := range s {
		if !common(r) && (r < 0x20 || r > 0x7E) {
			return false
		}
	}
	return true
}

// Invisible reports whether a character shows nothing: those that Unicode lets a
// program pass over (joiners, variation selectors, the Hangul fillers), its format
// characters (marks of direction, the soft hyphen, the byte order mark), and two that
// look blank or stand for a picture that is not there. They come along with what is
// copied from web pages, chats and PDF files, and make two names that look the same
// different ones.
func Invisible(r rune) bool {
	if r < 0x80 || common(r) {
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

// Pattern is a regular expression that is compiled when it is used first. The program has
// well over a hundred, and no start of it waits for those that it won't need. Its methods are
// those of regexp.Regexp.
type Pattern struct{ ready func() *regexp.Regexp }

// NewPattern gives the pattern of an expression. One that can't be compiled panics when it is
// used.
//
//go:noinline
func NewPattern(expression string) *Pattern {
	return &Pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// MatchString is regexp.Regexp's.
func (p *Pattern) MatchString(s string) bool { return p.ready().MatchString(s) }

// Match is regexp.Regexp's.
func (p *Pattern) Match(b []byte) bool { return p.ready().Match(b) }

// FindString is regexp.Regexp's.
func (p *Pattern) FindString(s string) string { return p.ready().FindString(s) }

// FindStringIndex is regexp.Regexp's.
func (p *Pattern) FindStringIndex(s string) []int { return p.ready().FindStringIndex(s) }

// FindStringSubmatch is regexp.Regexp's.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.ready().FindStringSubmatch(s) }

// ReplaceAllString is regexp.Regexp's.
func (p *Pattern) ReplaceAllString(s, by string) string { return p.ready().ReplaceAllString(s, by) }

// FindAllStringSubmatchIndex is regexp.Regexp's.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.ready().FindAllStringSubmatchIndex(s, n)
}

// FindAllString is regexp.Regexp's.
func (p *Pattern) FindAllString(s string, n int) []string { return p.ready().FindAllString(s, n) }

// FindSubmatch is regexp.Regexp's.
func (p *Pattern) FindSubmatch(b []byte) [][]byte { return p.ready().FindSubmatch(b) }

// FindAllStringSubmatch is regexp.Regexp's.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.ready().FindAllStringSubmatch(s, n)
}

// FindStringSubmatchIndex is regexp.Regexp's.
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.ready().FindStringSubmatchIndex(s)
}

// FindSubmatchIndex is regexp.Regexp's.
func (p *Pattern) FindSubmatchIndex(b []byte) []int { return p.ready().FindSubmatchIndex(b) }

// ReplaceAllStringFunc is regexp.Regexp's.
func (p *Pattern) ReplaceAllStringFunc(s string, by func(string) string) string {
	return p.ready().ReplaceAllStringFunc(s, by)
}

// ReplaceAll is regexp.Regexp's.
func (p *Pattern) ReplaceAll(b, by []byte) []byte { return p.ready().ReplaceAll(b, by) }

// ReplaceAllFunc is regexp.Regexp's.
func (p *Pattern) ReplaceAllFunc(b []byte, by func([]byte) []byte) []byte {
	return p.ready().ReplaceAllFunc(b, by)
}

// ReplaceAllLiteralString is regexp.Regexp's.
func (p *Pattern) ReplaceAllLiteralString(s, by string) string {
	return p.ready().ReplaceAllLiteralString(s, by)
}

// FindAllStringIndex is regexp.Regexp's.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.ready().FindAllStringIndex(s, n)
}

// Split is regexp.Regexp's.
func (p *Pattern) Split(s string, n int) []string { return p.ready().Split(s, n) }
