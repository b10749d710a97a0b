package office_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
)

// TestCorrectionUpwards: a village's bundle that comes after the county has closed the month
// goes up by closings again. At each level the numbers that change are the same as below,
// what was closed stays until it is closed again, and what arrived since is listed.
func TestCorrectionUpwards(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	city, counties := threeCounties(t)
	province := newPlace(t, bundle.LevelProvince, "990000000000", "云省委组织部", 201)
	city.under(t, province)
	for _, p := range counties {
		city.accept(t, p.up(t, ""))
	}
	city.closeMonth(t)
	province.accept(t, city.up(t, ""))
	was := flat(city.summary(t, "").Columns[0].Values)

	p := counties[1]
	must(t, p.addVillage(ctx, filepath.Join(t.TempDir(), "late"), 3, 99))
	truth := flat(p.summary(t, "").Columns[0].Values) // of the closed month: without it
	look := p.again(t, "一个村补报")
	if len(look.Arrived) != 1 || len(look.Changes) < 20 {
		t.Fatalf("arrived %v, %d changes", look.Arrived, len(look.Changes))
	}
	applied(truth, look.Changes)
	same(t, "the county's second closing", flat(p.summary(t, "").Columns[0].Values), truth)

	in := city.accept(t, p.up(t, ""))
	if in.Corrected == nil || !in.Corrected.Closed {
		t.Fatalf("%+v", in.Corrected)
	}
	sameChanges(t, "what the city sees", in.Corrected.Changes, look.Changes)
	same(t, "the closed city", flat(city.summary(t, "").Columns[0].Values), was)
	listed, err := county.Corrections(ctx, city.l, month)
	must(t, err)
	if len(listed) != 1 || !listed[0].Closed || listed[0].Code != p.code {
		t.Errorf("corrections after the closing: %+v", listed)
	}
	arrived, err := county.Arrived(ctx, city.l, month)
	must(t, err)
	if len(arrived) != 1 || arrived[0].Code != p.code || arrived[0].Sequence != 2 {
		t.Errorf("arrived after the closing: %+v", arrived)
	}

	above := city.again(t, "临河县更正")
	sameChanges(t, "what the city's second closing changes", above.Changes, look.Changes)
	applied(was, look.Changes)
	same(t, "the city's second closing", flat(city.summary(t, "").Columns[0].Values), was)
	byCounty := city.summary(t, count.ByCounty)
	same(t, "the county at the city", flat(byCounty.Columns[2].Values), truth)
	if listed, err = county.Corrections(ctx, city.l, month); err != nil || len(listed) != 1 || listed[0].Closed {
		t.Errorf("corrections once closed again: %+v, %v", listed, err)
	}

	in = province.accept(t, city.up(t, ""))
	if in.Corrected == nil || in.Corrected.Closed {
		t.Fatalf("%+v", in.Corrected)
	}
	sameChanges(t, "what the province sees", in.Corrected.Changes, look.Changes)
	same(t, "the province", flat(province.summary(t, "").Columns[0].Values), was)
}

// again closes the month again, and gives what it changed.
func (p *place) again(t *testing.T, reason string) *county.Reclosing {
	t.Helper()
	look, err := county.LookAgain(t.Context(), p.l, month)
	must(t, err)
	b, err := county.CloseAgain(t.Context(), p.l, look, reason, false)
	must(t, err)
	if b.Sealed.Number != 2 || b.Sealed.Reason != reason {
		t.Errorf("%+v", b.Sealed)
	}
	return look
}

// applied puts changes into numbers.
func applied(to map[string]int64, changes []office.Change) {
	for _, c := range changes {
		addFlat(to, map[string]int64{c.Figure + "\n" + c.Part: c.After - c.Before})
	}
}

// sameChanges compares by how much each number has changed: an office above has other totals,
// and tells transfers on the way beside.
func sameChanges(t *testing.T, what string, got, want []office.Change) {
	t.Helper()
	by := func(all []office.Change) map[string]int64 {
		changed := map[string]int64{}
		for _, c := range all {
			if !strings.Contains(c.Figure, "transit") {
				applied(changed, []office.Change{c})
			}
		}
		return changed
	}
	same(t, fmt.Sprintf("%s (%d of %d)", what, len(got), len(want)), by(got), by(want))
}
