package count_test

import (
	"maps"
	"slices"
	"testing"

	"taizhang/store/count"
	"taizhang/store/internal/storetest"
)

// gone adds a member who has been in the list since the ledger began and then left.
func (c *counted) gone(org, id, kind, standing, day string, move ...string) string {
	c.t.Helper()
	person := c.member(org, id, "able_bodied", "1", "standing", standing, "left_on", day)
	c.add(org, "movement", append([]string{"person", person, "kind", kind, "happened_on", day}, move...)...)
	return person
}

// come adds a member who came by a movement.
func (c *counted) come(org, id, kind, day string, pairs ...string) string {
	c.t.Helper()
	person := c.add(org, "person", append([]string{"id", id, "name", id, "status", "正式党员", "birth_date", "1980-01-01", "able_bodied", "1",
		"joined_on", "2005-07-01", "confirmed_on", "2006-07-01"}, pairs...)...)
	c.add(org, "movement", "person", person, "kind", kind, "happened_on", day)
	return person
}

// memberCounty has two villages with members at the edges of what A02 counts.
func memberCounty(t *testing.T) *counted {
	c := countedCounty(t)
	c.unit("a", "township", "龙潭镇", "domain", "行政村")
	c.unit("b", "township", "石桥镇", "domain", "社区")
	c.member("a", "甲", "able_bodied", "1", "birth_date", "1990-07-01", "sex", "女") // 36 the day after
	c.member("a", "乙", "able_bodied", "1", "birth_date", "1990-06-30", "ethnicity", "回族")
	c.member("a", "丙", "able_bodied", "1", "birth_date", "1966-06-30", "education", "高中", "hardship", "1")
	c.member("b", "丁", "able_bodied", "1", "birth_date", "1966-07-01", "education", "初中", "away", "跨省") // 60 the day after
	// Received a year ago and confirmed after the day.
	c.come("a", "戊", "接收预备党员", "2025-07-10", "joined_on", "2025-07-10", "confirmed_on", "2026-07-10", "able_bodied", "0")
	c.add("a", "movement", "person", "戊", "kind", "转正", "happened_on", "2026-07-10")
	c.gone("b", "己", "转出", "转出", "2026-07-01") // a member on the day still
	c.gone("b", "庚", "去世", "去世", "2026-06-30") // no longer
	c.member("a", "辛", "able_bodied", "1", "deleted", "2026-05-01T00:00:00Z")
	c.add("a", "person", "id", "壬", "status", "入党积极分子", "sex", "女")
	c.come("b", "癸", "接收预备党员", "2026-06-30", "status", "预备党员", "joined_on", "2026-06-30", "confirmed_on", "", "birth_date", "2000-01-01", "education", "本科")
	c.add("b", "person", "id", "子", "status", "正式党员", "standing", "组织关系在外")
	return c
}

func TestIndicatorMembers(t *testing.T) {
	c := memberCounty(t)
	c.want("A02", yearFirst, onTheDay, map[string]int64{"members": 7, "probationary": 2, "women": 1, "minority": 1,
		"up_to_35": 2, "from_60": 1, "secondary": 2, "away": 1, "hardship": 1, "not_able": 1})
	c.want("A02", yearFirst, "2026-07-01", map[string]int64{"members": 6, "probationary": 2, "women": 1, "minority": 1,
		"up_to_35": 1, "from_60": 2, "secondary": 2, "away": 1, "hardship": 1, "not_able": 1})
	c.want("A02", yearFirst, "2026-07-10", map[string]int64{"members": 6, "probationary": 1, "women": 1, "minority": 1,
		"up_to_35": 1, "from_60": 2, "secondary": 2, "away": 1, "hardship": 1, "not_able": 1})
}

func TestIndicatorMembersByGroup(t *testing.T) {
	c := memberCounty(t)
	c.settle()
	for by, want := range map[string]map[string]int64{
		count.ByTownship: {"": 7, "县本级": 0, "龙潭镇": 4, "石桥镇": 3},
		count.ByDomain:   {"": 7, "机关": 0, "行政村": 4, "社区": 3},
	} {
		q := count.SummaryQuery{OnFile: true, Period: count.Period{From: yearFirst, To: onTheDay}, By: by}
		s, err := count.Summarize(t.Context(), c.l, q)
		storetest.Must(t, err)
		got := map[string]int64{}
		for _, g := range s.Groups {
			got[g.Key] = g.Values["A02"]["members"][""]
		}
		if !maps.Equal(got, want) {
			t.Errorf("members by %s are %v, by hand %v", by, got, want)
		}
	}
	q := count.SummaryQuery{OnFile: true, Period: count.Period{From: yearFirst, To: onTheDay}, By: count.ByTownship}
	for _, x := range []struct {
		group, figure string
		want          []string
	}{
		{"龙潭镇", "members", []string{"丙", "乙", "戊", "甲"}},
		{"石桥镇", "members", []string{"丁", "己", "癸"}},
		{"石桥镇", "probationary", []string{"癸"}},
		{"县本级", "members", nil},
		{"", "up_to_35", []string{"甲", "癸"}},
	} {
		all, err := count.SummaryBehind(t.Context(), c.l, q, x.group, "A02", x.figure, "")
		storetest.Must(t, err)
		var got []string
		for _, b := range all {
			if b.Kind != "person" || b.Label != b.ID || b.N != 1 {
				t.Errorf("behind %s of %q is %+v", x.figure, x.group, b)
			}
			got = append(got, b.ID)
		}
		slices.Sort(got)
		slices.Sort(x.want)
		if !slices.Equal(got, x.want) {
			t.Errorf("behind %s of %q are %v, by hand %v", x.figure, x.group, got, x.want)
		}
	}
}

