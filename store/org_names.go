package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// OrganisationNames gives what the organisations whose record books this ledger holds
// are called in a table, by id: the short name, else the name without what stands
// before it: 中共, county and township.
func (l *Ledger) OrganisationNames(ctx context.Context) (map[string]string, error) {
	names, err := l.organisationNames(ctx, l.readers)
	return names, l.explain(err)
}

func (l *Ledger) organisationNames(ctx context.Context, q raw.Querier) (map[string]string, error) {
	rows, err := q.Query(ctx, "SELECT id, coalesce("+raw.Quote(orgName)+", ''), "+l.orgText(orgShort)+", "+l.orgText(orgCounty)+", "+
		l.orgText(orgTownship)+" FROM "+raw.Quote(orgKind)+" WHERE id = org_id")
	if err != nil {
		return nil, fmt.Errorf("organisations: %w", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var id, name, short, county, township string
		if err := rows.Scan(&id, &name, &short, &county, &township); err != nil {
			return nil, fmt.Errorf("organisations: %w", err)
		}
		if short == "" {
			short = model.BriefName(name, county, township)
		}
		all[id] = short
	}
	return all, rows.Err()
}
