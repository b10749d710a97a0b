package party_test

import "strconv"

func itoa(n int) string { return strconv.Itoa(n) }

// heldOn is an activity of the home organisation.
func heldOn(kind, day string, pairs ...string) row {
	return append(row{"activity", kind + day, "kind", kind, "title", kind, "held_by", "home", "held_on", day}, pairs...)
}

var dueCommittee = []row{
	{"position", "b1", "person", "p1", "body", "党组织", "post", "书记", "started_on", "2021-01-01"},
	{"position", "b2", "person", "p2", "body", "党组织", "post", "组织委员", "started_on", "2021-01-01"},
	{"position", "b3", "person", "p3", "body", "党组织", "post", "宣传委员", "started_on", "2021-01-01"},
}

func andRows(rows []row, more ...row) []row { return append(append([]row{}, more...), rows...) }

var dueGroup = row{"organization", "g1", "code", "990101101201", "name", "第一党小组", "kind", "党小组", "domain", "行政村", "parent", "home"}

var meetingDueTests = []dueTest{
	{code: "R-ORG-01", what: "a quarter ends", rows: []row{ledgerFrom("2025-09"), dueMember(), heldOn("支部党员大会", "2025-12-12")},
		days: [][2]string{{"2026-03-15", ""}, {"2026-03-16", "将到期"}, {"2026-03-31", "将到期"}, {"2026-04-01", "已超期"}, {"2026-06-14", "已超期"}, {"2026-06-15", "已超期 将到期"}}},
	{code: "R-ORG-01", what: "held", rows: []row{ledgerFrom("2025-09"), dueMember(), heldOn("支部党员大会", "2025-12-12"), heldOn("支部党员大会", "2026-03-31")}, days: [][2]string{{"2026-03-31", ""}, {"2026-04-01", ""}}},
	{code: "R-ORG-01", what: "another meeting counts as one", rows: []row{ledgerFrom("2025-09"), dueMember(), heldOn("支部党员大会", "2025-12-12"), heldOn("选举大会", "2026-01-22", "counts_as", "支部党员大会;主题党日")}, days: [][2]string{{"2026-03-31", ""}, {"2026-04-01", ""}}},
	{code: "R-ORG-01", what: "one of the county does not", rows: []row{ledgerFrom("2025-09"), dueMember(), heldOn("支部党员大会", "2025-12-12"), heldOn("支部党员大会", "2026-01-22", "kept_as", "参加或接受")}, days: [][2]string{{"2026-03-31", "将到期"}}},
	{code: "R-ORG-01", what: "the ledger began in the quarter", rows: []row{ledgerFrom("2026-01"), dueMember()}, days: [][2]string{{"2026-03-31", "提示"}, {"2026-04-01", ""}, {"2026-06-15", "将到期"}}},
	{code: "R-ORG-01", what: "held in the quarter in which the ledger began", rows: []row{ledgerFrom("2026-01"), dueMember(), heldOn("支部党员大会", "2026-02-12")}, days: [][2]string{{"2026-03-31", ""}}},
	{code: "R-ORG-01", what: "earlier quarters of the year", rows: []row{ledgerFrom("2025-12"), dueMember()}, days: [][2]string{{"2026-07-01", "已超期 提示"}, {"2027-01-01", "已超期"}, {"2027-04-01", "已超期"}}},
	{code: "R-ORG-01", what: "minutes reach further back than the ledger", rows: []row{ledgerFrom("2026-03"), dueMember(), heldOn("支部党员大会", "2025-12-12")}, days: [][2]string{{"2026-03-31", "将到期"}}},
	{code: "R-ORG-01", what: "nobody is a member", rows: []row{ledgerFrom("2025-09"), heldOn("支部党员大会", "2025-12-12")}, days: [][2]string{{"2026-03-31", ""}}},

	{code: "R-ORG-02", what: "a month ends", rows: andRows(dueCommittee, ledgerFrom("2025-11"), dueMember()),
		days: [][2]string{{"2025-12-19", ""}, {"2025-12-20", "将到期"}, {"2025-12-31", "将到期"}, {"2026-01-01", "已超期"}, {"2026-01-19", "已超期"}, {"2026-01-20", "已超期 将到期"}}},
	{code: "R-ORG-02", what: "held", rows: andRows(dueCommittee, ledgerFrom("2025-11"), dueMember(), heldOn("支部委员会", "2026-02-28"), heldOn("支部委员会", "2026-01-31")), days: [][2]string{{"2026-02-28", ""}, {"2026-03-01", ""}}},
	{code: "R-ORG-02", what: "two are no committee", rows: andRows(dueCommittee[:2], ledgerFrom("2025-11"), dueMember()), days: [][2]string{{"2025-12-31", ""}}},

	{code: "R-ORG-03", what: "each group", rows: []row{ledgerFrom("2025-11"), dueMember(), dueGroup, {"organization", "g2", "code", "990101101202", "name", "第二党小组", "kind", "党小组", "domain", "行政村", "parent", "home"},
		{"activity", "x1", "kind", "党小组会", "title", "学习", "held_by", "g2", "held_on", "2025-12-10"}},
		days: [][2]string{{"2025-12-19", ""}, {"2025-12-20", "将到期"}, {"2026-01-01", "已超期"}}},
	{code: "R-ORG-03", what: "founded in the month", rows: []row{ledgerFrom("2025-11"), dueMember(), append(dueGroup, "founded_on", "2025-12-02")}, days: [][2]string{{"2025-12-31", ""}, {"2026-01-19", ""}, {"2026-01-20", "将到期"}}},
	{code: "R-ORG-03", what: "dissolved", rows: []row{ledgerFrom("2025-11"), dueMember(), append(dueGroup, "abolished_on", "2025-12-15")}, days: [][2]string{{"2025-12-31", ""}, {"2026-01-01", ""}}},

	{code: "R-ORG-04", what: "a month of 28 days", rows: []row{ledgerFrom("2025-11"), dueMember(), heldOn("主题党日", "2026-01-15")},
		days: [][2]string{{"2026-02-19", ""}, {"2026-02-20", "将到期"}, {"2026-02-28", "将到期"}, {"2026-03-01", "已超期"}}},
	{code: "R-ORG-04", what: "counts as one", rows: []row{ledgerFrom("2025-11"), dueMember(), heldOn("主题党日", "2026-01-15"), heldOn("志愿服务", "2026-02-15", "counts_as", "主题党日")}, days: [][2]string{{"2026-02-28", ""}}},
	{code: "R-ORG-04", what: "one to come does not count yet", rows: []row{ledgerFrom("2025-11"), dueMember(), heldOn("主题党日", "2026-01-15"), heldOn("主题党日", "2026-02-25")}, days: [][2]string{{"2026-02-24", "将到期"}, {"2026-02-25", ""}}},

	{code: "R-ORG-05", what: "every quarter", rows: []row{ledgerFrom("2025-09"), dueMember(), heldOn("党课", "2025-12-12")}, days: [][2]string{{"2026-03-15", ""}, {"2026-03-16", "将到期"}, {"2026-04-01", "已超期"}}},
	{code: "R-ORG-05", what: "held", rows: []row{ledgerFrom("2025-09"), dueMember(), heldOn("党课", "2025-12-12"), heldOn("党课", "2026-03-01")}, days: [][2]string{{"2026-03-31", ""}, {"2026-04-01", ""}}},
	{code: "R-ORG-05", what: "once a year, where the county says so", params: map[string]string{"meeting.lecture.year": "1"}, rows: []row{ledgerFrom("2025-09"), dueMember()},
		days: [][2]string{{"2026-03-31", ""}, {"2026-10-31", ""}, {"2026-11-01", "将到期"}}},
}

