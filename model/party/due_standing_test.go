package party_test

// foundAgain is p1 out of contact from one day and found on another.
func foundAgain(lost, found string, more ...row) []row {
	return append([]row{dueMember(), {"movement", "m1", "person", "p1", "kind", "失联", "happened_on", lost}, {"movement", "m2", "person", "p1", "kind", "取得联系", "happened_on", found}}, more...)
}

// inOffice is p1 as secretary from a day.
func inOffice(id, from, to string) row {
	return row{"position", id, "person", "p1", "body", "党组织", "post", "书记", "started_on", from, "ended_on", to}
}

func trainedOn(day, state string) row {
	return row{"training", "t1", "title", "党务", "topic", "党性观念", "method", "集中培训", "organizer", "县委党校", "started_on", day, "attendance", "p1=" + state}
}

var standingDueTests = []dueTest{
	{code: "R-STS-07", what: "found after half a year", rows: foundAgain("2025-08-31", "2026-02-28"),
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-05-29", "将到期"}, {"2026-05-30", "已超期"}, {"2026-08-27", "已超期"}, {"2026-08-28", ""}}},
	{code: "R-STS-07", what: "found a day before half a year", rows: foundAgain("2025-08-31", "2026-02-27"), days: [][2]string{{"2026-02-28", ""}, {"2026-05-30", ""}}},
	{code: "R-STS-07", what: "disposed of", rows: foundAgain("2025-08-31", "2026-03-31", row{"movement", "m3", "person", "p1", "kind", "限期改正", "happened_on", "2026-04-10", "until", "2026-10-10"}),
		days: [][2]string{{"2026-04-09", "将到期"}, {"2026-04-10", ""}}},
	{code: "R-STS-07", what: "never lost", rows: []row{dueMember(), {"movement", "m2", "person", "p1", "kind", "取得联系", "happened_on", "2026-02-28"}}, days: [][2]string{{"2026-03-31", ""}}},
	{code: "R-STS-08", what: "five years abroad", rows: []row{dueMember("away", "境外", "away_place", "某国", "away_since", "2021-02-28")},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", ""}, {"2026-03-01", "将到期"}}},
	{code: "R-STS-08", what: "five years in another province", rows: []row{dueMember("away", "跨省", "away_place", "江洲市", "away_since", "2021-02-28")}, days: [][2]string{{"2026-03-01", ""}}},
	{code: "R-POS-01", what: "a new secretary", rows: []row{ledgerFrom("2025-01"), dueMember(), inOffice("o1", "2026-01-31", "")},
		days: [][2]string{{"2026-07-15", ""}, {"2026-07-16", "将到期"}, {"2026-07-31", "将到期"}, {"2026-08-01", "已超期"}, {"2027-01-31", "已超期"}, {"2027-02-01", ""}}},
	{code: "R-POS-01", what: "trained on the day of taking office", rows: []row{ledgerFrom("2025-01"), dueMember(), inOffice("o1", "2026-01-31", ""), trainedOn("2026-01-31", "结业")}, days: [][2]string{{"2026-08-01", ""}}},
	{code: "R-POS-01", what: "trained a day before", rows: []row{ledgerFrom("2025-01"), dueMember(), inOffice("o1", "2026-01-31", ""), trainedOn("2026-01-30", "结业")}, days: [][2]string{{"2026-08-01", "已超期"}}},
	{code: "R-POS-01", what: "missed the training", rows: []row{ledgerFrom("2025-01"), dueMember(), inOffice("o1", "2026-01-31", ""), trainedOn("2026-03-01", "缺席")}, days: [][2]string{{"2026-08-01", "已超期"}}},
	{code: "R-POS-01", what: "secretary for a second term", rows: []row{ledgerFrom("2025-01"), dueMember(), inOffice("o0", "2021-01-31", "2026-01-31"), inOffice("o1", "2026-01-31", "")}, days: [][2]string{{"2026-08-01", ""}}},
	{code: "R-POS-01", what: "in office before the book was begun", rows: []row{ledgerFrom("2026-01"), dueMember(), inOffice("o1", "2026-01-31", "")}, days: [][2]string{{"2026-08-01", ""}}},
	{code: "R-POS-01", what: "asked for by no county", params: map[string]string{"secretary.training.months": "0"}, rows: []row{ledgerFrom("2025-01"), dueMember(), inOffice("o1", "2026-01-31", "")}, days: [][2]string{{"2026-08-01", ""}}},

	{code: "R-DEV-02", what: "the next from the last, begun before the book", rows: []row{ledgerFrom("2026-11"), notYetMember("入党积极分子"), admissionFrom("2025-11-01", "talked_on", "2025-11-10", "activist_on", "2025-12-31"),
		{"observation", "b1", "admission", "a1", "held_on", "2026-06-30", "stage", "积极分子"}},
		days: [][2]string{{"2026-12-14", ""}, {"2026-12-15", "将到期"}, {"2026-12-30", "将到期"}, {"2026-12-31", "已超期"}}},
	{code: "R-PER-01", what: "moved in on probation", rows: []row{probationer("2025-06-01"), cameOn("2026-05-10")},
		days: [][2]string{{"2026-05-31", "提示"}, {"2026-06-01", "将到期"}, {"2026-07-02", "将到期"}, {"2026-12-01", "将到期"}, {"2026-12-02", "已超期"}}},
	{code: "R-DEV-10", what: "moved in on probation with an admission", rows: []row{notYetMember("预备党员"), onProbation("2025-06-01", "2025-07-01"), cameOn("2026-05-10")},
		days: [][2]string{{"2026-07-02", "将到期"}, {"2026-12-01", "将到期"}, {"2026-12-02", "已超期"}}},
	{code: "R-DUE-01", what: "less than the standing amount", rows: []row{ledgerFrom("2026-01"), dueMember("monthly_dues", "1", "dues_from", "2026-02"),
		{"dues", "x1", "person", "p1", "month", "2026-02", "amount", "0.99", "paid_on", "2026-02-10"}},
		days: [][2]string{{"2026-02-28", ""}, {"2026-03-01", "提示"}}},
	{code: "R-DUE-01", what: "the standing amount", rows: []row{ledgerFrom("2026-01"), dueMember("monthly_dues", "1", "dues_from", "2026-02"),
		{"dues", "x1", "person", "p1", "month", "2026-02", "amount", "1", "paid_on", "2026-02-10"}}, days: [][2]string{{"2026-03-01", ""}}},
	{code: "R-DUE-01", what: "less than a standard of later", rows: []row{ledgerFrom("2026-01"), dueMember("monthly_dues", "1", "dues_from", "2026-03"),
		{"dues", "x1", "person", "p1", "month", "2026-02", "amount", "0.5", "paid_on", "2026-02-10"}}, days: [][2]string{{"2026-03-01", ""}}},
}
