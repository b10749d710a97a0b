package count

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"taizhang/store"
	"taizhang/store/internal/raw"
)

// countySummary counts at the county: it adds up the tallies that are kept, counts those
// that are not and keeps them, and counts the ledger's own organisation anew each time.
func countySummary(ctx context.Context, l *store.Ledger, q SummaryQuery) ([]SummaryGroup, error) {
	var (
		sum     *adder
		counted tallies
		basis   string
		at      moment
	)
	err := connected(ctx, l, q, func(c *counting) (err error) {
		if at, err = readMoment(ctx, c.on); err != nil {
			return err
		}
		basis = c.basis()
		homes, err := inside(l).OrganisationsAt(ctx, c.on)
		if err != nil {
			return err
		}
		if sum, err = c.newAdder(ctx, q, homes); err != nil {
			return err
		}
		sum.all.Absent = noneCounted(q.Skip, homes, l.Home().ID)
		apart, whole, err := c.parted(ctx, q.Indicators)
		if err != nil {
			return err
		}
		kept, err := c.readTallies(ctx, basis)
		if err != nil {
			return err
		}
		// What one that is no more gives goes by the records of others too.
		maps.DeleteFunc(kept, func(id string, _ []tallyLine) bool { return sum.gone[id] != "" })
		if counted, err = c.countUntallied(ctx, q, homes, kept, at); err != nil {
			return err
		}
		sum.addTallies(kept, apart)
		sum.addTallies(counted, apart)
		c.only, c.org = onlyOrg, l.Home().ID
		if err := c.count(ctx, apart, sum.add); err != nil {
			return err
		}
		c.only, c.org = "", ""
		if err := c.count(ctx, whole, sum.add); err != nil {
			return err
		}
		return c.addWithin(ctx, q, homes, sum)
	})
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(counted, func(id string, _ []tallyLine) bool { return sum.gone[id] != "" })
	// Where they can't be kept, as on a full disk, they are counted again the next time:
	// the summary is none the worse for it.
	_ = keepTallies(ctx, l, q.Period, at, basis, counted)
	return sum.groups(), nil
}

// noneCounted tells that no organisation but the ledger's own is counted.
func noneCounted(skip map[string]bool, homes map[string]store.Unit, home string) bool {
	if len(homes) < 2 {
		return false
	}
	for id := range homes {
		if id != home && !skip[id] {
			return false
		}
	}
	return true
}

// countUntallied counts for the organisations of which no tally is kept, beside the
// ledger's own.
func (c *counting) countUntallied(ctx context.Context, q SummaryQuery, homes map[string]store.Unit, kept tallies, at moment) (tallies, error) {
	var ids []string
	for id := range homes {
		if _, ok := kept[id]; !ok && id != c.l.Home().ID && !q.Skip[id] {
			ids = append(ids, id)
		}
	}
	indicators := q.Indicators
	if !c.l.ReadOnly() {
		indicators = Indicators() // all that is kept
	}
	if len(ids) <= fewUntallied {
		return c.countSome(ctx, indicators, ids)
	}
	slices.Sort(ids) // by when their ledgers were begun: the large and the small ones mixed
	return c.countMany(ctx, q, indicators, ids, at)
}

// narrow puts the rows of some organisations alone in scope.
func (c *counting) narrow(ctx context.Context, ids []string) error {
	for _, text := range []string{"CREATE TEMP TABLE IF NOT EXISTS counted (org_id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID", "DELETE FROM temp.counted"} {
		if err := c.on.Exec(ctx, text); err != nil {
			return err
		}
	}
	if err := c.on.Exec(ctx, "INSERT INTO temp.counted SELECT value FROM json_each(?)", raw.List(ids)); err != nil {
		return err
	}
	c.only = "org_id IN (SELECT org_id FROM temp.counted)"
	return nil
}

// countSome counts for some organisations.
func (c *counting) countSome(ctx context.Context, indicators []*Indicator, ids []string) (tallies, error) {
	counted := tallies{}
	if len(ids) == 0 {
		return counted, nil
	}
	if err := c.narrow(ctx, ids); err != nil {
		return nil, err
	}
	for _, id := range ids {
		counted[id] = nil // kept too where nothing is counted
	}
	return counted, c.count(ctx, indicators, func(i *Indicator, _ *Figure, s subtotal) { counted.add(i.Code, s) })
}

// part is what one connection has counted, and what it saw.
type part struct {
	ids     []string
	counted tallies
	at      moment
	err     error
}

// countMany counts for many organisations, some of them on each of as many connections as
// the program may use cores. Where something was written between two of them, what they saw
// need not agree, and this one counts the other's organisations too.
func (c *counting) countMany(ctx context.Context, q SummaryQuery, indicators []*Indicator, ids []string, at moment) (tallies, error) {
	parts := make([]part, min(max(runtime.GOMAXPROCS(0), 1), len(ids)))
	for n, id := range ids {
		p := &parts[n%len(parts)]
		p.ids = append(p.ids, id)
	}
	var others sync.WaitGroup
	for n := range parts[1:] {
		p := &parts[n+1]
		others.Go(func() {
			p.err = connected(ctx, c.l, q, func(c *counting) (err error) {
				if p.at, err = readMoment(ctx, c.on); err != nil || p.at != at {
					return err
				}
				p.counted, err = c.countSome(ctx, indicators, p.ids)
				return err
			})
		})
	}
	all, err := c.countSome(ctx, indicators, parts[0].ids)
	others.Wait()
	for _, p := range parts[1:] {
		if err == nil {
			err = p.err
		}
	}
	if err != nil {
		return nil, err
	}
	for _, p := range parts[1:] {
		if p.at != at {
			if p.counted, err = c.countSome(ctx, indicators, p.ids); err != nil {
				return nil, err
			}
		}
		maps.Copy(all, p.counted)
	}
	return all, nil
}

// moment is how far a ledger had been written when a connection began to read.
type moment struct{ history, intake int64 }

func readMoment(ctx context.Context, on *raw.Session) (m moment, err error) {
	if m.history, err = raw.Number(ctx, on, "SELECT coalesce(max(seq), 0) FROM history"); err != nil {
		return m, err
	}
	m.intake, err = raw.Number(ctx, on, "SELECT coalesce(max(seq), 0) FROM intake")
	return m, err
}

// addTallies adds what was kept of these indicators.
func (a *adder) addTallies(t tallies, indicators []*Indicator) {
	figures := figuresByName(indicators)
	for org, lines := range t {
		for _, line := range lines {
			if f, wanted := figures[line.Figure]; wanted {
				a.add(f.indicator, f.figure, subtotal{figure: f.figure.Key, part: line.Part, org: org, who: line.Who, rows: line.Rows, sum: line.Sum})
			}
		}
	}
}

// count fills the base sets that these indicators use, in scope, and runs their
// statements.
func (c *counting) count(ctx context.Context, indicators []*Indicator, each func(*Indicator, *Figure, subtotal)) error {
	indicators = slices.DeleteFunc(slices.Clone(indicators), func(i *Indicator) bool { return !c.countable(i) })
	if len(indicators) == 0 {
		return nil
	}
	if err := c.fillBase(ctx, indicators); err != nil {
		return err
	}
	for _, i := range indicators {
		if err := c.subtotals(ctx, i, func(f *Figure, s subtotal) { each(i, f, s) }); err != nil {
			return err
		}
	}
	return nil
}
