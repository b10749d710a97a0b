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

// First implements membership.BegunLookup: a glance, while Begun goes through all movements.
func (k closedLookup) First() (model.Month, error) {
	if k.begun.First != "" || *k.none {
		return k.begun.First, nil
	}
	first, err := readFirst(k.at.Context(), k.at.Querier())
	if err == nil {
		k.begun.First, *k.none = first, first == "" && k.at.Still
	}
	return first, err
}

func readFirst(ctx context.Context, q raw.Querier) (model.Month, error) {
	said, err := raw.Texts(ctx, q, "SELECT value FROM setting WHERE name = ?", store.SettingFirstMonth)
	if err != nil {
		return "", fmt.Errorf("beginning of the book: %w", err)
	}
	if len(said) > 0 && model.Month(said[0]).Valid() {
		return model.Month(said[0]), nil
	}
	days, err := raw.Texts(ctx, q, `SELECT happened_on FROM movement WHERE kind = ? AND deleted_at IS NULL
		AND org_id = (SELECT value FROM setting WHERE name = ?) ORDER BY happened_on LIMIT 1`, membership.Opening, store.SettingHome)
	if err != nil {
		return "", fmt.Errorf("beginning of the book: %w", err)
	}
	if len(days) == 0 {
		return "", nil
	}
	return membership.FirstOf(model.Date(days[0])), nil
}

func readBegun(ctx context.Context, q raw.Querier) (b membership.Begun, err error) {
	if b.First, err = readFirst(ctx, q); err != nil {
		return b, err
	}
	written, err := raw.Texts(ctx, q, `SELECT substr(min(created_at), 1, 7) FROM movement WHERE kind = ? AND deleted_at IS NULL
		AND org_id = (SELECT value FROM setting WHERE name = ?) HAVING count(*) > 0`, membership.Opening, store.SettingHome)
	if err != nil {
		return b, fmt.Errorf("beginning of the book: %w", err)
	}
	if len(written) > 0 {
		b.Opened = model.Month(written[0])
	}
	return b, nil
}
