package count

import (
	"cmp"
	"context"
	"slices"

	"taizhang/model"
	"taizhang/store"
)

// Upward is what only the office above asks of a closed month. A month that an older
// program closed has none, and can't go up.
type Upward struct {
	Units     []SealedUnit `json:"units"`     // by code
	Transfers []Transfer   `json:"transfers"` // by figure and county
	// Counts says of each figure (CODE.key) that is no number of rows how it is counted:
	// CountsHeads, CountsSum.
	Counts map[string]string `json:"counts"`
}

// How a figure is counted, in Upward.Counts; what stands in none is a number of rows.
const (
	CountsHeads = "heads" // distinct ones in each group: those of two groups can't be told apart
	CountsSum   = "sum"
)

// SealedUnit is an organisation as it was when the month was closed.
type SealedUnit struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Township string `json:"township"`
	Domain   string `json:"domain"`
	Kind     string `json:"kind"`     // 党支部, 党总支, …
	Reported bool   `json:"reported"` // for the month
	// County is the code of its county, in what a city closed; "" in what a county did.
	County string `json:"county,omitempty"`
}

// Transfer counts the members who left for one county, or came from one, and of whom this
// office knows that side alone.
type Transfer struct {
	Figure string `json:"figure"` // of A11: month_moved_out, year_whole_in, …
	County string `json:"county"` // the first six digits of the other organisation's code
	N      int64  `json:"n"`
}

// Received is the summary of a month as other offices have sent it, split in one way.
type Received struct {
	Columns []Column // the first is for all
	// Lines makes of the lines of this program those of the summary.
	Lines  func([]Line) []Line
	Said   []string // what the numbers are, for below the table
	Splits []string // the ways in which it can be split, "" for none
	Upward *Upward  // what a close keeps for the office above
}

// received fills in the figures of a month at an office that takes in sums; false where the
// ledger counts its own records.
func (b *Report) received(ctx context.Context, l *store.Ledger, a Ask, goals map[string]int) (bool, error) {
	if a.Received == nil {
		return false, nil
	}
	r, err := a.Received(ctx, l, b.Period.Month, b.By)
	if err != nil || r == nil {
		return false, err
	}
	b.Columns, b.Reported, b.Said = r.Columns, true, r.Said
	b.Indicators = r.Lines(b.lines(declared(nil), goals))
	if a.Indicators != nil {
		b.Indicators = slices.DeleteFunc(b.Indicators, func(i Line) bool { return !slices.Contains(a.Indicators, i.Code) })
	}
	return true, nil
}

// freezeReceived keeps of what other offices have sent every split; false where the ledger
// counts its own records.
func (s *sealed) freezeReceived(ctx context.Context, l *store.Ledger, a Ask) (bool, error) {
	if a.Received == nil {
		return false, nil
	}
	whole, err := a.Received(ctx, l, a.Month, "")
	if err != nil || whole == nil {
		return false, err
	}
	s.Upward = whole.Upward
	for _, by := range whole.Splits {
		r, err := a.Received(ctx, l, a.Month, by)
		if err != nil {
			return false, err
		}
		s.Splits[by] = r.Columns
	}
	return true, nil
}

// countyDigits are how many digits of an organisation's code name its county: GB/T 2260.
const countyDigits = 6

// readUpward gathers what the office above asks of a month beside the summary.
func readUpward(ctx context.Context, l *store.Ledger, q SummaryQuery, returns *Returns) (*Upward, error) {
	up := &Upward{Units: []SealedUnit{}, Transfers: []Transfer{}, Counts: map[string]string{}}
	for _, i := range Indicators() {
		for _, f := range i.Figures {
			switch f.Count {
			case Heads:
				up.Counts[i.Code+"."+f.Key] = CountsHeads
			case Sum:
				up.Counts[i.Code+"."+f.Key] = CountsSum
			}
		}
	}
	err := connected(ctx, l, q, func(c *counting) error {
		homes, err := inside(l).OrganisationsAt(ctx, c.on)
		if err != nil {
			return err
		}
		if up.Transfers, err = c.transfers(ctx, homes); err != nil {
			return err
		}
		up.Units, err = c.sealedUnits(ctx, homes, returns)
		return err
	})
	return up, err
}

// transfers counts those of which one side alone is known and the other is named by its
// code, by the other's county.
func (c *counting) transfers(ctx context.Context, homes map[string]store.Unit) ([]Transfer, error) {
	all := map[Transfer]int64{} // with N 0
	for prefix, from := range c.spans() {
		if c.lacks(personKind) || c.lacks(movementKind) {
			break
		}
		moves, err := c.withinMoves(ctx, from, c.period.To)
		if err != nil {
			return nil, err
		}
		paired := map[*move]bool{}
		for _, p := range pairMoves(moves, homes) {
			paired[p.out], paired[p.in] = true, true
		}
		for _, m := range moves {
			if paired[m] || model.CheckOrgCode("", m.code) != nil || len(m.code) < countyDigits {
				continue
			}
			_, instead := m.lines()
			for _, line := range instead {
				if line != "added" && line != "removed" { // they follow from the others
					all[Transfer{Figure: prefix + line, County: m.code[:countyDigits]}]++
				}
			}
		}
	}
	list := make([]Transfer, 0, len(all))
	for t, n := range all {
		t.N = n
		list = append(list, t)
	}
	model.Sort(list, func(a, b Transfer) int {
		return cmp.Or(cmp.Compare(a.Figure, b.Figure), cmp.Compare(a.County, b.County))
	})
	return list, nil
}

// sealedUnits gives the organisations on file with their kinds, by code.
func (c *counting) sealedUnits(ctx context.Context, homes map[string]store.Unit, returns *Returns) ([]SealedUnit, error) {
	kinds := map[string]string{}
	if err := c.l.Each(ctx, store.Query{Kind: c.l.Home().Kind.Name}, func(r *model.Record) error {
		kinds[r.ID] = r.Str("kind")
		return nil
	}); err != nil {
		return nil, err
	}
	all := make([]SealedUnit, 0, len(homes))
	for id, u := range homes {
		all = append(all, SealedUnit{Code: u.Code, Name: u.Name, Township: u.Township, Domain: u.Domain, Kind: kinds[id],
			Reported: returns != nil && slices.Contains(returns.Reported, u.Code)})
	}
	model.Sort(all, func(a, b SealedUnit) int { return cmp.Compare(a.Code, b.Code) })
	return all, nil
}
