package send

import (
	"context"
	"fmt"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// How far the computer's clock may stand from the last record before it is pointed out.
const (
	clockBehind = 24 * time.Hour       // a day, so that no time zone is taken for a fault
	clockAhead  = 366 * 24 * time.Hour // nobody writes nothing down for a year
)

// ClockNotice says in one sentence that the computer's clock stands before what the ledger
// wrote down last, or more than a year after it: dates, ages and what is due would be
// wrong. "" where there is nothing to say. What is newest is told by the numbers of the
// records, the bundles sent and those received, never by their times.
func ClockNotice(ctx context.Context, l *store.Ledger) (string, error) {
	last, what, err := lastMoment(ctx, inside(l).Readers())
	if err != nil {
		return "", inside(l).Explain(err)
	}
	now := l.Source().Now()
	day, lastDay := model.DateOf(now), model.DateOf(last.In(now.Location()))
	switch {
	case last.IsZero():
		return "", nil
	case now.Before(last.Add(-clockBehind)):
		return fmt.Sprintf("电脑的日期是%s,比%s(%s)还早,日期恐怕不对:%s", day.Chinese(), what, lastDay.Chinese(), setClock), nil
	case now.After(last.Add(clockAhead)):
		return fmt.Sprintf("电脑的日期是%s,比%s(%s)晚了一年多,请核对;不对的话,%s", day.Chinese(), what, lastDay.Chinese(), setClock), nil
	}
	return "", nil
}

// SetClock says how the clock is set right on the systems that villages have.
const SetClock = "请在屏幕右下角的时间上按鼠标右键,选“调整日期和时间”改好"

const setClock = SetClock + ",再打开台账"

// lastMoment gives the latest of the moments at which the ledger's newest entries were
// written, and what that entry is; the zero time for an empty ledger.
func lastMoment(ctx context.Context, q raw.Querier) (last time.Time, what string, err error) {
	for _, c := range []struct{ what, statement string }{
		{"台账里最后一次修改", "SELECT at FROM history ORDER BY seq DESC LIMIT 1"},
		{"最后一次导出报送包", "SELECT created_at FROM bundle_sent ORDER BY sequence DESC LIMIT 1"},
		{"最后一次收报送包", "SELECT at FROM intake ORDER BY seq DESC LIMIT 1"},
	} {
		rows, err := q.Query(ctx, c.statement)
		if err != nil {
			return time.Time{}, "", fmt.Errorf("last moment: %w", err)
		}
		var stamp string
		for rows.Next() {
			if err := rows.Scan(&stamp); err != nil {
				rows.Close()
				return time.Time{}, "", fmt.Errorf("last moment: %w", err)
			}
		}
		if err := rows.Err(); err != nil {
			return time.Time{}, "", fmt.Errorf("last moment: %w", err)
		}
		// A moment that can't be read tells nothing about the clock; check finds it.
		if at, err := time.Parse(time.RFC3339, stamp); err == nil && at.After(last) {
			last, what = at, c.what
		}
	}
	return last, what, nil
}
