package county

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/office"
	"taizhang/store/send"
)

// ReadReport gives a summary as count.ReadReport does, at the county with who has reported,
// and at an office above counties of what these have sent: of a year what stands in its
// newest month. *model.Error as count.ReadReport and office.Read, E-BY for a split by county
// where there are none.
func ReadReport(ctx context.Context, l *store.Ledger, a count.Ask) (*count.Report, error) {
	a, _, err := asked(ctx, l, a)
	if err != nil {
		return nil, err
	}
	return count.ReadReport(ctx, l, a)
}

// CompareReports gives a summary beside an earlier one as count.Compare does, at the county
// with who has reported. An office above counties has no records to be named.
func CompareReports(ctx context.Context, l *store.Ledger, a count.Ask, with string, names bool) (*count.Comparison, error) {
	a, above, err := asked(ctx, l, a)
	if err != nil {
		return nil, err
	}
	return count.Compare(ctx, l, a, with, names && above == "")
}

// asked completes what is asked of the ledger; above is the level of an office above
// counties, "" for any other.
func asked(ctx context.Context, l *store.Ledger, a count.Ask) (_ count.Ask, above string, err error) {
	a.Returns = readReturns
	if above, err = Above(ctx, l); err != nil {
		return a, "", err
	}
	if above == "" {
		if a.By == count.ByCounty || a.By == count.ByCity {
			return a, "", model.Errorf("E-BY", "按县、按地市分列是地市和省里用的;请按乡镇、领域或单位分列")
		}
		return a, "", nil
	}
	if strings.TrimSpace(a.Township) != "" {
		return a, "", model.Errorf("E-TOWNSHIP", "%s里不能只出一个乡镇的汇总;请按乡镇分列", above)
	}
	a.Received = func(ctx context.Context, l *store.Ledger, month model.Month, by string) (*count.Received, error) {
		return office.Read(ctx, l, above, month, by)
	}
	if a.Month == "" {
		if a.Month, err = newestOf(ctx, l, cmp.Or(a.Year, l.Source().Today().Year())); err != nil {
			return a, above, err
		}
	}
	return a, above, office.Fits(ctx, l, a.Month, a.By)
}

// newestOf gives the newest month of a year of which sums have come, or the last that has
// begun.
func newestOf(ctx context.Context, l *store.Ledger, year int) (model.Month, error) {
	months, err := office.Months(ctx, l)
	if err != nil {
		return "", err
	}
	period, err := count.YearPeriod(l, year)
	if err != nil {
		return "", err
	}
	for _, m := range months {
		if m >= period.From.Month() && m <= period.To.Month() {
			return m, nil
		}
	}
	return period.To.Month(), nil
}

// Above gives the level of an office that takes in sums: 地市 or 省; "" for a county, a
// village, and where the profile that says so is damaged.
func Above(ctx context.Context, l *store.Ledger) (string, error) {
	if l.Extract() != nil {
		return "", nil
	}
	p, err := send.Profile(ctx, l)
	if damaged := (*model.Error)(nil); errors.As(err, &damaged) {
		return "", nil
	}
	if err != nil || p == nil || p.Code != l.Home().Str(fieldCode) {
		return "", err
	}
	if level := send.LevelOf(p); level != bundle.LevelCounty {
		return level, nil
	}
	return "", nil
}

// NewestMonth gives the month that a summary begins with: at the county the newest of
// which a bundle was accepted, else that of today.
func NewestMonth(ctx context.Context, l *store.Ledger) (model.Month, error) {
	today := l.Source().Today().Month()
	is, err := l.IsCounty(ctx)
	if err != nil || !is {
		return today, err
	}
	months, err := NewestMonths(ctx, l, Accepted, Partly)
	if err != nil || len(months) == 0 {
		return today, err
	}
	return min(slices.Max(slices.Collect(maps.Values(months))), today), nil
}

