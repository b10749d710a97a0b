package county

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/clear"
	"taizhang/store/internal/raw"
)

// Replacement is everything that an organisation has from now on.
type Replacement struct {
	Key     KnownKey                   // OrgID says whose rows are replaced
	Records map[string][]*model.Record // by kind, deleted ones too, with refs and rolls
	Intake  IntakeLine                 // the line that is written about it
	Former  string                     // the id under which its rows stand so far, "" for Key.OrgID
	First   model.Month                // from which its ledger is kept; "" where the bundle doesn't tell

	digests map[string]digests             // of Records, by kind; nil where they were not taken
	found   map[*model.Record]*store.Found // what Records are found by, where that was made
	fill    func(map[string]Difference, *IntakeLine) error
}

// Difference counts what a replacement did to a kind's records: one that goes to
// the recycle bin counts as deleted, one that comes back as added.
type Difference struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Deleted int `json:"deleted"`
	Late    int `json:"late,omitempty"` // of those added: written down long after they happened (补录)
}

// ReplaceOrganisation replaces an organisation's rows in all kinds by those given,
// as they are, notes its key and the line of the intake, all in one transaction. It
// asks no rules and writes no history: the records are the village's own. Rows that
// are the same on both sides are left alone; one that is gone, and to which another
// organisation's record refers, lies in the recycle bin from then on. fill, where set, is called with the
// differences to complete the line before it is written.
//
// *model.Error: E-FOREIGN-ID when an id belongs to another organisation, E-REF when
// a reference among the records does not hold, E-UNIQUE, E-READONLY,
// E-FULL. Nothing is changed then.
func ReplaceOrganisation(ctx context.Context, l *store.Ledger, r Replacement, fill func(map[string]Difference, *IntakeLine) error) (map[string]Difference, error) {
	var diff map[string]Difference
	r.fill = func(d map[string]Difference, i *IntakeLine) error {
		diff = d
		if fill == nil {
			return nil
		}
		return fill(d, i)
	}
	if err := replaceOrganisations(ctx, l, []*Replacement{&r}); err != nil {
		return nil, err
	}
	if diff == nil {
		diff = map[string]Difference{}
	}
	return diff, nil
}

// prepareOrganisation takes the rows of an organisation away that are gone or another, and
// gives those to be written; also where it has begun a new ledger and so got another id.
// What others' records refer to of the old one lies in the recycle bin of the new one.
func prepareOrganisation(ctx context.Context, t *store.Tx, r *Replacement) (map[string]Difference, []store.Replaced, error) {
	if r.Former == "" || r.Former == r.Key.OrgID {
		kept, err := keptDigests(ctx, t, r.Key.OrgID)
		if err != nil {
			return nil, nil, err
		}
		return prepareRows(ctx, t, r, kept)
	}
	gone, put, err := prepareRows(ctx, t, &Replacement{Key: KnownKey{OrgID: r.Former}}, nil)
	if err == nil {
		err = putRows(ctx, t, put)
	}
	if err != nil {
		return nil, nil, err
	}
	for _, k := range t.Ledger().Kinds().Kinds() {
		if err := t.Exec(ctx, "UPDATE "+raw.Quote(k.Name)+" SET org_id = ? WHERE org_id = ?", r.Key.OrgID, r.Former); err != nil {
			return nil, nil, fmt.Errorf("hand %s over: %w", k.Name, err)
		}
	}
	for _, table := range []string{"search", "indicator_month"} {
		if err := t.Exec(ctx, "UPDATE "+table+" SET org_id = ? WHERE org_id = ?", r.Key.OrgID, r.Former); err != nil {
			return nil, nil, fmt.Errorf("hand %s over: %w", table, err)
		}
	}
	diff, put, err := prepareRows(ctx, t, r, nil)
	if err != nil {
		return nil, nil, err
	}
	for kind, d := range gone {
		sum := diff[kind]
		sum.Added, sum.Changed, sum.Deleted = sum.Added+d.Added, sum.Changed+d.Changed, sum.Deleted+d.Deleted
		diff[kind] = sum
	}
	return diff, put, nil
}

