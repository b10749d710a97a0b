package office

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// SumsOf gives all that stands of one sender for a month, nil where nothing does; of figures
// that its program doesn't count it says that they are not known (Column.Lacks). Others
// are not read: with a hundred thousand units only one office's stand in memory.
func SumsOf(ctx context.Context, l *store.Ledger, month model.Month, code string) (*Sums, error) {
	q := inside(l).Readers()
	found, err := sendersWhere(ctx, q, "month = ? AND code = ?", string(month), code)
	if err != nil || len(found) == 0 {
		return nil, inside(l).Explain(err)
	}
	s, a := &Sums{Sender: found[0]}, &adder{missing: map[string][]Figure{}}
	for _, kind := range []string{KindAll, KindCounty, KindDomain, KindTownship, KindUnit} { // each is found by the table's key
		err = groupsWhere(ctx, q, "month = ? AND kind = ? AND code = ?", []any{string(month), kind, code}, func(g Group) bool {
			g.Column = a.complete(&s.Sender, g.Column)
			s.Groups = append(s.Groups, g)
			return true
		})
		if err != nil {
			return nil, inside(l).Explain(fmt.Errorf("%s: %w", kind, err))
		}
	}
	err = unitsWhere(ctx, q, "month = ? AND code = ?", []any{string(month), code}, func(u Unit) bool {
		s.Units = append(s.Units, u)
		return true
	})
	return s, inside(l).Explain(err)
}
