package extract_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"filippo.io/age"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/extract"
	"taizhang/store/kit"
	"taizhang/store/send"
)

var ctx = context.Background()

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func code(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return fmt.Sprint(err)
}

type counter uint64

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		*c = *c*6364136223846793005 + 1442695040888963407
		p[i] = byte(*c >> 40)
	}
	return len(p), nil
}

func source(seed int) *model.Source {
	c := counter(seed)
	return &model.Source{Now: func() time.Time { return time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC) }, Rand: &c}
}

const (
	secret = "柳河石桥春耕"
	month  = model.Month("2026-10")
	mine   = "云溪镇"
)

var units = []store.Unit{
	{Code: "990101101201", Name: "石桥村党支部", Township: mine, Domain: "行政村", Phone: "10012345678"},
	{Code: "990101101202", Name: "柳湾村党支部", Township: mine, Domain: "行政村", Phone: "10012345679"},
	{Code: "990101102301", Name: "白塔村党支部", Township: "青溪镇", Domain: "行政村", Phone: "10087654321"},
}

// persons are one for each unit: name, number, phone and address.
var persons = [][4]string{
	{"张石桥", "990101197003020118", "10011110001", "石桥村一组"},
	{"李柳湾", "990101197003020134", "10011110002", "柳湾村二组"},
	{"独孤清秋", "990101197003020150", "10011110003", "白塔村三组"},
}

// office makes a county to which three villages of two townships have reported.
func office(t *testing.T) *store.Ledger {
	t.Helper()
	res, err := county.Init(ctx, county.InitOptions{Code: "990100000", Name: "澄安县委组织部", County: "澄安县", Dir: t.TempDir(), Source: source(1)})
	must(t, err)
	l, err := book.Open(ctx, res.DB, store.Options{Source: source(2)})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	must(t, l.SetUnits(ctx, units))
	profile, err := os.ReadFile(res.Profile)
	must(t, err)
	file, err := os.ReadFile(res.Key)
	must(t, err)
	key, err := bundle.ParseCountyKey(file, "")
	must(t, err)
	stick := t.TempDir()
	for n, u := range units {
		v, err := book.Create(ctx, filepath.Join(t.TempDir(), "ledger.db"),
			store.Home{Code: u.Code, Name: u.Name, Kind: "党支部", Domain: u.Domain, Township: u.Township}, store.Options{Source: source(10 + n)})
		must(t, err)
		must(t, send.SetProfile(ctx, v, profile))
		r, err := v.New(ctx, "person")
		must(t, err)
		p := persons[n]
		for name, value := range map[string]model.Value{"name": p[0], "sex": "男", "birth_date": "1970-03-02", "id_number": p[1], "id_checked": true, "phone": p[2],
			"address": p[3], "status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01"} {
			r.Set(name, value)
		}
		_, err = v.Save(ctx, model.FromForm, r)
		must(t, err)
		_, err = send.Export(ctx, v, send.Options{Month: month, Dir: stick, AllowErrors: true})
		must(t, err)
		must(t, v.Close())
	}
	handled, err := county.Receive(ctx, l, key, []string{stick}, county.ReceiveOptions{})
	must(t, err)
	for _, i := range handled {
		if i.Verdict != county.Accepted && i.Verdict != county.Partly {
			t.Fatalf("%s: %s %v", i.File, i.Verdict, i)
		}
	}
	return l
}

func figures(t *testing.T, l *store.Ledger, township string) map[string]any {
	t.Helper()
	b, err := county.ReadReport(ctx, l, count.Ask{Month: month, Township: township})
	must(t, err)
	figures, ok := b.JSON()["indicators"].(map[string]any)
	if !ok {
		t.Fatal("no figures")
	}
	return figures
}

// column gives a township's column of the summary by townships.
func column(t *testing.T, l *store.Ledger, township string) any {
	t.Helper()
	b, err := county.ReadReport(ctx, l, count.Ask{Month: month, By: count.ByTownship})
	must(t, err)
	groups, ok := b.JSON()["groups"].([]map[string]any)
	if !ok {
		t.Fatal("no columns")
	}
	for _, g := range groups {
		if g["key"] == township {
			return g["indicators"]
		}
	}
	t.Fatalf("no column of %s", township)
	return nil
}

// TestTownship: a township's summary is its column of the whole county's, open and closed.
func TestTownship(t *testing.T) {
	l := office(t)
	for _, closed := range []bool{false, true} {
		if closed {
			_, err := county.CloseMonth(ctx, l, month, true)
			must(t, err)
		}
		if got, want := any(figures(t, l, mine)), column(t, l, mine); !reflect.DeepEqual(got, want) {
			t.Errorf("closed %v: the township's figures are %v, its column %v", closed, got, want)
		}
		b, err := county.ReadReport(ctx, l, count.Ask{Month: month, Township: mine, By: count.ByOrganisation})
		must(t, err)
		if len(b.Columns) != 3 || b.Returns.Due != 2 || b.Returns.In != 2 {
			t.Errorf("closed %v: %d columns, %+v", closed, len(b.Columns), b.Returns)
		}
	}
	_, err := county.ReadReport(ctx, l, count.Ask{Month: month, Township: "没有镇"})
	if code(err) != "E-TOWNSHIP" {
		t.Error(err)
	}
}

