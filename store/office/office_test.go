package office_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/office"
)

const month = model.Month("2026-10")

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func city(t *testing.T) *store.Ledger {
	t.Helper()
	l, err := book.Create(t.Context(), filepath.Join(t.TempDir(), "county.db"), store.Home{Code: "990100000000", Name: "云川市委组织部", Kind: "党委", Domain: "机关"}, store.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return l
}

// madeSums makes what a made-up county says of a month, of n members.
func madeSums(code string, sequence int64, n int64) *office.Sums {
	numbers := func(n int64) office.Numbers {
		return office.Numbers{"A01": {"organisations": {"": 2}, "kinds": {"党支部": 1, "党总支": 1}}, "A05": {"members": {"": n}}}
	}
	group := func(kind, county, key, title string, n int64) office.Group {
		return office.Group{Kind: kind, Sender: code, County: county, Column: count.Column{Key: key, Title: title, Units: 2, Values: numbers(n)}}
	}
	all := group(office.KindAll, "", "", "合计", n)
	all.Lacks = map[string]int{"A05.members": 1}
	all.Apart = office.Numbers{"A05": {"members": {"": 1}}}
	all.Later = true
	town := group(office.KindTownship, code, code+"/东川镇", "东川镇", n)
	town.Absent = true
	return &office.Sums{
		Sender: office.Sender{Code: code, Name: "云川县委组织部", Month: month, Level: bundle.LevelCounty, Detail: bundle.DetailUnit, From: "2026-01-01", To: "2026-10-31",
			Closed: "2026-11-03T08:00:00Z", Due: 2, In: 1, Sequence: sequence, Hash: code + string(rune('a'+sequence)),
			Figures:   []office.Figure{{Indicator: "A05", Key: "members", Heading: "党员", Title: "党员数", Unit: "名", Count: office.CountRows}},
			Transfers: []count.Transfer{{Figure: "month_moved_out", County: "990199", N: 3}}},
		Groups: []office.Group{all, group(office.KindCounty, code, code, "云川县", n), town},
		Units:  []office.Unit{{Sender: code, SealedUnit: count.SealedUnit{County: code, Code: code[:6] + "101201", Name: "石桥村党支部", Township: "东川镇", Domain: "行政村", Kind: "党支部", Reported: true}}},
	}
}

func groups(t *testing.T, l *store.Ledger, month model.Month, kinds ...string) (all []office.Group) {
	t.Helper()
	for g, err := range office.Groups(t.Context(), l, month, kinds...) {
		must(t, err)
		all = append(all, g)
	}
	return all
}

// TestKept: what is written of a sender and month is read as it was, in the order of kind,
// sender and key, and another sender's stands beside it.
func TestKept(t *testing.T) {
	t.Parallel()
	l, ctx := city(t), t.Context()
	first, second := madeSums("990101000000", 1, 30), madeSums("990102000000", 1, 50)
	must(t, office.Write(ctx, l, second))
	must(t, office.Write(ctx, l, first))
	later := madeSums("990101000000", 2, 33)
	later.Month = "2026-11"
	must(t, office.Write(ctx, l, later))
	months, err := office.Months(ctx, l)
	must(t, err)
	if !slices.Equal(months, []model.Month{"2026-11", month}) {
		t.Errorf("months: %v", months)
	}
	got, err := office.Senders(ctx, l, month)
	must(t, err)
	for i := range got {
		if got[i].At == "" {
			t.Errorf("%s was never taken in", got[i].Code)
		}
		got[i].At = ""
	}
	if want := []office.Sender{first.Sender, second.Sender}; !reflect.DeepEqual(got, want) {
		t.Errorf("senders: %+v, not %+v", got, want)
	}
	want := []office.Group{first.Groups[0], second.Groups[0], first.Groups[1], second.Groups[1], first.Groups[2], second.Groups[2]}
	if got := groups(t, l, month); !reflect.DeepEqual(got, want) {
		t.Errorf("groups:\n%+v, not\n%+v", got, want)
	}
	if got := groups(t, l, month, office.KindTownship); len(got) != 2 || got[1].Key != "990102000000/东川镇" {
		t.Errorf("townships: %+v", got)
	}
	var units []office.Unit
	for u, err := range office.Units(ctx, l, month) {
		must(t, err)
		units = append(units, u)
	}
	if want := []office.Unit{first.Units[0], second.Units[0]}; !reflect.DeepEqual(units, want) {
		t.Errorf("units: %+v, not %+v", units, want)
	}
}

// TestCorrected: a later bundle of a month takes the place of the one before it, of which
// the whole is kept; the same bundle again keeps nothing.
func TestCorrected(t *testing.T) {
	t.Parallel()
	l, ctx := city(t), t.Context()
	const code = "990101000000"
	for _, s := range []*office.Sums{madeSums(code, 1, 30), madeSums(code, 1, 30), madeSums(code, 2, 31), madeSums(code, 4, 29)} {
		must(t, office.Write(ctx, l, s))
	}
	if got := groups(t, l, month, office.KindAll); len(got) != 1 || got[0].Value("A05", "members", "") != 29 {
		t.Errorf("the whole: %+v", got)
	}
	past, err := office.Past(ctx, l, code, month)
	must(t, err)
	if len(past) != 2 || past[0].Sequence != 1 || past[0].Values["A05"]["members"][""] != 30 || past[1].Values["A05"]["members"][""] != 31 || past[1].At == "" {
		t.Errorf("past: %+v", past)
	}
}

// TestReadOnly: sums are not written where the ledger is only read.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "county.db")
	l, err := book.Create(ctx, path, store.Home{Code: "990100000000", Name: "云川市委组织部", Kind: "党委", Domain: "机关"}, store.Options{})
	must(t, err)
	must(t, l.Close())
	l, err = book.Open(ctx, path, store.Options{ReadOnly: true})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	var known *model.Error
	if err := office.Write(ctx, l, madeSums("990101000000", 1, 1)); !errors.As(err, &known) || known.Code != "E-READONLY" {
		t.Errorf("written: %v", err)
	}
}

// TestAdd adds up by figure and part.
func TestAdd(t *testing.T) {
	t.Parallel()
	to := office.Numbers{}
	office.Add(to, madeSums("990101000000", 1, 3).Groups[0].Values)
	office.Add(to, madeSums("990102000000", 1, 4).Groups[0].Values)
	if to["A05"]["members"][""] != 7 || to["A01"]["kinds"]["党总支"] != 2 {
		t.Errorf("%v", to)
	}
}
