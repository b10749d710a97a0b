package repair

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	_ "modernc.org/sqlite" // the driver

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// derived are the tables that are made of the others: they are not read but made anew, or
// come again when they are needed.
var derived = map[string]bool{"search": true, "received_rows": true, "tally": true}

// column is one of a table.
type column struct {
	name, sort string // sort is TEXT, INTEGER or BLOB; "" where another program made it
	needed     bool   // NOT NULL
	key        int    // its place in the primary key, from 1
	fallback   any    // its default
	rowid      bool   // another name of the rowid: the row itself holds NULL
}

// shape is how a table's rows lie in a file.
type shape struct {
	columns []column // in the order in which a row holds them
	keyed   bool     // without rowids
}

// table is a table of the program's own schema.
type table struct {
	name, title string
	shape
	kind   *model.Kind  // of a kind's own table
	holder *model.Kind  // of a link table: whose
	field  *model.Field // and which field's
	refs   []reference
}

// reference is a column that refers to a kind's records.
type reference struct{ column, target string }

func (t *table) column(name string) int {
	for i, c := range t.columns {
		if c.name == name {
			return i
		}
	}
	return -1
}

// scratch is an empty database in memory, which is asked how tables lie.
type scratch struct{ db *sql.DB }

func openScratch() (*scratch, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	db.SetMaxOpenConns(1)
	return &scratch{db}, nil
}

// shapeOf gives how a table lies in the file that a statement made.
func (s *scratch) shapeOf(ctx context.Context, name string) (sh shape, err error) {
	rows, err := s.db.QueryContext(ctx, "SELECT name, upper(type), \"notnull\", pk, dflt_value FROM pragma_table_xinfo(?) ORDER BY cid", name)
	if err != nil {
		return sh, fmt.Errorf("shape of %s: %w", name, err)
	}
	defer rows.Close()
	var written []column
	for rows.Next() {
		var c column
		var fallback sql.NullString
		if err := rows.Scan(&c.name, &c.sort, &c.needed, &c.key, &fallback); err != nil {
			return sh, fmt.Errorf("shape of %s: %w", name, err)
		}
		if fallback.Valid {
			c.fallback = strings.Trim(fallback.String, "'")
			if c.fallback == "0" {
				c.fallback = int64(0)
			}
		}
		written = append(written, c)
	}
	if err := rows.Err(); err != nil {
		return sh, fmt.Errorf("shape of %s: %w", name, err)
	}
	var keyed int
	if err := s.db.QueryRowContext(ctx, "SELECT wr FROM pragma_table_list WHERE name = ? AND schema = 'main'", name).Scan(&keyed); err != nil {
		return sh, fmt.Errorf("shape of %s: %w", name, err)
	}
	sh.keyed = keyed == 1
	keys := 0
	for _, c := range written {
		keys = max(keys, c.key)
	}
	if !sh.keyed {
		sh.columns = written
		for i, c := range written {
			sh.columns[i].rowid = keys == 1 && c.key == 1 && c.sort == "INTEGER"
		}
		return sh, nil
	}
	for k := 1; k <= keys; k++ { // a row without a rowid begins with its key
		for _, c := range written {
			if c.key == k {
				sh.columns = append(sh.columns, c)
			}
		}
	}
	for _, c := range written {
		if c.key == 0 {
			sh.columns = append(sh.columns, c)
		}
	}
	return sh, nil
}

// index is an index of the program's schema on a kind's table or a link table.
type index struct {
	name    string
	of      *table
	columns []string // what its entries hold before what leads to the row
}

// program is the schema of this program.
type program struct {
	tables  []*table
	byName  map[string]*table
	indexes map[string]index
}

// learned keeps the schema of each book: it takes a tenth of a second to ask for.
var learned sync.Map

// learn gives the schema of a book's ledgers.
func learn(ctx context.Context, book *store.Book) (*program, error) {
	if p, ok := learned.Load(book); ok {
		return p.(*program), nil //nolint:forcetypeassert // Nothing else is kept there.
	}
	p, err := ask(ctx, book)
	if err == nil {
		learned.Store(book, p)
	}
	return p, err
}

