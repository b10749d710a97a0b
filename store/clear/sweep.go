package clear

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// ofRecord names a record.
type ofRecord struct{ kind, id string }

// change is one field's part of a history entry, as stored.
type change struct {
	Field string  `json:"field"`
	Old   *string `json:"old"`
	New   *string `json:"new"`
}

// hides tells of a field whether it holds what may be private: a number or what is declared.
func hides(f *model.Field) bool {
	return f != nil && (f.Private || f.Type == model.TypeIDNumber || f.Type == model.TypePhone)
}

// gather finds all that those who are cleared have or had in their private fields, without
// what others have too.
func gather(ctx context.Context, l *store.Ledger, q raw.Querier, who []Someone) (*secrets, error) {
	going := map[ofRecord]bool{}
	for _, s := range who {
		going[ofRecord{s.Kind.Name, s.ID}] = true
	}
	found, others := &secrets{}, map[string]bool{}
	note := func(r ofRecord, f *model.Field, value string, now bool) {
		switch {
		case going[r] && f.Private:
			found.add(f, value)
		case going[r]:
		case now || f.Type != model.TypeIDNumber: // a number that was once another's was a mistake
			others[key(value)] = true
		}
	}
	for _, k := range l.Kinds().Kinds() {
		for _, f := range k.Fields() {
			if !hides(f) {
				continue
			}
			column := raw.Quote(f.Name)
			rows, err := q.Query(ctx, "SELECT id, "+column+", deleted_at IS NULL FROM "+raw.Quote(k.Name)+" WHERE "+column+" IS NOT NULL")
			if err != nil {
				return nil, fmt.Errorf("clear: %w", err)
			}
			err = raw.Each(rows, func(scan func(...any) error) error {
				var id, value string
				var live bool
				if err := scan(&id, &value, &live); err != nil {
					return err
				}
				if live || going[ofRecord{k.Name, id}] {
					note(ofRecord{k.Name, id}, f, value, live)
				}
				return nil
			})
			if err != nil {
				return nil, fmt.Errorf("clear: %w", err)
			}
		}
	}
	rows, err := q.Query(ctx, "SELECT kind, id, changes FROM history")
	if err != nil {
		return nil, fmt.Errorf("clear: %w", err)
	}
	err = raw.Each(rows, func(scan func(...any) error) error {
		var r ofRecord
		var text string
		if err := scan(&r.kind, &r.id, &text); err != nil {
			return err
		}
		return eachPrivate(l, r, text, func(f *model.Field, value string) { note(r, f, value, false) })
	})
	if err != nil {
		return nil, fmt.Errorf("clear: %w", err)
	}
	found.without(others)
	return found, nil
}

// eachPrivate calls fn with the values of private fields in an entry of the history.
func eachPrivate(l *store.Ledger, r ofRecord, text string, fn func(f *model.Field, value string)) error {
	k := l.Kinds().Kind(r.kind)
	if k == nil {
		return nil
	}
	var changes []change
	if err := json.Unmarshal([]byte(text), &changes); err != nil {
		return fmt.Errorf("history of %s %s: %w", r.kind, r.id, err)
	}
	for _, c := range changes {
		f := k.Field(c.Field)
		if !hides(f) {
			continue
		}
		for _, v := range []*string{c.Old, c.New} {
			if v != nil {
				fn(f, *v)
			}
		}
	}
	return nil
}

// sweeping clears within one transaction.
type sweeping struct {
	l      *store.Ledger
	t      *store.Tx
	found  *secrets
	going  map[ofRecord]Someone
	others int // records of others from whose texts something was cleared
}