// clear decrypts an extract with the published formats alone and gives the ledger in it.
func clear(t *testing.T, path string) []byte {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	id, err := age.NewScryptIdentity(secret)
	must(t, err)
	opened, err := age.Decrypt(f, id)
	must(t, err)
	packed, err := gzip.NewReader(opened)
	must(t, err)
	r := tar.NewReader(packed)
	for {
		head, err := r.Next()
		must(t, err)
		data, err := io.ReadAll(r)
		must(t, err)
		if head.Name == "township.db" {
			return data
		}
	}
}

// TestExtract: an extract holds the township and nothing of another, without private
// fields unless they are asked for; it is noted, counts the same, and is only looked at.
func TestExtract(t *testing.T) {
	l := office(t)
	for _, private := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), extract.Name(l, mine))
		o := extract.Options{Township: mine, Private: private, Passphrase: secret, WorkFactor: 2}
		if private {
			_, err := extract.Make(ctx, l, path, o)
			if code(err) != "E-PURPOSE" {
				t.Errorf("with private fields and no purpose: %v", err)
			}
			o.Purpose, o.Receiver = "核对身份", "云溪镇组织办"
			_, err = county.CloseMonth(ctx, l, month, true)
			must(t, err)
		}
		_, err := extract.Make(ctx, l, path, o)
		must(t, err)
		lookInto(t, clear(t, path), private)
		if left, err := filepath.Glob(l.Path() + ".extract*"); err != nil || len(left) != 0 {
			t.Errorf("beside the ledger lie %v, %v", left, err)
		}
		noted, err := l.HandedOut(ctx, 1)
		must(t, err)
		if len(noted) != 1 || noted[0].Receiver == "" || noted[0].Purpose == "" || noted[0].File != path {
			t.Errorf("noted is %+v", noted)
		}
		lookOn(t, l, path)
	}
	if _, err := extract.Make(ctx, l, filepath.Join(t.TempDir(), "x.age"), extract.Options{Township: "没有镇", Passphrase: secret}); code(err) != "E-TOWNSHIP" {
		t.Error(err)
	}
}

// lookInto searches the bytes of a clear extract.
func lookInto(t *testing.T, data []byte, private bool) {
	t.Helper()
	for n, u := range units {
		for i, text := range append([]string{u.Code, u.Name, u.Township, u.Phone}, persons[n][:]...) {
			own := u.Township == mine
			hidden := i == 3 || i > 4
			if want := own && (private || !hidden); bytes.Contains(data, []byte(text)) != want {
				t.Errorf("private %v: that the extract holds %q is not %v", private, text, want)
			}
		}
	}
}

// lookOn opens an extract on another computer.
func lookOn(t *testing.T, l *store.Ledger, path string) {
	t.Helper()
	at := filepath.Join(t.TempDir(), "摘录.db")
	if _, err := kit.Restore(ctx, path, at, "别的口令啊", store.Options{}); code(err) != "E-PASSPHRASE" {
		t.Errorf("a wrong passphrase: %v", err)
	}
	r, err := kit.Restore(ctx, path, at, secret, store.Options{})
	must(t, err)
	if r.Extract == nil || r.Extract.Township != mine || r.Key != "" {
		t.Errorf("restored is %+v", r)
	}
	x, err := book.Open(ctx, at, store.Options{Source: source(90)})
	must(t, err)
	defer func() { must(t, x.Close()) }()
	if !x.ReadOnly() || x.Extract() == nil {
		t.Fatal("an extract can be written to")
	}
	for _, township := range []string{"", mine} {
		if got, want := figures(t, x, township), figures(t, l, mine); !reflect.DeepEqual(got, want) {
			t.Errorf("the extract counts %v, the county %v", got, want)
		}
	}
	if err := x.SetSetting(ctx, "sheet.folder", "/"); code(err) != "E-READONLY" {
		t.Error(err)
	}
	if _, err := send.Export(ctx, x, send.Options{Month: month, Dir: t.TempDir()}); code(err) != "E-READONLY" {
		t.Error(err)
	}
	found, err := x.Count(ctx, store.Query{Kind: "person", Find: "zsq"})
	must(t, err)
	if found != 1 {
		t.Errorf("by its initials %d persons are found", found)
	}
	if _, err := kit.Restore(ctx, path, l.Path(), secret, store.Options{}); code(err) != "E-EXISTS" {
		t.Errorf("in the county's place: %v", err)
	}
	broken := filepath.Join(t.TempDir(), "坏.age")
	data, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(broken, data[:len(data)/2], 0o600))
	if _, err := kit.Restore(ctx, broken, filepath.Join(t.TempDir(), "x.db"), secret, store.Options{}); code(err) != "E-KIT" {
		t.Errorf("half a file: %v", err)
	}
}

// What is taken out of rows after they were copied must not stand in the free space of
// their pages either.
func TestExtractHoldsNothingTakenOut(t *testing.T) {
	l := office(t)
	for _, u := range units[:2] {
		must(t, county.Retire(ctx, l, county.Retirement{Code: u.Code, On: "2026-10-31", Into: units[2].Code}))
	}
	path := filepath.Join(t.TempDir(), extract.Name(l, mine))
	_, err := extract.Make(ctx, l, path, extract.Options{Township: mine, Passphrase: secret, WorkFactor: 2})
	must(t, err)
	lookInto(t, clear(t, path), false)
}
