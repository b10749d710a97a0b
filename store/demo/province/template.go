package province

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/demo"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/office"
	"taizhang/store/sums"
)

// template is what the numbers are made after: the summary of one made-up village.
type template struct {
	figures []office.Figure
	counted map[string]string // how a figure is counted, by CODE.key
	lines   []entry           // in a fixed order
}

type entry struct {
	code, key, part string
	n               int64
}

func newTemplate(ctx context.Context) (t *template, err error) {
	t = &template{counted: map[string]string{}}
	return t, tempFolder(func(dir string) error {
		made, err := demo.Village(ctx, dir, demo.Options{Members: 60, AsOf: Month.Last()})
		if err != nil {
			return err
		}
		l, err := book.Open(ctx, filepath.Clean(made.Ledger), store.Options{ReadOnly: true})
		if err != nil {
			return err
		}
		return errors.Join(t.read(ctx, l), l.Close())
	})
}

func (t *template) read(ctx context.Context, l *store.Ledger) error {
	told, err := sums.Told(ctx, l)
	if err != nil {
		return err
	}
	b, err := count.ReadReport(ctx, l, count.Ask{Month: Month})
	if err != nil {
		return err
	}
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			counted := office.CountRows
			switch f.Count {
			case count.Heads:
				counted = office.CountHeads
			case count.Sum:
				counted = office.CountSum
			}
			t.counted[i.Code+"."+f.Key] = counted
			t.figures = append(t.figures, office.Figure{Indicator: i.Code, Key: f.Key, Heading: i.Title, Title: f.Title, Unit: f.Unit,
				Count: counted, Of: f.Of, Goal: f.Goal, Split: f.Split})
			parts := b.Columns[0].Values[i.Code][f.Key]
			for _, part := range slices.Sorted(maps.Keys(parts)) {
				if told(part) == part {
					t.lines = append(t.lines, entry{i.Code, f.Key, part, parts[part]})
				}
			}
		}
	}
	return nil
}

// always are the indicators that every unit has; of the others each has some.
var always = []string{"A01", "A02", "A09", "A11", "B03"}

// some is the share of the other indicators that a unit has. Like the units of the made-up
// county of 536 it has a hundred to a hundred and twenty numbers then.
const some = 0.55

// unit makes the numbers of a unit. Larger in the village is not smaller here, so that what
// is a share of something stays one.
func (t *template) unit(d *dice.Dice) office.Numbers {
	values := office.Numbers{}
	by, rest := 0.4+1.8*d.Float64(), d.Float64()
	has := map[string]bool{}
	for _, e := range t.lines {
		if _, thrown := has[e.code]; !thrown {
			has[e.code] = slices.Contains(always, e.code) || d.Chance(some)
		}
		if n := int64(math.Floor(float64(e.n)*by + rest)); has[e.code] && n != 0 {
			put(values, e.code, e.key, e.part, n)
		}
	}
	return values
}

func put(values office.Numbers, code, key, part string, n int64) {
	if values[code] == nil {
		values[code] = map[string]map[string]int64{}
	}
	if values[code][key] == nil {
		values[code][key] = map[string]int64{}
	}
	values[code][key][part] = n
}

// domains are those of the units, in turn.
var domains = []string{"行政村", "行政村", "行政村", "社区", "非公企业"}

// county makes what a county has sent of a month.
func (t *template) county(seed uint64, n, units int, month model.Month) *office.Sums {
	area := fmt.Sprintf("99%02d%02d", 1+n/cityOf, 1+n%cityOf)
	code, name := area+"000000", fmt.Sprintf("中共示例省%02d市%02d县委组织部", 1+n/cityOf, 1+n%cityOf)
	s := &office.Sums{Sender: office.Sender{Code: code, Name: name, Month: month, Level: bundle.LevelCounty, Detail: bundle.DetailUnit,
		From: model.Date(month[:4] + "-01-01"), To: month.Last(), Closed: string(month.Add(1).First()) + "T01:00:00Z", Due: units,
		Sequence: 1, Hash: hashOf(code, month), Figures: t.figures}}
	d := dice.New(seed, code+" "+string(month))
	all := &count.Column{Title: "合计", Values: office.Numbers{}}
	towns, fields := map[string]*count.Column{}, map[string]*count.Column{}
	for i := range units {
		town, domain := fmt.Sprintf("%02d乡镇", 1+i/townUnits), domains[d.IntN(len(domains))]
		u := office.Unit{Sender: code, SealedUnit: count.SealedUnit{County: code, Code: fmt.Sprintf("%s1%02d%03d", area, i/townUnits, i%townUnits+1),
			Name: fmt.Sprintf("%s%02d村党支部", town, i%townUnits+1), Township: town, Domain: domain, Kind: "党支部", Reported: d.Chance(0.97)}}
		if u.Reported {
			s.In++
		}
		values := t.unit(d)
		s.Units = append(s.Units, u)
		s.Groups = append(s.Groups, office.Group{Sender: code, Kind: office.KindUnit, County: code,
			Column: count.Column{Key: u.Code, Title: u.Name, Units: 1, Values: values}})
		for _, c := range []*count.Column{all, column(towns, code+"/"+town, town), column(fields, domain, domain)} {
			c.Units++
			office.Add(c.Values, values)
		}
	}
	s.Groups = append(s.Groups, t.group(s, office.KindAll, all))
	whole := *all
	whole.Key, whole.Title = code, name
	s.Groups = append(s.Groups, t.group(s, office.KindCounty, &whole))
	for _, key := range slices.Sorted(maps.Keys(towns)) {
		s.Groups = append(s.Groups, t.group(s, office.KindTownship, towns[key]))
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		s.Groups = append(s.Groups, t.group(s, office.KindDomain, fields[key]))
	}
	return s
}

func column(of map[string]*count.Column, key, title string) *count.Column {
	if of[key] == nil {
		of[key] = &count.Column{Key: key, Title: title, Values: office.Numbers{}}
	}
	return of[key]
}

// group makes a group of what its units add up to. Of heads some are in several units.
func (t *template) group(s *office.Sums, kind string, c *count.Column) office.Group {
	g := office.Group{Sender: s.Code, Kind: kind, County: s.Code, Column: *c}
	g.Values = office.Numbers{}
	for code, figures := range c.Values {
		for key, parts := range figures {
			for part, n := range parts {
				if t.counted[code+"."+key] == office.CountHeads {
					n -= n / 10
				}
				put(g.Values, code, key, part, n)
			}
		}
	}
	return g
}
