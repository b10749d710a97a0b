package sheet

import (
	"errors"
	"slices"

	"taizhang/model"
)

// followDepth bounds how far a row may change other records, as saving does.
const followDepth = 3

// follow asks what a row changes beside itself (a movement its person, an admission
// the movement), as saving it will: what can't follow rejects the row with the reason,
// instead of the whole file when it is written. What follows is seen by later rows.
func (r *reader) follow(d *draft, old *model.Record) error {
	rec := d.row.Record
	r.planned.add(rec)
	refused, err := r.followed(d, old, rec, model.FromSheet, 0)
	if err != nil {
		return err
	}
	if refused != "" {
		d.fault("%s", refused)
	}
	if len(d.faults) > 0 {
		r.planned.drop()
		return nil
	}
	r.planned.keep()
	return nil
}

// followed plans what follows from one record; refused says why it can't.
func (r *reader) followed(d *draft, old, rec *model.Record, how model.Origin, depth int) (refused string, err error) {
	if rec.Kind.Follow == nil || depth >= followDepth {
		return "", nil
	}
	next, err := rec.Kind.Follow(r.env, old, rec.Clone(), how)
	var known *model.Error
	switch {
	case errors.As(err, &known):
		return known.Message, nil
	case err != nil:
		return "", err
	}
	for _, n := range next {
		var before *model.Record
		if !r.planned.name(n) {
			if before, err = r.env.Look.Get(n.Kind.Name, n.ID); err != nil {
				return "", err
			}
		}
		found, err := model.Check(r.env, n, before)
		if err != nil {
			return "", err
		}
		if faults := model.Faults(found); len(faults) > 0 {
			return faults[0].Message, nil
		}
		if before == nil { // what it says of a record on file, the record says itself
			d.warnOf(found)
		}
		r.planned.add(n)
		if refused, err := r.followed(d, before, n, model.FromFollow, depth+1); refused != "" || err != nil {
			return refused, err
		}
	}
	return "", nil
}

func (d *draft) warnOf(found []model.Finding) {
	for _, f := range found {
		if !slices.Contains(d.row.Warnings, f.Message) {
			d.warn("%s", f.Message)
		}
	}
}

// inTurn gives the drafts in the order in which they are taken: as they stand, but
// by the day where each record carries on from the one before. A list of movements
// often begins with the newest.
func (r *reader) inTurn() []*draft {
	if r.kind.Turn == "" {
		return r.drafts
	}
	sorted := slices.Clone(r.drafts)
	slices.SortStableFunc(sorted, func(a, b *draft) int {
		x, y := a.row.Record.Str(r.kind.Turn), b.row.Record.Str(r.kind.Turn)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return sorted
}
