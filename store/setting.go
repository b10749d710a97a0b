package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Settings of the store's own. Those of the packages under it stand with them.
const (
	SettingHome = "home" // the home organisation's id
	// SettingFirstMonth is the month from which the book is kept, YYYY-MM; not set where
	// nobody said it.
	SettingFirstMonth = "first_month"
	SettingParams     = "profile_params" // the county's parameters: a JSON object of texts
)

// Setting gives a setting, "" when it is not set.
func (l *Ledger) Setting(ctx context.Context, name string) (string, error) {
	value, err := setting(ctx, l.readers, name)
	if name == SettingFirstMonth && value != "" && !model.Month(value).Valid() {
		l.warn("台账里“从哪个月记起”这一设置已损坏,先当作没有设;请在设置里重新填写")
		value = ""
	}
	return value, l.explain(err)
}

func setting(ctx context.Context, q raw.Querier, name string) (string, error) {
	values, err := raw.Texts(ctx, q, "SELECT value FROM setting WHERE name = ?", name)
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
	if name == SettingParams {
		if _, err := l.book.Limits(value); err != nil {
			return err
		}
	}
	err := l.write(ctx, func(ctx context.Context, t *Tx) error { return t.SetSetting(ctx, name, value) })
	if err == nil && name == SettingParams {
		err = l.loadPacks(ctx)
	}
	return err
}

// SetSetting sets a setting within the transaction; "" takes it away.
func (t *Tx) SetSetting(ctx context.Context, name, value string) error {
	text, args := "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", []any{name, value}
	if value == "" {
		text, args = "DELETE FROM setting WHERE name = ?", []any{name}
	}
	if err := t.w.Exec(ctx, text, args...); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}
