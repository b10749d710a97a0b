package count_test

import "testing"

// At the county a village's note of a course that the county held does not count, a
// village shows it apart.
func TestTrainings(t *testing.T) {
	c, v := countedCounty(t, "a"), countedVillage(t)
	c.member("a", "甲")
	c.member("a", "乙")
	c.member("a", "丙", "deleted", "2026-05-01T00:00:00Z")
	c.position("a", "甲", "党组织", "书记")
	c.position("a", "甲", "村民委员会", "主任")
	c.position("a", "乙", "村民委员会", "主任", "ended_on", onTheDay)
	for _, x := range [][]string{
		{"started_on", yearFirst, "attendance", "甲=参加;乙=缺席;丙=结业", "guests", "10"},
		{"started_on", onTheDay, "attendance", "甲=结业;乙=参加"},
		{"started_on", "2026-05-01"},
		{"started_on", "2026-05-02", "guests", "30", "kept_as", "参加或接受"},
		{"started_on", "2026-07-01", "attendance", "甲=参加"},
	} {
		c.add("a", "training", x...)
	}
	c.want("C01", yearFirst, onTheDay, map[string]int64{"sessions": 3, "attendances": 2 + 10 + 2, "persons": 2, "secretaries": 1, "directors": 1})
	c.want("F13", "2026-05-01", onTheDay, map[string]int64{"sessions": 2, "attendances": 2})

	own := v.add(v.home, "person", "name", "甲")
	v.add(v.home, "training", "title", "甲", "topic", "其他", "method", "集中培训", "organizer", "县委", "started_on", "2026-05-02",
		"attendance", own+"=参加", "guests", "30", "kept_as", "参加或接受")
	v.want("C01", yearFirst, onTheDay, map[string]int64{"sessions": 1, "received": 1, "attendances": 31, "persons": 1})
}

// Courses of the organisation department are counted apart, and those given by film.
func TestTrainingsBySort(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	for _, x := range [][]string{
		{"started_on", yearFirst, "organizer_kind", "组织部门", "method", "集中培训", "attendance", "甲=参加", "guests", "10"},
		{"started_on", onTheDay, "organizer_kind", "组织部门", "method", "电化教育", "attendance", "甲=缺席", "guests", "3"},
		{"started_on", onTheDay, "organizer_kind", "乡镇", "method", "电化教育", "attendance", "甲=结业"},
		{"started_on", "2025-12-31", "organizer_kind", "组织部门", "method", "电化教育", "guests", "100"},
		{"started_on", onTheDay, "organizer_kind", "组织部门", "method", "电化教育", "guests", "100", "kept_as", "参加或接受"},
	} {
		c.add("a", "training", x...)
	}
	c.want("C01", yearFirst, onTheDay, map[string]int64{"sessions": 3, "attendances": 11 + 3 + 1, "persons": 1, "by_department": 2, "department_attendances": 11 + 3})
	c.add("a", "place", "kind", "党员活动室")
	c.add("a", "place", "kind", "党员活动室", "started_on", onTheDay)
	c.add("a", "place", "kind", "农校", "started_on", "2026-07-01")
	c.add("a", "place", "kind", "电教网点", "deleted", "2026-05-01T00:00:00Z")
	c.want("C06", yearFirst, onTheDay, map[string]int64{"places 党员活动室": 2, "sessions": 2, "attendances": 3 + 1})
}

// The county's own course is attended by persons of the villages.
func TestTrainingOfTheCounty(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.member("a", "甲")
	c.member("b", "乙")
	c.position("b", "乙", "党组织", "书记")
	c.add(c.home, "training", "title", "书记班", "topic", "其他", "method", "集中培训", "organizer", "县委", "started_on", "2026-05-02",
		"attendance", "甲=参加;乙=结业")
	c.want("C01", yearFirst, onTheDay, map[string]int64{"sessions": 1, "attendances": 2, "persons": 2, "secretaries": 1})
}

