//go:build !windows

package console

import "os"

// Input reads the terminal's keys; elsewhere than on Windows standard input does.
type Input struct{ *os.File }

// Keys gives the console's input for the screens; nil here: standard input is right.
func Keys() *Input { return nil }
