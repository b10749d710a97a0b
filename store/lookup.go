package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// env gives rules their surroundings. steady, where set, keeps records and labels
// already read: within a transaction or a snapshot they don't change unseen.
func (l *Ledger) env(ctx context.Context, q raw.Querier, steady *memory) *model.Env {
	_, writes := q.(*Tx)
	return &model.Env{
		Today: l.source.Today(),
		Packs: l.packs.Load(),
		Look:  l.lookMore(lookup{ctx, l, q, steady}, Reading{ctx, q, steady != nil, steady != nil && !writes}),
		Home:  l.Home(),
		Kinds: l.kinds,
		NewID: l.source.NewID,
	}
}

// EnvOfMany gives what Env does to one who asks for many records, one after another, and
// wants the same answer each time: what was read is kept, and what is written meanwhile need
// not be seen. Saving asks anew.
func (l *Ledger) EnvOfMany(ctx context.Context) *model.Env {
	return l.env(ctx, l.readers, l.memory(l.readers))
}

// Reading reads the tables beside the kinds for rules.
type Reading struct {
	ctx context.Context
	q   raw.Querier
	// Steady tells that nothing changes unseen, so that what was read may be remembered.
	Steady bool
	// Still tells that nothing changes at all, so that what was not there needn't be looked
	// for again.
	Still bool
}

// Context is that of the rules' examination.
func (r Reading) Context() context.Context { return r.ctx }

// Querier reads as the rules' lookup does.
func (r Reading) Querier() raw.Querier { return r.q }

// lookMore adds to what rules look up what the book knows beside the records.
func (l *Ledger) lookMore(look model.Lookup, at Reading) model.Lookup {
	if l.book.Lookup == nil {
		return look
	}
	return l.book.Lookup(look, at)
}

// lookup reads the ledger for rules. Its records carry the labels of what they
// refer to.
type lookup struct {
	ctx    context.Context
	l      *Ledger
	q      raw.Querier
	steady *memory
}

var (
	_ model.Lookup = lookup{}
	_ model.Wide   = lookup{}
)

// Get gives a record that is not deleted, or nil.
func (k lookup) Get(kind, id string) (*model.Record, error) {
	t, err := k.l.table(kind)
	if err != nil {
		return nil, err
	}
	r, known := k.steady.get(kind, id)
	if !known {
		if r, err = k.l.record(k.ctx, k.q, t, id); err != nil {
			return nil, err
		}
		if r != nil {
			if err := k.labeler().name(k.ctx, r); err != nil {
				return nil, err
			}
		}
		k.steady.put(kind, id, r)
	}
	if r == nil || r.DeletedAt != "" {
		return nil, nil
	}
	return r.Clone(), nil // the caller may change it
}

// Find gives the records that meet the conditions and are not deleted, by id.
func (k lookup) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	t, err := k.l.table(kind)
	if err != nil {
		return nil, err
	}
	if rs, known, err := k.steady.found(k.ctx, k.q, t, conds); err != nil || known {
		if err == nil {
			err = k.labeler().name(k.ctx, rs...)
		}
		return rs, err
	}
	where, err := k.l.filter(k.ctx, k.q, t, conds)
	if err != nil {
		return nil, err
	}
	where = and(is("t.deleted_at IS NULL"), where)
	rs, err := t.read(k.ctx, k.q, where.text, where.args...)
	if err != nil {
		return nil, err
	}
	return rs, k.labeler().name(k.ctx, rs...)
}

// walkPage is how many records a walk reads at once; walkFirst, how many at first.
var walkPage, walkFirst = 2000, 50

// Walk implements model.Wide. Labels are looked up when they are asked for.
func (k lookup) Walk(kind string, fields []string, conds []model.Cond, fn func(*model.Record) bool) error {
	whole, err := k.l.table(kind)
	if err != nil {
		return err
	}
	where := is("t.deleted_at IS NULL")
	for i, c := range conds {
		if c.Field == "org_id" && c.Op == model.Eq && len(c.Values) == 1 {
			of, err := k.ofOrganisation(kind, c.Values[0])
			if err != nil {
				return err
			}
			where = and(where, of)
			conds = slices.Delete(slices.Clone(conds), i, i+1)
			break
		}
	}
	rest, err := k.l.filter(k.ctx, k.q, whole, conds)
	if err != nil {
		return err
	}
	where = and(where, rest)
	return k.walk(readPart(whole.kind.Part(fields), whole.kind), where, fn)
}

