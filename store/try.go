package store

import (
	"context"
	"errors"

	"taizhang/model"
)

// Tried is what saving one of several records would come to.
type Tried struct {
	Refused  []model.Finding // why it can't be saved; of what follows from it too
	Warnings []model.Finding // those that a save would say, of the record itself
}

// errTried ends a trial: everything is taken back.
var errTried = errors.New("only tried")

// Try saves records as Save does, in their order, each that is refused left out, and
// takes all of it back: nothing is written. It gives one Tried for each. What the
// records would come to together is seen, as two of one person and month.
//
// Errors: E-READONLY, and faults of reading; what rules or the ledger refuse is no error.
func (l *Ledger) Try(ctx context.Context, how model.Origin, recs ...*model.Record) ([]Tried, error) {
	all := make([]Tried, len(recs))
	err := l.write(ctx, func(wctx context.Context, t *Tx) error {
		for i, r := range recs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := t.try(wctx, r, how, &all[i]); err != nil {
				return err
			}
		}
		return errTried
	})
	if err != nil && !errors.Is(err, errTried) {
		return nil, err
	}
	return all, nil
}

// try saves one record between two marks of the transaction, so that what a refused one
// has written already (a movement whose person can't follow) is gone for the next.
func (t *Tx) try(ctx context.Context, r *model.Record, how model.Origin, into *Tried) error {
	if err := t.w.Exec(ctx, "SAVEPOINT one"); err != nil {
		return err
	}
	one, err := t.save(ctx, r, how, 0)
	if err == nil {
		for _, f := range one.findings {
			if f.Severity == model.Warning {
				into.Warnings = append(into.Warnings, f)
			}
		}
		return t.w.Exec(ctx, "RELEASE one")
	}
	var refusal *Refusal
	var known *model.Error
	switch {
	case errors.As(err, &refusal):
		into.Refused = model.Faults(refusal.Findings)
		if refusal.Kind != nil && refusal.Kind != r.Kind {
			for i := range into.Refused {
				into.Refused[i].Message = "要同时更新的" + refusal.Kind.Title + ":" + into.Refused[i].Message
				into.Refused[i].Field = ""
			}
		}
	case errors.As(err, &known):
		into.Refused = []model.Finding{{Code: known.Code, Severity: model.Fault, Field: known.Field, Message: known.Message, Source: model.SourceOwn}}
	default:
		return err
	}
	if err := t.w.Exec(ctx, "ROLLBACK TO one"); err != nil {
		return err
	}
	t.forget(ctx)
	return t.w.Exec(ctx, "RELEASE one")
}

// forget drops what the transaction remembers of records, as when some of it was taken back.
func (t *Tx) forget(ctx context.Context) {
	t.memory = t.l.memory(t)
	t.labels = t.memory.labels
	t.env = t.l.env(ctx, t, t.memory)
}
