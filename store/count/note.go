package count

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// NoteIndicators writes down the figures of one organisation in a month, as its rows
// now say, into indicator_month: under CODE.figure, or CODE.figure.part where it is
// split, with the number of which it is a share as total. What was noted of the month
// before goes. It keeps the tallies of the month and of its year as it stands today.
func NoteIndicators(ctx context.Context, t *store.Tx, orgID string, month model.Month) error {
	return NoteIndicatorsOf(ctx, t, []string{orgID}, month)
}

// NoteIndicatorsOf does what NoteIndicators does for several organisations at once: most of
// what counting costs is the same for one and for some.
func NoteIndicatorsOf(ctx context.Context, t *store.Tx, orgIDs []string, month model.Month) error {
	period, err := MonthPeriod(t.Ledger(), month)
	if err != nil {
		return err
	}
	year, err := YearPeriod(t.Ledger(), month.First().Year())
	if err != nil {
		return err
	}
	county, err := t.Ledger().IsCounty(ctx)
	if err != nil {
		return err
	}
	if err := t.Settle(ctx); err != nil { // those before these bundles
		return err
	}
	groups, err := organisationFigures(ctx, t, orgIDs, period, county)
	if err != nil {
		return err
	}
	if _, err := organisationFigures(ctx, t, orgIDs, year, county); err != nil {
		return err
	}
	for _, id := range orgIDs {
		if err := putNotes(ctx, t, id, month, groups[id].SummaryGroup); err != nil {
			return err
		}
	}
	return nil
}

// putNotes writes down the figures of an organisation in a month.
func putNotes(ctx context.Context, t *store.Tx, orgID string, month model.Month, g SummaryGroup) error {
	if err := t.Exec(ctx, "DELETE FROM indicator_month WHERE month = ? AND org_id = ?", string(month), orgID); err != nil {
		return fmt.Errorf("figures of %s: %w", month, err)
	}
	for _, i := range Indicators() {
		for n := range i.Figures {
			if err := noteFigure(ctx, t, orgID, month, i, &i.Figures[n], g); err != nil {
				return fmt.Errorf("figures of %s: %w", month, err)
			}
		}
	}
	return nil
}

// organisationFigures counts some organisations inside the transaction, each for itself,
// and keeps their tallies.
func organisationFigures(ctx context.Context, t *store.Tx, orgIDs []string, p Period, county bool) (map[string]*group, error) {
	c := &counting{l: t.Ledger(), on: t.Session(), period: p, county: county}
	if len(orgIDs) == 1 {
		c.only, c.org = onlyOrg, orgIDs[0]
	} else if err := c.narrow(ctx, orgIDs); err != nil {
		return nil, err
	}
	groups, counted := make(map[string]*group, len(orgIDs)), tallies{}
	for _, id := range orgIDs {
		groups[id], counted[id] = newGroup("", "", Indicators()), nil
	}
	err := c.count(ctx, Indicators(), func(i *Indicator, f *Figure, s subtotal) {
		if g := groups[s.org]; g != nil {
			g.add(i.Code, f, s)
			counted.add(i.Code, s)
		}
	})
	if err != nil {
		return nil, err
	}
	return groups, putTallies(ctx, t, p, c.basis(), counted)
}

func noteFigure(ctx context.Context, t *store.Tx, orgID string, month model.Month, i *Indicator, f *Figure, g SummaryGroup) error {
	for part, n := range g.Values[i.Code][f.Key] {
		name := i.Code + "." + f.Key
		if f.Split {
			name += "." + part
		}
		var total any
		if of := i.Figure(f.Of); of != nil {
			at := part
			if !of.Split {
				at = ""
			}
			total = g.Values[i.Code][of.Key][at]
		}
		err := t.Exec(ctx, "INSERT INTO indicator_month (month, org_id, indicator, value, total, at) VALUES (?, ?, ?, ?, ?, ?)",
			string(month), orgID, name, n, total, t.Stamp())
		if err != nil {
			return err
		}
	}
	return nil
}

// NoteOwn writes down, in a village, the figures of its own organisation in a month as
// NoteIndicators does, and who counts in them: with each bundle, and when the month is
// closed. Of a month to come nothing is noted.
func NoteOwn(ctx context.Context, t *store.Tx, month model.Month) error {
	if month > t.Ledger().Source().Today().Month() {
		return nil
	}
	return noteOwn(ctx, t, month)
}

func noteOwn(ctx context.Context, t *store.Tx, month model.Month) error {
	home := t.Ledger().Home()
	if !counts(home) {
		return nil
	}
	county, err := t.Ledger().IsCounty(ctx)
	if err != nil {
		return err
	}
	if !county {
		period, err := MonthPeriod(t.Ledger(), month)
		if err == nil {
			err = t.Settle(ctx)
		}
		if err != nil {
			return err
		}
		own, err := (&counting{l: t.Ledger(), on: t.Session(), period: period, only: onlyOrg, org: home.ID}).own(ctx, nil)
		if err == nil && own != nil {
			err = own.Note(ctx, t)
		}
		if err != nil || own != nil {
			return err
		}
	}
	if err := NoteIndicators(ctx, t, home.ID, month); err != nil {
		return err
	}
	return keepWho(ctx, t, month, home.ID)
}

// counts tells a home organisation of the usual catalog from one of a test's own.
func counts(home *model.Record) bool {
	return home != nil && home.Kind == party.Kinds.Kind(home.Kind.Name)
}

