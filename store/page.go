package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/found"
	"taizhang/store/internal/raw"
)

// Query asks for records of one kind, by its fields and its derived values. A name that
// the kind lacks, in Conds or Sort, is a fault of the program and panics; one that a
// person wrote goes through model.Kind.FindColumn first.
type Query struct {
	Kind    string
	Conds   []model.Cond
	Find    string   // search text: Chinese, pinyin, initials, digits; "" finds all
	Best    bool     // with Find: what fits best first (model.Sought), then by Sort
	Sort    []string // fields, "-" in front for descending; nil takes the kind's
	Limit   int      // records a page; 0 for all
	After   string   // a Page's Next: the page that follows it
	Before  string   // a Page's Prev: the page before it
	Last    bool     // the last page instead of the first
	Around  string   // an id: the page that begins with it, or, where it is not among the rows, the first
	Deleted bool     // only what is in the recycle bin, instead of only what is not
}

// Page is a keyset page. Records carry the labels of what they refer to.
type Page struct {
	Records    []*model.Record
	Next, Prev string // "" where there is no more
	At         int    // with Around: how many rows stand before the page's first
}

// question is a Query put into SQL, but for the place in its order.
type question struct {
	t     *table
	order order
	where clause
	// within is where for a query that has joined order.best: what was typed is looked for in
	// that row at once, not for all records beforehand.
	within clause
	// Of a query whose order stands in that row alone: what is asked of it, and of the record
	// itself. Only the records that fill the page are looked at then.
	typed, rest *clause
	// index is what is held in memory of such a query's records, nil where nothing is.
	index *found.Index
}

func (l *Ledger) ask(ctx context.Context, r raw.Querier, q Query) (question, error) {
	t, err := l.table(q.Kind)
	if err != nil {
		return question{}, err
	}
	conds, rest, err := l.stored(ctx, r, t, q.Conds)
	if err != nil {
		return question{}, err
	}
	keys, err := l.computedKeys(ctx, r, t, q.Sort, conds)
	if err != nil {
		return question{}, err
	}
	o := t.order(q.Sort, keys)
	if q.Best {
		o = o.bestFirst(q.Kind, q.Find)
	}
	if rest != nil {
		met, err := l.meetComputed(ctx, r, t, rest, conds)
		if err != nil {
			return question{}, err
		}
		conds = and(conds, met)
	}
	binned := is("t.deleted_at IS NULL")
	if q.Deleted {
		binned = is("t.deleted_at IS NOT NULL")
	}
	a := question{t: t, order: o, where: and(binned, conds, l.find(t, q.Find))}
	a.within = a.where
	if o.best != "" {
		typed, elsewhere, err := l.findIn(ctx, r, t, q.Find, o.best)
		if err != nil {
			return question{}, err
		}
		rest := and(binned, conds)
		a.within = and(rest, typed)
		if o.alone && !elsewhere {
			a.typed, a.rest = &typed, &rest
			a.index = l.indexOf(r, q)
		}
	}
	return a, nil
}

// Page gives one page of a query's rows. *model.Error: E-KIND, E-TOOMANY.
func (l *Ledger) Page(ctx context.Context, q Query) (Page, error) {
	p, err := l.page(ctx, l.readers, q)
	return p, l.explain(err)
}

func (l *Ledger) page(ctx context.Context, r raw.Querier, q Query) (Page, error) {
	a, err := l.ask(ctx, r, q)
	if err != nil {
		return Page{}, err
	}
	var p Page
	s, err := a.start(ctx, r, q, &p)
	if err != nil {
		return p, err
	}
	backwards := s.backwards
	rs, keys, known, err := a.indexed(ctx, r, q, s)
	if err == nil && !known {
		rs, keys, err = a.rows(ctx, r, s.place, backwards, q.Limit)
	}
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
	if err := a.turn(ctx, r, &p, keys, s, more); err != nil {
		return p, err
	}
	return p, l.labeler(r).name(ctx, rs...)
}

// start is where a page begins and which way it is read. atEnd says that it begins
// at an end of all rows.
type start struct {
	place            []clause
	backwards, atEnd bool
	after            *cursor // nil for another place
}

