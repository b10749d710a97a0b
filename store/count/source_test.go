package count_test

import "testing"

const windowFirst = "2023-07-01"

func TestRatedOrganisations(t *testing.T) {
	c := countedCounty(t)
	named := []string{"five_good", "已达标", "five_good_on", onTheDay}
	for id, x := range map[string][]string{
		"town":      {"domain", "乡镇", "kind", "党委"},
		"village":   append([]string{"domain", "行政村"}, named...),
		"struck":    append([]string{"domain", "行政村", "five_good_off_on", onTheDay}, named...),
		"not yet":   {"domain", "行政村", "five_good", "已达标", "five_good_on", "2026-07-01"},
		"new":       {"domain", "行政村", "founded_on", "2026-07-01"},
		"gone":      {"domain", "行政村", "abolished_on", onTheDay},
		"works":     append([]string{"domain", "非公企业", "kind", "党委"}, named...),
		"shop":      {"domain", "非公企业"},
		"joint":     {"domain", "非公企业", "kind", "联合党支部"},
		"general":   {"domain", "非公企业", "kind", "党总支"},
		"attached":  {"domain", "非公企业", "rated", "0"},
		"park":      {"domain", "园区"},
		"beekeeper": {"domain", "专业协会", "rated", "0"},
		"street":    {"domain", "社区", "founded_on", windowFirst},
		"old":       {"domain", "社区", "founded_on", "2023-06-30"},
	} {
		c.unit(id, x...)
	}
	c.add("village", "organization", "code", "G1", "kind", "党小组", "domain", "行政村", "rated", "1")
	c.want("F01", windowFirst, onTheDay, map[string]int64{"organizations": 1})
	c.want("F03", windowFirst, onTheDay, map[string]int64{"organizations": 3, "five_good": 1})
	c.want("F04", windowFirst, onTheDay, map[string]int64{"organizations": 5, "five_good": 1})
	c.want("F05", windowFirst, onTheDay, map[string]int64{"organizations": 2})
	// 80 in a hundred of 1, 3, 5, 2 and 11, rounded up.
	c.want("F06", windowFirst, onTheDay, map[string]int64{"townships": 1, "villages": 3, "enterprises": 4, "communities": 2, "all": 9})
	c.want("F16", windowFirst, onTheDay, map[string]int64{"committees": 1, "general": 1, "branches": 1, "joint": 1})
	c.want("F18", windowFirst, onTheDay, map[string]int64{"associations": 1, "parks": 1, "communities": 1})
}

func TestHelpFigures(t *testing.T) {
	c := countedCounty(t, "a", "b")
	for _, x := range [][]string{
		{"kind", "活动经费", "amount", "100", "given_on", windowFirst},
		{"kind", "活动经费", "amount", "7", "given_on", "2023-06-30"},
		{"kind", "办实事资金", "amount", "200", "given_on", onTheDay},
		{"kind", "办实事资金", "amount", "9", "given_on", onTheDay, "kept_as", "参加或接受"},
		{"kind", "养老保险补助", "amount", "300", "given_on", onTheDay},
	} {
		c.add("a", "aid", x...)
	}
	for _, x := range [][]string{
		{"role", "机关部门", "name", "县财政局"}, {"role", "机关部门", "name", "县财政局"},
		{"role", "科局级干部", "name", "王一"}, {"role", "乡镇党建指导员", "name", "王二"},
		{"role", "市领导", "name", "王三", "ended_on", onTheDay}, {"role", "市领导", "name", "王四"},
		{"role", "非公企业党建指导员", "name", "王五", "unit", "甲局"}, {"role", "非公企业党建指导员", "name", "王五", "unit", "乙局"},
	} {
		c.add("a", "linkage", append([]string{"started_on", "2024-01-01"}, x...)...)
	}
	for _, x := range [][]string{
		{"kind", "部门帮村", "helper_unit", "甲局", "target_code", "1", "in_poverty", "1", "ended_on", windowFirst, "lifted_on", windowFirst},
		{"kind", "部门帮村", "helper_unit", "乙局", "target_code", "1", "in_poverty", "1", "lifted_on", onTheDay},
		{"kind", "部门帮村", "helper_unit", "丙局", "target_code", "2", "ended_on", "2023-06-30"}, // over before the window
		{"kind", "企业帮村", "helper_unit", "甲局", "target_code", "2", "in_poverty", "1", "lifted_on", "2023-06-30"},
	} {
		c.add("b", "pairing", append([]string{"started_on", "2020-01-01"}, x...)...)
	}
	for code, want := range map[string]map[string]int64{
		"F07": {"money": 100}, "F08": {"money": 200}, "F23": {"money": 300},
		"F09": {"departments": 1, "section_chiefs": 1, "leaders": 1},
		"F10": {"departments": 2, "enterprises": 1, "units": 2},
		"F11": {"villages": 1},
		"F17": {"advisers": 2},
	} {
		c.want(code, windowFirst, onTheDay, want)
	}
}

