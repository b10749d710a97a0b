package send

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"time"

	"aead.dev/minisign"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/bundle"
)

// InMemory is everything that an organisation has on file, outside of a ledger: the
// made-up county writes its bundles from it, since five hundred ledgers would take
// an hour. Env.Look must see the same records.
type InMemory struct {
	Home     *model.Record
	Records  map[string][]*model.Record // by kind and by id, Home among them
	Key      minisign.PrivateKey
	Month    model.Month
	Sequence int64
	Profile  *bundle.Profile
	Problems []store.Problem // what the rules find, errors first
	Before   []bundle.Before // the bundles made of them earlier, the newest first
}

// Identity makes the id and the key of an organisation's ledger as Create does under
// the same Source, with nothing drawn from it before.
func Identity(source *model.Source) (id string, key minisign.PrivateKey, err error) {
	private, _, err := newKeys(source)
	if err != nil {
		return "", key, err
	}
	if err := key.UnmarshalText([]byte(private)); err != nil {
		return "", key, fmt.Errorf("signing key: %w", err)
	}
	id, err = source.NewID()
	return id, key, err
}

// Bundle makes the bundle that Export makes of a ledger with these records. env is that of the rules.
func (h InMemory) Bundle(ctx context.Context, env *model.Env, at time.Time) (*bundle.Written, Sent, error) {
	sent := Sent{Month: h.Month, Sequence: h.Sequence, State: sentWaiting, File: bundle.FileName(h.Home.Str("code"), h.Month, h.Sequence, false)}
	anonymous := h.Profile != nil && h.Profile.Identity == bundle.IdentityNone
	meta := bundle.Meta{Program: bundle.Program, Month: h.Month, Sequence: h.Sequence, Counts: map[string]int{},
		Problems: listProblems(h.Problems, anonymous), Sent: h.Before}
	if len(h.Before) > 0 {
		meta.Previous = h.Before[0].Hash
	}
	meta.Organization = bundle.Organization{ID: h.Home.ID, Code: h.Home.Str("code"), Name: h.Home.Str("name")}
	month, err := membership.MonthBalance(env, h.Month, nil)
	if err != nil {
		return nil, sent, err
	}
	meta.Balance = bundle.Balance(month.Balance)
	meta.Reviewed = bundle.Reviewed{All: meta.Balance.Closing}
	var b bundle.Builder
	rows := func(k *model.Kind) iter.Seq2[[]string, error] { return h.rows(k, anonymous, meta.Counts) }
	if err := addTables(ctx, &b, env.Kinds, h.Home.Kind.Name, meta.Counts, rows, h.links, func() {}); err != nil {
		return nil, sent, err
	}
	built, err := b.Finish(meta, h.Key, at)
	if err != nil {
		return nil, sent, err
	}
	sent.Counts, sent.Hash, sent.CreatedAt = meta.Counts, built.Hash, built.Package.Created
	sent.Problems = meta.Problems.Errors + meta.Problems.Warnings
	return built, sent, nil
}

func (h InMemory) rows(k *model.Kind, anonymous bool, counts map[string]int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range h.Records[k.Name] {
			if r.DeletedAt == "" {
				counts[k.Name]++
			}
			if !yield(bundleRow(r, anonymous), nil) {
				return
			}
		}
	}
}

func (h InMemory) links(k *model.Kind, f *model.Field) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range h.Records[k.Name] {
			for _, row := range linkRows(r, f) {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// linkRows gives a record's rows of a refs or roll field, by target.
func linkRows(r *model.Record, f *model.Field) [][]string {
	var rows [][]string
	switch list := r.Get(f.Name).(type) {
	case []string:
		for _, id := range list {
			rows = append(rows, []string{r.ID, id})
		}
	case []model.Mark:
		for _, m := range list {
			rows = append(rows, []string{r.ID, m.Target, m.State})
		}
	}
	model.Sort(rows, func(a, b []string) int { return cmp.Compare(a[1], b[1]) })
	return rows
}
