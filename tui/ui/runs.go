package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Run is a stretch of a drawn line in one style.
type Run struct {
	Text                            string
	Bold, Faint, Underline, Reverse bool
	Colour                          int // of the text, 0 to 15; -1 for the terminal's own
}

// Runs parts a drawn line into stretches of one style each, for drawing it elsewhere than
// on a terminal. Other escape sequences than styles, and other colours than the palette's
// sixteen, are passed over.
func Runs(line string) []Run {
	var all []Run
	now := Run{Colour: -1}
	var text strings.Builder
	end := func() {
		if text.Len() > 0 {
			now.Text = text.String()
			all = append(all, now)
			text.Reset()
		}
	}
	var state byte
	p := ansi.NewParser()
	for line != "" {
		seq, width, n, next := ansi.DecodeSequence(line, state, p)
		state, line = next, line[n:]
		switch {
		case width > 0:
			text.WriteString(seq)
		case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m"):
			end()
			now.style(seq[2 : len(seq)-1])
		}
	}
	end()
	return all
}

// style changes the run by the numbers of a style sequence.
func (r *Run) style(numbers string) {
	for _, s := range strings.Split(numbers, ";") {
		n, err := strconv.Atoi(s)
		if err != nil && s != "" {
			continue
		}
		switch {
		case n == 0:
			*r = Run{Colour: -1}
		case n == 1:
			r.Bold = true
		case n == 2:
			r.Faint = true
		case n == 4:
			r.Underline = true
		case n == 7:
			r.Reverse = true
		case n == 22:
			r.Bold, r.Faint = false, false
		case n == 24:
			r.Underline = false
		case n == 27:
			r.Reverse = false
		case n >= 30 && n <= 37:
			r.Colour = n - 30
		case n >= 90 && n <= 97:
			r.Colour = n - 90 + 8
		case n == 39:
			r.Colour = -1
		}
	}
}
