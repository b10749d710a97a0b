package sheet

import (
	"context"
	"errors"
	"io"

	"taizhang/model"
	"taizhang/store"
)

var errNotYet = errors.New("not yet")

// Read looks a file through.
func Read(ctx context.Context, l *store.Ledger, kind *model.Kind, path string, o ReadOptions) (*Plan, error) {
	return nil, errNotYet
}

// Apply writes all good rows in one transaction.
func (p *Plan) Apply(ctx context.Context, l *store.Ledger) (store.Saved, error) {
	return store.Saved{}, errNotYet
}

// WriteRejected writes the rejected rows.
func (p *Plan) WriteRejected(path string) error { return errNotYet }

// WriteXLSX writes a table to an Excel file.
func WriteXLSX(ctx context.Context, path string, t Table) error { return errNotYet }

// WriteCSV writes a table to a CSV file.
func WriteCSV(ctx context.Context, path string, t Table, bom bool) error { return errNotYet }

// CSV writes a table as CSV.
func CSV(w io.Writer, t Table, bom bool) error { return errNotYet }

// Template writes an empty sheet of a kind.
func Template(ctx context.Context, kind *model.Kind, path string) error { return errNotYet }
