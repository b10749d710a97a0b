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

// CountyUnits is the list of the county of these tests.
var CountyUnits = []store.Unit{
	{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇", Domain: "行政村", Phone: "10012345678"},
	{Code: "990101101202", Name: "柳湾村党支部", Township: "云溪镇", Domain: "行政村", Phone: "10012345679"},
	{Code: "990101101301", Name: "王家村党支部", Township: "柳河镇", Domain: "行政村", Phone: "10012345681"},
	{Code: "990101101302", Name: "青石岭村党支部", Township: "柳河镇", Domain: "行政村", Phone: "10012345682"},
}

// CountyWithStick makes a county, and a stick "U盘" in the working folder with
// the bundles of three of its villages, one of them damaged.
func CountyWithStick(t *testing.T, passphrase string) *store.Ledger {
	t.Helper()
	ctx := context.Background()
	t.Chdir(t.TempDir())
	res, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: "县", Source: Source(), Passphrase: passphrase, WorkFactor: 10})
	if err != nil {
		t.Fatal(err)
	}
	l, err := book.Open(ctx, res.DB, store.Options{Source: Source()})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetUnits(ctx, CountyUnits); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir("U盘", 0o700); err != nil {
		t.Fatal(err)
	}
	for n, u := range CountyUnits[:3] {
		sent := VillageBundle(t, u, n, Read(t, res.Profile))
		if n != 2 {
			continue
		}
		whole := Read(t, sent.Path)
		if err := os.WriteFile(sent.Path, []byte(whole[:len(whole)/2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join("U盘", "说明.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return l
}

// VillageBundle makes a village's ledger, with one member who is on the rolls of
// every village, and exports it to the stick.
func VillageBundle(t *testing.T, u store.Unit, n int, profile string) send.Sent {
	t.Helper()
	ctx := context.Background()
	source := Source()
	source.Rand = &Dice{n: 1000 * (n + 1)}
	v, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"),
		store.Home{Code: u.Code, Name: u.Name, Kind: "党支部", Domain: u.Domain, Township: u.Township}, store.Options{Source: source})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := send.SetProfile(ctx, v, []byte(profile)); err != nil {
		t.Fatal(err)
	}
	AddPerson(t, v, map[string]model.Value{"name": "张三", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020118",
		"id_checked": true, "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"})
	sent, err := send.Export(ctx, v, send.Options{Month: "2026-10", Dir: "U盘", AllowErrors: true})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// office makes a county with two units on its list, issues the start cards to a stick,
// and gives the county's ledger, its key and the stick.
func Office(t *testing.T) (l *store.Ledger, key *bundle.CountyKey, stick string) {
	t.Helper()
	l, key = OpenOffice(t)
	stick = t.TempDir()
	if _, _, err := county.Issue(context.Background(), l, key, county.ProfilePath(l), stick, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l, key, stick
}

// OpenOffice makes a county with two units on its list. Who starts the program over
// its ledger has it closed with that.
func OpenOffice(t *testing.T) (l *store.Ledger, key *bundle.CountyKey) {
	t.Helper()
	ctx := context.Background()
	res, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", County: "澄安县", Dir: t.TempDir(), Source: Source()})
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(err)
	file, err := os.ReadFile(res.Key)
	check(err)
	key, err = bundle.ParseCountyKey(file, "")
	check(err)
	l, err = book.Open(ctx, res.DB, store.Options{Source: Source()})
	check(err)
	check(l.SetUnits(ctx, []store.Unit{{Code: "990101001", Name: "石桥村党总支", Township: "柳河镇", Domain: "行政村"},
		{Code: "990101002", Name: "柳湾村党支部", Township: "柳河镇", Domain: "行政村"}}))
	return l, key
}

// AnotherCounty is another county's profile.
func AnotherCounty(t *testing.T) string {
	t.Helper()
	s := Source()
	s.Rand = &Dice{n: 1000}
	res, err := county.Init(context.Background(), county.InitOptions{Code: "990100001", Name: "别县委组织部", Dir: t.TempDir(), Source: s})
	if err != nil {
		t.Fatal(err)
	}
	return res.Profile
}
