package store

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Sum counts a query's rows and adds up number fields over all of them, in one go; order,
// limit and place are of no matter. A field that no row fills is left out. Money is in fen.
// A name that is no number field of the kind panics. *model.Error: E-KIND, E-TOOMANY.
func (l *Ledger) Sum(ctx context.Context, q Query, fields ...string) (n int, sums map[string]int64, err error) {
	q.Sort, q.Best = []string{}, false
	a, err := l.ask(ctx, l.readers, q)
	if err != nil {
		return 0, nil, l.explain(err)
	}
	text := "SELECT count(*)"
	for _, name := range fields {
		f := a.t.kind.MustField(name)
		if f.Type.Storage() != model.StoreInteger || f.Linked() {
			panic("store: " + q.Kind + "." + name + " is no number to be added up")
		}
		text += ", sum(t." + raw.Quote(name) + ")"
	}
	rows, err := l.readers.Once(ctx, text+" FROM "+raw.Quote(q.Kind)+" t WHERE "+a.where.text, a.where.args...)
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