func TestElectionFigures(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.unit("works", "domain", "非公企业", "kind", "党委")
	c.unit("shop", "domain", "非公企业")
	for _, x := range [][]string{
		{"a", "kind", "换届", "method", "公推直选", "held_on", windowFirst},
		{"a", "kind", "换届", "method", "公推直选", "held_on", onTheDay},
		{"b", "kind", "换届", "method", "两推一选", "held_on", onTheDay},
		{"b", "kind", "补选", "method", "公推直选", "held_on", onTheDay},
		{"b", "kind", "换届", "method", "公推直选", "held_on", "2023-06-30"},
		{"works", "kind", "换届", "method", "海选", "held_on", onTheDay},
		{"shop", "kind", "换届", "method", "海选", "held_on", onTheDay},
	} {
		c.add(x[0], "election", append([]string{"organization", x[0]}, x[1:]...)...)
	}
	c.want("F19", windowFirst, onTheDay, map[string]int64{"elected": 2, "direct": 1})
	c.want("F20", windowFirst, onTheDay, map[string]int64{"committees": 1})
}

// Of the towns the one with most new both-lead secretaries is spoken of.
func TestNewSecretaries(t *testing.T) {
	c := countedCounty(t)
	for _, x := range [][2]string{{"a", "甲镇"}, {"b", "乙镇"}, {"c", "乙镇"}, {"d", "乙镇"}, {"e", "乙镇"}} {
		c.unit(x[0], "township", x[1])
		c.member(x[0], x[0]+"书记", "both_leader", map[bool]string{true: "1", false: "0"}[x[0] != "e"])
	}
	c.unit("town", "domain", "乡镇", "kind", "党委", "township", "乙镇")
	c.position("a", "a书记", "党组织", "书记", "started_on", "2024-01-01")
	c.position("b", "b书记", "党组织", "书记", "started_on", windowFirst)
	c.position("c", "c书记", "党组织", "书记", "started_on", onTheDay)
	c.position("c", "c书记", "党组织", "委员", "started_on", "2018-01-01", "ended_on", onTheDay)
	c.position("d", "d书记", "党组织", "书记", "started_on", "2018-01-01", "ended_on", "2024-01-01")
	c.position("d", "d书记", "党组织", "书记", "started_on", "2024-01-01") // once more, not new
	c.position("e", "e书记", "党组织", "书记", "started_on", "2024-01-01") // no both-leader
	for _, x := range [][]string{
		{"b", "1987-05-02", "高中"}, // 38 on the day of listing
		{"c", "1987-05-01", "本科"}, // 39
		{"c", "2000-01-01", "初中"},
		{"town", "2000-01-01", "中专"},
		{"a", "2000-01-01", "本科"},
	} {
		id := c.add(x[0], "person", "birth_date", x[1], "education", x[2])
		c.add(x[0], "reserve", "person", id, "listed_on", "2026-05-01", "state", "培养中")
		c.add(x[0], "reserve", "person", id, "listed_on", "2026-05-01", "state", "已任用")
		c.add(x[0], "reserve", "person", id, "listed_on", "2026-07-01", "state", "培养中")
	}
	c.want("F21", windowFirst, onTheDay, map[string]int64{"secretaries": 2, "reserves": 2})
}

