package county

import (
	"context"
	"database/sql"
	"encoding/json"
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

// intakeColumns are those of a line of the county's book but for its reasons.
const intakeColumns = `seq, at, file, file_hash, coalesce(code, ''), coalesce(month, ''), coalesce(sequence, 0), coalesce(hash, ''), verdict, coalesce(receipt, '')`

// IntakeLines gives the whole book of bundles handled, the first first, with the
// reasons only of the lines about a month and of those that name no month: the rest
// can be long.
func IntakeLines(ctx context.Context, l *store.Ledger, month model.Month) ([]IntakeLine, error) {
	return intakes(ctx, l, "SELECT "+intakeColumns+", CASE WHEN month = ?1 OR month IS NULL THEN reasons ELSE '' END FROM intake ORDER BY seq", string(month))
}

// IntakesOf gives the lines about one organisation, the first first; also those of
// files that could not be opened but are named as its bundles.
func IntakesOf(ctx context.Context, l *store.Ledger, code string) ([]IntakeLine, error) {
	return intakes(ctx, l, "SELECT "+intakeColumns+`, reasons FROM intake WHERE code = ?1
		OR code IS NULL AND substr(file, 1, length(?1) + 1) = ?1 || '_' ORDER BY seq`, code)
}

func intakes(ctx context.Context, l *store.Ledger, query string, arg any) ([]IntakeLine, error) {
	rows, err := inside(l).Readers().Query(ctx, query, arg)
	all, err := scanIntakes(rows, err)
	return all, inside(l).Explain(err)
}

// scanIntakes reads rows of intakeColumns and the reasons.
func scanIntakes(rows *sql.Rows, err error) ([]IntakeLine, error) {
	if err != nil {
		return nil, fmt.Errorf("intake: %w", err)
	}
	defer rows.Close()
	var all []IntakeLine
	for rows.Next() {
		var i IntakeLine
		var reasons string
		if err := rows.Scan(&i.Seq, &i.At, &i.File, &i.FileHash, &i.Code, &i.Month, &i.Sequence, &i.Hash, &i.Verdict, &i.Receipt, &reasons); err != nil {
			return nil, fmt.Errorf("intake: %w", err)
		}
		i.Reasons = json.RawMessage(reasons)
		all = append(all, i)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("intake: %w", err)
	}
	return all, nil
}

// inside opens a ledger to this package.
func inside(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }
