package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Derived values stand in no column. Those that count years since a date are filtered
// and sorted by that date; all others are computed for every row that the stored
// conditions let through, and then compared as model.Meets compares.

// mostComputed bounds for how many rows a value is computed: some look other records up.
const mostComputed = 20000

// keptComputed is how many columns of computed values are remembered.
const keptComputed = 8

// computing remembers computed values until something is written.
type computing struct {
	writes atomic.Int64 // grows with every transaction
	mu     sync.Mutex   // one column is computed at a time: a page and its count ask for the same
	at     int64        // the writes at which kept was computed
	kept   map[string]map[string]model.Value
}

// wrote lets go of what was computed.
func (c *computing) wrote() { c.writes.Add(1) }

// stored parts conditions into SQL on what is stored and conditions on what must be computed.
func (l *Ledger) stored(ctx context.Context, q raw.Querier, t *table, conds []model.Cond) (clause, []model.Cond, error) {
	all := make([]clause, 0, len(conds))
	var rest []model.Cond
	for _, c := range conds {
		d := t.kind.DerivedValue(c.Field)
		switch {
		case d != nil && d.Since != "" && c.Op != model.Contains:
			all = append(all, sinceCond(t, d, c, l.source.Today()))
			continue
		case d != nil:
			rest = append(rest, c)
			continue
		}
		one, err := l.cond(ctx, q, t, c)
		if err != nil {
			return clause{}, nil, err
		}
		all = append(all, one)
	}
	return and(all...), rest, nil
}

// sinceCond is a condition on the whole years since a date, put as one on the date.
func sinceCond(t *table, d *model.Derived, c model.Cond, today model.Date) clause {
	f := t.kind.MustField(d.Since)
	column := "t." + raw.Quote(f.Name)
	atLeast := func(years int64) clause {
		switch last, ok := model.BornBy(int(min(years, 1<<20)), today); {
		case years <= 0:
			return is(column + " IS NOT NULL")
		case !ok:
			return never
		default:
			return is(column+" <= ?", string(last))
		}
	}
	less := func(years int64) clause { return and(is(column+" IS NOT NULL"), not(atLeast(years))) }
	numbers := storedNumbers(d.Field(), c.Values)
	switch {
	case c.Op == model.Empty:
		return isEmpty(t, f)
	case c.Op == model.Filled:
		return not(isEmpty(t, f))
	case c.Op == model.Eq || c.Op == model.In || c.Op == model.Ne:
		var any []clause
		for _, n := range numbers {
			any = append(any, and(atLeast(n), less(n+1)))
		}
		if c.Op == model.Ne {
			return or(isEmpty(t, f), not(or(any...)))
		}
		return or(any...)
	case len(numbers) == 0:
		return never
	case c.Op == model.Ge:
		return atLeast(numbers[0])
	case c.Op == model.Gt:
		return atLeast(numbers[0] + 1)
	case c.Op == model.Lt:
		return less(numbers[0])
	}
	return less(numbers[0] + 1)
}

// meetComputed gives the rows of where that meet conditions on derived values.
func (l *Ledger) meetComputed(ctx context.Context, q raw.Querier, t *table, conds []model.Cond, where clause) (clause, error) {
	probe := t.kind.Probe()
	all := make([]clause, 0, len(conds))
	for _, c := range conds {
		values, err := l.computed(ctx, q, t, t.kind.DerivedValue(c.Field), where)
		if err != nil {
			return clause{}, err
		}
		var kept []string
		for id, v := range values {
			r := model.NewRecord(probe)
			r.Set(c.Field, v)
			if model.Meets(r, []model.Cond{c}) {
				kept = append(kept, id)
			}
		}
		all = append(all, oneOf("t.id", kept))
	}
	return and(all...), nil
}

// computed gives a derived value of each row of where, by the row's id.
func (l *Ledger) computed(ctx context.Context, q raw.Querier, t *table, d *model.Derived, where clause) (map[string]model.Value, error) {
	if q != raw.Querier(l.readers) || l.readOnly {
		return l.compute(ctx, q, t, d, where) // others may write what this can't see
	}
	c := &l.computing
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.writes.Load(); c.at != now || c.kept == nil || len(c.kept) >= keptComputed {
		c.at, c.kept = now, map[string]map[string]model.Value{}
	}
	key := strings.Join([]string{t.kind.Name, d.Name, string(l.source.Today()), where.text, fmt.Sprint(where.args...)}, "\n")
	if known, ok := c.kept[key]; ok {
		return known, nil
	}
	values, err := l.compute(ctx, q, t, d, where)
	if err == nil {
		c.kept[key] = values
	}
	return values, err
}

