package fill

import (
	"context"
	"encoding/json"
	"fmt"

	"taizhang/store"
)

// settingBindings keeps the bindings that persons corrected: a JSON object of those of a
// form by its Headings, each the names of sources by heading.
const settingBindings = "fill_bindings"

// Remembered gives the bindings that were corrected before for forms of the same
// headings, for Recall.
func Remembered(ctx context.Context, l *store.Ledger, p *Plan) (map[string]string, error) {
	all, err := remembered(ctx, l)
	return all[p.Headings()], err
}

func remembered(ctx context.Context, l *store.Ledger) (map[string]map[string]string, error) {
	text, err := l.Setting(ctx, settingBindings)
	if err != nil || text == "" {
		return nil, err
	}
	var all map[string]map[string]string
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return nil, fmt.Errorf("read the bindings of forms: %w", err)
	}
	return all, nil
}

// Remember keeps the bindings that were corrected, for forms of the same headings.
func Remember(ctx context.Context, l *store.Ledger, p *Plan) error {
	if len(p.corrected) == 0 {
		return nil
	}
	all, err := remembered(ctx, l)
	if err != nil {
		return err
	}
	if all == nil {
		all = map[string]map[string]string{}
	}
	all[p.Headings()] = p.corrected
	text, err := json.Marshal(all)
	if err != nil {
		return fmt.Errorf("keep the bindings of forms: %w", err)
	}
	return l.SetSetting(ctx, settingBindings, string(text))
}
