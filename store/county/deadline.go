package county

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

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
