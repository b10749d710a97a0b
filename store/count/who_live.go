package count

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// whoAtOnce bounds for how many organisations of a county it is held in memory who
// counted.
const whoAtOnce = 40

// namedAtOnce bounds of how many persons the names are read at once.
const namedAtOnce = 2000

// roster finds who counted in a period, organisation after organisation.
type roster struct {
	counting
	past   *past
	apart  []*Indicator    // those counted organisation by organisation
	across map[string]*who // those over records of several, of all organisations
	wanted map[FigurePart]bool
	within within
	some   map[string]bool // the organisations asked for, nil for all
}

// newRoster begins one on c's connection. wanted are the figures asked for, nil for all.
func (c *counting) newRoster(ctx context.Context, p Period, indicators []*Indicator, homes map[string]store.Unit, wanted map[FigurePart]bool) (*roster, error) {
	r := &roster{counting: *c, across: map[string]*who{}, wanted: wanted}
	r.period, r.only, r.org = p, "", ""
	r.gone, r.arrived = nil, nil // of another day
	var err error
	if r.past, err = r.readPast(ctx, homes, indicators); err != nil {
		return nil, err
	}
	if !c.county {
		return r, r.collect(ctx, indicators, r.across)
	}
	if slices.Contains(indicators, indicatorBalance) {
		if r.within, err = r.readWithin(ctx, homes); err != nil {
			return nil, err
		}
	}
	var whole []*Indicator
	if r.apart, whole, err = c.parted(ctx, indicators); err != nil {
		return nil, err
	}
	return r, r.collect(ctx, whole, r.across)
}

// of gives who counted in some organisations.
func (r *roster) of(ctx context.Context, ids []string) (map[string]*who, error) {
	all := map[string]*who{}
	for _, id := range ids {
		if w := r.across[id]; w != nil {
			all[id] = w
		}
	}
	if len(r.apart) == 0 {
		return all, nil
	}
	if err := r.narrow(ctx, ids); err != nil {
		return nil, err
	}
	r.some = map[string]bool{}
	for _, id := range ids {
		r.some[id] = true
	}
	defer func() { r.only, r.some = "", nil }()
	return all, r.collect(ctx, r.apart, all)
}

// collect runs the statements of indicators in scope.
func (r *roster) collect(ctx context.Context, indicators []*Indicator, into map[string]*who) error {
	indicators = slices.DeleteFunc(slices.Clone(indicators), func(i *Indicator) bool { return !r.countable(i) })
	if len(indicators) == 0 {
		return nil
	}
	if err := r.fillBase(ctx, indicators); err != nil {
		return err
	}
	kept := map[string]string{}
	for _, i := range indicators {
		if err := r.collectOne(ctx, i, into, kept); err != nil {
			return fmt.Errorf("indicator %s: %w", i.Code, err)
		}
	}
	return nil
}

func (r *roster) collectOne(ctx context.Context, i *Indicator, into map[string]*who, kept map[string]string) error {
	split := []string{"''"}
	var keys []string
	for _, f := range i.Figures {
		if f.Split {
			split = append(split, "'"+f.Key+"'")
		}
		keys = append(keys, f.Key)
	}
	text := r.with(i.SQL) + "SELECT figure, CASE WHEN figure IN (" + strings.Join(split, ", ") +
		") THEN coalesce(part, '') ELSE '' END, org_id, kind, id, count(*), sum(n) FROM (" + asked(i) + ") GROUP BY 1, 2, 3, 4, 5"
	rows, err := r.on.Query(ctx, text, append(r.args(), sql.Named("figures", raw.List(slices.DeleteFunc(keys, func(key string) bool { return !r.wants(i.Code, key) }))))...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var figure, part, org, kind, id sql.RawBytes
		var n int64
		var sum sql.NullInt64
		if err := rows.Scan(&figure, &part, &org, &kind, &id, &n, &sum); err != nil {
			return err
		}
		at := FigurePart{i.Code, once(kept, figure), once(kept, part)}
		f := i.Figure(at.Figure)
		if f == nil || f.Split && at.Part == "" || r.wanted != nil && !r.wanted[at] {
			continue
		}
		where := once(kept, org)
		if r.gone.leavesOut(i.Code, at.Figure, where) || r.past.hides(where, f) || i == indicatorBalance && r.within.gone[at.Figure][string(id)] {
			continue
		}
		switch f.Count {
		case Sum:
			n = sum.Int64
		case Heads:
			n = 1
		}
		if into[where] == nil {
			into[where] = newWho()
		}
		into[where].put(at, once(kept, kind), id, n)
	}
	if i == indicatorBalance {
		r.putWithin(into)
	}
	return rows.Err()
}

