package carve

import "encoding/binary"

// The sorts of a tree's page: its first byte (fileformat2 §1.6).
const (
	innerIndex, innerTable byte = 2, 5
	leafIndex, leafTable   byte = 10, 13
)

// node is a page of a tree as far as it can be understood.
type node struct {
	sort  byte
	cells []int // where they begin, in the page's order
	right uint32
	sound bool // everything about it is as it should be
}

func (n node) inner() bool { return n.sort == innerIndex || n.sort == innerTable }

// keyed tells a page of an index or of a table without rowids.
func (n node) keyed() bool { return n.sort == innerIndex || n.sort == leafIndex }

// entries tells a page whose cells hold rows or entries of an index.
func (n node) entries() bool { return n.sort == leafTable || n.keyed() }

// parse reads the head of a page: sort 0 for what is no page of a tree. Where the count of
// cells can't be right, those are taken that point into the page's content.
func parse(page []byte, number uint32) node {
	at := 0
	if number == 1 {
		at = 100
	}
	n := node{sort: page[at], sound: true}
	head := 8
	switch n.sort {
	case leafIndex, leafTable:
	case innerIndex, innerTable:
		head = 12
		n.right = binary.BigEndian.Uint32(page[at+8:])
	default:
		return node{}
	}
	count, content := int(binary.BigEndian.Uint16(page[at+3:])), int(binary.BigEndian.Uint16(page[at+5:]))
	if content == 0 {
		content = 65536
	}
	first := at + head
	if content > len(page) || content < first {
		content, n.sound = first, false
	}
	most := (len(page) - first) / 2
	if n.sound {
		most = (content - first) / 2
	}
	if count > most {
		count, n.sound = most, false
	}
	seen := map[int]bool{}
	for i := range count {
		cell := int(binary.BigEndian.Uint16(page[first+2*i:]))
		if cell < max(content, first) || cell > len(page)-4 || seen[cell] {
			n.sound = false
			continue
		}
		seen[cell] = true
		n.cells = append(n.cells, cell)
	}
	return n
}

// child gives the page below a cell of an inner page.
func child(page []byte, cell int) uint32 { return binary.BigEndian.Uint32(page[cell:]) }

// varint reads a number of one to nine bytes; 0 bytes where it is cut off.
func varint(b []byte) (v uint64, size int) {
	for i := range min(len(b), 9) {
		if i == 8 {
			return v<<8 | uint64(b[i]), 9
		}
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	return 0, 0
}

// local gives how many bytes of a payload stand on the page itself (fileformat2 §1.6).
func local(payload, usable int, keyed bool) int {
	most := usable - 35
	if keyed {
		most = (usable-12)*64/255 - 23
	}
	if payload <= most {
		return payload
	}
	least := (usable-12)*32/255 - 23
	if n := least + (payload-least)%(usable-4); n <= most {
		return n
	}
	return least
}
