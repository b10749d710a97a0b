package main

import (
	"database/sql"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// stored is a row of a ledger as SQLite itself reads it: what stands in it, and on which
// pages of the file.
type stored struct {
	content string
	pages   []int
}

// truth is what a ledger holds, by table and key: an independent reading, by SQLite alone.
type truth map[string]map[string]stored

// made are tables that hold what is made of others; notLedgers are settings that speak of the
// file itself.
var (
	made       = map[string]bool{"search": true, "received_rows": true, "tally": true}
	notLedgers = map[string]bool{"log_mark": true, "schema_digest": true, "search_form": true, "looked_through": true}
)

// readTruth reads every row of a ledger that is whole, and with places on which pages each
// stands: SQLite tells of every page of a tree how many rows it holds, in their order.
func readTruth(t *testing.T, path string, places bool) truth {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	all := truth{}
	for _, name := range asked(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
		if made[name] {
			continue
		}
		keys, contents := tableRows(t, db, name)
		all[name] = map[string]stored{}
		var pages [][]int
		if places {
			if pages = rowPages(t, db, name); len(pages) != len(keys) {
				t.Fatalf("%s has %d rows, on its pages are %d", name, len(keys), len(pages))
			}
		}
		for i, key := range keys {
			s := stored{content: contents[i]}
			if places {
				s.pages = pages[i]
			}
			if name != "setting" || !notLedgers[strings.Trim(key, "' ")] {
				all[name][key] = s
			}
		}
	}
	return all
}

func asked(t *testing.T, db *sql.DB, query string, args ...any) (all []string) {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// tableRows gives the rows of a table in the order of its tree, by their keys.
func tableRows(t *testing.T, db *sql.DB, name string) (keys, contents []string) {
	t.Helper()
	keyed := asked(t, db, "SELECT wr FROM pragma_table_list WHERE name = ?", name)[0] == "1"
	columns := asked(t, db, "SELECT name FROM pragma_table_info(?) ORDER BY name", name)
	key := asked(t, db, "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", name)
	if len(key) == 0 {
		key = []string{"rowid"}
	}
	quoted := func(all []string) string {
		var parts []string
		for _, c := range all {
			parts = append(parts, `quote("`+c+`")`)
		}
		return strings.Join(parts, " || ' ' || ")
	}
	order := "rowid"
	if keyed {
		order = `"` + strings.Join(key, `", "`) + `"`
	}
	flat := asked(t, db, "SELECT "+quoted(key)+" || char(10) || "+quoted(columns)+` FROM "`+name+`" ORDER BY `+order)
	for _, text := range flat {
		k, content, _ := strings.Cut(text, "\n")
		keys, contents = append(keys, k), append(contents, content)
	}
	return keys, contents
}

// rowPages gives, row by row in the order of the tree, the pages that a row stands on.
func rowPages(t *testing.T, db *sql.DB, name string) (all [][]int) {
	t.Helper()
	type page struct {
		number, cells int
		leaf          bool
	}
	tree := map[string]page{}
	far := map[string][]int{}
	for _, text := range asked(t, db, "SELECT path || ' ' || pageno || ' ' || ncell || ' ' || pagetype FROM dbstat WHERE name = ? ORDER BY path", name) {
		var path, kind string
		var p page
		if _, err := fmt.Sscan(text, &path, &p.number, &p.cells, &kind); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if cell, _, ok := strings.Cut(path, "+"); ok {
			far[cell] = append(far[cell], p.number)
			continue
		}
		p.leaf = kind == "leaf"
		tree[path] = p
	}
	keyed := asked(t, db, "SELECT wr FROM pragma_table_list WHERE name = ?", name)[0] == "1"
	var walk func(path string)
	walk = func(path string) {
		p := tree[path]
		at := func(cell int) []int {
			return append([]int{p.number}, far[fmt.Sprintf("%s%03x", path, cell)]...)
		}
		for cell := range p.cells {
			if !p.leaf {
				walk(fmt.Sprintf("%s%03x/", path, cell))
			}
			if p.leaf || keyed {
				all = append(all, at(cell))
			}
		}
		if !p.leaf {
			walk(fmt.Sprintf("%s%03x/", path, p.cells))
		}
	}
	walk("/")
	return all
}

// spoilt gives the pages of a file that are not any more what they were.
func spoilt(t *testing.T, before, path string) map[int]bool {
	t.Helper()
	a, err := os.ReadFile(before)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[int]bool{}
	for n := range (len(a) + pageSize - 1) / pageSize {
		from, to := n*pageSize, min((n+1)*pageSize, len(a))
		if to > len(b) || string(a[from:to]) != string(b[from:to]) {
			pages[n+1] = true
		}
	}
	return pages
}

// touched gives the rows of which a part stands on a spoilt page.
func (all truth) touched(pages map[int]bool) truth {
	hit := truth{}
	for name, rows := range all {
		hit[name] = map[string]stored{}
		for key, row := range rows {
			if slices.ContainsFunc(row.pages, func(p int) bool { return pages[p] }) {
				hit[name][key] = row
			}
		}
	}
	return hit
}

// otherwise gives the rows that another reading lacks or has otherwise.
func (all truth) otherwise(now truth) truth {
	hit := truth{}
	for name, rows := range all {
		hit[name] = map[string]stored{}
		for key, row := range rows {
			if now[name][key].content != row.content {
				hit[name][key] = row
			}
		}
	}
	return hit
}

func (all truth) count() (n int) {
	for _, rows := range all {
		n += len(rows)
	}
	return n
}

// each gives tables and keys in order.
func (all truth) each(fn func(table, key string)) {
	for _, table := range slices.Sorted(maps.Keys(all)) {
		for _, key := range slices.Sorted(maps.Keys(all[table])) {
			fn(table, key)
		}
	}
}

// mayNumber asks the file a question that may have no answer: 0.
func mayNumber(t *testing.T, path, query string) int {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	n := 0
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}
