package count_test

import (
	"testing"

	"taizhang/store/internal/storetest"
)

const (
	yearFirst = "2026-01-01"
	onTheDay  = "2026-06-30"
)

func TestGoalsDue(t *testing.T) {
	c := countedCounty(t, "a")
	for _, g := range [][]string{
		{"due_on", "2026-06-30", "state", "已完成", "finished_on", "2026-06-30"},
		{"due_on", "2025-12-31", "state", "已完成", "finished_on", "2026-07-01"}, // after the day
		{"due_on", "2026-03-31", "state", "未完成"},
		{"due_on", "2026-07-01", "state", "已完成", "finished_on", "2026-02-01"}, // not due yet
		{"due_on", "2026-03-31", "state", "未完成", "deleted", "2026-04-01T00:00:00Z"},
	} {
		c.add("a", "goal", g...)
	}
	c.want("B01", yearFirst, onTheDay, map[string]int64{"due": 3, "done": 1})
}

// The county's own organisation has to meet twice; of the villages only what they
// held themselves counts at the county.
func TestJointMeetings(t *testing.T) {
	c := countedCounty(t, "a")
	c.add("a", "activity", "kind", "联席例会", "held_on", "2026-03-01", "kept_as", "参加或接受")
	c.add("a", "activity", "kind", "联席例会", "held_on", "2026-03-02")
	c.add(c.home, "activity", "kind", "联席例会", "title", "甲", "held_on", "2026-03-01")
	c.want("B02", yearFirst, onTheDay, map[string]int64{"meetings": 2, "asked": 1})
	c.add(c.home, "activity", "kind", "现场会", "title", "乙", "counts_as", "联席例会;现场观摩", "held_on", "2026-06-30")
	c.add(c.home, "activity", "kind", "联席例会", "title", "丙", "held_on", "2026-07-01")
	c.want("B02", yearFirst, onTheDay, map[string]int64{"meetings": 3, "asked": 1, "met": 1})

	v := countedVillage(t)
	v.add(v.home, "activity", "kind", "联席例会", "title", "甲", "held_on", "2026-03-01", "kept_as", "参加或接受")
	v.add(v.home, "activity", "kind", "联席例会", "title", "乙", "held_on", "2026-03-02")
	v.want("B02", yearFirst, onTheDay, map[string]int64{"meetings": 2, "received": 1})
}

// A quarter with a group founded in its second month and a committee elected in the
// second.
func TestMeetings(t *testing.T) {
	c := countedVillage(t)
	people := []string{c.member(c.home, "甲"), c.member(c.home, "乙"), c.member(c.home, "丙")}
	for i, post := range []string{"书记", "组织委员", "委员"} {
		c.position(c.home, people[i], "党组织", post, "started_on", "2026-02-01")
	}
	c.position(c.home, people[0], "党组织", "宣传委员", "started_on", "2025-01-01") // one person, two offices
	c.position(c.home, people[1], "党组织", "第一书记", "started_on", "2025-01-01") // no office of the committee
	group := c.add(c.home, "organization", "code", "990101001G1", "name", "一组", "kind", "党小组", "domain", "行政村",
		"parent", c.home, "founded_on", "2026-02-10")
	for i, a := range [][]string{
		{"kind", "支部党员大会", "counts_as", "党课;支部党员大会", "held_on", "2026-01-10"},
		{"kind", "支部党员大会", "held_on", "2026-03-31"},
		{"kind", "主题党日", "held_on", "2026-01-05"},
		{"kind", "主题党日", "held_on", "2026-01-06"},
		{"kind", "志愿服务", "counts_as", "主题党日", "held_on", "2026-02-05"},
		{"kind", "主题党日", "held_on", "2026-03-05", "kept_as", "参加或接受"}, // held elsewhere
		{"kind", "支部委员会", "held_on", "2026-01-08"},                    // before there was a committee
		{"kind", "支部委员会", "held_on", "2026-03-08"},
		{"kind", "党小组会", "held_on", "2026-02-20", "held_by", group}, // not required yet
		{"kind", "党小组会", "held_on", "2026-03-20", "held_by", group},
		{"kind", "党小组会", "held_on", "2026-03-21", "held_by", c.home},
		{"kind", "主题党日", "held_on", "2025-12-31"},
	} {
		c.add(c.home, "activity", append(a, "title", string('A'+rune(i)))...)
	}
	c.want("B03", yearFirst, "2026-03-31", map[string]int64{
		"general_held": 2, "general_required": 1, "general_met": 1,
		"lecture_held": 1, "lecture_required": 1, "lecture_met": 1,
		"theme_held": 4, "theme_required": 3, "theme_met": 2,
		"committee_held": 2, "committee_required": 2, "committee_met": 1,
		"group_held": 3, "group_required": 1, "group_met": 1})
	// A day before the quarter ends only what was required in whole months.
	c.want("B03", yearFirst, "2026-03-30", map[string]int64{
		"general_held": 1, "lecture_held": 1,
		"theme_held": 4, "theme_required": 2, "theme_met": 2,
		"committee_held": 2, "committee_required": 1, "group_held": 3})
}