// start finds where the page asked for begins; with Around it also sets the page's At.
func (a question) start(ctx context.Context, r raw.Querier, q Query, p *Page) (start, error) {
	everywhere := []clause{always}
	switch {
	case q.Around != "":
		at, err := a.locate(ctx, r, q.Around)
		if err != nil || at == nil {
			return start{place: everywhere, atEnd: true}, err
		}
		p.At, err = a.count(ctx, r, a.order.beyond(*at, true, false))
		return start{place: a.order.beyond(*at, false, true)}, err
	case q.After != "" || q.Before != "":
		c, err := a.order.cursor(q.After + q.Before)
		if err != nil {
			return start{}, err
		}
		back := q.Before != ""
		return start{place: a.order.beyond(c, back, false), backwards: back, after: &c}, nil
	}
	return start{place: everywhere, backwards: q.Last, atEnd: true}, nil
}

// turn sets the page's cursors: where the rows went on it is known whether there
// are more, on the other side one is looked for.
func (a question) turn(ctx context.Context, r raw.Querier, p *Page, keys [][]any, s start, more bool) error {
	if len(p.Records) == 0 {
		return nil
	}
	last := len(keys) - 1
	first, end := cursor{keys[0], p.Records[0].ID}, cursor{keys[last], p.Records[last].ID}
	back, on := !s.backwards, s.backwards
	if s.atEnd {
		back, on = false, false
	}
	var err error
	switch {
	case back:
		back, err = a.any(ctx, r, a.order.beyond(first, true, false))
	case on:
		on, err = a.any(ctx, r, a.order.beyond(end, false, false))
	}
	if s.backwards && more || back {
		p.Prev = first.String()
	}
	if !s.backwards && more || on {
		p.Next = end.String()
	}
	return err
}

// rows reads the rows at a place and one more than the limit, which tells whether
// there are more. Only ids and keys are sorted; the records are read afterwards.
func (a question) rows(ctx context.Context, r raw.Querier, place []clause, backwards bool, limit int) ([]*model.Record, [][]any, error) {
	var ids []string
	var keys [][]any
	for _, part := range place {
		text, args := a.placesAt(part, backwards)
		if limit > 0 {
			text += fmt.Sprintf(" LIMIT %d", limit+1-len(ids))
		}
		rows, err := r.Once(ctx, text, args...)
		if err != nil {
			return nil, nil, fmt.Errorf("page of %s: %w", a.t.kind.Name, err)
		}
		found, err := a.cursors(rows)
		if err != nil {
			return nil, nil, fmt.Errorf("page of %s: %w", a.t.kind.Name, err)
		}
		for _, c := range found {
			ids, keys = append(ids, c.ID), append(keys, c.Keys)
		}
		if limit > 0 && len(ids) > limit {
			break
		}
	}
	return a.inOrder(ctx, r, ids, keys)
}

// placesAt asks for ids and keys in their order.
func (a question) placesAt(part clause, backwards bool) (text string, args []any) {
	if a.typed == nil {
		where := and(a.within, part)
		return a.places() + " WHERE " + where.text + " ORDER BY " + a.order.sql(backwards), a.args(where)
	}
	in, names, found := a.order.best, "", and(*a.typed, part)
	var keys string
	for i, k := range a.order.keys {
		keys += fmt.Sprintf(", %s AS k%d", k.expr, i)
		names += fmt.Sprintf(", f.k%d", i)
	}
	// With its own limit the inner question is answered in its order, and no further than
	// the outer one asks.
	kind := a.t.kind.Name
	return "SELECT f.id" + names + " FROM (SELECT " + in + ".id AS id" + keys + " FROM search " + in + " WHERE " + in + ".kind = '" + kind + "' AND " + found.text +
		" ORDER BY " + a.order.sql(backwards) + " LIMIT -1) f CROSS JOIN " + raw.Quote(kind) + " t ON t.id = f.id WHERE " + a.rest.text, slices.Concat(found.args, a.rest.args)
}

// inOrder reads records by their ids. One that was written between the two queries
// may be gone from the rows; then it is left out.
func (a question) inOrder(ctx context.Context, r raw.Querier, ids []string, keys [][]any) ([]*model.Record, [][]any, error) {
	rs, err := a.t.read(ctx, r, "t.id IN (SELECT value FROM json_each(?))", raw.List(ids))
	if err != nil {
		return nil, nil, err
	}
	byID := make(map[string]*model.Record, len(rs))
	for _, rec := range rs {
		byID[rec.ID] = rec
	}
	rs, kept := rs[:0], keys[:0]
	for i, id := range ids {
		if rec := byID[id]; rec != nil {
			rs, kept = append(rs, rec), append(kept, keys[i])
		}
	}
	return rs, kept, nil
}

