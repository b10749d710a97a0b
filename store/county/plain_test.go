package county_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/county"
	"taizhang/store/demo/truth"
	"taizhang/store/transfer"
)

// asPlain holds every figure of a ledger's month, and of the three years to its end, against
// the plain count of the same rows.
func asPlain(t *testing.T, l *store.Ledger, month model.Month) {
	t.Helper()
	period, err := count.MonthPeriod(l, month)
	must(t, err)
	window := count.Period{From: period.To.AddYears(-3).AddDays(1), To: period.To}
	of, err := l.IsCounty(ctx)
	must(t, err)
	plain := truth.New(of, truth.Span{From: period.From, To: period.To, Month: month}, truth.Span{From: window.From, To: window.To})
	orgs := map[string]*truth.Org{}
	for _, k := range l.Kinds().Kinds() {
		all, err := l.Env(ctx).Look.Find(k.Name)
		must(t, err)
		for _, r := range all {
			if orgs[r.OrgID] == nil {
				orgs[r.OrgID] = &truth.Org{Records: map[string][]*model.Record{}}
			}
			o := orgs[r.OrgID]
			o.Records[k.Name] = append(o.Records[k.Name], r)
			if k.Name == "organization" && r.ID == r.OrgID {
				o.Home, o.Code, o.Township, o.Domain = r, r.Str("code"), r.Str("township"), r.Str("domain")
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(orgs)) {
		must(t, plain.Add(*orgs[id]))
	}
	for _, half := range []struct {
		period     count.Period
		indicators []*count.Indicator
	}{{period, count.Indicators()}, {window, figures.All()}} {
		sum, err := count.Summarize(ctx, l, count.SummaryQuery{OnFile: true, Period: half.period, Indicators: half.indicators})
		must(t, err)
		want := plain.Values(half.indicators)
		for _, i := range half.indicators {
			for _, f := range i.Figures {
				got := sum.Groups[0].Values[i.Code][f.Key]
				parts, split := want[i.Code][f.Key].(map[string]int64)
				if !split {
					parts = map[string]int64{"": want[i.Code][f.Key].(int64)}
				}
				if fmt.Sprint(got) != fmt.Sprint(parts) {
					t.Errorf("%s: %s.%s is %v, the plain count %v", month, i.Code, f.Key, got, parts)
				}
			}
		}
	}
}

// flows are the figures that count what was done in the year of the two villages' members.
func flows(t *testing.T, l *store.Ledger, month model.Month) string {
	t.Helper()
	period, err := count.MonthPeriod(l, month)
	must(t, err)
	q := count.SummaryQuery{OnFile: true, Period: period}
	sum, err := count.Summarize(ctx, l, q)
	must(t, err)
	var all []string
	for _, name := range []string{"A10.appraised", "A08.approved", "A08.private_owner", "A08.under_way", "A06.township_leaders", "A05.committee", "A09.due", "A09.paid"} {
		code, key, _ := strings.Cut(name, ".")
		n := int64(0)
		for _, part := range sum.Groups[0].Values[code][key] {
			n += part
		}
		all = append(all, fmt.Sprint(n))
		if behind, err := count.SummaryBehind(ctx, l, q, "", code, key, ""); err != nil || code != "A09" && int64(len(behind)) != n {
			t.Errorf("%s: %s counts %d, and %d records stand behind it: %v", month, name, n, len(behind), err)
		}
	}
	return strings.Join(all, " ")
}

// TestBroughtAlong: what goes along with a person in a package counts once at the county,
// where it was done, whichever village reports first, and not as the doing of the village
// that they came to; so it does when they go back.
func TestBroughtAlong(t *testing.T) {
	for _, oldFirst := range []bool{true, false} {
		o := newOffice(t)
		a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
		must(t, o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "柳河镇", "柳湾村党支部")))
		const born = "1990-03-02"
		p := a.person(t, "张三", "birth_date", born, "id_number", idFor(born, 11), "status", "预备党员", "joined_on", "2026-02-01").ID
		a.moves(t, p, "接收预备党员", "2026-03-05")
		a.add(t, "admission", "person", p, "applied_on", "2023-01-10", "activist_on", "2024-01-20", "candidate_on", "2025-06-01",
			"accepted_on", "2026-02-01", "approved_on", "2026-03-05", "source", "私营业主")
		q := a.member(t, "李四", born, idFor(born, 13))
		a.member(t, "王五", born, idFor(born, 15))
		b.member(t, "赵六", born, idFor(born, 17))
		a.add(t, "appraisal", "person", q, "year", "2026", "grade", "优秀", "held_on", "2026-09-20")
		a.add(t, "position", "person", q, "body", "村民委员会", "post", "副主任", "started_on", "2021-03-01", "ended_on", "2026-09-15", "left_for", "乡镇领导")
		a.add(t, "position", "person", q, "body", "党组织", "post", "组织委员", "started_on", "2021-03-01")
		a.add(t, "dues", "person", q, "month", "2026-09", "amount", "1000", "paid_on", "2026-09-10")
		a.add(t, "movement", "person", q, "kind", "处分", "happened_on", "2026-09-18", "penalty", "警告", "approved_by", "云溪镇纪委")
		for _, v := range []*village{a, b} {
			o.one(t, v.exported(t, "2026-09"))
			asPlain(t, v.Ledger, "2026-09")
		}
		asPlain(t, o.l, "2026-09")
		before := flows(t, o.l, "2026-09")
		if !strings.HasPrefix(before, "1 1 1 1 1 1 ") {
			t.Fatalf("before: %s", before)
		}
		for _, id := range []string{p, q} {
			a.moves(t, id, "转出", "2026-10-12", "to_org", "柳湾村党支部", "to_code", b.code)
		}
		bring(t, a, b, []string{p, q}, "2026-10-15")
		order := []*village{a, b}
		if !oldFirst {
			slices.Reverse(order)
		}
		for n, v := range order {
			o.one(t, v.exported(t, "2026-10"))
			asPlain(t, o.l, "2026-10")
			asPlain(t, o.l, "2026-09")
			asPlain(t, v.Ledger, "2026-10")
			if got := flows(t, o.l, "2026-09"); got != before {
				t.Errorf("old first %v, %d reported: September is %s, was %s", oldFirst, n+1, got, before)
			}
		}
		// The members are where they were, under way is one admission; the office ended with the transfer.
		if got := flows(t, o.l, "2026-10"); !strings.HasPrefix(got, "1 1 1 1 1 0 ") {
			t.Errorf("after: %s", got)
		}
		if got := flows(t, a.Ledger, "2026-10"); !strings.HasPrefix(got, "1 1 1 0 1 0 ") {
			t.Errorf("the old village's own: %s", got)
		}
		if got := flows(t, b.Ledger, "2026-10"); !strings.HasPrefix(got, "0 0 0 1 0 0 ") {
			t.Errorf("the new village's own: %s", got)
		}
	}
}

