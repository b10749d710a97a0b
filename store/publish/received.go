package publish

import (
	"context"
	"maps"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
)

// received is the ledger of a city or a province: the sums that it received, or for a month
// that it has closed those that it closed. What is of all of it, as transfers between two
// of its counties, is taken from its own summary.
type received struct {
	l     *store.Ledger
	level string
	code  string // its own

	at *officeMonth // the month that is being read
}

// officeMonth is the office's own summary of a month.
type officeMonth struct {
	month  model.Month
	frozen *count.Frozen // nil while the month is open
	whole  count.Column
	county []count.Column
	city   []count.Column // of a province
	lines  []count.Line
	counts map[string]string // how figures are counted that are no number of rows
	codes  []string          // the offices whose rows were read
}

func newReceived(l *store.Ledger, level string) source {
	return &received{l: l, level: level, code: l.Home().Str("code")}
}

func (r *received) months(ctx context.Context) ([]model.Month, error) {
	return office.Months(ctx, r.l)
}

// senders gives those below, and at last the office itself, for what is of none of them.
// A closed month is one sender's: of an office that closed it all stands together.
func (r *received) senders(ctx context.Context, month model.Month) ([]sender, error) {
	list, err := office.Senders(ctx, r.l, month)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, model.Errorf("E-MONTH-EMPTY", "%s还没有收过下级的汇总,没有可以发布的;请核对月份", month.Chinese())
	}
	if err := r.look(ctx, month); err != nil {
		return nil, err
	}
	var all []sender
	if r.at.frozen == nil {
		for _, s := range list {
			all = append(all, sender{s.Code, s.Name})
		}
	}
	return append(all, sender{r.code, r.l.Home().Str("name")}), nil
}

// look reads the office's own summary of a month.
func (r *received) look(ctx context.Context, month model.Month) error {
	at := &officeMonth{month: month}
	seal, err := count.SealOf(ctx, r.l, month)
	if err != nil {
		return err
	}
	if seal != nil {
		if at.frozen, err = seal.Open(); err != nil {
			return err
		}
	}
	b, err := county.ReadReport(ctx, r.l, count.Ask{Month: month, By: count.ByCounty}) // the whole stands first in every split
	if err != nil {
		return err
	}
	at.whole, at.county, at.lines = b.Columns[0], b.Columns[1:], b.Indicators
	if r.level == bundle.LevelProvince {
		if b, err = county.ReadReport(ctx, r.l, count.Ask{Month: month, By: count.ByCity}); err != nil {
			return err
		}
		at.city = b.Columns[1:]
	}
	list, err := office.Senders(ctx, r.l, month)
	if err != nil {
		return err
	}
	at.counts = office.CountsOf(list)
	r.at = at
	return nil
}

func (r *received) read(ctx context.Context, month model.Month, code string) (*sums, error) {
	if r.at == nil || r.at.month != month {
		if err := r.look(ctx, month); err != nil {
			return nil, err
		}
	}
	if code == r.code {
		return r.own(), nil
	}
	got, err := office.SumsOf(ctx, r.l, month, code)
	if err != nil || got == nil {
		return nil, err
	}
	s := &sums{Sums: *got, area: code}
	s.Code, s.Figures, s.Groups = r.code, figuresOf(r.at.lines, r.at.counts), nil
	below := map[string]string{} // the counties by code
	detailed := false
	for _, g := range got.Groups {
		if g.County == "" {
			g.County = code
		}
		switch g.Kind {
		case office.KindAll:
		case office.KindCounty:
			below[g.Key] = g.Title
		default:
			detailed = detailed || g.Kind == office.KindUnit
			s.Groups = append(s.Groups, g)
		}
	}
	r.put(s, code, below, detailed)
	for _, its := range slices.Sorted(maps.Keys(below)) {
		s.places = append(s.places, place{code: its, name: below[its], level: bundle.LevelCounty})
	}
	if _, itself := below[code]; !itself {
		s.places = append(s.places, place{code: code, name: got.Name, level: got.Level})
	}
	for i := range s.places {
		if s.places[i].code == code {
			s.places[i].due, s.places[i].in = got.Due, got.In
		}
		r.at.codes = append(r.at.codes, s.places[i].code)
	}
	for _, u := range s.Units {
		s.reports = append(s.reports, report{county: u.County, unit: u.Code, name: u.Name, township: u.Township, domain: u.Domain, reported: u.Reported})
	}
	return s, nil
}

