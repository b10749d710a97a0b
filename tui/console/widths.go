package console

import (
	"errors"
	"fmt"
	"os"
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

// Widths draws each sample at the beginning of a line, asks where the cursor stands then,
// and wipes the line. in must be the terminal's own input: it is read from for
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
		if err := t.draw(s); err != nil {
			return nil, fmt.Errorf("draw a sample: %w", err)
		}
		column, err := t.column()
		if err != nil {
			return nil, errors.Join(err, t.wipe())
		}
		all = append(all, Reading{s, column})
	}
	return all, nil
}
