package console

import "testing"

func TestColumnIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sent   string
		column int
		ok     bool
	}{
		{"\x1b[3;1R", 0, true},
		{"\x1b[24;80R", 79, true},
		{"a\x1b[A\x1b[12;5R", 4, true}, // behind keys that a person pressed
		{"\x1b[12;5", 0, false},        // not whole yet
		{"\x1b[12", 0, false},
		{"", 0, false},
		{"abc", 0, false},
	} {
		if column, ok := columnIn([]byte(c.sent)); column != c.column || ok != c.ok {
			t.Errorf("%q = %d, %v; want %d, %v", c.sent, column, ok, c.column, c.ok)
		}
	}
}
