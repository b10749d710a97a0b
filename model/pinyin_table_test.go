package model_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"

	"taizhang/model"
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

// TestPinyinTable holds pinyin.bin against the dictionary that it is made from.
func TestPinyinTable(t *testing.T) {
	of := map[rune][]string{}
	sounds := map[string]int{}
	for n, all := range pinyin.PinyinDict {
		for s := range strings.SplitSeq(all, ",") {
			plain, ok := plainSyllable(s)
			if !ok {
				t.Errorf("%c: reading %q can't be written in letters", rune(n), s)
			}
			of[rune(n)], sounds[plain] = append(of[rune(n)], plain), 0
		}
	}
	packed := packPinyin(of, sounds)
	if *update {
		if err := os.WriteFile("pinyin.bin", packed, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile("pinyin.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, packed) {
		t.Error("pinyin.bin is not what go-pinyin says; run go test ./model -update and try what it changes")
	}
	for r := rune(0x3000); r < 0x33500; r++ {
		if got, want := model.Readings(r), of[r]; !slices.Equal(got, want) {
			t.Errorf("%c %U: read %v, the dictionary has %v", r, r, got, want)
		}
	}
	if len(of) < 41_000 {
		t.Errorf("only %d characters", len(of))
	}
}

// packPinyin gives pinyinTable of the readings; it sets the sounds' places.
func packPinyin(of map[rune][]string, sounds map[string]int) []byte {
	list := slices.Sorted(maps.Keys(sounds))
	for i, s := range list {
		sounds[s] = i
	}
	var heads, blocks []byte
	before, in := rune(0), 64
	for _, r := range slices.Sorted(maps.Keys(of)) {
		if in == 64 || r-before > 0xff {
			heads = append(append(heads, byte(r>>16), byte(r>>8), byte(r)), byte(len(blocks)>>16), byte(len(blocks)>>8), byte(len(blocks)))
			before, in = r, 0
		}
		blocks = append(blocks, byte(r-before))
		before, in = r, in+1
		for i, s := range of[r] {
			place := sounds[s] | model.OneIf(i == len(of[r])-1)<<15
			blocks = binary.BigEndian.AppendUint16(blocks, uint16(place)) //nolint:gosec // There are 1,544 sounds.
		}
	}
	packed := append([]byte(strings.Join(list, " ")), '\n')
	packed = binary.BigEndian.AppendUint16(packed, uint16(len(heads)/6)) //nolint:gosec // There are some 800 blocks.
	return slices.Concat(packed, heads, blocks)
}
