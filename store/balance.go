package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Balance gives a month's balance of members as the ledger stands at one moment.
// *model.Error E-MONTH for no month or one to come.
func (l *Ledger) Balance(ctx context.Context, month model.Month) (model.Reckoning, error) {
	if err := l.pastMonth(month); err != nil {
		return model.Reckoning{}, err
	}
	var b model.Reckoning
	err := l.atOneMoment(ctx, func(s snapshot) (err error) {
		b, err = l.balance(ctx, s.q, s.env(ctx), month)
		return err
	})
	return b, err
}

// YearBalance gives a year's balance of members. *model.Error E-MONTH for a year to
// come.
func (l *Ledger) YearBalance(ctx context.Context, year int) (model.Reckoning, error) {
	if today := l.source.Today(); year < 1921 || year > today.Year() {
		return model.Reckoning{}, model.Errorf("E-MONTH", "%d年没有党员增减可算,请写到%d年为止的年份", year, today.Year())
	}
	var b model.Reckoning
	err := l.atOneMoment(ctx, func(s snapshot) error {
		closed, err := closedMonths(ctx, s.q)
		if err != nil {
			return err
		}
		if b, err = model.YearBalance(s.env(ctx), year, closed); err != nil {
			return err
		}
		return l.nameGaps(ctx, s.q, b.Gaps)
	})
	return b, err
}

// MembersAt gives the ids of the members at the end of a day, by rolling the
// movements back.
func (l *Ledger) MembersAt(ctx context.Context, day model.Date) ([]string, error) {
	var ids []string
	err := l.atOneMoment(ctx, func(s snapshot) (err error) {
		ids, err = model.MembersAt(s.env(ctx), day)
		return err
	})
	return ids, err
}

func (l *Ledger) balance(ctx context.Context, q raw.Querier, env *model.Env, month model.Month) (model.Reckoning, error) {
	closed, err := closedMonths(ctx, q)
	if err != nil {
		return model.Reckoning{}, err
	}
	b, err := model.MonthBalance(env, month, closed)
	if err != nil {
		return b, err
	}
	return b, l.nameGaps(ctx, q, b.Gaps, b.Changed)
}

// nameGaps fills in the names of persons whose records are in the recycle bin.
func (l *Ledger) nameGaps(ctx context.Context, q raw.Querier, lists ...[]model.Gap) error {
	for _, gaps := range lists {
		for i, g := range gaps {
			if g.Name != "" {
				continue
			}
			labels, err := l.labeler(q).labels(ctx, g.Kind, []string{g.Person}, labelDepth)
			if err != nil {
				return err
			}
			gaps[i].Name = labels[g.Person].text
		}
	}
	return nil
}

// pastMonth refuses what is no month, or one that has not begun.
func (l *Ledger) pastMonth(month model.Month) error {
	today := l.source.Today()
	switch {
	case !month.Valid():
		return model.Errorf("E-MONTH", "“%s”不是月份,请写成 2026-10", model.Clean(string(month), false))
	case month > today.Month():
		return model.Errorf("E-MONTH", "%s还没有到,最晚到%s;请核对月份,或检查电脑的日期", month.Chinese(), today.Month().Chinese())
	}
	return nil
}

// Closed gives the closed months, the first one first.
func (l *Ledger) Closed(ctx context.Context) ([]model.ClosedMonth, error) {
	all, err := closedMonths(ctx, l.readers)
	return all, l.explain(err)
}

// ClosedBefore gives how a month was closed before it was closed again, the first
// closing first.
func (l *Ledger) ClosedBefore(ctx context.Context, month model.Month) ([]model.ClosedMonth, error) {
	all, err := readClosed(ctx, l.readers, "month_close_past WHERE month = ? ORDER BY seq", string(month))
	return all, l.explain(err)
}

func closedMonths(ctx context.Context, q raw.Querier) ([]model.ClosedMonth, error) {
	return readClosed(ctx, q, "month_close ORDER BY month")
}

func readClosed(ctx context.Context, q raw.Querier, from string, args ...any) ([]model.ClosedMonth, error) {
	rows, err := q.Query(ctx, "SELECT month, members, probationary, coalesce(confirmed_by, ''), coalesce(confirmed_at, ''), roll FROM "+from, args...)
	if err != nil {
		return nil, fmt.Errorf("closed months: %w", err)
	}
	defer rows.Close()
	var all []model.ClosedMonth
	for rows.Next() {
		var c model.ClosedMonth
		var roll string
		if err := rows.Scan(&c.Month, &c.Members, &c.Probationary, &c.By, &c.At, &roll); err != nil {
			return nil, fmt.Errorf("closed months: %w", err)
		}
		if err := json.Unmarshal([]byte(roll), &c.Roll); err != nil {
			return nil, fmt.Errorf("closed month %s: %w", c.Month, err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

var _ model.ClosedLookup = lookup{}

// ClosedMonths implements model.ClosedLookup.
func (k lookup) ClosedMonths() ([]model.ClosedMonth, error) {
	if k.steady != nil && k.steady.closed != nil {
		return slices.Clone(k.steady.closed), nil
	}
	all, err := closedMonths(k.ctx, k.q)
	if err != nil {
		return nil, err
	}
	if k.steady != nil {
		k.steady.closed = append([]model.ClosedMonth{}, all...)
	}
	return all, nil
}
