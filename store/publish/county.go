package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
	belowsums "taizhang/store/sums"
)

// countySource is a county's own ledger: its closed months as they were closed, and the
// open one as it stands.
type countySource struct {
	l    *store.Ledger
	told func(string) string
}

func newCounty(ctx context.Context, l *store.Ledger) (source, error) {
	told, err := belowsums.Told(ctx, l)
	return countySource{l, told}, err
}

func (c countySource) months(ctx context.Context) ([]model.Month, error) {
	closed, err := count.SealedMonths(ctx, c.l)
	if err != nil {
		return nil, err
	}
	reported, err := county.NewestMonths(ctx, c.l, county.Accepted, county.Partly)
	if err != nil || len(reported) == 0 {
		return closed, err
	}
	open, err := county.NewestMonth(ctx, c.l)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(closed, open) {
		closed = append(closed, open)
	}
	return closed, nil
}

func (c countySource) senders(context.Context, model.Month) ([]sender, error) {
	return []sender{{c.l.Home().Str("code"), c.l.Home().Str("name")}}, nil
}

// read gives the county's month; nil for one that a program closed that kept nothing to be
// published.
func (c countySource) read(ctx context.Context, month model.Month, _ string) (*sums, error) {
	seal, err := count.SealOf(ctx, c.l, month)
	if err != nil {
		return nil, err
	}
	frozen, err := county.Freeze(ctx, c.l, month)
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-SEAL-EMPTY" {
		return nil, model.Errorf("E-MONTH-EMPTY", "%s还没有收过报送包,没有可以发布的;请核对月份", month.Chinese())
	}
	if err != nil || frozen.Upward == nil {
		return nil, err
	}
	home := c.l.Home()
	s := &sums{Sums: office.Sums{Sender: office.Sender{Code: home.Str("code"), Name: home.Str("name"), Month: month, Level: bundle.LevelCounty,
		Detail: bundle.DetailUnit, From: frozen.Period.From, To: frozen.Period.To}}}
	if seal != nil {
		s.Closed = seal.At
	}
	if frozen.Returns != nil {
		s.Due, s.In = frozen.Returns.Due, frozen.Returns.In
	}
	s.places = []place{{s.Code, s.Name, s.Level, s.Due, s.In}}
	s.Figures = figuresOf(frozen.Indicators, frozen.Upward.Counts)
	for by, columns := range frozen.Splits {
		for n := range columns {
			if by == "" || n > 0 { // the first of a split is all again
				s.Groups = append(s.Groups, c.group(s, by, columns[n]))
			}
		}
	}
	s.area = s.Code
	for _, u := range frozen.Upward.Units {
		u.County = s.Code
		s.Units = append(s.Units, office.Unit{Sender: s.Code, SealedUnit: u})
	}
	s.reports, err = c.reports(ctx, s.Code, month, frozen.Returns)
	return s, err
}

// figuresOf gives the figures of a summary in its order; counts says of those that are no
// number of rows how they are counted.
func figuresOf(lines []count.Line, counts map[string]string) []office.Figure {
	var all []office.Figure
	for _, i := range lines {
		for _, e := range i.Figures {
			counted := cmp.Or(counts[i.Code+"."+e.Key], office.CountRows)
			all = append(all, office.Figure{Indicator: i.Code, Key: e.Key, Heading: i.Title, Title: e.Title, Unit: e.Unit, Count: counted, Of: e.Of, Goal: e.Goal, Split: e.Split})
		}
	}
	return all
}

// group makes of a column of the county's summary the group that it is above the county.
func (c countySource) group(s *sums, by string, column count.Column) office.Group {
	g := office.Group{Sender: s.Code, County: s.Code, Kind: by, Column: column}
	g.Values, g.Apart = c.tellAll(column.Values), c.tellAll(column.Apart)
	switch by {
	case "":
		g.Kind, g.Key, g.Title = office.KindCounty, s.Code, s.Name
	case count.ByTownship:
		g.Key = s.Code + "/" + column.Key
	case count.ByOrganisation:
		g.Kind = office.KindUnit
	}
	return g
}

// tellAll puts the parts that hold a person's name together under what says so.
func (c countySource) tellAll(values office.Numbers) office.Numbers {
	told := office.Numbers{}
	for code, figures := range values {
		told[code] = map[string]map[string]int64{}
		for key, parts := range figures {
			told[code][key] = map[string]int64{}
			for part, n := range parts {
				told[code][key][c.told(part)] += n
			}
		}
	}
	return told
}

// reports gives how the units stand. Which of them are due and have reported is what the
// summary counts: of a closed month as it was closed.
func (c countySource) reports(ctx context.Context, code string, month model.Month, returns *count.Returns) ([]report, error) {
	status, err := county.Status(ctx, c.l, month)
	if err != nil {
		return nil, fmt.Errorf("reports: %w", err)
	}
	due, in := map[string]bool{}, map[string]bool{}
	if returns != nil {
		for _, unit := range returns.Reported {
			due[unit], in[unit] = true, true
		}
		for _, u := range returns.Older {
			due[u.Code] = true
		}
	}
	all := make([]report, 0, len(status.Units))
	for i := range status.Units {
		u := &status.Units[i]
		if u.Code == "" {
			continue
		}
		asked := due[u.Code]
		r := report{county: code, unit: u.Code, name: u.Name, township: u.Township, domain: u.Domain, due: &asked, reported: in[u.Code],
			state: &u.State, received: stamp(u.Received)}
		if u.Received != "" {
			problems := int64(u.Problems)
			r.sequence, r.problems = &u.Sequence, &problems
		}
		if u.Newest != "" {
			newest := monthDay(u.Newest)
			r.newest = &newest
		}
		all = append(all, r)
	}
	return all, nil
}

var _ source = countySource{}
