// Package count counts: the indicators of the summary with their statements and the sets
// that these are written against, the balance of members, tallies, closed months and
// comparisons.
package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Period is what a summary speaks of: a calendar year up to a day, a month and the
// year so far, or for the source's figures a window.
type Period struct {
	From  model.Date  `json:"from"`  // first day
	To    model.Date  `json:"to"`    // last day, "the day"
	Month model.Month `json:"month"` // "" for a year's
}

// The ways to split a summary; "" for none. They are the words of --by. ByCounty is for an
// office above counties, ByCity for one above cities.
const (
	ByCity         = "city"
	ByCounty       = "county"
	ByTownship     = "township"
	ByDomain       = "domain"
	ByOrganisation = "organization"
)

// SummaryQuery says which figures to count and for whom.
type SummaryQuery struct {
	Period     Period
	By         string
	Org        string       // only of this organisation (its id), "" for all
	Indicators []*Indicator // nil: Indicators()
	// Skip are organisations, by id, that are not counted; a group of such alone is
	// Absent.
	Skip map[string]bool
	// OnFile counts figures without a dated past by what stands on file now, whatever the
	// day: for one who looks at the statements, never for a report.
	OnFile bool
}

// Summary is a table of figures: one group for all, then one for each part of the
// split.
type Summary struct {
	Period     Period         `json:"period"`
	By         string         `json:"by"`
	Indicators []*Indicator   `json:"-"`
	Groups     []SummaryGroup `json:"groups"`
}

// SummaryGroup is one column of the summary.
type SummaryGroup struct {
	Key   string `json:"key"`   // township or domain as stored, the organisation's code; "" for all
	Title string `json:"title"` // 合计 for all
	// Values by indicator's code, figure's key and part ("" where it is not split).
	// Every figure is there, with 0 where nothing was counted.
	Values map[string]map[string]map[string]int64 `json:"-"`
	Absent bool                                   `json:"absent,omitempty"` // none of its organisations is counted
	// Units are the organisations in the group; Lacks says by CODE.figure of how many of
	// them there is no number, because the figure has no dated past and nothing was noted
	// of that month. Apart holds what these have of the figures that such a figure is a
	// share of.
	Units int `json:"-"`
	// Later is set where the rows of some of them say a later state than that of the day:
	// figures of Past AsToday go by it.
	Later bool                                   `json:"-"`
	Lacks map[string]int                         `json:"-"`
	Apart map[string]map[string]map[string]int64 `json:"-"`
}

// Behind is a record behind a figure.
type Behind struct {
	Kind  string
	ID    string
	Label string
	Org   string // the organisation's short name, or its name
	N     int64  // how much it adds
}

// countyLevel is the township under which the county's own organisation is shown.
const countyLevel = "县本级"

// YearPeriod gives the period of a year's report: to its last day, or to today.
// *model.Error E-MONTH for a year to come.
func YearPeriod(l *store.Ledger, year int) (Period, error) {
	today := l.Source().Today()
	if year < 1921 || year > today.Year() {
		return Period{}, model.Errorf("E-MONTH", "%d年没有汇总可算,请写到%d年为止的年份", year, today.Year())
	}
	return Period{From: model.Date(fmt.Sprintf("%04d-01-01", year)), To: min(model.Date(fmt.Sprintf("%04d-12-31", year)), today)}, nil
}

// MonthPeriod gives the period of a month's report: the year so far to the month's
// last day, or to today. *model.Error E-MONTH for no month or one to come.
func MonthPeriod(l *store.Ledger, m model.Month) (Period, error) {
	if err := pastMonth(l, m); err != nil {
		return Period{}, err
	}
	return Period{From: model.Date(m[:4] + "-01-01"), To: min(m.Last(), l.Source().Today()), Month: m}, nil
}

// Summarize counts. *model.Error E-MONTH for a period that has not begun.
func Summarize(ctx context.Context, l *store.Ledger, q SummaryQuery) (Summary, error) {
	if q.Indicators == nil {
		q.Indicators = Indicators()
	}
	sum := Summary{Period: q.Period, By: q.By, Indicators: q.Indicators}
	var err error
	if sum.Groups, err = summaryGroups(ctx, l, q); err != nil {
		return sum, err
	}
	return sum, nil
}

