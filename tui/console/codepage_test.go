package console

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gb(t *testing.T, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEncoded: what a redirected result is written in, by where it goes, by the console's
// code page, and whether the file holds something already.
func TestEncoded(t *testing.T) {
	t.Parallel()
	const text = "姓名,张䶮\r\n"
	for name, c := range map[string]struct {
		to          Target
		page        uint32
		empty, bare bool
		in, want    string
	}{
		"to the console":                  {Screen, 936, true, false, text, text},
		"to a file":                       {File, 936, true, false, text, mark + text},
		"to a file, English Windows":      {File, 437, true, false, text, mark + text},
		"added to a file":                 {File, 936, false, false, text, text},
		"to a file, with a mark already":  {File, 936, true, false, mark + text, mark + text},
		"JSON to a file":                  {File, 936, true, true, text, text},
		"to more, find and PowerShell":    {Pipe, 936, true, false, text, gb(t, text)},
		"to a program, after chcp 65001":  {Pipe, 65001, true, false, text, text},
		"to a program, English Windows":   {Pipe, 437, true, false, text, text},
		"to a program, without a console": {Pipe, 0, true, false, text, text},
		"JSON to a program":               {Pipe, 936, true, true, text, text},
	} {
		var b bytes.Buffer
		w := encoded(&b, c.to, c.page, func() bool { return c.empty }, func() bool { return c.bare })
		parts := strings.SplitAfter(c.in, "") // as it comes from a writer with a small buffer
		if c.to != File {
			parts = nil
			for i := range len(c.in) { // and from one that cuts characters
				parts = append(parts, c.in[i:i+1])
			}
		}
		for _, part := range parts {
			if n, err := io.WriteString(w, part); n != len(part) || err != nil {
				t.Fatalf("%s: %d, %v", name, n, err)
			}
		}
		if b.String() != c.want {
			t.Errorf("%s: %q, want %q", name, b.String(), c.want)
		}
	}
}

// TestDecoded: passphrases and answers that a file or another program gives are read
// whether they are in UTF-8 or in the console's code page.
func TestDecoded(t *testing.T) {
	t.Parallel()
	const text = "石桥村的口令\r\n第二行\r\n"
	for name, c := range map[string]struct {
		from     Target
		page     uint32
		in, want string
	}{
		"UTF-8":                          {Pipe, 936, text, text},
		"UTF-8 with a mark":              {File, 936, mark + text, text},
		"GBK":                            {Pipe, 936, gb(t, text), text},
		"GBK that could be UTF-8":        {Pipe, 936, gb(t, "联通\n"), "联通\n"},
		"one line each":                  {Pipe, 936, "口令一\n" + gb(t, "口令二\n"), "口令一\n口令二\n"},
		"a rare character in GB18030":    {Pipe, 936, gb(t, "张䶮\n"), "张䶮\n"},
		"ASCII":                          {Pipe, 936, "abc123\n", "abc123\n"},
		"no end of line":                 {Pipe, 936, gb(t, "口令"), "口令"},
		"neither":                        {Pipe, 936, "\xff\xfe\xff\n", "\xff\xfe\xff\n"},
		"another code page, as it comes": {Pipe, 65001, gb(t, text), gb(t, text)},
		"typed":                          {Screen, 936, text, text},
	} {
		got, err := io.ReadAll(iotest.OneByteReader(decoded(strings.NewReader(c.in), c.from, c.page)))
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
}
