package store

import (
	"context"
	"errors"

	"taizhang/model"
)

var errNotYet = errors.New("not yet")

// DefaultPath gives the usual place of the ledger.
func DefaultPath() (string, error) { return "", errNotYet }

// Create makes a new ledger.
func Create(ctx context.Context, path string, home Home, o Options) (*Ledger, error) {
	return nil, errNotYet
}

// Open opens a ledger.
func Open(ctx context.Context, path string, o Options) (*Ledger, error) { return nil, errNotYet }

// Close closes it.
func (l *Ledger) Close() error { return errNotYet }

// Path gives the file's path.
func (l *Ledger) Path() string { return "" }

// Kinds gives the catalog.
func (l *Ledger) Kinds() *model.Catalog { return nil }

// Source gives the clock and randomness.
func (l *Ledger) Source() *model.Source { return nil }

// ReadOnly reports whether nothing may be written.
func (l *Ledger) ReadOnly() bool { return false }

// Home gives the home organisation.
func (l *Ledger) Home() *model.Record { return nil }

// Env gives what rules may know.
func (l *Ledger) Env(ctx context.Context) *model.Env { return nil }

// Page gives a page of records.
func (l *Ledger) Page(ctx context.Context, q Query) (Page, error) { return Page{}, errNotYet }

// Each calls fn with every record in order.
func (l *Ledger) Each(ctx context.Context, q Query, fn func(*model.Record) error) error {
	return errNotYet
}

// Count counts records.
func (l *Ledger) Count(ctx context.Context, q Query) (int, error) { return 0, errNotYet }

// Get gives one record.
func (l *Ledger) Get(ctx context.Context, kind, id string) (*model.Record, error) {
	return nil, errNotYet
}

// Labels gives the labels of records.
func (l *Ledger) Labels(ctx context.Context, kind string, ids []string) (map[string]string, error) {
	return nil, errNotYet
}

// Suggest gives values used before.
func (l *Ledger) Suggest(ctx context.Context, kind, field, typed string, limit int) ([]string, error) {
	return nil, errNotYet
}

// Units gives organisations for org_code.
func (l *Ledger) Units(ctx context.Context, find string, limit int) ([]Unit, error) {
	return nil, errNotYet
}

// New gives a new record.
func (l *Ledger) New(ctx context.Context, kind string) (*model.Record, error) { return nil, errNotYet }

// Check examines a record.
func (l *Ledger) Check(ctx context.Context, rec *model.Record) ([]model.Finding, error) {
	return nil, errNotYet
}

// Save saves records.
func (l *Ledger) Save(ctx context.Context, how model.Origin, recs ...*model.Record) (Saved, error) {
	return Saved{}, errNotYet
}

// Referring tells what refers to a record.
func (l *Ledger) Referring(ctx context.Context, kind, id string) ([]Reference, error) {
	return nil, errNotYet
}

// Delete moves records to the recycle bin.
func (l *Ledger) Delete(ctx context.Context, kind string, ids ...string) error { return errNotYet }

// Restore takes records out of the recycle bin.
func (l *Ledger) Restore(ctx context.Context, kind string, ids ...string) error { return errNotYet }

// Undo takes the last change back.
func (l *Ledger) Undo(ctx context.Context) (what string, err error) { return "", errNotYet }

// History gives a record's past.
func (l *Ledger) History(ctx context.Context, kind, id string) ([]Event, error) {
	return nil, errNotYet
}

// RestoreVersion restores a version.
func (l *Ledger) RestoreVersion(ctx context.Context, kind, id string, rev int64) (*model.Record, error) {
	return nil, errNotYet
}

// SaveDraft saves a draft.
func (l *Ledger) SaveDraft(ctx context.Context, d *Draft) error { return errNotYet }

// Drafts gives the drafts.
func (l *Ledger) Drafts(ctx context.Context) ([]Draft, error) { return nil, errNotYet }

// DropDraft drops a draft.
func (l *Ledger) DropDraft(ctx context.Context, id string) error { return errNotYet }

// Setting gives a setting.
func (l *Ledger) Setting(ctx context.Context, name string) (string, error) { return "", errNotYet }

// SetSetting sets a setting.
func (l *Ledger) SetSetting(ctx context.Context, name, value string) error { return errNotYet }

// SentBundles gives the bundles sent.
func (l *Ledger) SentBundles(ctx context.Context) ([]Sent, error) { return nil, errNotYet }

// CheckAll checks everything.
func (l *Ledger) CheckAll(ctx context.Context, fn func(Problem) error) error { return errNotYet }

// Integrity checks the file.
func (l *Ledger) Integrity(ctx context.Context) error { return errNotYet }

// Backup writes a consistent copy.
func (l *Ledger) Backup(ctx context.Context, path string) error { return errNotYet }
