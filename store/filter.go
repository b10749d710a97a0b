package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// clause is a condition in SQL on the kind's table, named t, with its arguments.
type clause struct {
	text string
	args []any
}

var (
	always = clause{text: "1"}
	never  = clause{text: "0"}
)

func is(text string, args ...any) clause { return clause{text, args} }

// and joins conditions; none is always true.
func and(all ...clause) clause {
	var texts []string
	var args []any
	for _, c := range all {
		if c.text == always.text {
			continue
		}
		texts = append(texts, c.text)
		args = append(args, c.args...)
	}
	if len(texts) == 0 {
		return always
	}
	return clause{strings.Join(texts, " AND "), args}
}

func or(all ...clause) clause {
	var texts []string
	var args []any
	for _, c := range all {
		if c.text == never.text {
			continue
		}
		texts = append(texts, c.text)
		args = append(args, c.args...)
	}
	if len(texts) == 0 {
		return never
	}
	return clause{"(" + strings.Join(texts, " OR ") + ")", args}
}

func not(c clause) clause {
	switch c.text {
	case always.text:
		return never
	case never.text:
		return always
	}
	return clause{"NOT (" + c.text + ")", c.args}
}

func either(yes bool) clause {
	if yes {
		return always
	}
	return never
}

// filter says in SQL what model.Meets says in Go. Conditions on the text that a
// person sees, and comparisons of lists, are decided by model.Meets itself, once for
// each different value on file; those on derived values once for each row. A condition
// on a field that the kind lacks panics, as there.
func (l *Ledger) filter(ctx context.Context, q raw.Querier, t *table, conds []model.Cond) (clause, error) {
	where, rest, err := l.stored(ctx, q, t, conds)
	if err != nil || rest == nil {
		return where, err
	}
	met, err := l.meetComputed(ctx, q, t, rest, where)
	return and(where, met), err
}

func (l *Ledger) cond(ctx context.Context, q raw.Querier, t *table, c model.Cond) (clause, error) {
	if c.Field == "id" || c.Field == "org_id" {
		return metaCond(c), nil
	}
	f := t.kind.MustField(c.Field)
	switch c.Op {
	case model.Empty:
		return isEmpty(t, f), nil
	case model.Filled:
		return not(isEmpty(t, f)), nil
	case model.Eq, model.In:
		return isOneOf(t, f, c.Values), nil
	case model.Ne:
		return or(isEmpty(t, f), not(isOneOf(t, f, c.Values))), nil
	case model.Lt, model.Le, model.Gt, model.Ge:
		if len(c.Values) == 0 {
			return never, nil
		}
		if !f.Linked() && f.Type != model.TypeChoices {
			return compares(f, c), nil
		}
	case model.Contains:
	default:
		return never, nil
	}
	if f.Linked() {
		return l.decideLinks(ctx, q, t, f, c)
	}
	return l.decideValues(ctx, q, t, f, c)
}

// metaCond is a condition on id or org_id, which are never empty.
func metaCond(c model.Cond) clause {
	column := "t." + raw.Quote(c.Field)
	switch c.Op {
	case model.Filled:
		return always
	case model.Eq, model.In:
		return oneOf(column, c.Values)
	case model.Ne:
		return not(oneOf(column, c.Values))
	case model.Contains: // what has no text contains nothing but nothing
		return either(slices.ContainsFunc(c.Values, func(v string) bool { return model.Fold(v) == "" }))
	}
	return never
}

func oneOf[T any](column string, values []T) clause {
	switch len(values) {
	case 0:
		return never
	case 1:
		return is(column+" = ?", values[0])
	}
	return is(column+" IN (SELECT value FROM json_each(?))", raw.List(values))
}

func isEmpty(t *table, f *model.Field) clause {
	switch {
	case f.Linked():
		return is("NOT EXISTS (SELECT 1 FROM " + raw.Quote(raw.LinkTable(t.kind, f)) + " x WHERE x.record_id = t.id)")
	case f.Type == model.TypeBool:
		return never
	}
	return is("t." + raw.Quote(f.Name) + " IS NULL")
}

// isOneOf asks whether an entry of the field is one of the values, in stored form.
func isOneOf(t *table, f *model.Field, values []string) clause {
	column := "t." + raw.Quote(f.Name)
	switch {
	case f.Linked():
		in := oneOf("x.target_id", values)
		if in.text == never.text {
			return never
		}
		return is("t.id IN (SELECT x.record_id FROM "+raw.Quote(raw.LinkTable(t.kind, f))+" x WHERE "+in.text+")", in.args...)
	case f.Type == model.TypeChoices:
		in := oneOf("x.value", values)
		if in.text == never.text {
			return never
		}
		return is("EXISTS (SELECT 1 FROM json_each("+column+") x WHERE "+in.text+")", in.args...)
	case f.Type.Storage() == model.StoreInteger:
		return oneOf(column, storedNumbers(f, values))
	}
	return oneOf(column, values)
}