func TestIndicatorAdmissions(t *testing.T) {
	c := countedCounty(t, "a")
	c.add("a", "person", "id", "甲", "both_leader", "1")
	c.add("a", "person", "id", "乙", "status", "入党积极分子", "talent", "土专家")
	c.add("a", "person", "id", "丙", "status", "入党积极分子", "talent", "土专家", "standing", "转出")
	c.add("a", "person", "id", "丁", "status", "入党积极分子")
	for _, x := range [][]string{
		{"person", "甲", "source", "私营业主", "activist_on", "2024-01-01", "candidate_on", "2025-06-01", "approved_on", onTheDay},
		{"person", "丁", "activist_on", "2024-01-01", "candidate_on", "2025-06-01", "approved_on", "2026-07-01"}, // 发展对象 on the day
		{"person", "乙", "activist_on", onTheDay},
		{"person", "丙"},
		{"applied_on", "2026-07-01"},
		{"ended_on", onTheDay},
		{"ended_on", "2026-07-01"},
		{"activist_on", "2023-01-01", "candidate_on", "2024-02-01", "approved_on", "2025-06-01", "confirm_approved_on", onTheDay},
		{"activist_on", "2023-01-01", "candidate_on", "2024-02-01", "approved_on", "2025-06-01", "confirm_result", "取消资格", "confirm_voted_on", onTheDay},
		{"approved_on", yearFirst, "deleted", "2026-05-01T00:00:00Z"},
	} {
		c.add("a", "admission", append([]string{"applied_on", "2023-01-01"}, x...)...)
	}
	c.want("A08", yearFirst, onTheDay, map[string]int64{"approved": 1, "both_leader": 1, "private_owner": 1, "under_way 预备党员": 1,
		"under_way 发展对象": 1, "under_way 积极分子": 1, "under_way 申请人": 2, "activists 土专家": 1})
}

// Person-months: a month is owed by who is a member at its last day, or on the day.
func TestIndicatorDues(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "monthly_dues", "200")
	c.member("a", "乙", "monthly_dues", "100", "dues_basis", "免交")
	c.come("a", "丙", "转入", "2026-02-10", "monthly_dues", "300")
	for id, day := range map[string]string{"丁": "2026-03-10", "戊": "2026-01-31"} {
		c.member("a", id, "monthly_dues", "500", "standing", "转出", "left_on", day)
		c.add("a", "movement", "person", id, "kind", "转出", "happened_on", day)
	}
	c.member("a", "己") // nothing said of how much
	c.member("a", "庚", "monthly_dues", "900", "deleted", "2026-05-01T00:00:00Z")
	for _, d := range [][]string{
		{"甲", "2026-01", "200", "2026-01-15"},
		{"甲", "2026-02", "200", "2026-02-15"},
		{"甲", "2026-03", "200", "2026-04-01"}, // after the day
		{"甲", "2025-12", "200", "2026-01-02"}, // of last year
		{"乙", "2026-01", "100", "2026-01-15"}, // owes nothing
		{"丙", "2026-01", "300", "2026-02-15"}, // was no member yet
		{"丙", "2026-03", "300", "2026-03-31"},
		{"丁", "2026-01", "500", "2026-01-15"},
		{"丁", "2026-03", "500", "2026-03-05"}, // gone at the month's end
	} {
		c.add("a", "dues", "person", d[0], "month", d[1], "amount", d[2], "paid_on", d[3])
	}
	c.add("a", "dues", "person", "甲", "month", "2026-03", "amount", "200", "paid_on", "2026-03-20", "deleted", "2026-03-21T00:00:00Z")
	for day, amount := range map[string]string{"2025-12-31": "1", yearFirst: "1000", "2026-03-31": "500", "2026-04-01": "700"} {
		c.add("a", "remittance", "period", "一季度", "amount", amount, "paid_on", day)
	}
	c.want("A09", yearFirst, "2026-03-31", map[string]int64{"due": 3 + 2 + 2 + 3, "paid": 2 + 1 + 1,
		"due_money": 600 + 600 + 1000, "paid_money": 400 + 300 + 500, "remitted": 1500})
	c.want("A09", yearFirst, "2026-03-05", map[string]int64{"due": 3 + 2 + 3 + 3, "paid": 2 + 0 + 2,
		"due_money": 600 + 600 + 1500, "paid_money": 400 + 1000, "remitted": 1000})
}

