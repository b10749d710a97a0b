package whole

import (
	"context"
	"strconv"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// most is how many findings one looking-through gives.
const most = 10

// Finding is one thing that looking through all pages found.
type Finding struct {
	Name  string // the table or index, "" where it is of none
	Index bool
	Page  int  // 0 where it is of none
	Value bool // a value that its column can't hold
}

// How SQLite's check says things (sqlite3's source, btree.c and pragma.c).
var (
	ofIndex = model.NewPattern(`(?:from index|in index|entry in index|in index) (\S+)`)
	ofValue = model.NewPattern(`(?:value in|constraint failed in|in) (\w+)(?:\.(\w+))?$`)
	ofPage  = model.NewPattern(`(?i)\bpage (\d+)`)
)

// pagesCache is how much of the indexes is kept while they are compared with their tables,
// in KB: the rows come to them in another order.
const pagesCache = 16 << 10

// Pages looks through every page, table and index of a file, and compares each index with
// its table. It takes a second for 30 MB.
func Pages(ctx context.Context, q raw.Querier) (found []Finding, err error) {
	if readers, ok := q.(*raw.Readers); ok {
		err = readers.WithCache(ctx, pagesCache, func(q raw.Querier) error {
			found, err = look(ctx, q, "integrity_check")
			return err
		})
		return found, err
	}
	return look(ctx, q, "integrity_check")
}

// Structure does what Pages does, but takes the indexes' word for what the tables hold. It
// takes a second for 200 MB.
func Structure(ctx context.Context, q raw.Querier) ([]Finding, error) {
	return look(ctx, q, "quick_check")
}

func look(ctx context.Context, q raw.Querier, by string) ([]Finding, error) {
	said, err := raw.TextsOnce(ctx, q, "PRAGMA "+by+"("+strconv.Itoa(most)+")")
	if err != nil {
		return nil, err
	}
	if len(said) == 1 && said[0] == "ok" {
		return nil, nil
	}
	all := make([]Finding, len(said))
	for i, s := range said {
		all[i] = read(s)
	}
	return all, nil
}

func read(said string) Finding {
	if m := ofIndex.FindStringSubmatch(said); m != nil {
		return Finding{Name: m[1], Index: true}
	}
	if m := ofPage.FindStringSubmatch(said); m != nil {
		n, err := strconv.Atoi(m[1])
		if err == nil {
			return Finding{Page: n}
		}
	}
	if m := ofValue.FindStringSubmatch(said); m != nil {
		return Finding{Name: m[1], Value: true}
	}
	return Finding{}
}

// Reference is a row that refers to one that is not there.
type Reference struct {
	Table, Column, Target string
	Row                   int64 // its rowid; 0 in a table without
}

// References looks for the rows whose target is not there.
func References(ctx context.Context, q raw.Querier) (all []Reference, err error) {
	rows, err := q.Once(ctx, `SELECT c."table", coalesce(c.rowid, 0), c.parent, f."from"
		FROM pragma_foreign_key_check c JOIN pragma_foreign_key_list(c."table") f ON f.id = c.fkid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r Reference
		if err := rows.Scan(&r.Table, &r.Row, &r.Target, &r.Column); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
