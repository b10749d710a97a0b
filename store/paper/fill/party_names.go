package fill

import (
	_ "embed"
	"strings"
	"sync"
)

// partyNames holds the words of offices' forms. It is a text, which is read when a form is
// opened: as a map literal it is 60,000 bytes of code that runs at every start.
//
//go:embed party_names.txt
var partyNames string

// wordsByMeaning are the words of a section of partyNames by what is meant.
type wordsByMeaning map[string][]string

// allWords reads partyNames; the sections by their names.
var allWords = sync.OnceValue(func() map[string]wordsByMeaning {
	all := map[string]wordsByMeaning{}
	var section wordsByMeaning
	for line := range strings.Lines(partyNames) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = wordsByMeaning{}
			all[strings.TrimSuffix(name, "]")] = section
		} else if meaning, words, ok := strings.Cut(line, ": "); ok && !strings.HasPrefix(line, "#") {
			section[meaning] = strings.Fields(words)
		}
	}
	return all
})

// selfNames are groups under which a kind's own values stand.
func selfNames(kind string) []string { return allWords()["self"][kind] }

// titleWords are what a form of a kind's records is called, whatever it asks for.
func titleWords(kind string) []string { return allWords()["title"][kind] }

// scopeNames are other words for what a ref leads to.
func scopeNames(kind, ref string) []string { return allWords()["scope"][kind+"."+ref] }

// englishNames are headings of programs that ask in English.
func englishNames(name string) []string { return allWords()["english"][name] }

// otherNames are other headings of a kind's fields and derived values, by their names.
func otherNames(kind string) wordsByMeaning { return allWords()["field "+kind] }

// viewWords are the words by which a title asks for a view; none for views that only say
// when (今年) or how far (进行中).
func viewWords(name string) []string { return allWords()["view"][name] }
