package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
)

// NoteIndicators writes down the figures of one organisation in a month, as its rows
// now say, into indicator_month: under CODE.figure, or CODE.figure.part where it is
// split, with the number of which it is a share as total. What was noted of the month
// before goes. It keeps the tallies of the month and of its year as it stands today.
func NoteIndicators(ctx context.Context, t *store.Tx, orgID string, month model.Month) error {
	period, err := MonthPeriod(t.Ledger(), month)
	if err != nil {
		return err
	}
	year, err := YearPeriod(t.Ledger(), month.First().Year())
	if err != nil {
		return err
	}
	county, err := t.Ledger().IsCounty(ctx)
	if err != nil {
		return err
	}
	if err := t.Settle(ctx); err != nil { // those before this bundle
		return err
	}
	g, err := organisationFigures(ctx, t, orgID, period, county)
	if err != nil {
		return err
	}
	if _, err := organisationFigures(ctx, t, orgID, year, county); err != nil {
		return err
	}
	return putNotes(ctx, t, orgID, month, g)
}

// putNotes writes down the figures of an organisation in a month.
func putNotes(ctx context.Context, t *store.Tx, orgID string, month model.Month, g SummaryGroup) error {
	if err := t.Exec(ctx, "DELETE FROM indicator_month WHERE month = ? AND org_id = ?", string(month), orgID); err != nil {
		return fmt.Errorf("figures of %s: %w", month, err)
	}
	for _, i := range Indicators() {
		for n := range i.Figures {
			if err := noteFigure(ctx, t, orgID, month, i, &i.Figures[n], g); err != nil {
				return fmt.Errorf("figures of %s: %w", month, err)
			}
		}
	}
	return nil
}

// organisationFigures counts one organisation inside the transaction, and keeps its
// tally.
func organisationFigures(ctx context.Context, t *store.Tx, orgID string, p Period, county bool) (SummaryGroup, error) {
	c := &counting{l: t.Ledger(), on: t.Session(), period: p, only: onlyOrg, org: orgID, county: county}
	g := newGroup("", "", Indicators())
	counted := tallies{orgID: nil}
	err := c.count(ctx, Indicators(), func(i *Indicator, f *Figure, s subtotal) {
		g.add(i.Code, f, s)
		counted.add(i.Code, s)
	})
	if err != nil {
		return SummaryGroup{}, err
	}
	return g.SummaryGroup, putTallies(ctx, t, p, c.basis(), counted)
}

func noteFigure(ctx context.Context, t *store.Tx, orgID string, month model.Month, i *Indicator, f *Figure, g SummaryGroup) error {
	for part, n := range g.Values[i.Code][f.Key] {
		name := i.Code + "." + f.Key
		if f.Split {
			name += "." + part
		}
		var total any
		if of := i.Figure(f.Of); of != nil {
			at := part
			if !of.Split {
				at = ""
			}
			total = g.Values[i.Code][of.Key][at]
		}
		err := t.Exec(ctx, "INSERT INTO indicator_month (month, org_id, indicator, value, total, at) VALUES (?, ?, ?, ?, ?, ?)",
			string(month), orgID, name, n, total, t.Stamp())
		if err != nil {
			return err
		}
	}
	return nil
}

// NoteOwn writes down, in a village, the figures of its own organisation in a month as
// NoteIndicators does, and who counts in them: with each bundle, and when the month is
// closed. Of a month to come nothing is noted.
func NoteOwn(ctx context.Context, t *store.Tx, month model.Month) error {
	if month > t.Ledger().Source().Today().Month() {
		return nil
	}
	return noteOwn(ctx, t, month)
}

func noteOwn(ctx context.Context, t *store.Tx, month model.Month) error {
	home := t.Ledger().Home()
	if home == nil || home.Kind != party.Kinds.Kind(home.Kind.Name) {
		return nil // a catalog of its own, as tests have
	}
	if err := NoteIndicators(ctx, t, home.ID, month); err != nil {
		return err
	}
	return keepWho(ctx, t, month, home.ID)
}