// walk calls fn with the records that meet a condition, by id. While it is called with
// those of a page, the next one is read; not yet beside the first, since fn may only want to
// know whether there is any.
func (k lookup) walk(t *table, where clause, fn func(*model.Record) bool) error {
	ahead, reading := make(chan page, 1), false
	defer func() {
		if reading { // the connection is the caller's
			<-ahead
		}
	}()
	var unnamed error
	name := func(r *model.Record) { unnamed = errors.Join(unnamed, k.labeler().name(k.ctx, r)) }
	p := page{where: where.text + " AND t.id > ?", limit: walkFirst, args: append(slices.Clone(where.args), "")}
	p.read(k.ctx, t, k.q.Query)
	for n := 0; ; n++ {
		rs, err := p.complete(k.ctx, t, k.q)
		if err != nil || len(rs) == 0 {
			return err
		}
		whole := len(rs) == p.limit
		p = p.next(rs[len(rs)-1].ID)
		if whole && n > 0 {
			reading = true
			go func(p page) {
				p.read(k.ctx, t, k.q.Once) // what is kept prepared may be asked meanwhile
				ahead <- p
			}(p)
		}
		for _, r := range rs {
			r.NameLater(name)
			if !fn(r) || unnamed != nil {
				return unnamed
			}
		}
		switch {
		case !whole:
			return nil
		case reading:
			p, reading = <-ahead, false
		default:
			p.read(k.ctx, t, k.q.Query)
		}
	}
}

// ofOrganisation gives the condition that records are an organisation's. Where it has many
// they are gone through in the order of their ids: the index of organisations would have
// them sorted anew for each page.
func (k lookup) ofOrganisation(kind, id string) (clause, error) {
	n, err := raw.Number(k.ctx, k.q, fmt.Sprintf("SELECT count(*) FROM (SELECT 1 FROM %s WHERE org_id = ? LIMIT %d)", raw.Quote(kind), 2*walkPage), id)
	if err != nil {
		return clause{}, fmt.Errorf("walk %s: %w", kind, err)
	}
	if n < int64(2*walkPage) {
		return is("t.org_id = ?", id), nil
	}
	return is("+t.org_id = ?", id), nil
}

// Count implements model.Wide.
func (k lookup) Count(kind string, conds ...model.Cond) (int, error) {
	t, err := k.l.table(kind)
	if err != nil {
		return 0, err
	}
	where, err := k.l.filter(k.ctx, k.q, t, conds)
	if err != nil {
		return 0, err
	}
	where = and(is("t.deleted_at IS NULL"), where)
	n, err := raw.Number(k.ctx, k.q, "SELECT count(*) FROM "+raw.Quote(kind)+" t WHERE "+where.text, where.args...)
	return int(n), err
}

// Has implements model.Wide.
func (k lookup) Has(kind, id string) (bool, error) {
	r, err := k.Get(kind, id)
	return r != nil, err
}

// Distinct implements model.Wide: a record is compared with others when it is saved, while
// they may change.
func (lookup) Distinct(string, model.Unique) (bool, error) { return false, nil }

func (k lookup) labeler() *labeler {
	if k.steady != nil {
		return k.steady.labels
	}
	return k.l.labeler(k.q)
}

// OrgCode gives the name of an organisation on file or on the county's list.
func (k lookup) OrgCode(code string) (name string, ok bool, err error) {
	names, err := k.labeler().codeNames(k.ctx, []string{code})
	if err != nil {
		return "", false, err
	}
	if name, ok := names[code]; ok {
		return name, true, nil
	}
	if k.l.extract != nil { // it lists the units of one township alone
		return "", true, nil
	}
	n, err := raw.Number(k.ctx, k.q, "SELECT EXISTS (SELECT 1 FROM roll_unit)")
	if err != nil {
		return "", false, fmt.Errorf("list of units: %w", err)
	}
	return "", n == 0, nil
}

// memory keeps records read, by kind and id; nil keeps none. A nil record is one
// that is not there.
type memory struct {
	records map[[2]string]*model.Record
	labels  *labeler
	values  map[[2]string]*columnValues // by kind and column
}

// columnValues are what stands in a column, of deleted rows too. Rules ask for each row of a
// list whether its number, its name, its person are on file already, and mostly they are not:
// when that has been asked often enough, what is there is read once.
type columnValues struct {
	asked int
	// known has a value with the one record that holds it where this transaction wrote that as
	// a new one, and with nil where the ledger has to be asked; nil: not read.
	known map[string]*model.Record
}

// Values are read when they have been asked for so often, and the rows on file are no more
// than so many for each time.
const (
	valuesAsked   = 64
	valuesRowsPer = 16
)

