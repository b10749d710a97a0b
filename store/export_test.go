package store

import (
	"context"
	"io/fs"
	"strconv"
	"strings"

	"taizhang/model"
)

// SchemaSQL gives the whole DDL of a catalog, for review.
func SchemaSQL(kinds *model.Catalog) (string, error) {
	tables, err := newTables(kinds)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, d := range schema(kinds, tables) {
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
	pages, err := int1(l.writer.once(ctx, "PRAGMA page_count"))
	if err != nil {
		return err
	}
	_, err = int1(l.writer.once(ctx, "PRAGMA max_page_count = "+strconv.FormatInt(pages, 10)))
	return err
}
