package store

import (
	"context"
	"io/fs"

	"taizhang/model"
)

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

// ReadBothWays reads all records of a kind at once and column by column.
func (l *Ledger) ReadBothWays(ctx context.Context, kind string) (many, plain []*model.Record, err error) {
	t := l.tables[kind]
	if many, err = t.readMany(ctx, l.readers, "1", ""); err == nil {
		plain, err = t.read(ctx, l.readers, "1")
	}
	return many, plain, err
}

// ReadLinksBothWays reads all links of a field at once and row by row.
func (l *Ledger) ReadLinksBothWays(ctx context.Context, kind, field string) (many, plain map[string]model.Value, whole bool, err error) {
	k := l.tables[kind].kind
	if many, whole, err = readPackedLinks(ctx, l.readers, k, k.Field(field), "1"); err == nil {
		plain, err = readPlainLinks(ctx, l.readers, k, k.Field(field), "1")
	}
	return many, plain, whole, err
}