// found gives the records that meet conditions where that is known without asking.
func (m *memory) found(ctx context.Context, q raw.Querier, t *table, conds []model.Cond) (rs []*model.Record, known bool, err error) {
	if m == nil {
		return nil, false, nil
	}
	for _, c := range conds {
		f := t.kind.Field(c.Field)
		if f == nil || c.Op != model.Eq || len(c.Values) != 1 || f.Type != model.TypeText && f.Type != model.TypeIDNumber && f.Type != model.TypeRef {
			continue
		}
		v, err := m.valuesOf(ctx, q, t, f.Name)
		if err != nil {
			return nil, false, err
		}
		r, there := v[c.Values[0]]
		switch {
		case v != nil && !there:
			return nil, true, nil
		case r == nil || slices.ContainsFunc(conds, func(c model.Cond) bool { return !plain(t.kind, c) }):
		case r.DeletedAt == "" && model.Meets(r, conds):
			return []*model.Record{r.Clone()}, true, nil
		default:
			return nil, true, nil
		}
	}
	return nil, false, nil
}

// plain tells whether a condition is on what a record itself holds, not on what it is called.
func plain(k *model.Kind, c model.Cond) bool {
	return c.Op != model.Contains && (c.Field == "id" || c.Field == "org_id" || k.Field(c.Field) != nil)
}

// lacks tells that no row has a value in a column of text, where that is known.
func (m *memory) lacks(ctx context.Context, q raw.Querier, t *table, column, value string) (bool, error) {
	v, err := m.valuesOf(ctx, q, t, column)
	_, there := v[value]
	return v != nil && !there, err
}

// valuesOf gives the known values of a column, nil where they have not been read.
func (m *memory) valuesOf(ctx context.Context, q raw.Querier, t *table, column string) (map[string]*model.Record, error) {
	key := [2]string{t.kind.Name, column}
	v := m.values[key]
	if v == nil {
		v = &columnValues{}
		m.values[key] = v
	}
	if v.asked++; v.known == nil && v.asked >= valuesAsked && v.asked&(v.asked-1) == 0 {
		if err := v.read(ctx, q, t, column); err != nil {
			return nil, err
		}
	}
	return v.known, nil
}

func (v *columnValues) read(ctx context.Context, q raw.Querier, t *table, column string) error {
	n, err := raw.Number(ctx, q, "SELECT count(*) FROM "+raw.Quote(t.kind.Name))
	if err != nil || n > int64(v.asked)*valuesRowsPer {
		return err
	}
	all, err := raw.Texts(ctx, q, "SELECT DISTINCT "+raw.Quote(column)+" FROM "+raw.Quote(t.kind.Name)+" WHERE "+raw.Quote(column)+" IS NOT NULL")
	if err != nil {
		return fmt.Errorf("values of %s.%s: %w", t.kind.Name, column, err)
	}
	v.known = make(map[string]*model.Record, len(all))
	for _, text := range all {
		v.known[text] = nil
	}
	return nil
}

// note adds what a row that was written has in the columns of which the values are known.
func (m *memory) note(t *table, old, r *model.Record) {
	for key, v := range m.values {
		if v.known == nil || key[0] != t.kind.Name {
			continue
		}
		text := columnText(t, key[1], r)
		if _, there := v.known[text]; text != "" {
			v.known[text] = nil
			if old == nil && !there {
				v.known[text] = r
			}
		}
		if old != nil {
			if text := columnText(t, key[1], old); text != "" {
				v.known[text] = nil
			}
		}
	}
}

// columnText gives what a record has in a column of text, "" for nothing.
func columnText(t *table, column string, r *model.Record) string {
	if column == "id" {
		return r.ID
	}
	f := t.kind.MustField(column)
	text, _ := f.Type.Encode(r.Get(f.Name)).(string)
	return text
}

// memorySize bounds a memory; beyond it everything is read anew.
const memorySize = 20000

func (l *Ledger) memory(q raw.Querier) *memory {
	return &memory{records: map[[2]string]*model.Record{}, labels: l.labeler(q), values: map[[2]string]*columnValues{}}
}

func (m *memory) get(kind, id string) (r *model.Record, known bool) {
	if m == nil {
		return nil, false
	}
	r, known = m.records[[2]string{kind, id}]
	return r, known
}

func (m *memory) put(kind, id string, r *model.Record) {
	if m == nil {
		return
	}
	if len(m.records) >= memorySize {
		clear(m.records)
	}
	m.records[[2]string{kind, id}] = r
}
