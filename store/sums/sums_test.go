package sums_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/demo"
	"taizhang/store/send"
	"taizhang/store/sums"
)

const month = model.Month("2026-10")

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
	if err != nil {
		return err.Error()
	}
	return ""
}

// received gives a made-up county that has received the month of a made-up village, and
// changes the village before it reports.
func received(t *testing.T, change func(village *store.Ledger)) *store.Ledger {
	t.Helper()
	ctx := t.Context()
	dir := t.TempDir()
	r, err := demo.Village(ctx, dir, demo.Options{Members: 30, Seed: 3, AsOf: "2026-10-31"})
	must(t, err)
	source := &model.Source{Now: func() time.Time { return time.Date(2026, 10, 31, 20, 0, 0, 0, time.UTC) }, Rand: zeros{}}
	village, err := book.Open(ctx, r.Ledger, store.Options{Source: source})
	must(t, err)
	if change != nil {
		change(village)
	}
	sent, err := send.Export(ctx, village, send.Options{Month: month, Dir: dir, AllowErrors: true})
	must(t, err)
	must(t, village.Close())
	text, err := os.ReadFile(filepath.Join(dir, county.KeyFile))
	must(t, err)
	key, err := bundle.ParseCountyKey(text, "")
	must(t, err)
	later := &model.Source{Now: func() time.Time { return time.Date(2026, 11, 6, 9, 0, 0, 0, time.UTC) }, Rand: zeros{}}
	office, err := book.Open(ctx, filepath.Join(dir, county.DBFile), store.Options{Source: later})
	must(t, err)
	t.Cleanup(func() { must(t, office.Close()) })
	all, err := county.Receive(ctx, office, key, []string{sent.Path}, county.ReceiveOptions{})
	must(t, err)
	if len(all) != 1 || all[0].Verdict != county.Accepted && all[0].Verdict != county.Partly {
		t.Fatalf("received: %+v", all)
	}
	return office
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestNumbersAreThoseOfTheReport: every number of every split of the closed month's report
// goes up, and no other.
func TestNumbersAreThoseOfTheReport(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := received(t, nil)
	if _, err := sums.Read(ctx, l, sums.Options{Month: month}); code(err) != "E-SEAL-OPEN" {
		t.Errorf("a month that is not closed: %v", err)
	}
	_, err := county.CloseMonth(ctx, l, month, false)
	must(t, err)
	if _, err := sums.Read(ctx, l, sums.Options{Month: month, Detail: "person"}); code(err) != "E-DETAIL" {
		t.Errorf("a detail that there is not: %v", err)
	}
	for _, detail := range []string{bundle.DetailTownship, bundle.DetailUnit} {
		c, err := sums.Read(ctx, l, sums.Options{Month: month, Detail: detail})
		must(t, err)
		got := numbersOf(t, c, bundle.SumTallies)
		want := 0
		for by, prefix := range map[string]string{"": "", count.ByTownship: "township/", count.ByDomain: "domain/", count.ByOrganisation: "unit/"} {
			if by == count.ByOrganisation && detail != bundle.DetailUnit {
				continue
			}
			b, err := county.ReadReport(ctx, l, count.Ask{Month: month, By: by})
			must(t, err)
			for n := range b.Columns {
				group := prefix + b.Columns[n].Key
				if by == "" {
					group = bundle.AllGroup
				} else if n == 0 {
					continue
				}
				for code, figures := range b.Columns[n].Values {
					for figure, parts := range figures {
						for part, v := range parts {
							if part == "" {
								part = bundle.WholePart
							}
							want++
							if have := got[group+"\n"+code+"."+figure+"\n"+part]; have != v {
								t.Errorf("%s %s.%s %s: %d, not %d", group, code, figure, part, have, v)
							}
						}
					}
				}
			}
		}
		if len(got) != want || want < 300 {
			t.Errorf("%s: %d numbers, not %d", detail, len(got), want)
		}
		if has := strings.Contains(tables(c), "\n990101101201,"); has != (detail == bundle.DetailUnit) {
			t.Errorf("%s: units in it: %v", detail, has)
		}
	}
}

// numbersOf reads a table of numbers by group, figure and part, without the transfers.
func numbersOf(t *testing.T, c *sums.Content, table string) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	for _, tab := range c.Tables {
		if tab.Resource.Name != table {
			continue
		}
		for _, r := range tab.Rows {
			rows, err := strconv.ParseInt(r[3], 10, 64)
			must(t, err)
			sum, err := strconv.ParseInt(r[4], 10, 64)
			must(t, err)
			if rows != 0 && sum != 0 {
				t.Errorf("%q counts and sums", r)
			}
			if strings.HasPrefix(r[1], "A11.") && r[2] != bundle.WholePart && !strings.HasSuffix(r[1], "formulas") {
				continue
			}
			all[strings.Join(r[:3], "\n")] += rows + sum
		}
	}
	return all
}

