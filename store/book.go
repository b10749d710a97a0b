package store

import (
	"context"
	"encoding/json"

	"taizhang/model"
)

// Book is what a ledger holds and keeps to: the kinds of its records and the limits of
// their rules, the tables beside the kinds, and what has to happen beside a write. The
// store knows no kind by name; a ledger of any catalog can be kept.
type Book struct {
	Kinds *model.Catalog
	Packs []model.Pack // the limits of the rules, by the day from which they hold
	Org   Organisations
	// Tables stand beside the store's own, before those of the kinds.
	Tables []Table
	// Param, where set, judges a parameter of the county's that is no limit of a pack:
	// known tells that it is one all the same, err that its value is wrong.
	Param func(name, value string) (known bool, err error)
	// Begin, where set, writes what a new ledger holds before its home organisation.
	Begin func(ctx context.Context, t *Tx) error
	// Written, where set, is called before a transaction ends with the organisations of
	// whose rows one was written.
	Written func(ctx context.Context, t *Tx, orgs []string) error
	// Lookup, where set, gives rules more to look up than records: what the tables
	// beside them hold. at reads the ledger as look does.
	Lookup func(look model.Lookup, at Reading) model.Lookup
	// Office, where set, tells whether a ledger is an office's, to which others report.
	Office func(ctx context.Context, l *Ledger) (bool, error)
}

// Organisations names the kind that holds the organisations, since every record belongs
// to one of them, and of it these fields. Only Kind, Code and Name must be there.
type Organisations struct {
	Kind, Code, Name                              string
	Short, Class, Domain, Township, County, Phone string
	// Home are values of a home organisation beside those that it is created with, as
	// typed, by field.
	Home map[string]string
}

// Limits gives the limits of the book's rules with a county's parameters, a JSON object
// of texts, or "" for none. *model.Error E-PARAM for one that is not known or wrong.
func (b *Book) Limits(params string) (*model.Packs, error) {
	overrides := map[string]string{}
	if params != "" {
		if err := json.Unmarshal([]byte(params), &overrides); err != nil {
			return nil, model.Errorf("E-PARAM", "县(市)的参数看不懂,请重新取得参数文件(%v)", err)
		}
	}
	if b.Param == nil {
		return model.NewPacks(b.Packs, overrides)
	}
	return model.NewPacks(b.Packs, overrides, b.Param)
}

// has tells whether the kind of the organisations has a field.
func (b *Book) has(field string) bool {
	return field != "" && b.Kinds.Kind(b.Org.Kind).Field(field) != nil
}
