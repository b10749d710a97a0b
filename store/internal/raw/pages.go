package raw

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"
)

// HeadSize is how many bytes of a file SQLite must read to take it for a database: its
// first page at most. Without them nothing opens it.
const HeadSize = 65536

// The places in a file's first bytes that tell whether a log stands beside it
// (sqlite.org/fileformat, 1.3.3): 1 for none.
const writeVersion, readVersion = 18, 19

// WritePages writes a database as q sees it at one moment: page by page, as a file that
// needs nothing beside it. q must be a snapshot, or the only writer.
func WritePages(ctx context.Context, q Querier, w io.Writer) (err error) {
	rows, err := q.Once(ctx, "SELECT pgno, data FROM sqlite_dbpage ORDER BY pgno")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var page sql.RawBytes
	next := int64(1)
	for rows.Next() {
		var number int64
		if err := rows.Scan(&number, &page); err != nil {
			return err
		}
		if number != next {
			return fmt.Errorf("page %d came instead of %d", number, next)
		}
		if number == 1 {
			page = slices.Clone(page)
			page[writeVersion], page[readVersion] = 1, 1
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
		next++
	}
	return rows.Err()
}

// Merge makes a database one file: its log is taken in and removed. It fails while
// anybody else has the file open.
func Merge(ctx context.Context, path string) (err error) {
	r, err := OpenReaders(path, ForMerging)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	mode, err := TextsOnce(ctx, r, "PRAGMA journal_mode = DELETE")
	if err != nil {
		return err
	}
	if len(mode) != 1 || mode[0] != "delete" {
		return fmt.Errorf("%s: the log stays, mode %q", path, mode)
	}
	return nil
}