// put adds to a sender's groups its columns in the office's summary: its counties, the
// city that it is for a province, and of one that does not go down to units the whole in
// their place.
func (r *received) put(s *sums, code string, below map[string]string, detailed bool) {
	add := func(kind, place string, c count.Column) {
		s.Groups = append(s.Groups, office.Group{Kind: kind, County: place, Column: c})
	}
	for _, c := range r.at.county {
		if _, its := below[c.Key]; its {
			add(office.KindCounty, c.Key, c)
		}
	}
	direct := r.at.county
	if r.level == bundle.LevelProvince {
		direct = r.at.city
	}
	for _, c := range direct {
		if c.Key != code {
			continue
		}
		if r.level == bundle.LevelProvince {
			add(count.ByCity, code, c)
		}
		if !detailed {
			c.Title += "(没有报到单位)"
			add(office.KindUnit, code, c)
		}
	}
}

// own gives what is of none below: by what the whole differs from the counties together,
// and of those on the list that have sent nothing that they are absent. Of a closed month
// it is all.
func (r *received) own() *sums {
	at := r.at
	s := &sums{Sums: office.Sums{Sender: office.Sender{Code: r.code, Name: r.l.Home().Str("name"), Month: at.month, Level: r.level, Detail: bundle.DetailTownship,
		From: model.Date(at.month[:4] + "-01-01"), To: at.month.Last()}}, area: r.code, sweep: true}
	s.Figures = figuresOf(at.lines, at.counts)
	if at.frozen != nil {
		r.closed(s)
	} else {
		have := map[string]bool{}
		for _, code := range at.codes {
			have[code] = true
		}
		for _, c := range at.county {
			if !have[c.Key] {
				s.Groups = append(s.Groups, office.Group{Kind: office.KindCounty, County: r.code, Column: c})
			}
		}
		for _, c := range at.city {
			if !have[c.Key] {
				s.Groups = append(s.Groups, office.Group{Kind: count.ByCity, County: r.code, Column: c})
			}
		}
		s.keep = at.codes
	}
	rest := count.Column{Key: r.code, Title: "各县之间", Values: office.Numbers{}, Apart: office.Numbers{}, Lacks: map[string]int{}}
	office.Add(rest.Values, at.whole.Values)
	office.Add(rest.Apart, at.whole.Apart)
	maps.Copy(rest.Lacks, at.whole.Lacks)
	for _, c := range at.county {
		office.Subtract(rest.Values, c.Values)
		office.Subtract(rest.Apart, c.Apart)
		for figure, n := range c.Lacks {
			rest.Lacks[figure] -= n
		}
	}
	s.Groups = append(s.Groups, office.Group{Kind: kindBetween, County: r.code, Column: rest})
	return s
}

// closed adds all that the office closed: each split's columns, and the units.
func (r *received) closed(s *sums) {
	at := r.at
	s.Detail = bundle.DetailUnit
	if seal := at.frozen.Returns; seal != nil {
		s.Due, s.In = seal.Due, seal.In
	}
	home := map[string]string{} // a unit's county
	for _, u := range at.frozen.Upward.Units {
		s.Units = append(s.Units, office.Unit{SealedUnit: u})
		home[u.Code] = u.County
		s.reports = append(s.reports, report{county: u.County, unit: u.Code, name: u.Name, township: u.Township, domain: u.Domain, reported: u.Reported})
	}
	s.places = append(s.places, place{code: r.code, name: s.Name, level: r.level})
	s.places[0].due, s.places[0].in = s.Due, s.In
	for _, c := range at.county {
		s.places = append(s.places, place{code: c.Key, name: c.Title, level: bundle.LevelCounty})
		s.Groups = append(s.Groups, office.Group{Kind: office.KindCounty, County: c.Key, Column: c})
	}
	for _, c := range at.city {
		s.Groups = append(s.Groups, office.Group{Kind: count.ByCity, County: r.code, Column: c})
	}
	for by, kind := range map[string]string{count.ByTownship: office.KindTownship, count.ByDomain: office.KindDomain, count.ByOrganisation: office.KindUnit} {
		columns := at.frozen.Splits[by]
		for n := range columns {
			if n == 0 {
				continue
			}
			g := office.Group{Kind: kind, County: r.code, Column: columns[n]}
			if code, _, ok := strings.Cut(g.Key, "/"); by == count.ByTownship && ok {
				g.County = code
			}
			if code := home[g.Key]; by == count.ByOrganisation && code != "" {
				g.County = code
			}
			s.Groups = append(s.Groups, g)
		}
	}
	for _, p := range s.places {
		s.keep = append(s.keep, p.code)
	}
}

var _ source = (*received)(nil)