// collectBoth counts all indicators in scope, which is one organisation, into g, and who
// counts in them into w: what subtotals and collect do, by one pass of each statement.
func (r *roster) collectBoth(ctx context.Context, g *group, org string, w *who) error {
	indicators := slices.DeleteFunc(slices.Clone(Indicators()), func(i *Indicator) bool { return !r.countable(i) })
	if len(indicators) == 0 {
		return nil
	}
	if err := r.fillBase(ctx, indicators); err != nil {
		return err
	}
	for _, i := range indicators {
		if err := r.collectOneBoth(ctx, i, g, org, w); err != nil {
			return fmt.Errorf("indicator %s: %w", i.Code, err)
		}
	}
	return nil
}

// countedPart is one part of a figure while it is counted, with the kind of what is behind it.
type countedPart struct {
	at        FigurePart
	figure    *Figure
	kind      string
	left      bool // who counts is not kept
	rows, sum int64
	who       []whoCounts
}

// collectOneBoth lets the statement give its rows as they come: sorting them, which takes
// longest and holds all of them at once, is left to who, which does so anyway.
func (r *roster) collectOneBoth(ctx context.Context, i *Indicator, g *group, org string, w *who) error {
	text := r.with(i.SQL) + "SELECT figure, part, kind, id, n, who FROM (" + named(i) + ") WHERE org_id = :org"
	rows, err := r.on.Query(ctx, text, r.args()...)
	if err != nil {
		return err
	}
	defer rows.Close()
	parts := map[string][]*countedPart{}
	var what []byte
	for rows.Next() {
		var figure, part, kind, id, head sql.RawBytes
		var n sql.NullInt64
		if err := rows.Scan(&figure, &part, &kind, &id, &n, &head); err != nil {
			return err
		}
		what = append(append(append(append(append(what[:0], figure...), '\x1f'), part...), '\x1f'), kind...)
		in, known := parts[string(what)]
		if !known {
			if in, err = r.parts(i, string(figure), string(part), string(kind), org); err != nil {
				return err
			}
			parts[string(what)] = in
		}
		place := -1
		for _, p := range in {
			p.rows, p.sum = p.rows+1, p.sum+n.Int64
			if p.figure.Count == Heads {
				g.add(i.Code, p.figure, subtotal{figure: p.at.Figure, part: p.at.Part, org: org, who: string(head)})
			}
			if p.left {
				continue
			}
			if place < 0 {
				place = w.place(p.kind, id)
			}
			adds := int64(1)
			if p.figure.Count == Sum {
				adds = n.Int64
			}
			p.who = append(p.who, whoCounts{place, adds})
		}
	}
	for _, in := range parts {
		for _, p := range in {
			if counted := w.figures[p.at]; len(counted) > 0 {
				p.who = append(counted, p.who...)
			}
			if len(p.who) > 0 {
				w.figures[p.at] = p.who
			}
			if p.figure.Count != Heads {
				g.add(i.Code, p.figure, subtotal{figure: p.at.Figure, part: p.at.Part, org: org, rows: p.rows, sum: p.sum})
			}
		}
	}
	w.merge(i)
	return rows.Err()
}

// parts gives what a row of an indicator's statement is of. What was never chosen is part of
// no split.
func (r *roster) parts(i *Indicator, key, part, kind, org string) ([]*countedPart, error) {
	figures, err := i.figuresOf(key)
	var all []*countedPart
	for _, f := range figures {
		p := &countedPart{at: FigurePart{i.Code, f.Key, part}, figure: f, kind: kind, left: r.gone.leavesOut(i.Code, f.Key, org)}
		if !f.Split {
			p.at.Part = ""
		}
		if !f.Split || part != "" {
			all = append(all, p)
		}
	}
	return all, err
}

