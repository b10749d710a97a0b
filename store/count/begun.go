package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Begun implements membership.BegunLookup. A book that has begun has begun: what is
// known is kept, since every row of a list asks.
func (k closedLookup) Begun() (membership.Begun, error) {
	if k.begun.First != "" && k.begun.Opened != "" {
		return *k.begun, nil
	}
	b, err := readBegun(k.at.Context(), k.at.Querier())
	if err == nil {
		*k.begun = b
	}
	return b, err
}

func readBegun(ctx context.Context, q raw.Querier) (b membership.Begun, err error) {
	said, err := raw.Texts(ctx, q, "SELECT value FROM setting WHERE name = ?", store.SettingFirstMonth)
	if err != nil {
		return b, fmt.Errorf("beginning of the book: %w", err)
	}
	days, err := raw.Texts(ctx, q, `SELECT happened_on FROM movement WHERE kind = ? AND deleted_at IS NULL
		AND org_id = (SELECT value FROM setting WHERE name = ?) ORDER BY happened_on LIMIT 1`, membership.Opening, store.SettingHome)
	if err != nil {
		return b, fmt.Errorf("beginning of the book: %w", err)
	}
	written, err := raw.Texts(ctx, q, `SELECT substr(min(created_at), 1, 7) FROM movement WHERE kind = ? AND deleted_at IS NULL
		AND org_id = (SELECT value FROM setting WHERE name = ?) HAVING count(*) > 0`, membership.Opening, store.SettingHome)
	if err != nil {
		return b, fmt.Errorf("beginning of the book: %w", err)
	}
	switch {
	case len(said) > 0 && model.Month(said[0]).Valid():
		b.First = model.Month(said[0])
	case len(days) > 0:
		b.First = membership.FirstOf(model.Date(days[0]))
	}
	if len(written) > 0 {
		b.Opened = model.Month(written[0])
	}
	return b, nil
}
