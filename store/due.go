package store

import (
	"context"

	"taizhang/model"
)

// Due gives what falls due on a day for the home organisation, as the ledger stands
// at this moment, with the records' labels; the most urgent first.
func (l *Ledger) Due(ctx context.Context, day model.Date) ([]model.Due, error) {
	var all []model.Due
	err := l.atOneMoment(ctx, func(s Snapshot) error {
		env := s.Env(ctx)
		env.Today = day
		var err error
		all, err = model.FindDue(env, l.kinds)
		return err
	})
	return all, err
}