func ask(ctx context.Context, book *store.Book) (p *program, err error) {
	ddl, err := store.Schema(book)
	if err != nil {
		return nil, err
	}
	s, err := openScratch()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.db.Close()) }()
	if _, err := s.db.ExecContext(ctx, ddl); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	p = &program{byName: map[string]*table{}, indexes: map[string]index{}}
	links := map[string][2]any{}
	for _, k := range book.Kinds.Kinds() {
		for _, f := range k.Fields() {
			if f.Linked() {
				links[raw.LinkTable(k, f)] = [2]any{k, f}
			}
		}
	}
	names, err := s.texts(ctx, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	titles := store.Titles(book)
	for _, name := range names {
		t := &table{name: name, title: titles[name], kind: book.Kinds.Kind(name)}
		if t.shape, err = s.shapeOf(ctx, name); err != nil {
			return nil, err
		}
		if l, ok := links[name]; ok {
			t.holder, _ = l[0].(*model.Kind)
			t.field, _ = l[1].(*model.Field)
		}
		if t.refs, err = s.references(ctx, name); err != nil {
			return nil, err
		}
		p.tables, p.byName[name] = append(p.tables, t), t
		if err := s.indexes(ctx, p, t); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (s *scratch) texts(ctx context.Context, query string, args ...any) (all []string, err error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("schema: %w", err)
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

func (s *scratch) references(ctx context.Context, name string) (all []reference, err error) {
	flat, err := s.texts(ctx, "SELECT \"from\" || ' ' || \"table\" FROM pragma_foreign_key_list(?)", name)
	for _, text := range flat {
		column, target, _ := strings.Cut(text, " ")
		all = append(all, reference{column, target})
	}
	return all, err
}

func (s *scratch) indexes(ctx context.Context, p *program, t *table) error {
	names, err := s.texts(ctx, "SELECT name FROM pragma_index_list(?)", t.name)
	if err != nil {
		return err
	}
	for _, name := range names {
		columns, err := s.texts(ctx, "SELECT coalesce(name, '') FROM pragma_index_xinfo(?) WHERE cid >= 0 ORDER BY seqno", name)
		if err != nil {
			return err
		}
		p.indexes[name] = index{name, t, columns}
	}
	return nil
}

// fileShapes asks how the tables of a file lie, by the statements that it keeps itself.
func fileShapes(ctx context.Context, statements map[string]string) (all map[string]shape, err error) {
	s, err := openScratch()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.db.Close()) }()
	all = map[string]shape{}
	for name, text := range statements {
		if !strings.HasPrefix(strings.ToUpper(text), "CREATE TABLE") {
			continue
		}
		if _, bad := s.db.ExecContext(ctx, text); bad != nil {
			continue // a text that is broken itself; the program's own shape is tried
		}
		if sh, bad := s.shapeOf(ctx, name); bad == nil {
			all[name] = sh
		}
	}
	return all, ctx.Err()
}

// layout says which of a table's columns each value of a row is; -1 for one that this
// program doesn't know.
type layout struct {
	to    []int
	shape shape
}

// layoutOf fits the columns of a file's table to those of the program's by their names. A
// column that was called otherwise by another program is known by its place.
func layoutOf(t *table, sh shape) layout {
	l := layout{make([]int, len(sh.columns)), sh}
	used := map[int]bool{}
	for i, c := range sh.columns {
		l.to[i] = t.column(c.name)
		used[l.to[i]] = true
	}
	for i := range sh.columns {
		if l.to[i] < 0 && len(sh.columns) == len(t.columns) && !used[i] && sh.columns[i].sort == t.columns[i].sort {
			l.to[i] = i
		}
	}
	return l
}

// unknown gives the names of the columns that the program doesn't know.
func (l layout) unknown() (all []string) {
	for i, to := range l.to {
		if to < 0 {
			all = append(all, l.shape.columns[i].name)
		}
	}
	return all
}

// lacks gives the columns of the table that the file doesn't hold.
func (l layout) lacks(t *table) (all []int) {
	have := map[int]bool{}
	for _, to := range l.to {
		have[to] = true
	}
	for i := range t.columns {
		if !have[i] {
			all = append(all, i)
		}
	}
	return all
}
