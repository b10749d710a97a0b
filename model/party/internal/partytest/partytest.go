// Package partytest makes records and a ledger in memory for the tests of party and of the
// packages below it.
package partytest

import (
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/membership"
)

// Shelf is a ledger in memory: the model's Meets is its query. Like a ledger it knows its
// kinds, and a condition on a field that a kind lacks panics also where nothing is on file.
type Shelf map[string][]*model.Record

// Get implements model.Lookup.
func (s Shelf) Get(kind, id string) (*model.Record, error) {
	if party.Kinds.Kind(kind) == nil {
		panic("no kind " + kind)
	}
	for _, r := range s[kind] {
		if r.ID == id {
			return r, nil
		}
	}
	return nil, nil
}

// Find implements model.Lookup.
func (s Shelf) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	model.Meets(model.NewRecord(party.Kinds.Kind(kind)), conds)
	var found []*model.Record
	for _, r := range s[kind] {
		if model.Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found, nil
}

// OrgCode implements model.Lookup; 999999 is the code that nobody has.
func (s Shelf) OrgCode(code string) (string, bool, error) {
	if code == "999999" {
		return "", false, nil
	}
	return "", true, nil
}

// ClosedKey is the Shelf's place for a closed month: the persons on its roll.
const ClosedKey = "closed "

// ClosedMonths gives the months under ClosedKey, closed on the first of the next.
func (s Shelf) ClosedMonths() ([]membership.ClosedMonth, error) {
	var all []membership.ClosedMonth
	for _, month := range []model.Month{"2026-07", "2026-08", "2026-09"} {
		persons, ok := s[ClosedKey+string(month)]
		if !ok {
			continue
		}
		c := membership.ClosedMonth{Month: month, Members: len(persons), At: string(month.Add(1).First()) + "T08:00:00Z"}
		for _, p := range persons {
			c.Roll = append(c.Roll, p.ID)
		}
		all = append(all, c)
	}
	return all, nil
}

// Record makes a record from pairs of field and typed text; refs are ids, refs of
// several and rolls are in the form of CSV.
func Record(t *testing.T, kind, id string, pairs ...string) *model.Record {
	t.Helper()
	k := party.Kinds.Kind(kind)
	r := model.NewRecord(k)
	r.ID, r.OrgID = id, "home"
	Set(t, r, pairs...)
	return r
}

// Set sets fields from pairs of field and typed text.
func Set(t *testing.T, r *model.Record, pairs ...string) {
	t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		f := r.Kind.Field(pairs[i])
		if f == nil {
			f = r.Kind.Asked(pairs[i])
		}
		if f == nil {
			t.Fatalf("%s has no field %s", r.Kind.Name, pairs[i])
		}
		parse := f.Type.Parse
		if f.Target != "" {
			parse = f.Type.ParseCSV
		}
		v, err := parse(f, pairs[i+1])
		if err != nil {
			t.Fatalf("%s.%s: %v", r.Kind.Name, pairs[i], err)
		}
		r.Set(pairs[i], v)
	}
}
