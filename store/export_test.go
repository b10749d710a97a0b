package store

import (
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
