package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// An organisation of very many records is not taken into memory to be examined: its records
// are read page by page, and with each page what its rules will look up.

// crowdFrom is how many records make an organisation too large to be held.
var crowdFrom = 20_000

// crowdPage is how many records are examined at once. The first page of a kind is a small
// one: its questions are asked one by one, and show what the rules look up.
var crowdPage, crowdFirst = 1000, 50

// lookedUp is something that rules look up for the records of a kind: the records of a kind
// with a value in a field ("id", or a reference) that the examined one holds in the field
// from ("id" for its own id).
type lookedUp struct {
	kind, field, from string
	exists            bool // only whether one is there
}

// crowd looks up for the rules what a large organisation has on file, as its own ledger
// would; it answers for the records of a page what was read together.
type crowd struct {
	lookup
	orgID string
	asked map[string][]lookedUp // by the kind examined
	alone map[lookedUp]bool     // whether nearly every value stands in one record alone
	twice map[lookedUp]map[string]bool

	now     *model.Record
	answers map[lookedUp]map[string][]*model.Record
	there   map[lookedUp]map[string]bool
	naming  error
}

var _ model.Wide = (*crowd)(nil)

// checkCrowd examines the records of a large organisation.
func (l *Ledger) checkCrowd(ctx context.Context, q raw.Querier, orgID string, fn func(Problem) error) error {
	c := &crowd{lookup: lookup{ctx, l, q, l.memory(q)}, orgID: orgID, asked: map[string][]lookedUp{}, alone: map[lookedUp]bool{}, twice: map[lookedUp]map[string]bool{}}
	env := l.env(ctx, q, c.steady)
	env.Kept = map[string]any{}
	env.Look = c
	if env.Home != nil && env.Home.ID == orgID {
		env.Look = l.lookMore(c, Reading{ctx, q, true, true})
	} else if home, err := c.own(l.book.Org.Kind, orgID); err != nil {
		return err
	} else {
		env.Home = home
	}
	for _, k := range l.kinds.Kinds() {
		if err := c.check(env, k, fn); err != nil {
			return err
		}
	}
	return nil
}

// check examines the organisation's records of a kind, by id.
func (c *crowd) check(env *model.Env, k *model.Kind, fn func(Problem) error) error {
	after, size := "", crowdFirst
	for {
		rs, err := c.l.tables[k.Name].readMany(c.ctx, c.q, "t.id > ? AND +t.org_id = ? AND t.deleted_at IS NULL", fmt.Sprintf(" LIMIT %d", size), after, c.orgID)
		if err != nil || len(rs) == 0 {
			return err
		}
		if err := c.answer(k.Name, rs); err != nil {
			return err
		}
		for _, r := range rs {
			r.NameLater(c.name)
			c.now = r
			if err := checkRecords(env, []*model.Record{r}, fn); err != nil {
				return err
			}
			if c.naming != nil {
				return c.naming
			}
		}
		if len(rs) < size {
			return nil
		}
		after, size = rs[len(rs)-1].ID, crowdPage
	}
}

// name finds the labels of what a record refers to.
func (c *crowd) name(r *model.Record) {
	c.naming = cmp.Or(c.naming, c.steady.labels.name(c.ctx, r))
}

