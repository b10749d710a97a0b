package county

import (
	"context"
	"errors"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/internal/raw"
)

// Bundles that have passed all checks are written some at a time, in one transaction. What
// each of them costs beside its rows, and the pages of tables and indexes that all of them
// meet, is paid once for all. It is as if each had been written before the next was looked
// at: a bundle that asks for anything that one of those waiting will change is looked at
// once these are written (touches), and where one of them can't be written after all they
// are taken in one by one. Nothing is said of a bundle before it is on the disk.

// The most that waits to be written: all of it is in memory. A test makes it less.
var (
	togetherBundles = 16
	togetherRows    = 5000
)

// together takes files in.
type together struct {
	l       *store.Ledger
	key     *bundle.CountyKey
	above   string       // as reception.above
	waiting []*reception // that have passed all checks and are to be written
	rows    int          // that these hold
	turns   []*turn      // of which nothing was said yet, in their order
	said    func(Intake)
}

// turn is a file in its order, with what became of it or the reception that waits.
type turn struct {
	in Intake
	r  *reception
}

// tell notes what became of a file, to be said when those before it are written.
func (g *together) tell(in Intake) {
	g.turns = append(g.turns, &turn{in: in})
	if len(g.waiting) == 0 {
		g.say()
	}
}

// say says what became of the files.
func (g *together) say() {
	for _, t := range g.turns {
		if t.r != nil {
			t.in = t.r.in
		}
		g.said(t.in)
	}
	g.turns = nil
}

// take takes one file in, or lets it wait. The error is a fault of the county's ledger.
func (g *together) take(ctx context.Context, path string, ahead *prepared) error {
	if g.above != "" {
		in, err := receiveFile(ctx, g.l, g.key, g.above, path)
		if err == nil {
			g.tell(in)
		}
		return err
	}
	r := &reception{l: g.l, key: g.key, in: newIntake(path), ahead: ahead}
	rows, err := r.check(ctx)
	switch {
	case err == nil && rows == nil && !g.touches(r): // nothing is to be written
		g.tell(r.in)
		return nil
	case err != nil || rows == nil || r.lost != nil || r.alone() || g.touches(r):
		if len(g.waiting) > 0 {
			if err := g.write(ctx); err != nil {
				return err
			}
			r = &reception{l: g.l, key: g.key, in: newIntake(path)}
			rows, err = r.check(ctx)
		}
		in, err := r.end(ctx, r.finish(ctx, rows, err))
		if err == nil {
			g.tell(in)
		}
		return err
	}
	r.rows = rows
	g.waiting, g.turns = append(g.waiting, r), append(g.turns, &turn{r: r})
	records, _ := rows.final()
	for _, rs := range records {
		g.rows += len(rs)
	}
	if len(g.waiting) < togetherBundles && g.rows < togetherRows {
		return nil
	}
	return g.write(ctx)
}

// alone tells whether what the bundle does reaches beyond its own organisation.
func (r *reception) alone() bool { return r.anew() || r.retired || len(r.changes) > 0 }

// touches tells whether a bundle was asked for something that one of those waiting changes.
func (g *together) touches(r *reception) bool {
	return slices.ContainsFunc(g.waiting, func(w *reception) bool {
		if w.in.Code == r.in.Code || w.in.orgID == r.in.orgID || w.in.FileHash == r.in.FileHash {
			return true
		}
		if r.looked == nil {
			return false
		}
		_, named := r.looked.codes[w.in.Code]
		return named || r.looked.more
	})
}

// write writes those that wait, and says what became of all files so far.
func (g *together) write(ctx context.Context) error {
	if len(g.waiting) == 0 {
		g.say()
		return nil
	}
	all := g.waiting
	g.waiting, g.rows = nil, 0
	if len(all) == 1 {
		if _, err := all[0].end(ctx, all[0].write(ctx, all[0].rows)); err != nil {
			return err
		}
		g.say()
		return nil
	}
	replacements := make([]*Replacement, len(all))
	for i, r := range all {
		replacements[i] = r.replacement(r.rows)
	}
	err := replaceOrganisations(ctx, g.l, replacements)
	if ofBundle(err) {
		err = g.oneByOne(ctx)
	}
	if err == nil {
		g.say()
	}
	return err
}

// oneByOne takes those that were to be written in by themselves, from their files on.
func (g *together) oneByOne(ctx context.Context) error {
	for _, t := range g.turns {
		if t.r == nil {
			continue
		}
		in, err := receiveFile(ctx, g.l, g.key, g.above, t.r.in.Path)
		if err != nil {
			return err
		}
		t.in, t.r = in, nil
	}
	return nil
}

