package party_test

import (
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/internal/partytest"
	"taizhang/model/party/packs"
)

const today = model.Date("2026-10-31")

// shelf is a ledger in memory.
type shelf = partytest.Shelf

// closedKey is the shelf's place for a closed month: the persons on its roll.
const closedKey = partytest.ClosedKey

// record makes a record from pairs of field and typed text; refs are ids, refs of
// several and rolls are in the form of CSV.
func record(t *testing.T, kind, id string, pairs ...string) *model.Record {
	t.Helper()
	return partytest.Record(t, kind, id, pairs...)
}

func set(t *testing.T, r *model.Record, pairs ...string) {
	t.Helper()
	partytest.Set(t, r, pairs...)
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
