package county_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/county"
)

// TestCloseAgain: a closed month that bundles have arrived for since is closed again: the
// numbers that change are named before, what was closed before stays as it was.
func TestCloseAgain(t *testing.T) {
	c := newCalendar(t, "2026-06-20")
	must(t, c.l.SetUnits(ctx, units("990101101201", "云溪镇", names[0], "990101101202", "云溪镇", names[1])))
	a, b := c.begin(1, "2026-06", 3), c.begin(2, "2026-06", 2)
	c.turn("2026-07-03")
	c.report(a, "2026-06")
	if _, err := county.LookAgain(ctx, c.l, "2026-06"); code(err) != "E-SEAL-OPEN" {
		t.Errorf("of an open month: %v", err)
	}
	_, err := county.CloseMonth(ctx, c.l, "2026-06", false)
	must(t, err)
	first, err := count.SealOf(ctx, c.l, "2026-06")
	must(t, err)
	if first.Number != 1 || first.Reason != "" {
		t.Errorf("the first closing: %d %q", first.Number, first.Reason)
	}
	look := c.lookAgain("2026-06")
	if !look.Same || len(look.Changes)+len(look.Arrived) != 0 {
		t.Errorf("just closed: %+v", look)
	}
	if _, err := county.CloseAgain(ctx, c.l, look, "想再封一次", false); code(err) != "E-SEAL-SAME" {
		t.Errorf("closed again without a change: %v", err)
	}

	c.report(b, "2026-06") // late, in the same second as the closing
	counts, err := county.ArrivedCounts(ctx, c.l)
	must(t, err)
	look = c.lookAgain("2026-06")
	if len(look.Arrived) != 1 || look.Arrived[0].Text() != names[1]+" 第 1 号" || counts["2026-06"] != 1 {
		t.Errorf("arrived since: %+v, %v", look.Arrived, counts)
	}
	if look.Same || look.Due != 2 || look.In != 2 || look.Stands.In != 1 {
		t.Errorf("%+v", look)
	}
	if text := changes(look); !strings.Contains(text, "A02 党员:3 → 5 人\n") {
		t.Errorf("what changes: %s", text)
	}
	for reason, want := range map[string]string{" ": "E-REASON", strings.Repeat("长", 201): "E-REASON"} {
		if _, err := county.CloseAgain(ctx, c.l, look, reason, false); code(err) != want {
			t.Errorf("for the reason %q: %v", reason, err)
		}
	}
	if _, err := county.CloseAgain(ctx, a.Ledger, look, "补报", false); code(err) != "E-COUNTY" {
		t.Errorf("in a village: %v", err)
	}
	report, err := county.CloseAgain(ctx, c.l, look, " 柳湾村补报 ", false)
	must(t, err)
	if text := report.State(); !strings.Contains(text, "第2次封账:2026-07-03") || !strings.HasSuffix(text, "(柳湾村补报)") {
		t.Error(text)
	}
	c.wantMembers("2026-06", false, "5", "3", "2")
	if _, err := county.CloseAgain(ctx, c.l, look, "按了两次", false); code(err) != "E-SEALED" {
		t.Errorf("from what was seen before: %v", err)
	}
	c.wantClosings(first, look)
}

func (c *calendar) lookAgain(month model.Month) *county.Reclosing {
	c.t.Helper()
	look, err := county.LookAgain(ctx, c.l, month)
	must(c.t, err)
	return look
}

// changes are the lines of what would change.
func changes(r *county.Reclosing) string {
	text := ""
	for _, ch := range r.Changes {
		text += ch.Text() + "\n"
	}
	return text
}

