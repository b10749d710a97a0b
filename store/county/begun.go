package county

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
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

// leftOut gives the organisations, by id, of which nothing is known for the month of a
// report since their books had not begun: their movements begin later and no bundle of the
// month or one before was accepted; and those that have not reported for it.
func leftOut(ctx context.Context, l *store.Ledger, r *Report) (absent, silent map[string]bool, err error) {
	q := inside(l).Readers()
	told, err := toldBegun(ctx, q)
	if err != nil {
		return nil, nil, inside(l).Explain(err)
	}
	var opened map[string]model.Month
	if l.Kinds().Kind(membership.MovementKind) != nil {
		if opened, err = openedMonths(ctx, q); err != nil {
			return nil, nil, inside(l).Explain(err)
		}
	}
	lives, err := Lives(ctx, l)
	if err != nil {
		return nil, nil, err
	}
	absent, silent = map[string]bool{}, map[string]bool{}
	for i := range r.Units {
		u := &r.Units[i]
		org := lives[u.Code].OrgID
		if org == "" {
			continue
		}
		silent[org] = !u.In() && u.State != Gone // of one that is no more all is known
		first := told[org]
		if first == "" {
			first = opened[org]
		}
		if first != "" && u.First != "" {
			first = min(first, u.First)
		}
		absent[org] = r.Month < first
	}
	return absent, silent, nil
}

// DeadlineOf gives the last day on which a month can be reported in time: the
// deadline_day that was in force on the month's first day, of the month after it. A
// change made during a month holds from the next month on; what was in force before the
// first change holds for all before.
func DeadlineOf(ctx context.Context, l *store.Ledger, month model.Month) (model.Date, error) {
	profile, err := send.Profile(ctx, l)
	if err != nil {
		return "", err
	}
	day := int64(defaultDeadline)
	if x := l.Extract(); x != nil && x.Deadline > 0 {
		day = int64(x.Deadline)
	}
	if profile != nil {
		day = int64(profile.DeadlineDay)
	}
	changed, err := raw.Number(ctx, inside(l).Readers(), `SELECT coalesce(
		(SELECT day FROM deadline_change WHERE on_day <= ?1 ORDER BY on_day DESC LIMIT 1),
		(SELECT was FROM deadline_change ORDER BY on_day LIMIT 1), 0)`, string(month.First()))
	if err != nil {
		return "", inside(l).Explain(fmt.Errorf("deadline of %s: %w", month, err))
	}
	if changed > 0 {
		day = changed
	}
	return month.Add(1).First().AddDays(int(day) - 1), nil
}