// SummaryBehind gives the records behind one figure of one group and part (group
// as SummaryGroup.Key, part "" for all parts), by organisation and label. Of a figure
// that counts heads each record adds 1, also where several are of one head.
func SummaryBehind(ctx context.Context, l *store.Ledger, q SummaryQuery, group, indicator, figure, part string) ([]Behind, error) {
	all, err := SummaryBehindEach(ctx, l, q, group, []FigurePart{{indicator, figure, part}})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// FigurePart names a figure of an indicator; Part "" stands for all of it.
type FigurePart struct{ Indicator, Figure, Part string }

// SummaryBehindEach gives the records behind several figures, as SummaryBehind does.
func SummaryBehindEach(ctx context.Context, l *store.Ledger, q SummaryQuery, group string, figures []FigurePart) ([][]Behind, error) {
	if q.Indicators == nil {
		q.Indicators = Indicators()
	}
	found := make([]figureOf, len(figures))
	byName := figuresByName(q.Indicators)
	q.Indicators = nil
	for n, f := range figures {
		var ok bool
		if found[n], ok = byName[f.Indicator+"."+f.Figure]; !ok {
			return nil, fmt.Errorf("no figure %s.%s", f.Indicator, f.Figure)
		}
		q.Indicators = append(q.Indicators, found[n].indicator)
	}
	all := make([][]Behind, len(figures))
	err := connected(ctx, l, q, func(c *counting) error {
		if err := c.fillBase(ctx, q.Indicators); err != nil {
			return err
		}
		return c.behind(ctx, q, group, found, figures, all)
	})
	return all, err
}

// connected calls fn with the ledger at one moment, with a connection to count on. Its
// base sets are still to be filled.
func connected(ctx context.Context, l *store.Ledger, q SummaryQuery, fn func(*counting) error) error {
	if q.Period.From > l.Source().Today() || q.Period.To < q.Period.From {
		return model.Errorf("E-MONTH", "%s还没有到,没有数可以汇总;请核对月份,或检查电脑的日期", q.Period.From.Month().Chinese())
	}
	county, err := l.IsCounty(ctx)
	if err != nil {
		return err
	}
	return inside(l).Moment(ctx, func(s store.Snapshot) error {
		on, ok := s.Querier().(*raw.Session)
		if !ok {
			return fmt.Errorf("summary: %T is no connection", s.Querier())
		}
		// The base sets are tables of this connection alone; nothing is written to the file.
		if _, err := on.Conn.ExecContext(ctx, "PRAGMA query_only = 0"); err != nil {
			return err
		}
		c := &counting{l: l, on: on, period: q.Period, org: q.Org, county: county, onFile: q.OnFile}
		if q.Org != "" {
			c.only = onlyOrg
		}
		err := fn(c)
		if _, closing := on.Conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only = 1"); err == nil {
			err = closing
		}
		return err
	})
}

// onlyOrg is the scope of one organisation.
const onlyOrg = "org_id = :org"

// summaryGroups counts all indicators of a query.
func summaryGroups(ctx context.Context, l *store.Ledger, q SummaryQuery) ([]SummaryGroup, error) {
	county, err := l.IsCounty(ctx)
	if err != nil {
		return nil, err
	}
	if county && talliable(q) {
		return countySummary(ctx, l, q)
	}
	var sum *adder
	err = connected(ctx, l, q, func(c *counting) error {
		homes, err := inside(l).OrganisationsAt(ctx, c.on)
		if err != nil {
			return err
		}
		if sum, err = c.newAdder(ctx, q, homes); err != nil {
			return err
		}
		if err := c.count(ctx, q.Indicators, sum.add); err != nil {
			return err
		}
		return c.addWithin(ctx, q, homes, sum)
	})
	if err != nil {
		return nil, err
	}
	return sum.groups(), nil
}
