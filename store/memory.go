package store

import (
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

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
