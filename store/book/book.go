// Package book is the record book that villages and counties keep: the kinds of party with
// their limits, the tables beside them, and what happens beside a write. It opens ledgers.
package book

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/clear"
	"taizhang/store/count"
	"taizhang/store/send"
)

// Standard is the record book of the thirty-six kinds, of villages and counties alike.
var Standard = Of(party.Kinds)

// Of gives the standard book with other kinds, as tests have them, the organisations
// among them; nil for the usual ones.
func Of(kinds *model.Catalog) *store.Book {
	if kinds == nil {
		kinds = party.Kinds
	}
	return &store.Book{
		Kinds: kinds,
		Packs: packs.Default(),
		Org: store.Organisations{Kind: "organization", Code: "code", Name: "name", Short: "short_name", Class: "kind", Domain: "domain",
			Township: "township", County: "county", Phone: "phone", Home: map[string]string{"rated": "是"}},
		Tables:   tables,
		Since:    since,
		Param:    param,
		Begin:    send.Begin,
		Opened:   opened,
		Written:  count.Forget,
		Lookup:   count.Closing,
		Office:   send.IsCounty,
		Settings: send.CheckSettings,
	}
}

// opened ends a clearing (清除个人信息) that was killed on the way.
func opened(ctx context.Context, l *store.Ledger) error {
	if _, err := clear.Tidy(ctx, l); err != nil {
		return fmt.Errorf("上次清除个人信息以后,文件里的空处还没有清干净,下次打开再清:%w", err)
	}
	return nil
}

// param judges a parameter of the county's that is no limit of a pack: a goal of the
// summary's figures, or one that an earlier program knew and that means nothing now.
func param(name, value string) (known bool, err error) {
	if packs.Retired(name) {
		return true, nil
	}
	return count.CheckGoal(name, value)
}

// Open opens a ledger as store.Open does, of the standard book unless o names another.
// Errors as there.
func Open(ctx context.Context, path string, o store.Options) (*store.Ledger, error) {
	return store.Open(ctx, path, with(o))
}

// Create makes a new ledger as store.Create does, of the standard book unless o names
// another. Errors as there.
func Create(ctx context.Context, path string, home store.Home, o store.Options) (*store.Ledger, error) {
	return store.Create(ctx, path, home, with(o))
}

// CreateWith makes a new ledger with the county's profile as send.Create does, of the
// standard book unless o names another. Errors as there.
func CreateWith(ctx context.Context, path string, home store.Home, profile []byte, o store.Options) (*store.Ledger, error) {
	return send.Create(ctx, path, home, profile, with(o))
}

// Restore puts a copy of a backup in a ledger's place as store.Restore does, of the
// standard book unless o names another. Errors as there.
func Restore(ctx context.Context, backup, path string, o store.Options) (kept string, err error) {
	return store.Restore(ctx, backup, path, with(o))
}

func with(o store.Options) store.Options {
	if o.Book == nil {
		o.Book = Standard
	}
	return o
}

// Limits gives the limits of the rules as a county's profile sets them. *model.Error
// E-PARAM.
func Limits(p *bundle.Profile) (*model.Packs, error) {
	params, err := json.Marshal(p.Parameters)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	return Standard.Limits(string(params))
}
