// Package found keeps in memory what the records of a kind are found by, in the order in
// which they are listed, so that the first rows that fit a letter are there at once however
// many records there are. It is a help alone: what a question's rows are is said by SQL.
package found

import (
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"taizhang/model"
)

// Index is what the records of one kind were found by at one moment. It takes some 140 bytes
// a record: names stand in one text, and lines that many records share are kept once.
type Index struct {
	kind string
	ids  []byte // idSize for each record

	heads  string   // what each record is called, in its readings (model.OwnLines)
	headAt []uint32 // where each begins, and where the last one ends

	// Beside that: lines of its own, and by number those that others have too.
	raw      string
	rawAt    []uint32
	shared   []uint16
	sharedAt []uint32
	lines    []string // the shared ones

	begins map[rune][]uint32 // the records of which a line of the head begins with a letter
}

const idSize = 16

// What is kept is bounded: beyond it records are looked for on file, as ever.
const (
	mostBytes  = 48 << 20
	mostShared = 8192
	longShared = 64
)

// errUnfit says that records can't be kept so.
var errUnfit = errors.New("not to be kept in memory")

// Len gives how many records there are.
func (x *Index) Len() int { return len(x.ids) / idSize }

// ID gives the id of a record by its place.
func (x *Index) ID(at int) string { return unpack(x.ids[at*idSize : (at+1)*idSize]) }

// Place gives the place of a record, or -1.
func (x *Index) Place(id string) int {
	b, ok := pack(make([]byte, 0, idSize), id)
	if !ok {
		return -1
	}
	for at := range x.Len() {
		if string(x.ids[at*idSize:(at+1)*idSize]) == string(b) {
			return at
		}
	}
	return -1
}

func (x *Index) head(at uint32) string { return x.heads[x.headAt[at]:x.headAt[at+1]] }

// pack writes an id in half of its bytes; it reports false for one of another form.
func pack(to []byte, id string) ([]byte, bool) {
	if len(id) != 36 {
		return to, false
	}
	var half byte
	digits := 0
	for i := range len(id) {
		c := id[i]
		switch dash := i == 8 || i == 13 || i == 18 || i == 23; {
		case dash && c == '-':
			continue
		case dash:
			return to, false
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		default:
			return to, false
		}
		if digits++; digits%2 == 1 {
			half = c << 4
		} else {
			to = append(to, half|c)
		}
	}
	return to, true
}

func unpack(b []byte) string {
	s := hex.EncodeToString(b)
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// builder takes records in the order of their ids.
type builder struct {
	ids           []byte
	heads, raw    strings.Builder
	headAt, rawAt []uint32
	shared        []uint16
	sharedAt      []uint32
	number        map[string]uint16
	lines         []string
}

// newBuilder makes room for n records, as persons are: what grows leaves as much behind.
func newBuilder(n int) *builder {
	b := &builder{number: map[string]uint16{}}
	b.ids = make([]byte, 0, n*idSize)
	b.heads.Grow(min(n*40, mostBytes))
	b.raw.Grow(min(n*64, mostBytes))
	b.headAt, b.rawAt, b.sharedAt = make([]uint32, 0, n+1), make([]uint32, 0, n+1), make([]uint32, 0, n+1)
	b.shared = make([]uint16, 0, n*10)
	return b
}

// add takes one record with its search text.
func (b *builder) add(id, text string) error {
	ids, ok := pack(b.ids, id)
	if !ok {
		return errUnfit
	}
	b.ids = ids
	own, more := model.OwnLines(text)
	b.headAt = append(b.headAt, uint32(b.heads.Len()))
	b.rawAt = append(b.rawAt, uint32(b.raw.Len()))
	b.sharedAt = append(b.sharedAt, uint32(len(b.shared)))
	b.heads.WriteString(own)
	b.heads.WriteByte('\n')
	label, _, _ := strings.Cut(own, "\n")
	for line := range strings.SplitSeq(more, "\n") {
		switch {
		case line == "" || line == label: // the label is looked at before
		case b.share(line):
		default:
			b.raw.WriteString(line)
			b.raw.WriteByte('\n')
		}
	}
	if b.heads.Len()+b.raw.Len()+2*len(b.shared)+len(b.ids) > mostBytes {
		return errUnfit
	}
	return nil
}

// share notes a line by its number. Lines with digits, as numbers and addresses, are
// hardly anyone else's.
func (b *builder) share(line string) bool {
	n, known := b.number[line]
	if !known {
		if len(b.lines) >= mostShared || len(line) > longShared || strings.ContainsAny(line, "0123456789") {
			return false
		}
		line = strings.Clone(line)
		n = uint16(len(b.lines))
		b.number[line], b.lines = n, append(b.lines, line)
	}
	b.shared = append(b.shared, n)
	return true
}

// place gives where a record stands in the order of ids, or -1.
func (b *builder) place(id string) int {
	key, ok := pack(make([]byte, 0, idSize), id)
	if !ok {
		return -1
	}
	low, high := 0, len(b.ids)/idSize
	for low < high {
		mid := (low + high) / 2
		if string(b.ids[mid*idSize:(mid+1)*idSize]) < string(key) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(b.ids)/idSize && string(b.ids[low*idSize:(low+1)*idSize]) == string(key) {
		return low
	}
	return -1
}

// index puts the records into an order, given as their places in that of ids.
func (b *builder) index(kind string, order []uint32) *Index {
	b.headAt = append(b.headAt, uint32(b.heads.Len()))
	b.rawAt = append(b.rawAt, uint32(b.raw.Len()))
	b.sharedAt = append(b.sharedAt, uint32(len(b.shared)))
	x := &Index{kind: kind, lines: b.lines, begins: map[rune][]uint32{}}
	x.ids = make([]byte, 0, len(b.ids))
	for _, i := range order {
		x.ids = append(x.ids, b.ids[i*idSize:(i+1)*idSize]...)
	}
	x.heads, x.headAt = reorder(b.heads.String(), b.headAt, order)
	b.heads.Reset()
	x.raw, x.rawAt = reorder(b.raw.String(), b.rawAt, order)
	b.raw.Reset()
	x.shared = make([]uint16, 0, len(b.shared))
	x.sharedAt = make([]uint32, 0, len(b.sharedAt))
	for _, i := range order {
		x.sharedAt = append(x.sharedAt, uint32(len(x.shared)))
		x.shared = append(x.shared, b.shared[b.sharedAt[i]:b.sharedAt[i+1]]...)
	}
	x.sharedAt = append(x.sharedAt, uint32(len(x.shared)))
	for at := range order {
		for line := range strings.SplitSeq(strings.TrimSuffix(x.head(uint32(at)), "\n"), "\n") {
			for _, first := range line {
				if list := x.begins[first]; len(list) == 0 || list[len(list)-1] != uint32(at) {
					x.begins[first] = append(list, uint32(at))
				}
				break
			}
		}
	}
	for first, list := range x.begins {
		x.begins[first] = slices.Clip(list)
	}
	return x
}

func reorder(text string, at, order []uint32) (string, []uint32) {
	var b strings.Builder
	b.Grow(len(text))
	starts := make([]uint32, 0, len(at))
	for _, i := range order {
		starts = append(starts, uint32(b.Len()))
		b.WriteString(text[at[i]:at[i+1]])
	}
	return b.String(), append(starts, uint32(b.Len()))
}
