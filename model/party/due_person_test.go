package party_test

var personDueTests = []dueTest{
	{code: "R-STS-01", what: "five months", rows: []row{dueMember("lost_since", "2025-09-30")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-03-29", "将到期"}, {"2026-03-30", ""}}},
	{code: "R-STS-02", what: "six months", rows: []row{dueMember("lost_since", "2025-08-31")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "已超期"}, {"2026-03-01", "已超期"}}},
	{code: "R-STS-03", what: "23 and 24 months", rows: []row{dueMember("standing", "停止党籍", "left_on", "2024-02-29")},
		days: [][2]string{{"2026-01-28", ""}, {"2026-01-29", "将到期"}, {"2026-02-27", "将到期"}, {"2026-02-28", "已超期"}, {"2026-03-01", "已超期"}}},
	{code: "R-STS-06", what: "fifty years on the coming 1 July", rows: []row{ledgerFrom("2020-01"), dueMember("joined_on", "1976-03-01", "confirmed_on", "1977-07-01")},
		days: [][2]string{{"2026-07-01", ""}, {"2026-07-02", "提示"}, {"2026-10-31", "提示"}, {"2027-07-01", "提示"}, {"2027-07-02", ""}}},
	{code: "R-STS-06", what: "fifty-five years without a medal, once more for a year", rows: []row{ledgerFrom("2020-01"), dueMember("joined_on", "1970-12-01", "confirmed_on", "1970-12-01")},
		days: [][2]string{{"2025-07-01", ""}, {"2025-07-02", "提示"}, {"2026-07-01", "提示"}, {"2026-07-02", ""}}},
	{code: "R-STS-06", what: "all beyond fifty in the year in which the book is begun", rows: []row{ledgerFrom("2026-02"), dueMember("joined_on", "1968-05-01", "confirmed_on", "1969-05-01")},
		days: [][2]string{{"2026-03-01", "提示"}, {"2026-07-01", "提示"}, {"2026-07-02", ""}}},
	{code: "R-STS-06", what: "a day later is the next year", rows: []row{dueMember("joined_on", "1976-03-01", "confirmed_on", "1977-07-02")},
		days: [][2]string{{"2027-07-01", ""}, {"2027-07-02", "提示"}}},
	{code: "R-STS-06", what: "no probation in those years", rows: []row{dueMember("joined_on", "1976-07-02", "confirmed_on", "")}, days: [][2]string{{"2026-07-01", ""}, {"2026-07-02", "提示"}, {"2027-07-01", "提示"}}},
	{code: "R-STS-06", what: "the medal is on file", rows: []row{dueMember("joined_on", "1976-03-01", "confirmed_on", "1977-07-01"),
		{"honor", "h1", "person", "p1", "title", "光荣在党50年", "kind", "光荣在党50年纪念章", "level", "国家", "granted_by", "中共中央", "granted_on", "2027-06-20"}}, days: [][2]string{{"2027-06-30", ""}}},

	{code: "R-TRF-03", what: "moved in, no group yet", rows: []row{dueMember(), {"person", "p2", "name", "李四", "sex", "男", "status", "正式党员", "standing", "在册", "party_group", "g1"},
		{"movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-01-31"}},
		days: [][2]string{{"2026-01-30", ""}, {"2026-01-31", "将到期"}, {"2026-03-02", "将到期"}, {"2026-03-03", "已超期"}}},
	{code: "R-TRF-03", what: "in a group", rows: []row{dueMember("party_group", "g1"), {"movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-01-31"}}, days: [][2]string{{"2026-03-03", ""}}},
	{code: "R-TRF-03", what: "nobody is kept by groups", rows: []row{dueMember(), {"movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-01-31"}}, days: [][2]string{{"2026-03-03", ""}}},

	{code: "R-ORG-09", what: "absent month after month", rows: append([]row{dueMember()}, themeDays("无故缺席", "2026-03-15", "2026-04-15", "2026-05-15", "2026-05-20", "2026-06-15", "2026-07-15", "2026-08-15")...),
		days: [][2]string{{"2026-04-30", ""}, {"2026-05-14", ""}, {"2026-05-15", "将到期"}, {"2026-06-30", "将到期"}, {"2026-07-14", "将到期"}, {"2026-07-15", "已超期"}, {"2026-08-15", "已超期"}}},
	{code: "R-ORG-09", what: "leave breaks the run", rows: append(append([]row{dueMember()}, themeDays("无故缺席", "2026-03-15", "2026-04-15", "2026-06-15")...), themeDays("请假-外出", "2026-05-15")...),
		days: [][2]string{{"2026-06-30", ""}}},
	{code: "R-ORG-09", what: "made up for", rows: append([]row{dueMember()}, append(themeDays("无故缺席", "2026-03-15", "2026-04-15"), append(themeDays("无故缺席", "2026-05-15")[0], "made_up", "p1"))...),
		days: [][2]string{{"2026-06-30", ""}}},

	{code: "R-MOB-05", what: "around the spring festival of 17 February", rows: []row{dueMember("away", "跨省", "away_place", "江洲市")},
		days: [][2]string{{"2026-02-01", ""}, {"2026-02-02", "将到期"}, {"2026-02-17", "将到期"}, {"2026-03-04", "将到期"}, {"2026-03-05", ""}, {"2026-10-31", ""}, {"2046-02-06", ""}}},
	{code: "R-MOB-05", what: "met since it began", rows: []row{dueMember("away", "跨省", "away_place", "江洲市"), {"visit", "v1", "happened_on", "2026-02-02", "kind", "联系流动党员", "person", "p1", "visited_by", "李四"}},
		days: [][2]string{{"2026-02-17", ""}}},
	{code: "R-MOB-05", what: "met before it began", rows: []row{dueMember("away", "跨省", "away_place", "江洲市"), talkOn("2026-02-01", "p1", "p2")}, days: [][2]string{{"2026-02-17", "将到期"}}},
	{code: "R-MOB-05", what: "at home", rows: []row{dueMember()}, days: [][2]string{{"2026-02-17", ""}}},
	{code: "R-MOB-05", what: "a shorter season of the county's", params: map[string]string{"spring.before.days": "1", "spring.after.days": "0"}, rows: []row{dueMember("away", "跨省", "away_place", "江洲市")},
		days: [][2]string{{"2027-02-04", ""}, {"2027-02-05", "将到期"}, {"2027-02-06", "将到期"}, {"2027-02-07", ""}}},
	{code: "R-ORG-11", what: "hours behind the plan, from 30 September", rows: []row{ledgerFrom("2025-11"), dueMember(), courseOn("2026-03-01", 23, "参加")},
		days: [][2]string{{"2026-03-31", ""}, {"2026-09-29", ""}, {"2026-09-30", "将到期"}, {"2026-12-31", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-ORG-11", what: "just enough by September, not by October", rows: []row{ledgerFrom("2025-11"), dueMember(), courseOn("2026-03-01", 24, "结业")},
		days: [][2]string{{"2026-09-30", ""}, {"2026-10-30", ""}, {"2026-10-31", "将到期"}}},
	{code: "R-ORG-11", what: "activities count, absence does not", rows: append([]row{ledgerFrom("2025-11"), dueMember(), courseOn("2026-03-01", 23, "缺席")}, studiedOn("2026-04-15", 23), studiedOn("2026-05-15", 1)),
		days: [][2]string{{"2026-09-30", ""}, {"2026-10-31", "将到期"}}},
	{code: "R-ORG-11", what: "more for the committee", rows: []row{ledgerFrom("2025-11"), dueMember(), courseOn("2026-03-01", 41, "参加"), {"position", "b1", "person", "p1", "body", "党组织", "post", "书记", "started_on", "2021-01-01"}},
		days: [][2]string{{"2026-09-29", ""}, {"2026-09-30", "将到期"}}},
	{code: "R-ORG-11", what: "the committee's plan is met", rows: []row{ledgerFrom("2025-11"), dueMember(), courseOn("2026-03-01", 42, "参加"), {"position", "b1", "person", "p1", "body", "党组织", "post", "书记", "started_on", "2021-01-01"}},
		days: [][2]string{{"2026-09-30", ""}}},
	{code: "R-ORG-11", what: "less for a ledger begun in May", rows: []row{ledgerFrom("2026-05"), dueMember(), courseOn("2026-06-10", 10, "参加")}, days: [][2]string{{"2026-09-30", ""}, {"2026-10-31", "将到期"}}},
	{code: "R-ORG-11", what: "a ledger begun in November waits for a whole year", rows: []row{ledgerFrom("2026-10"), dueMember()},
		days: [][2]string{{"2026-11-03", "提示"}, {"2026-12-31", "提示"}, {"2027-09-29", ""}, {"2027-09-30", "将到期"}}},
	{code: "R-ORG-11", what: "less for one who came in May", rows: []row{ledgerFrom("2025-05"), dueMember(), {"movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-05-12"}, courseOn("2026-06-10", 10, "参加")},
		days: [][2]string{{"2026-09-30", ""}, {"2026-10-31", "将到期"}}},
	{code: "R-ORG-11", what: "not of one away", rows: []row{ledgerFrom("2025-05"), dueMember("away", "跨省", "away_place", "江洲市")}, days: [][2]string{{"2026-10-31", ""}}},
}

// themeDays are theme days at which the member p1 was marked so.
func themeDays(state string, days ...string) []row {
	var all []row
	for _, d := range days {
		all = append(all, row{"activity", "r" + d, "kind", "主题党日", "title", "主题党日", "held_by", "home", "held_on", d, "attendance", "p1=" + state})
	}
	return all
}

func courseOn(day string, hours int, state string) row {
	return row{"training", "t" + day, "title", "春训", "topic", "党性观念", "method", "集中培训", "organizer", "镇党委", "started_on", day,
		"hours", itoa(hours), "attendance", "p1=" + state}
}

func studiedOn(day string, hours int) row {
	return append(themeDays("到会", day)[0], "hours", itoa(hours))
}

var awayDueTests = []dueTest{
	{code: "R-MOB-01", what: "five months without a card", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-09-30")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-03-29", "将到期"}, {"2026-03-30", ""}}},
	{code: "R-MOB-01", what: "abroad it stays", rows: []row{dueMember("away", "境外", "away_place", "国外", "away_since", "2025-09-30")}, days: [][2]string{{"2026-03-30", "将到期"}}},
	{code: "R-MOB-01", what: "with a card", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-09-30", "away_card", "0001")}, days: [][2]string{{"2026-02-28", ""}}},
	{code: "R-MOB-04", what: "six months without a card", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-08-31")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-03-01", "将到期"}}},
	{code: "R-MOB-04", what: "not from abroad", rows: []row{dueMember("away", "境外", "away_place", "国外", "away_since", "2025-08-31")}, days: [][2]string{{"2026-03-01", ""}}},
	{code: "R-MOB-02", what: "three months since the last call", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-03-01"), calledOn("2025-11-30")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-04-29", "将到期"}, {"2026-04-30", ""}}},
	{code: "R-MOB-02", what: "a month, where the county says so", params: map[string]string{"away.contact.months": "1"},
		rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-03-01"), calledOn("2026-01-31")}, days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}}},
	{code: "R-MOB-02", what: "calls before the ledger are on paper", rows: []row{ledgerFrom("2026-01"), dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2020-03-01")},
		days: [][2]string{{"2026-04-30", ""}, {"2026-05-01", "将到期"}}},
	{code: "R-MOB-03", what: "five months since the last call", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-03-01"), calledOn("2025-09-30")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "已超期"}, {"2026-03-01", "已超期"}}},
	{code: "R-MOB-03", what: "lost is another matter", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-03-01", "lost_since", "2025-10-01")}, days: [][2]string{{"2026-02-28", ""}}},
	{code: "R-MOB-03", what: "came to a meeting", rows: append([]row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2025-03-01")}, themeDays("到会", "2026-02-15")...), days: [][2]string{{"2026-02-28", ""}}},
}

func calledOn(day string) row {
	return row{"visit", "v" + day, "happened_on", day, "kind", "联系流动党员", "person", "p1", "visited_by", "李四", "means", "电话"}
}

var movementDueTests = []dueTest{
	{code: "R-TRF-01", what: "three days before the letter ends", rows: []row{letterOut("valid_until", "2026-03-02")},
		days: [][2]string{{"2026-02-26", ""}, {"2026-02-27", "将到期"}, {"2026-03-02", "将到期"}, {"2026-03-03", ""}}},
	{code: "R-TRF-01", what: "with a receipt", rows: []row{letterOut("valid_until", "2026-03-02", "receipt_on", "2026-02-20")}, days: [][2]string{{"2026-03-02", ""}}},
	{code: "R-TRF-01", what: "a letter without a term has ninety days", rows: []row{letterOut("letter_no", "001")}, days: [][2]string{{"2026-04-27", ""}, {"2026-04-28", "将到期"}, {"2026-05-01", "将到期"}, {"2026-05-02", ""}}},
	{code: "R-TRF-01", what: "moved online, no letter", rows: []row{letterOut()}, days: [][2]string{{"2026-05-01", ""}}},
	{code: "R-TRF-02", what: "thirty days after the end", rows: []row{letterOut("valid_until", "2026-01-30")},
		days: [][2]string{{"2026-02-28", ""}, {"2026-03-01", "将到期"}, {"2026-03-02", "已超期"}}},
	{code: "R-TRF-02", what: "with a receipt", rows: []row{letterOut("valid_until", "2026-01-30", "receipt_on", "2026-02-20")}, days: [][2]string{{"2026-03-02", ""}}},
	{code: "R-STS-04", what: "thirty days before the term", rows: []row{dueMember(), {"movement", "m1", "person", "p1", "kind", "限期改正", "happened_on", "2025-09-01", "until", "2026-03-01"}},
		days: [][2]string{{"2026-01-29", ""}, {"2026-01-30", "将到期"}, {"2026-03-01", "将到期"}, {"2026-03-02", "已超期"}, {"2026-05-30", "已超期"}, {"2026-05-31", ""}}},
	{code: "R-STS-04", what: "removed since", rows: []row{dueMember("standing", "出党", "left_on", "2026-02-20"), {"movement", "m1", "person", "p1", "kind", "限期改正", "happened_on", "2025-09-01", "until", "2026-03-01"}}, days: [][2]string{{"2026-03-02", ""}}},
	{code: "R-STS-05", what: "until the rights are given back", rows: []row{dueMember("voting_suspended", "是"), {"movement", "m1", "person", "p1", "kind", "处分", "penalty", "留党察看", "happened_on", "2025-03-01", "until", "2026-03-01"}},
		days: [][2]string{{"2026-01-29", ""}, {"2026-01-30", "将到期"}, {"2026-03-01", "将到期"}, {"2026-03-02", "已超期"}}},
	{code: "R-STS-05", what: "two years at most", rows: []row{dueMember("voting_suspended", "是"), {"movement", "m1", "person", "p1", "kind", "处分", "penalty", "留党察看", "happened_on", "2024-02-29"}},
		days: [][2]string{{"2026-02-28", "将到期"}, {"2026-03-01", "已超期"}}},
	{code: "R-STS-05", what: "given back", rows: []row{dueMember(), {"movement", "m1", "person", "p1", "kind", "处分", "penalty", "留党察看", "happened_on", "2025-03-01", "until", "2026-03-01"}}, days: [][2]string{{"2026-03-02", ""}}},
}

// letterOut is a member's moving out on 2026-01-31.
func letterOut(pairs ...string) row {
	return append(row{"movement", "m1", "person", "p1", "kind", "转出", "happened_on", "2026-01-31", "to_org", "江洲市某支部"}, pairs...)
}
