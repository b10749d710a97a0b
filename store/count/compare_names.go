package count

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Named are the records behind a change: all of them, or of very many the first.
type Named struct {
	Names []Cause
	// Came, Went and Other count all of those that count now and did not, that did and do
	// not, and that count otherwise.
	Came, Went, Other int
}

// All counts the records, also those that are not named.
func (n Named) All() int { return n.Came + n.Went + n.Other }

// side is one of two summaries that are compared: who counted in it, from what was kept
// when its month was closed, or found now.
type side struct {
	month  model.Month // "" for a year's
	kept   bool
	live   *roster
	wanted map[FigurePart]bool
	skip   map[string]bool // organisations that are not counted in it
}

// newSide begins one.
func (c *counting) newSide(ctx context.Context, b *Report, homes map[string]store.Unit, wanted map[FigurePart]bool) (*side, error) {
	s := &side{month: b.Period.Month, wanted: wanted, skip: b.Query().Skip}
	if day := b.Period.To; s.month == "" && day == day.Month().Last() {
		s.month = day.Month()
	}
	if b.Sealed != nil {
		n, err := raw.Number(ctx, c.on, "SELECT count(*) FROM (SELECT 1 FROM month_who WHERE month = ? LIMIT 1)", string(s.month))
		if err != nil {
			return nil, fmt.Errorf("who counted: %w", err)
		}
		if s.kept = n > 0; s.kept {
			return s, nil
		}
	}
	var indicators []*Indicator
	for _, i := range Indicators() {
		for f := range wanted {
			if f.Indicator == i.Code {
				indicators = append(indicators, i)
				break
			}
		}
	}
	var err error
	s.live, err = c.newRoster(ctx, b.Period, indicators, homes, wanted)
	return s, err
}

// of gives who counted in some organisations.
func (s *side) of(ctx context.Context, c *counting, ids []string) (map[string]*who, error) {
	all := map[string]*who{}
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return s.skip[id] })
	if s.live != nil {
		var err error
		if all, err = s.live.of(ctx, ids); err != nil {
			return nil, err
		}
		if s.live.past == nil || s.month == "" {
			return all, nil
		}
	}
	for _, id := range ids {
		w, err := readWho(ctx, c.on, s.month, id, s.wanted)
		if err != nil {
			return nil, err
		}
		switch {
		case w == nil:
		case s.kept:
			all[id] = w
		case s.live.past.over[id] && s.live.gone[id] == "":
			if all[id] == nil {
				all[id] = newWho()
			}
			all[id].addUndated(w)
		}
	}
	return all, nil
}

// addUndated takes over what was kept of figures without a dated past.
func (w *who) addUndated(kept *who) {
	figures := figuresByName(Indicators())
	for f, all := range kept.figures {
		if known := figures[f.Indicator+"."+f.Figure].figure; known == nil || known.Past != Undated {
			continue
		}
		for x := range all.all() {
			r := kept.records[x.record]
			id := []byte(r.id)
			w.put(f, r.kind, id, x.n)
			w.records[w.place(r.kind, id)].label = r.label
		}
	}
}