// CloseMonth closes a month at the county (封账): its summary in every split, who has
// reported and who not are kept, and change no more but by another closing (CloseAgain). *model.Error: E-COUNTY in a
// village's ledger, E-SEALED for a month that is closed, E-SEAL-EARLY for a month that
// has not passed unless early allows it, E-MONTH for one to come, E-SEAL-EMPTY for one
// before the first bundle, E-DAMAGED and E-UNSOUND for a ledger that is not sound.
func CloseMonth(ctx context.Context, l *store.Ledger, month model.Month, early bool) (*count.Report, error) {
	if err := mustReceive(ctx, l); err != nil {
		return nil, err
	}
	have, err := count.SealOf(ctx, l, month)
	if err != nil {
		return nil, err
	}
	if have != nil {
		return nil, count.ErrSealed(have)
	}
	if err := l.Sound(ctx); err != nil {
		return nil, err
	}
	if err := closable(ctx, l, month); err != nil {
		return nil, err
	}
	if err := over(l, month, early); err != nil {
		return nil, err
	}
	ask, _, err := asked(ctx, l, count.Ask{Month: month})
	if err != nil {
		return nil, err
	}
	return count.SealReport(ctx, l, ask)
}

// over refuses a month that still runs, unless it is to be closed early.
func over(l *store.Ledger, month model.Month, early bool) error {
	if !early && month.Last() >= l.Source().Today() {
		return model.Errorf("E-SEAL-EARLY", "%s还没有过完,封账后汇总不再变动;确实要现在封账,请加上 --yes", month.Chinese())
	}
	return nil
}

// closable refuses a month to come, and one before the first bundle: it is most likely
// mistyped, and what was closed stays closed.
func closable(ctx context.Context, l *store.Ledger, month model.Month) error {
	if _, err := count.MonthPeriod(l, month); err != nil {
		return err
	}
	lines, err := IntakeLines(ctx, l, month)
	if err != nil {
		return err
	}
	first := model.Month("")
	for _, i := range lines {
		if (i.Verdict == Accepted || i.Verdict == Partly) && (first == "" || i.Month < first) {
			first = i.Month
		}
	}
	switch {
	case first == "":
		return model.Errorf("E-SEAL-EMPTY", "还没有收过报送包,没有可以封账的汇总;请先收报")
	case month < first:
		return model.Errorf("E-SEAL-EMPTY", "%s还没有收过报送包,不能封账;最早收到的是%s的,请核对月份", month.Chinese(), first.Chinese())
	}
	return nil
}

// readReturns counts who has reported, at the county; nil in a village.
func readReturns(ctx context.Context, l *store.Ledger, month model.Month) (*count.Returns, error) {
	is, err := l.IsCounty(ctx)
	if err != nil || !is {
		return nil, err
	}
	status, err := Status(ctx, l, month)
	if err != nil {
		return nil, err
	}
	newest, err := NewestMonths(ctx, l, Accepted, Partly)
	if err != nil {
		return nil, err
	}
	r := &count.Returns{Due: status.All.Due, In: status.All.In, NotBegun: status.All.NotBegun, Retired: status.All.Retired, Older: []count.Unreported{}}
	for _, u := range status.Wanted() {
		r.Older = append(r.Older, count.Unreported{Code: u.Code, Name: u.Name, Township: u.Township, Newest: newest[u.Code]})
	}
	for _, t := range status.Towns {
		r.Towns = append(r.Towns, count.TownReturns{Township: t.Township, Due: t.Due, In: t.In, NotBegun: t.NotBegun, Retired: t.Retired})
	}
	for i := range status.Units {
		if u := &status.Units[i]; u.Due && u.In() {
			r.Reported = append(r.Reported, u.Code)
		}
	}
	r.Absent, r.Silent, err = leftOut(ctx, l, &status)
	return r, err
}

// noteHome notes the figures of the county's own organisation once bundles were taken in,
// also where the clerk stops just then. The bundles are in by then: a disk that fails now
// makes no failure of that, the next thing written meets it, and the next receiving or the
// month's close notes the same figures.
func noteHome(ctx context.Context, l *store.Ledger, all []Intake) {
	if !slices.ContainsFunc(all, func(i Intake) bool { return i.Verdict == Accepted || i.Verdict == Partly }) {
		return
	}
	_ = inside(l).Write(context.WithoutCancel(ctx), count.NoteHome) // noted the next time
}

// Freeze gives a month of a county in every split: of a closed one what was kept, of any
// other what would be if it were closed now. *model.Error E-SEAL-EMPTY for one before the
// first bundle, E-MONTH for one to come.
func Freeze(ctx context.Context, l *store.Ledger, month model.Month) (*count.Frozen, error) {
	seal, err := count.SealOf(ctx, l, month)
	if err != nil {
		return nil, err
	}
	if seal != nil {
		return seal.Open()
	}
	if err := closable(ctx, l, month); err != nil {
		return nil, err
	}
	return count.Freeze(ctx, l, count.Ask{Month: month, Returns: readReturns})
}
