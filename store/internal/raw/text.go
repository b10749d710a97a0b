package raw

import (
	"database/sql"
	"encoding/json"
	"errors"
)

// Quote makes an identifier of a name; names come from the program's own
// declarations.
func Quote(name string) string { return `"` + name + `"` }

// List gives texts as a JSON array, for json_each: one parameter for any number.
func List[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic("store: a list of texts and numbers doesn't marshal: " + err.Error())
	}
	return string(b)
}

// Each calls fn with every row, and closes the rows.
func Each(rows *sql.Rows, fn func(scan func(...any) error) error) (err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
