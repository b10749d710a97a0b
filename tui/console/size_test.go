package console

import "testing"

// TestEnlarged: a window becomes large enough, never smaller, and stays inside its buffer.
func TestEnlarged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		now        place
		maxX, maxY int
		want       place
	}{
		"the usual window, just opened": {place{80, 300, 0, 0, 79, 24}, 200, 60, place{100, 300, 0, 0, 99, 29}},
		"deep in its buffer":            {place{120, 9001, 0, 500, 79, 524}, 200, 60, place{120, 9001, 0, 495, 99, 524}},
		"no buffer beyond the window":   {place{80, 25, 0, 0, 79, 24}, 200, 60, place{100, 30, 0, 0, 99, 29}},
		"moved to the right":            {place{120, 25, 40, 0, 119, 24}, 200, 60, place{120, 30, 20, 0, 119, 29}},
		"large enough":                  {place{120, 9001, 0, 10, 119, 39}, 200, 60, place{120, 9001, 0, 10, 119, 39}},
		"a small screen":                {place{80, 300, 0, 0, 79, 24}, 90, 28, place{90, 300, 0, 0, 89, 27}},
		"at the end of its buffer":      {place{80, 300, 0, 275, 79, 299}, 200, 60, place{100, 300, 0, 270, 99, 299}},
	} {
		if got := enlarged(c.now, 100, 30, c.maxX, c.maxY); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// TestAnswered: the answer is found among what was typed before it and after.
func TestAnswered(t *testing.T) {
	t.Parallel()
	for in, c := range map[string]struct {
		column int
		rest   string
		ok     bool
	}{
		"\x1b[24;5R":              {4, "", true},
		"\x1b[3;1R":               {0, "", true},
		"\x1b[24;80R":             {79, "", true},
		"张\x1b[B\x1b[2;5R\x1b[1;": {4, "张\x1b[B\x1b[1;", true},
		"\x1b[24;":                {0, "\x1b[24;", false}, // not whole yet
		"\x1b[24":                 {0, "\x1b[24", false},
		"abc":                     {0, "abc", false},
		"":                        {0, "", false},
	} {
		column, rest, ok := answered([]byte(in))
		if column != c.column || string(rest) != c.rest || ok != c.ok {
			t.Errorf("%q: %d, %q, %v", in, column, rest, ok)
		}
	}
}
