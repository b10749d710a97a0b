package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store"
	"taizhang/store/internal/storetest"
)

// TestReindexOfAnEarlierProgram: search texts that an earlier program wrote are written
// anew once, records and the county's list alike, and nothing else changes; what this
// program wrote is left alone.
func TestReindexOfAnEarlierProgram(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	o := store.Options{Source: storetest.Clock(1)}
	l, err := storetest.Make(ctx, path, storetest.Village, o)
	storetest.Must(t, err)
	thing := storetest.Save(t, l, storetest.Record(t, l, "thing", "title", "阿曼·买合")).Records[0]
	storetest.Save(t, l, storetest.Record(t, l, "loan", "what", thing.ID, "day", "2026-10-01"))
	storetest.Must(t, l.SetUnits(ctx, []store.Unit{{Code: "990101009", Name: "柳湾村党支部"}}))
	storetest.Must(t, l.Close())

	found := func(l *store.Ledger, kind string) int {
		t.Helper()
		n, err := l.Count(ctx, store.Query{Kind: kind, Find: "阿曼·"})
		storetest.Must(t, err)
		return n
	}
	db := storetest.OpenRaw(t, path)
	spoil := func(statements ...string) {
		t.Helper()
		for _, s := range statements {
			_, err := db.Exec(s)
			storetest.Must(t, err)
		}
	}
	var history, unit string
	spoil("UPDATE search SET text = '阿曼買合'", "UPDATE roll_unit SET text = '?'")
	l, err = storetest.Open(ctx, path, o)
	storetest.Must(t, err)
	if found(l, "thing") != 0 {
		t.Error("texts of this program's own form are written anew")
	}
	storetest.Must(t, l.Close())

	spoil("DELETE FROM setting WHERE name = 'search_form'")
	storetest.Must(t, db.QueryRow("SELECT count(*) || max(seq) FROM history").Scan(&history))
	l, err = storetest.Open(ctx, path, o)
	storetest.Must(t, err)
	if found(l, "thing") != 1 || found(l, "loan") != 1 {
		t.Errorf("found %d things and %d loans, want one of each", found(l, "thing"), found(l, "loan"))
	}
	storetest.Must(t, db.QueryRow("SELECT text FROM roll_unit").Scan(&unit))
	if unit == "?" {
		t.Error("the list of units is not written anew")
	}
	var after string
	storetest.Must(t, db.QueryRow("SELECT count(*) || max(seq) FROM history").Scan(&after))
	if after != history {
		t.Errorf("the history has %s, before %s", after, history)
	}
	storetest.Must(t, l.Close())
}
