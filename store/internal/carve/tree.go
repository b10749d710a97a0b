package carve

import (
	"encoding/binary"
	"slices"
)

// Tree is what of a table or an index can be reached from its first page.
type Tree struct {
	Root  uint32
	Keyed bool     // an index, or a table without rowids
	Pages []uint32 // those that hold entries, in the tree's order
	Lost  []uint32 // pages at which it goes on and that are none of its pages
	Bent  []uint32 // of its pages, those of which a part can't be understood
}

// Broken tells that not everything of it can be reached.
func (t *Tree) Broken() bool { return len(t.Lost)+len(t.Bent) > 0 }

// deepest bounds a tree: SQLite's own limit.
const deepest = 20

// Walk follows a tree from its first page. A page that fits doesn't take for one of the
// tree's is Lost. Pages that taken holds belong to others already; those found are put in.
func (f *File) Walk(root uint32, keyed bool, taken map[uint32]bool, fits func(page uint32) bool) Tree {
	t := Tree{Root: root, Keyed: keyed}
	w := walk{f, &t, taken, fits}
	w.visit(root, 0)
	return t
}

type walk struct {
	f     *File
	t     *Tree
	taken map[uint32]bool
	fits  func(uint32) bool
}

func (w walk) visit(number uint32, depth int) {
	t := w.t
	if number == 0 || number > w.f.count || depth > deepest || w.taken[number] {
		t.Lost = append(t.Lost, number)
		return
	}
	page, err := w.f.Page(number)
	n := parse(page, number)
	if err != nil || n.sort == 0 || n.keyed() != t.Keyed || !w.fits(number) {
		t.Lost = append(t.Lost, number)
		return
	}
	w.taken[number] = true
	if !n.sound || w.f.unread(page, n) {
		t.Bent = append(t.Bent, number)
	}
	if n.entries() {
		t.Pages = append(t.Pages, number)
	}
	if !n.inner() {
		return
	}
	for _, cell := range n.cells {
		w.visit(child(page, cell), depth+1)
	}
	w.visit(n.right, depth+1)
}

// unread tells whether a cell of a page can't be understood.
func (f *File) unread(page []byte, n node) bool {
	if !n.entries() {
		return false
	}
	return slices.ContainsFunc(n.cells, func(cell int) bool {
		row, ok := f.row(page, n, cell)
		return !ok || row.Whole < len(row.Values)
	})
}

// Sort tells what a page is by itself: one with entries, with rowids or keyed.
func (f *File) Sort(number uint32) (entries, keyed bool) {
	page, err := f.Page(number)
	if err != nil {
		return false, false
	}
	n := parse(page, number)
	return n.entries() && len(n.cells) > 0, n.keyed()
}

// Below gives the pages below an inner page that reaches others; nil for any other.
func (f *File) Below(number uint32) []uint32 {
	page, err := f.Page(number)
	if err != nil {
		return nil
	}
	n := parse(page, number)
	if !n.inner() {
		return nil
	}
	all := make([]uint32, 0, len(n.cells)+1)
	for _, cell := range n.cells {
		all = append(all, child(page, cell))
	}
	return append(all, n.right)
}

// Free gives the pages that the file's own list calls free, and whether that list is whole:
// then every page that is on it is free, and no other.
func (f *File) Free() (free map[uint32]bool, whole bool) {
	free = map[uint32]bool{}
	head, err := f.Page(1)
	if err != nil || string(head[:len(Magic)]) != Magic {
		return free, false
	}
	trunk, count := binary.BigEndian.Uint32(head[32:]), binary.BigEndian.Uint32(head[36:])
	for trunk != 0 {
		if trunk > f.count || free[trunk] {
			return free, false
		}
		free[trunk] = true
		page, err := f.Page(trunk)
		n := binary.BigEndian.Uint32(page[4:])
		if err != nil || int64(n) > int64(f.size/4-2) {
			return free, false
		}
		for i := range n {
			leaf := binary.BigEndian.Uint32(page[8+4*i:])
			if leaf < 2 || leaf > f.count || free[leaf] {
				return free, false
			}
			free[leaf] = true
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	return free, uint32(len(free)) == count
}

// Object is a line of the file's own list of tables and indexes.
type Object struct {
	Table     bool
	Name, Of  string // Of: the table of an index
	Root      uint32
	Statement string // "" of an index that SQLite made by itself
}

// Schema reads the file's own list, and tells whether all of it can be read. taken gets its
// pages.
func (f *File) Schema(taken map[uint32]bool) (all []Object, whole bool) {
	t := f.Walk(1, false, taken, func(uint32) bool { return true })
	for _, p := range t.Pages {
		//nolint:errcheck // each gives none.
		f.Rows(p, func(r Row) error {
			if o, ok := object(r); ok {
				all = append(all, o)
			}
			return nil
		})
	}
	return all, !t.Broken() && len(all) > 0
}

// ObjectsOn reads a page that was found by itself as one of the list's; nil where it isn't.
func (f *File) ObjectsOn(page uint32) (all []Object) {
	bad := 0
	//nolint:errcheck // each gives none.
	f.Rows(page, func(r Row) error {
		if o, ok := object(r); ok {
			all = append(all, o)
		} else {
			bad++
		}
		return nil
	})
	if bad > 0 {
		return nil
	}
	return all
}

func object(r Row) (o Object, ok bool) {
	if len(r.Values) != 5 || r.Whole < 4 {
		return o, false
	}
	sort, isText := r.Values[0].(string)
	name, named := r.Values[1].(string)
	of, _ := r.Values[2].(string)
	root, rooted := r.Values[3].(int64)
	if !isText || !named || !rooted || root < 2 || root > 1<<31 || sort != "table" && sort != "index" {
		return o, false
	}
	o = Object{Table: sort == "table", Name: name, Of: of, Root: uint32(root)}
	if r.Whole == 5 {
		o.Statement, _ = r.Values[4].(string)
	}
	return o, true
}
