package count_test

import "testing"

func TestDemonstrations(t *testing.T) {
	c := countedCounty(t, "a")
	for _, x := range [][]string{
		{"kind", "双带党员示范户", "designated_on", onTheDay},
		{"kind", "双带党员示范户", "revoked_on", onTheDay}, // no longer in force on the day
		{"kind", "双带党员示范户", "revoked_on", "2026-07-01"},
		{"kind", "双带党员示范户", "designated_on", "2026-07-01"},
		{"kind", "双带党员示范户", "kept_as", "参加或接受"},
		{"kind", "非公企业示范党组织"},
	} {
		c.add("a", "demonstration", append([]string{"level", "市县", "designated_on", "2024-01-01"}, x...)...)
	}
	c.want("E01", yearFirst, onTheDay, map[string]int64{"in_force 双带党员示范户": 2, "in_force 非公企业示范党组织": 1})
	c.want("F32", yearFirst, onTheDay, map[string]int64{"households": 2, "enterprises": 1})
}

func TestTechnicians(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲", "able_person", "1", "tech_household", "1")
	c.member("a", "乙", "able_person", "1")
	c.member("a", "丙", "tech_household", "1")
	c.member("a", "丁")
	c.member("a", "戊", "able_person", "1", "standing", "转出", "left_on", "2026-01-02")
	c.add("a", "person", "id", "己", "able_person", "1")
	c.want("E02", yearFirst, onTheDay, map[string]int64{"members": 3, "able_person": 2, "tech_household": 2})
	c.want("F33", yearFirst, onTheDay, map[string]int64{"members": 2})
}

func TestSupplies(t *testing.T) {
	c := countedCounty(t, "a")
	for _, x := range [][]string{
		{"item", "VCD机", "quantity", "3", "value", "90000", "received_on", "2024-01-01"},
		{"item", "VCD机", "quantity", "2", "received_on", onTheDay, "state", "遗失"},
		{"item", "图书", "quantity", "5", "value", "700", "received_on", yearFirst},
		{"item", "其他", "quantity", "1", "value", "8", "received_on", yearFirst},
		{"item", "科技片", "quantity", "50", "received_on", "2026-07-01"},
		{"item", "科技片", "quantity", "60", "received_on", yearFirst, "kept_as", "参加或接受"},
	} {
		c.add("a", "supply", x...)
	}
	c.want("E03", yearFirst, onTheDay, map[string]int64{"quantity VCD机": 5, "value VCD机": 90000, "quantity 图书": 5, "value 图书": 700,
		"quantity 其他": 1, "value 其他": 8})
	c.want("F34", yearFirst, onTheDay, map[string]int64{"players": 2, "books": 5, "money": 700})
}

// A village shows apart what others gave it.
func TestHonors(t *testing.T) {
	v := countedVillage(t)
	for i, x := range [][]string{
		{"kind", "先进基层党组织", "level", "市县", "kept_as", "参加或接受"},
		{"kind", "优秀共产党员", "level", "村"},
		{"kind", "优秀共产党员", "level", "市县", "granted_on", "2025-12-31"},
		{"kind", "优秀共产党员", "level", "市县", "deleted", "是"},
	} {
		v.add(v.home, "honor", append([]string{"title", string('A' + rune(i)), "granted_by", "县委", "granted_on", onTheDay, "organization", v.home}, x...)...)
	}
	v.want("E04", yearFirst, onTheDay, map[string]int64{"by_kind 先进基层党组织": 1, "by_kind 优秀共产党员": 1,
		"by_level 市县": 1, "by_level 村": 1, "received": 1})
}

func TestPublicity(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.member("a", "甲")
	c.member("a", "乙")
	c.member("a", "丙", "deleted", "2026-05-01T00:00:00Z")
	for _, x := range [][]string{
		{"a", "media", "报纸", "level", "市县", "persons", "甲;乙", "organization", "a"},
		{"a", "media", "电台", "level", "地市", "persons", "甲;丙", "organization", "a"},
		{"a", "media", "事迹汇编", "level", "市县", "persons", "乙"},
		{"b", "media", "向上推荐", "level", "省", "persons", "甲", "organization", "b"},
		{"a", "media", "报纸", "level", "市县", "published_on", "2026-07-01"},
		{"a", "media", "报纸", "level", "市县", "kept_as", "参加或接受"},
	} {
		c.add(x[0], "publicity", append([]string{"published_on", onTheDay}, x[1:]...)...)
	}
	c.want("E05", yearFirst, onTheDay, map[string]int64{"by_media 报纸": 1, "by_media 电台": 1, "by_media 事迹汇编": 1, "by_media 向上推荐": 1,
		"by_level 市县": 2, "by_level 地市": 1, "by_level 省": 1, "persons": 2, "organizations": 2})
	c.want("F35", yearFirst, onTheDay, map[string]int64{"persons": 1})
	c.want("F36", yearFirst, onTheDay, map[string]int64{"persons": 1, "organizations": 1})
	c.want("F37", yearFirst, onTheDay, map[string]int64{"persons": 2, "organizations": 1})
}

func TestCampaigns(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	c.member("a", "乙")
	c.add("a", "activity", "kind", "主题实践活动", "campaign", "学党章", "held_on", onTheDay, "attendance", "甲=到会;乙=请假-公务")
	c.add("a", "activity", "kind", "志愿服务", "campaign", "学党章", "held_on", yearFirst, "attendance", "甲=到会;乙=到会")
	c.add("a", "activity", "kind", "主题实践活动", "held_on", onTheDay, "attendance", "甲=到会")
	c.add("a", "activity", "kind", "主题实践活动", "campaign", "访民情", "held_on", "2026-07-01")
	c.add("a", "activity", "kind", "主题实践活动", "campaign", "访民情", "held_on", onTheDay, "kept_as", "参加或接受")
	c.want("E06", yearFirst, onTheDay, map[string]int64{"activities 学党章": 2, "attendances 学党章": 3})
}
