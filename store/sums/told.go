package sums

import (
	"context"

	"taizhang/store"
)

// Told gives the text under which a part of a figure may leave the office: as it stands, or
// where it holds the name of a person on file, one that says so.
func Told(ctx context.Context, l *store.Ledger) (func(part string) string, error) {
	b := &builder{hidden: map[string]bool{}, seen: map[string]string{}}
	var err error
	if b.names, err = names(ctx, l); err != nil {
		return nil, err
	}
	return func(part string) string {
		if part == "" {
			return ""
		}
		return b.told(part)
	}, nil
}
