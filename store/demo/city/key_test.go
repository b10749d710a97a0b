package city

import (
	"context"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/model/party/packs"
	"taizhang/store"
	"taizhang/store/county"
	"taizhang/store/demo/internal/folk"
)

// TestCityRules asks every rule of every record of the small county, and every due
// item of every organisation: only what the answer key has is found.
func TestCityRules(t *testing.T) {
	t.Parallel()
	faultsOf(t, smallCity, 1)
}

// found is what check and due find in a county, and what they should.
type found struct {
	t     *testing.T
	key   Key
	found map[Fault]int
	due   map[Fault]bool  // overdue on the last day, of the rules of the key
	odd   map[string]bool // ids of records that are in order
	shown map[string]int
}

func faultsOf(t *testing.T, scale scale, seed uint64) {
	t.Helper()
	c := newCity(seed, folk.Counties[0], scale)
	packs, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	f := &found{t: t, found: map[Fault]int{}, due: map[Fault]bool{}, odd: map[string]bool{}, shown: map[string]int{}}
	// The books are asked where they are made, on all cores.
	type answer struct {
		problems []store.Problem
		due      []model.Due
	}
	answers := make([]answer, len(c.units))
	err = c.each(context.Background(), func(u *unit) (*gathering, error) {
		b, err := c.make(u)
		if err != nil {
			return nil, err
		}
		b.env.Packs = packs
		a := &answers[u.index]
		if a.problems, err = b.problems(); err != nil {
			return nil, err
		}
		a.due, err = model.FindDue(&b.env, b.kinds)
		return b, err
	}, func(b *gathering) error {
		f.add(b, answers[b.unit.index].problems, answers[b.unit.index].due)
		answers[b.unit.index] = answer{}
		return f.missed(b)
	})
	if err != nil {
		t.Fatal(err)
	}
	f.compare()
}

// add takes what is found in one book.
func (f *found) add(b *gathering, problems []store.Problem, due []model.Due) {
	f.key.add(b.answers)
	for _, o := range b.answers.Clean {
		f.odd[o.ID] = true
	}
	for _, p := range problems {
		at := Fault{Rule: p.Finding.Code, Org: b.unit.code, Kind: p.Kind.Name, ID: p.ID}
		f.found[at]++
		if !slices.Contains(b.answers.Faults, at) && f.shown[at.Rule] < 3 {
			f.shown[at.Rule]++
			f.t.Errorf("not planted: %s %s %s: %s", b.unit.short, at.Rule, at.Kind, p.Finding.Message)
		}
	}
	for _, d := range due {
		if d.Urgency == model.Overdue && slices.Contains([]string{"R-DUE-01", "R-STS-02", "R-STS-03", "R-DEV-10"}, d.Code) {
			f.due[Fault{Rule: d.Code, Org: b.unit.code, Kind: d.Kind, ID: d.ID}] = true
		}
	}
}

// missed checks that on the last day of each month due speaks of what was missed in
// it or in the period before, and on the county's last day of nothing missed where
// nothing was. Of the periods before the first meetings on file it can't be asked.
func (f *found) missed(b *gathering) error {
	for m := recentDay.Month(); m <= lastMonth; m = m.Add(1) {
		if len(b.answers.Missed) == 0 && m < lastMonth {
			continue
		}
		want := map[string]bool{}
		for _, o := range b.answers.Missed {
			want["R-ORG-04"] = want["R-ORG-04"] || o.Month == m || o.Month == m.Add(-1)
			want["R-ORG-05"] = want["R-ORG-05"] || o.Quarter == folk.QuarterCode(m) && folk.MonthOf(m)%3 == 0 || o.Quarter == folk.QuarterCode(m.Add(-3))
		}
		env := b.env
		env.Today = m.Last()
		all, err := model.FindDue(&env, b.kinds)
		if err != nil {
			return err
		}
		got := map[string]bool{}
		for _, d := range all { // earlier periods are told for information
			got[d.Code] = got[d.Code] || d.Urgency != model.ForInformation
		}
		for code, from := range map[string]model.Month{"R-ORG-04": recentDay.Month().Add(1), "R-ORG-05": recentDay.Month().Add(3)} {
			if m >= from && got[code] != want[code] {
				f.t.Errorf("%s in %s: %s is due: %v, missed: %v", b.unit.short, m, code, got[code], b.answers.Missed)
			}
		}
	}
	return nil
}

// compare looks for what was planted and not found, and for what is found of that
// which is in order.
func (f *found) compare() {
	if len(f.key.Faults) < 20 || len(f.key.Due) != 6 || len(f.key.Clean) != 6 || len(f.key.Missed) == 0 {
		f.t.Errorf("not all was planted: %+v", f.key)
	}
	for _, at := range f.key.Faults {
		// What two organisations show together is asked of the county's ledger.
		if at.Rule != county.CrossTwice && f.found[at] != 1 {
			f.t.Errorf("planted and found %d times: %+v", f.found[at], at)
		}
	}
	for _, at := range f.key.Due {
		if !f.due[at] {
			f.t.Errorf("planted and not overdue: %+v", at)
		}
		delete(f.due, at)
	}
	for at := range f.due {
		f.t.Errorf("overdue and not planted: %+v", at)
	}
	for at := range f.found {
		if f.odd[at.ID] {
			f.t.Errorf("found in what is in order: %+v", at)
		}
	}
}
