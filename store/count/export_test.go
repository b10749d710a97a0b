package count

import (
	"context"

	"taizhang/store"
	"taizhang/store/internal/raw"
)

// SummaryOverAll counts a summary's groups anew, from all rows at once.
func SummaryOverAll(ctx context.Context, l *store.Ledger, q SummaryQuery) ([]SummaryGroup, error) {
	var sum *adder
	err := connected(ctx, l, q, func(c *counting) error {
		homes, err := inside(l).OrganisationsAt(ctx, c.on)
		if err != nil {
			return err
		}
		if sum, err = c.newAdder(ctx, q, homes); err != nil {
			return err
		}
		return c.count(ctx, q.Indicators, sum.add)
	})
	return sum.groups(), err
}

// Tallied gives the organisations of which a tally is kept for a period.
func Tallied(ctx context.Context, l *store.Ledger, p Period) ([]string, error) {
	return raw.Texts(ctx, inside(l).Readers(), "SELECT org_id FROM tally WHERE period = ? ORDER BY org_id", p.name())
}

// FalsifyTallies makes every tally say that nothing was counted.
func FalsifyTallies(ctx context.Context, l *store.Ledger) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error { return t.Exec(ctx, "UPDATE tally SET content = '[]'") })
}

// TwoConnections has any two organisations counted by a connection each, until restore
// is called.
func TwoConnections() (restore func()) {
	old := fewUntallied
	fewUntallied = 1
	return func() { fewUntallied = old }
}
