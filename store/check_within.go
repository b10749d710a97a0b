package store

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// owners gives the ids of the organisations that have records here, the ledger's own
// first.
func (l *Ledger) owners(ctx context.Context, q raw.Querier) ([]string, error) {
	known := map[string]bool{}
	var ids []string
	for _, k := range l.kinds.Kinds() {
		found, err := raw.Texts(ctx, q, "SELECT DISTINCT org_id FROM "+raw.Quote(k.Name))
		if err != nil {
			return nil, fmt.Errorf("owners of %s: %w", k.Name, err)
		}
		for _, id := range found {
			if !known[id] {
				known[id] = true
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	home := ""
	if h := l.home.Load(); h != nil {
		home = h.ID
	}
	slices.SortStableFunc(ids, func(a, b string) int {
		switch {
		case a == home && b != home:
			return -1
		case b == home && a != home:
			return 1
		}
		return 0
	})
	return ids, nil
}

// checkOrganisation examines the records of one of many organisations. They are read
// once and looked up in memory: a county's ledger holds hundreds of record books.
func (l *Ledger) checkOrganisation(ctx context.Context, q raw.Querier, orgID string, fn func(Problem) error) error {
	steady := l.memory(q)
	env := l.env(ctx, q, steady)
	env.Kept = map[string]any{}
	records := model.NewRecordSet()
	for _, k := range l.kinds.Kinds() {
		rs, err := l.tables[k.Name].read(ctx, q, "t.org_id = ? AND t.deleted_at IS NULL", orgID)
		if err != nil {
			return err
		}
		if err := steady.labels.name(ctx, rs...); err != nil {
			return err
		}
		records.Add(rs...)
	}
	home := env.Home != nil && env.Home.ID == orgID
	if !home {
		env.Home = records.Get(l.book.Org.Kind, orgID)
	}
	env.Look = within{records, lookup{ctx, l, q, steady}}
	if home { // the months of others are closed in theirs
		env.Look = l.lookMore(env.Look, Reading{ctx, q, true})
	}
	for _, k := range l.kinds.Kinds() {
		if err := checkRecords(env, records.Records(k.Name), fn); err != nil {
			return err
		}
	}
	return nil
}

// within looks up what an organisation has on file, as its own ledger would. Only
// what a record of it names by id may be another's: the county's name the villages'.
type within struct {
	records *model.RecordSet
	all     lookup
}

var _ model.Lookup = within{}

func (w within) Get(kind, id string) (*model.Record, error) {
	if r := w.records.Get(kind, id); r != nil {
		return r, nil
	}
	return w.all.Get(kind, id)
}

func (w within) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	return w.records.Find(kind, conds...), nil
}

func (w within) OrgCode(code string) (name string, ok bool, err error) { return w.all.OrgCode(code) }
