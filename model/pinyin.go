package model

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Characters read in two ways are found by either, so texts have several pinyin;
// mostReadings bounds them.
const mostReadings = 32

// longText is the number of characters from which a text's other readings are
// searched in their surroundings only, not in copies of the whole.
const longText = 6

// Pinyin gives the text's readings in full, lower case without spaces, ü as v, the
// usual one first: 单雄信 danxiongxin, chanxiongxin, shanxiongxin. Letters and
// digits stay; other marks and characters without a reading are left out.
func Pinyin(s string) []string { return combine(spell(Fold(s), whole)) }

// Initials gives the first letters of the readings: 张三 zs.
func Initials(s string) []string { return combine(spell(Fold(s), initial)) }

// SortKey orders texts by pinyin with tones, then by the text itself. A text of
// two to four characters may be a name, so its first character is read as a
// surname: 曾 stands under zeng, 单 under shan.
func SortKey(s string) string {
	var b strings.Builder
	runes := []rune(Fold(s))
	for i, r := range runes {
		sound := soundOf(r).usual
		surname := surnameReadings[r]
		switch {
		case i == 0 && surname != "" && len(runes) >= 2 && len(runes) <= 4:
			b.WriteString(surname)
		case sound != "":
			b.WriteString(sound)
		default:
			b.WriteRune(r)
			continue
		}
		b.WriteByte(' ')
	}
	b.WriteByte('\t')
	b.WriteString(s)
	return b.String()
}

// sound is how a character is read. The lists are not the caller's to change.
type sound struct {
	usual          string   // with its tone, "" where the character has no reading
	whole, initial []string // the different readings without tones, and what they begin with
}

// part gives what a text is spelt by: its readings or their first letters.
type part func(*sound) []string

func whole(s *sound) []string { return s.whole }

func initial(s *sound) []string { return s.initial }

// spell gives for each character of a folded text its different readings, or the part of
// them.
func spell(s string, of part) [][]string {
	sounds := make([][]string, 0, len(s)/2)
	for _, r := range s {
		if some := of(soundOf(r)); len(some) > 0 {
			sounds = append(sounds, some)
		}
	}
	return sounds
}

// sounds remembers characters looked up: names and titles use the same few.
var sounds sync.Map // rune → *sound

func (s *sound) add(reading string) {
	if !slices.Contains(s.whole, reading) {
		s.whole = append(s.whole, reading)
	}
	if !slices.Contains(s.initial, reading[:1]) {
		s.initial = append(s.initial, reading[:1])
	}
}

func soundOf(r rune) *sound {
	if known, ok := sounds.Load(r); ok {
		return known.(*sound)
	}
	s := &sound{}
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		s.whole = []string{string(r)}
		s.initial = s.whole
	}
	for i, toned := range readings(r) {
		if i == 0 {
			s.usual = toned
		}
		s.add(strings.TrimRight(toned, "12345"))
	}
	sounds.Store(r, s)
	return s
}

// combine joins the readings of all characters: every combination where they are
// few; else the usual one and those that differ from it in one character.
func combine(sounds [][]string) []string {
	if len(sounds) == 0 {
		return nil
	}
	total := 1
	for _, of := range sounds {
		total = min(total*len(of), mostReadings+1)
	}
	switch {
	case total > mostReadings:
		return others(sounds, len(sounds))
	case total == 1:
		var b strings.Builder
		for _, of := range sounds {
			b.WriteString(of[0])
		}
		return []string{b.String()}
	}
	all := []string{""}
	for _, of := range sounds {
		next := make([]string, 0, len(all)*len(of))
		for _, head := range all {
			for _, sound := range of {
				next = append(next, head+sound)
			}
		}
		all = next
	}
	return distinct(all)
}

// windows gives the usual reading of a long text, and each other reading of a
// character with the six characters before and after it.
func windows(sounds [][]string) []string { return others(sounds, longText) }

// others gives the usual reading and then, for every other reading of a character,
// the text around it as far as reach characters to both sides.
func others(sounds [][]string, reach int) []string {
	usual := make([]string, len(sounds))
	for i, of := range sounds {
		usual[i] = of[0]
	}
	all := []string{strings.Join(usual, "")}
	for i, of := range sounds {
		for _, sound := range of[1:] {
			if len(all) == mostReadings {
				return distinct(all)
			}
			from, to := max(0, i-reach), min(len(usual), i+reach+1)
			all = append(all, strings.Join(usual[from:i], "")+sound+strings.Join(usual[i+1:to], ""))
		}
	}
	return distinct(all)
}