// skilledVillage has a committee of three with skills and undertakings.
func skilledVillage(t *testing.T) *counted {
	c := countedCounty(t, "a")
	c.unit("shop", "domain", "社区")
	for _, org := range []string{"a", "shop"} {
		for i, name := range []string{"甲", "乙", "丙", "丁"} {
			id := c.member(org, org+name, "able_bodied", []string{"1", "1", "0", "1"}[i], "tech_household", []string{"1", "1", "0", "0"}[i])
			if i < 3 {
				c.position(org, id, "党组织", []string{"书记", "委员", "委员"}[i])
			}
		}
		c.position(org, org+"甲", "村民委员会", "主任") // one person, two open offices
		c.add(org, "skill", "person", org+"甲", "technique", "嫁接", "mastery", "掌握")
		c.add(org, "skill", "person", org+"甲", "technique", "嫁接", "mastery", "熟练", "learned_on", onTheDay)
		c.add(org, "skill", "person", org+"乙", "technique", "养蜂", "mastery", "熟练", "learned_on", "2026-07-01")
		c.add(org, "skill", "person", org+"乙", "technique", "育苗", "mastery", "了解")
		c.add(org, "skill", "person", org+"丙", "technique", "育苗", "mastery", "熟练", "deleted", "2026-02-01T00:00:00Z")
		c.add(org, "undertaking", "owner", org+"甲", "kind", "致富工程", "industry", "种植", "started_on", "2020-01-01")
		c.add(org, "undertaking", "owner", org+"乙", "kind", "家庭农场", "industry", "养殖", "started_on", "2020-01-01", "ended_on", onTheDay)
		c.add(org, "undertaking", "owner", org+"丙", "kind", "家庭农场", "industry", "养殖", "started_on", onTheDay)
		c.add(org, "undertaking", "owner", org+"丁", "kind", "家庭农场", "industry", "养殖", "started_on", "2026-07-01")
	}
	return c
}

func TestSkillsAndProjects(t *testing.T) {
	c := skilledVillage(t)
	c.want("C02", yearFirst, onTheDay, map[string]int64{"committee": 6, "skilled": 2})
	c.want("C02", yearFirst, "2026-07-01", map[string]int64{"committee": 6, "skilled": 4})
	c.want("C03", yearFirst, onTheDay, map[string]int64{"cadres": 4, "with_project": 2})
	c.want("C03", yearFirst, "2026-06-29", map[string]int64{"cadres": 4, "with_project": 4})
	c.want("C04", yearFirst, onTheDay, map[string]int64{"committee": 3, "with_project": 2})
	c.want("C05", yearFirst, onTheDay, map[string]int64{"households": 4})
	c.add("a", "skill", "person", "a甲", "technique", "养蜂", "mastery", "掌握")
	c.want("C05", yearFirst, onTheDay, map[string]int64{"households": 4, "skilled": 1})
	c.want("F15", yearFirst, onTheDay, map[string]int64{"team": 3, "team_skilled": 1, "team_project": 2,
		"able": 6, "able_project": 2, "members": 8, "two_techniques": 1})
	c.want("C07", yearFirst, onTheDay, map[string]int64{"members": 6})
	c.add("a", "undertaking", "owner", "a甲", "kind", "家庭农场", "industry", "养殖", "started_on", onTheDay)
	c.add("a", "undertaking", "owner", "a丙", "kind", "家庭农场", "industry", "养殖", "started_on", onTheDay) // can't work
	c.want("C07", yearFirst, "2026-06-29", map[string]int64{"members": 6})
	c.want("C07", yearFirst, onTheDay, map[string]int64{"members": 6, "several": 1})
	c.want("C07", yearFirst, "2026-07-01", map[string]int64{"members": 6, "several": 1})
	c.want("F27", yearFirst, onTheDay, map[string]int64{"team": 3, "with_project": 2, "per_mille": 666})
}
