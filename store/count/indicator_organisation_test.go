package count_test

import (
	"testing"

	"taizhang/store/count"
	"taizhang/store/internal/storetest"
)

// The county's own committee is one of the organisations, of the domain 机关.
func TestIndicatorOrganisations(t *testing.T) {
	c := countedCounty(t, "a")
	c.unit("b", "domain", "社区", "kind", "党总支", "abolished_on", "2026-07-01") // stands on the day
	c.unit("c", "abolished_on", onTheDay)
	c.unit("d", "founded_on", onTheDay)
	c.unit("e", "founded_on", "2026-07-01")
	c.add("a", "organization", "code", "990101001G1", "name", "一组", "kind", "党小组", "domain", "行政村")
	c.add("a", "organization", "code", "990101001Z1", "name", "联合", "kind", "联合党支部", "domain", "非公企业")
	c.add("a", "organization", "code", "990101001Z2", "name", "删去", "kind", "联合党支部", "domain", "非公企业", "deleted", "2026-05-01T00:00:00Z")
	c.add("a", "unit", "name", "甲", "nature", "非公企业", "party_body", "单独组建")
	c.add("a", "unit", "name", "乙", "nature", "非公企业", "party_body", "未组建")
	c.add("a", "unit", "name", "丙", "nature", "非公企业", "party_body", "未组建", "deleted", "2026-05-01T00:00:00Z")
	c.want("A01", yearFirst, onTheDay, map[string]int64{"organizations": 5, "by_kind 党委": 1, "by_kind 党支部": 2, "by_kind 党总支": 1,
		"by_kind 联合党支部": 1, "by_domain 机关": 1, "by_domain 行政村": 2, "by_domain 社区": 1, "by_domain 非公企业": 1,
		"units 单独组建": 1, "units 未组建": 1})
}

// A ledger's own organisation is rated from the start: here the county's, of 机关.
func TestIndicatorFiveGood(t *testing.T) {
	c := countedCounty(t)
	c.unit("a", "five_good_on", onTheDay)
	c.unit("b", "five_good_on", "2026-07-01")
	c.unit("c", "five_good_on", "2025-01-01", "five_good_off_on", "2026-03-01") // struck off in the year
	c.unit("d", "five_good_on", "2025-01-01", "five_good_off_on", onTheDay)
	c.unit("e", "five_good_on", "2025-01-01", "five_good_off_on", "2026-07-01")
	c.unit("f", "five_good_on", "2025-01-01", "rated", "0")
	c.unit("g", "five_good_on", "2025-01-01", "abolished_on", onTheDay)
	c.unit("h", "five_good_on", "2025-01-01", "domain", "社区")
	c.want("A03", yearFirst, onTheDay, map[string]int64{"rated 行政村": 5, "named 行政村": 2, "rated 社区": 1, "named 社区": 1, "rated 机关": 1})
}

func TestIndicatorElections(t *testing.T) {
	c := countedCounty(t)
	c.unit("a", "term_started_on", "2021-06-30")                    // five years are over on the day
	c.unit("b", "term_started_on", "2021-07-01")                    // a day later
	c.unit("c", "term_started_on", "2023-06-30", "term_years", "3") // three years
	c.unit("d", "term_started_on", "2026-03-01")                    // elected in the year
	c.unit("e", "term_started_on", "2010-01-01", "abolished_on", onTheDay)
	for _, x := range [][]string{
		{"d", "换届", "公推直选", "2026-03-01"}, {"c", "换届", "海选", onTheDay}, {"a", "换届", "海选", "2026-07-01"},
		{"a", "补选", "海选", "2026-03-01"}, {"b", "换届", "公推直选", "2025-12-31"},
	} {
		c.add(x[0], "election", "organization", x[0], "kind", x[1], "method", x[2], "held_on", x[3])
	}
	c.want("A04", yearFirst, onTheDay, map[string]int64{"terms": 3, "elections": 2, "direct": 1, "open": 1})
}

func TestIndicatorTeam(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.member("a", "甲", "both_leader", "1")
	c.member("a", "乙")
	c.member("b", "丙")
	c.member("b", "丁", "deleted", "2026-05-01T00:00:00Z")
	c.position("a", "甲", "党组织", "书记", "pension", "1")
	c.position("a", "甲", "村民委员会", "主任", "pension", "1") // one person, two offices
	c.position("a", "乙", "村民委员会", "委员")
	c.position("a", "乙", "村民小组", "组长")
	c.position("b", "丙", "党组织", "书记", "started_on", onTheDay, "method", "下派挂职")
	c.position("b", "丙", "村民委员会", "主任", "ended_on", onTheDay) // over on the day
	c.position("b", "丁", "党组织", "副书记")                        // whose record was deleted
	c.position("a", "乙", "党组织", "书记", "ended_on", "2026-02-01")
	c.position("a", "乙", "党组织", "书记", "started_on", "2026-07-01")
	c.position("a", "乙", "党组织", "副书记", "deleted", "2026-05-01T00:00:00Z")
	c.add("a", "aid", "kind", "养老保险补助", "amount", "5000", "given_on", onTheDay)
	c.add("a", "aid", "kind", "养老保险补助", "amount", "7000", "given_on", "2026-07-01")
	c.add("a", "aid", "kind", "活动经费", "amount", "9000", "given_on", onTheDay)
	c.want("A05", yearFirst, onTheDay, map[string]int64{"committee": 3, "secretaries": 2, "new_secretaries": 1, "both_leader": 1,
		"one_shoulder": 1, "sent_down": 1, "pension": 1, "pension_aid": 5000})
}