// Own are the figures of a village in a month and who counts in them, not yet written down.
type Own struct {
	month  model.Month
	home   string
	values SummaryGroup
	who    []byte // as month_who keeps it
}

// CountOwn counts what NoteOwn writes down, as the ledger stands at this moment, beside
// whatever else is done with it. It gives nil where NoteOwn has to count by itself.
func CountOwn(ctx context.Context, l *store.Ledger, month model.Month) (own *Own, err error) {
	if !counts(l.Home()) || month > l.Source().Today().Month() {
		return nil, nil
	}
	if county, err := l.IsCounty(ctx); err != nil || county {
		return nil, err
	}
	period, err := MonthPeriod(l, month)
	if err != nil {
		return nil, err
	}
	err = connected(ctx, l, SummaryQuery{Period: period, Org: l.Home().ID}, func(c *counting) error {
		own, err = c.own(ctx, c.dropBase)
		return err
	})
	return own, inside(l).Explain(err)
}

// own counts a village's month in one pass, where nothing hangs together with another
// organisation's records: then what is counted in the village's own is all. It keeps no
// tallies, since nobody adds a village's up. It gives nil where that is not so. counted, where
// set, is called when the base sets have served.
func (c *counting) own(ctx context.Context, counted func(context.Context) error) (*Own, error) {
	r := &roster{counting: *c}
	crossed, err := r.crossing(ctx)
	if err != nil || len(crossed) > 0 {
		return nil, err
	}
	g, w := newGroup("", "", Indicators()), newWho()
	if err := r.collectBoth(ctx, g, c.org, w); err != nil {
		return nil, err
	}
	if counted != nil {
		if err := counted(ctx); err != nil {
			return nil, err
		}
	}
	if err := r.nameWho(ctx, map[string]*who{c.org: w}); err != nil {
		return nil, err
	}
	content, err := w.encode()
	if err != nil {
		return nil, fmt.Errorf("who counted in %s: %w", c.period.Month, err)
	}
	return &Own{c.period.Month, c.org, g.SummaryGroup, content}, nil
}

// Note writes them down.
func (o *Own) Note(ctx context.Context, t *store.Tx) error {
	if err := putWho(ctx, t, o.month, o.home, o.who); err != nil {
		return err
	}
	return putNotes(ctx, t, o.home, o.month, o.values)
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
		for c := range all.all() {
			sum += c.n
		}
		noted, there := r.past.of(org, at.Indicator, f)
		if !there || noted[at.Part] != sum {
			continue
		}
		for c := range all.all() {
			rec := before.records[c.record]
			w.put(at, rec.kind, []byte(rec.id), c.n)
			if w.records[w.last].label == "" { // its row may be gone
				w.records[w.last].label = rec.label
			}
		}
	}
	return nil
}

// NoteHome writes down, at the county, the figures of its own organisation in the newest
// month of which units have reported, as NoteIndicators does for them: the county keeps its
// records too, and they go on with the newest month. It is called at the end of each
// receiving, so that the last one of a month says what its own records were in it. Nothing
// is noted where no unit has reported.
func NoteHome(ctx context.Context, t *store.Tx) error {
	newest, err := newestNoted(ctx, t)
	if err != nil || newest == "" {
		return err
	}
	return noteHome(ctx, t, newest)
}

// noteHomeClosed does so when a month is closed that is the newest or later: of an earlier
// one the county's records no longer say what was.
func noteHomeClosed(ctx context.Context, t *store.Tx, month model.Month) error {
	newest, err := newestNoted(ctx, t)
	if err != nil || month < newest {
		return err
	}
	return noteHome(ctx, t, month)
}

// newestNoted is the newest month of which anything was noted, "" for none.
func newestNoted(ctx context.Context, t *store.Tx) (model.Month, error) {
	months, err := raw.Texts(ctx, t.Session(), "SELECT month FROM indicator_month WHERE indicator = ? ORDER BY month DESC LIMIT 1", markNoted)
	if err != nil {
		return "", fmt.Errorf("months noted: %w", err)
	}
	if len(months) == 0 {
		return "", nil
	}
	return model.Month(months[0]), nil
}

func noteHome(ctx context.Context, t *store.Tx, month model.Month) error {
	home := t.Ledger().Home()
	county, err := t.Ledger().IsCounty(ctx)
	if err != nil || !county || month > t.Ledger().Source().Today().Month() || home.Kind != party.Kinds.Kind(home.Kind.Name) {
		return err
	}
	period, err := MonthPeriod(t.Ledger(), month)
	if err != nil {
		return err
	}
	if err := t.Settle(ctx); err != nil {
		return err
	}
	c := &counting{l: t.Ledger(), on: t.Session(), period: period, county: true}
	g, err := c.homeFigures(ctx, home.ID)
	if err != nil {
		return err
	}
	return putNotes(ctx, t, home.ID, month, g)
}

// homeFigures counts what a county's summary adds for its own organisation: what refers to
// records of others is counted over all.
func (c *counting) homeFigures(ctx context.Context, home string) (SummaryGroup, error) {
	g := newGroup("", "", Indicators())
	apart, whole, err := c.parted(ctx, Indicators())
	if err != nil {
		return SummaryGroup{}, err
	}
	add := func(i *Indicator, f *Figure, s subtotal) {
		if s.org == home {
			g.add(i.Code, f, s)
		}
	}
	if err := c.count(ctx, whole, add); err != nil {
		return SummaryGroup{}, err
	}
	c.only, c.org = onlyOrg, home
	err = c.count(ctx, apart, add)
	return g.SummaryGroup, err
}
