package publish_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo/province"
	"taizhang/store/internal/raw"
	"taizhang/store/office"
	"taizhang/store/publish"
)

// newCity gives the ledger of a city that has received the month of three counties: two
// down to their units, with transfers between them that both sides have told, and one down
// to its townships alone. A fourth is on its list and has sent nothing.
func newCity(t *testing.T) *store.Ledger {
	t.Helper()
	ctx := t.Context()
	made, err := province.Make(ctx, t.TempDir(), province.Options{Units: 30, County: 10})
	must(t, err)
	from, err := book.Open(ctx, made.Ledger, store.Options{ReadOnly: true})
	must(t, err)
	files, err := county.Init(ctx, county.InitOptions{Code: "990100000000", Name: "云川市委组织部", Dir: filepath.Join(t.TempDir(), "city"), Level: bundle.LevelCity, Source: sourceAt(4, "2026-11-05")})
	must(t, err)
	l, err := book.Open(ctx, files.DB, store.Options{Source: sourceAt(5, "2026-11-06")})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	list, err := office.Senders(ctx, from, month)
	must(t, err)
	for n, s := range list {
		sums, err := office.SumsOf(ctx, from, month, s.Code)
		must(t, err)
		other := list[(n+1)%3].Code[:6]
		sums.Transfers = []count.Transfer{{Figure: []string{"year_moved_out", "year_moved_in", "year_moved_in"}[n], County: []string{other, list[0].Code[:6], other}[n], N: int64(3 + n)}}
		if n == 2 {
			sums.Detail, sums.Units = bundle.DetailTownship, nil
			var kept []office.Group
			for _, g := range sums.Groups {
				if g.Kind != office.KindUnit {
					kept = append(kept, g)
				}
			}
			sums.Groups = kept
		}
		must(t, office.Write(ctx, l, sums))
	}
	must(t, from.Close())
	roll, err := county.CompareRoll(ctx, l, []store.Unit{{Code: list[0].Code, Name: "云川县委组织部"}, {Code: "990109000000", Name: "未报县委组织部"}})
	must(t, err)
	must(t, county.ApplyRoll(ctx, l, roll, nil))
	return l
}

// TestCity: what a city has received is published with its own summary's numbers at every
// level, while the month is open and after it was closed; a county that has got another
// code leaves nothing behind.
func TestCity(t *testing.T) {
	ctx := t.Context()
	l := newCity(t)
	conn, _ := connected(t)
	for _, closed := range []bool{false, true} {
		if closed {
			_, err := count.SealReport(ctx, l, count.Ask{Month: month, Received: func(ctx context.Context, l *store.Ledger, m model.Month, by string) (*count.Received, error) {
				return office.Read(ctx, l, bundle.LevelCity, m, by)
			}})
			must(t, err)
		}
		_, err := publish.Publish(ctx, l, conn, publish.Options{})
		must(t, err)
		same(t, l, conn, month)
		again, err := publish.Publish(ctx, l, conn, publish.Options{})
		must(t, err)
		if again.Changed != 0 {
			t.Errorf("closed %v: the same again wrote %+v", closed, again)
		}
	}
	var inside int64
	must(t, conn.QueryRow(ctx, "SELECT value FROM taizhang.summary('2026-10') WHERE figure = 'A11.year_within_out'").Scan(&inside))
	if inside < 3 {
		t.Errorf("%d transfers are inside the city", inside)
	}
}

// TestCountyRecoded: the rows of a county that is known by another code since go.
func TestCountyRecoded(t *testing.T) {
	ctx := t.Context()
	l := newCity(t)
	conn, _ := connected(t)
	_, err := publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	list, err := office.Senders(ctx, l, month)
	must(t, err)
	old := list[0].Code
	must(t, l.Inside(raw.Pass{}).Write(ctx, func(ctx context.Context, tx *store.Tx) error { return office.Recode(ctx, tx, old, "990108000000") }))
	_, err = publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	same(t, l, conn, month)
	for _, table := range []string{"office", "figure", "unit", "scope", "tally", "total", "report"} {
		var n int
		must(t, conn.QueryRow(ctx, "SELECT count(*) FROM taizhang."+table+" WHERE county = $1 AND month = '2026-10-01'", old).Scan(&n))
		if n != 0 {
			t.Errorf("%d rows of %s are left of the former code", n, table)
		}
	}
}

// TestProvinceAtEveryLevel: the same of a province, by city too.
func TestProvinceAtEveryLevel(t *testing.T) {
	ctx := t.Context()
	made, err := province.Make(ctx, t.TempDir(), province.Options{Units: 130, County: 10, Seed: 8})
	must(t, err)
	l, err := book.Open(ctx, made.Ledger, store.Options{Source: sourceAt(6, "2026-11-07")})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	conn, _ := connected(t)
	_, err = publish.Publish(ctx, l, conn, publish.Options{Month: month})
	must(t, err)
	same(t, l, conn, month)
	agree(t, conn, month)
}

// TestTwoPublishers: a county that its city has published is not published by itself too.
func TestTwoPublishers(t *testing.T) {
	ctx := t.Context()
	l := newCity(t)
	conn, _ := connected(t)
	_, err := publish.Publish(ctx, l, conn, publish.Options{})
	must(t, err)
	_, err = conn.Exec(ctx, fmt.Sprintf("UPDATE taizhang.office SET sender = '%s' WHERE county = '990101000000'", "990101000000"))
	must(t, err)
	before := state(t, conn, true)
	if _, err := publish.Publish(ctx, l, conn, publish.Options{}); code(err) != "E-PG-SENDER" {
		t.Errorf("published: %v", err)
	}
	if state(t, conn, true) != before {
		t.Error("something was written")
	}
	if _, err := publish.Publish(ctx, l, conn, publish.Options{Month: model.Month("2026-01")}); code(err) != "E-MONTH-EMPTY" {
		t.Errorf("a month of which nothing has come: %v", err)
	}
}
