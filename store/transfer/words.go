package transfer

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"unicode"

	"taizhang/model"
)

// WordsInPhrase is how many words lock a package. Of a list of 1,133 words four give more
// than 40 bits. That is little for a key and enough here: age puts scrypt before it (a
// quarter of a gigabyte and about a second for each guess), so that trying all of them
// takes one machine some ten thousand years; and four plain words are what two
// secretaries can say over the telephone and type without a slip.
const WordsInPhrase = 4

//go:embed words.txt
var wordsText string

// list is the words, by themselves and by how they are said: no two sound alike.
type list struct {
	all     []string
	known   map[string]bool
	bySound map[string]string
}

var theList = sync.OnceValue(func() list {
	l := list{all: strings.Fields(wordsText), known: map[string]bool{}, bySound: map[string]string{}}
	for _, w := range l.all {
		l.known[w] = true
		for _, sound := range model.Pinyin(w) {
			l.bySound[sound] = w
		}
	}
	return l
})

// NewWords draws the words of a package, by the randomness given.
func NewWords(random io.Reader) ([]string, error) {
	all := theList().all
	words := make([]string, 0, WordsInPhrase)
	for len(words) < WordsInPhrase {
		var b [2]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return nil, fmt.Errorf("words: %w", err)
		}
		n := int(binary.BigEndian.Uint16(b[:]))
		if n >= 1<<16-1<<16%len(all) {
			continue // else the first words would come more often
		}
		words = append(words, all[n%len(all)])
	}
	return words, nil
}

// Passphrase gives the words as age takes them: without anything between them.
func Passphrase(words []string) string { return strings.Join(words, "") }

// ReadWords reads the words as they were typed: with or without spaces and commas, in
// Chinese or in pinyin; one that only sounds right is taken for the one of the list.
// *model.Error E-WORDS names what is none of them.
func ReadWords(typed string) ([]string, error) {
	parts := strings.FieldsFunc(model.HalfWidth(typed), func(r rune) bool {
		return !unicode.IsLetter(r)
	})
	var words []string
	for _, p := range parts {
		words = append(words, twoByTwo(p)...)
	}
	l := theList()
	for i, w := range words {
		if l.known[w] {
			continue
		}
		sounds := model.Pinyin(w)
		if unicode.Is(unicode.Latin, []rune(w)[0]) {
			sounds = []string{strings.ToLower(w)}
		}
		at := slices.IndexFunc(sounds, func(s string) bool { return l.bySound[s] != "" })
		if at < 0 {
			return nil, model.Errorf("E-WORDS", "第 %d 个词“%s”不在词表里,听错了或打错了,请与对方核对", i+1, model.Clean(w, false))
		}
		words[i] = l.bySound[sounds[at]]
	}
	if len(words) != WordsInPhrase {
		return nil, model.Errorf("E-WORDS", "口令是 %d 个词,每个词两个字,这里有 %d 个,请与对方核对", WordsInPhrase, len(words))
	}
	return words, nil
}

// twoByTwo cuts Chinese that was typed without anything between the words.
func twoByTwo(s string) []string {
	runes := []rune(s)
	if unicode.Is(unicode.Latin, runes[0]) || len(runes) <= 2 {
		return []string{s}
	}
	var words []string
	for two := range slices.Chunk(runes, 2) {
		words = append(words, string(two))
	}
	return words
}
