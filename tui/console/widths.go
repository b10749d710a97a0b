package console

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Unicode leaves open how wide many characters are (East Asian ambiguous), and old Chinese
// consoles draw in two cells what others draw in one.

// ErrNoAnswer tells that the terminal doesn't say where its cursor is.
var ErrNoAnswer = errors.New("the terminal does not tell its cursor's place")

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

// columnIn finds the answer ESC [ row ; column R in what a terminal sent and gives the column
// from 0; false while it isn't whole.
func columnIn(sent []byte) (column int, ok bool) {
	at := position.FindSubmatch(sent)
	if at == nil {
		return 0, false
	}
	column, err := strconv.Atoi(string(at[2]))
	return column - 1, err == nil
}
