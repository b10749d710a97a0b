package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Axis is what one side of a two-way table counts by: a choice, a yes or no, a year or a
// month, a ref, or the bands of a field or of a derived value.
type Axis struct {
	Field *model.Field // of a derived value its Field
	Bands bool         // by the bands instead of by the values
}

// Title is what the side is called.
func (a Axis) Title() string {
	switch {
	case a.Bands && a.Field.Type.Storage() == model.StoreInteger:
		return a.Field.Label + "段"
	case a.Bands:
		return a.Field.Label + "(分档)"
	}
	return a.Field.Label
}

// Name tells the side from the kind's others; it can be kept.
func (a Axis) Name() string {
	if a.Bands {
		return a.Field.Name + "/bands"
	}
	return a.Field.Name
}

// Axes gives what two-way tables of a kind can count by, bands of computed values first.
func Axes(k *model.Kind) []Axis {
	var all []Axis
	for i := range k.Derived {
		d := &k.Derived[i]
		if len(d.Bands) > 0 {
			all = append(all, Axis{d.Field(), true})
		}
		if d.Type == model.TypeChoice {
			all = append(all, Axis{d.Field(), false})
		}
	}
	for _, f := range k.Fields() {
		switch f.Type {
		case model.TypeChoice, model.TypeBool, model.TypeRef, model.TypeYear, model.TypeMonth:
			all = append(all, Axis{f, false})
		}
		if len(f.Bands) > 0 {
			all = append(all, Axis{f, true})
		}
	}
	return all
}

// Group is one row or column of a two-way table; Conds ask for its records.
type Group struct {
	Title string
	Conds []model.Cond
	Total int
}

// Crosstab counts records two ways. Cells stand by row, then column. Bands may overlap:
// Total counts every record once, and so do the totals of rows and columns.
type Crosstab struct {
	Rows, Cols []Group
	Cells      [][]int
	Total      int
}

// Crosstab counts a query's rows by two sides; order, limit and place are of no matter.
// *model.Error: E-KIND, E-TOOMANY.
func (l *Ledger) Crosstab(ctx context.Context, q Query, rows, cols Axis) (Crosstab, error) {
	c, err := l.crosstab(ctx, q, rows, cols)
	return c, l.explain(err)
}

// pair is how many records have two values; nil is none.
type pair struct {
	values [2]any
	n      int
}

func (l *Ledger) crosstab(ctx context.Context, q Query, rows, cols Axis) (Crosstab, error) {
	q.Sort, q.Best = []string{}, false
	a, err := l.ask(ctx, l.readers, q)
	if err != nil {
		return Crosstab{}, err
	}
	pairs, err := l.pairs(ctx, a, rows, cols)
	if err != nil {
		return Crosstab{}, err
	}
	var c Crosstab
	sides := [2]side{}
	for i, axis := range []Axis{rows, cols} {
		if sides[i], err = l.side(ctx, axis, pairs, i); err != nil {
			return Crosstab{}, err
		}
	}
	c.Rows, c.Cols = sides[0].groups, sides[1].groups
	c.Cells = make([][]int, len(c.Rows))
	for i := range c.Cells {
		c.Cells[i] = make([]int, len(c.Cols))
	}
	for _, p := range pairs {
		c.Total += p.n
		down, across := sides[0].of(p.values[0]), sides[1].of(p.values[1])
		for _, i := range down {
			c.Rows[i].Total += p.n
			for _, j := range across {
				c.Cells[i][j] += p.n
			}
		}
		for _, j := range across {
			c.Cols[j].Total += p.n
		}
	}
	return c, nil
}