// putWithin adds the transfers within the county to A11's figures of their own.
func (r *roster) putWithin(into map[string]*who) {
	for figure, moves := range r.within.put {
		at := FigurePart{indicatorBalance.Code, figure, ""}
		for _, m := range moves {
			if r.wanted != nil && !r.wanted[at] || r.some != nil && !r.some[m.org] {
				continue
			}
			if into[m.org] == nil {
				into[m.org] = newWho()
			}
			into[m.org].put(at, movementKind, []byte(m.id), 1)
		}
	}
}

// wants tells whether any part of a figure is asked for.
func (r *roster) wants(code, key string) bool {
	if r.wanted == nil {
		return true
	}
	for f := range r.wanted {
		if f.Indicator == code && f.Figure == key {
			return true
		}
	}
	return false
}

// keepWho keeps who counts in a month in every figure, of all organisations or, with
// only set, of that one.
func keepWho(ctx context.Context, t *store.Tx, month model.Month, only string) error {
	period, err := MonthPeriod(t.Ledger(), month)
	if err != nil {
		return err
	}
	county, err := t.Ledger().IsCounty(ctx)
	if err != nil {
		return err
	}
	c := &counting{l: t.Ledger(), on: t.Session(), period: period, county: county}
	homes, err := inside(c.l).OrganisationsAt(ctx, c.on)
	if err != nil {
		return err
	}
	r := &roster{counting: *c, across: map[string]*who{}}
	if county {
		r, err = c.newRoster(ctx, period, Indicators(), homes, nil)
	} else { // what a village has on file now is what is kept of the month
		err = r.collect(ctx, Indicators(), r.across)
	}
	if err != nil {
		return err
	}
	var ids []string
	for id := range homes {
		if only == "" || id == only {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, whoAtOnce) {
		all, err := r.of(ctx, some)
		if err != nil {
			return err
		}
		if err := c.nameWho(ctx, all); err != nil {
			return err
		}
		for _, id := range some {
			w := all[id]
			if w == nil {
				w = newWho()
			}
			if err := r.recall(ctx, month, id, w); err != nil {
				return err
			}
			if err := putWho(ctx, t, month, id, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// recall adds, of an organisation whose rows say a later state, who counted in the figures
// without a dated past when the month was closed before: as far as that is still what was
// noted of them.
func (r *roster) recall(ctx context.Context, month model.Month, org string, w *who) error {
	if r.past == nil || !r.past.over[org] {
		return nil
	}
	before, err := readWho(ctx, r.on, month, org, nil)
	if err != nil || before == nil {
		return err
	}
	known := figuresByName(Indicators())
	for at, all := range before.figures {
		f := known[at.Indicator+"."+at.Figure].figure
		if f == nil || f.Past != Undated {
			continue
		}
		sum := int64(0)
		for _, c := range all {
			sum += c.n
		}
		noted, there := r.past.of(org, at.Indicator, f)
		if !there || noted[at.Part] != sum {
			continue
		}
		for _, c := range all {
			rec := before.records[c.record]
			w.put(at, rec.kind, []byte(rec.id), c.n)
			if w.records[w.last].label == "" { // its row may be gone
				w.records[w.last].label = rec.label
			}
		}
	}
	return nil
}

// nameWho fills in the persons' names.
func (c *counting) nameWho(ctx context.Context, all map[string]*who) error {
	var unnamed []*whoRecord
	for _, w := range all {
		for i := range w.records {
			if w.records[i].kind == personKind {
				unnamed = append(unnamed, &w.records[i])
			}
		}
	}
	for some := range slices.Chunk(unnamed, namedAtOnce) {
		ids := make([]string, len(some))
		for i, r := range some {
			ids[i] = r.id
		}
		labels, err := inside(c.l).LabelsAt(ctx, c.on, personKind, ids)
		if err != nil {
			return err
		}
		for _, r := range some {
			r.label = labels[r.id]
		}
	}
	return nil
}
