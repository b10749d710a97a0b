package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"modernc.org/sqlite"
	_ "modernc.org/sqlite" // the driver
	lib "modernc.org/sqlite/lib"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

//go:embed migrations
var embedded embed.FS

// migrationFiles and schemaVersion are replaced by the test of migrations.
var (
	migrationFiles fs.FS = embedded
	schemaVersion        = currentSchema
)

// pending is what a ledger lacks of the schema that the program declares.
type pending struct {
	version    int         // the ledger's own
	tables     []Table     // to create
	columns    []string    // statements that add one
	indexes    []Table     // to create
	outdated   []string    // indexes to build anew
	migrations []migration // numbered files to run
}

type migration struct {
	version int
	name    string
	text    string
}

func (p pending) none() bool {
	return p.version == schemaVersion && len(p.tables)+len(p.columns)+len(p.indexes)+len(p.migrations) == 0
}

// compare finds what a ledger lacks.
func compare(ctx context.Context, q raw.Querier, defs []Table) (pending, error) {
	var p pending
	version, err := raw.NumberOnce(ctx, q, "PRAGMA user_version")
	if err != nil {
		return p, err
	}
	p.version = int(version)
	columns, indexes, err := present(ctx, q)
	if err != nil {
		return p, err
	}
	for _, d := range defs {
		switch {
		case d.Index != "" && indexes[d.Name] == "":
			p.indexes = append(p.indexes, d)
		case d.Index != "" && indexes[d.Name] != d.Index:
			p.outdated = append(p.outdated, d.Name)
			p.indexes = append(p.indexes, d)
		case d.Index == "" && columns[d.Name] == nil:
			p.tables = append(p.tables, d)
		case d.Index == "":
			for _, c := range d.Columns {
				if !columns[d.Name][c[0]] {
					p.columns = append(p.columns, "ALTER TABLE "+raw.Quote(d.Name)+" ADD COLUMN "+raw.Quote(c[0])+" "+c[1])
				}
			}
		}
	}
	p.migrations, err = migrationsAfter(p.version)
	return p, err
}

// present lists the columns of each table and the statement of each index.
func present(ctx context.Context, q raw.Querier) (columns map[string]map[string]bool, indexes map[string]string, err error) {
	rows, err := q.Once(ctx, `SELECT m.type, m.name, coalesce(m.sql, ''), coalesce(x.name, '')
		FROM sqlite_master m LEFT JOIN pragma_table_xinfo(m.name) x ON m.type = 'table' WHERE m.type IN ('table', 'index')`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	columns, indexes = map[string]map[string]bool{}, map[string]string{}
	for rows.Next() {
		var kind, name, text, column string
		if err := rows.Scan(&kind, &name, &text, &column); err != nil {
			return nil, nil, err
		}
		if kind == "index" {
			indexes[name] = text
			continue
		}
		if columns[name] == nil {
			columns[name] = map[string]bool{}
		}
		columns[name][column] = true
	}
	return columns, indexes, rows.Err()
}

// migrationsAfter reads the numbered files that a ledger of that version lacks, in
// their order. A new ledger (version 0) needs none.
func migrationsAfter(version int) ([]migration, error) {
	if version == 0 {
		return nil, nil
	}
	entries, err := fs.ReadDir(migrationFiles, "migrations")
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	var all []migration
	for _, e := range entries { // ReadDir sorts by name
		if path.Ext(e.Name()) != ".sql" {
			continue
		}
		number, _, _ := strings.Cut(e.Name(), "_")
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("migration %s has no number: %w", e.Name(), err)
		}
		if n <= version || n > schemaVersion {
			continue
		}
		text, err := fs.ReadFile(migrationFiles, "migrations/"+e.Name())
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", e.Name(), err)
		}
		all = append(all, migration{n, e.Name(), string(text)})
	}
	return all, nil
}

// migrate brings a ledger to the program's schema, all in one transaction. A ledger of
// an older version is copied first: the program that wrote it can't open it afterwards,
// and a village may have to go back to that program.
func migrate(ctx context.Context, w *raw.Writer, file string, defs []Table) error {
	p, err := compare(ctx, w, defs)
	if err != nil {
		return err
	}
	if p.none() {
		return noteLater(ctx, w, defs)
	}
	if p.version > 0 && p.version < schemaVersion {
		if err := backupBefore(ctx, w, file, p.version); err != nil {
			return err
		}
	}
	err = w.Transact(ctx, func(ctx context.Context) error {
		if err := apply(ctx, w, p); err != nil {
			return err
		}
		return noteSchema(ctx, w, defs)
	})
	if err != nil {
		return err
	}
	// The file's own header tells its version; without this it would still stand
	// in the log after a power cut.
	w.Fold(ctx)
	return nil
}