// ofBundle tells a fault of what a bundle holds from one of the ledger or the disk.
func ofBundle(err error) bool {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code == "E-FOREIGN-ID" || known.Code == "E-UNIQUE" || known.Code == "E-REF"
	}
	return raw.Forbidden(err)
}

// replacement is what the bundle makes of its organisation's rows. What is said of the
// bundle is as when it is written.
func (r *reception) replacement(rows *bundleRows) *Replacement {
	r.in.signed = true // by the key that is remembered with this bundle
	r.in.Problems = rows.problems()
	r.in.Verdict = Accepted
	for _, p := range r.in.Problems {
		if p.Effect == SetAside {
			r.in.SetAside++
		}
		if p.Effect == SetAside || p.Effect == Emptied || p.Severity == severityError {
			r.in.Verdict = Partly
		}
	}
	m := &r.b.Package.Taizhang
	former := ""
	if r.anew() {
		former = r.known.OrgID
	}
	records, sums := rows.final()
	return &Replacement{Records: records, Former: former, First: m.FirstMonth, digests: sums, found: rows.findable,
		Key: KnownKey{Code: r.in.Code, PublicKey: m.PublicKey, OrgID: m.Organization.ID, Sequence: r.in.Sequence, Hash: r.in.Hash, Sent: r.lineage()},
		fill: func(diff map[string]Difference, i *IntakeLine) (err error) {
			r.in.Changes = diff
			*i, err = r.line(r.in.Verdict)
			return err
		}}
}

// write replaces the organisation's rows and notes the bundle, in one transaction.
func (r *reception) write(ctx context.Context, rows *bundleRows) error {
	known := r.in.signed
	err := replaceOrganisations(ctx, r.l, []*Replacement{r.replacement(rows)})
	if err == nil {
		return nil
	}
	r.in.signed = known
	r.in.Changes, r.in.SetAside = map[string]Difference{}, 0
	var fault *model.Error
	if errors.As(err, &fault) {
		switch fault.Code {
		case "E-FOREIGN-ID":
			return r.refuse(fault.Code, func(v voice) string { return "报送包" + fault.Message + "," + v.copied() })
		case "E-UNIQUE":
			return r.refuse(fault.Code, func(voice) string { return "报送包里有重复的记录(" + fault.Message + "),没有接收" })
		}
	}
	return err
}

// replaceOrganisations does what ReplaceOrganisation does for several organisations in one
// transaction: all of them are replaced or none. The pages of tables and indexes that the
// rows of several meet are written once. None may be in it twice, and
// one that has begun a new ledger (Former) is replaced alone.
func replaceOrganisations(ctx context.Context, l *store.Ledger, all []*Replacement) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		diffs, put := make([]map[string]Difference, len(all)), []store.Replaced{}
		for i, r := range all {
			diff, rows, err := prepareOrganisation(ctx, t, r)
			if err != nil {
				return err
			}
			diffs[i], put = diff, append(put, rows...)
		}
		if err := putRows(ctx, t, put); err != nil {
			return err
		}
		for i, r := range all {
			if r.fill == nil {
				continue
			}
			if err := r.fill(diffs[i], &r.Intake); err != nil {
				return err
			}
		}
		if err := noteReceived(ctx, t, all); err != nil {
			return err
		}
		for _, r := range all {
			if err := noteReplaced(ctx, t, r); err != nil {
				return err
			}
		}
		return nil
	})
}

// noteReplaced writes down beside an organisation's rows with which bundle they came.
func noteReplaced(ctx context.Context, t *store.Tx, r *Replacement) error {
	if err := overtake(ctx, t, r.Intake); err != nil {
		return err
	}
	if err := setKnownKey(ctx, t, r.Key); err != nil {
		return err
	}
	if err := noteBegun(ctx, t, r.Key.OrgID, r.First); err != nil {
		return err
	}
	if err := keepDigests(ctx, t, r.Key.OrgID, r.Key.Hash, r.digests); err != nil {
		return err
	}
	return noteIntake(ctx, t, r.Intake)
}

// noteReceived writes down what the indicators of the organisations are from now on.
// Of a month that has not begun by the county's clock nothing can be counted yet, and
// the clock of a village's PC may be wrong: that is no reason to refuse the records.
func noteReceived(ctx context.Context, t *store.Tx, all []*Replacement) error {
	orgs := map[model.Month][]string{}
	for _, r := range all {
		if m := r.Intake.Month; m >= firstMonth && m <= t.Ledger().Source().Today().Month() {
			orgs[m] = append(orgs[m], r.Key.OrgID)
		}
	}
	for _, month := range slices.Sorted(maps.Keys(orgs)) {
		if err := count.NoteIndicatorsOf(ctx, t, orgs[month], month); err != nil {
			return err
		}
	}
	return nil
}

// firstMonth is the earliest of which there is a summary.
const firstMonth model.Month = "1921-01"