// records clears the rows of all kinds of one organisation, those in the recycle bin too.
func (s *sweeping) records(ctx context.Context, orgID string) error {
	for _, k := range s.l.Kinds().Kinds() {
		rows, err := s.t.RowsOf(ctx, k, orgID)
		if err != nil {
			return err
		}
		for _, old := range rows {
			one, going := s.going[ofRecord{k.Name, old.ID}]
			r := old.Clone()
			changed := s.record(r, going)
			if !changed && !going {
				continue
			}
			if !going {
				s.others++
			}
			if err := s.t.Clear(ctx, old, r); err != nil {
				return err
			}
			if going {
				if err := s.note(ctx, one); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// record clears one record and tells whether anything was there.
func (s *sweeping) record(r *model.Record, going bool) bool {
	changed := false
	for _, f := range r.Kind.Fields() {
		value, text := r.Get(f.Name).(string)
		switch {
		case going && f.Private:
			changed = changed || r.Filled(f.Name)
			r.Set(f.Name, nil)
		case !text:
		case hides(f):
			if s.found.holds(value) { // of what lies in the recycle bin: whose it is was looked at before
				r.Set(f.Name, nil)
				changed = true
			}
		case f.Type == model.TypeText, f.Type == model.TypeNote:
			if clean, was := s.found.clean(value); was {
				r.Set(f.Name, clean)
				changed = true
			}
		}
	}
	return changed
}

// note writes down of whom what was cleared.
func (s *sweeping) note(ctx context.Context, one Someone) error {
	err := s.t.Exec(ctx, `INSERT INTO cleared (act, at, "by", kind, id, label, since, why, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.t.Group(), s.t.Stamp(), s.t.By(), one.Kind.Name, one.ID, one.Name, string(one.Since), one.Why, strings.Join(one.Fields, "、"))
	if err != nil {
		return fmt.Errorf("cleared: %w", err)
	}
	return nil
}

// historyBatch is how many entries are read at a time.
const historyBatch = 500

// history clears the past: of those who are cleared every value of a private field, of
// everybody else what stands in texts.
func (s *sweeping) history(ctx context.Context) error {
	for after := int64(0); ; {
		type entry struct {
			seq  int64
			of   ofRecord
			text string
		}
		var batch []entry
		rows, err := s.t.Query(ctx, "SELECT seq, kind, id, changes FROM history WHERE seq > ? ORDER BY seq LIMIT ?", after, historyBatch)
		if err != nil {
			return fmt.Errorf("history: %w", err)
		}
		err = raw.Each(rows, func(scan func(...any) error) error {
			var e entry
			defer func() { batch = append(batch, e) }()
			return scan(&e.seq, &e.of.kind, &e.of.id, &e.text)
		})
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, e := range batch {
			after = e.seq
			text, changed, err := s.entry(e.of, e.text)
			if err != nil {
				return err
			}
			if !changed {
				continue
			}
			if err := s.t.Exec(ctx, "UPDATE history SET changes = ? WHERE seq = ?", text, e.seq); err != nil {
				return fmt.Errorf("history: %w", err)
			}
		}
	}
}

// entry clears one entry's list of changes. What a private field had becomes empty on both
// sides: so an entry tells that there was something.
func (s *sweeping) entry(r ofRecord, text string) (string, bool, error) {
	_, going := s.going[r]
	k := s.l.Kinds().Kind(r.kind)
	if k == nil || !going && !s.found.holds(text) {
		return text, false, nil
	}
	var changes []change
	if err := json.Unmarshal([]byte(text), &changes); err != nil {
		return "", false, fmt.Errorf("history of %s %s: %w", r.kind, r.id, err)
	}
	changed := false
	for i := range changes {
		c := &changes[i]
		f := k.Field(c.Field)
		for _, side := range []**string{&c.Old, &c.New} {
			v := *side
			switch {
			case v == nil:
			case going && f != nil && f.Private, hides(f) && s.found.holds(*v):
				*side, changed = nil, true
			default:
				if clean, was := s.found.clean(*v); was {
					*side, changed = &clean, true
				}
			}
		}
	}
	if !changed {
		return text, false, nil
	}
	out, err := json.Marshal(changes)
	return string(out), true, err
}
