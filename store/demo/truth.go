package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"taizhang/model"
)

// truth counts the indicators and the source's figures of a made-up county from its
// records as they are generated, one organisation at a time. It is written from
// indicators.md and takes from the indicators' declarations their keys and how a
// figure counts, never their statements: so the two can be held against each other.
type truth struct {
	county  bool // of the kinds marked ◆ only 本级主办 counts
	year    truthSpan
	window  truthSpan // of the source's figures
	params  map[string]int64
	tallies map[string]*tally // by indicator and figure
	across  truthAcross
	// concluded is set when across was counted, after the last organisation.
	concluded bool
	errs      []error
}

// truthSpan is the time that is counted over; to is "the day".
type truthSpan struct {
	from, to model.Date
	month    model.Month // "" where no month is asked for
}

// holds tells whether a day lies in the span. No day lies in none.
func (s truthSpan) holds(day model.Date) bool { return day != "" && day >= s.from && day <= s.to }

// tally is one figure while it is counted, by part.
type tally struct {
	figure *model.Figure
	counts map[string]int64
	heads  map[string]map[string]bool
}

// newTruth begins a count of a month and the year so far, and over the window. The
// county's sum leaves out what its units only took part in.
func newTruth(county bool, year, window truthSpan) *truth {
	t := &truth{county: county, year: year, window: window, params: map[string]int64{}, tallies: map[string]*tally{}}
	t.across = truthAcross{rated: map[string]int64{}, fresh: map[string]map[string]bool{}, reserves: map[string][]string{}}
	for _, i := range slices.Concat(model.Indicators(), model.SourceFigures()) {
		for n := range i.Figures {
			t.tallies[i.Code+"."+i.Figures[n].Key] = &tally{&i.Figures[n], map[string]int64{}, map[string]map[string]bool{}}
		}
	}
	return t
}

// cityTruth counts the made-up county for 2026-06, the figures from 2023-07-01 on.
func cityTruth() *truth {
	return newTruth(true, truthSpan{"2026-01-01", "2026-06-30", "2026-06"}, truthSpan{from: "2023-07-01", to: "2026-06-30"})
}

// count adds one thing to a figure: who it is where distinct ones are counted, n
// where a sum is made.
func (t *truth) count(indicator, figure, part, who string, n int64) {
	y := t.tallies[indicator+"."+figure]
	switch {
	case y == nil:
		t.fault("%s.%s is not declared", indicator, figure)
		return
	case y.figure.Count == model.Heads && who == "":
		t.fault("%s.%s counts heads, and none is named", indicator, figure)
		return
	case y.figure.Split && part == "":
		return // an empty choice is part of no split
	}
	if !y.figure.Split {
		part = ""
	}
	switch y.figure.Count {
	case model.Heads:
		if y.heads[part] == nil {
			y.heads[part] = map[string]bool{}
		}
		y.heads[part][who] = true
	case model.Sum:
		y.counts[part] += n
	default:
		y.counts[part]++
	}
}

func (t *truth) fault(format string, args ...any) {
	if err := fmt.Errorf("demo: "+format, args...); len(t.errs) < 20 {
		t.errs = append(t.errs, err)
	}
}

// add counts one organisation.
func (t *truth) add(o cityOrg) error {
	for _, f := range []func(*truthBook){countMembership, countOrganisation, countJoint, countTraining, countLead, countModel, countShelf} {
		f(t.open(o, t.year))
	}
	countSource(t.open(o, t.window))
	return errors.Join(t.errs...)
}

// values gives the figures of some indicators as `report summary --json` has them: a
// number, or of a split figure an object of the parts that are not 0.
func (t *truth) values(indicators []*model.Indicator) map[string]map[string]any {
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

// write writes the numbers and the answer key, in a stable order.
func (t *truth) write(path string, key CityKey) error {
	if err := errors.Join(t.errs...); err != nil {
		return err
	}
	text, err := json.MarshalIndent(struct {
		Indicators map[string]map[string]any `json:"indicators"`
		Figures    map[string]map[string]any `json:"figures"`
		CityKey
	}{t.values(model.Indicators()), t.values(model.SourceFigures()), key.filled()}, "", "  ")
	if err != nil {
		return fmt.Errorf("demo: the county's numbers: %w", err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o600); err != nil {
		return model.Errorf("E-DEMO-DIR", "“%s”写不了,请换一个能写入的文件夹", path)
	}
	return nil
}