// bring hands persons over in a package and takes it in.
func bring(t *testing.T, from, to *village, persons []string, on model.Date) {
	t.Helper()
	w, err := transfer.Hand(ctx, from.Ledger, persons, t.TempDir())
	must(t, err)
	p, err := transfer.Read(w.Path, strings.Join(w.Words, " "))
	must(t, err)
	a, err := transfer.Look(ctx, to.Ledger, p, on)
	must(t, err)
	_, err = a.Apply(ctx)
	must(t, err)
}

// TestNamesWithin: the names behind the changes of A11 are those of its figures: a transfer
// within the county is named as such and as no leaving or arriving.
func TestNamesWithin(t *testing.T) {
	o := newOffice(t)
	a, b := o.village(t, "990101101201", 100), o.village(t, "990101101202", 150)
	must(t, o.l.SetUnits(ctx, units(a.code, "云溪镇", "石桥村党支部", b.code, "柳河镇", "柳湾村党支部")))
	const born = "1970-03-02"
	gone, out := a.member(t, "张三", born, idFor(born, 11)), a.member(t, "李四", born, idFor(born, 13))
	a.member(t, "王五", born, idFor(born, 15))
	b.member(t, "赵六", born, idFor(born, 17))
	for _, v := range []*village{a, b} {
		o.one(t, v.exported(t, "2026-09"))
	}
	a.moves(t, gone, "转出", "2026-10-12", "to_org", "柳湾村党支部", "to_code", b.code)
	a.moves(t, out, "转出", "2026-10-20", "to_org", "江洲市某党支部")
	bring(t, a, b, []string{gone}, "2026-10-15")
	for _, v := range []*village{a, b} {
		o.one(t, v.exported(t, "2026-10"))
	}
	c, err := count.Compare(ctx, o.l, count.Ask{Month: "2026-10", Returns: nil}, count.LastMonth, true)
	must(t, err)
	want := map[string]int64{"month_moved_out": 1, "month_removed": 1, "month_within_in": 1, "month_within_out": 1}
	for _, ch := range c.Changes {
		if ch.Row.Indicator.Code != "A11" {
			continue
		}
		if key := ch.Row.Figure.Key; strings.HasPrefix(key, "month_moved") || strings.HasPrefix(key, "month_within") || key == "month_added" || key == "month_removed" {
			if ch.Now-ch.Before != want[key] || int64(len(ch.Names)) != want[key] || ch.Came != int(want[key]) {
				t.Errorf("%s changes by %d, want %d: %v", key, ch.Now-ch.Before, want[key], ch.Names)
			}
			delete(want, key)
		}
	}
	if len(want) > 0 {
		t.Errorf("no change of %v", want)
	}
}