// answer reads for a page of records what the rules have looked up for those before.
func (c *crowd) answer(kind string, rs []*model.Record) error {
	c.answers, c.there = map[lookedUp]map[string][]*model.Record{}, map[lookedUp]map[string]bool{}
	for _, a := range c.asked[kind] {
		values, err := c.valuesOf(kind, a, rs)
		if err != nil {
			return err
		}
		what := lookedUp{kind: a.kind, field: a.field}
		if a.exists {
			err = c.readThere(what, values)
		} else {
			err = c.readAnswers(what, values)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// valuesOf gives the values that the rules will ask for, without those of which it is known
// that no other record holds them.
func (c *crowd) valuesOf(kind string, a lookedUp, rs []*model.Record) ([]string, error) {
	alike := a.kind == kind && a.field == a.from && a.field != "id"
	if alike {
		if err := c.readTwice(lookedUp{kind: a.kind, field: a.field}); err != nil {
			return nil, err
		}
	}
	twice, known := c.twice[lookedUp{kind: a.kind, field: a.field}]
	seen := map[string]bool{}
	var values []string
	for _, r := range rs {
		for _, v := range heldIn(r, a.from) {
			if v != "" && !seen[v] && !(alike && known && !twice[v]) {
				seen[v] = true
				values = append(values, v)
			}
		}
	}
	return values, nil
}

// heldIn gives the id of a record, or the ids in one of its fields.
func heldIn(r *model.Record, field string) []string {
	if field == "id" {
		return []string{r.ID}
	}
	return model.Targets(r.Get(field))
}

// mostTwice bounds the values that are remembered to stand in several records.
const mostTwice = 20_000

// readTwice finds the values of a reference that stand in more than one record of a kind,
// unless they are too many to be remembered.
func (c *crowd) readTwice(what lookedUp) error {
	if c.alone[what] {
		return nil
	}
	c.alone[what] = true
	column := raw.Quote(what.field)
	all, err := raw.TextsOnce(c.ctx, c.q, fmt.Sprintf("SELECT %s FROM %s WHERE %s IS NOT NULL GROUP BY %s HAVING count(*) > 1 LIMIT %d",
		column, raw.Quote(what.kind), column, column, mostTwice))
	if err != nil || len(all) == mostTwice {
		return err
	}
	c.twice[what] = map[string]bool{}
	for _, v := range all {
		c.twice[what][v] = true
	}
	return nil
}

// readAnswers reads the records that hold one of some values. By id another organisation's
// may be meant: the county's name the villages'.
func (c *crowd) readAnswers(what lookedUp, values []string) error {
	found := map[string][]*model.Record{}
	c.answers[what] = found
	if len(values) == 0 {
		return nil
	}
	for _, v := range values {
		found[v] = nil
	}
	where, args := "t."+raw.Quote(what.field)+" IN (SELECT value FROM json_each(?)) AND t.deleted_at IS NULL", []any{raw.List(values)}
	if what.field != "id" {
		where, args = where+" AND +t.org_id = ?", append(args, c.orgID)
	}
	rs, err := c.l.tables[what.kind].readMany(c.ctx, c.q, where, "", args...)
	if err != nil {
		return err
	}
	for _, r := range rs {
		r.NameLater(c.name)
		v := heldIn(r, what.field)[0]
		found[v] = append(found[v], r)
	}
	return nil
}

// readThere reads which of some records are there.
func (c *crowd) readThere(what lookedUp, values []string) error {
	there := map[string]bool{}
	c.there[what] = there
	for _, v := range values {
		there[v] = false
	}
	if len(values) == 0 {
		return nil
	}
	ids, err := raw.Texts(c.ctx, c.q, "SELECT t.id FROM "+raw.Quote(what.kind)+" t WHERE t.id IN (SELECT value FROM json_each(?)) AND t.deleted_at IS NULL", raw.List(values))
	for _, id := range ids {
		there[id] = true
	}
	return err
}

// learn notes for the pages to come that the rules look up records by a value of the
// examined one.
func (c *crowd) learn(kind, field, value string, exists bool) {
	if c.now == nil {
		return
	}
	from := ""
	switch {
	case value == c.now.ID:
		from = "id"
	default:
		for _, f := range c.l.tables[c.now.Kind.Name].refs {
			if slices.Contains(model.Targets(c.now.Get(f.Name)), value) {
				from = f.Name
				break
			}
		}
	}
	a := lookedUp{kind, field, from, exists}
	if all := c.asked[c.now.Kind.Name]; from != "" && !slices.Contains(all, a) {
		c.asked[c.now.Kind.Name] = append(all, a)
	}
}

// own reads a record of the organisation.
func (c *crowd) own(kind, id string) (*model.Record, error) {
	r, err := c.lookup.Get(kind, id)
	if err != nil || r == nil || r.OrgID != c.orgID {
		return nil, err
	}
	return r, nil
}

// Get implements model.Lookup.
func (c *crowd) Get(kind, id string) (*model.Record, error) {
	if rs, known := c.answers[lookedUp{kind: kind, field: "id"}][id]; known {
		if len(rs) == 0 {
			return nil, nil
		}
		return rs[0], nil
	}
	c.learn(kind, "id", id, false)
	return c.lookup.Get(kind, id)
}

// Has implements model.Wide.
func (c *crowd) Has(kind, id string) (bool, error) {
	what := lookedUp{kind: kind, field: "id"}
	if rs, known := c.answers[what][id]; known {
		return len(rs) > 0, nil
	}
	if there, known := c.there[what][id]; known {
		return there, nil
	}
	c.learn(kind, "id", id, true)
	return c.lookup.Has(kind, id)
}

// Find implements model.Lookup.
func (c *crowd) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	if at := c.keyOf(kind, conds); at >= 0 {
		field, value := conds[at].Field, conds[at].Values[0]
		if rs, known := c.known(kind, field, value); known {
			var met []*model.Record
			for _, r := range rs {
				if model.Meets(r, conds) {
					met = append(met, r)
				}
			}
			return met, nil
		}
		c.learn(kind, field, value, false)
	}
	return c.lookup.Find(kind, c.ofOwn(conds)...)
}

// keyOf gives the place of the condition by which few records are found: on a reference.
func (c *crowd) keyOf(kind string, conds []model.Cond) int {
	t := c.l.tables[kind]
	return slices.IndexFunc(conds, func(d model.Cond) bool {
		return d.Op == model.Eq && len(d.Values) == 1 && slices.ContainsFunc(t.refs, func(f *model.Field) bool { return f.Name == d.Field && !f.Linked() })
	})
}

// known gives the records that hold a value where they were read with the page, or where it
// is known that the examined one is the only one.
func (c *crowd) known(kind, field, value string) (rs []*model.Record, known bool) {
	what := lookedUp{kind: kind, field: field}
	if rs, known = c.answers[what][value]; known {
		return rs, true
	}
	twice, known := c.twice[what]
	if known && !twice[value] && c.now.Kind.Name == kind && c.now.Str(field) == value {
		return []*model.Record{c.now}, true
	}
	return nil, false
}

// ofOwn adds to conditions that of the organisation.
func (c *crowd) ofOwn(conds []model.Cond) []model.Cond {
	return append(slices.Clone(conds), model.Where("org_id", model.Eq, c.orgID))
}

// Walk implements model.Wide.
func (c *crowd) Walk(kind string, fields []string, conds []model.Cond, fn func(r *model.Record) bool) error {
	return c.lookup.Walk(kind, fields, c.ofOwn(conds), fn)
}

// Count implements model.Wide.
func (c *crowd) Count(kind string, conds ...model.Cond) (int, error) {
	return c.lookup.Count(kind, c.ofOwn(conds)...)
}

// Distinct implements model.Wide: the index that keeps a set unique is gone through once.
func (c *crowd) Distinct(kind string, u model.Unique) (bool, error) {
	what := lookedUp{kind: kind, field: strings.Join(u.Fields, " ") + " " + u.Unless, exists: true}
	if distinct, known := c.alone[what]; known {
		return distinct, nil
	}
	where, columns := "deleted_at IS NULL AND org_id = ?", make([]string, len(u.Fields))
	for i, f := range u.Fields {
		columns[i] = raw.Quote(f)
		where += " AND " + columns[i] + " IS NOT NULL"
	}
	if u.Unless != "" {
		where += " AND " + raw.Quote(u.Unless) + " IS NULL"
	}
	n, err := raw.NumberOnce(c.ctx, c.q, fmt.Sprintf("SELECT EXISTS (SELECT 1 FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1)", raw.Quote(kind), where, strings.Join(columns, ", ")), c.orgID)
	if err == nil {
		c.alone[what] = n == 0
	}
	return err == nil && n == 0, err
}