// wantClosings looks at what is kept after the month of first was closed again.
func (c *calendar) wantClosings(first *count.Seal, look *county.Reclosing) {
	c.t.Helper()
	all, err := county.Closings(ctx, c.l, first.Month)
	must(c.t, err)
	if len(all) != 2 || all[0].In != 1 || len(all[0].Changes) != 0 || all[1].In != 2 || all[1].Reason != "柳湾村补报" || all[1].Number != 2 ||
		fmt.Sprint(all[1].Changes) != fmt.Sprint(look.Changes) {
		c.t.Errorf("closings: %+v", all)
	}
	kept, err := count.SealOfNumber(ctx, c.l, first.Month, 1)
	must(c.t, err)
	if kept.At != first.At || kept.By != first.By || string(kept.Content) != string(first.Content) {
		c.t.Error("the first closing has changed")
	}
	was, err := county.ReadReport(ctx, c.l, count.Ask{Month: first.Month, Closing: 1})
	must(c.t, err)
	if n := was.Columns[0].Value("A02", "members", ""); n != 3 || was.Sealed.Number != 1 {
		c.t.Errorf("the first closing tells %d members", n)
	}
	if _, err := county.ReadReport(ctx, c.l, count.Ask{Month: first.Month, Closing: 3}); code(err) != "E-CLOSING" {
		c.t.Errorf("a third closing: %v", err)
	}
	left, err := county.Arrived(ctx, c.l, first.Month)
	must(c.t, err)
	if len(left) != 0 || !c.lookAgain(first.Month).Same {
		c.t.Errorf("arrived since the second closing: %v", left)
	}
}

// TestCloseAgainMonthsLater: a month that is closed again after later ones have come has the
// figures without a day as they were noted then, and still names who counted in them; a
// record put right since counts as it is now.
func TestCloseAgainMonthsLater(t *testing.T) {
	c := newCalendar(t, "2026-06-20")
	must(t, c.l.SetUnits(ctx, units("990101101201", "云溪镇", names[0])))
	a := c.begin(1, "2026-06", 3)
	var p *model.Record
	must(t, a.Each(ctx, store.Query{Kind: "person"}, func(r *model.Record) error {
		p = r
		return nil
	}))
	p.Set("hardship", true)
	_, err := a.Save(ctx, model.AsRecorded, p)
	must(t, err)
	c.turn("2026-07-03")
	c.report(a, "2026-06")
	_, err = county.CloseMonth(ctx, c.l, "2026-06", false)
	must(t, err)
	who := func() string {
		t.Helper()
		both, err := county.CompareReports(ctx, c.l, count.Ask{Month: "2026-07"}, count.LastMonth, true)
		must(t, err)
		text := ""
		for _, ch := range both.Changes {
			if ch.Row.Indicator.Code == "A02" && ch.Row.Figure.Key == "hardship" {
				text += fmt.Sprint(ch.Went, ch.Names)
			}
		}
		return text
	}
	c.turn("2026-08-03")
	p, err = a.Get(ctx, "person", p.ID)
	must(t, err)
	p.Set("hardship", false)
	_, err = a.Save(ctx, model.AsRecorded, p)
	must(t, err)
	a.add(t, "activity", "kind", "支部党员大会", "title", "六月党员大会", "held_on", "2026-06-10", "place", "村委会") // told late
	c.report(a, "2026-07")
	before := who()
	look := c.lookAgain("2026-06")
	if text := changes(look); strings.Contains(text, "困难") || !strings.Contains(text, "0 → 1") || len(look.Lacking) != 0 || look.Same {
		t.Errorf("what changes: %s %v", text, look.Lacking)
	}
	_, err = county.CloseAgain(ctx, c.l, look, "补记一次党员大会", false)
	must(t, err)
	if after := who(); before == "" || after != before {
		t.Errorf("who was in hardship: %s, before the second closing %s", after, before)
	}
	b, err := county.ReadReport(ctx, c.l, count.Ask{Month: "2026-06"})
	must(t, err)
	if n := b.Columns[0].Value("A02", "hardship", ""); n != 1 {
		t.Errorf("%d in hardship in the second closing", n)
	}
}
