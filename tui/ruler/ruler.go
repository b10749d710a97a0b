// Package ruler asks a terminal how many cells wide it draws characters. Unicode leaves
// that open for many of them (East Asian ambiguous), and old Chinese consoles take two
// cells where others take one.
package ruler

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// ErrNoAnswer tells that the terminal doesn't say where its cursor is.
var ErrNoAnswer = errors.New("the terminal does not tell its cursor's place")

// Samples are characters of which terminals don't agree how wide they are and that stand on
// the screens: lines, dots, quotation marks, arrows, bars.
func Samples() []string {
	return []string{"─", "│", "…", "·", "“", "”", "—", "→", "█", "▏", "√", "×"}
}

// Reading is what a terminal made of a sample.
type Reading struct {
	Sample string
	Cells  int // in how many cells it was drawn
}

// Widths draws each sample at the beginning of the cursor's line, asks where the cursor
// stands then, and wipes the line. in must be the terminal's own input: it is read from for
// at most wait, with echo off, and what a person types meanwhile is lost. ErrNoAnswer when
// the terminal does not answer in time.
func Widths(in, out *os.File, samples []string, wait time.Duration) ([]Reading, error) {
	t, err := begin(in, out, wait)
	if err != nil {
		return nil, err
	}
	all, err := widths(t, samples)
	return all, errors.Join(err, t.end())
}

func widths(t *terminal, samples []string) ([]Reading, error) {
	all := make([]Reading, 0, len(samples))
	for _, s := range samples {
		if _, err := t.out.WriteString("\r" + s); err != nil {
			return nil, fmt.Errorf("draw a sample: %w", err)
		}
		column, err := t.column()
		if err != nil {
			return nil, errors.Join(err, t.wipe(len(samples)))
		}
		all = append(all, Reading{s, column})
	}
	return all, t.wipe(0)
}

// wipe takes the samples off the line. unknown is for a terminal that knows no sequences:
// then as many cells are overwritten by hand.
func (t *terminal) wipe(unknown int) error {
	if _, err := t.out.WriteString("\r" + strings.Repeat(" ", unknown) + "\r"); err != nil {
		return fmt.Errorf("wipe the sample: %w", err)
	}
	return t.eraseLine()
}

// place finds the answer ESC [ row ; column R in what a terminal sent and gives the column
// from 0; false while it isn't whole.
func place(sent []byte) (column int, ok bool) {
	for {
		at := bytes.Index(sent, []byte("\x1b["))
		if at < 0 {
			return 0, false
		}
		sent = sent[at+2:]
		row := 0
		if n, err := fmt.Sscanf(string(sent), "%d;%dR", &row, &column); err == nil && n == 2 && bytes.IndexByte(sent, 'R') >= 0 {
			return column - 1, true
		}
	}
}
