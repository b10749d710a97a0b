package bundle

import (
	"strings"
	"testing"
	"unicode"
)

// TestQuotes holds what is quoted against the rule as it is said: what parts values, and
// blanks of any sort and byte order marks at the ends, which some readers trim.
func TestQuotes(t *testing.T) {
	odd := []rune{0, '\x1f', ' ', ',', '"', '\r', '\n', 'a', '~', '\x7f', 'é', '\ufeff', '张', '䀀', '鿿', 'ﬀ', '𠀀'}
	for _, r := range unicode.White_Space.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			odd = append(odd, c)
		}
	}
	if needsQuotes("") {
		t.Error("nothing is quoted")
	}
	for _, a := range odd {
		for _, b := range odd {
			for _, v := range []string{string(a), string(a) + string(b), string(a) + "张三" + string(b), string(a) + "x" + string(b)} {
				want := strings.ContainsAny(v, ",\"\r\n") || strings.TrimSpace(v) != v || strings.HasPrefix(v, "\ufeff")
				if needsQuotes(v) != want {
					t.Fatalf("%q: quoted %v", v, !want)
				}
			}
		}
	}
}
