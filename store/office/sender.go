package office

import (
	"context"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// SumsOf gives all that stands of one sender for a month, nil where nothing does. Others
// are not read: with a hundred thousand units only one office's stand in memory.
func SumsOf(ctx context.Context, l *store.Ledger, month model.Month, code string) (*Sums, error) {
	q := inside(l).Readers()
	found, err := senders(ctx, q, "month = ? AND code = ?", string(month), code)
	if err != nil || len(found) == 0 {
		return nil, inside(l).Explain(err)
	}
	s := &Sums{Sender: found[0]}
	for _, kind := range []string{KindAll, KindCounty, KindDomain, KindTownship, KindUnit} { // each is found by the table's key
		err = groups(ctx, q, "month = ? AND kind = ? AND code = ?", []any{string(month), kind, code}, func(g Group) bool {
			s.Groups = append(s.Groups, g)
			return true
		})
		if err != nil {
			return nil, inside(l).Explain(fmt.Errorf("%s: %w", kind, err))
		}
	}
	err = units(ctx, q, "month = ? AND code = ?", []any{string(month), code}, func(u Unit) bool {
		s.Units = append(s.Units, u)
		return true
	})
	return s, inside(l).Explain(err)
}
