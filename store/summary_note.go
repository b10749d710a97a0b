package store

import (
	"context"
	"fmt"

	"taizhang/model"
)

// noteIndicators writes down the figures of one organisation in a month, as its rows
// now say, into indicator_month: under CODE.figure, or CODE.figure.part where it is
// split, with the number of which it is a share as total. What was noted of the month
// before goes. It keeps the tallies of the month and of its year as it stands today.
func (t *Tx) noteIndicators(ctx context.Context, orgID string, month model.Month) error {
	period, err := t.Ledger().MonthPeriod(month)
	if err != nil {
		return err
	}
	year, err := t.Ledger().YearPeriod(month.First().Year())
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
	g, err := t.organisationFigures(ctx, orgID, period, county)
	if err != nil {
		return err
	}
	if _, err := t.organisationFigures(ctx, orgID, year, county); err != nil {
		return err
	}
	if err := t.Exec(ctx, "DELETE FROM indicator_month WHERE month = ? AND org_id = ?", string(month), orgID); err != nil {
		return fmt.Errorf("figures of %s: %w", month, err)
	}
	for _, i := range model.Indicators() {
		for n := range i.Figures {
			if err := t.noteFigure(ctx, orgID, month, i, &i.Figures[n], g); err != nil {
				return fmt.Errorf("figures of %s: %w", month, err)
			}
		}
	}
	return nil
}

// organisationFigures counts one organisation inside the transaction, and keeps its
// tally.
func (t *Tx) organisationFigures(ctx context.Context, orgID string, p Period, county bool) (SummaryGroup, error) {
	c := &counting{l: t.Ledger(), on: t.Session(), period: p, only: onlyOrg, org: orgID, county: county}
	g := newGroup("", "", model.Indicators())
	counted := tallies{orgID: nil}
	err := c.count(ctx, model.Indicators(), func(i *model.Indicator, f *model.Figure, s subtotal) {
		g.add(i.Code, f, s)
		counted.add(i.Code, s)
	})
	if err != nil {
		return SummaryGroup{}, err
	}
	return g.SummaryGroup, t.putTallies(ctx, p, c.basis(), counted)
}

func (t *Tx) noteFigure(ctx context.Context, orgID string, month model.Month, i *model.Indicator, f *model.Figure, g SummaryGroup) error {
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
