package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// labelDepth bounds labels that are made of labels: an observation's is its
// admission's, which is its person's.
const labelDepth = 3

// Labels gives the labels of records by id; ids that are on no record are left
// out. Of a record in the recycle bin the label says so.
func (l *Ledger) Labels(ctx context.Context, kind string, ids []string) (map[string]string, error) {
	if _, err := l.table(kind); err != nil {
		return nil, err
	}
	found, err := l.labeler(l.readers).labels(ctx, kind, ids, labelDepth)
	if err != nil {
		return nil, l.explain(err)
	}
	texts := make(map[string]string, len(found))
	for id, label := range found {
		texts[id] = label.shown()
	}
	return texts, nil
}

// labeler looks labels up in batches and remembers them.
type labeler struct {
	l     *Ledger
	q     raw.Querier
	known map[string]map[string]label // by kind and id
	codes map[string]string           // names by organisation code
}

type label struct {
	text    string
	deleted bool
}

func (b label) shown() string {
	if b.deleted {
		return b.text + "(已删除)"
	}
	return b.text
}

func (l *Ledger) labeler(q raw.Querier) *labeler {
	return &labeler{l: l, q: q, known: map[string]map[string]label{}, codes: map[string]string{}}
}

// labels gives labels by id, at most depth levels of references deep.
func (b *labeler) labels(ctx context.Context, kind string, ids []string, depth int) (map[string]label, error) {
	known := b.known[kind]
	if known == nil {
		known = map[string]label{}
		b.known[kind] = known
	}
	found := make(map[string]label, len(ids))
	var unknown []string
	for _, id := range ids {
		if l, ok := known[id]; ok {
			found[id] = l
		} else {
			unknown = append(unknown, id)
		}
	}
	if len(unknown) == 0 || depth <= 0 {
		return found, nil
	}
	rs, err := b.read(ctx, b.l.tables[kind], unknown)
	if err != nil {
		return nil, fmt.Errorf("labels of %s: %w", kind, err)
	}
	if err := b.nameFields(ctx, rs, labelFields(b.l.kinds.Kind(kind)), depth-1, false); err != nil {
		return nil, err
	}
	for _, r := range rs {
		l := label{r.Label(), r.DeletedAt != ""}
		found[r.ID] = l
		if depth == labelDepth {
			known[r.ID] = l // a shallower one may be cut short
		}
	}
	return found, nil
}

//go:noinline
func labelFields(k *model.Kind) []*model.Field {
	fields := make([]*model.Field, len(k.Label))
	for i, name := range k.Label {
		fields[i] = k.Field(name)
	}
	return fields
}

