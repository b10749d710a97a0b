package send

import (
	"context"
	"fmt"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// noteDeadline writes down that a county changes its deadline_day to that of next, with
// today as the day: a month keeps the one that was in force on its first day. What was
// changed twice on one day keeps what was before.
func noteDeadline(ctx context.Context, t *store.Tx, next *bundle.Profile) error {
	have, err := raw.Texts(ctx, t, "SELECT value FROM setting WHERE name = ?", settingProfile)
	if err != nil {
		return fmt.Errorf("deadline: %w", err)
	}
	if len(have) == 0 || have[0] == "" {
		return nil // the first profile changes nothing
	}
	was, err := bundle.OpenProfile([]byte(have[0]), "")
	if err != nil || was.DeadlineDay == next.DeadlineDay {
		return nil //nolint:nilerr // the new profile takes the place of a damaged one, which says nothing of its deadline
	}
	err = t.Exec(ctx, `INSERT INTO deadline_change (on_day, day, was) VALUES (?, ?, ?)
		ON CONFLICT (on_day) DO UPDATE SET day = excluded.day`, string(t.Ledger().Source().Today()), next.DeadlineDay, was.DeadlineDay)
	if err != nil {
		return fmt.Errorf("deadline: %w", err)
	}
	return nil
}
