package county

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// KnownKeys gives the keys of all organisations of which a bundle was accepted, by
// code.
func KnownKeys(ctx context.Context, l *store.Ledger) ([]KnownKey, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT code, public_key, coalesce(org_id, ''), since, sequence, coalesce(hash, ''), restored, coalesce(successor, '') FROM known_key ORDER BY code`)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("known keys: %w", err))
	}
	defer rows.Close()
	var all []KnownKey
	for rows.Next() {
		var k KnownKey
		if err := rows.Scan(&k.Code, &k.PublicKey, &k.OrgID, &k.Since, &k.Sequence, &k.Hash, &k.Restored, &k.Successor); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("known keys: %w", err))
		}
		all = append(all, k)
	}
	return all, inside(l).Explain(rows.Err())
}

// NewestMonths gives for each code the newest month of which a bundle was accepted
// under one of the verdicts.
func NewestMonths(ctx context.Context, l *store.Ledger, verdicts ...string) (map[string]model.Month, error) {
	months, err := newestMonths(ctx, inside(l).Readers(), verdicts)
	return months, inside(l).Explain(err)
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
