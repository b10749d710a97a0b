package sheet

import "fmt"

// guess gives a new row what its other cells let one expect in the fields for which
// its sheet has no column: what another organisation gave was not held by this one.
func (r *reader) guess(d *draft) error {
	rec := d.row.Record
	given := make([]string, 0, len(d.given))
	for _, c := range d.given {
		if rec.Filled(c.field) {
			given = append(given, c.field)
		}
	}
	for _, f := range r.kind.Guessed(given...) {
		if !d.absent(f.Name) {
			continue
		}
		v, err := f.Guess.Value(r.env, rec)
		if err != nil {
			return fmt.Errorf("row %d: %w", d.source.number, err)
		}
		if v != nil {
			rec.Set(f.Name, v)
		}
	}
	return nil
}
