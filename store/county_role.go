package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// IsCounty tells whether this ledger is a county's: the county profile that it holds
// is its own organisation's. A village holds its county's, which has another code.
func (l *Ledger) IsCounty(ctx context.Context) (bool, error) {
	p, err := l.openProfile(ctx)
	if err != nil || p == nil {
		return false, err
	}
	return p.Code == l.Home().Str(orgCode), nil
}

// Roll gives the county's list of units that must report, by township, then name;
// nothing where there is no list.
func (l *Ledger) Roll(ctx context.Context) ([]Unit, error) {
	rows, err := l.readers.Query(ctx, `SELECT code, name, coalesce(township, ''), coalesce(domain, ''), coalesce(phone, '')
		FROM roll_unit ORDER BY coalesce(township, ''), sort, code`)
	if err != nil {
		return nil, l.explain(fmt.Errorf("list of units: %w", err))
	}
	defer rows.Close()
	var all []Unit
	for rows.Next() {
		var u Unit
		if err := rows.Scan(&u.Code, &u.Name, &u.Township, &u.Domain, &u.Phone); err != nil {
			return nil, l.explain(fmt.Errorf("list of units: %w", err))
		}
		all = append(all, u)
	}
	return all, l.explain(rows.Err())
}

// KnownKeys gives the keys of all organisations of which a bundle was accepted, by
// code.
func (l *Ledger) KnownKeys(ctx context.Context) ([]KnownKey, error) {
	rows, err := l.readers.Query(ctx, `SELECT code, public_key, coalesce(org_id, ''), since, sequence, coalesce(hash, ''), restored, coalesce(successor, '') FROM known_key ORDER BY code`)
	if err != nil {
		return nil, l.explain(fmt.Errorf("known keys: %w", err))
	}
	defer rows.Close()
	var all []KnownKey
	for rows.Next() {
		var k KnownKey
		if err := rows.Scan(&k.Code, &k.PublicKey, &k.OrgID, &k.Since, &k.Sequence, &k.Hash, &k.Restored, &k.Successor); err != nil {
			return nil, l.explain(fmt.Errorf("known keys: %w", err))
		}
		all = append(all, k)
	}
	return all, l.explain(rows.Err())
}

// Organisations gives the organisations whose record books this ledger holds, its
// own included, by id: name (the full one), township, domain and phone as they stand
// in their own records.
func (l *Ledger) Organisations(ctx context.Context) (map[string]Unit, error) {
	homes, err := l.homes(ctx, l.readers)
	return homes, l.explain(err)
}

func (l *Ledger) homes(ctx context.Context, q raw.Querier) (map[string]Unit, error) {
	rows, err := q.Query(ctx, "SELECT id, coalesce("+raw.Quote(orgCode)+", ''), coalesce("+raw.Quote(orgName)+", ''), "+
		l.orgText(orgTownship)+", "+l.orgText(orgDomain)+", "+l.orgText(orgPhone)+" FROM "+raw.Quote(orgKind)+" WHERE id = org_id")
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
	if l.kinds.Kind(orgKind).Field(field) == nil {
		return "''"
	}
	return "coalesce(" + raw.Quote(field) + ", '')"
}

// NewestMonths gives for each code the newest month of which a bundle was accepted
// under one of the verdicts.
func (l *Ledger) NewestMonths(ctx context.Context, verdicts ...string) (map[string]model.Month, error) {
	months, err := newestMonths(ctx, l.readers, verdicts)
	return months, l.explain(err)
}

func newestMonths(ctx context.Context, q raw.Querier, verdicts []string) (map[string]model.Month, error) {
	rows, err := q.Query(ctx, `SELECT code, max(month) FROM intake WHERE code IS NOT NULL AND month IS NOT NULL
		AND verdict IN (SELECT value FROM json_each(?)) GROUP BY code`, raw.List(verdicts))
	if err != nil {
		return nil, fmt.Errorf("intake: %w", err)
	}
	defer rows.Close()
	all := map[string]model.Month{}
	for rows.Next() {
		var code, month string
		if err := rows.Scan(&code, &month); err != nil {
			return nil, fmt.Errorf("intake: %w", err)
		}
		all[code] = model.Month(month)
	}
	return all, rows.Err()
}