func TestPromotions(t *testing.T) {
	c := countedCounty(t, "a")
	c.unit("street", "domain", "社区")
	c.add("a", "person", "id", "甲")
	c.add("a", "person", "id", "乙")
	c.add("street", "person", "id", "丙")
	for _, x := range [][]string{
		{"a", "甲", "党组织", "书记", "left_for", "公务员"},
		{"a", "甲", "村民委员会", "主任", "left_for", "公务员"},
		{"a", "乙", "村民委员会", "主任", "left_for", "乡镇领导"},
		{"a", "乙", "党组织", "副书记", "left_for", "乡镇领导"}, // one cadre
		{"a", "乙", "村民委员会", "委员", "left_for", "公务员"},
		{"a", "甲", "党组织", "委员", "left_for", "乡镇领导", "ended_on", "2023-06-30"},
		{"street", "丙", "党组织", "书记", "left_for", "公务员"},
	} {
		c.position(x[0], x[1], x[2], x[3], append([]string{"ended_on", windowFirst}, x[4:]...)...)
	}
	c.want("F22", windowFirst, onTheDay, map[string]int64{"civil_servants": 1, "township_leaders": 1})
}

func TestAdmissionFigures(t *testing.T) {
	c := countedCounty(t, "a")
	for i, x := range [][]string{
		{"1", "私营业主", windowFirst}, {"1", "经济能人", onTheDay}, {"0", "私营业主", onTheDay}, {"1", "私营业主", "2026-07-01"}, {"1", "私营业主", ""},
	} {
		id := c.add("a", "person", "both_leader", x[0])
		c.add("a", "admission", "person", id, "source", x[1], "approved_on", x[2], "applied_on", "2023-01-01", "note", string('A'+rune(i)))
	}
	c.want("F24", windowFirst, onTheDay, map[string]int64{"admitted": 3, "both_leader": 2, "private_owner": 1})
}

// The village spoken of is the largest that is a branch.
func TestLargestBranch(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.unit("general", "kind", "党总支")
	for _, x := range [][]string{{"a", "甲"}, {"b", "乙"}, {"b", "丙"}, {"general", "丁"}, {"general", "戊"}, {"general", "己"}} {
		c.member(x[0], x[1], "able_bodied", map[bool]string{true: "1", false: "0"}[x[1] == "乙"])
	}
	for range 2 {
		c.add("b", "undertaking", "owner", "乙", "kind", "致富工程", "industry", "种植", "started_on", "2024-01-01")
		c.add("b", "undertaking", "owner", "丙", "kind", "致富工程", "industry", "种植", "started_on", "2024-01-01")
	}
	c.want("F29", windowFirst, onTheDay, map[string]int64{"members": 2, "not_able": 1, "with_projects": 1})
}

func TestMeetingFigures(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	c.member("a", "乙")
	c.add("a", "activity", "kind", "现场会", "held_on", onTheDay, "guests", "2")
	c.add("a", "activity", "kind", "现场会", "held_on", "2023-06-30", "guests", "20")
	c.add("a", "activity", "kind", "联席例会", "held_on", onTheDay)
	for i, x := range [][]string{
		{"kind", "现场会", "held_on", onTheDay, "attendance", "甲=到会;乙=无故缺席", "guests", "3"},
		{"kind", "联席例会", "held_on", onTheDay},
		{"kind", "其他", "counts_as", "联席例会", "held_on", "2025-07-01"},
		{"kind", "联席例会", "held_on", "2025-06-30"},
		{"kind", "联席例会", "held_on", onTheDay, "kept_as", "参加或接受"},
	} {
		c.add(c.home, "activity", append(x, "title", string('A'+rune(i)))...)
	}
	c.want("F30", windowFirst, onTheDay, map[string]int64{"heads": 4})
	c.want("F38", windowFirst, onTheDay, map[string]int64{"meetings": 2})
}
