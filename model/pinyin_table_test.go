package model_test

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write the generated files anew")

// toned turns the vowels with tone marks of the dictionary into letters; the tone
// digit goes to the syllable's end.
var toned = func() map[rune]string {
	m := map[rune]string{'ü': "v", 'ń': "n2", 'ň': "n3", 'ǹ': "n4", 'ḿ': "m2", 'ế': "e2", 'ề': "e4", 'ê': "e"}
	for i, vowel := range []string{"āáǎà", "ēéěè", "īíǐì", "ōóǒò", "ūúǔù", "ǖǘǚǜ"} {
		tone := 0
		for _, r := range vowel {
			tone++
			m[r] = string("aeiouv"[i]) + string(rune('0'+tone))
		}
	}
	return m
}()

func plainSyllable(s string) (string, bool) {
	letters, tone := "", "5"
	for _, r := range s {
		p, ok := toned[r]
		switch {
		case ok:
			letters += p[:1]
			if len(p) > 1 {
				tone = p[1:]
			}
		case r >= 'a' && r <= 'z':
			letters += string(r)
		case r >= 0x300 && r < 0x370: // a combining mark
		default:
			return "", false
		}
	}
	return letters + tone, letters != ""
}

// TestPinyinTable holds pinyin.txt against the dictionary that it is made from.
func TestPinyinTable(t *testing.T) {
	var b strings.Builder
	for _, r := range slices.Sorted(maps.Keys(pinyin.PinyinDict)) {
		line := string(rune(r))
		for s := range strings.SplitSeq(pinyin.PinyinDict[r], ",") {
			plain, ok := plainSyllable(s)
			if !ok {
				t.Errorf("%c: reading %q can't be written in letters", rune(r), s)
			}
			line += " " + plain
		}
		b.WriteString(line + "\n")
	}
	if *update {
		if err := os.WriteFile("pinyin.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile("pinyin.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != b.String() {
		t.Error("pinyin.txt is not what go-pinyin says; run go test ./model -update and read the difference")
	}
}
