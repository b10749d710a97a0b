package county

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// noteBegun keeps from which month a unit's ledger is kept. A bundle of the program that
// did not tell yet changes nothing.
func noteBegun(ctx context.Context, t *store.Tx, orgID string, first model.Month) error {
	if first == "" {
		return nil
	}
	if err := t.Exec(ctx, "INSERT OR REPLACE INTO unit_begun (org_id, month) VALUES (?, ?)", orgID, string(first)); err != nil {
		return fmt.Errorf("beginning of a unit: %w", err)
	}
	return nil
}

// toldBegun gives from which month each unit's ledger is kept, by its organisation's id,
// for those whose bundles told.
func toldBegun(ctx context.Context, q raw.Querier) (map[string]model.Month, error) {
	return begunBy(ctx, q, func(text string) model.Month { return model.Month(text) }, "SELECT org_id, month FROM unit_begun")
}

// openedMonths gives the month that the first 期初在册 of each organisation opens: from
// there on its movements tell who was a member.
func openedMonths(ctx context.Context, q raw.Querier) (map[string]model.Month, error) {
	return begunBy(ctx, q, func(text string) model.Month { return membership.FirstOf(model.Date(text)) },
		"SELECT org_id, min(happened_on) FROM movement WHERE kind = ? AND deleted_at IS NULL AND happened_on IS NOT NULL GROUP BY org_id", membership.Opening)
}

func begunBy(ctx context.Context, q raw.Querier, month func(string) model.Month, query string, args ...any) (map[string]model.Month, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("beginning of the units: %w", err)
	}
	defer rows.Close()
	all := map[string]model.Month{}
	for rows.Next() {
		var org, text string
		if err := rows.Scan(&org, &text); err != nil {
			return nil, fmt.Errorf("beginning of the units: %w", err)
		}
		all[org] = month(text)
	}
	return all, rows.Err()
}