// read gives records with only the fields of their label.
func (b *labeler) read(ctx context.Context, t *table, ids []string) ([]*model.Record, error) {
	fields := labelFields(t.kind)
	var stored []*model.Field
	columns := "t.id, t.deleted_at"
	for _, f := range fields {
		if !f.Linked() {
			stored = append(stored, f)
			columns += ", t." + raw.Quote(f.Name)
		}
	}
	where, arg := "t.id = ?", ids[0]
	if len(ids) > 1 {
		where, arg = "t.id IN (SELECT value FROM json_each(?))", raw.List(ids)
	}
	rows, err := b.q.Query(ctx, "SELECT "+columns+" FROM "+raw.Quote(t.kind.Name)+" t WHERE "+where, arg)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := make([]any, 2+len(stored))
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	var rs []*model.Record
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		r := model.NewRecord(t.kind)
		r.ID, _ = values[0].(string)
		r.DeletedAt, _ = values[1].(string)
		for i, f := range stored {
			v, err := f.Type.Decode(values[2+i])
			if err != nil {
				return nil, err
			}
			r.Set(f.Name, v)
		}
		rs = append(rs, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, f := range fields {
		if f.Linked() && len(rs) > 0 {
			if err := t.loadLink(ctx, b.q, f, rs); err != nil {
				return nil, err
			}
		}
	}
	return rs, nil
}

// name sets the Names of records: the labels of all that they refer to and, by
// code, the names of organisations.
func (b *labeler) name(ctx context.Context, rs ...*model.Record) error {
	if len(rs) == 0 {
		return nil
	}
	fields := b.l.tables[rs[0].Kind.Name].named
	if p := rs[0].Part(); p != nil {
		fields = slices.DeleteFunc(slices.Clone(fields), func(f *model.Field) bool { return !p.Has(f.Name) })
	}
	return b.nameFields(ctx, rs, fields, labelDepth, true)
}

// nameFields sets the Names of records of one kind for some of their fields. With
// marked a label says when its record is in the recycle bin.
func (b *labeler) nameFields(ctx context.Context, rs []*model.Record, fields []*model.Field, depth int, marked bool) error {
	for _, f := range fields {
		if f.Target == "" && f.Type != model.TypeOrgCode {
			continue
		}
		var unknown map[string]bool
		for _, r := range rs {
			for _, id := range model.Targets(r.Get(f.Name)) {
				if _, ok := b.text(f, id, marked); !ok {
					if unknown == nil {
						unknown = map[string]bool{}
					}
					unknown[id] = true
				}
			}
		}
		var texts map[string]string
		if len(unknown) > 0 {
			var err error
			if texts, err = b.texts(ctx, f, unknown, depth, marked); err != nil {
				return err
			}
		}
		for _, r := range rs {
			b.give(r, f, texts, marked)
		}
	}
	return nil
}

// give sets the Names of a record for one field, of which texts holds those that b may not
// know.
func (b *labeler) give(r *model.Record, f *model.Field, texts map[string]string, marked bool) {
	own := false // clones of a record share theirs
	for _, id := range model.Targets(r.Get(f.Name)) {
		text, ok := texts[id]
		if !ok {
			text, ok = b.text(f, id, marked)
		}
		if had, has := r.Names[id]; !ok || has && had == text {
			continue
		}
		if !own {
			own = true
			if r.Names = maps.Clone(r.Names); r.Names == nil {
				r.Names = map[string]string{}
			}
		}
		r.Names[id] = text
	}
}

// text gives what a field calls a record or a code where that is known.
func (b *labeler) text(f *model.Field, id string, marked bool) (string, bool) {
	if f.Target == "" {
		name, ok := b.codes[id]
		return name, ok
	}
	l, ok := b.known[f.Target][id]
	if marked {
		return l.shown(), ok
	}
	return l.text, ok
}

func (b *labeler) texts(ctx context.Context, f *model.Field, ids map[string]bool, depth int, marked bool) (map[string]string, error) {
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	if f.Target == "" {
		return b.codeNames(ctx, list)
	}
	found, err := b.labels(ctx, f.Target, list, depth)
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(found))
	for id, l := range found {
		texts[id] = l.text
		if marked {
			texts[id] = l.shown()
		}
	}
	return texts, nil
}

// codeNames gives the names of organisations by code: those on file, then those of
// the county's list.
func (b *labeler) codeNames(ctx context.Context, codes []string) (map[string]string, error) {
	var unknown []string
	for _, c := range codes {
		if _, ok := b.codes[c]; !ok {
			unknown = append(unknown, c)
		}
	}
	if len(unknown) > 0 {
		rows, err := b.q.Query(ctx, "SELECT code, name FROM roll_unit WHERE code IN (SELECT value FROM json_each(?1)) UNION ALL SELECT "+
			raw.Quote(b.l.book.Org.Code)+", coalesce("+raw.Quote(b.l.book.Org.Name)+", '') FROM "+raw.Quote(b.l.book.Org.Kind)+" WHERE deleted_at IS NULL AND "+
			raw.Quote(b.l.book.Org.Code)+" IN (SELECT value FROM json_each(?1))", raw.List(unknown))
		if err != nil {
			return nil, fmt.Errorf("names of codes: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var code, name string
			if err := rows.Scan(&code, &name); err != nil {
				return nil, err
			}
			b.codes[code] = name
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return b.codes, nil
}

// learn keeps the label of a new record whose label's fields are named.
func (b *labeler) learn(r *model.Record) {
	if b.known[r.Kind.Name] == nil {
		b.known[r.Kind.Name] = map[string]label{}
	}
	b.known[r.Kind.Name][r.ID] = label{r.Label(), r.DeletedAt != ""}
}

// forget drops what is known of a record that was changed.
func (b *labeler) forget(kind, id string) {
	delete(b.known[kind], id)
	if kind == b.l.book.Org.Kind {
		clear(b.codes)
	}
}

// forgetAll drops everything, since labels are made of labels.
func (b *labeler) forgetAll() { clear(b.known) }

// labelReferrers gives for each kind the fields of other kinds' labels that refer
// to it.
func labelReferrers(kinds *model.Catalog) map[string][]model.Referrer {
	all := map[string][]model.Referrer{}
	for _, k := range kinds.Kinds() {
		for _, f := range labelFields(k) {
			if f.Target != "" {
				all[f.Target] = append(all[f.Target], model.Referrer{Kind: k, Field: f})
			}
		}
	}
	return all
}