// What a mobile member pays where he lives is paid, and is no money of the branch's.
func TestDuesPaidElsewhere(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "monthly_dues", "200")
	c.come("a", "乙", "转入", "2026-02-10", "monthly_dues", "300")
	for _, d := range [][]string{{"甲", "2026-01", "现金"}, {"甲", "2026-02", "流入地交"}, {"乙", "2026-01", "流入地交"}, {"乙", "2026-02", ""}, {"乙", "2026-03", "流入地交"}} {
		c.add("a", "dues", "person", d[0], "month", d[1], "amount", "250", "paid_on", d[1]+"-20", "method", d[2])
	}
	c.want("A09", yearFirst, "2026-03-31", map[string]int64{"due": 3 + 2, "paid": 2 + 2, "due_money": 2*200 + 300, "paid_money": 250 + 250})
}

func TestIndicatorAppraisals(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	c.member("a", "乙")
	c.gone("a", "丙", "转出", "转出", onTheDay)
	for _, x := range [][]string{
		{"甲", "2026", "优秀", onTheDay}, {"乙", "2026", "合格", "2026-07-01"}, {"乙", "2025", "合格", "2026-01-10"}, {"丙", "2026", "合格", ""},
	} {
		c.add("a", "appraisal", "person", x[0], "year", x[1], "grade", x[2], "held_on", x[3])
	}
	c.want("A10", yearFirst, onTheDay, map[string]int64{"members": 2, "appraised 优秀": 1, "appraised 合格": 1})
}

// A month with one movement of each line, and a year with some more.
func TestIndicatorBalance(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	c.gone("a", "出党", "自行脱党除名", "出党", "2026-06-01")
	c.gone("a", "停止", "停止党籍", "停止党籍", "2026-06-30")
	c.gone("a", "去世", "去世", "去世", "2026-06-10")
	c.gone("a", "转出", "转出", "转出", "2026-06-11")
	c.gone("a", "整出", "转出", "转出", "2026-06-12", "whole_unit", "1")
	c.come("a", "发展", "接收预备党员", "2026-06-13", "status", "预备党员", "joined_on", "2026-06-13", "confirmed_on", "")
	c.member("a", "恢复")
	c.add("a", "movement", "person", "恢复", "kind", "停止党籍", "happened_on", "2024-01-01")
	c.add("a", "movement", "person", "恢复", "kind", "恢复党籍", "happened_on", "2026-06-15")
	c.come("a", "转入", "转入", "2026-06-16")
	c.add("a", "person", "id", "整入", "status", "正式党员", "joined_on", "2005-07-01", "confirmed_on", "2006-07-01")
	c.add("a", "movement", "person", "整入", "kind", "转入", "happened_on", "2026-06-17", "whole_unit", "1")
	c.come("a", "二月", "转入", "2026-02-01")
	c.come("a", "五月", "转入", "2026-05-31")
	c.gone("a", "先去", "去世", "去世", "2026-02-02")
	c.gone("a", "后走", "转出", "转出", "2026-07-01")
	c.come("a", "去年", "转入", "2025-12-31")
	year := map[string]int64{"year_opening": 9, "year_added": 6, "year_developed": 1, "year_restored": 1, "year_moved_in": 4, "year_whole_in": 1,
		"year_removed": 6, "year_expelled": 1, "year_stopped": 1, "year_died": 2, "year_moved_out": 2, "year_whole_out": 1,
		"year_expected": 9, "year_closing": 9}
	c.want("A11", yearFirst, onTheDay, year)

	month := map[string]int64{"month_opening": 10, "month_added": 4, "month_developed": 1, "month_restored": 1, "month_moved_in": 2, "month_whole_in": 1,
		"month_removed": 5, "month_expelled": 1, "month_stopped": 1, "month_died": 1, "month_moved_out": 2, "month_whole_out": 1,
		"month_expected": 9, "month_closing": 9}
	maps.Copy(month, year)
	s, err := count.Summarize(t.Context(), c.l, count.SummaryQuery{OnFile: true, Period: count.Period{From: yearFirst, To: onTheDay, Month: "2026-06"}})
	storetest.Must(t, err)
	for figure, parts := range s.Groups[0].Values["A11"] {
		for part, n := range parts {
			if n != month[figure] {
				t.Errorf("A11 %s %s is %d, by hand %d", figure, part, n, month[figure])
			}
		}
	}
	behind, err := count.SummaryBehind(t.Context(), c.l, count.SummaryQuery{OnFile: true, Period: s.Period, Indicators: count.Indicators()}, "", "A11", "month_added", "")
	storetest.Must(t, err)
	for _, b := range behind {
		if b.Kind != "movement" {
			t.Errorf("behind the members added is %+v", b)
		}
	}
	if len(behind) != 4 {
		t.Errorf("behind the members added are %d records, by hand 4", len(behind))
	}
}

// A member that no movement brought is the difference that E-STAT-06 tells of.
func TestIndicatorBalanceWithAGap(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	c.add("a", "person", "id", "乙", "status", "正式党员", "joined_on", "2005-07-01", "confirmed_on", "2006-07-01")
	c.want("A11", yearFirst, onTheDay, map[string]int64{"year_opening": 1, "year_expected": 1, "year_closing": 2,
		"year_difference": 1, "year_formulas E-STAT-06": 1})
}