func TestIndicatorPromoted(t *testing.T) {
	c := countedCounty(t, "a")
	for _, id := range []string{"甲", "乙", "丙"} {
		c.member("a", id)
	}
	c.position("a", "甲", "党组织", "书记", "ended_on", onTheDay, "left_for", "乡镇领导")
	c.position("a", "甲", "村民委员会", "主任", "ended_on", onTheDay, "left_for", "乡镇领导")
	c.position("a", "乙", "村民委员会", "主任", "ended_on", yearFirst, "left_for", "公务员")
	c.position("a", "丙", "村民委员会", "委员", "ended_on", "2026-07-01", "left_for", "公务员")
	c.position("a", "丙", "党组织", "委员", "ended_on", onTheDay, "left_for", "退职")
	c.want("A06", yearFirst, onTheDay, map[string]int64{"township_leaders": 1, "civil_servants": 1})
}

func TestIndicatorReserves(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "birth_date", "1990-07-01", "education", "中专", "both_leader", "1")
	c.member("a", "乙", "birth_date", "1990-06-30", "education", "初中")
	c.member("a", "丙", "birth_date", "1995-01-01")
	for _, x := range [][]string{
		{"甲", onTheDay, "培养中"}, {"乙", "2024-01-01", "培养中"}, {"丙", "2026-07-01", "培养中"}, {"丙", yearFirst, "已任用"},
	} {
		c.add("a", "reserve", "person", x[0], "listed_on", x[1], "state", x[2])
	}
	c.want("A07", yearFirst, onTheDay, map[string]int64{"reserves": 2, "new": 2, "up_to_35": 1, "secondary": 1, "both_leader": 1})
}

func TestIndicatorCoverage(t *testing.T) {
	c := countedCounty(t, "a")
	for i, x := range [][]string{
		{"members", "3", "party_body", "联合组建", "listed", "1"},
		{"members", "3", "party_body", "未组建", "adviser", "赵指导"},
		{"members", "4", "party_body", "未组建", "listed", "1"},
		{"members", "2", "party_body", "单独组建", "listed", "1"},
		{"party_body", "未组建"},
		{"members", "9", "party_body", "挂靠", "deleted", "2026-05-01T00:00:00Z"},
	} {
		c.add("a", "unit", append(x, "name", string('A'+rune(i)), "nature", "非公企业")...)
	}
	c.want("A12", yearFirst, onTheDay, map[string]int64{"units": 3, "covered": 1, "advisers": 1, "listed": 2, "listed_covered": 1})
}

// Who left two offices is one head, and behind the figure stand both records.
func TestIndicatorHeadsByTownship(t *testing.T) {
	c := countedCounty(t)
	c.unit("a", "township", "龙潭镇")
	c.unit("b", "township", "石桥镇")
	c.member("a", "甲")
	c.member("b", "乙")
	offices := []string{
		c.position("a", "甲", "党组织", "书记", "ended_on", onTheDay, "left_for", "公务员"),
		c.position("a", "甲", "村民委员会", "主任", "ended_on", "2026-05-01", "left_for", "公务员"),
	}
	c.position("b", "乙", "党组织", "书记", "ended_on", onTheDay, "left_for", "公务员")
	c.settle()
	q := count.SummaryQuery{OnFile: true, Period: count.Period{From: yearFirst, To: onTheDay}, By: count.ByTownship}
	s, err := count.Summarize(t.Context(), c.l, q)
	storetest.Must(t, err)
	want := map[string]int64{"": 2, "县本级": 0, "龙潭镇": 1, "石桥镇": 1}
	if len(s.Groups) != len(want) {
		t.Errorf("%d groups, by hand %d", len(s.Groups), len(want))
	}
	for _, g := range s.Groups {
		if n := g.Values["A06"]["civil_servants"][""]; n != want[g.Key] {
			t.Errorf("civil servants of %q are %d, by hand %d", g.Key, n, want[g.Key])
		}
	}
	behind, err := count.SummaryBehind(t.Context(), c.l, q, "龙潭镇", "A06", "civil_servants", "")
	storetest.Must(t, err)
	found := map[string]bool{}
	for _, b := range behind {
		found[b.ID] = b.Kind == "position" && b.Org == "a" && b.N == 1
	}
	if len(behind) != 2 || !found[offices[0]] || !found[offices[1]] {
		t.Errorf("behind the civil servants of 龙潭镇 is %+v, by hand %v", behind, offices)
	}
}

// What the superior gave is shown apart in a village's own summary only.
func TestIndicatorPensionAidReceived(t *testing.T) {
	c, v := countedCounty(t, "a"), countedVillage(t)
	for _, r := range [][]string{
		{"amount", "5000", "title", "A"},
		{"amount", "300", "title", "B", "kept_as", "参加或接受"},
	} {
		r = append(r, "kind", "养老保险补助", "given_on", yearFirst, "provider", "县财政局")
		c.add("a", "aid", r...)
		v.add(v.home, "aid", append(r, "target_code", storetest.Village.Code)...)
	}
	c.want("A05", yearFirst, onTheDay, map[string]int64{"pension_aid": 5000})
	v.want("A05", yearFirst, onTheDay, map[string]int64{"pension_aid": 5300, "pension_aid_received": 300})
}
