// Package truth counts what the summary of a made-up village or county must come to,
// in plain Go from its records. It shares no code with the statements that count the
// same in a ledger, so that a test can hold one against the other.
package truth

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/count/figures"
)

// Count counts the indicators and the source's figures of a made-up county from its
// records as they are generated, one organisation at a time. It is written from
// indicators.md and takes from the indicators' declarations their keys and how a
// figure counts, never their statements: so the two can be held against each other.
type Count struct {
	county  bool // of the kinds marked ◆ only 本级主办 counts
	year    Span
	window  Span // of the source's figures
	params  map[string]int64
	tallies map[string]*tally // by indicator and figure
	across  across
	// concluded is set when across was counted, after the last organisation.
	concluded bool
	whole     *Count          // of a part: the count of the county
	inside    map[string]bool // the transfers within, by span and id
	errs      []error
}

// Span is the time that is counted over; To is "the day".
type Span struct {
	From, To model.Date
	Month    model.Month // "" where no month is asked for
}

// holds tells whether a day lies in the span. No day lies in none.
func (s Span) holds(day model.Date) bool { return day != "" && day >= s.From && day <= s.To }

// tally is one figure while it is counted, by part.
type tally struct {
	figure *count.Figure
	counts map[string]int64
	heads  map[string]map[string]bool
}

// New begins a count of a month and the year so far, and over the window. The
// county's sum leaves out what its units only took part in.
func New(county bool, year, window Span) *Count {
	t := &Count{county: county, year: year, window: window, params: map[string]int64{}, tallies: map[string]*tally{}, inside: map[string]bool{}}
	t.across = across{rated: map[string]int64{}, fresh: map[string]map[string]bool{}, reserves: map[string][]string{}, passings: map[string][]passing{}}
	for _, i := range slices.Concat(count.Indicators(), figures.All()) {
		for n := range i.Figures {
			t.tallies[i.Code+"."+i.Figures[n].Key] = &tally{&i.Figures[n], map[string]int64{}, map[string]map[string]bool{}}
		}
	}
	return t
}

// count adds one thing to a figure: who it is where distinct ones are counted, n
// where a sum is made.
func (t *Count) count(indicator, figure, part, who string, n int64) {
	y := t.tallies[indicator+"."+figure]
	switch {
	case y == nil:
		t.fault("%s.%s is not declared", indicator, figure)
		return
	case y.figure.Count == count.Heads && who == "":
		t.fault("%s.%s counts heads, and none is named", indicator, figure)
		return
	case y.figure.Split && part == "":
		return // an empty choice is part of no split
	}
	if !y.figure.Split {
		part = ""
	}
	switch y.figure.Count {
	case count.Heads:
		if y.heads[part] == nil {
			y.heads[part] = map[string]bool{}
		}
		y.heads[part][who] = true
	case count.Sum:
		y.counts[part] += n
	default:
		y.counts[part]++
	}
}

func (t *Count) fault(format string, args ...any) {
	if err := fmt.Errorf("truth: "+format, args...); len(t.errs) < 20 {
		t.errs = append(t.errs, err)
	}
}

// Add counts one organisation. What is wrong with the count itself, as a figure that
// no indicator declares, is an error.
func (t *Count) Add(o Org) error {
	for _, f := range []func(*book){countMembership, countOrganisation, countJoint, countTraining, countLead, countModel, countShelf} {
		f(t.open(o, t.year))
	}
	countSource(t.open(o, t.window))
	return errors.Join(t.errs...)
}

// Values gives the figures of some indicators as `report summary --json` has them: a
// number, or of a split figure an object of the parts that are not 0.
func (t *Count) Values(indicators []*count.Indicator) map[string]map[string]any {
	t.conclude()
	all := map[string]map[string]any{}
	for _, i := range indicators {
		one := map[string]any{}
		for _, f := range i.Figures {
			y := t.tallies[i.Code+"."+f.Key]
			parts := maps.Clone(y.counts)
			for part, heads := range y.heads {
				parts[part] = int64(len(heads))
			}
			maps.DeleteFunc(parts, func(_ string, n int64) bool { return n == 0 })
			if one[f.Key] = parts[""]; f.Split {
				one[f.Key] = parts
			}
		}
		all[i.Code] = one
	}
	return all
}
