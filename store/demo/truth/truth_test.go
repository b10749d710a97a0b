package truth_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/demo"
	"taizhang/store/demo/truth"
)

// flat gives every number of the counted indicators by CODE.figure[/part]; those
// that are 0 are left out.
func flat(values map[string]map[string]map[string]int64) map[string]int64 {
	all := map[string]int64{}
	for code, figures := range values {
		for figure, parts := range figures {
			for part, n := range parts {
				if n != 0 {
					all[code+"."+figure+"/"+part] = n
				}
			}
		}
	}
	return all
}

// counted gives the numbers of a truth as store gives those of a summary.
func counted(t *truth.Count, indicators []*count.Indicator) map[string]map[string]map[string]int64 {
	all := map[string]map[string]map[string]int64{}
	for code, figures := range t.Values(indicators) {
		all[code] = map[string]map[string]int64{}
		for figure, value := range figures {
			parts, split := value.(map[string]int64)
			if !split {
				parts = map[string]int64{"": value.(int64)}
			}
			all[code][figure] = parts
		}
	}
	return all
}

// bookOf reads all that a village's ledger holds.
func bookOf(ctx context.Context, l *store.Ledger) (truth.Org, error) {
	home := l.Home()
	o := truth.Org{Code: home.Str("code"), Township: home.Str("township"), Domain: home.Str("domain"), Home: home,
		Records: map[string][]*model.Record{}}
	look := l.Env(ctx).Look
	for _, k := range l.Kinds().Kinds() {
		all, err := look.Find(k.Name)
		if err != nil {
			return o, err
		}
		o.Records[k.Name] = all
	}
	return o, nil
}

// differences holds two counts against each other, line by line.
func differences(t *testing.T, sql, plain map[string]int64) {
	t.Helper()
	keys := map[string]bool{}
	for k := range sql {
		keys[k] = true
	}
	for k := range plain {
		keys[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if sql[k] != plain[k] {
			t.Errorf("%s: the statement counts %d, the plain count %d", k, sql[k], plain[k])
		}
	}
}

// TestTruthOfAVillage holds every figure of every indicator, as its statement counts
// it in a made-up village's ledger, against the plain count of the same records.
func TestTruthOfAVillage(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes long")
	}
	cases := []struct {
		members int
		seed    uint64
		asOf    model.Date
		months  []model.Month
		faults  bool
	}{
		{115, 1, "2026-10-31", []model.Month{"2026-10", "2026-06", "2026-02"}, false},
		{48, 7, "2026-06-30", []model.Month{"2026-06", "2025-12"}, false},
		{63, 3, "2025-12-31", []model.Month{"2025-12", "2025-05"}, false},
		{115, 5, "2026-10-31", []model.Month{"2026-10", "2026-09"}, true},
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%d members by %s", c.members, c.asOf), func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			res, err := demo.Village(ctx, t.TempDir(), demo.Options{Members: c.members, Seed: c.seed, AsOf: c.asOf, Faults: c.faults})
			if err != nil {
				t.Fatal(err)
			}
			source := &model.Source{Now: func() time.Time { return c.asOf.Time().Add(17 * time.Hour) }, Rand: rand.Reader}
			l, err := book.Open(ctx, filepath.Clean(res.Ledger), store.Options{Source: source})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := l.Close(); err != nil {
					t.Error(err)
				}
			}()
			book, err := bookOf(ctx, l)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range c.months {
				t.Run(string(m), func(t *testing.T) { compareMonth(ctx, t, l, book, m) })
			}
		})
	}
}

func compareMonth(ctx context.Context, t *testing.T, l *store.Ledger, book truth.Org, m model.Month) {
	period, err := count.MonthPeriod(l, m)
	if err != nil {
		t.Fatal(err)
	}
	window := count.Period{From: period.To.AddYears(-3).AddDays(1), To: period.To}
	plain := truth.New(false, truth.Span{From: period.From, To: period.To, Month: period.Month}, truth.Span{From: window.From, To: window.To})
	if err := plain.Add(book); err != nil {
		t.Fatal(err)
	}
	for _, half := range []struct {
		period     count.Period
		indicators []*count.Indicator
	}{{period, count.Indicators()}, {window, figures.All()}} {
		sum, err := count.Summarize(ctx, l, count.SummaryQuery{OnFile: true, Period: half.period, Indicators: half.indicators})
		if err != nil {
			t.Fatal(err)
		}
		differences(t, flat(sum.Groups[0].Values), flat(counted(plain, half.indicators)))
	}
}
