package model

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What is typed narrows many lists, and all of them put the best first by the same
// rule (design.md §12): the label itself, what it begins with, its initials in full,
// initials that begin it, its pinyin, and only then what stands somewhere inside. A
// person's surname is read as a surname: 褚 is chu, though the character is also read zhu.

// The ranks, the best first. NoRank is that of a text which is not found at all.
const (
	NoRank       = -1
	RankExact    = iota - 1
	RankPrefix   // the label begins with what was typed
	RankInitials // the initials in full
	RankFirstInitials
	RankPinyin       // the pinyin, or its beginning
	RankOtherReading // as before, but by a reading that is not the usual one
	RankInside       // somewhere in the label, its pinyin or its initials
	RankOtherInside  // as before, but by a reading that is not the usual one
	RankElsewhere    // in what else the record or entry is found by
)

// The lines with which every search text begins: the label as written, its pinyin
// and its initials. Other readings follow, and what else is searched after searchEnd.
const (
	lineLabel = iota
	linePinyin
	lineInitials
	lineOthers
)

// searchEnd parts what a record is called from what else it is found by.
const searchEnd = "\n\f\n"

// SearchText gives what a text is found and ranked by: itself folded, its usual pinyin,
// its initials, then its other readings, a line each. Nothing gives nothing.
func SearchText(s string) string { return searchText(s, false) }

// SearchName is SearchText for what begins with a person's name: the first character
// is read as a surname.
func SearchName(s string) string { return searchText(s, true) }

// WithMore adds to a search text what else finds the same thing, a text each; the
// texts are folded.
func WithMore(search string, more ...string) string {
	if len(more) == 0 {
		return search
	}
	folded := make([]string, len(more))
	for i, s := range more {
		folded[i] = Fold(s)
	}
	return search + searchEnd + strings.Join(folded, "\n")
}

