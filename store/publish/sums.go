package publish

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/office"
)

// kindBetween are the numbers by which the whole differs from the sum of its counties:
// transfers between two of them may be inside the whole.
const kindBetween = "between"

// sums are what is published of a sender's month.
type sums struct {
	office.Sums
	reports []report
	// places are the offices whose rows these are: the sender, or the counties of which it
	// tells apart.
	places []place
	area   string // the sender's own code: whose rows are compared, with those of places
	sweep  bool   // take away what the publisher has published of offices that are not in keep
	keep   []string
}

type place struct {
	code, name, level string
	due, in           int
}

// report is how a unit stands in a month.
type report struct {
	county, unit, name, township, domain string
	due                                  *bool // nil: not known
	reported                             bool
	state                                *string    // nil: not known
	received                             *time.Time // when a bundle of the month was first accepted
	sequence, problems                   *int64
	newest                               *time.Time // the first day of the month
}

func (s *sums) units() int {
	n := 0
	for i := range s.Groups {
		if s.Groups[i].Kind == office.KindUnit {
			n++
		}
	}
	return n
}

// number is one row of tally or total.
type number struct {
	figure, part string
	value        int64
	apart, lacks *int64 // nil: 0
}

// The tables whose rows have digests, and stand or go each by itself.
const (
	tableOffice = "office"
	tableUnit   = "unit"
	tableScope  = "scope"
	tableReport = "report"
)

// item is what is compared and written as one.
type item struct {
	key     itemKey
	row     []any // of its table, without month and digest
	numbers []number
	figures [][]any // of an office's: the rows of figure, without month and county
	digest  [sha256.Size]byte
}

type itemKey struct{ table, county, kind, code string }

// items takes sums apart. Each has a digest of all that would be written of it.
func (s *sums) items() ([]*item, error) {
	units := make(map[string]*office.Unit, len(s.Units))
	for i := range s.Units {
		units[s.Units[i].County+"/"+s.Units[i].Code] = &s.Units[i]
	}
	var all []*item
	figures := figureRows(s.Figures)
	for _, p := range s.places {
		all = append(all, &item{key: itemKey{table: tableOffice, county: p.code}, figures: figures,
			row: []any{p.code, s.Code, p.name, p.level, s.Detail, day(s.From), day(s.To), stamp(s.Closed), p.due, p.in}})
	}
	for i := range s.Groups {
		g := &s.Groups[i]
		county := g.County
		if county == "" {
			county = s.Code
		}
		one := &item{numbers: numbersOf(&g.Column)}
		if g.Kind == office.KindUnit {
			u := units[county+"/"+g.Key]
			if u == nil {
				u = &office.Unit{SealedUnit: count.SealedUnit{Name: g.Title}} // one that is no more, or a whole county in its units' place
			}
			one.key = itemKey{tableUnit, county, "", g.Key}
			one.row = []any{county, g.Key, u.Name, u.Township, u.Domain, u.Kind, g.Units, office.StateOf(&g.Column)}
		} else {
			one.key = itemKey{tableScope, county, g.Kind, g.Key}
			one.row = []any{county, g.Kind, g.Key, g.Title, g.Units, office.StateOf(&g.Column)}
		}
		all = append(all, one)
	}
	for i := range s.reports {
		r := &s.reports[i]
		all = append(all, &item{key: itemKey{tableReport, r.county, "", r.unit},
			row: []any{r.county, r.unit, r.name, r.township, r.domain, r.due, r.reported, r.state, r.received, r.sequence, r.newest, r.problems}})
	}
	for _, one := range all {
		if err := one.sum(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// sum makes the digest.
func (i *item) sum() error {
	rows := make([][]any, len(i.numbers))
	for n, x := range i.numbers {
		rows[n] = []any{x.figure, x.part, x.value, x.apart, x.lacks}
	}
	text, err := json.Marshal([]any{i.row, rows, i.figures})
	if err != nil {
		return fmt.Errorf("digest of %v: %w", i.key, err)
	}
	i.digest = sha256.Sum256(text)
	return nil
}

// numbersOf gives the numbers of a column, by figure and part. What is 0 has no row.
func numbersOf(c *count.Column) []number {
	all := map[[2]string]*number{}
	at := func(figure, part string) *number {
		key := [2]string{figure, part}
		if all[key] == nil {
			all[key] = &number{figure: figure, part: part}
		}
		return all[key]
	}
	each := func(values office.Numbers, put func(x *number, n int64)) {
		for code, figures := range values {
			for key, parts := range figures {
				for part, n := range parts {
					if n != 0 {
						put(at(code+"."+key, part), n)
					}
				}
			}
		}
	}
	each(c.Values, func(x *number, n int64) { x.value = n })
	each(c.Apart, func(x *number, n int64) { x.apart = &n })
	for figure, n := range c.Lacks {
		if lacks := int64(n); n != 0 {
			at(figure, "").lacks = &lacks
		}
	}
	list := make([]number, 0, len(all))
	for _, key := range slices.SortedFunc(maps.Keys(all), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		list = append(list, *all[key])
	}
	return list
}

// figureRows gives the rows of figure, without month and county.
func figureRows(figures []office.Figure) [][]any {
	rows := make([][]any, 0, len(figures))
	for n, f := range figures {
		name := f.Indicator + "." + f.Key
		var of *string
		if f.Of != "" {
			text := f.Indicator + "." + f.Of
			of = &text
		}
		rows = append(rows, []any{name, n + 1, f.Heading, f.Title, f.Unit, f.Count, of, f.Goal, f.Split})
	}
	return rows
}

// day gives a date as the driver takes it.
func day(d model.Date) time.Time { return d.Time() }

func monthDay(m model.Month) time.Time { return m.First().Time() }

// stamp gives a moment (YYYY-MM-DDThh:mm:ssZ) as the driver takes it, nil for none.
func stamp(text string) *time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil
	}
	return &t
}
