package count_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/internal/storetest"
)

// june is the period of the tests: what each asks of it.
var june = count.Period{From: "2026-01-01", To: "2026-06-30", Month: "2026-06"}

// sameAsOverAll holds a summary, by township and by organisation, against one counted from all rows.
func sameAsOverAll(t *testing.T, l *store.Ledger, p count.Period, when string) {
	t.Helper()
	for _, by := range []string{count.ByTownship, count.ByOrganisation} {
		q := count.SummaryQuery{OnFile: true, Period: p, By: by, Indicators: count.Indicators()}
		got, err := count.Summarize(t.Context(), l, q)
		storetest.Must(t, err)
		want, err := count.SummaryOverAll(t.Context(), l, q)
		storetest.Must(t, err)
		if !reflect.DeepEqual(got.Groups, want) {
			t.Errorf("%s, by %q: the tallies add up to something else than a count over all", when, by)
		}
	}
}

// TestTwoConnectionsCountAsOne: half of the organisations on each of two connections
// give what all on one give.
func TestTwoConnectionsCountAsOne(t *testing.T) {
	defer count.TwoConnections()()
	c := tallyCounty(t)
	sameAsOverAll(t, c.l, june, "by halves")
	tallied(t, c.l, june, "一村", "二村", "三村")
	sameAsOverAll(t, c.l, june, "as kept by halves")
}

func tallied(t *testing.T, l *store.Ledger, p count.Period, want ...string) {
	t.Helper()
	got, err := count.Tallied(t.Context(), l, p)
	storetest.Must(t, err)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("tallies are kept of %q, want %q", got, want)
	}
}

// tallyCounty is a county with units in two townships that have something to count of
// every group of indicators.
func tallyCounty(t *testing.T) *counted {
	c := countedCounty(t)
	for i, id := range []string{"一村", "二村", "三村"} {
		c.unit(id, "township", []string{"龙潭镇", "柳林乡"}[i%2])
		p := c.member(id, id+"书记", "both_leader", "1", "monthly_dues", "50")
		c.member(id, id+"党员", "birth_date", "1960-07-01", "monthly_dues", "20")
		c.position(id, p, "党组织", "书记")
		c.position(id, p, "村民委员会", "主任")
		c.add(id, "dues", "person", p, "month", "2026-03", "amount", "50", "paid_on", "2026-03-10")
		c.add(id, "linkage", "role", "领导", "name", "某局长", "unit", "县某局", "started_on", "2026-01-10")
		c.add(id, "undertaking", "owner", p, "name", id+"果园", "started_on", "2025-03-01")
		c.add(id, "activity", "kind", "支部党员大会", "held_on", "2026-03-20")
	}
	c.settle()
	return c
}

// TestTalliesAddUp: whatever is written, what is kept of the organisations adds up to
// what a count over all rows gives, and goes where it no longer holds.
func TestTalliesAddUp(t *testing.T) {
	c := tallyCounty(t)
	ctx := context.Background()
	// The bundle's own month and its year are kept as it comes in.
	october, err := count.MonthPeriod(c.l, "2026-10")
	storetest.Must(t, err)
	year, err := count.YearPeriod(c.l, 2026)
	storetest.Must(t, err)
	tallied(t, c.l, october, "一村", "二村", "三村")
	tallied(t, c.l, year, "一村", "二村", "三村")
	sameAsOverAll(t, c.l, october, "as received")
	sameAsOverAll(t, c.l, year, "as received")
	tallied(t, c.l, june)
	sameAsOverAll(t, c.l, june, "at first")
	tallied(t, c.l, june, "一村", "二村", "三村")

	// One head over three organisations is one, also from tallies.
	s, err := count.Summarize(ctx, c.l, count.SummaryQuery{OnFile: true, Period: june})
	storetest.Must(t, err)
	if n := s.Groups[0].Values["B04"]["heads"]["领导"]; n != 1 {
		t.Errorf("%d heads hold links, want 1", n)
	}

	c.add("二村", "talk", "held_on", "2026-04-01")
	late := c.member("二村", "二村新党员")
	c.settleOne("二村")
	tallied(t, c.l, june, "一村", "三村")
	sameAsOverAll(t, c.l, june, "after a bundle")
	tallied(t, c.l, june, "一村", "二村", "三村")

	// The county's own records, first of its own alone, then of the villages' people.
	c.add(c.home, "remittance", "period", "2026年上半年", "amount", "12000", "paid_on", "2026-06-02", "receiver", "市委组织部")
	sameAsOverAll(t, c.l, june, "after a record of the county's own")
	c.add(c.home, "training", "title", "书记培训班", "started_on", "2026-05-11", "topic", "其他", "method", "集中培训", "organizer", "县委组织部", "attendance", "一村书记=参加;"+late+"=参加")
	sameAsOverAll(t, c.l, june, "after a training of villagers by the county")
	s, err = count.Summarize(ctx, c.l, count.SummaryQuery{OnFile: true, Period: june})
	storetest.Must(t, err)
	if n := s.Groups[0].Values["C01"]["persons"][""]; n != 2 {
		t.Errorf("%d persons were trained, want 2", n)
	}
	c.add(c.home, "skill", "person", "三村书记", "technique", "果树嫁接", "mastery", "熟练")
	sameAsOverAll(t, c.l, june, "after a skill of a villager written down by the county")
	c.add(c.home, "position", "person", "二村党员", "body", "乡镇领导班子", "post", "其他", "started_on", "2026-02-01")
	sameAsOverAll(t, c.l, june, "after an office of a villager written down by the county")
	tallied(t, c.l, june, "一村", "二村", "三村")
	storetest.Must(t, count.FalsifyTallies(ctx, c.l))
	s, err = count.Summarize(ctx, c.l, count.SummaryQuery{OnFile: true, Period: june})
	storetest.Must(t, err)
	if n := s.Groups[0].Values["B05"]["items"][""]; n != 0 {
		t.Errorf("%d items from tallies that say nothing", n)
	}
	if n := s.Groups[0].Values["A05"]["committee"][""]; n != 4 {
		t.Errorf("%d hold an office, want 4: the county's record of one has all offices counted anew", n)
	}
}

