package count

import (
	"context"
	"fmt"

	"taizhang/store"
	"taizhang/store/internal/raw"
)

// OnShelf is what answers one entry of Shelf.
type OnShelf struct {
	Shelved
	IDs []string // of the records of Kind, sorted
}

// ReadShelf gives the records of an organisation (its id) that answer each entry of
// Shelf, in its order; they are those by which G01 counts a ledger as kept.
// *model.Error E-MONTH for a period that has not begun.
func ReadShelf(ctx context.Context, l *store.Ledger, p Period, org string) ([]OnShelf, error) {
	all := make([]OnShelf, len(Shelf))
	err := connected(ctx, l, SummaryQuery{Period: p, Org: org}, func(c *counting) error {
		if err := c.fillBase(ctx, indicatorsShelf); err != nil {
			return err
		}
		for i, s := range Shelf {
			text := fmt.Sprintf("SELECT id FROM %s WHERE (%s) ORDER BY id", s.Kind, s.Where)
			ids, err := raw.Texts(ctx, c.on, c.with(text)+text, c.args()...)
			if err != nil {
				return fmt.Errorf("ledger %d %s: %w", s.No, s.Kind, err)
			}
			all[i] = OnShelf{s, ids}
		}
		return nil
	})
	return all, err
}
