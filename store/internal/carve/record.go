package carve

import (
	"encoding/binary"
	"math"
)

// Row is one row of a table or one entry of an index. Values are nil, int64, float64, string
// (the text's bytes, UTF-8 or not) or []byte.
type Row struct {
	Rowid  int64 // 0 in a tree without rowids
	Values []any
	// Whole is how many of the values are there whole: fewer than all where an overflow page
	// is lost. The first that is not holds what is left of it.
	Whole int
	// Far are the pages beside its own on which a part of it stands.
	Far []uint32
}

// mostPayload bounds a row, in bytes: no text of a ledger is longer, and a broken size must
// not take the memory.
const mostPayload = 256 << 20

// Rows calls each with every row on a page that can be understood, in the page's order, and
// gives how many can't.
func (f *File) Rows(number uint32, each func(Row) error) (bad int, err error) {
	page, err := f.Page(number)
	if err != nil {
		return 0, err
	}
	n := parse(page, number)
	if !n.entries() {
		return 0, nil
	}
	for _, cell := range n.cells {
		row, ok := f.row(page, n, cell)
		if !ok {
			bad++
			continue
		}
		if err := each(row); err != nil {
			return bad, err
		}
	}
	return bad, nil
}

// row reads a cell of a page that holds entries.
func (f *File) row(page []byte, n node, cell int) (r Row, ok bool) {
	b := page[cell:]
	if n.inner() {
		b = b[4:]
	}
	payload, size := varint(b)
	if size == 0 || payload == 0 || payload > mostPayload {
		return r, false
	}
	b = b[size:]
	if n.sort == leafTable {
		id, size := varint(b)
		if size == 0 {
			return r, false
		}
		r.Rowid, b = int64(id), b[size:]
	}
	here := local(int(payload), f.size, n.keyed())
	if here > len(b) {
		return r, false
	}
	all := b[:here]
	if here < int(payload) {
		if here+4 > len(b) || int(payload)/f.size > int(f.count) {
			return r, false
		}
		all, r.Far = f.follow(all, binary.BigEndian.Uint32(b[here:]), int(payload))
	}
	r.Values, r.Whole, ok = decode(all, int(payload))
	return r, ok
}

// follow puts a payload together that goes on on other pages, as far as they can be found.
func (f *File) follow(here []byte, next uint32, payload int) (all []byte, far []uint32) {
	all = append(make([]byte, 0, min(payload, 1<<20)), here...)
	seen := map[uint32]bool{}
	for len(all) < payload {
		if next == 0 || next > f.count || seen[next] {
			return all, far
		}
		seen[next] = true
		page, err := f.Page(next)
		if err != nil {
			return all, far
		}
		far = append(far, next)
		next = binary.BigEndian.Uint32(page)
		part := page[4:]
		all = append(all, part[:min(len(part), payload-len(all))]...)
		if (next == 0) != (len(all) >= payload) { // the page is not the one that was written here
			return all[:len(all)-min(len(part), len(all)-len(here))], far
		}
	}
	return all, far
}

// decode reads a record (fileformat2 §2.1) of so many bytes, of which all is the beginning.
func decode(all []byte, payload int) (values []any, whole int, ok bool) {
	head, size := varint(all)
	if size == 0 || head < uint64(size) || head > uint64(payload) || head > uint64(len(all)) {
		return nil, 0, false
	}
	var kinds []uint64
	sum := head
	for b := all[size:head]; len(b) > 0; {
		kind, size := varint(b)
		if size == 0 || kind == 10 || kind == 11 {
			return nil, 0, false
		}
		kinds, b = append(kinds, kind), b[size:]
		sum += length(kind)
		if sum > uint64(payload) {
			return nil, 0, false
		}
	}
	if sum != uint64(payload) || len(kinds) == 0 {
		return nil, 0, false
	}
	body := all[head:]
	whole = len(kinds)
	for i, kind := range kinds {
		n := int(length(kind))
		if n > len(body) {
			whole = min(whole, i)
			if kind >= 12 {
				values = append(values, value(kind, body))
			} else {
				values = append(values, nil)
			}
			body = nil
			continue
		}
		values = append(values, value(kind, body[:n]))
		body = body[n:]
	}
	return values, whole, true
}

// length gives how many bytes a value of a serial type takes.
func length(kind uint64) uint64 {
	switch {
	case kind < 5:
		return kind
	case kind == 5:
		return 6
	case kind < 8:
		return 8
	case kind < 12:
		return 0
	}
	return (kind - 12) / 2
}

func value(kind uint64, b []byte) any {
	switch {
	case kind == 0:
		return nil
	case kind == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	case kind == 8:
		return int64(0)
	case kind == 9:
		return int64(1)
	case kind < 7:
		n := int64(int8(b[0]))
		for _, c := range b[1:] {
			n = n<<8 | int64(c)
		}
		return n
	case kind%2 == 1:
		return string(b)
	}
	return append([]byte(nil), b...)
}
