package store

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store/bundle"
)

// Standard is the record book of the thirty-six kinds, of villages and counties alike.
var Standard = BookOf(model.Kinds)

// BookOf gives the standard book with other kinds, as tests have them. Among them are
// the organisations.
func BookOf(kinds *model.Catalog) *Book {
	return &Book{
		Kinds: kinds,
		Packs: model.DefaultPacks(),
		Org: Organisations{Kind: "organization", Code: "code", Name: "name", Short: "short_name", Class: "kind", Domain: "domain",
			Township: "township", County: "county", Phone: "phone", Home: map[string]string{"rated": "是"}},
		Tables:  tables,
		Param:   model.CheckGoal,
		Begin:   Begin,
		Written: Forget,
		Lookup:  Closing,
		Office:  IsCounty,
	}
}

// BookOpen opens a ledger, as Open does.
func BookOpen(ctx context.Context, path string, o Options) (*Ledger, error) {
	return Open(ctx, path, with(o))
}

// BookCreate makes a new ledger, as Create does.
func BookCreate(ctx context.Context, path string, home Home, o Options) (*Ledger, error) {
	return Create(ctx, path, home, with(o))
}

// BookCreateWith makes a new ledger with the county's profile, as CreateWith does.
func BookCreateWith(ctx context.Context, path string, home Home, profile []byte, o Options) (*Ledger, error) {
	return CreateWith(ctx, path, home, profile, with(o))
}

// BookRestore puts a copy of a backup in a ledger's place, as Restore does.
func BookRestore(ctx context.Context, backup, path string, o Options) (kept string, err error) {
	return Restore(ctx, backup, path, with(o))
}

func with(o Options) Options {
	if o.Book == nil {
		o.Book = Standard
	}
	return o
}

// BookLimits gives the limits of the rules as a county's profile sets them. *model.Error
// E-PARAM.
func BookLimits(p *bundle.Profile) (*model.Packs, error) {
	params, err := json.Marshal(p.Parameters)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	return Standard.Limits(string(params))
}
