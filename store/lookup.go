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