func TestMeetingsAreAskedOfThoseWithMembers(t *testing.T) {
	c := countedCounty(t, "a", "b")
	c.member("a", "甲")
	c.unit("c", "abolished_on", "2026-02-15")
	c.member("c", "乙")
	c.unit("d", "founded_on", "2026-02-01")
	c.member("d", "丙")
	c.add("d", "activity", "kind", "主题党日", "title", "甲", "held_on", "2026-03-01")
	c.want("B03", yearFirst, "2026-03-31", map[string]int64{"general_required": 1, "lecture_required": 1,
		"theme_required": 3 + 1 + 2, "theme_held": 1, "theme_met": 1})
}

func TestLinkages(t *testing.T) {
	c := countedCounty(t, "a", "b")
	for _, x := range [][]string{
		{"a", "name", "王一", "unit", "县财政局"},
		{"b", "name", "王一", "unit", "县财政局"}, // the same head
		{"b", "name", "王一", "unit", "县水利局"}, // another of that name
		{"b", "name", "王一"},
		{"a", "name", "李二", "ended_on", onTheDay},
		{"a", "name", "赵三", "ended_on", "2026-07-01"},
		{"a", "name", "钱四", "started_on", "2026-07-01"},
		{"a", "name", "孙五", "kept_as", "参加或接受"},
		{"a", "name", "周六", "deleted", "2026-05-01T00:00:00Z"},
	} {
		c.add(x[0], "linkage", append([]string{"role", "机关部门", "started_on", "2025-01-01"}, x[1:]...)...)
	}
	leader := c.add("a", "linkage", "role", "市领导", "name", "王一", "unit", "县财政局", "started_on", onTheDay)
	c.add("a", "visit", "kind", "结对走访", "linkage", leader, "happened_on", onTheDay)
	c.add("a", "visit", "kind", "挂联走访", "happened_on", yearFirst)
	c.add("a", "visit", "kind", "入户走访", "happened_on", "2026-02-01")
	c.add("a", "visit", "kind", "挂联走访", "happened_on", "2025-12-31")
	c.want("B04", yearFirst, onTheDay, map[string]int64{"open 机关部门": 5, "heads 机关部门": 4, "open 市领导": 1, "heads 市领导": 1, "visits": 2})
}

func TestAid(t *testing.T) {
	rows := [][]string{
		{"kind", "活动经费", "amount", "100000", "given_on", yearFirst},
		{"kind", "活动经费", "amount", "50000", "given_on", "2026-07-01"},
		{"kind", "办实事资金", "amount", "700000", "given_on", onTheDay},
		{"kind", "办实事资金", "amount", "30000", "given_on", onTheDay, "kept_as", "参加或接受"},
		{"kind", "物资", "given_on", "2026-02-01"},
		{"kind", "养老保险补助", "amount", "9", "given_on", "2026-02-01"},
	}
	c, v := countedCounty(t, "a"), countedVillage(t)
	for i, r := range rows {
		r = append(r, "title", string('A'+rune(i)), "provider", "县财政局")
		c.add("a", "aid", r...)
		v.add(v.home, "aid", append(r, "target_code", storetest.Village.Code)...)
	}
	c.want("B05", yearFirst, onTheDay, map[string]int64{"activity_money": 100000, "project_money": 700000, "money": 800009, "items": 4})
	v.want("B05", yearFirst, onTheDay, map[string]int64{"activity_money": 100000, "project_money": 730000, "money": 830009, "received_money": 30000, "items": 5})
}