func searchText(s string, name bool) string {
	folded := Fold(s)
	if folded == "" {
		return ""
	}
	lines := []string{folded}
	var others []string
	for _, of := range []part{whole, initial} {
		sounds := spell(folded, of)
		if name {
			surnameFirst(folded, sounds, of)
		}
		list := combine
		if len(sounds) > longText {
			list = windows
		}
		all := list(sounds)
		if len(all) == 0 {
			all = []string{folded}
		}
		lines, others = append(lines, all[0]), append(others, all[1:]...)
	}
	for _, l := range others {
		if !slices.Contains(lines, l) { // there are few
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// surnameFirst puts the reading that a name's first character has as a surname before
// its others.
func surnameFirst(folded string, sounds [][]string, of part) {
	first, _ := utf8.DecodeRuneInString(folded)
	own := strings.TrimRight(surnameReadings[first], "12345")
	if own == "" || len(sounds) == 0 {
		return
	}
	own = of(&sound{whole: []string{own}, initial: []string{own[:1]}})[0]
	if i := slices.Index(sounds[0], own); i > 0 {
		sounds[0] = slices.Insert(slices.Delete(slices.Clone(sounds[0]), i, i+1), 0, own)
	}
}

// Sought is what was typed, made ready to be compared with many texts.
type Sought struct {
	all   string   // folded as one
	words []string // folded; more than one where it was typed with spaces
}

// Seek reads what was typed.
func Seek(typed string) Sought {
	s := Sought{all: Fold(typed)}
	for w := range strings.FieldsSeq(HalfWidth(typed)) {
		if f := Fold(w); f != "" {
			s.words = append(s.words, f)
		}
	}
	return s
}

// All reports that nothing was typed, which finds everything.
func (s Sought) All() bool { return s.all == "" }

// Rank tells how well a thing fits, by its search text (SearchText, SearchName): one of
// the ranks, the lower the better, or NoRank. Words typed with spaces between them are
// taken as one, or each by itself; then the one that fits worst decides.
func (s Sought) Rank(search string) int {
	if s.all == "" {
		return RankExact
	}
	best := rankOf(search, s.all)
	if best == NoRank && len(s.words) > 1 {
		for _, w := range s.words {
			n := rankOf(search, w)
			if n == NoRank {
				return NoRank
			}
			best = max(best, n)
		}
	}
	return best
}

// Rank tells how well a text fits what was typed; see Sought.Rank.
func Rank(text, typed string) int { return Seek(typed).Rank(SearchText(text)) }

// Matches reports whether what was typed finds the text: as a part of it, of its
// pinyin or of its initials. Nothing typed finds all.
func Matches(text, typed string) bool { return Rank(text, typed) != NoRank }

// OwnLines parts a search text into what the thing is called by, a reading a line, and what
// else it is found by, a text a line.
func OwnLines(search string) (own, more string) {
	own, more, _ = strings.Cut(search, searchEnd)
	return own, more
}

func rankOf(search, folded string) int {
	own, more := OwnLines(search)
	best := NoRank
	for at, rest := 0, own; rest != "" || at == 0; at++ {
		line := rest
		if end := strings.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = ""
		}
		if n := rankOfLine(at, line, folded); n != NoRank && (best == NoRank || n < best) {
			best = n
		}
		if best == RankExact || best == RankPrefix {
			return best // the first line says so, and no other can be better
		}
	}
	if best == NoRank && strings.Contains(more, folded) {
		return RankElsewhere
	}
	if best == RankInitials && single(own) && 2*len(folded) < lenLine(own, linePinyin) {
		// One letter is the whole of a single character's initials, and says more of a
		// short reading than of a long one: n is rather nv than nan.
		return RankFirstInitials
	}
	return best
}

// rankOfLine ranks one line of a search text, the at-th.
func rankOfLine(at int, line, folded string) int {
	i := strings.Index(line, folded)
	switch {
	case i < 0:
		return NoRank
	case i > 0 && at >= lineOthers:
		return RankOtherInside
	case i > 0:
		return RankInside
	case at == lineLabel && len(line) == len(folded):
		return RankExact
	case at == lineLabel:
		return RankPrefix
	case at == lineInitials && len(line) == len(folded):
		return RankInitials
	case at == lineInitials:
		return RankFirstInitials
	case at == linePinyin:
		return RankPinyin
	}
	return RankOtherReading
}

// single reports a label of one character.
func single(own string) bool { return lenLine(own, lineInitials) == 1 }

// lenLine gives the length of a search text's line.
func lenLine(own string, at int) int {
	for line := range strings.SplitSeq(own, "\n") {
		if at == 0 {
			return len(line)
		}
		at--
	}
	return 0
}

// Best gives of the items those that what was typed finds, the best first; within a
// rank they stay in their order, so a list that stands by use stays so. search gives an
// item's search text.
func Best[T any](items []T, typed string, search func(T) string) []T {
	s := Seek(typed)
	if s.All() {
		return items
	}
	return BestBy(items, func(it T) int { return s.Rank(search(it)) })
}

// BestBy is Best for items that have their ranks from elsewhere.
func BestBy[T any](items []T, rank func(T) int) []T {
	best := bestPlaces(len(items), func(i int) int { return rank(items[i]) })
	out := make([]T, len(best))
	for i, from := range best {
		out[i] = items[from]
	}
	return out
}

// bestPlaces gives the places, of n, of what is found, in the order of their ranks.
func bestPlaces(n int, rank func(place int) int) []int {
	ranks, best := make([]int, n), make([]int, 0, n)
	for i := range ranks {
		if ranks[i] = rank(i); ranks[i] != NoRank {
			best = append(best, i)
		}
	}
	slices.SortStableFunc(best, func(a, b int) int { return ranks[a] - ranks[b] })
	return best
}

// Sort puts a list into the order of compare; those that are equal stay in theirs. It is
// for structs: slices.SortFunc is compiled anew for each type of element, 10,000 bytes of
// the program a time, while this sorts the places and is compiled once.
func Sort[T any](list []T, compare func(a, b T) int) {
	places := sortedPlaces(len(list), func(i, j int) int { return compare(list[i], list[j]) })
	was := slices.Clone(list)
	for i, from := range places {
		list[i] = was[from]
	}
}

// sortedPlaces gives the places from 0 to n-1 in the order of compare.
func sortedPlaces(n int, compare func(i, j int) int) []int {
	places := make([]int, n)
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(i, j int) int { return cmp.Or(compare(i, j), i-j) })
	return places
}
