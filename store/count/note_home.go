package count

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// NoteHome writes down, at the county, the figures of its own organisation in the newest
// month of which units have reported, as NoteIndicators does for them: the county keeps its
// records too, and they go on with the newest month. It is called at the end of each
// receiving, so that the last one of a month says what its own records were in it. Nothing
// is noted where no unit has reported.
func NoteHome(ctx context.Context, t *store.Tx) error {
	newest, err := newestNoted(ctx, t)
	if err != nil || newest == "" {
		return err
	}
	return noteHome(ctx, t, newest)
}

// noteHomeClosed does so when a month is closed that is the newest or later: of an earlier
// one the county's records no longer say what was.
func noteHomeClosed(ctx context.Context, t *store.Tx, month model.Month) error {
	newest, err := newestNoted(ctx, t)
	if err != nil || month < newest {
		return err
	}
	return noteHome(ctx, t, month)
}

// newestNoted is the newest month of which anything was noted, "" for none.
func newestNoted(ctx context.Context, t *store.Tx) (model.Month, error) {
	months, err := raw.Texts(ctx, t.Session(), "SELECT month FROM indicator_month WHERE indicator = ? ORDER BY month DESC LIMIT 1", markNoted)
	if err != nil {
		return "", fmt.Errorf("months noted: %w", err)
	}
	if len(months) == 0 {
		return "", nil
	}
	return model.Month(months[0]), nil
}

func noteHome(ctx context.Context, t *store.Tx, month model.Month) error {
	home := t.Ledger().Home()
	county, err := t.Ledger().IsCounty(ctx)
	if err != nil || !county || month > t.Ledger().Source().Today().Month() || home.Kind != party.Kinds.Kind(home.Kind.Name) {
		return err
	}
	period, err := MonthPeriod(t.Ledger(), month)
	if err != nil {
		return err
	}
	if err := t.Settle(ctx); err != nil {
		return err
	}
	c := &counting{l: t.Ledger(), on: t.Session(), period: period, county: true}
	g, err := c.homeFigures(ctx, home.ID)
	if err != nil {
		return err
	}
	return putNotes(ctx, t, home.ID, month, g)
}

// homeFigures counts what a county's summary adds for its own organisation: what refers to
// records of others is counted over all.
func (c *counting) homeFigures(ctx context.Context, home string) (SummaryGroup, error) {
	g := newGroup("", "", Indicators())
	crossed, err := c.crossing(ctx)
	if err != nil {
		return SummaryGroup{}, err
	}
	crosses := func(i *Indicator) bool { return uses(i, crossed) }
	add := func(i *Indicator, f *Figure, s subtotal) {
		if s.org == home {
			g.add(i.Code, f, s)
		}
	}
	if err := c.count(ctx, slices.DeleteFunc(slices.Clone(Indicators()), func(i *Indicator) bool { return !crosses(i) }), add); err != nil {
		return SummaryGroup{}, err
	}
	c.only, c.org = onlyOrg, home
	err = c.count(ctx, slices.DeleteFunc(slices.Clone(Indicators()), crosses), add)
	return g.SummaryGroup, err
}
