package count

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
)

// A transfer between two organisations of a county is one person's moving, not one who
// leaves the county and one who comes: where both have reported it and both days are in a
// period, it stands in that period's table as 县内转入 and 县内转出 and in neither of 转入
// and 转出, 增加 and 减少. Both cancel each other out in the county's sum, so that the six
// formulas hold as they are published; for one organisation the two lines stand beside
// them. Of a transfer that one side alone has reported, or whose days lie in two periods,
// each period shows what it knows: one who has left, or one who has come.

// withinMonths is how far the two days of one transfer may lie apart where neither side
// names the other.
const withinMonths = 3

// move is a passage by which someone left one organisation for another, or came from one.
type move struct {
	id, org, person string
	in, whole       bool
	day             model.Date
	name, number    string
	birth           string
	code, place     string // the other organisation, as written
}

// pair is a transfer that both sides have reported.
type pair struct{ out, in *move }

// withinMoves reads the transfers of a span in the whole ledger: those that begin or end
// a membership.
func (c *counting) withinMoves(ctx context.Context, from, to model.Date) ([]*move, error) {
	const moved = `(SELECT person FROM movement WHERE kind IN ('转入', '转出') AND happened_on BETWEEN ? AND ?)`
	text := memberCourses + " WHERE p.id IN " + moved
	rows, err := c.on.Query(ctx, c.with(text)+text, string(from), string(to))
	var members []membership.Membership
	if err == nil {
		err = c.readCourses(rows, math.MaxInt, func(persons, moves []*model.Record) error {
			members = membership.Memberships(persons, moves)
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("transfers within: %w", err)
	}
	byID := map[string]*move{}
	var all []*move
	for _, m := range members {
		for _, p := range m.Passages {
			if k := p.Move.Str("kind"); p.Day < from || p.Day > to || k != "转入" && k != "转出" {
				continue
			}
			one := &move{id: p.Move.ID, org: m.Person.OrgID, person: m.Person.ID, in: p.In, whole: p.Move.Bool("whole_unit"), day: p.Day}
			byID[one.id], all = one, append(all, one)
		}
	}
	return all, c.nameMoves(ctx, byID, from, to)
}

// nameMoves fills in by what the persons and the other organisations are known.
func (c *counting) nameMoves(ctx context.Context, byID map[string]*move, from, to model.Date) error {
	const text = `SELECT m.id, p.name, coalesce(p.id_number, ''), coalesce(p.birth_date, ''),
		coalesce(CASE m.kind WHEN '转出' THEN m.to_code ELSE m.from_code END, ''), coalesce(CASE m.kind WHEN '转出' THEN m.to_org ELSE m.from_org END, '')
		FROM movement m JOIN person p ON p.id = m.person WHERE m.kind IN ('转入', '转出') AND m.happened_on BETWEEN ? AND ?`
	rows, err := c.on.Query(ctx, c.with(text)+text, string(from), string(to))
	if err != nil {
		return fmt.Errorf("transfers within: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m move
		if err := rows.Scan(&m.id, &m.name, &m.number, &m.birth, &m.code, &m.place); err != nil {
			return fmt.Errorf("transfers within: %w", err)
		}
		if known := byID[m.id]; known != nil {
			known.name, known.number, known.birth, known.code, known.place = m.name, m.number, m.birth, m.code, m.place
		}
	}
	return rows.Err()
}

// pairMoves finds for each who left the arrival that is the same transfer: of the same
// person, in another organisation, the nearest by day, each used once.
func pairMoves(all []*move, homes map[string]store.Unit) []pair {
	ins := map[string][]*move{}
	var outs []*move
	for _, m := range all {
		if !m.in {
			outs = append(outs, m)
			continue
		}
		for _, k := range m.keys() {
			ins[k] = append(ins[k], m)
		}
	}
	slices.SortFunc(outs, func(a, b *move) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id)) })
	used := map[*move]bool{}
	var pairs []pair
	for _, out := range outs {
		var best *move
		for _, k := range out.keys() {
			for _, in := range ins[k] {
				if !used[in] && sameTransfer(out, in, homes) && (best == nil || apart(out, in) < apart(out, best)) {
					best = in
				}
			}
		}
		if best != nil {
			used[best] = true
			pairs = append(pairs, pair{out, best})
		}
	}
	return pairs
}

// keys are what a person is found by in another organisation's book.
func (m *move) keys() []string {
	var keys []string
	if m.number != "" {
		keys = append(keys, m.number)
	}
	if m.birth != "" {
		keys = append(keys, m.name+"\n"+m.birth)
	}
	return keys
}

// sameTransfer tells whether an arrival is the other side of a leaving. By name and birth
// date alone one has to name the other.
func sameTransfer(out, in *move, homes map[string]store.Unit) bool {
	if out.org == in.org {
		return false
	}
	names := out.names(homes[in.org]) || in.names(homes[out.org])
	if out.number != "" && in.number != "" {
		near := in.day >= out.day.AddMonths(-withinMonths) && in.day <= out.day.AddMonths(withinMonths)
		return out.number == in.number && (near || names)
	}
	return out.name == in.name && out.birth == in.birth && names
}

// names tells whether a transfer names an organisation as its other side.
func (m *move) names(u store.Unit) bool {
	return u.Code != "" && m.code == u.Code || m.code == "" && u.Name != "" && strings.HasSuffix(m.place, u.Name)
}

// apart is how many days lie between two transfers.
func apart(a, b *move) int {
	from, to := min(a.day, b.day), max(a.day, b.day)
	return int(to.Time().Sub(from.Time()).Hours() / 24)
}

