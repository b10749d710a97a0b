package whole

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

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
func Read(ctx context.Context, q raw.Querier) (Objects, error) {
	rows, err := q.Once(ctx, `SELECT s.type, s.name, coalesce(s.sql, ''), 0, substr(p.data, 1, 8)
		FROM sqlite_schema s LEFT JOIN sqlite_dbpage p ON p.pgno = s.rootpage WHERE s.type IN ('table', 'index')`)
	if err != nil {
		return nil, err
	}
	return objects(rows, nil)
}

// ReadAlone is Read for a file beside which no log lies: its first pages are looked at
// where they stand, so that SQLite need not take them all in.
func ReadAlone(ctx context.Context, q raw.Querier, file io.ReaderAt) (Objects, error) {
	rows, err := q.Once(ctx, "SELECT type, name, coalesce(sql, ''), rootpage, NULL FROM sqlite_schema WHERE type IN ('table', 'index')")
	if err != nil {
		return nil, err
	}
	return objects(rows, file)
}

// objects reads rows of sqlite_schema: with the beginning of the first page, or that page's
// number in the file.
func objects(rows *sql.Rows, file io.ReaderAt) (all Objects, err error) {
	defer rows.Close()
	var size int64
	if file != nil {
		if size, err = pageSize(file); err != nil {
			return nil, err
		}
	}
	all = Objects{}
	var kind, name, statement string
	var number int64
	var page sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&kind, &name, &statement, &number, &page); err != nil {
			return nil, err
		}
		begin := [1]byte{}
		there := len(page) >= 8
		if file != nil {
			if there = number > 1; there { // none begins on the first page, which has the header
				_, err := file.ReadAt(begin[:], (number-1)*size)
				there = err == nil
			}
		} else if there {
			begin[0] = page[0]
		}
		o := Object{Table: kind == "table", Statement: plain(statement)}
		keyed := !o.Table || strings.Contains(o.Statement, "WITHOUT ROWID")
		o.Wrong = !there || !rightKind(begin[0], keyed)
		if o.Statement == "" && !o.Wrong {
			continue
		}
		all[name] = o
	}
	return all, rows.Err()
}

// pageSize gives the size of a file's pages, in bytes (sqlite.org/fileformat, 1.3.2).
func pageSize(file io.ReaderAt) (int64, error) {
	var b [2]byte
	if _, err := file.ReadAt(b[:], 16); err != nil {
		return 0, err
	}
	if size := int64(binary.BigEndian.Uint16(b[:])); size != 1 {
		return size, nil
	}
	return 1 << 16, nil
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
	b := make([]byte, 0, len(statement))
	gap := false
	for i := range len(statement) {
		switch c := statement[i]; {
		case c >= utf8.RuneSelf: // there may be blanks of other scripts
			return singleBlanks(statement)
		case c == ' ' || c >= '\t' && c <= '\r':
			gap = true
			continue
		}
		if gap && len(b) > 0 {
			b = append(b, ' ')
		}
		gap = false
		b = append(b, statement[i])
	}
	return strings.Replace(string(b), " IF NOT EXISTS ", " ", 1)
}

func singleBlanks(statement string) string {
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

// Equal tells whether another digest is of the same schema.
func (d Digest) Equal(other *Digest) bool {
	return d.Version == other.Version && maps.Equal(d.Objects, other.Objects)
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
