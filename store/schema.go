package store

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"taizhang/model"
	"taizhang/store/internal/disk"
	"taizhang/store/internal/raw"
)

// applicationID marks a file as a ledger (PRAGMA application_id): "TZLG".
const applicationID = disk.LedgerID

// metaColumns stand in every kind's table before its fields.
var metaColumns = []string{"id", "org_id", "created_at", "updated_at", "rev", "deleted_at"}

// table is a kind's place in the database.
type table struct {
	kind    *model.Kind
	columns []*model.Field // fields in the kind's own table
	links   []*model.Field // fields with a table of their own
	refs    []*model.Field // all fields that refer to other records
	named   []*model.Field // those, and the codes of organisations: what has a name elsewhere
	part    *model.Part    // of a table from which not all fields are read

	// statements are made when first asked for: a sitting needs those of few kinds.
	statements func() statements
}

// statements are what a table is read and written by.
type statements struct {
	selects string // the columns of a whole record, of the table named t
	packs   string // the same as one text (scanPacked)
	into    string // a new row, but for its values
	insert  string // a new row
	update  string // a row on file, by its id
}

func newTable(k *model.Kind) *table { return newTableOf(k, nil) }

// readPart gives a table from which no more than a part of the fields is read (readMany),
// and of the columns before them id, org_id and created_at.
func readPart(p *model.Part, k *model.Kind) *table {
	t := newTableOf(k, p)
	t.statements = sync.OnceValue(func() statements {
		names := []string{"t.id", "t.org_id", "t.created_at", "''", "1", "''"}
		for _, f := range t.columns {
			names = append(names, "coalesce(t."+raw.Quote(f.Name)+", '')")
		}
		s := t.written()
		s.packs = fmt.Sprintf("concat_ws(char(%d), %s)", packed, strings.Join(names, ", "))
		return s
	})
	return t
}

func newTableOf(k *model.Kind, part *model.Part) *table {
	t := &table{kind: k, part: part}
	t.statements = sync.OnceValue(t.written)
	for _, f := range k.Fields() {
		if !part.Has(f.Name) {
			continue
		}
		if f.Target != "" {
			t.refs = append(t.refs, f)
		}
		if f.Target != "" || f.Type == model.TypeOrgCode {
			t.named = append(t.named, f)
		}
		if f.Linked() {
			t.links = append(t.links, f)
			continue
		}
		t.columns = append(t.columns, f)
	}
	return t
}

// written writes a table's statements.
func (t *table) written() (s statements) {
	names := slices.Clone(metaColumns)
	for _, f := range t.columns {
		names = append(names, f.Name)
	}
	var selects, sets, marks []string
	for i, n := range names {
		selects = append(selects, "t."+raw.Quote(n))
		marks = append(marks, fmt.Sprintf("?%d", i+1))
		if n != "id" && n != "created_at" {
			sets = append(sets, fmt.Sprintf("%s = ?%d", raw.Quote(n), i+1))
		}
	}
	s.selects = strings.Join(selects, ", ")
	s.packs = fmt.Sprintf("concat_ws(char(%d), coalesce(%s, ''))", packed, strings.Join(selects, ", ''), coalesce("))
	s.into = t.intoColumns("INSERT", t.columns)
	s.insert = s.into + " VALUES (" + strings.Join(marks, ", ") + ")"
	s.update = "UPDATE " + raw.Quote(t.kind.Name) + " SET " + strings.Join(sets, ", ") + " WHERE id = ?1"
	return s
}

// intoColumns gives the statement, up to VALUES, that writes new rows into metaColumns and
// some columns.
func (t *table) intoColumns(verb string, fields []*model.Field) string {
	columns := make([]string, 0, len(metaColumns)+len(fields))
	for _, n := range metaColumns {
		columns = append(columns, raw.Quote(n))
	}
	for _, f := range fields {
		columns = append(columns, raw.Quote(f.Name))
	}
	return verb + " INTO " + raw.Quote(t.kind.Name) + " (" + strings.Join(columns, ", ") + ")"
}

// newTables builds the tables of a catalog. A catalog that can't hold a ledger is
// a fault of the program.
func newTables(book *Book) (map[string]*table, error) {
	if o := book.Org; book.Kinds.Kind(o.Kind) == nil || !book.has(o.Code) || !book.has(o.Name) {
		return nil, fmt.Errorf("the catalog has no kind %s with %s and %s", o.Kind, o.Code, o.Name)
	}
	tables := map[string]*table{}
	taken := map[string]bool{}
	for _, s := range append(slices.Clone(ownTables), book.Tables...) {
		taken[s.Name] = true
	}
	take := func(name string) error {
		if taken[name] {
			return fmt.Errorf("two tables would be named %s", name)
		}
		taken[name] = true
		return nil
	}
	for _, k := range book.Kinds.Kinds() {
		t := newTable(k)
		tables[k.Name] = t
		if err := take(k.Name); err != nil {
			return nil, err
		}
		for _, f := range t.links {
			if err := take(raw.LinkTable(k, f)); err != nil {
				return nil, err
			}
		}
	}
	return tables, nil
}

// Table is one statement of the schema, or a table whose columns may have to
// be added one by one.
type Table struct {
	Name    string
	Columns []Column // of a table
	Tail    string   // table constraints, each with a comma in front
	Options string   // STRICT …
	Index   string   // of an index: the whole statement
	Title   string   // of a table that is no kind's, as damage names it
}

func (d Table) title() string {
	if d.Title == "" {
		return d.Name
	}
	return d.Title
}

// Column is a column of a table: its name and the rest of its definition.
type Column [2]string

