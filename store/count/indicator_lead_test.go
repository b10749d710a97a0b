package count_test

import "testing"

// One secretary is of two bodies and is one head; the other is no member.
func TestBothLead(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "both_leader", "1")
	c.member("a", "乙", "both_leader", "1")
	c.member("a", "丙", "both_leader", "1", "standing", "去世", "left_on", "2026-03-01")
	c.add("a", "person", "id", "第一书记", "standing", "组织关系在外", "both_leader", "1")
	c.position("a", "甲", "党组织", "书记")
	c.position("a", "甲", "党组织", "书记", "started_on", "2026-01-01")
	c.position("a", "第一书记", "党组织", "书记", "started_on", onTheDay)
	c.position("a", "乙", "党组织", "书记", "ended_on", onTheDay)
	c.position("a", "乙", "党组织", "副书记")
	c.add("a", "undertaking", "owner", "甲", "kind", "致富工程", "industry", "种植", "started_on", onTheDay)
	c.want("D01", yearFirst, onTheDay, map[string]int64{"members": 2, "secretaries": 2, "both_leader": 2, "with_project": 1})
	c.want("F26", yearFirst, onTheDay, map[string]int64{"secretaries": 2, "both_leader": 2, "with_project": 1})
}

// An undertaking counts while its owner is a member or holds an office.
func TestUndertakings(t *testing.T) {
	c := countedCounty(t, "a")
	c.unit("shop", "domain", "社区")
	c.member("a", "甲")
	c.member("shop", "己")
	c.add("a", "person", "id", "会计")
	c.position("a", "会计", "村集体经济组织", "会计")
	c.add("a", "person", "id", "卸任")
	c.position("a", "卸任", "村集体经济组织", "会计", "ended_on", onTheDay)
	c.member("a", "删", "deleted", "2026-02-01T00:00:00Z")
	for _, x := range [][]string{
		{"a", "owner", "甲", "kind", "经济实体", "industry", "种植", "key_project", "1", "output", "50000", "employees", "3", "led_households", "7"},
		{"a", "owner", "甲", "kind", "致富工程", "industry", "种植", "output", "100"},
		{"a", "owner", "会计", "kind", "家庭农场", "industry", "电商", "employees", "2"},
		{"a", "owner", "卸任", "kind", "家庭农场", "industry", "电商"},
		{"a", "owner", "删", "kind", "家庭农场", "industry", "电商"},
		{"a", "owner", "甲", "kind", "家庭农场", "industry", "电商", "ended_on", onTheDay},
		{"shop", "owner", "己", "kind", "家庭农场", "industry", "商贸"},
	} {
		c.add(x[0], "undertaking", append([]string{"started_on", "2024-01-01"}, x[1:]...)...)
	}
	c.want("D02", yearFirst, onTheDay, map[string]int64{"all": 4, "key_projects": 1,
		"undertakings 种植": 2, "undertakings 电商": 1, "undertakings 商贸": 1,
		"output 种植": 50100, "employees 种植": 3, "employees 电商": 2, "households 种植": 7})
	c.want("F28", yearFirst, onTheDay, map[string]int64{"entities": 2})
}

func TestCultivations(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	const path, other = "村组干部培养成经济能人", "能人党员培养成村干部"
	for _, x := range [][]string{
		{"path", path, "state", "已成功", "achieved_on", yearFirst},
		{"path", other, "state", "已成功", "achieved_on", onTheDay},
		{"path", path, "state", "已成功", "achieved_on", "2026-07-01"}, // under way on the day
		{"path", path, "state", "已成功", "achieved_on", "2025-12-31"},
		{"path", path, "state", "培养中"},
		{"path", path, "state", "培养中", "started_on", "2026-07-01"},
		{"path", path, "state", "已终止"},
	} {
		c.add("a", "cultivation", append([]string{"person", "甲", "started_on", "2025-01-01"}, x...)...)
	}
	c.want("D03", yearFirst, onTheDay, map[string]int64{"achieved " + path: 1, "achieved " + other: 1, "under_way " + path: 2})
	c.want("F25", yearFirst, onTheDay, map[string]int64{"to_able": 1, "to_cadre": 1})
}