// prepareRows takes the rows of an organisation away in all kinds that are gone or another,
// and tells what changes and what is to be written. kept are
// the digests of the rows on file, nil where there are none. What r has of digests is from
// then on that of all rows on file.
func prepareRows(ctx context.Context, t *store.Tx, r *Replacement, kept map[string]digests) (map[string]Difference, []store.Replaced, error) {
	t.Touch(r.Key.OrgID)
	// The keys of all tables are deferred to the end of the transaction
	// (references), so the order in which rows go and come is free.
	diff := map[string]Difference{}
	all, err := compareRows(ctx, t, *r, kept)
	if err != nil {
		return nil, nil, err
	}
	var put []store.Replaced
	for _, c := range all {
		put = append(put, c.put...)
	}
	if len(clear.Emptied(put)) > 0 {
		if err := clear.Overwrite(ctx, t); err != nil {
			return nil, nil, err
		}
	}
	late := lateness(t.Env(), r.Records)
	for _, c := range all {
		if err := c.removeOld(ctx, t); err != nil {
			return nil, nil, err
		}
		d := c.difference
		for _, p := range c.put {
			d.Late += model.OneIf(p.Old == nil && p.Now.DeletedAt == "" && late(p.Now))
		}
		if d != (Difference{}) {
			diff[c.kind.Name] = d
		}
	}
	return diff, put, nil
}

// replaceRows replaces an organisation's rows in all kinds and tells what changed.
func replaceRows(ctx context.Context, t *store.Tx, r Replacement, kept map[string]digests) (map[string]Difference, error) {
	diff, put, err := prepareRows(ctx, t, &r, kept)
	if err != nil {
		return nil, err
	}
	return diff, putRows(ctx, t, put)
}

// putRows writes rows of any organisations, kind by kind. What they are found by stands in
// one table, by their ids. What villages have cleared goes beside the records too.
func putRows(ctx context.Context, t *store.Tx, put []store.Replaced) error {
	emptied := clear.Emptied(put)
	order := map[*model.Kind]int{}
	for i, k := range t.Ledger().Kinds().Kinds() {
		order[k] = i
	}
	byKind := func(a, b store.Replaced) int { return cmp.Compare(order[a.Now.Kind], order[b.Now.Kind]) }
	model.Sort(put, byKind)
	if err := t.InsertRows(ctx, put); err != nil {
		return err
	}
	model.Sort(put, func(a, b store.Replaced) int { return cmp.Or(byKind(a, b), cmp.Compare(a.Now.ID, b.Now.ID)) })
	if err := t.IndexRows(ctx, put); err != nil || len(emptied) == 0 {
		return err
	}
	return clear.Received(ctx, t, emptied, "compared", "intake", "draft", "saved_view")
}

// lateness tells which of an organisation's records were written down late, by how its
// own book began.
func lateness(env *model.Env, records map[string][]*model.Record) func(*model.Record) bool {
	var openings []*model.Record
	for _, m := range records[membership.MovementKind] {
		if m.DeletedAt == "" && m.Is("kind", membership.Opening) {
			openings = append(openings, m)
		}
	}
	begun := membership.BegunBy(openings)
	return func(r *model.Record) bool { return party.LateBy(env.Packs, begun, env.Today, r) > 0 }
}

// replacing is what a replacement will do to the rows of one kind.
type replacing struct {
	kind       *model.Kind
	put        []store.Replaced         // to be written, Old where a row stands; those of the recycle bin too
	gone       map[string]*model.Record // to be forgotten, by id
	difference Difference
}

// compareRows tells what a replacement would do, kind by kind. It writes nothing.
func compareRows(ctx context.Context, t *store.Tx, r Replacement, kept map[string]digests) ([]replacing, error) {
	var all []replacing
	orgID := r.Key.OrgID
	for _, k := range t.Ledger().Kinds().Kinds() {
		before, now, err := onFile(ctx, t, k, orgID, r.Records[k.Name], r.digests, kept)
		if err != nil {
			return nil, err
		}
		c := replacing{kind: k, gone: before}
		if err := foreignIDs(ctx, t, k, orgID, now); err != nil {
			return nil, err
		}
		for _, rec := range now {
			old := before[rec.ID]
			delete(before, rec.ID)
			if old != nil && sameRow(old, rec) {
				continue
			}
			c.difference.count(old, rec)
			c.put = append(c.put, store.Replaced{Old: old, Now: rec, Found: r.found[rec]})
		}
		referred, err := referredTo(ctx, t, k, orgID, before)
		if err != nil {
			return nil, err
		}
		for _, id := range slices.Sorted(maps.Keys(before)) {
			old := before[id]
			if referred[id] {
				delete(before, id)
				delete(r.digests, k.Name) // they are not of all that stands on file
				if old.DeletedAt != "" {
					continue
				}
				c.put = append(c.put, store.Replaced{Old: old, Now: binned(t, old)})
			}
			c.difference.count(old, nil)
		}
		all = append(all, c)
	}
	return all, nil
}

