package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Reference tells how many records of a kind refer to a record by a field.
type Reference struct {
	Kind   *model.Kind
	Field  *model.Field
	Count  int
	Labels []string // of the first few
}

// firstFew is how many labels a Reference gives.
const firstFew = 3

// Referring tells what refers to a record, kind by kind in the order of the menu;
// what is in the recycle bin is left out.
func (l *Ledger) Referring(ctx context.Context, kind, id string) ([]Reference, error) {
	if _, err := l.table(kind); err != nil {
		return nil, err
	}
	var all []Reference
	for _, by := range l.kinds.Referrers(kind) {
		ref, err := l.referringBy(ctx, by, id)
		if err != nil {
			return nil, l.explain(err)
		}
		if ref.Count > 0 {
			all = append(all, ref)
		}
	}
	return all, nil
}

func (l *Ledger) referringBy(ctx context.Context, by model.Referrer, id string) (Reference, error) {
	ref := Reference{Kind: by.Kind, Field: by.Field}
	where := "t." + raw.Quote(by.Field.Name) + " = ?"
	if by.Field.Linked() {
		where = "t.id IN (SELECT record_id FROM " + raw.Quote(raw.LinkTable(by.Kind, by.Field)) + " WHERE target_id = ?)"
	}
	ids, err := raw.Texts(ctx, l.readers, "SELECT t.id FROM "+raw.Quote(by.Kind.Name)+" t WHERE t.deleted_at IS NULL AND "+where+" ORDER BY t.id", id)
	if err != nil {
		return ref, fmt.Errorf("what refers to %s: %w", id, err)
	}
	ref.Count = len(ids)
	ids = ids[:min(len(ids), firstFew)]
	labels, err := l.labeler(l.readers).labels(ctx, by.Kind.Name, ids, labelDepth)
	if err != nil {
		return ref, err
	}
	for _, id := range ids {
		ref.Labels = append(ref.Labels, labels[id].text)
	}
	return ref, nil
}

// Role is one way in which a record refers to another: by which field, and in a roll
// with which state ("" elsewhere).
type Role struct {
	Field *model.Field
	State string
}

// Referrer is a record that refers to another. Of its Record lists (refs, rolls) are not
// read.
type Referrer struct {
	Record *model.Record
	Roles  []Role // in the order of the kind's fields
}

// KindCount is how many records of a kind refer to a record.
type KindCount struct {
	Kind *model.Kind
	N    int
}

// Referrers are the records that refer to one, by whichever field of whichever kind,
// each once, the newest day first (model.Record.Day); those without a day by when they
// were written down. What is in the recycle bin is left out.
type Referrers struct {
	List   []Referrer
	Counts []KindCount // all there are, kind by kind in the order of the menu
}

// ReferredBy lists what refers to a record: of one kind, or of all for by "". At most
// limit records are listed, 0 for all; Counts counts all of every kind. *model.Error:
// E-KIND.
func (l *Ledger) ReferredBy(ctx context.Context, kind, id, by string, limit int) (Referrers, error) {
	if _, err := l.table(kind); err != nil {
		return Referrers{}, err
	}
	var found Referrers
	err := l.readers.Snapshot(ctx, func(q raw.Querier) error {
		var err error
		if found.Counts, err = l.countReferrers(ctx, q, kind, id); err != nil {
			return err
		}
		found.List, err = l.listReferrers(ctx, q, kind, id, by, limit)
		return err
	})
	return found, l.explain(err)
}

// referringRows is a query for the kind, the id, the field, the state and the day of
// every reference to ?1 by some fields; "" when there are no fields.
func referringRows(by []model.Referrer) string {
	parts := make([]string, len(by))
	for i, r := range by {
		name, field := raw.Quote(r.Kind.Name), raw.Quote(r.Field.Name)
		from, state, where := name+" t", "''", "t."+field+" = ?1"
		if r.Field.Linked() {
			from = raw.Quote(raw.LinkTable(r.Kind, r.Field)) + " k JOIN " + name + " t ON t.id = k.record_id"
			where = "k.target_id = ?1"
			if r.Field.Type.Storage() == model.StoreMarks {
				state = "k.state"
			}
		}
		parts[i] = fmt.Sprintf("SELECT '%s' AS kind, t.id AS id, '%s' AS field, %s AS state, %s AS day FROM %s WHERE t.deleted_at IS NULL AND %s",
			r.Kind.Name, r.Field.Name, state, dayOf(r.Kind), from, where)
	}
	return strings.Join(parts, " UNION ALL ")
}

