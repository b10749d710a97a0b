package store

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"taizhang/store/internal/raw"
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

// Fill makes the disk full for a ledger: its file may not grow any more.
func (l *Ledger) Fill(ctx context.Context) error {
	pages, err := raw.Number(l.writer.Once(ctx, "PRAGMA page_count"))
	if err != nil {
		return err
	}
	_, err = raw.Number(l.writer.Once(ctx, "PRAGMA max_page_count = "+strconv.FormatInt(pages, 10)))
	return err
}
