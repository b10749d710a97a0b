package sheet

import (
	"context"
	"errors"

	"taizhang/model"
)

// comesBack judges a row whose record is on file and comes back: what the row fills in
// replaces what is on file, but for what only another kind may change, and that kind's
// record is written with it. It reports whether the row is such a one.
func (r *reader) comesBack(ctx context.Context, d *draft) (bool, error) {
	if r.kind.Returns == nil {
		return false, nil
	}
	full, err := r.ledger.Get(ctx, r.kind.Name, d.match.ID)
	if err != nil {
		return false, err
	}
	back, err := r.kind.Returns(r.env, d.row.Record, full)
	var known *model.Error
	switch {
	case errors.As(err, &known):
		d.fault("%s", known.Message)
		return true, nil
	case err != nil || len(back) == 0:
		return false, err
	}
	d.match = full
	merged := r.merge(d)
	for _, f := range r.kind.Fields() {
		if f.Locked(full) {
			merged.Set(f.Name, full.Get(f.Name))
		}
	}
	d.row.Record, d.row.Verdict = merged, Updated
	if err := r.check(d, full); err != nil || len(d.faults) > 0 {
		return true, err
	}
	d.warn("以前在本台账,这次又转回来,还用原来的那一条")
	d.back = back
	for _, m := range back {
		if err := r.planBack(d, m.Clone()); err != nil || len(d.faults) > 0 {
			return true, err
		}
	}
	return true, nil
}

// planBack asks the rules about a record by which another comes back, and what follows
// from it.
func (r *reader) planBack(d *draft, m *model.Record) error {
	r.planned.name(m)
	found, err := model.Check(r.env, m, nil)
	if err != nil {
		return err
	}
	if faults := model.Faults(found); len(faults) > 0 {
		d.fault("%s", faults[0].Message)
		return nil
	}
	d.warnOf(found)
	r.planned.add(m)
	refused, err := r.followed(d, nil, m, model.FromSheet, 1)
	if err != nil {
		return err
	}
	if refused != "" {
		d.fault("%s", refused)
		r.planned.drop()
		return nil
	}
	r.planned.keep()
	return nil
}

// located names the cell that a finding is about, where one gave the value.
func (r *reader) located(d *draft, f model.Finding) string {
	if column, ok := d.given.column(f.Field); ok {
		return d.place(column) + " 格:" + f.Message
	}
	return f.Message
}