// dayOf is the day by which a record of the kind, in a table named t, stands in a list.
func dayOf(k *model.Kind) string {
	const written = "substr(t.created_at, 1, 10)"
	var columns []string
	for _, f := range k.DayFields() {
		columns = append(columns, "CAST(t."+raw.Quote(f.Name)+" AS TEXT)")
	}
	if len(columns) == 0 {
		return written
	}
	return "coalesce(" + strings.Join(append(columns, written), ", ") + ")"
}

func (l *Ledger) countReferrers(ctx context.Context, q raw.Querier, kind, id string) ([]KindCount, error) {
	by := l.kinds.Referrers(kind)
	if len(by) == 0 {
		return nil, nil
	}
	rows, err := q.Query(ctx, "SELECT kind, count(DISTINCT id) FROM ("+referringRows(by)+") GROUP BY kind", id)
	if err != nil {
		return nil, fmt.Errorf("count what refers to %s: %w", id, err)
	}
	defer rows.Close()
	numbers := map[string]int{}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return nil, fmt.Errorf("count what refers to %s: %w", id, err)
		}
		numbers[name] = n
	}
	var counts []KindCount
	for _, k := range l.kinds.Kinds() {
		if n := numbers[k.Name]; n > 0 {
			counts = append(counts, KindCount{k, n})
		}
	}
	return counts, rows.Err()
}

// place is where a referring record stands in the list.
type place struct{ kind, id string }

func (l *Ledger) listReferrers(ctx context.Context, q raw.Querier, kind, id, by string, limit int) ([]Referrer, error) {
	fields := slices.DeleteFunc(l.kinds.Referrers(kind), func(r model.Referrer) bool { return by != "" && r.Kind.Name != by })
	if len(fields) == 0 {
		return nil, nil
	}
	if limit <= 0 {
		limit = -1 // SQLite's word for no limit
	}
	// The roles of a record come in one text: states hold no control characters.
	rows, err := q.Query(ctx, "SELECT kind, id, group_concat(field || char(31) || state, char(30)), max(day) AS day FROM ("+
		referringRows(fields)+") GROUP BY kind, id ORDER BY day DESC, id DESC LIMIT ?2", id, limit)
	if err != nil {
		return nil, fmt.Errorf("what refers to %s: %w", id, err)
	}
	order, roles, err := l.places(rows)
	if err != nil {
		return nil, fmt.Errorf("what refers to %s: %w", id, err)
	}
	records, err := l.referring(ctx, q, order)
	if err != nil {
		return nil, fmt.Errorf("what refers to %s: %w", id, err)
	}
	var list []Referrer
	for _, p := range order {
		if r := records[p]; r != nil {
			list = append(list, Referrer{r, roles[p]})
		}
	}
	return list, nil
}

// places reads the order of the list and what each record is in it.
func (l *Ledger) places(rows *sql.Rows) ([]place, map[place][]Role, error) {
	defer rows.Close()
	var order []place
	roles := map[place][]Role{}
	for rows.Next() {
		var p place
		var joined, day string
		if err := rows.Scan(&p.kind, &p.id, &joined, &day); err != nil {
			return nil, nil, err
		}
		order = append(order, p)
		states := map[string]string{}
		for _, one := range strings.Split(joined, "\x1e") {
			field, state, _ := strings.Cut(one, "\x1f")
			states[field] = state
		}
		for _, f := range l.kinds.Kind(p.kind).Fields() {
			if state, ok := states[f.Name]; ok {
				roles[p] = append(roles[p], Role{f, state})
			}
		}
	}
	return order, roles, rows.Err()
}

// referring reads the records of the list, those of one kind at once, with the labels of
// what their own columns refer to.
func (l *Ledger) referring(ctx context.Context, q raw.Querier, order []place) (map[place]*model.Record, error) {
	ids := map[string][]string{}
	for _, p := range order {
		ids[p.kind] = append(ids[p.kind], p.id)
	}
	b := l.labeler(q)
	records := map[place]*model.Record{}
	for kind, some := range ids {
		t := l.tables[kind]
		rows, err := q.Query(ctx, "SELECT "+t.statements().selects+" FROM "+raw.Quote(kind)+" t WHERE t.id IN (SELECT value FROM json_each(?))", raw.List(some))
		if err != nil {
			return nil, err
		}
		rs, err := t.scan(rows)
		if err != nil {
			return nil, err
		}
		if err := b.nameFields(ctx, rs, t.columns, labelDepth, true); err != nil {
			return nil, err
		}
		for _, r := range rs {
			records[place{kind, r.ID}] = r
		}
	}
	return records, nil
}
