package office_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
	"taizhang/store/send"
	"taizhang/store/sums"
)

// TestSmaller: sums of a third fewer units wait for a clerk; accepted after asking they are
// in, and refused they are not.
func TestSmaller(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	city, counties := threeCounties(t)
	p := counties[0]
	units := func(n string) func([]sums.Table) []sums.Table {
		return func(tables []sums.Table) []sums.Table {
			for i, tab := range tables {
				for k, r := range tab.Rows {
					if tab.Resource.Name == bundle.SumGroups && r[0] == office.KindAll {
						tables[i].Rows[k] = []string{r[0], r[1], r[2], n, r[4], r[5]}
					}
				}
			}
			return tables
		}
	}
	city.accept(t, p.changed(t, units("40")))
	for n, accept := range []bool{false, true} {
		before := city.state(t)
		all := city.receive(t, p.changed(t, units("20")))
		if all[0].Verdict != county.Waiting || !strings.Contains(all[0].Reason, "40 个单位里少了 20 个") {
			t.Fatalf("%d: %+v", n, all)
		}
		if !reflect.DeepEqual(city.state(t), before) {
			t.Error("what waits has changed something")
		}
		in, err := county.Decide(ctx, city.l, city.key, p.code, 0, county.Decision{Accept: accept, Asked: "电话问过县委组织部,两个乡镇划走了"})
		must(t, err)
		if want := map[bool]string{true: county.Accepted, false: county.Refused}[accept]; in.Verdict != want {
			t.Errorf("decided: %+v", in)
		}
	}
	if got := groups(t, city.l, month, office.KindAll); got[0].Units != 20 {
		t.Errorf("%d units stand", got[0].Units)
	}
}

// TestCorrection: a county's later bundle of a month shows as a difference, number by
// number; where the city has closed the month its summary stays as it was.
func TestCorrection(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	city, counties := threeCounties(t)
	p := counties[0]
	city.accept(t, p.up(t, ""))
	was := city.summary(t, "").Columns[0].Value("A02", "members", "")
	if was < 20 {
		t.Fatalf("%d members", was)
	}
	in := city.accept(t, p.up(t, ""))
	if in.Corrected == nil || len(in.Corrected.Changes) != 0 {
		t.Errorf("the same numbers again: %+v", in.Corrected)
	}
	in = city.accept(t, p.changed(t, oneMore(members, 3)))
	want := []office.Change{{Figure: members, Title: "党员", Unit: "人", Before: was, After: was + 3}}
	if in.Corrected == nil || in.Corrected.From != 2 || in.Corrected.To != 3 || !reflect.DeepEqual(in.Corrected.Changes, want) {
		t.Errorf("%+v", in.Corrected)
	}
	if n := city.summary(t, "").Columns[0].Value("A02", "members", ""); n != was+3 {
		t.Errorf("%d members after it", n)
	}
	city.closeMonth(t)
	city.accept(t, p.changed(t, oneMore(members, 4)))
	if n := city.summary(t, "").Columns[0].Value("A02", "members", ""); n != was+3 {
		t.Errorf("the closed month has %d", n)
	}
	all, err := office.Corrections(ctx, city.l, month)
	must(t, err)
	if len(all) != 2 || all[0].From != 2 || all[1].To != 4 || all[1].Changes[0].After != was+4 {
		t.Errorf("corrections: %+v", all)
	}
	if text := all[1].Changes[0].Text(); text != fmt.Sprintf("A02 党员:%d → %d 人", was+3, was+4) {
		t.Errorf("%s", text)
	}
}

// TestStatus: who has reported, who is late, in the same pages as villages'; a receipt goes
// back, and the county takes it in.
func TestStatus(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	city, counties := threeCounties(t)
	listed(t, city, countyCode(0), countyCode(1), countyCode(2))
	city.accept(t, counties[0].up(t, ""))
	city.accept(t, counties[1].up(t, bundle.DetailUnit))
	stray := newPlace(t, "", "990104000000", "西山县委组织部", 77)
	stray.under(t, city)
	r, err := county.Status(ctx, city.l, month)
	must(t, err)
	if r.All.Due != 3 || r.All.In != 2 || r.Deadline != "2026-11-05" {
		t.Errorf("%+v, by %s", r.All, r.Deadline)
	}
	b := city.summary(t, count.ByCounty)
	if len(b.Columns) != 4 || !b.Columns[3].Absent || b.Columns[3].Title != "县2" || b.Columns[1].Absent || b.Returns.Due != 3 || !b.Reported {
		t.Errorf("%d columns, %+v", len(b.Columns), b.Returns)
	}
	dir := t.TempDir()
	paths, err := county.Receipts(ctx, city.l, city.key, dir, month)
	must(t, err)
	if len(paths) != 2 {
		t.Fatalf("%v", paths)
	}
	for i, path := range paths {
		text, err := os.ReadFile(path)
		must(t, err)
		got, err := send.TakeReceipt(ctx, counties[i].l, text)
		must(t, err)
		if got.Verdict != county.Accepted || got.Sequence != 1 {
			t.Errorf("%+v", got)
		}
		sent, err := send.SentBundles(ctx, counties[i].l)
		must(t, err)
		if len(sent) != 1 || sent[0].State != county.Accepted {
			t.Errorf("%+v", sent)
		}
		if _, err := send.TakeReceipt(ctx, counties[2].l, text); code(err) != "E-RECEIPT-OTHER" {
			t.Errorf("another's receipt: %v", err)
		}
	}
	// A county that knows no office above has nobody's answer to take in.
	lone := newPlace(t, "", "990105000000", "北山县委组织部", 78)
	text, err := os.ReadFile(paths[0])
	must(t, err)
	if _, err := send.TakeReceipt(ctx, lone.l, text); code(err) != "E-NOPROFILE" {
		t.Errorf("without an office above: %v", err)
	}
}

// TestNotListed: a county that is not on the city's list is refused.
func TestNotListed(t *testing.T) {
	t.Parallel()
	city, counties := threeCounties(t)
	listed(t, city, countyCode(0))
	if got := city.untouched(t, counties[1].up(t, "")); got != "E-NOT-LISTED" {
		t.Errorf("%s", got)
	}
	city.accept(t, counties[0].up(t, ""))
}

// listed takes in the list of units.
func listed(t *testing.T, p *place, codes ...string) {
	t.Helper()
	var units []store.Unit
	for i, code := range codes {
		units = append(units, store.Unit{Code: code, Name: fmt.Sprintf("县%d", i)})
	}
	c, err := county.CompareRoll(t.Context(), p.l, units)
	must(t, err)
	must(t, county.ApplyRoll(t.Context(), p.l, c, nil))
}
