package office_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
)

// added adds the counties' closed reports up, by split and key.
func added(t *testing.T, counties []*place) map[string]map[string]map[string]int64 {
	t.Helper()
	all := map[string]map[string]map[string]int64{"": {"": {}}, count.ByCounty: {}, count.ByTownship: {}, count.ByDomain: {}, count.ByOrganisation: {}}
	into := func(by, key string, values office.Numbers) {
		if all[by][key] == nil {
			all[by][key] = map[string]int64{}
		}
		addFlat(all[by][key], flat(values))
	}
	for _, p := range counties {
		for _, by := range count.Splits {
			b := p.summary(t, by)
			if by == "" {
				into("", "", b.Columns[0].Values)
				into(count.ByCounty, p.code, b.Columns[0].Values)
				continue
			}
			for _, c := range b.Columns[1:] {
				key := c.Key
				if by == count.ByTownship {
					key = p.code + "/" + key
				}
				into(by, key, c.Values)
			}
		}
	}
	return all
}

// TestEveryNumber: every number at the city is the sum of the counties' closed reports, at
// every level, and the province's that of the city's.
func TestEveryNumber(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	for _, p := range counties {
		in := city.accept(t, p.up(t, bundle.DetailUnit))
		if in.Code != p.code || in.Corrected != nil {
			t.Errorf("%+v", in)
		}
	}
	want := added(t, counties)
	if n := len(want[""][""]); n < 150 {
		t.Fatalf("%d numbers of three counties are few", n)
	}
	check := func(p *place, level string, splits []string) {
		for _, by := range splits {
			b := p.summary(t, by)
			same(t, level+" "+by+" whole", flat(b.Columns[0].Values), want[""][""])
			seen := map[string]bool{}
			for _, c := range b.Columns[1:] {
				seen[c.Key] = true
				same(t, level+" "+by+" "+c.Key, flat(c.Values), want[by][c.Key])
			}
			for key := range want[by] {
				if by != "" && !seen[key] {
					t.Errorf("%s by %s: no %s", level, by, key)
				}
			}
		}
	}
	splits := []string{"", count.ByCounty, count.ByTownship, count.ByDomain, count.ByOrganisation}
	check(city, "city", splits)
	city.closeMonth(t)
	check(city, "closed city", splits)

	province := newPlace(t, bundle.LevelProvince, "990000000000", "云省委组织部", 201)
	city.under(t, province)
	province.accept(t, city.up(t, bundle.DetailUnit))
	check(province, "province", splits)
	if b := province.summary(t, count.ByCity); len(b.Columns) != 2 || b.Columns[1].Key != city.code {
		t.Errorf("by city: %d columns", len(b.Columns))
	}
	units := map[string]string{}
	for u, err := range office.Units(t.Context(), province.l, month) {
		must(t, err)
		units[u.Code] = u.County
	}
	for code, of := range units {
		if code[:6] != of[:6] {
			t.Errorf("%s is of %s", code, of)
		}
	}
	if len(units) != 8 { // five villages and the three offices' own organisations
		t.Errorf("units: %v", slices.Sorted(maps.Keys(units)))
	}
}

// TestHeads: what counts distinct heads says that it is the counties' sum, and the numbers
// say whose they are.
func TestHeads(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	for _, p := range counties {
		city.accept(t, p.up(t, ""))
	}
	heads := map[string]bool{}
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			heads[i.Code+"."+f.Key] = f.Count == count.Heads
		}
	}
	b := city.summary(t, "")
	n := 0
	for _, line := range b.Indicators {
		for _, f := range line.Figures {
			if says := strings.Contains(f.Title, "(各县之和)"); says != heads[line.Code+"."+f.Key] || says != f.Summed {
				t.Errorf("%s.%s %s: %v", line.Code, f.Key, f.Title, says)
			} else if says {
				n++
			}
			if strings.Contains(f.Title, "县内") {
				t.Errorf("%s says it is of a county", f.Title)
			}
		}
	}
	if n == 0 || !strings.Contains(strings.Join(b.Notes(), "\n"), "跨县重复的没有去掉") {
		t.Errorf("%d figures, %q", n, b.Notes())
	}
	if b := city.summary(t, count.ByOrganisation); len(b.Columns) != 4 || !strings.Contains(b.Columns[1].Title, "没有报到单位") {
		t.Errorf("by organisation: %d columns", len(b.Columns))
	}
	for by, want := range map[string]string{count.ByCity: "E-BY", count.ByCounty: ""} {
		if _, err := county.ReadReport(t.Context(), city.l, count.Ask{Month: month, By: by}); code(err) != want {
			t.Errorf("by %s: %v", by, err)
		}
	}
	if _, err := county.ReadReport(t.Context(), counties[0].l, count.Ask{Month: month, By: count.ByCounty}); code(err) != "E-BY" {
		t.Errorf("a county by county: %v", err)
	}
}
