package found

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/model"
)

// Search gives the records in whose search text one folded word stands: the place and the
// rank (model.Sought.Rank) of each, by rank and then in the order of the records. It goes no
// further than it is asked.
func (x *Index) Search(word string) iter.Seq2[int, int] {
	return func(yield func(at, rank int) bool) {
		s := model.Seek(word)
		_ = x.begun(s, word, yield) && x.inside(s, word, yield) && x.elsewhere(s, word, yield)
	}
}

// begun gives those of which a line begins with the word: they fit best. Nearly always
// there are enough of them.
func (x *Index) begun(s model.Sought, word string, yield func(at, rank int) bool) bool {
	first, _ := utf8.DecodeRuneInString(word)
	var ranked [model.RankInside][]uint32
	for _, at := range x.begins[first] {
		if rank := s.Rank(x.own(at)); rank != model.NoRank && rank < model.RankInside {
			ranked[rank] = append(ranked[rank], at)
		}
	}
	for rank, list := range ranked {
		for _, at := range list {
			if !yield(int(at), rank) {
				return false
			}
		}
	}
	return true
}

// own gives the lines that a record is called by.
func (x *Index) own(at uint32) string {
	head := x.head(at)
	return head[:len(head)-1]
}

// inside gives those that are called by something in which the word stands.
func (x *Index) inside(s model.Sought, word string, yield func(at, rank int) bool) bool {
	var other []int
	for from := 0; ; {
		i := strings.Index(x.heads[from:], word)
		if i < 0 {
			break
		}
		at := x.headHolding(uint32(from + i))
		from = int(x.headAt[at+1])
		switch s.Rank(x.own(at)) {
		case model.RankInside:
			if !yield(int(at), model.RankInside) {
				return false
			}
		case model.RankOtherInside:
			other = append(other, int(at))
		}
	}
	for _, at := range other {
		if !yield(at, model.RankOtherInside) {
			return false
		}
	}
	return true
}

func (x *Index) headHolding(place uint32) uint32 {
	i, exact := slices.BinarySearch(x.headAt, place)
	if !exact {
		i--
	}
	return uint32(i)
}

// elsewhere gives those that are found by the word, but not called by it.
func (x *Index) elsewhere(s model.Sought, word string, yield func(at, rank int) bool) bool {
	hit := make([]bool, len(x.lines))
	some := false
	for i, line := range x.lines {
		hit[i] = strings.Contains(line, word)
		some = some || hit[i]
	}
	next := x.nextRaw(word, 0) // the next place in the records' own lines
	for at := range uint32(x.Len()) {
		if !some && next < 0 {
			return true
		}
		found := next >= 0 && uint32(next) < x.rawAt[at+1]
		if found {
			next = x.nextRaw(word, int(x.rawAt[at+1]))
		}
		if !found && some {
			for _, n := range x.shared[x.sharedAt[at]:x.sharedAt[at+1]] {
				found = found || hit[n]
			}
		}
		if found && s.Rank(x.own(at)) == model.NoRank && !yield(int(at), model.RankElsewhere) {
			return false
		}
	}
	return true
}

func (x *Index) nextRaw(word string, from int) int {
	i := strings.Index(x.raw[from:], word)
	if i < 0 {
		return -1
	}
	return from + i
}