var yearDueTests = []dueTest{
	{code: "R-ORG-06", what: "from 1 November", rows: []row{ledgerFrom("2025-11"), dueMember(), heldOn("组织生活会", "2025-12-19")}, days: [][2]string{{"2026-01-31", ""}, {"2026-10-31", ""}, {"2026-11-01", "将到期"}, {"2026-12-31", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-ORG-06", what: "held", rows: []row{ledgerFrom("2025-11"), dueMember(), heldOn("组织生活会", "2026-03-19")}, days: [][2]string{{"2026-11-01", ""}}},
	{code: "R-ORG-06", what: "a ledger begun in June", rows: []row{ledgerFrom("2026-06"), dueMember()}, days: [][2]string{{"2026-11-01", "将到期"}}},
	{code: "R-ORG-06", what: "a ledger begun in November", rows: []row{ledgerFrom("2026-10"), dueMember()}, days: [][2]string{{"2026-11-03", "将到期"}, {"2026-12-31", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-ORG-07", what: "from 1 December", rows: []row{ledgerFrom("2025-11"), dueMember()}, days: [][2]string{{"2026-11-30", ""}, {"2026-12-01", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-ORG-07", what: "a ledger begun in November", rows: []row{ledgerFrom("2026-10"), dueMember()}, days: [][2]string{{"2026-11-30", ""}, {"2026-12-01", "将到期"}}},
	{code: "R-ORG-07", what: "grades on file", rows: []row{ledgerFrom("2025-11"), dueMember(), {"appraisal", "e1", "person", "p1", "year", "2026", "grade", "合格"}}, days: [][2]string{{"2026-12-01", ""}}},
	{code: "R-ORG-08", what: "from 1 October", rows: []row{ledgerFrom("2025-11"), dueMember()}, days: [][2]string{{"2026-01-31", ""}, {"2026-09-30", ""}, {"2026-10-01", "将到期"}, {"2026-12-31", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-ORG-08", what: "last year's does not count", rows: []row{ledgerFrom("2025-05"), dueMember(), talkOn("2025-12-31", "p1", "p2")}, days: [][2]string{{"2026-10-01", "将到期"}}},
	{code: "R-ORG-08", what: "talked with", rows: []row{ledgerFrom("2025-11"), dueMember(), talkOn("2026-01-01", "p1", "p2")}, days: [][2]string{{"2026-10-01", ""}}},
	{code: "R-ORG-08", what: "talking with others is talking", rows: []row{ledgerFrom("2025-11"), dueMember(), talkOn("2026-10-01", "p2", "p1")}, days: [][2]string{{"2026-10-01", ""}}},
	{code: "R-ORG-08", what: "a ledger begun in November", rows: []row{ledgerFrom("2026-10"), dueMember()}, days: [][2]string{{"2026-10-31", ""}, {"2026-11-03", "将到期"}}},
	{code: "R-ORG-08", what: "talks reach further back", rows: []row{ledgerFrom("2026-10"), dueMember(), talkOn("2026-06-30", "p2", "p3")}, days: [][2]string{{"2026-10-31", "将到期"}}},

	{code: "R-LATER-01", what: "a talk's gist is open", rows: []row{dueMember(), append(talkOn("2026-10-01", "p1", "p2"), "content", "待填")}, days: [][2]string{{"2026-10-01", "提示"}}},
	{code: "R-LATER-01", what: "it is written", rows: []row{dueMember(), append(talkOn("2026-10-01", "p1", "p2"), "content", "谈了近况")}, days: [][2]string{{"2026-10-01", ""}}},
	{code: "R-LATER-02", what: "a call's account is open", rows: []row{{"visit", "v1", "happened_on", "2026-10-01", "kind", "入户走访", "visited_by", "李四", "content", "待填"}}, days: [][2]string{{"2026-10-01", "提示"}}},
	{code: "R-LATER-02", what: "nothing was to be told", rows: []row{{"visit", "v1", "happened_on", "2026-10-01", "kind", "入户走访", "visited_by", "李四"}}, days: [][2]string{{"2026-10-01", ""}}},

	{code: "R-JNT-01", what: "not of a village", rows: []row{dueMember()}, days: [][2]string{{"2026-12-31", ""}}},
	{code: "R-JNT-01", what: "of the county", home: []string{"kind", "党委", "domain", "机关"}, days: [][2]string{{"2026-05-31", ""}, {"2026-06-01", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-JNT-01", what: "the first is held", home: []string{"kind", "党委", "domain", "机关"}, rows: []row{heldOn("联席例会", "2026-03-20")}, days: [][2]string{{"2026-06-01", ""}, {"2026-10-31", ""}, {"2026-11-01", "将到期"}}},
	{code: "R-JNT-01", what: "both are held", home: []string{"kind", "党委", "domain", "机关"}, rows: []row{heldOn("联席例会", "2026-03-20"), heldOn("联席例会", "2026-11-20")}, days: [][2]string{{"2026-11-19", "将到期"}, {"2026-11-20", ""}}},
	{code: "R-JNT-01", what: "of a village, where the profile names it", params: map[string]string{"joint.village": "1"}, rows: []row{dueMember()}, days: [][2]string{{"2026-06-01", "将到期"}}},
	{code: "R-JNT-01", what: "of a township, where the profile names it", params: map[string]string{"joint.township": "1"}, home: []string{"kind", "党委", "domain", "乡镇"}, days: [][2]string{{"2026-06-01", "将到期"}}},
}

func talkOn(day, person, talker string) row {
	return row{"talk", "k" + day, "held_on", day, "person", person, "talker", talker}
}