// TestSummaryOnAFullDisk: what can't be kept is counted and shown all the same.
func TestSummaryOnAFullDisk(t *testing.T) {
	c := tallyCounty(t)
	storetest.Must(t, storetest.Fill(t.Context(), c.l))
	for m := model.Month("2025-01"); m <= "2026-10"; m = m.Add(1) { // until no free page is left
		p, err := count.MonthPeriod(c.l, m)
		storetest.Must(t, err)
		sameAsOverAll(t, c.l, p, "on a full disk")
		kept, err := count.Tallied(t.Context(), c.l, p)
		storetest.Must(t, err)
		if len(kept) == 0 {
			return
		}
	}
	t.Error("the disk was never full")
}

// TestTalliesAreUsedAndForgotten: a summary adds up what is kept, in its period only, and
// not what was counted by other limits.
func TestTalliesAreUsedAndForgotten(t *testing.T) {
	c := tallyCounty(t)
	ctx := context.Background()
	members := func(p count.Period) int64 {
		t.Helper()
		s, err := count.Summarize(ctx, c.l, count.SummaryQuery{OnFile: true, Period: p, By: count.ByTownship})
		storetest.Must(t, err)
		return s.Groups[0].Values["A02"]["members"][""]
	}
	if n := members(june); n != 6 {
		t.Fatalf("%d members, want 6", n)
	}
	storetest.Must(t, count.FalsifyTallies(ctx, c.l))
	if n := members(june); n != 0 {
		t.Errorf("%d members from tallies that say nothing", n)
	}
	may := count.Period{From: "2026-01-01", To: "2026-05-31", Month: "2026-05"}
	if n := members(may); n != 6 {
		t.Errorf("%d members in another month, want 6", n)
	}
	c.set("assess.pass=85")
	if n := members(june); n != 6 {
		t.Errorf("%d members by other limits, want 6 counted anew", n)
	}
	sameAsOverAll(t, c.l, june, "by other limits")
	for _, m := range []model.Month{"2025-12", "2026-01", "2026-02", "2026-03", "2026-04"} {
		q, err := count.MonthPeriod(c.l, m)
		storetest.Must(t, err)
		members(q)
	}
	tallied(t, c.l, june, "一村", "二村", "三村")
	members(count.Period{From: "2025-01-01", To: "2025-11-30", Month: "2025-11"})
}

// TestTalliesOfARecordThatMoves: where a record goes from one organisation to another,
// what is kept of the one it leaves goes too. The county's own may become a unit's, and
// comes back when that is undone.
func TestTalliesOfARecordThatMoves(t *testing.T) {
	c := tallyCounty(t)
	ctx := t.Context()
	id := c.add(c.home, "remittance", "period", "2026年上半年", "amount", "12000", "paid_on", "2026-06-02", "receiver", "市委组织部")
	sameAsOverAll(t, c.l, june, "at first")
	tallied(t, c.l, june, "一村", "二村", "三村")
	r, err := c.l.Get(ctx, "remittance", id)
	storetest.Must(t, err)
	r.OrgID = "二村"
	_, err = c.l.Save(ctx, model.AsRecorded, r)
	storetest.Must(t, err)
	tallied(t, c.l, june, "一村", "三村")
	sameAsOverAll(t, c.l, june, "given to a unit")
	tallied(t, c.l, june, "一村", "二村", "三村")
	_, err = c.l.Undo(ctx)
	storetest.Must(t, err)
	tallied(t, c.l, june, "一村", "三村")
	sameAsOverAll(t, c.l, june, "taken back from the unit")
}
