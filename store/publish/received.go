package publish

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/office"
)

// received is the ledger of a city or a province: the sums that it received.
type received struct{ l *store.Ledger }

func (r received) months(ctx context.Context) ([]model.Month, error) {
	return office.Months(ctx, r.l)
}

func (r received) senders(ctx context.Context, month model.Month) ([]sender, error) {
	list, err := office.Senders(ctx, r.l, month)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, model.Errorf("E-MONTH-EMPTY", "%s还没有收过下级的汇总,没有可以发布的;请核对月份", month.Chinese())
	}
	all := make([]sender, len(list))
	for i, s := range list {
		all[i] = sender{s.Code, s.Name}
	}
	return all, nil
}

func (r received) read(ctx context.Context, month model.Month, code string) (*sums, error) {
	got, err := office.SumsOf(ctx, r.l, month, code)
	if err != nil {
		return nil, err
	}
	s := &sums{Sums: *got}
	s.Groups = nil
	named := map[string]bool{}
	for _, g := range got.Groups {
		if g.Kind == office.KindAll {
			continue // a county has it as its own, a city's is the sum of its counties
		}
		if g.Kind == office.KindCounty {
			s.places = append(s.places, place{code: g.Key, name: g.Title, level: bundle.LevelCounty})
			named[g.Key] = true
		}
		s.Groups = append(s.Groups, g)
	}
	if !named[code] {
		s.places = append(s.places, place{code: code, name: s.Name, level: s.Level})
	}
	for i := range s.places {
		if s.places[i].code == code {
			s.places[i].due, s.places[i].in = s.Due, s.In
		}
	}
	for _, g := range s.Groups {
		if g.County != "" && !named[g.County] {
			return nil, fmt.Errorf("sums of %s: group %s %s is of county %s, which is not among them", code, g.Kind, g.Key, g.County)
		}
	}
	for _, u := range s.Units {
		s.reports = append(s.reports, report{county: u.County, unit: u.Code, name: u.Name, township: u.Township, domain: u.Domain, reported: u.Reported})
	}
	return s, nil
}

var _ source = received{}
