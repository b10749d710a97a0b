package whole

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"taizhang/store/internal/raw"
)

// Object is a table or an index as the file holds it.
type Object struct {
	Table     bool
	Statement string // that made it, with single blanks
	Wrong     bool   // its first page is not one of its sort
}

// Objects are the tables and indexes of a file by name, those that SQLite makes by
// itself left out but for their pages.
type Objects map[string]Object

// The kinds of a page: its first byte (sqlite.org/fileformat, 1.6).
const (
	interiorIndex, interiorTable byte = 2, 5
	leafIndex, leafTable         byte = 10, 13
)

// Read reads what a file holds, and of each table and index the first page. An error is one
// of SQLite's, as for a page that is beyond the end.
func Read(ctx context.Context, q raw.Querier) (all Objects, err error) {
	rows, err := q.Once(ctx, `SELECT s.type, s.name, coalesce(s.sql, ''), substr(p.data, 1, 8)
		FROM sqlite_schema s LEFT JOIN sqlite_dbpage p ON p.pgno = s.rootpage WHERE s.type IN ('table', 'index')`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all = Objects{}
	for rows.Next() {
		var kind, name, statement string
		var page []byte
		if err := rows.Scan(&kind, &name, &statement, &page); err != nil {
			return nil, err
		}
		o := Object{Table: kind == "table", Statement: plain(statement)}
		keyed := !o.Table || strings.Contains(o.Statement, "WITHOUT ROWID")
		o.Wrong = len(page) < 8 || !rightKind(page[0], keyed)
		if o.Statement == "" && !o.Wrong {
			continue
		}
		all[name] = o
	}
	return all, rows.Err()
}

func rightKind(b byte, keyed bool) bool {
	if keyed {
		return b == interiorIndex || b == leafIndex
	}
	return b == interiorTable || b == leafTable
}

// Says tells whether a part of the statement is written so, but for its blanks.
func (o Object) Says(part string) bool {
	return strings.Contains(o.Statement, part) || strings.Contains(o.Statement, plain(part))
}

// Is tells whether the whole statement is written so, but for its blanks.
func (o Object) Is(statement string) bool { return o.Statement == plain(statement) }

// plain writes a statement with single blanks, as another program may have copied it.
func plain(statement string) string {
	return strings.Replace(strings.Join(strings.Fields(statement), " "), " IF NOT EXISTS ", " ", 1)
}

// Digest is what a ledger keeps of its own schema.
type Digest struct {
	Version int               `json:"version"` // PRAGMA user_version
	Objects map[string]string `json:"objects"` // by name: 16 hex digits of the SHA-256 of its statement
}

// ParseDigest reads a digest as Text wrote it; nil where there is none, or one that can't be
// read.
func ParseDigest(text string) *Digest {
	var d Digest
	if json.Unmarshal([]byte(text), &d) != nil || len(d.Objects) == 0 {
		return nil
	}
	return &d
}

// Text writes the digest as one line of JSON, the same for the same schema.
func (d Digest) Text() string {
	text, err := json.Marshal(d)
	if err != nil {
		panic("whole: a digest doesn't marshal: " + err.Error())
	}
	return string(text)
}

// Note gives the digest of the tables and indexes that a program knows, and of those that
// a newer one has noted before.
func (o Objects) Note(version int, known map[string]bool, before *Digest) Digest {
	d := Digest{version, map[string]string{}}
	for name, object := range o {
		noted := before != nil && before.Objects[name] != ""
		if known[name] || noted {
			d.Objects[name] = object.digest()
		}
	}
	return d
}

func (o Object) digest() string {
	sum := sha256.Sum256([]byte(o.Statement))
	return hex.EncodeToString(sum[:8])
}

// Changes gives the names of what the digest holds and the file lacks, and of the tables
// that the file holds otherwise. An index that is another one is built anew.
func (d Digest) Changes(o Objects) (lost, changed []string) {
	for _, name := range slices.Sorted(maps.Keys(d.Objects)) {
		object, ok := o[name]
		switch {
		case !ok:
			lost = append(lost, name)
		case object.Table && object.digest() != d.Objects[name]:
			changed = append(changed, name)
		}
	}
	return lost, changed
}

// WrongPages gives the names of the tables and indexes whose first page is broken.
func (o Objects) WrongPages() []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if o[name].Wrong {
			all = append(all, name)
		}
	}
	return all
}

// Columns gives the columns of a table of the file.
func Columns(ctx context.Context, q raw.Querier, table string) (map[string]bool, error) {
	names, err := raw.TextsOnce(ctx, q, "SELECT name FROM pragma_table_xinfo(?)", table)
	if err != nil {
		return nil, fmt.Errorf("columns of %s: %w", table, err)
	}
	all := map[string]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all, nil
}
