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
	rows, err := q.Query(ctx, "SELECT id, coalesce("+raw.Quote(l.book.Org.Name)+", ''), "+l.orgText(l.book.Org.Short)+", "+l.orgText(l.book.Org.County)+", "+
		l.orgText(l.book.Org.Township)+" FROM "+raw.Quote(l.book.Org.Kind)+" WHERE id = org_id")
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

// Organisations gives the organisations whose record books this ledger holds, its
// own included, by id: name (the full one), township, domain and phone as they stand
// in their own records.
func (l *Ledger) Organisations(ctx context.Context) (map[string]Unit, error) {
	homes, err := l.homes(ctx, l.readers)
	return homes, l.explain(err)
}

func (l *Ledger) homes(ctx context.Context, q raw.Querier) (map[string]Unit, error) {
	rows, err := q.Query(ctx, "SELECT id, coalesce("+raw.Quote(l.book.Org.Code)+", ''), coalesce("+raw.Quote(l.book.Org.Name)+", ''), "+
		l.orgText(l.book.Org.Township)+", "+l.orgText(l.book.Org.Domain)+", "+l.orgText(l.book.Org.Phone)+" FROM "+raw.Quote(l.book.Org.Kind)+" WHERE id = org_id")
	if err != nil {
		return nil, fmt.Errorf("organisations: %w", err)
	}
	defer rows.Close()
	all := map[string]Unit{}
	for rows.Next() {
		var id string
		u := Unit{OnFile: true}
		if err := rows.Scan(&id, &u.Code, &u.Name, &u.Township, &u.Domain, &u.Phone); err != nil {
			return nil, fmt.Errorf("organisations: %w", err)
		}
		all[id] = u
	}
	return all, rows.Err()
}

// orgText is the expression of a field of organisations, which a catalog may lack.
func (l *Ledger) orgText(field string) string {
	if !l.book.has(field) {
		return "''"
	}
	return "coalesce(" + raw.Quote(field) + ", '')"
}
