package store

import (
	"context"
	"slices"

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

// Gaps are the findings of one kind that only say what lists left open.
type Gaps struct {
	Kind     *model.Kind
	Tally    model.GapTally
	Problems []Problem
}

// GatherGaps parts what the rules found into what needs a look and, kind by kind, what
// lists left open.
func GatherGaps(all []Problem) (rest []Problem, gaps []Gaps) {
	for _, p := range all {
		if !p.Finding.Gap {
			rest = append(rest, p)
			continue
		}
		i := slices.IndexFunc(gaps, func(g Gaps) bool { return g.Kind == p.Kind })
		if i < 0 {
			i = len(gaps)
			gaps = append(gaps, Gaps{Kind: p.Kind})
		}
		gaps[i].Add(p)
	}
	return rest, gaps
}

// Add counts a finding in.
func (g *Gaps) Add(p Problem) {
	label := p.Kind.Title
	if f := p.Kind.Field(p.Finding.Field); f != nil {
		label = f.Label
	}
	g.Tally.Add(label)
	g.Problems = append(g.Problems, p)
}