// pairs counts the records by the two values.
func (l *Ledger) pairs(ctx context.Context, a question, axes ...Axis) ([]pair, error) {
	names := []string{}
	for _, axis := range axes {
		names = append(names, axis.Field.Name)
	}
	computed, err := l.beside(ctx, l.readers, a.t, names, a.where, func(f *model.Field, v model.Value) any {
		if v == nil {
			return nil
		}
		return f.Type.Encode(v)
	})
	if err != nil {
		return nil, err
	}
	text := "SELECT "
	for _, name := range names {
		switch d := a.t.kind.DerivedValue(name); {
		case d == nil:
			text += "t." + raw.Quote(a.t.kind.MustField(name).Name) + ", "
		case d.Since != "":
			text += "t." + raw.Quote(d.Since) + ", "
		default:
			text += computed.expr(name) + ", "
		}
	}
	from, args := computed.from(a.t.kind.Name)
	rows, err := l.readers.Once(ctx, text+"count(*)"+from+" WHERE "+a.where.text+" GROUP BY 1, 2", slices.Concat(args, a.where.args)...)
	if err != nil {
		return nil, fmt.Errorf("count %s two ways: %w", a.t.kind.Name, err)
	}
	defer rows.Close()
	var all []pair
	for rows.Next() {
		var p pair
		if err := rows.Scan(&p.values[0], &p.values[1], &p.n); err != nil {
			return nil, fmt.Errorf("count %s two ways: %w", a.t.kind.Name, err)
		}
		for i, axis := range axes {
			if d := a.t.kind.DerivedValue(axis.Field.Name); d != nil && d.Since != "" && p.values[i] != nil {
				p.values[i] = int64(model.Date(p.values[i].(string)).YearsAt(l.source.Today()))
			}
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// side is the groups of one axis, and which of them a value belongs to.
type side struct {
	groups []Group
	of     func(value any) []int
}

// side makes the groups of an axis from the values that occur: bands as declared, choices
// in their order, refs by name; what is not filled, or in no band, stands last.
func (l *Ledger) side(ctx context.Context, a Axis, pairs []pair, at int) (side, error) {
	if a.Bands {
		return banded(a.Field, pairs, at), nil
	}
	var values []any
	empty := false
	for _, p := range pairs {
		switch v := p.values[at]; {
		case v == nil:
			empty = true
		case !slices.Contains(values, v):
			values = append(values, v)
		}
	}
	titles, err := l.titles(ctx, a.Field, values)
	if err != nil {
		return side{}, err
	}
	model.Sort(values, func(x, y any) int {
		if a.Field.Type == model.TypeChoice {
			return cmp.Or(cmp.Compare(choicePlace(a.Field, x), choicePlace(a.Field, y)), cmp.Compare(titles[x], titles[y]))
		}
		if a.Field.Type == model.TypeBool { // yes before no
			return cmp.Compare(y.(int64), x.(int64))
		}
		return cmp.Or(cmp.Compare(model.SortKey(titles[x]), model.SortKey(titles[y])), cmp.Compare(fmt.Sprint(x), fmt.Sprint(y)))
	})
	var s side
	for _, v := range values {
		s.groups = append(s.groups, Group{Title: titles[v], Conds: []model.Cond{model.Where(a.Field.Name, model.Eq, fmt.Sprint(v))}})
	}
	if empty {
		s.groups = append(s.groups, Group{Title: "未填", Conds: []model.Cond{model.Where(a.Field.Name, model.Empty)}})
	}
	s.of = func(v any) []int {
		if v == nil {
			return []int{len(s.groups) - 1}
		}
		return []int{slices.Index(values, v)}
	}
	return s, nil
}

func choicePlace(f *model.Field, v any) int {
	s, _ := v.(string)
	if i := slices.Index(f.Choices, s); i >= 0 {
		return i
	}
	return len(f.Choices)
}

// titles gives what a side's values are called.
func (l *Ledger) titles(ctx context.Context, f *model.Field, values []any) (map[any]string, error) {
	titles := map[any]string{}
	var ids []string
	for _, v := range values {
		titles[v] = fmt.Sprint(v)
		if f.Type == model.TypeBool {
			titles[v] = f.Type.Format(f, v == int64(1), nil)
		}
		if s, ok := v.(string); ok {
			ids = append(ids, s)
		}
	}
	if f.Type != model.TypeRef {
		return titles, nil
	}
	names, err := l.Labels(ctx, f.Target, ids)
	for id, name := range names {
		titles[id] = name
	}
	return titles, err
}

// banded makes the groups of a field's bands, one for what is in no band, and one for
// what is not filled, where there is any.
func banded(f *model.Field, pairs []pair, at int) side {
	var s side
	for _, b := range f.Bands {
		s.groups = append(s.groups, Group{Title: b.Name, Conds: b.Conds(f)})
	}
	within := func(v any) []int {
		var of []int
		for i, b := range f.Bands {
			if n, ok := v.(int64); ok && len(b.Values) == 0 && n >= b.From && (b.To == 0 || n <= b.To) {
				of = append(of, i)
			}
			if text, ok := v.(string); ok && slices.Contains(b.Values, text) {
				of = append(of, i)
			}
		}
		return of
	}
	var others []string
	empty := false
	for _, p := range pairs {
		switch v := p.values[at]; {
		case v == nil:
			empty = true
		case len(within(v)) == 0 && !slices.Contains(others, valueText(v)):
			others = append(others, valueText(v))
		}
	}
	last := len(s.groups)
	if others != nil {
		s.groups = append(s.groups, Group{Title: "其余", Conds: []model.Cond{model.Where(f.Name, model.In, others...)}})
	}
	if empty {
		s.groups = append(s.groups, Group{Title: "未填", Conds: []model.Cond{model.Where(f.Name, model.Empty)}})
	}
	s.of = func(v any) []int {
		if v == nil {
			return []int{len(s.groups) - 1}
		}
		if of := within(v); of != nil {
			return of
		}
		return []int{last}
	}
	return s
}

func valueText(v any) string {
	if n, ok := v.(int64); ok {
		return strconv.FormatInt(n, 10)
	}
	return fmt.Sprint(v)
}

// Sum counts a query's rows and adds up number fields over all of them, in one go; order,
// limit and place are of no matter. A field that no row fills is left out. Money is in fen.
// A name that is no number field of the kind panics. *model.Error: E-KIND, E-TOOMANY.
func (l *Ledger) Sum(ctx context.Context, q Query, fields ...string) (n int, sums map[string]int64, err error) {
	q.Sort, q.Best = []string{}, true
	a, err := l.ask(ctx, l.readers, q)
	if err != nil {
		return 0, nil, l.explain(err)
	}
	if len(fields) == 0 {
		if n, known, err := a.countIndexed(ctx, l.readers, q.Find); known || err != nil {
			return n, map[string]int64{}, l.explain(err)
		}
	}
	text := "SELECT count(*)"
	for _, name := range fields {
		f := a.t.kind.MustField(name)
		if f.Type.Storage() != model.StoreInteger || f.Linked() {
			panic("store: " + q.Kind + "." + name + " is no number to be added up")
		}
		text += ", sum(t." + raw.Quote(name) + ")"
	}
	rows, err := l.readers.Once(ctx, text+a.rowsAlone()+" WHERE "+a.within.text, a.within.args...)
	if err != nil {
		return 0, nil, l.explain(fmt.Errorf("sum %s: %w", q.Kind, err))
	}
	defer rows.Close()
	found := make([]*int64, len(fields))
	targets := []any{&n}
	for i := range found {
		targets = append(targets, &found[i])
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return 0, nil, l.explain(fmt.Errorf("sum %s: %w", q.Kind, err))
		}
	}
	sums = map[string]int64{}
	for i, name := range fields {
		if found[i] != nil {
			sums[name] = *found[i]
		}
	}
	return n, sums, l.explain(rows.Err())
}

// countIndexed is count of all rows by what is held in memory; known is false where nothing is.
func (a question) countIndexed(ctx context.Context, r raw.Querier, typed string) (n int, known bool, err error) {
	if a.index == nil {
		return 0, false, nil
	}
	n, err = a.index.Count(model.Fold(typed), a.rest.text+fmt.Sprint(a.rest.args...), func(met func(id string)) error {
		rows, err := r.Once(ctx, "SELECT t.id FROM "+raw.Quote(a.t.kind.Name)+" t WHERE "+a.rest.text, a.rest.args...) //nolint:rowserrcheck // raw.Each looks at it
		if err != nil {
			return err
		}
		var id string
		return raw.Each(rows, func(scan func(...any) error) error {
			err := scan(&id)
			met(id)
			return err
		})
	})
	if err != nil {
		return 0, false, fmt.Errorf("count %s: %w", a.t.kind.Name, err)
	}
	return n, true, nil
}
