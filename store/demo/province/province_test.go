package province_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/demo/province"
	"taizhang/store/office"
)

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// made gives the groups of a province's month, as text too.
func made(t *testing.T, o province.Options) (groups []office.Group, text string) {
	t.Helper()
	r, err := province.Make(t.Context(), t.TempDir(), o)
	must(t, err)
	l, err := book.Open(t.Context(), r.Ledger, store.Options{ReadOnly: true})
	must(t, err)
	defer func() { must(t, l.Close()) }()
	var b strings.Builder
	for g, err := range office.Groups(t.Context(), l, province.Month) {
		must(t, err)
		groups = append(groups, g)
		fmt.Fprintf(&b, "%+v\n", g)
	}
	for u, err := range office.Units(t.Context(), l, province.Month) {
		must(t, err)
		fmt.Fprintf(&b, "%+v\n", u)
	}
	return groups, b.String()
}

// TestProvince: the same seed makes the same sums; units add up to their county but for
// heads, shares stay shares, and a unit has as many numbers as one of the made-up county.
func TestProvince(t *testing.T) {
	t.Parallel()
	groups, text := made(t, province.Options{Seed: 5, Units: 220, County: 150, Months: 2})
	if _, again := made(t, province.Options{Seed: 5, Units: 220, County: 150, Months: 2}); again != text {
		t.Error("the same seed made another province")
	}
	counties, added := map[string]office.Numbers{}, map[string]office.Numbers{}
	units, numbers := 0, 0
	for _, g := range groups {
		switch g.Kind {
		case office.KindCounty:
			counties[g.Key] = g.Values
		case office.KindUnit:
			if added[g.County] == nil {
				added[g.County] = office.Numbers{}
			}
			office.Add(added[g.County], g.Values)
			units++
			for _, figures := range g.Values {
				for _, parts := range figures {
					numbers += len(parts)
				}
			}
			if a := g.Values["A02"]; a["women"][""] > a["members"][""] {
				t.Errorf("%s has more women than members", g.Key)
			}
		}
	}
	if units != 220 || len(counties) != 2 {
		t.Fatalf("%d units of %d counties", units, len(counties))
	}
	if each := numbers / units; each < 105 || each > 130 {
		t.Errorf("a unit has %d numbers", each)
	}
	for code, whole := range counties {
		sum := added[code]
		if n := whole["A02"]["members"][""]; n != sum["A02"]["members"][""] || n < 1000 {
			t.Errorf("%s has %d members, its units %d", code, n, sum["A02"]["members"][""])
		}
		if n := whole["A05"]["committee"][""]; n >= sum["A05"]["committee"][""] || n == 0 {
			t.Errorf("%s has %d heads, its units %d", code, n, sum["A05"]["committee"][""])
		}
	}
}

// TestNoSuchSize: a province without units is not made.
func TestNoSuchSize(t *testing.T) {
	t.Parallel()
	var known *model.Error
	if _, err := province.Make(t.Context(), t.TempDir(), province.Options{}); !errors.As(err, &known) || known.Code != "E-DEMO-UNITS" {
		t.Errorf("made: %v", err)
	}
}