// TestOwnRecordsOfAMonth: the county's own records are noted with each receiving, so that
// the whole county's figures without a dated past stand for a month after later ones came.
func TestOwnRecordsOfAMonth(t *testing.T) {
	c := newCalendar(t, "2026-08-25")
	a, b := c.begin(1, "2026-08", 3), c.begin(2, "2026-08", 2)
	must(t, c.l.SetUnits(ctx, units(a.code, "云溪镇", names[0], b.code, "云溪镇", names[1])))
	first := c.own("干部甲")
	both := func(month model.Month) {
		for _, v := range []*village{a, b} {
			c.report(v, month)
		}
	}
	both("2026-08")
	august := c.undated("2026-08")
	if august["A02.hardship"] != 1 {
		t.Errorf("August: %v", august)
	}
	c.turn("2026-09-26")
	second := c.own("干部乙")
	both("2026-09")
	if got := c.undated("2026-08"); !maps.Equal(got, august) {
		t.Errorf("August is %v, was %v", got, august)
	}
	if got := c.undated("2026-09"); got["A02.hardship"] != 2 {
		t.Errorf("September: %v", got)
	}
	c.turn("2026-10-05")
	c.leads(first)
	_, err := county.CloseMonth(ctx, c.l, "2026-09", true)
	must(t, err)
	september := c.undated("2026-09")
	if september["A02.hardship"] != 2 || september["D01.members"] != 1 {
		t.Errorf("September as closed: %v", september)
	}
	c.turn("2026-10-26")
	c.leads(second)
	both("2026-10")
	if got := c.undated("2026-09"); !maps.Equal(got, september) {
		t.Errorf("September is %v, was closed as %v", got, september)
	}
}

// own makes a member in hardship in the county's own branch.
func (c *calendar) own(name string) *model.Record {
	c.t.Helper()
	return (&village{c.l, c.office, "990101"}).person(c.t, name, "status", "正式党员", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01", "hardship", "1", "birth_date", "1970-01-01")
}

// leads makes one both-lead.
func (c *calendar) leads(p *model.Record) {
	c.t.Helper()
	p, err := c.l.Get(ctx, "person", p.ID)
	must(c.t, err)
	p.Set("both_leader", true)
	_, err = c.l.Save(ctx, model.AsRecorded, p)
	must(c.t, err)
}

// undated gives the figures without a dated past of the whole county, of all its units.
func (c *calendar) undated(month model.Month) map[string]int64 {
	c.t.Helper()
	period, err := count.MonthPeriod(c.l, month)
	must(c.t, err)
	sum, err := count.Summarize(ctx, c.l, count.SummaryQuery{Period: period})
	must(c.t, err)
	g := sum.Groups[0]
	if g.Units != 3 || len(g.Lacks) != 0 {
		c.t.Errorf("%s: of %d organisations there is no number of %v", month, g.Units, g.Lacks)
	}
	all := map[string]int64{}
	for _, i := range count.Indicators() {
		for _, f := range i.Figures {
			if f.Past == count.Undated {
				for part, n := range g.Values[i.Code][f.Key] {
					all[strings.TrimSuffix(i.Code+"."+f.Key+"."+part, ".")] = n
				}
			}
		}
	}
	return all
}