func (l *Ledger) compute(ctx context.Context, q raw.Querier, t *table, d *model.Derived, where clause) (map[string]model.Value, error) {
	ids, err := raw.TextsOnce(ctx, q, "SELECT t.id FROM "+raw.Quote(t.kind.Name)+" t WHERE "+where.text+
		fmt.Sprintf(" LIMIT %d", mostComputed+1), where.args...)
	if err != nil {
		return nil, fmt.Errorf("compute %s.%s: %w", t.kind.Name, d.Name, err)
	}
	if len(ids) > mostComputed {
		return nil, model.Errorf("E-TOOMANY", "“%s”是算出来的,超过 %d 条时不能按它筛选或排序;请先换视图,或按别的项筛选,只留下要看的", d.Label, mostComputed)
	}
	env := l.env(ctx, q, l.memory(q))
	env.Look = &onceLook{Lookup: env.Look, found: map[string][]*model.Record{}}
	env.Kept = map[string]any{}
	values := make(map[string]model.Value, len(ids))
	for some := range slices.Chunk(ids, eachPage) {
		rs, err := t.read(ctx, q, "t.id IN (SELECT value FROM json_each(?))", raw.List(some))
		if err != nil {
			return nil, err
		}
		if err := l.labeler(q).name(ctx, rs...); err != nil {
			return nil, err
		}
		for _, r := range rs {
			values[r.ID] = d.Compute(env, r)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// onceLook finds the same records once: the rows of a table ask for the same again
// and again. What it gives is not to be changed, as derived values don't.
type onceLook struct {
	model.Lookup
	found map[string][]*model.Record
}

var _ model.Over = (*onceLook)(nil)

// Under implements model.Over.
func (o *onceLook) Under() model.Lookup { return o.Lookup }

// Find implements model.Lookup.
func (o *onceLook) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	key := kind + fmt.Sprint(conds)
	if rs, ok := o.found[key]; ok {
		return rs, nil
	}
	rs, err := o.Lookup.Find(kind, conds...)
	if err == nil && len(o.found) < keptLooks {
		o.found[key] = rs
	}
	return rs, err
}

// keptLooks bounds what onceLook remembers.
const keptLooks = 64

// beside is values computed for the rows of a question, which SQL reads as a table beside
// the kind's: it is read first, and each row then found by its id.
type beside struct {
	names []string // of the derived values
	json  string   // by the row's id the values, in the order of the names
}

// expr gives a value's expression.
func (b *beside) expr(name string) string {
	return fmt.Sprintf("json_extract(computed.value, '$[%d]')", slices.Index(b.names, name))
}

// from begins a query of the kind's table; b may be nil.
func (b *beside) from(kind string) (text string, args []any) {
	if b == nil {
		return " FROM " + raw.Quote(kind) + " t", nil
	}
	return " FROM json_each(?) computed CROSS JOIN " + raw.Quote(kind) + " t ON t.id = computed.key", []any{b.json}
}

// beside computes derived values for the rows of where, each put into what SQL compares by
// put; nil where none of the names is to be computed.
func (l *Ledger) beside(ctx context.Context, q raw.Querier, t *table, names []string, where clause, put func(*model.Field, model.Value) any) (*beside, error) {
	b := &beside{}
	by := map[string][]any{}
	for _, name := range names {
		d := t.kind.DerivedValue(name)
		if d == nil || d.Since != "" || slices.Contains(b.names, name) {
			continue
		}
		values, err := l.computed(ctx, q, t, d, where)
		if err != nil {
			return nil, err
		}
		f := d.Field()
		for id, v := range values {
			for len(by[id]) < len(b.names) {
				by[id] = append(by[id], nil) // written since the values before were computed
			}
			by[id] = append(by[id], put(f, v))
		}
		b.names = append(b.names, name)
	}
	if b.names == nil {
		return nil, nil
	}
	text, err := json.Marshal(by)
	if err != nil {
		return nil, fmt.Errorf("computed values of %s: %w", t.kind.Name, err)
	}
	b.json = string(text)
	return b, nil
}

// computedKeys computes what rows are sorted by where derived values are among the fields
// of an order.
func (l *Ledger) computedKeys(ctx context.Context, q raw.Querier, t *table, fields []string, where clause) (*beside, error) {
	names := make([]string, len(fields))
	for i, name := range fields {
		names[i] = strings.TrimPrefix(name, "-")
	}
	return l.beside(ctx, q, t, names, where, func(f *model.Field, v model.Value) any {
		switch s, isText := v.(string); {
		case v == nil:
			return nil
		case f.Type == model.TypeChoice:
			return slices.Index(f.Choices, s)
		case isText && f.Type == model.TypeText:
			return model.SortKey(s)
		}
		return f.Type.Encode(v)
	})
}
