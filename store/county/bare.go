package county

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/store"
)

// BareReasons leaves of the lines of the book that a transaction has written what they are
// counted by: the verdict's code, the organisation and how many problems there were. Their
// texts may name organisations and persons of others.
func BareReasons(ctx context.Context, t *store.Tx) error {
	rows, err := t.Query(ctx, "SELECT seq, reasons FROM intake")
	if err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	bare := map[int64]string{}
	for rows.Next() {
		var seq int64
		var text string
		if err = rows.Scan(&seq, &text); err != nil {
			break
		}
		var why reasons
		if json.Unmarshal([]byte(text), &why) != nil {
			why = reasons{}
		}
		left := reasons{Code: why.Code, OrgID: why.OrgID, Signed: why.Signed, Changes: why.Changes, Problems: make([]Problem, len(why.Problems))}
		for i, p := range why.Problems {
			left.Problems[i] = Problem{Effect: p.Effect}
		}
		data, failed := json.Marshal(left)
		if err = failed; err != nil {
			break
		}
		bare[seq] = string(data)
	}
	if err == nil {
		err = rows.Err()
	}
	if closing := rows.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	for seq, text := range bare {
		if err := t.Exec(ctx, "UPDATE intake SET reasons = ?, receipt = NULL WHERE seq = ?", text, seq); err != nil {
			return fmt.Errorf("intake: %w", err)
		}
	}
	return nil
}
