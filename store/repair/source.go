package repair

import (
	"context"
	"errors"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/carve"
	"taizhang/store/internal/guard"
	"taizhang/store/internal/whole"
)

// source is a damaged ledger's file: which of its pages hold which table.
type source struct {
	file    *carve.File
	book    *store.Book
	program *program
	known   *known
	layouts map[string][]layout // by table: those that the file may have, the likeliest first
	taken   map[uint32]bool     // pages of which is known what they hold
	free    map[uint32]bool
	sure    bool // the list of free pages is whole
	objects map[string]carve.Object
	listed  bool // the file's own list of tables is whole

	pages map[string][]part // by table: the pages with its rows, in the tree's order
	found map[string]int    // by table: how many of them were found past the tree
	trees map[string]carve.Tree
	notes []string

	digest *whole.Digest // what the ledger itself keeps of its schema; nil for nothing
}

// part is a page that holds rows of a table, and how they lie on it.
type part struct {
	page   uint32
	layout layout
}

// openSource reads which page is whose. It changes nothing.
func openSource(ctx context.Context, path string, book *store.Book, like map[string]shape) (s *source, err error) {
	p, err := learn(ctx, book)
	if err != nil {
		return nil, err
	}
	s = &source{book: book, program: p, known: newKnown(book.Kinds), layouts: map[string][]layout{}, taken: map[uint32]bool{},
		objects: map[string]carve.Object{}, pages: map[string][]part{}, found: map[string]int{}, trees: map[string]carve.Tree{}}
	if s.file, err = carve.Open(path, s.ownLog(ctx, path)); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.file.Close())
		}
	}()
	if err := s.readList(ctx, like); err != nil {
		return nil, err
	}
	s.walkTables()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.walkIndexes()
	s.adopt()
	return s, ctx.Err()
}

// ownLog tells whether the log beside the file is to be believed: another's is not.
func (s *source) ownLog(ctx context.Context, path string) bool {
	v, err := guard.Judge(ctx, path)
	if err == nil && v.Log == guard.Foreign {
		s.notes = append(s.notes, "台账旁边的日志(-wal)不是这份台账的,没有用它")
		return false
	}
	return true // a file that nobody can judge is read with all that is beside it
}

// readList reads the file's own list of tables, also where a page of it has to be looked
// for, and how each of its tables lies.
func (s *source) readList(ctx context.Context, like map[string]shape) error {
	s.free, s.sure = s.file.Free()
	all, whole := s.file.Schema(s.taken)
	if s.listed = whole; !whole {
		for n := uint32(2); n <= s.file.Pages(); n++ {
			if s.taken[n] || s.free[n] {
				continue
			}
			if more := s.file.ObjectsOn(n); more != nil {
				s.taken[n] = true
				all = append(all, more...)
			}
		}
		s.notes = append(s.notes, "文件自己的目录读不全,各表的页是按内容认出来的")
	}
	statements := map[string]string{}
	for _, o := range all {
		if _, twice := s.objects[o.Name]; twice {
			continue
		}
		s.objects[o.Name] = o
		if o.Table {
			statements[o.Name] = o.Statement
		}
	}
	shapes, err := fileShapes(ctx, statements)
	if err != nil {
		return err
	}
	for _, t := range s.program.tables {
		var tries []shape
		if sh, ok := shapes[t.name]; ok {
			tries = append(tries, sh)
		} else {
			if sh, ok := like[t.name]; ok { // a backup of the same ledger has the same
				tries = append(tries, sh)
			}
			tries = append(tries, t.shape, s.grown(t))
		}
		for _, sh := range tries {
			s.layouts[t.name] = append(s.layouts[t.name], layoutOf(t, sh))
		}
	}
	return nil
}

// grown is how a table lies in a ledger that an earlier program made: columns that came
// later stand behind the others.
func (s *source) grown(t *table) shape {
	sh := shape{columns: slices.Clone(t.columns), keyed: t.keyed}
	model.Sort(sh.columns, func(a, b column) int {
		return s.book.Since[t.name+"."+a.name] - s.book.Since[t.name+"."+b.name]
	})
	return sh
}

// evidence are the tables that tell of which kind an id is: they are looked at first.
var evidence = []string{"history", "search"}

// walkTables follows every table from its first page.
func (s *source) walkTables() {
	order := slices.Clone(s.program.tables)
	slices.SortStableFunc(order, func(a, b *table) int { return rank(a.name) - rank(b.name) })
	told := false
	for _, t := range order {
		if !told && rank(t.name) == len(evidence) {
			told = true
			s.learnKinds()
		}
		o, ok := s.objects[t.name]
		if !ok || !o.Table {
			continue
		}
		s.walk(t, o.Root)
	}
}

func rank(name string) int {
	if i := slices.Index(evidence, name); i >= 0 {
		return i
	}
	return len(evidence)
}

