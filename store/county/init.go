// Package county is the county's side: its ledger, its keys, and the bundles that
// come in.
package county

import (
	"context"
	"errors"

	"taizhang/model"
)

// InitOptions say what county to make.
type InitOptions struct {
	Code, Name string
	Dir        string
	Passphrase string // "" leaves the key file open
	Township   string
	County     string
	Source     *model.Source  // nil: the system's clock and randomness
	Kinds      *model.Catalog // nil: model.Kinds
}

// Result names the files that Init made.
type Result struct{ DB, Key, Profile string }

// Init makes the county's folder.
func Init(ctx context.Context, o InitOptions) (Result, error) {
	return Result{}, errors.New("not yet")
}