// storedNumbers reads the values that are written exactly as they are stored; the
// others can't be equal to any.
func storedNumbers(f *model.Field, values []string) []int64 {
	var numbers []int64
	for _, text := range values {
		v, err := f.Type.ParseCSV(f, text)
		if err != nil || v == nil || f.Type.CSV(f, v) != text {
			continue
		}
		if n, ok := f.Type.Encode(v).(int64); ok {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func compares(f *model.Field, c model.Cond) clause {
	bound, err := f.Type.ParseCSV(f, c.Values[0])
	if err != nil || bound == nil {
		return never
	}
	return is("t."+raw.Quote(f.Name)+" "+string(c.Op)+" ?", f.Type.Encode(bound))
}

// decideValues asks model.Meets about each different value of a column, and about
// the empty one.
func (l *Ledger) decideValues(ctx context.Context, q raw.Querier, t *table, f *model.Field, c model.Cond) (clause, error) {
	column := "t." + raw.Quote(f.Name)
	hint := and(is(column+" IS NOT NULL"), mustHold(f, column, c))
	rows, err := q.Once(ctx, "SELECT DISTINCT "+column+" FROM "+raw.Quote(t.kind.Name)+" t WHERE "+hint.text, hint.args...)
	if err != nil {
		return clause{}, fmt.Errorf("values of %s.%s: %w", t.kind.Name, f.Name, err)
	}
	defer rows.Close()
	var rs []*model.Record
	for rows.Next() {
		var stored any
		if err := rows.Scan(&stored); err != nil {
			return clause{}, err
		}
		v, err := f.Type.Decode(stored)
		if err != nil {
			return clause{}, err
		}
		r := model.NewRecord(t.kind)
		r.Set(f.Name, v)
		rs = append(rs, r)
	}
	if err := rows.Err(); err != nil {
		return clause{}, err
	}
	if err := l.labeler(q).nameFields(ctx, rs, []*model.Field{f}, labelDepth, true); err != nil {
		return clause{}, err
	}
	var kept []any
	for _, r := range rs {
		if model.Meets(r, []model.Cond{c}) {
			kept = append(kept, f.Type.Encode(r.Get(f.Name)))
		}
	}
	found := oneOf(column, kept)
	if model.Meets(model.NewRecord(t.kind), []model.Cond{c}) {
		return or(found, is(column+" IS NULL")), nil
	}
	return found, nil
}

// mustHold is a condition that every value meeting c meets too, where one is easily
// told: a text that contains given Chinese characters has each of them, however it
// is folded.
func mustHold(f *model.Field, column string, c model.Cond) clause {
	if c.Op != model.Contains || len(c.Values) != 1 || f.Type.Storage() != model.StoreText ||
		f.Target != "" || f.Type == model.TypeOrgCode {
		return always
	}
	var all []clause
	for _, r := range model.Fold(c.Values[0]) {
		if unicode.Is(unicode.Han, r) {
			all = append(all, is("instr("+column+", ?) > 0", string(r)))
		}
	}
	return and(all...)
}

// decideLinks asks model.Meets about each record's list, and about the empty one.
func (l *Ledger) decideLinks(ctx context.Context, q raw.Querier, t *table, f *model.Field, c model.Cond) (clause, error) {
	lists, err := readLinks(ctx, q, t.kind, f, "1")
	if err != nil {
		return clause{}, fmt.Errorf("values of %s.%s: %w", t.kind.Name, f.Name, err)
	}
	rs := make([]*model.Record, 0, len(lists))
	for id, v := range lists {
		r := model.NewRecord(t.kind)
		r.ID = id
		r.Set(f.Name, v)
		rs = append(rs, r)
	}
	if err := l.labeler(q).nameFields(ctx, rs, []*model.Field{f}, labelDepth, true); err != nil {
		return clause{}, err
	}
	var kept []string
	for _, r := range rs {
		if model.Meets(r, []model.Cond{c}) {
			kept = append(kept, r.ID)
		}
	}
	found := oneOf("t.id", kept)
	if model.Meets(model.NewRecord(t.kind), []model.Cond{c}) {
		return or(found, isEmpty(t, f)), nil
	}
	return found, nil
}
