package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	_ "modernc.org/sqlite" // the driver

	"taizhang/model"
)

// SQLiteVersion gives the version of the SQLite library that is built in.
func SQLiteVersion(ctx context.Context) (version string, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return "", fmt.Errorf("sqlite version: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.QueryRowContext(ctx, "select sqlite_version()").Scan(&version); err != nil {
		return "", fmt.Errorf("sqlite version: %w", err)
	}
	return version, nil
}

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
