package store

import (
	"context"

	"taizhang/model"
)

// Period is what a summary speaks of: a calendar year up to a day, a month and the
// year so far, or for the source's figures a window.
type Period struct {
	From  model.Date  `json:"from"`  // first day
	To    model.Date  `json:"to"`    // last day, "the day"
	Month model.Month `json:"month"` // "" for a year's
}

// The ways to split a summary; "" for none. They are the words of --by.
const (
	ByTownship     = "township"
	ByDomain       = "domain"
	ByOrganisation = "organization"
)

// SummaryQuery says which figures to count and for whom.
type SummaryQuery struct {
	Period     Period
	By         string
	Org        string             // only of this organisation (its id), "" for all
	Indicators []*model.Indicator // nil: model.Indicators()
}

// Summary is a table of figures: one group for all, then one for each part of the
// split.
type Summary struct {
	Period     Period             `json:"period"`
	By         string             `json:"by"`
	Indicators []*model.Indicator `json:"-"`
	Groups     []SummaryGroup     `json:"groups"`
}

// SummaryGroup is one column of the summary.
type SummaryGroup struct {
	Key   string `json:"key"`   // township or domain as stored, the organisation's code; "" for all
	Title string `json:"title"` // 合计 for all
	// Values by indicator's code, figure's key and part ("" where it is not split).
	// Every figure is there, with 0 where nothing was counted.
	Values map[string]map[string]map[string]int64 `json:"-"`
}

// Behind is a record behind a figure.
type Behind struct {
	Kind  string
	ID    string
	Label string
	Org   string // the organisation's short name, or its name
	N     int64  // how much it adds
}

// YearPeriod gives the period of a year's report: to its last day, or to today.
func (l *Ledger) YearPeriod(year int) (Period, error) { panic("not yet") }

// MonthPeriod gives the period of a month's report: the year so far to the month's
// last day, or to today.
func (l *Ledger) MonthPeriod(m model.Month) (Period, error) { panic("not yet") }

// Summary counts. *model.Error E-MONTH for a period that has not begun.
func (l *Ledger) Summary(ctx context.Context, q SummaryQuery) (Summary, error) { panic("not yet") }

// SummaryBehind gives the records behind one figure of one group and part (group
// as SummaryGroup.Key, part "" for all parts), by organisation and label.
func (l *Ledger) SummaryBehind(ctx context.Context, q SummaryQuery, group, indicator, figure, part string) ([]Behind, error) {
	panic("not yet")
}
