package sample

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/send"
)

// ForkedVillage has the county of CountyWithStick take two bundles of its fourth unit in,
// and puts one on the stick that was made of a copy of its ledger, copied before the second:
// the copy lacks a member and has another of its own.
func ForkedVillage(t *testing.T, l *store.Ledger, names []string, newer, other string) {
	t.Helper()
	ctx := context.Background()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	export := func(v *store.Ledger, dir string) string {
		sent, err := send.Export(ctx, v, send.Options{Month: "2026-10", Dir: dir, AllowErrors: true})
		check(err)
		return sent.Path
	}
	member := func(v *store.Ledger, name string) {
		AddPerson(t, v, map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
	}
	key, err := bundle.ParseCountyKey([]byte(Read(t, filepath.Join("县", county.KeyFile))), "")
	check(err)
	v := losing(t, CountyUnits[3], names)
	paths := []string{export(v, t.TempDir())}
	path := v.Path()
	check(v.Close())
	data, err := os.ReadFile(path)
	check(err)
	copied := filepath.Join(t.TempDir(), "ledger.db")
	check(os.WriteFile(copied, data, 0o600))
	for i, x := range []struct{ path, name, dir string }{{path, newer, t.TempDir()}, {copied, other, "U盘"}} {
		source := Source()
		source.Rand = &Dice{n: 9500 + 50*i}
		if v, err = book.Open(ctx, x.path, store.Options{Source: source}); err != nil {
			t.Fatal(err)
		}
		member(v, x.name)
		if p := export(v, x.dir); i == 0 {
			paths = append(paths, p)
		}
		check(v.Close())
	}
	in, err := county.Receive(ctx, l, key, paths, county.ReceiveOptions{})
	check(err)
	for _, i := range in {
		if i.Verdict == county.Refused || i.Verdict == county.Waiting {
			t.Fatalf("the first bundles: %+v", i)
		}
	}
}
