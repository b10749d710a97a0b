package county

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

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
