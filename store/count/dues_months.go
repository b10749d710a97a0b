package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// DuesMonths gives for each person the number of months, of those from the first to the
// last, for which dues were paid by a day, and for each organisation the newest month for
// which it has dues of anybody.
func DuesMonths(ctx context.Context, l *store.Ledger, first, last model.Month, by model.Date) (months map[string]int, newest map[string]model.Month, err error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT person, org_id, count(DISTINCT month), max(month) FROM dues
		WHERE deleted_at IS NULL AND person IS NOT NULL AND month BETWEEN ? AND ? AND paid_on <= ? GROUP BY person, org_id`, string(first), string(last), string(by))
	if err != nil {
		return nil, nil, inside(l).Explain(fmt.Errorf("months of dues: %w", err))
	}
	defer rows.Close()
	months, newest = map[string]int{}, map[string]model.Month{}
	for rows.Next() {
		var person, org string
		var n int
		var month model.Month
		if err := rows.Scan(&person, &org, &n, &month); err != nil {
			return nil, nil, fmt.Errorf("months of dues: %w", err)
		}
		months[person] += n
		newest[org] = max(newest[org], month)
	}
	return months, newest, inside(l).Explain(rows.Err())
}
