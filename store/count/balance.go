package count

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Balance gives a month's balance of members as the ledger stands at one moment.
// *model.Error E-MONTH for no month or one to come.
func Balance(ctx context.Context, l *store.Ledger, month model.Month) (membership.Reckoning, error) {
	if err := pastMonth(l, month); err != nil {
		return membership.Reckoning{}, err
	}
	var b membership.Reckoning
	err := inside(l).Moment(ctx, func(s store.Snapshot) (err error) {
		b, err = balance(ctx, l, s.Querier(), s.Env(ctx), month)
		return err
	})
	if err == nil {
		err = balanceWithin(ctx, l, &b)
	}
	return b, err
}

// YearBalance gives a year's balance of members. *model.Error E-MONTH for a year to
// come.
func YearBalance(ctx context.Context, l *store.Ledger, year int) (membership.Reckoning, error) {
	if today := l.Source().Today(); year < 1921 || year > today.Year() {
		return membership.Reckoning{}, model.Errorf("E-MONTH", "%d年没有党员增减可算,请写到%d年为止的年份", year, today.Year())
	}
	return yearBalance(ctx, l, year, membership.YearBalance)
}

// HalfYearBalance gives the balance of members of a year's first half, to 30 June. Errors
// as YearBalance.
func HalfYearBalance(ctx context.Context, l *store.Ledger, year int) (membership.Reckoning, error) {
	if today := l.Source().Today(); year < 1921 || year > today.Year() {
		return membership.Reckoning{}, model.Errorf("E-MONTH", "%d年上半年没有党员增减可算,请写到%d年为止的年份", year, today.Year())
	}
	return yearBalance(ctx, l, year, membership.HalfYearBalance)
}

func yearBalance(ctx context.Context, l *store.Ledger, year int, of func(*model.Env, int, []membership.ClosedMonth) (membership.Reckoning, error)) (b membership.Reckoning, err error) {
	err = inside(l).Moment(ctx, func(s store.Snapshot) error {
		closed, err := ClosedMonths(ctx, s.Querier())
		if err != nil {
			return err
		}
		if b, err = of(s.Env(ctx), year, closed); err != nil {
			return err
		}
		return nameGaps(ctx, l, s.Querier(), b.Gaps)
	})
	if err == nil {
		err = balanceWithin(ctx, l, &b)
	}
	return b, err
}

// MembersAt gives the ids of the members at the end of a day, by rolling the
// movements back.
func MembersAt(ctx context.Context, l *store.Ledger, day model.Date) ([]string, error) {
	var ids []string
	err := inside(l).Moment(ctx, func(s store.Snapshot) (err error) {
		ids, err = membership.MembersAt(s.Env(ctx), day)
		return err
	})
	return ids, err
}

func balance(ctx context.Context, l *store.Ledger, q raw.Querier, env *model.Env, month model.Month) (membership.Reckoning, error) {
	closed, err := ClosedMonths(ctx, q)
	if err != nil {
		return membership.Reckoning{}, err
	}
	b, err := membership.MonthBalance(env, month, closed)
	if err != nil {
		return b, err
	}
	return b, nameGaps(ctx, l, q, b.Gaps, b.Changed)
}

// nameGaps fills in the names of persons whose records are in the recycle bin.
func nameGaps(ctx context.Context, l *store.Ledger, q raw.Querier, lists ...[]membership.Gap) error {
	for _, gaps := range lists {
		for i, g := range gaps {
			if g.Name != "" {
				continue
			}
			labels, err := inside(l).LabelsAt(ctx, q, g.Kind, []string{g.Person})
			if err != nil {
				return err
			}
			gaps[i].Name = labels[g.Person]
		}
	}
	return nil
}

// pastMonth refuses what is no month, or one that has not begun.
func pastMonth(l *store.Ledger, month model.Month) error {
	today := l.Source().Today()
	switch {
	case !month.Valid():
		return model.Errorf("E-MONTH", "“%s”不是月份,请写成 2026-10", model.Clean(string(month), false))
	case month > today.Month():
		return model.Errorf("E-MONTH", "%s还没有到,最晚到%s;请核对月份,或检查电脑的日期", month.Chinese(), today.Month().Chinese())
	}
	return nil
}

