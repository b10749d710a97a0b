package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// DuesMonths gives for each person the number of months, of those from the first to the
// last, for which dues were paid by a day.
func DuesMonths(ctx context.Context, l *store.Ledger, first, last model.Month, by model.Date) (map[string]int, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT person, count(DISTINCT month) FROM dues
		WHERE deleted_at IS NULL AND month BETWEEN ? AND ? AND paid_on <= ? GROUP BY person`, string(first), string(last), string(by))
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("months of dues: %w", err))
	}
	defer rows.Close()
	all := map[string]int{}
	for rows.Next() {
		var person string
		var n int
		if err := rows.Scan(&person, &n); err != nil {
			return nil, fmt.Errorf("months of dues: %w", err)
		}
		all[person] = n
	}
	return all, inside(l).Explain(rows.Err())
}
