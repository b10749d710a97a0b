package store

import (
	"context"

	"taizhang/model"
)

// ExportOptions say which bundle to make.
type ExportOptions struct {
	Month       model.Month // "": the month by the clock
	Dir         string      // the folder to write to
	Plain       bool        // without the age layer; needs no profile
	AllowErrors bool        // send open errors along, listed
	// Progress is called as the work goes on; all may be 0 at first.
	Progress func(done, all int)
}

// Export makes the month's bundle.
func (l *Ledger) Export(ctx context.Context, o ExportOptions) (Sent, error) {
	return Sent{}, errNotYet
}