// removeOld deletes the rows that are gone or have changed. Changed rows go first and come
// again, since two rows may have exchanged what must be unique.
func (c *replacing) removeOld(ctx context.Context, t *store.Tx) error {
	for _, p := range c.put {
		if p.Old == nil {
			continue
		}
		if err := t.RemoveRow(ctx, c.kind, p.Old.ID); err != nil {
			return err
		}
	}
	for id := range c.gone {
		if err := t.ForgetRow(ctx, c.kind, id); err != nil {
			return err
		}
	}
	return nil
}

// referredTo tells which of the records that are gone other organisations' records
// refer to: the county's own may.
func referredTo(ctx context.Context, t *store.Tx, k *model.Kind, orgID string, gone map[string]*model.Record) (map[string]bool, error) {
	kept := map[string]bool{}
	if len(gone) == 0 {
		return kept, nil
	}
	ids := raw.List(slices.Collect(maps.Keys(gone)))
	for _, by := range t.Ledger().Kinds().Referrers(k.Name) {
		column, from := raw.Quote(by.Field.Name), raw.Quote(by.Kind.Name)+" WHERE org_id <> ?1"
		if by.Field.Linked() {
			column = "target_id"
			from = raw.Quote(raw.LinkTable(by.Kind, by.Field)) + " WHERE record_id IN (SELECT id FROM " + raw.Quote(by.Kind.Name) + " WHERE org_id <> ?1)"
		}
		found, err := raw.Texts(ctx, t, "SELECT DISTINCT "+column+" FROM "+from+" AND "+column+" IN (SELECT value FROM json_each(?2))", orgID, ids)
		if err != nil {
			return nil, fmt.Errorf("read %s.%s: %w", by.Kind.Name, by.Field.Name, err)
		}
		for _, id := range found {
			kept[id] = true
		}
	}
	return kept, nil
}

// binned gives a record as it lies in the recycle bin from now on, without what it
// referred to: that may be gone as well.
func binned(t *store.Tx, old *model.Record) *model.Record {
	r := old.Clone()
	r.DeletedAt = t.Stamp()
	for _, f := range r.Kind.Fields() {
		if f.Target != "" {
			r.Set(f.Name, nil)
		}
	}
	return r
}

// sameRow compares everything that a bundle holds of a record.
func sameRow(a, b *model.Record) bool {
	return a.OrgID == b.OrgID && a.CreatedAt == b.CreatedAt && a.UpdatedAt == b.UpdatedAt && a.Rev == b.Rev &&
		a.DeletedAt == b.DeletedAt && len(model.Diff(a, b)) == 0
}

func (d *Difference) count(old, now *model.Record) {
	was, is := old != nil && old.DeletedAt == "", now != nil && now.DeletedAt == ""
	switch {
	case was && is:
		d.Changed++
	case is:
		d.Added++
	case was:
		d.Deleted++
	}
}

// foreignIDs refuses ids that another organisation's records have.
func foreignIDs(ctx context.Context, t *store.Tx, k *model.Kind, orgID string, now []*model.Record) error {
	if len(now) == 0 {
		return nil
	}
	ids := make([]string, len(now))
	for i, r := range now {
		ids[i] = r.ID
	}
	id, err := foreignID(ctx, t, k, orgID, ids)
	if err == nil && id != "" {
		return model.Errorf("E-FOREIGN-ID", "里有别的党组织的%s记录(编号 %s)", k.Title, id)
	}
	return err
}

func foreignID(ctx context.Context, q raw.Querier, k *model.Kind, orgID string, ids []string) (string, error) {
	taken, err := raw.Texts(ctx, q, "SELECT id FROM "+raw.Quote(k.Name)+
		" WHERE org_id <> ? AND id IN (SELECT value FROM json_each(?)) LIMIT 1", orgID, raw.List(ids))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", k.Name, err)
	}
	if len(taken) == 0 {
		return "", nil
	}
	return taken[0], nil
}