// behind gives for each row the records by which it differs, at most so many of each sort;
// 0 for all. Of what this program no longer counts, as a closed month may hold, there are
// none.
func (c *Comparison) behind(ctx context.Context, l *store.Ledger, rows []Row, most int) ([]Named, error) {
	names := make([]Named, len(rows))
	wanted := map[FigurePart]bool{}
	place := map[FigurePart]int{}
	for i, r := range rows {
		known := declared([]string{r.Indicator.Code})
		if f := (FigurePart{r.Indicator.Code, r.Figure.Key, r.Part}); len(known) > 0 && known[0].Figure(r.Figure.Key) != nil {
			wanted[f], place[f] = true, i
		}
	}
	if len(wanted) == 0 {
		return names, nil
	}
	err := connected(ctx, l, SummaryQuery{Period: c.Now.Period}, func(on *counting) error {
		if err := c.findNames(ctx, on, wanted, func(f FigurePart, n Cause) { names[place[f]].add(n, most) }); err != nil {
			return err
		}
		return on.labelNames(ctx, names)
	})
	if err != nil {
		return nil, fmt.Errorf("behind the changes: %w", err)
	}
	for i := range names {
		model.Sort(names[i].Names, func(a, b Cause) int {
			return cmp.Or(cmp.Compare(model.OneIf(a.Now == 0), model.OneIf(b.Now == 0)), cmp.Compare(a.Organisation, b.Organisation),
				cmp.Compare(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
		})
	}
	return names, nil
}

func (n *Named) add(c Cause, most int) {
	of := &n.Other
	switch {
	case c.Before == 0:
		of = &n.Came
	case c.Now == 0:
		of = &n.Went
	}
	if *of++; most == 0 || *of <= most {
		n.Names = append(n.Names, c)
	}
}

// labelNames fills in the labels; a record that is gone has the one that was kept.
func (c *counting) labelNames(ctx context.Context, all []Named) error {
	ids := map[string]map[string]bool{}
	for _, n := range all {
		for _, x := range n.Names {
			if ids[x.Kind] == nil {
				ids[x.Kind] = map[string]bool{}
			}
			ids[x.Kind][x.ID] = true
		}
	}
	for kind, set := range ids {
		labels, err := inside(c.l).LabelsAt(ctx, c.on, kind, slices.Collect(maps.Keys(set)))
		if err != nil {
			return err
		}
		for _, n := range all {
			for i := range n.Names {
				if x := &n.Names[i]; x.Kind == kind {
					x.Label = cmp.Or(labels[x.ID], x.Label, "(已不在台账里的记录)")
				}
			}
		}
	}
	return nil
}

// findNames goes through the organisations by name and gives each record that counts
// otherwise in one summary than in the other.
func (c *Comparison) findNames(ctx context.Context, on *counting, wanted map[FigurePart]bool, each func(FigurePart, Cause)) error {
	homes, err := inside(on.l).OrganisationsAt(ctx, on.on)
	if err != nil {
		return err
	}
	names, err := inside(on.l).OrganisationNamesAt(ctx, on.on)
	if err != nil {
		return err
	}
	now, err := on.newSide(ctx, c.Now, homes, wanted)
	if err != nil {
		return err
	}
	before, err := on.newSide(ctx, c.Before, homes, wanted)
	if err != nil {
		return err
	}
	c.Kept = [2]bool{now.kept, before.kept}
	ids, err := organisationsOf(ctx, on, homes, c.Now.Period.Month, c.Before.Period.Month)
	if err != nil {
		return err
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(names[a], names[b]), cmp.Compare(a, b)) })
	for some := range slices.Chunk(ids, whoAtOnce) {
		is, err := now.of(ctx, on, some)
		if err != nil {
			return err
		}
		was, err := before.of(ctx, on, some)
		if err != nil {
			return err
		}
		for _, id := range some {
			differing(is[id], was[id], func(f FigurePart, n Cause) {
				if wanted[f] {
					n.Organisation = names[id]
					each(f, n)
				}
			})
		}
	}
	return nil
}

// organisationsOf gives those on file, and those of which something was kept with a month.
func organisationsOf(ctx context.Context, c *counting, homes map[string]store.Unit, months ...model.Month) ([]string, error) {
	all := map[string]bool{}
	for id := range homes {
		all[id] = true
	}
	for _, m := range months {
		ids, err := raw.Texts(ctx, c.on, "SELECT org_id FROM month_who WHERE month = ?", string(m))
		if err != nil {
			return nil, fmt.Errorf("who counted in %s: %w", m, err)
		}
		for _, id := range ids {
			all[id] = true
		}
	}
	return slices.Collect(maps.Keys(all)), nil
}

// differing gives the records of one organisation that count otherwise in one list than in
// the other.
func differing(now, before *who, each func(FigurePart, Cause)) {
	if now == nil {
		now = newWho()
	}
	if before == nil {
		before = newWho()
	}
	for _, f := range now.names() {
		was := map[recordKey]int64{}
		for x := range before.figures[f].all() {
			was[before.records[x.record].recordKey] += x.n
		}
		for x := range now.figures[f].all() {
			r := now.records[x.record]
			if n := was[r.recordKey]; n != x.n {
				each(f, Cause{Kind: r.kind, ID: r.id, Label: r.label, Now: x.n, Before: n})
			}
			delete(was, r.recordKey)
		}
		for x := range before.figures[f].all() {
			r := before.records[x.record]
			if n := was[r.recordKey]; n != 0 {
				each(f, Cause{Kind: r.kind, ID: r.id, Label: r.label, Before: n})
			}
		}
	}
	for _, f := range before.names() {
		if now.figures[f] != nil {
			continue
		}
		for x := range before.figures[f].all() {
			r := before.records[x.record]
			each(f, Cause{Kind: r.kind, ID: r.id, Label: r.label, Before: x.n})
		}
	}
}