// Closed gives the closed months, the first one first.
func Closed(ctx context.Context, l *store.Ledger) ([]membership.ClosedMonth, error) {
	all, err := ClosedMonths(ctx, inside(l).Readers())
	return all, inside(l).Explain(err)
}

// ClosedBefore gives how a month was closed before it was closed again, the first
// closing first.
func ClosedBefore(ctx context.Context, l *store.Ledger, month model.Month) ([]membership.ClosedMonth, error) {
	all, err := readClosed(ctx, inside(l).Readers(), "month_close_past WHERE month = ? ORDER BY seq", string(month))
	return all, inside(l).Explain(err)
}

// ClosedMonths gives how each month was closed, the first month first, by what q reads.
func ClosedMonths(ctx context.Context, q raw.Querier) ([]membership.ClosedMonth, error) {
	return readClosed(ctx, q, "month_close ORDER BY month")
}

func readClosed(ctx context.Context, q raw.Querier, from string, args ...any) ([]membership.ClosedMonth, error) {
	rows, err := q.Query(ctx, "SELECT month, members, probationary, coalesce(confirmed_by, ''), coalesce(confirmed_at, ''), roll FROM "+from, args...)
	if err != nil {
		return nil, fmt.Errorf("closed months: %w", err)
	}
	defer rows.Close()
	var all []membership.ClosedMonth
	for rows.Next() {
		var c membership.ClosedMonth
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

// closedLookup lets rules ask for the closed months too.
type closedLookup struct {
	model.Lookup
	at    store.Reading
	known *[]membership.ClosedMonth // nil until asked for
	begun *membership.Begun         // empty until known
	none  *bool                     // it is known that no month was said nor an opening written
}

var (
	_ membership.ClosedLookup = closedLookup{}
	_ membership.BegunLookup  = closedLookup{}
	_ party.UnitLookup        = closedLookup{}
	_ model.SettledLookup     = closedLookup{}
	_ model.Wide              = closedLookup{}
)

// UnitDomain implements party.UnitLookup by the county's list and the organisations on
// file.
func (k closedLookup) UnitDomain(code string) (string, error) {
	found, err := raw.Texts(k.at.Context(), k.at.Querier(), `SELECT domain FROM organization WHERE code = ?1 AND deleted_at IS NULL AND domain IS NOT NULL
		UNION ALL SELECT domain FROM roll_unit WHERE code = ?1 AND domain IS NOT NULL`, code)
	if err != nil {
		return "", fmt.Errorf("unit %s: %w", code, err)
	}
	if len(found) == 0 {
		return "", nil
	}
	return found[0], nil
}

// Walk implements model.Wide.
func (k closedLookup) Walk(kind string, fields []string, conds []model.Cond, fn func(r *model.Record) bool) error {
	return model.Widely(k.Lookup).Walk(kind, fields, conds, fn)
}

// Count implements model.Wide.
func (k closedLookup) Count(kind string, conds ...model.Cond) (int, error) {
	return model.Widely(k.Lookup).Count(kind, conds...)
}

// Has implements model.Wide.
func (k closedLookup) Has(kind, id string) (bool, error) { return model.Widely(k.Lookup).Has(kind, id) }

// Distinct implements model.Wide.
func (k closedLookup) Distinct(kind string, u model.Unique) (bool, error) {
	return model.Widely(k.Lookup).Distinct(kind, u)
}

// Closing gives rules the closed months to look up, beside the records.
func Closing(look model.Lookup, at store.Reading) model.Lookup {
	return closedLookup{look, at, new([]membership.ClosedMonth), new(membership.Begun), new(bool)}
}

// ClosedMonths implements membership.ClosedLookup.
func (k closedLookup) ClosedMonths() ([]membership.ClosedMonth, error) {
	if k.at.Steady && *k.known != nil {
		return slices.Clone(*k.known), nil
	}
	all, err := ClosedMonths(k.at.Context(), k.at.Querier())
	if err != nil {
		return nil, err
	}
	if k.at.Steady {
		*k.known = append([]membership.ClosedMonth{}, all...)
	}
	return all, nil
}