func TestVillagePairings(t *testing.T) {
	c := countedCounty(t, "a", "b")
	for _, x := range [][]string{
		{"a", "kind", "部门帮村", "helper_unit", "县财政局", "target_code", "1", "in_poverty", "1"},
		{"b", "kind", "部门帮村", "helper_unit", "县财政局", "target_code", "2"}, // one helper of two villages
		{"a", "kind", "企业帮村", "helper_unit", "澄安灯具厂", "target_code", "1", "in_poverty", "1",
			"lifted_on", "2026-06-01", "ended_on", onTheDay, "end_reason", "已脱贫"}, // over on the day; village 1 is lifted
		{"b", "kind", "企业帮村", "helper_unit", "澄安箱包厂", "target_code", "2", "in_poverty", "1", "lifted_on", "2026-07-01"},
		{"b", "kind", "企业帮村", "helper_unit", "甲", "target_code", "2", "kept_as", "参加或接受"},
		{"b", "kind", "企业帮村", "helper_unit", "乙", "target_code", "3", "in_poverty", "1", "started_on", "2026-07-01"},
		{"b", "kind", "党员帮群众", "helper_name", "丙", "helped_name", "丁", "in_poverty", "1"},
	} {
		c.add(x[0], "pairing", append([]string{"started_on", "2025-01-01"}, x[1:]...)...)
	}
	c.want("B06", yearFirst, onTheDay, map[string]int64{"open 部门帮村": 2, "helpers 部门帮村": 1, "open 企业帮村": 1, "helpers 企业帮村": 1,
		"in_poverty": 2, "lifted": 1})
}

func TestMemberPairings(t *testing.T) {
	c := countedCounty(t, "a", "b")
	helper, helped, other := c.member("a", "甲"), c.member("a", "乙", "hardship", "1"), c.member("a", "丙", "hardship", "1")
	for _, x := range [][]string{
		{"a", "kind", "党员帮党员", "helper", helper, "helped", helped},
		{"a", "kind", "党员帮党员", "helper", helper, "helped", other},
		{"a", "kind", "党员帮群众", "helper", helper, "helped_name", "丁"},
		{"a", "kind", "党员帮群众", "helper_name", "戊", "helped_name", "丁"}, // the same helped
		{"b", "kind", "党员帮群众", "helper_name", "戊", "helped_name", "丁"}, // others of these names
		{"b", "kind", "党员帮群众", "helper_name", "己", "helped_name", "庚", "ended_on", onTheDay},
		{"b", "kind", "部门帮村", "helper_unit", "辛", "target_code", "1"},
	} {
		c.add(x[0], "pairing", append([]string{"started_on", "2025-01-01"}, x[1:]...)...)
	}
	c.want("B07", yearFirst, onTheDay, map[string]int64{"pairs 党员帮党员": 2, "pairs 党员帮群众": 3, "helpers": 3, "helped": 4})
	c.want("F12", yearFirst, onTheDay, map[string]int64{"helpers": 1, "helped": 2})
}

