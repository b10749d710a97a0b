package store

import (
	"context"

	"taizhang/store/bundle"
)

// Profile gives the county's profile, or nil when none has been taken in.
func (l *Ledger) Profile(ctx context.Context) (*bundle.Profile, error) { return nil, errNotYet }

// SetProfile takes in a county profile (county.json).
func (l *Ledger) SetProfile(ctx context.Context, data []byte) error { return errNotYet }
