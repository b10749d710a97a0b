package storetest

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Unpack writes a packed file of an earlier program (NAME.gz) into a folder as NAME, and
// gives its path.
func Unpack(t *testing.T, packed, dir string) string {
	t.Helper()
	f, err := os.Open(packed)
	Must(t, err)
	defer func() { Must(t, f.Close()) }()
	z, err := gzip.NewReader(f)
	Must(t, err)
	data, err := io.ReadAll(z)
	Must(t, err)
	path := filepath.Join(dir, strings.TrimSuffix(filepath.Base(packed), ".gz"))
	Must(t, os.WriteFile(path, data, 0o600))
	return path
}

// Rows gives every row of a ledger's file, by table, as texts of the named columns: those
// that each table has now, where columns is nil.
func Rows(t *testing.T, path string, columns map[string][]string) (rows, names map[string][]string) {
	t.Helper()
	db := OpenRaw(t, path)
	texts := func(query string) []string {
		found, err := db.Query(query)
		Must(t, err)
		defer func() { Must(t, found.Close()) }()
		var all []string
		for found.Next() {
			var s string
			Must(t, found.Scan(&s))
			all = append(all, s)
		}
		Must(t, found.Err())
		return all
	}
	rows, names = map[string][]string{}, map[string][]string{}
	for _, table := range texts("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
		of := columns[table]
		if columns == nil {
			of = texts("SELECT name FROM pragma_table_info('" + table + "')")
		}
		if len(of) == 0 {
			continue
		}
		names[table] = of
		quoted := make([]string, len(of))
		for i, c := range of {
			quoted[i] = fmt.Sprintf(`quote("%s")`, c)
		}
		rows[table] = texts(`SELECT ` + strings.Join(quoted, " || '|' || ") + ` AS line FROM "` + table + `" ORDER BY line`)
	}
	return rows, names
}
