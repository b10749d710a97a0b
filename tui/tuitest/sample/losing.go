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

// LosingVillage has the county of CountyWithStick take a bundle of its fourth unit in,
// deletes some of the village's members without a word, and puts its next bundle on the
// stick.
func LosingVillage(t *testing.T, l *store.Ledger, passphrase string, names []string, lost int) {
	t.Helper()
	ctx := context.Background()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	u := CountyUnits[3]
	v := losing(t, u, names)
	defer func() { check(v.Close()) }()
	export := func(dir string) send.Sent {
		sent, err := send.Export(ctx, v, send.Options{Month: "2026-10", Dir: dir, AllowErrors: true})
		check(err)
		return sent
	}
	key, err := bundle.ParseCountyKey([]byte(Read(t, filepath.Join("县", county.KeyFile))), passphrase)
	check(err)
	in, err := county.Receive(ctx, l, key, []string{export(t.TempDir()).Path}, county.ReceiveOptions{})
	check(err)
	if len(in) != 1 || in[0].Verdict == county.Refused {
		t.Fatalf("the first bundle: %+v", in)
	}
	page, err := v.Page(ctx, store.Query{Kind: PersonKind})
	check(err)
	for _, p := range page.Records[:lost] {
		check(v.Delete(ctx, PersonKind, p.ID))
	}
	export("U盘")
}

// losing makes a village with members of these names.
func losing(t *testing.T, u store.Unit, names []string) *store.Ledger {
	t.Helper()
	source := Source()
	source.Rand = &Dice{n: 9000}
	v, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: u.Code, Name: u.Name, Kind: "党支部", Domain: u.Domain, Township: u.Township}, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.ReadFile(filepath.Join("县", county.ProfileFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := send.SetProfile(context.Background(), v, profile); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		AddPerson(t, v, map[string]model.Value{"name": name, "sex": "男", "birth_date": "1970-03-02", "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
	}
	return v
}
