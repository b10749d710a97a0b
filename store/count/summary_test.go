package count_test

import (
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/internal/storetest"
)

// sameMembers holds the members that the summary counts in a month, and those behind
// its figure, against the ledger's own.
func sameMembers(t *testing.T, l *store.Ledger, m model.Month, want []string) {
	t.Helper()
	p, err := count.MonthPeriod(l, m)
	storetest.Must(t, err)
	q := count.SummaryQuery{OnFile: true, Period: p, Indicators: count.Indicators()[:2]}
	s, err := count.Summarize(t.Context(), l, q)
	storetest.Must(t, err)
	if n := s.Groups[0].Values["A02"]["members"][""]; n != int64(len(want)) {
		t.Errorf("%s: the summary counts %d members, the ledger %d", m, n, len(want))
	}
	behind, err := count.SummaryBehind(t.Context(), l, q, "", "A02", "members", "")
	storetest.Must(t, err)
	var got []string
	for _, b := range behind {
		got = append(got, b.ID)
	}
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("%s: behind the summary's members are %v, want %v", m, got, want)
	}
}

// TestEveryIndicator runs each statement on a ledger that is all but empty: it is
// declared well, and every figure that is not split has its number, by any split.
func TestEveryIndicator(t *testing.T) {
	b := newBook(t, "2026-10-05")
	all := slices.Concat(count.Indicators(), figures.All())
	p, err := count.YearPeriod(b.l, 2026)
	storetest.Must(t, err)
	for _, by := range []string{"", count.ByTownship, count.ByDomain, count.ByOrganisation} {
		s, err := count.Summarize(t.Context(), b.l, count.SummaryQuery{OnFile: true, Period: p, By: by, Indicators: all})
		storetest.Must(t, err)
		for _, i := range all {
			storetest.Must(t, i.Validate())
			for _, f := range i.Figures {
				for _, g := range s.Groups {
					if _, ok := g.Values[i.Code][f.Key][""]; ok == f.Split {
						t.Errorf("by %q: %s.%s of %q has no number", by, i.Code, f.Key, g.Key)
					}
				}
			}
		}
	}
}

// TestAgeOnTheBirthday: who turns 36 on the day is no longer 35, who turns 60 is 60.
func TestAgeOnTheBirthday(t *testing.T) {
	b := newBook(t, "2026-10-05")
	for _, born := range []string{"1990-10-05", "1990-10-06", "1966-10-05", "1966-10-06"} {
		b.must("person", "name", "党员"+born, "sex", "女", "birth_date", born, "status", "正式党员",
			"standing", "在册", "joined_on", "2010-07-01", "confirmed_on", "2011-07-01")
	}
	p, err := count.YearPeriod(b.l, 2026)
	storetest.Must(t, err)
	s, err := count.Summarize(t.Context(), b.l, count.SummaryQuery{OnFile: true, Period: p, Indicators: count.Indicators()})
	storetest.Must(t, err)
	for figure, want := range map[string]int64{"members": 4, "women": 4, "up_to_35": 1, "from_60": 1} {
		if n := s.Groups[0].Values["A02"][figure][""]; n != want {
			t.Errorf("%s: %d, want %d", figure, n, want)
		}
	}
}

// TestBehindSeveralFigures: asked for together, figures have behind them what they have
// alone, and what they count.
func TestBehindSeveralFigures(t *testing.T) {
	c := tallyCounty(t)
	q := count.SummaryQuery{OnFile: true, Period: june}
	s, err := count.Summarize(t.Context(), c.l, q)
	storetest.Must(t, err)
	var figures []count.FigurePart
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			figures = append(figures, count.FigurePart{Indicator: i.Code, Figure: f.Key})
			for part := range s.Groups[0].Values[i.Code][f.Key] {
				if part != "" {
					figures = append(figures, count.FigurePart{Indicator: i.Code, Figure: f.Key, Part: part})
				}
			}
		}
	}
	together, err := count.SummaryBehindEach(t.Context(), c.l, q, "", figures)
	storetest.Must(t, err)
	found := 0
	for n, f := range figures {
		alone, err := count.SummaryBehind(t.Context(), c.l, q, "", f.Indicator, f.Figure, f.Part)
		storetest.Must(t, err)
		if !slices.Equal(together[n], alone) {
			t.Errorf("%v: %d records together, %d alone", f, len(together[n]), len(alone))
		}
		sum := int64(0)
		for _, b := range alone {
			sum += b.N
			found++
			if b.Label == "" || b.Org == "" {
				t.Errorf("%v: %+v has no name", f, b)
			}
		}
		all := s.Groups[0].Values[f.Indicator][f.Figure]
		want := all[f.Part]
		if f.Part == "" {
			want = 0
			for _, n := range all {
				want += n
			}
		}
		heads := f.Indicator == "B04" && f.Figure == "heads" // of one head each record adds one
		if sum != want && !heads {
			t.Errorf("%v: the records add up to %d, the figure is %d", f, sum, want)
		}
	}
	if found < 100 {
		t.Errorf("only %d records behind all figures", found)
	}
}
