package party_test

import (
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/packs"
)

const today = model.Date("2026-10-31")

// shelf is a ledger in memory: the model's Meets is its query. Like a ledger it knows its
// kinds, and a condition on a field that a kind lacks panics also where nothing is on file.
type shelf map[string][]*model.Record

func (s shelf) Get(kind, id string) (*model.Record, error) {
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

func (s shelf) Find(kind string, conds ...model.Cond) ([]*model.Record, error) {
	model.Meets(model.NewRecord(party.Kinds.Kind(kind)), conds)
	var found []*model.Record
	for _, r := range s[kind] {
		if model.Meets(r, conds) {
			found = append(found, r)
		}
	}
	return found, nil
}

func (s shelf) OrgCode(code string) (string, bool, error) {
	if code == "999999" {
		return "", false, nil
	}
	return "", true, nil
}

// testEnv gives surroundings on 2026-10-31, at a home organisation with the id "home".
func testEnv(t *testing.T, look shelf) *model.Env {
	t.Helper()
	packs, err := model.NewPacks(packs.Default(), nil)
	if err != nil {
		t.Fatal(err)
	}
	home := record(t, "organization", "home", "code", "990101101201", "name", "前荷庄村党支部", "kind", "党支部", "domain", "行政村")
	if look == nil {
		look = shelf{}
	}
	look["organization"] = append(look["organization"], home)
	n := 0
	return &model.Env{Today: today, Packs: packs, Look: look, Home: home, Kinds: party.Kinds,
		NewID: func() (string, error) { n++; return fmt.Sprintf("id-%d", n), nil }}
}

// record makes a record from pairs of field and typed text; refs are ids, refs of
// several and rolls are in the form of CSV.
func record(t *testing.T, kind, id string, pairs ...string) *model.Record {
	t.Helper()
	k := party.Kinds.Kind(kind)
	r := model.NewRecord(k)
	r.ID, r.OrgID = id, "home"
	set(t, r, pairs...)
	return r
}

func set(t *testing.T, r *model.Record, pairs ...string) {
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
