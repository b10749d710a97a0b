package store

import (
	"io/fs"
	"strings"

	"taizhang/model"
)

// SchemaSQL gives the whole DDL of a catalog, for review.
func SchemaSQL(book *Book) (string, error) {
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

// Pretend gives the program another schema version and other migrations until
// restore is called.
func Pretend(version int, files fs.FS) (restore func()) {
	oldVersion, oldFiles := schemaVersion, migrationFiles
	schemaVersion, migrationFiles = version, files
	return func() { schemaVersion, migrationFiles = oldVersion, oldFiles }
}

// EachOf turns over the pages that page gives, as Each does those of a ledger.
func EachOf(q Query, page func(Query) (Page, error), fn func(*model.Record) error) error {
	return each(q, page, fn)
}