// spans are those of A11: the prefix of its figures with the first day; both end at :to.
func (c *counting) spans() map[string]model.Date {
	all := map[string]model.Date{"year_": c.period.From}
	if c.period.Month != "" {
		all["month_"] = c.period.Month.First()
	}
	return all
}

// withinPairs gives the transfers within the county of each span, none in a village's
// book, which knows one side alone.
func (c *counting) withinPairs(ctx context.Context, homes map[string]store.Unit) (map[string][]pair, error) {
	all := map[string][]pair{}
	if !c.county || c.lacks(personKind) || c.lacks(movementKind) {
		return all, nil
	}
	for prefix, from := range c.spans() {
		if c.l.Extract() != nil {
			kept, err := c.keptWithin(ctx, from, c.period.To)
			if err != nil {
				return nil, err
			}
			all[prefix] = kept
			continue
		}
		moves, err := c.withinMoves(ctx, from, c.period.To)
		if err != nil {
			return nil, err
		}
		all[prefix] = pairMoves(moves, homes)
	}
	return all, nil
}

// lines are the figures, without their span, in which the two sides of a pair stand where
// nothing is known of the other side; instead of them each stands in one of its own.
func (m *move) lines() (within string, instead []string) {
	within, instead = "within_out", []string{"moved_out", "removed"}
	if m.in {
		within, instead = "within_in", []string{"moved_in", "added"}
	}
	if m.whole {
		instead = append(instead, strings.Replace(instead[0], "moved", "whole", 1))
	}
	return within, instead
}

// addWithin puts what was counted as leaving and arriving where it belongs, in the sum
// and in each part of the split: the tallies of organisations know one side alone.
func (c *counting) addWithin(ctx context.Context, q SummaryQuery, homes map[string]store.Unit, sum *adder) error {
	at := slices.IndexFunc(q.Indicators, func(i *Indicator) bool { return i.Code == indicatorBalance.Code })
	if at < 0 || q.Org != "" {
		return nil
	}
	i := q.Indicators[at]
	pairs, err := c.withinPairs(ctx, homes)
	if err != nil {
		return err
	}
	for prefix, list := range pairs {
		for _, p := range list {
			for _, m := range []*move{p.out, p.in} {
				if m.org == "" {
					continue
				}
				within, instead := m.lines()
				sum.add(i, i.Figure(prefix+within), subtotal{figure: prefix + within, org: m.org, rows: 1, sum: 1})
				for _, key := range instead {
					sum.add(i, i.Figure(prefix+key), subtotal{figure: prefix + key, org: m.org, rows: -1, sum: -1})
				}
			}
		}
	}
	return nil
}

// behindWithin does the same to the records behind figures.
func (c *counting) behindWithin(ctx context.Context, q SummaryQuery, homes map[string]store.Unit, figures []FigurePart, wanted func(org string) bool, all [][]Behind) error {
	if q.Org != "" || !slices.ContainsFunc(figures, func(f FigurePart) bool { return f.Indicator == indicatorBalance.Code }) {
		return nil
	}
	w, err := c.readWithin(ctx, homes)
	if err != nil {
		return err
	}
	for n, f := range figures {
		if f.Indicator != indicatorBalance.Code {
			continue
		}
		all[n] = slices.DeleteFunc(all[n], func(b Behind) bool { return w.gone[f.Figure][b.ID] })
		for _, m := range w.put[f.Figure] {
			if wanted(m.org) {
				all[n] = append(all[n], Behind{Kind: movementKind, ID: m.id, Org: m.org, N: 1})
			}
		}
	}
	return nil
}

// within says by A11's figures which movements do not stand behind them since they are
// transfers within the county, and which stand there as such.
type within struct {
	gone map[string]map[string]bool // by the movement's id
	put  map[string][]*move
}

func (c *counting) readWithin(ctx context.Context, homes map[string]store.Unit) (within, error) {
	w := within{map[string]map[string]bool{}, map[string][]*move{}}
	pairs, err := c.withinPairs(ctx, homes)
	if err != nil {
		return w, err
	}
	for prefix, list := range pairs {
		for _, p := range list {
			for _, m := range []*move{p.out, p.in} {
				if m.org == "" {
					continue
				}
				figure, instead := m.lines()
				w.put[prefix+figure] = append(w.put[prefix+figure], m)
				for _, key := range instead {
					if w.gone[prefix+key] == nil {
						w.gone[prefix+key] = map[string]bool{}
					}
					w.gone[prefix+key][m.id] = true
				}
			}
		}
	}
	return w, nil
}

// balanceWithin takes the transfers within a county out of what left and arrived in its
// balance.
func balanceWithin(ctx context.Context, l *store.Ledger, b *membership.Reckoning) error {
	county, err := l.IsCounty(ctx)
	if err != nil || !county || l.Extract() != nil { // where one side alone stands they leave and arrive
		return err
	}
	q := SummaryQuery{Period: Period{From: b.From, To: min(b.To, l.Source().Today())}}
	if q.Period.To < q.Period.From {
		return nil
	}
	return connected(ctx, l, q, func(c *counting) error {
		homes, err := inside(l).OrganisationsAt(ctx, c.on)
		if err != nil {
			return err
		}
		pairs, err := c.withinPairs(ctx, homes)
		if err != nil {
			return err
		}
		for _, p := range pairs["year_"] {
			b.Within++
			b.MovedIn, b.Added, b.WholeIn = b.MovedIn-1, b.Added-1, b.WholeIn-model.OneIf(p.in.whole)
			b.MovedOut, b.Removed, b.WholeOut = b.MovedOut-1, b.Removed-1, b.WholeOut-model.OneIf(p.out.whole)
		}
		return nil
	})
}