func tables(c *sums.Content) string {
	var b strings.Builder
	for _, t := range c.Tables {
		b.WriteString(t.Resource.Name + "\n")
		for _, r := range t.Rows {
			b.WriteString(strings.Join(r, ",") + "\n")
		}
	}
	return b.String()
}

// TestNobodyGoesUp: no name, number or id of a person stands in what goes up, also where
// somebody wrote a name into a text that the summary is split by; the number still goes up.
func TestNobodyGoesUp(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	var name string
	l := received(t, func(village *store.Ledger) {
		page, err := village.Page(ctx, store.Query{Kind: "person", Limit: 1})
		must(t, err)
		name = page.Records[0].Str("name")
		page, err = village.Page(ctx, store.Query{Kind: "activity", Limit: 1})
		must(t, err)
		a := page.Records[0].Clone()
		a.Set("campaign", "向"+name+"同志学习")
		_, err = village.Save(ctx, model.FromForm, a)
		must(t, err)
	})
	_, err := county.CloseMonth(ctx, l, month, false)
	must(t, err)
	c, err := sums.Read(ctx, l, sums.Options{Month: month, Detail: bundle.DetailUnit})
	must(t, err)
	if len(c.Hidden) != 1 || c.Hidden[0] != "向"+name+"同志学习" {
		t.Errorf("hidden: %q", c.Hidden)
	}
	text := tables(c)
	if !strings.Contains(text, "(含姓名,不上报)") {
		t.Error("the number under the hidden name does not go up")
	}
	n := 0
	must(t, l.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		n++
		for _, secret := range []string{r.Str("name"), r.Str("id_number"), r.Str("phone"), r.ID} {
			if len([]rune(secret)) > 1 && strings.Contains(text, secret) {
				t.Errorf("%s goes up", secret)
			}
		}
		return nil
	}))
	if n < 30 {
		t.Fatalf("%d persons on file", n)
	}
}

// TestExport: the file opens at the office above alone, follows on the one before it, and
// holds the tables as they were read.
func TestExport(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	l := received(t, nil)
	_, err := county.CloseMonth(ctx, l, month, false)
	must(t, err)
	c, err := sums.Read(ctx, l, sums.Options{Month: month})
	must(t, err)
	dir := t.TempDir()
	o := sums.Options{Month: month, Dir: dir}
	if _, err := sums.Export(ctx, l, c, o); code(err) != "E-NOPROFILE" {
		t.Errorf("without the office above: %v", err)
	}
	city, err := county.Init(ctx, county.InitOptions{Code: "990100000000", Name: "云川市委组织部", Level: bundle.LevelCity, Dir: filepath.Join(dir, "city")})
	must(t, err)
	other, err := county.Init(ctx, county.InitOptions{Code: "990102000000", Name: "临河县委组织部", Dir: filepath.Join(dir, "other")})
	must(t, err)
	if _, err := send.SetAbove(ctx, l, read(t, other.Profile), ""); code(err) != "E-LEVEL" {
		t.Errorf("a county's profile as that of the office above: %v", err)
	}
	_, err = send.SetAbove(ctx, l, read(t, city.Profile), "")
	must(t, err)
	first, err := sums.Export(ctx, l, c, o)
	must(t, err)
	second, err := sums.Export(ctx, l, c, o)
	must(t, err)
	if filepath.Ext(first.Path) != bundle.SumsExtension || second.Sequence != first.Sequence+1 {
		t.Errorf("%s, %s", first.File, second.File)
	}
	key, err := bundle.ParseCountyKey(read(t, city.Key), "")
	must(t, err)
	f, err := os.Open(second.Path)
	must(t, err)
	defer func() { must(t, f.Close()) }()
	zip, _, err := bundle.Unwrap(f, key.Identity)
	must(t, err)
	if _, err := bundle.Open(zip); code(err) != bundle.CodeSums {
		t.Errorf("as records: %v", err)
	}
	b, err := bundle.OpenSums(zip)
	must(t, err)
	m := b.Package.Taizhang
	if m.Sums.Level != bundle.LevelCounty || m.Month != month || m.Previous != first.Hash || len(m.Sent) != 1 {
		t.Errorf("it says of itself: %+v, %+v", m, m.Sums)
	}
	for _, tab := range c.Tables {
		n := 0
		for row, err := range b.Rows(tab.Resource.Name) {
			must(t, err)
			if strings.Join(row, ",") != strings.Join(tab.Rows[n], ",") {
				t.Fatalf("%s: %q, not %q", tab.Resource.Name, row, tab.Rows[n])
			}
			n++
		}
		if n != len(tab.Rows) {
			t.Errorf("%s: %d rows, not %d", tab.Resource.Name, n, len(tab.Rows))
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return text
}

// TestVillage: a village has no sums.
func TestVillage(t *testing.T) {
	t.Parallel()
	l, err := book.Create(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	if _, err := send.SetAbove(context.Background(), l, nil, ""); code(err) != "E-COUNTY" {
		t.Errorf("a village: %v", err)
	}
}