func (s *source) walk(t *table, root uint32) {
	layouts := map[uint32]layout{}
	keyed := t.keyed
	if ls := s.layouts[t.name]; len(ls) > 0 {
		keyed = ls[0].shape.keyed
	}
	tree := s.file.Walk(root, keyed, s.taken, func(page uint32) bool {
		if entries, _ := s.file.Sort(page); !entries {
			return true
		}
		l, _, ok := s.fits(t, page)
		layouts[page] = l
		return ok
	})
	s.trees[t.name] = tree
	for _, page := range tree.Pages {
		if l, ok := layouts[page]; ok {
			s.pages[t.name] = append(s.pages[t.name], part{page, l})
		}
	}
}

// learnKinds reads of which kind each id is.
func (s *source) learnKinds() {
	for _, name := range evidence {
		t := s.program.byName[name]
		kind, id := t.column("kind"), t.column("id")
		for _, p := range s.pages[name] {
			//nolint:errcheck // The function gives none.
			s.file.Rows(p.page, func(r carve.Row) error {
				k, i := textAt(r, p.layout.at(kind)), textAt(r, p.layout.at(id))
				if k != "" && i != "" {
					s.known.add(k, i)
				}
				return nil
			})
		}
	}
}

// at gives where in a row a column of the table stands; -1 for nowhere.
func (l layout) at(column int) int { return slices.Index(l.to, column) }

// walkIndexes follows every index, so that no page of one is taken for a table's.
func (s *source) walkIndexes() {
	for name, o := range s.objects {
		if o.Table {
			continue
		}
		want := 0
		if i, ok := s.program.indexes[name]; ok {
			want = len(i.columns)
		}
		tree := s.file.Walk(o.Root, true, s.taken, func(page uint32) bool {
			fits, rows := 0, 0
			//nolint:errcheck // The function gives none.
			s.file.Rows(page, func(r carve.Row) error {
				rows++
				if _, rowid := r.Values[len(r.Values)-1].(int64); rowid && (want == 0 || len(r.Values) == want+1) || strings.HasSuffix(name, "_target") {
					fits++
				}
				return nil
			})
			return fits*2 >= rows
		})
		s.trees[name] = tree
	}
}

// wanting tells whether rows of a table may stand on pages that its tree doesn't reach.
func (s *source) wanting(t *table) bool {
	tree, ok := s.trees[t.name]
	if !ok {
		return s.objects[t.name].Name == "" && (!s.listed || s.renamed(t))
	}
	return tree.Broken()
}

// renamed tells whether a table of the file is none of the program's: it may be one that
// another program has given another name.
func (s *source) renamed(*table) bool {
	for name, o := range s.objects {
		if o.Table && s.program.byName[name] == nil && !strings.HasPrefix(name, "sqlite_") {
			return true
		}
	}
	return false
}

// adopt gives the pages that no tree reaches to the tables that lack some. Free pages, which
// hold what was deleted, are not taken while the list of them is whole, nor are they where
// every tree is.
func (s *source) adopt() {
	var lacking []*table
	for _, t := range s.program.tables {
		if s.wanting(t) {
			lacking = append(lacking, t)
		}
	}
	if len(lacking) == 0 {
		return
	}
	slices.SortStableFunc(lacking, func(a, b *table) int { return rank(a.name) - rank(b.name) })
	doubtful := 0
	for _, pass := range []bool{true, false} { // first those that tell of which kind an id is
		for n := uint32(2); n <= s.file.Pages(); n++ {
			entries, keyed := s.file.Sort(n)
			if !entries || s.taken[n] || s.free[n] {
				continue
			}
			t, l := s.whose(lacking, n, keyed, pass)
			if t == nil {
				continue
			}
			s.taken[n] = true
			s.pages[t.name] = append(s.pages[t.name], part{n, l})
			s.found[t.name]++
			if !s.sure {
				doubtful++
			}
		}
		if pass {
			s.learnKinds()
		}
	}
	if doubtful > 0 {
		s.notes = append(s.notes, "空页的目录也坏了:找回的记录里可能有以前删掉的,请核对")
	}
}

// whose finds the table whose rows a page holds, among those that lack some.
func (s *source) whose(lacking []*table, page uint32, keyed, first bool) (best *table, l layout) {
	most, twice := -1, false
	for _, t := range lacking {
		if first != (rank(t.name) < len(evidence)) {
			continue
		}
		fit, score, ok := s.fits(t, page)
		if !ok || fit.shape.keyed != keyed {
			continue
		}
		switch {
		case score > most:
			best, l, most, twice = t, fit, score, false
		case score == most:
			twice = true
		}
	}
	if twice || most <= 0 && first {
		return nil, l
	}
	return best, l
}

// Close lets the file go.
func (s *source) Close() error { return s.file.Close() }
