//go:build unix && !386 && !arm

package breaking_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// copyFolder copies a folder as it lies there, without the shared memory of logs: as after
// a kill.
func copyFolder(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	storetest.Must(t, filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		target := to + strings.TrimPrefix(path, from)
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return os.Mkdir(target, 0o700)
		case strings.HasSuffix(path, "-shm"), strings.HasSuffix(path, ".lock"), strings.HasSuffix(path, ".holder"):
			return nil
		}
		data, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(target, data, 0o600))
	}))
	return to
}

// keptMark stands in the names of ledgers that a restore has kept.
const keptMark = "-恢复前-"

// leftovers gives the files that no finished or failed operation may leave.
func leftovers(t *testing.T, dir string) (left []string) {
	t.Helper()
	storetest.Must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		for _, pattern := range []string{".taizhang-*", "*.part*", "*.new*", "*.restoring*", "*-journal"} {
			// What a ledger kept aside needs to be read stays with it.
			if ok, _ := filepath.Match(pattern, e.Name()); ok && !strings.Contains(e.Name(), keptMark) {
				left = append(left, strings.TrimPrefix(path, dir))
			}
		}
		return err
	}))
	return left
}

// atRest opens a ledger as a new user would, looks through the whole file, lets say add
// what else is to be said of it, and closes it; then it gives every row but those of some
// tables.
func atRest(open func(string) (*store.Ledger, error), dir string, say func(*store.Ledger) (string, error), without ...string) (string, error) {
	l, err := open(dir)
	if err != nil {
		return "", fmt.Errorf("open: %w", err)
	}
	err = l.Integrity(ctx)
	said := ""
	if err == nil && say != nil {
		said, err = say(l)
	}
	if err = errors.Join(err, l.Close()); err != nil {
		return "", err
	}
	rows, err := dump(l.Path(), without...)
	return rows + said, err
}

// What differs from run to run.
var (
	someID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	someMoment = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`)
	someHash   = regexp.MustCompile(`[0-9a-f]{64}`)
)

// ownNotes are the figures that a county notes of its own organisation once bundles are in:
// no part of receiving, and noted anew by the next one.
const ownNotes = "indicator_month of the home organisation"

// dump gives every row of a ledger's file but for some tables, without ids and moments.
func dump(path string, without ...string) (_ string, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	tables, err := lines(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	if err != nil {
		return "", err
	}
	var all []string
	for _, table := range tables {
		if slices.Contains(without, table) {
			continue
		}
		columns, err := lines(db, "SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('"+table+"')")
		if err != nil {
			return "", err
		}
		from := ` FROM "` + table + `"`
		if table == "setting" { // which log is the file's is told by marks that are new each time
			from += " WHERE name <> 'log_mark' AND name <> 'log_mark_repeated'"
		}
		if table == "indicator_month" && slices.Contains(without, ownNotes) {
			from += " WHERE org_id <> (SELECT value FROM setting WHERE name = 'home')"
		}
		rows, err := lines(db, "SELECT "+strings.Join(columns, " || '|' || ")+from)
		if err != nil {
			return "", err
		}
		for _, r := range rows {
			r = someHash.ReplaceAllString(someMoment.ReplaceAllString(someID.ReplaceAllString(r, "ID"), "T"), "H")
			all = append(all, table+": "+r)
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n"), nil
}

func lines(db *sql.DB, query string) (all []string, err error) {
	rows, err := db.Query(query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// difference gives the lines in which two states differ.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	var all []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			all = append(all, "+ "+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			all = append(all, "- "+l)
		}
	}
	if len(all) > 12 {
		all = append(all[:12], "…")
	}
	return fmt.Sprintf("%d lines instead of %d\n%s", len(a), len(b), strings.Join(all, "\n"))
}
