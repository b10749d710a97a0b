package store

import (
	"context"

	"taizhang/model"
)

// Due gives what falls due on a day for the home organisation, as the ledger stands
// at this moment, with the records' labels; the most urgent first.
func (l *Ledger) Due(ctx context.Context, day model.Date) ([]model.Due, error) {
	all, _, err := l.Duties(ctx, day)
	return all, err
}

// Duties gives what Due does, and how the duties stand that come again and again.
func (l *Ledger) Duties(ctx context.Context, day model.Date) (all []model.Due, standings []model.Standing, err error) {
	err = l.atOneMoment(ctx, func(s Snapshot) error {
		env := s.Env(ctx)
		env.Today = day
		var err error
		all, standings, err = model.FindDuties(env, l.kinds)
		return err
	})
	return all, standings, err
}