// places begins a query for ids and keys.
func (a question) places() string { return "SELECT " + a.order.id + a.order.selects() + a.from() }

func (a question) cursors(rows *sql.Rows) ([]cursor, error) {
	defer rows.Close()
	var all []cursor
	for rows.Next() {
		c := cursor{Keys: make([]any, len(a.order.keys))}
		targets := []any{&c.ID}
		for i := range c.Keys {
			targets = append(targets, &c.Keys[i])
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// args are those that stand before the condition's, and the condition's.
func (a question) args(where clause) []any {
	_, args := a.order.beside.from(a.t.kind.Name)
	return slices.Concat(args, where.args)
}

func (a question) from() string {
	text, _ := a.order.beside.from(a.t.kind.Name)
	return text + a.order.joins
}

// locate gives a row's place in the order, nil when it is not among the rows.
func (a question) locate(ctx context.Context, r raw.Querier, id string) (*cursor, error) {
	where := and(a.within, is("t.id = ?", id))
	rows, err := r.Once(ctx, a.places()+" WHERE "+where.text, a.args(where)...)
	if err != nil {
		return nil, fmt.Errorf("place of %s: %w", id, err)
	}
	found, err := a.cursors(rows)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// count counts the rows at a place; nil counts all.
func (a question) count(ctx context.Context, r raw.Querier, place []clause) (int, error) {
	from, args := a.from(), a.args(clause{})
	if place == nil {
		from, args, place = a.rowsAlone(), nil, []clause{always}
	}
	total := 0
	for _, part := range place {
		where := and(a.within, part)
		n, err := raw.NumberOnce(ctx, r, "SELECT count(*)"+from+" WHERE "+where.text, slices.Concat(args, where.args)...)
		if err != nil {
			return 0, fmt.Errorf("count %s: %w", a.t.kind.Name, err)
		}
		total += int(n)
	}
	return total, nil
}

func (a question) any(ctx context.Context, r raw.Querier, place []clause) (bool, error) {
	for _, part := range place {
		where := and(a.within, part)
		n, err := raw.NumberOnce(ctx, r, "SELECT 1"+a.from()+" WHERE "+where.text+" LIMIT 1", a.args(where)...)
		if err != nil || n == 1 {
			return n == 1, err
		}
	}
	return false, nil
}

// rowsAlone names the rows without what only their order needs.
func (a question) rowsAlone() string {
	from := " FROM " + raw.Quote(a.t.kind.Name) + " t"
	if a.order.best != "" {
		from += joinFound(a.t.kind.Name, a.order.best)
	}
	return from
}

// Count counts a query's rows; limit, order and place are of no matter.
func (l *Ledger) Count(ctx context.Context, q Query) (int, error) {
	q.Sort, q.Best = []string{}, true
	a, err := l.ask(ctx, l.readers, q)
	if err != nil {
		return 0, l.explain(err)
	}
	n, err := a.count(ctx, l.readers, nil)
	return n, l.explain(err)
}

// eachPage is how many records Each reads at once.
const eachPage = 500

// Each calls fn with all rows of a query in their order, as labelled as a page's.
// It reads page by page, so fn may use the ledger; an error of fn ends it.
func (l *Ledger) Each(ctx context.Context, q Query, fn func(*model.Record) error) error {
	return each(q, func(q Query) (Page, error) { return l.Page(ctx, q) }, fn)
}

// each turns the pages over. One that ends where it was to begin is an error: it would
// be read for ever.
func each(q Query, page func(Query) (Page, error), fn func(*model.Record) error) error {
	q.Limit, q.After, q.Before, q.Last, q.Around = eachPage, "", "", false, ""
	for {
		p, err := page(q)
		if err != nil {
			return err
		}
		for _, r := range p.Records {
			if err := fn(r); err != nil {
				return err
			}
		}
		switch p.Next {
		case "":
			return nil
		case q.After:
			return fmt.Errorf("page of %s: it leads to itself, after %d records", q.Kind, len(p.Records))
		}
		q.After = p.Next
	}
}