// distinct drops what came before; the order stays.
func distinct(all []string) []string {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// pinyinTable holds the readings of 42,000 characters, packed. It is made by
// `go test ./model -run TestPinyinTable -update` from the dictionary of
// github.com/mozillazg/go-pinyin (MIT licence, © mozillazg); that dictionary is a
// map literal which takes 4 to 10 ms at every start, and a text of it is 450,000
// bytes of the program, while these 170,000 are searched in place and cost nothing
// before the first look-up. Numbers have their highest byte first.
//
//   - The sounds (qiu1), a space between them, and a line end.
//   - The number of blocks, 2 bytes; for each its first character and where it begins
//     among the blocks, 3 bytes each.
//   - The blocks, of at most 64 characters: for each how far it is from the one before,
//     a byte (so that a gap of more begins a block), and its readings, the usual one
//     first: the place of the sound, 2 bytes, to the last of them 0x8000 added.
//
//go:embed pinyin.bin
var pinyinTable string

// blockHead is the size of a block's entry, soundBytes that of a reading.
const (
	blockHead  = 6
	soundBytes = 2
	lastSound  = 0x8000
)

// pinyinParts are the sounds, the entries of the blocks and the blocks.
var pinyinParts = sync.OnceValues(func() (sounds []string, parts [2]string) {
	text, rest, _ := strings.Cut(pinyinTable, "\n")
	blocks := highFirst(rest[:2]) * blockHead
	return strings.Fields(text), [2]string{rest[2 : 2+blocks], rest[2+blocks:]}
})

// highFirst reads a number, the highest byte first.
func highFirst(s string) int {
	n := 0
	for i := range len(s) {
		n = n<<8 | int(s[i])
	}
	return n
}

// readings gives a character's readings with tone digits, nil where it has none.
func readings(r rune) []string {
	if r < 0x3007 {
		return nil
	}
	sounds, parts := pinyinParts()
	heads, blocks := parts[0], parts[1]
	n := sort.Search(len(heads)/blockHead, func(i int) bool { return highFirst(heads[i*blockHead:][:3]) > int(r) }) - 1
	if n < 0 {
		return nil
	}
	head := heads[n*blockHead:]
	at, block := rune(highFirst(head[:3])), blocks[highFirst(head[3:blockHead]):]
	if len(head) > blockHead {
		block = block[:highFirst(head[blockHead+3:][:3])-highFirst(head[3:blockHead])]
	}
	for at <= r && block != "" {
		at, block = at+rune(block[0]), block[1:]
		var of []string
		for last := false; !last; block = block[soundBytes:] {
			place := highFirst(block[:soundBytes])
			last = place&lastSound != 0
			if at == r {
				of = append(of, sounds[place&^lastSound])
			}
		}
		if at == r {
			return of
		}
	}
	return nil
}

// surnameReadings are those that a character has as a surname where another is
// the usual one.
var surnameReadings = map[rune]string{
	'单': "shan4", '曾': "zeng1", '仇': "qiu2", '解': "xie4", '区': "ou1", '盖': "ge3", '查': "zha1", '任': "ren2",
	'朴': "piao2", '缪': "miao4", '翟': "zhai2", '隗': "wei3", '乐': "yue4", '覃': "qin2", '召': "shao4", '种': "chong2",
	'秘': "bi4", '折': "she2", '员': "yun4", '宿': "su4", '华': "hua4", '纪': "ji3", '燕': "yan1", '应': "ying1", '葛': "ge3",
	'卜': "bu3", '尉': "wei4", '长': "zhang3", '冼': "xian3", '洗': "xian3", '黑': "he4", '石': "shi2", '车': "che1",
	'都': "du1", '哈': "ha3", '那': "na1", '宁': "ning4", '曲': "qu1", '沈': "shen3", '於': "yu1", '郗': "xi1", '幺': "yao1",
	'薄': "bo2", '阚': "kan4", '能': "nai4", '乜': "nie4", '么': "yao1", '佴': "nai4", '祭': "zhai4", '褚': "chu3", '繁': "po2",
	'郄': "qie4", '钭': "tou3", '贲': "ben1", '柏': "bai3", '逄': "pang2",
}