func (d Table) statement() string {
	if d.Index != "" {
		return d.Index
	}
	lines := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		lines[i] = "  " + raw.Quote(c[0]) + " " + c[1]
	}
	return "CREATE TABLE " + raw.Quote(d.Name) + " (\n" + strings.Join(lines, ",\n") + d.Tail + "\n) " + d.Options
}

// schema gives all definitions for a book: the ledger's own tables and the book's, then
// kind by kind its table, its link tables and its indexes.
func schema(book *Book, tables map[string]*table) []Table {
	all := append(slices.Clone(ownTables), book.Tables...)
	for _, k := range book.Kinds.Kinds() {
		t := tables[k.Name]
		all = append(all, t.definition(book.Org.Kind))
		for _, f := range t.links {
			all = append(all, linkDefinitions(k, f)...)
		}
		all = append(all, t.indexes()...)
	}
	return all
}

// Schema gives the whole DDL of a book's ledger, a statement after another: what Create
// writes, for review. An error is a catalog that can't hold a ledger.
func Schema(book *Book) (string, error) {
	tables, err := newTables(book)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, d := range schema(book, tables) {
		b.WriteString(d.statement() + ";\n")
	}
	return b.String(), nil
}

// Titles gives what each table of a book's ledger is called, by its name.
func Titles(book *Book) map[string]string {
	all := map[string]string{}
	for _, d := range append(slices.Clone(ownTables), book.Tables...) {
		if d.Index == "" {
			all[d.Name] = d.title()
		}
	}
	for _, k := range book.Kinds.Kinds() {
		all[k.Name] = k.Title
		for _, f := range k.Fields() {
			if f.Linked() {
				all[raw.LinkTable(k, f)] = k.Title + "的" + f.Label
			}
		}
	}
	return all
}

// references is a foreign key that is looked at when the transaction ends, since
// the county replaces all rows of an organisation at once.
func references(kind string) string {
	return "REFERENCES " + raw.Quote(kind) + "(id) DEFERRABLE INITIALLY DEFERRED"
}

func (t *table) definition(orgKind string) Table {
	d := Table{Name: t.kind.Name, Options: "STRICT"}
	d.Columns = []Column{
		{"id", "TEXT NOT NULL PRIMARY KEY CHECK (id <> '')"},
		{"org_id", "TEXT NOT NULL " + references(orgKind)},
		{"created_at", "TEXT NOT NULL"},
		{"updated_at", "TEXT NOT NULL"},
		{"rev", "INTEGER NOT NULL CHECK (rev >= 1)"},
		{"deleted_at", "TEXT CHECK (deleted_at <> '')"},
	}
	for _, f := range t.columns {
		d.Columns = append(d.Columns, Column{f.Name, columnType(f)})
	}
	return d
}

// columnType gives a field's column. It is one that can be added to rows already
// there: never required, or with a default.
func columnType(f *model.Field) string {
	switch {
	case f.Type == model.TypeBool:
		return "INTEGER NOT NULL DEFAULT 0 CHECK (" + raw.Quote(f.Name) + " IN (0, 1))"
	case f.Type.Storage() == model.StoreInteger:
		return "INTEGER"
	case f.Target != "":
		return "TEXT " + references(f.Target)
	}
	return "TEXT CHECK (" + raw.Quote(f.Name) + " <> '')"
}

func linkDefinitions(k *model.Kind, f *model.Field) []Table {
	name := raw.LinkTable(k, f)
	d := Table{Name: name, Options: "STRICT, WITHOUT ROWID", Tail: ",\n  PRIMARY KEY (record_id, target_id)"}
	d.Columns = []Column{
		{"record_id", "TEXT NOT NULL " + references(k.Name)},
		{"target_id", "TEXT NOT NULL " + references(f.Target)},
	}
	if f.Type.Storage() == model.StoreMarks {
		d.Columns = append(d.Columns, Column{"state", "TEXT NOT NULL CHECK (state <> '')"})
	}
	return []Table{d, Index(name+"_target", name, "target_id", "")}
}

// Index defines an index on columns of a table; where, if not "", keeps it to some rows.
func Index(name, table, columns, where string) Table {
	text := "CREATE INDEX " + raw.Quote(name) + " ON " + raw.Quote(table) + " (" + columns + ")"
	if where != "" {
		text += " WHERE " + where
	}
	return Table{Name: name, Index: text}
}

// indexes gives a kind's indexes: its unique sets, what its refs point at, and the
// order in which its table is shown first.
func (t *table) indexes() []Table {
	k := t.kind
	var all []Table
	for _, u := range k.Unique {
		columns := []string{"org_id"}
		for _, f := range u.Fields {
			columns = append(columns, raw.Quote(f))
		}
		where := "deleted_at IS NULL"
		name := k.Name + "_unique_" + strings.Join(u.Fields, "_")
		if u.Unless != "" {
			where += " AND " + raw.Quote(u.Unless) + " IS NULL"
			name += "_unless_" + u.Unless
		}
		all = append(all, Table{Name: name, Index: "CREATE UNIQUE INDEX " + raw.Quote(name) + " ON " + raw.Quote(k.Name) +
			" (" + strings.Join(columns, ", ") + ") WHERE " + where})
	}
	all = append(all, Index(k.Name+"_org", k.Name, "org_id", ""))
	indexed := map[string]bool{}
	for _, f := range t.columns {
		if f.Target != "" {
			indexed[f.Name] = true
			all = append(all, Index(k.Name+"_by_"+f.Name, k.Name, raw.Quote(f.Name), raw.Quote(f.Name)+" IS NOT NULL"))
		}
	}
	if len(k.Sort) > 0 {
		first := strings.TrimPrefix(k.Sort[0], "-")
		if f := k.Field(first); f != nil && !f.Linked() && !indexed[first] {
			all = append(all, Index(k.Name+"_by_"+first, k.Name, raw.Quote(first)+", id", ""))
		}
	}
	return all
}
