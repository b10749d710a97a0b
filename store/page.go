package store

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
)

// question is a Query put into SQL, but for the place in its order.
type question struct {
	t     *table
	order order
	where clause
}

func (l *Ledger) ask(ctx context.Context, r querier, q Query) (question, error) {
	t, err := l.table(q.Kind)
	if err != nil {
		return question{}, err
	}
	o, err := t.order(q.Sort)
	if err != nil {
		return question{}, err
	}
	conds, err := l.filter(ctx, r, t, q.Conds)
	if err != nil {
		return question{}, err
	}
	binned := is("t.deleted_at IS NULL")
	if q.Deleted {
		binned = is("t.deleted_at IS NOT NULL")
	}
	return question{t, o, and(binned, conds, l.find(t, q.Find))}, nil
}

// Page gives one page of a query's rows. *model.Error: E-KIND, E-FIELD.
func (l *Ledger) Page(ctx context.Context, q Query) (Page, error) {
	p, err := l.page(ctx, l.readers, q)
	return p, l.explain(err)
}

func (l *Ledger) page(ctx context.Context, r querier, q Query) (Page, error) {
	a, err := l.ask(ctx, r, q)
	if err != nil {
		return Page{}, err
	}
	var p Page
	place, backwards, inclusive := always, q.Before != "" || q.Last, false
	switch {
	case q.Around != "":
		at, err := a.locate(ctx, r, q.Around)
		if err != nil {
			return p, err
		}
		if at != nil {
			backwards, inclusive = false, true
			place = a.order.beyond(*at, false, inclusive)
			if p.At, err = a.count(ctx, r, a.order.beyond(*at, true, false)); err != nil {
				return p, err
			}
		}
	case q.After != "" || q.Before != "":
		c, err := a.order.cursor(q.After + q.Before)
		if err != nil {
			return p, err
		}
		place = a.order.beyond(c, backwards, false)
	}
	rs, keys, err := a.rows(ctx, r, place, backwards, q.Limit)
	if err != nil {
		return p, err
	}
	more := q.Limit > 0 && len(rs) > q.Limit
	if more {
		rs, keys = rs[:q.Limit], keys[:q.Limit]
	}
	if backwards {
		slices.Reverse(rs)
		slices.Reverse(keys)
	}
	p.Records = rs
	if err := a.turn(ctx, r, &p, keys, backwards, more); err != nil {
		return p, err
	}
	if err := a.t.loadLinks(ctx, r, rs); err != nil {
		return p, err
	}
	return p, l.labeler(r).name(ctx, rs...)
}

// turn sets the page's cursors: where the rows went on it is known that there are
// more, on the other side one is looked for.
func (a question) turn(ctx context.Context, r querier, p *Page, keys [][]any, backwards, more bool) error {
	if len(p.Records) == 0 {
		return nil
	}
	at := func(i int) cursor { return cursor{keys[i], p.Records[i].ID} }
	first, last := at(0), at(len(keys)-1)
	back, on := more, more
	var err error
	if backwards {
		on, err = a.any(ctx, r, a.order.beyond(last, false, false))
	} else {
		back, err = a.any(ctx, r, a.order.beyond(first, true, false))
	}
	if back {
		p.Prev = first.String()
	}
	if on {
		p.Next = last.String()
	}
	return err
}

// rows reads one row more than the limit, which tells whether there are more.
func (a question) rows(ctx context.Context, r querier, place clause, backwards bool, limit int) ([]*model.Record, [][]any, error) {
	where := and(a.where, place)
	text := "SELECT " + a.t.selects + a.order.selects() + a.from() + " WHERE " + where.text + " ORDER BY " + a.order.sql(backwards)
	if limit > 0 {
		text += fmt.Sprintf(" LIMIT %d", limit+1)
	}
	rows, err := r.once(ctx, text, where.args...)
	if err != nil {
		return nil, nil, fmt.Errorf("page of %s: %w", a.t.kind.Name, err)
	}
	rs, keys, err := a.t.scan(rows, len(a.order.keys))
	if keys == nil {
		keys = make([][]any, len(rs))
	}
	return rs, keys, err
}

func (a question) from() string { return " FROM " + quote(a.t.kind.Name) + " t" + a.order.joins }

// locate gives a row's place in the order, nil when it is not among the rows.
func (a question) locate(ctx context.Context, r querier, id string) (*cursor, error) {
	where := and(a.where, is("t.id = ?", id))
	rows, err := r.once(ctx, "SELECT t.id"+a.order.selects()+a.from()+" WHERE "+where.text, where.args...)
	if err != nil {
		return nil, fmt.Errorf("place of %s: %w", id, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	c := &cursor{Keys: make([]any, len(a.order.keys))}
	targets := []any{&c.ID}
	for i := range c.Keys {
		targets = append(targets, &c.Keys[i])
	}
	return c, rows.Scan(targets...)
}

func (a question) count(ctx context.Context, r querier, place clause) (int, error) {
	where := and(a.where, place)
	joins := a.order.joins
	if place.text == always.text {
		joins = ""
	}
	n, err := int1(r.once(ctx, "SELECT count(*) FROM "+quote(a.t.kind.Name)+" t"+joins+" WHERE "+where.text, where.args...))
	return int(n), err
}

func (a question) any(ctx context.Context, r querier, place clause) (bool, error) {
	where := and(a.where, place)
	n, err := int1(r.once(ctx, "SELECT 1"+a.from()+" WHERE "+where.text+" LIMIT 1", where.args...))
	return n == 1, err
}

// Count counts a query's rows; limit, order and place are of no matter.
func (l *Ledger) Count(ctx context.Context, q Query) (int, error) {
	q.Sort = []string{}
	a, err := l.ask(ctx, l.readers, q)
	if err != nil {
		return 0, l.explain(err)
	}
	n, err := a.count(ctx, l.readers, always)
	return n, l.explain(err)
}

// eachPage is how many records Each reads at once.
const eachPage = 500

// Each calls fn with all rows of a query in their order, as labelled as a page's.
// It reads page by page, so fn may use the ledger; an error of fn ends it.
func (l *Ledger) Each(ctx context.Context, q Query, fn func(*model.Record) error) error {
	q.Limit, q.After, q.Before, q.Last, q.Around = eachPage, "", "", false, ""
	for {
		p, err := l.Page(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range p.Records {
			if err := fn(r); err != nil {
				return err
			}
		}
		if p.Next == "" {
			return nil
		}
		q.After = p.Next
	}
}