func TestAssessments(t *testing.T) {
	c := countedCounty(t, "a")
	full := []string{"leadership", "16", "team", "16", "mechanism", "16", "results", "16", "satisfaction", "16"}
	for _, x := range [][]string{
		append([]string{"year", "2026", "level", "自评"}, full...),
		append([]string{"year", "2026", "level", "命名", "vetoes", "计生"}, full...), // not after 2021
		append([]string{"year", "2026", "level", "命名", "vetoes", "计生;信访"}, full...),
		{"year", "2026", "level", "自评", "leadership", "20", "team", "20", "mechanism", "20", "results", "19"},
		{"year", "2026", "level", "公示"},
		append([]string{"year", "2025", "level", "自评"}, full...),
		append([]string{"year", "2026", "level", "自评", "held_on", "2026-07-01"}, full...),
	} {
		c.add("a", "assessment", append(x, "target_code", "1")...)
	}
	c.want("B08", yearFirst, onTheDay, map[string]int64{"assessed 自评": 2, "passed 自评": 1, "assessed 命名": 2, "passed 命名": 1,
		"vetoed 命名": 1, "assessed 公示": 1})
}

func TestFieldMeetings(t *testing.T) {
	c := countedCounty(t, "a")
	c.member("a", "甲")
	c.member("a", "乙")
	c.add("a", "activity", "kind", "现场观摩", "held_on", "2026-02-01", "attendance", "甲=到会;乙=无故缺席", "guests", "9")
	c.add("a", "activity", "kind", "现场观摩", "held_on", "2026-02-02", "attendance", "甲=到会", "kept_as", "参加或接受")
	c.add("a", "activity", "kind", "主题党日", "counts_as", "现场会", "held_on", "2026-02-02", "attendance", "甲=到会")
	c.add("a", "activity", "kind", "现场会", "held_on", "2026-07-01", "attendance", "甲=到会")
	c.add(c.home, "activity", "kind", "现场会", "title", "甲", "held_on", onTheDay, "attendance", "甲=到会;乙=到会")
	c.want("B09", yearFirst, onTheDay, map[string]int64{"meetings 现场观摩": 1, "attendances 现场观摩": 1, "meetings 现场会": 1, "attendances 现场会": 2})
}

func TestWeak(t *testing.T) {
	c := countedCounty(t, "a")
	for id, x := range map[string][]string{
		"since the day": {"weak", "经济薄弱", "weak_since", onTheDay},
		"later":         {"weak", "经济薄弱", "weak_since", "2026-07-01"},
		"until the day": {"weak", "软弱涣散", "weak_since", "2024-01-01", "weak_until", onTheDay},
		"until later":   {"weak", "软弱涣散", "weak_until", "2026-07-01"},
		"last year":     {"weak", "软弱涣散", "weak_until", "2025-12-31"},
		"abolished":     {"weak", "经济薄弱", "abolished_on", onTheDay},
		"group":         {"weak", "经济薄弱", "kind", "党小组"},
	} {
		c.unit(id, x...)
	}
	c.want("B10", yearFirst, onTheDay, map[string]int64{"weak 经济薄弱": 1, "weak 软弱涣散": 1, "lifted": 1})
}

func TestRegulations(t *testing.T) {
	c := countedCounty(t, "a")
	for _, x := range [][]string{
		{"category", "三会一课", "adopted_on", onTheDay, "state", "现行"},
		{"category", "三会一课", "adopted_on", "2019-01-01", "state", "现行"},
		{"category", "党费管理", "adopted_on", "2026-07-01", "state", "现行"},
		{"category", "党费管理", "adopted_on", "2019-01-01", "state", "废止"},
	} {
		c.add("a", "regulation", x...)
	}
	c.add("a", "panel", "kind", "联席会议", "started_on", onTheDay)
	c.add("a", "panel", "kind", "联席会议", "started_on", "2024-01-01", "ended_on", onTheDay)
	c.add("a", "panel", "kind", "其他", "started_on", "2026-07-01")
	c.add(c.home, "panel", "kind", "三级联创领导小组", "lead", "县委", "started_on", "2023-07-20")
	for _, day := range []string{"2025-12-31", yearFirst, onTheDay, "2026-07-01"} {
		c.add("a", "circular", "direction", "收文", "happened_on", day)
	}
	c.want("B11", yearFirst, onTheDay, map[string]int64{"regulations 三会一课": 2, "panels 联席会议": 1, "panels 三级联创领导小组": 1, "circulars": 2})
}
