package ui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/mattn/go-runewidth"

	"taizhang/model"
)

// This is the only file that measures and cuts text. Widths are in terminal cells
// by the same tables as the renderer's; characters of ambiguous width (… · ─ “)
// count as one cell. What is cut or padded here is cleaned first, so text from
// outside can't carry a command to the terminal; text that has styles already is
// measured by Width and fitted by FitStyled.

// Ellipsis ends a text that was cut.
const Ellipsis = "…"

// A Chinese locale makes runewidth count ambiguous characters as two cells, which
// the widgets that use it would then do against everything else.
func init() { runewidth.DefaultCondition.EastAsianWidth = false }

// Width gives the number of cells of one line; styles count nothing.
func Width(s string) int { return ansi.StringWidth(s) }

// mostShown bounds what is drawn, in bytes: more than any note that our own form lets in
// (model.MaxNote).
const mostShown = 100_000

// Bounded cuts a text of many megabytes, which only another program can have put into
// the ledger: drawing it would take a minute. The form can't save what is left, for it
// still is too long.
func Bounded(s string) string {
	if len(s) <= mostShown {
		return s
	}
	return strings.ToValidUTF8(s[:mostShown], "") + fmt.Sprintf("……(太长,共 %d 个字,只显示开头)", utf8.RuneCountInString(s))
}

// Clean drops what must not reach the terminal: control characters (a line end
// or tab becomes a space) and the marks that join or vary characters, about whose
// width terminals don't agree.
func Clean(s string) string {
	s = Bounded(s)
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c', r == '\u200d', r == '\u200e', r == '\u200f', r == '\u00ad',
			r >= 0xFE00 && r <= 0xFE0F, r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0000 && r <= 0xE0FFF:
			return -1
		}
		return r
	}, model.Clean(s, false))
}

// Cut gives the text within w cells, ending in … when something was cut off.
func Cut(s string, w int) string {
	s = Clean(s)
	if w <= 0 {
		return ""
	}
	if Width(s) <= w {
		return s
	}
	return take(s, w-1) + Ellipsis
}

// Fit gives the text in exactly w cells: cut, or padded at its right.
func Fit(s string, w int) string {
	s = Cut(s, w)
	return s + spaces(w-Width(s))
}

// FitRight gives the text in exactly w cells: cut, or padded at its left.
func FitRight(s string, w int) string {
	s = Cut(s, w)
	return spaces(w-Width(s)) + s
}

// Center gives the text in exactly w cells: cut, or padded on both sides.
func Center(s string, w int) string {
	s = Cut(s, w)
	left := max(w-Width(s), 0) / 2
	return Fit(spaces(left)+s, w)
}

// FitStyled is Fit for a line that has styles already and is clean.
func FitStyled(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if n := Width(s); n <= w {
		return s + spaces(w-n)
	}
	s = ansi.Truncate(s, w, Ellipsis)
	return s + spaces(w-Width(s))
}

// Slice gives the cells from left to right (not included) of one line, which may
// have styles. A wide character that is cut in two leaves a space.
func Slice(s string, left, right int) string {
	if right <= left {
		return ""
	}
	part := ansi.Cut(s, left, right)
	if left > 0 && Width(ansi.Truncate(s, left, "")) < left {
		part = " " + ansi.Cut(s, left+1, right)
	}
	return part + spaces(right-left-Width(part))
}

// take gives the first characters that fit into w cells.
func take(s string, w int) string {
	end, used := 0, 0
	g := graphemes.FromString(s)
	for g.Next() {
		n := Width(g.Value())
		if used+n > w {
			break
		}
		used += n
		end += len(g.Value())
	}
	return s[:end]
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

// closing marks may not begin a line.
const closing = "\uff0c\u3002\u3001\uff1b\uff1a\uff1f\uff01\uff09\u3011\u300b\u300d\u201d\u2019\u2026,.;:?!)]}%"

// mostLine is how wide a line of sentences gets on a wide screen: longer ones are hard
// to follow with the eye.
const mostLine = 80

// Wrap breaks text into lines of at most w cells, and never more than mostLine: at its own line ends, between
// Chinese characters, and between words of letters or digits. A text without
// content gives one empty line.
func Wrap(s string, w int) []string {
	w = min(max(w, 2), mostLine)
	var lines []string
	for _, line := range strings.Split(model.Clean(Bounded(s), true), "\n") {
		lines = append(lines, wrapLine(Clean(line), w)...)
	}
	return lines
}

func wrapLine(s string, w int) []string {
	var (
		lines []string
		line  strings.Builder
		used  int
	)
	flush := func() {
		lines = append(lines, strings.TrimRight(line.String(), " "))
		line.Reset()
		used = 0
	}
	for _, part := range parts(s) {
		n := Width(part)
		if used+Width(strings.TrimRight(part, " ")) > w && used > 0 {
			flush()
			part = strings.TrimLeft(part, " ")
			n = Width(part)
		}
		for n > w { // a word longer than the line
			head := take(part, w)
			if head == "" { // one character wider than the line
				head = "?"
				_, part = firstCharacter(part)
			} else {
				part = part[len(head):]
			}
			line.WriteString(head)
			flush()
			n = Width(part)
		}
		line.WriteString(part)
		used += n
	}
	if line.Len() > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// parts splits a line where it may be broken: every wide character alone with the
// closing marks after it, a word with the spaces after it.
func parts(s string) []string {
	var all []string
	wordBefore := false
	g := graphemes.FromString(s)
	for g.Next() {
		c := g.Value()
		wide := Width(c) > 1
		joins := len(all) > 0 && (strings.Contains(closing, c) || c == " " && !strings.HasSuffix(all[len(all)-1], " ") ||
			!wide && wordBefore && !strings.HasSuffix(all[len(all)-1], " "))
		if joins {
			all[len(all)-1] += c
		} else {
			all = append(all, c)
		}
		wordBefore = !wide
	}
	return all
}

func firstCharacter(s string) (first, rest string) {
	first = graphemes.FromString(s).First()
	return first, s[len(first):]
}

func withoutLast(s string) string {
	end := 0
	g := graphemes.FromString(s)
	for g.Next() {
		end = g.Start()
	}
	return s[:end]
}
