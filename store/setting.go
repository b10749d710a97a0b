package store

import (
	"context"
	"fmt"
	"strconv"

	"taizhang/store/internal/raw"
)

// Setting gives a setting, "" when it is not set.
func (l *Ledger) Setting(ctx context.Context, name string) (string, error) {
	value, err := setting(ctx, l.readers, name)
	return value, l.explain(err)
}

func setting(ctx context.Context, q raw.Querier, name string) (string, error) {
	values, err := raw.Texts(q.Query(ctx, "SELECT value FROM setting WHERE name = ?", name))
	if err != nil {
		return "", fmt.Errorf("setting %s: %w", name, err)
	}
	if len(values) == 0 {
		return "", nil
	}
	return values[0], nil
}

// SetSetting sets a setting; "" takes it away. Parameters of the county's profile
// hold at once; one that this program does not know is *model.Error E-PARAM, and
// nothing is set.
func (l *Ledger) SetSetting(ctx context.Context, name, value string) error {
	if name == settingParams {
		if _, err := packsFrom(value); err != nil {
			return err
		}
	}
	err := l.write(ctx, func(ctx context.Context, t *tx) error { return t.setSetting(ctx, name, value) })
	if err == nil && name == settingParams {
		err = l.loadPacks(ctx)
	}
	return err
}

func (t *tx) setSetting(ctx context.Context, name, value string) error {
	text, args := "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", []any{name, value}
	if value == "" {
		text, args = "DELETE FROM setting WHERE name = ?", []any{name}
	}
	if err := t.w.Exec(ctx, text, args...); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// reserveSequence gives the next bundle number. It is committed before it is
// given, so that no number is used twice; gaps are normal.
func (l *Ledger) reserveSequence(ctx context.Context) (int64, error) {
	var next int64
	err := l.write(ctx, func(ctx context.Context, t *tx) error {
		text, err := setting(ctx, t.w, settingSequence)
		if err != nil {
			return err
		}
		if text != "" {
			if next, err = strconv.ParseInt(text, 10, 64); err != nil {
				return fmt.Errorf("setting %s: %w", settingSequence, err)
			}
		}
		next++
		return t.setSetting(ctx, settingSequence, strconv.FormatInt(next, 10))
	})
	return next, err
}