// noteLater gives a ledger whose schema is as it should be the digest of it that an earlier
// program did not write.
func noteLater(ctx context.Context, w *raw.Writer, defs []Table) error {
	_, text, err := digestNow(ctx, w, defs)
	if err != nil || text == "" {
		return err
	}
	return w.Transact(ctx, func(ctx context.Context) error { return noteSchema(ctx, w, defs) })
}

func apply(ctx context.Context, w *raw.Writer, p pending) error {
	run := func(text string) error {
		if _, err := w.Conn.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%w in %s", err, text)
		}
		return nil
	}
	for _, d := range p.tables {
		if err := run(d.statement()); err != nil {
			return err
		}
	}
	for _, text := range p.columns {
		if err := run(text); err != nil {
			return err
		}
	}
	for _, name := range p.outdated {
		if err := run("DROP INDEX " + raw.Quote(name)); err != nil {
			return err
		}
	}
	for _, m := range p.migrations {
		if err := run(m.text); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	for _, d := range p.indexes {
		// Rows that break a new unique set must not lock a village out of its
		// ledger: the rule names them, and the index comes once they are right.
		if err := run(d.statement()); err != nil && !uniqueBroken(err) {
			return err
		}
	}
	if err := run(fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	return run(fmt.Sprintf("PRAGMA user_version = %d", schemaVersion))
}

func uniqueBroken(err error) bool {
	var fault *sqlite.Error
	return errors.As(err, &fault) && fault.Code()&0xff == lib.SQLITE_CONSTRAINT
}

// backupBefore keeps a copy of a ledger of an older schema, NAME.vN.db beside it;
// one that is there already is from an attempt that failed, and stays.
func backupBefore(ctx context.Context, w *raw.Writer, file string, version int) error {
	to := fmt.Sprintf("%s.v%d.db", strings.TrimSuffix(file, ".db"), version)
	if _, err := os.Stat(to); err == nil {
		return nil
	}
	return copyInto(ctx, w, to)
}

// SQLiteVersion gives the version of the SQLite library that is built in.
func SQLiteVersion() string { return lib.SQLITE_VERSION }

// VersionChanges tells what RestoreVersion would change: of each field that would be
// another, Old is what stands now and New what would. None means that the record stands
// as it did then. *model.Error: as RestoreVersion's.
func (l *Ledger) VersionChanges(ctx context.Context, kind, id string, rev int64) ([]FieldChange, error) {
	now, then, err := l.versionAt(ctx, kind, id, rev)
	if err != nil {
		return nil, err
	}
	if err := l.labeler(l.readers).name(ctx, then); err != nil {
		return nil, l.explain(err)
	}
	var all []FieldChange
	for _, f := range now.Kind.Fields() {
		was, is := f.Type.CSV(f, now.Get(f.Name)), f.Type.CSV(f, then.Get(f.Name))
		if was != is {
			all = append(all, FieldChange{Field: f.Name, Label: f.Label, Old: shownText(now, f), New: shownText(then, f), StoredOld: was, StoredNew: is})
		}
	}
	return all, nil
}

// shownText is a field's text, "" where it is empty.
func shownText(r *model.Record, f *model.Field) string {
	if !r.Filled(f.Name) {
		return ""
	}
	return r.Text(f.Name)
}

// RestoreVersion brings a record back to what it was at a rev, as a change of its
// own that rules may refuse like any other. *model.Error: E-MISSING (no such record
// or rev), E-DELETED (in the recycle bin: restore it first).
func (l *Ledger) RestoreVersion(ctx context.Context, kind, id string, rev int64) (*model.Record, error) {
	_, then, err := l.versionAt(ctx, kind, id, rev)
	if err != nil {
		return nil, err
	}
	s, err := l.Save(ctx, model.FromForm, then)
	if err != nil {
		return nil, err
	}
	return s.Records[0], nil
}

// versionAt gives a record as it stands, and as it was at a rev.
func (l *Ledger) versionAt(ctx context.Context, kind, id string, rev int64) (now, then *model.Record, err error) {
	if now, err = l.Get(ctx, kind, id); err != nil {
		return nil, nil, err
	}
	all, err := entries(ctx, l.readers, "kind = ? AND id = ? AND rev >= ?", kind, id, rev)
	if err != nil {
		return nil, nil, l.explain(err)
	}
	if len(all) == 0 || all[0].rev != rev {
		return nil, nil, model.Errorf("E-MISSING", "这条%s没有第 %d 次修改的记载,请从列出的修改里选", now.Kind.Title, rev)
	}
	then = now.Clone()
	for _, e := range slices.Backward(all[1:]) {
		if err := e.takeBack(then); err != nil {
			return nil, nil, err
		}
	}
	return now, then, nil
}
