// Package sample holds what the tests of several groups of screens begin with: a
// village's ledger, a county with a stick of bundles, and screens that do as they are
// told.
package sample

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/county"
)

// Sizes are those in which screens are looked at.
var Sizes = []struct {
	Name string
	W, H int
}{{"80x24", 80, 24}, {"120x40", 120, 40}}

// Dice is a stream of bytes that is the same in every run.
type Dice struct{ n, used int }

// Read implements io.Reader.
func (d *Dice) Read(p []byte) (int, error) {
	for i := range p {
		if d.used == 0 {
			d.n++
		}
		sum := sha256.Sum256([]byte{byte(d.n), byte(d.n >> 8), byte(d.n >> 16)})
		p[i] = sum[d.used]
		d.used = (d.used + 1) % len(sum)
	}
	return len(p), nil
}

// NewDice gives another stream of Dice.
func NewDice(n int) *Dice { return &Dice{n: n} }

// Source stands still on the morning of 31 October 2026.
func Source() *model.Source {
	at := time.Date(2026, 10, 31, 9, 0, 0, 0, time.Local)
	return &model.Source{Now: func() time.Time { return at }, Rand: &Dice{}}
}

// Home is the village of these tests.
var Home = store.Home{Code: "990101001", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村", Township: "柳河镇", County: "澄安县"}

// NewLedger makes the ledger of Home.
func NewLedger(t testing.TB) *store.Ledger {
	t.Helper()
	l, err := book.Create(context.Background(), filepath.Join(t.TempDir(), "ledger.db"), Home, store.Options{Source: Source()})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// CountyProfile makes a county and gives the content of its county.json.
func CountyProfile(t testing.TB) (path string) {
	t.Helper()
	res, err := county.Init(context.Background(), county.InitOptions{Code: "990100000", Name: "澄安县委组织部", Dir: t.TempDir(), Source: Source()})
	if err != nil {
		t.Fatal(err)
	}
	return res.Profile
}

// PersonKind is the kind of person records.
const PersonKind = "person"

// AddPerson puts a person on file.
func AddPerson(t testing.TB, l *store.Ledger, set map[string]model.Value) *model.Record {
	t.Helper()
	rec, err := l.New(context.Background(), PersonKind)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range set {
		rec.Set(name, v)
	}
	saved, err := l.Save(context.Background(), model.FromForm, rec)
	if err != nil {
		t.Fatal(err)
	}
	return saved.Records[0]
}

// TwoProblems puts a member on file who pays more than a farmer's dues may be, and an
// applicant who turned out to be too young: a warning under monthly_dues, and an error
// under applied_on, which no longer stops anybody.
func TwoProblems(t *testing.T, l *store.Ledger) {
	t.Helper()
	AddPerson(t, l, map[string]model.Value{"name": "王五", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020115",
		"status": "正式党员", "joined_on": "1999-07-01", "confirmed_on": "2000-07-01", "dues_basis": "农民", "monthly_dues": int64(120)})
	young := AddPerson(t, l, map[string]model.Value{"name": "李四", "sex": "女", "birth_date": "2000-05-01", "status": "入党申请人"})
	ctx := context.Background()
	applied, err := l.New(ctx, "admission")
	if err != nil {
		t.Fatal(err)
	}
	applied.Set("person", young.ID)
	applied.Set("applied_on", "2026-05-04")
	if _, err := l.Save(ctx, model.FromForm, applied); err != nil {
		t.Fatal(err)
	}
	young.Set("birth_date", "2010-05-01")
	if _, err := l.Save(ctx, model.FromForm, young); err != nil {
		t.Fatal(err)
	}
}

// Read gives the content of a file.
func Read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
