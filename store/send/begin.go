package send

import (
	"cmp"
	"context"
	"errors"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
)

// Create makes a new ledger as store.Create does, and takes the county's profile in
// (the bytes of county.json; nil for none). A profile that is refused leaves no
// ledger behind: *model.Error of SetProfile, with Field "profile".
func Create(ctx context.Context, path string, home store.Home, profile []byte, o store.Options) (*store.Ledger, error) {
	l, err := store.Create(ctx, path, home, o)
	if err != nil || profile == nil {
		return l, err
	}
	err = SetProfile(ctx, l, profile)
	if err == nil {
		return l, nil
	}
	var known *model.Error
	if errors.As(err, &known) {
		err = &model.Error{Code: known.Code, Field: "profile", Message: known.Message}
	}
	return nil, errors.Join(err, l.Close(), store.Remove(l.Path()))
}

// HomeOfCard gives the organisation that a start card names.
func HomeOfCard(c *bundle.Card) store.Home {
	return store.Home{Code: c.Code, Name: c.Name, Kind: cmp.Or(c.Kind, "党支部"), Domain: cmp.Or(c.Domain, "行政村"), Township: c.Township, County: c.County}
}
