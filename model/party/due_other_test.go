package party_test

// paidMonths are the dues of a person for months.
func paidMonths(person string, months ...string) []row {
	var all []row
	for _, m := range months {
		all = append(all, row{"dues", person + m, "person", person, "month", m, "amount", "0.5", "paid_on", m + "-15"})
	}
	return all
}

// duesPayers are four members who have paid up to August 2026, and p1.
func duesPayers(rows ...[]row) []row {
	all := []row{ledgerFrom("2025-12"), dueMember("dues_basis", "农民")}
	for _, id := range []string{"p2", "p3", "p4"} {
		all = append(all, row{"person", id, "name", "李四", "sex", "女", "status", "正式党员", "standing", "在册", "joined_on", "1999-07-01", "dues_basis", "农民"})
		all = append(all, paidMonths(id, year2026...)...)
	}
	for _, r := range rows {
		all = append(all, r...)
	}
	return all
}

var year2026 = []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"}

var duesDueTests = []dueTest{
	{code: "R-DUE-01", what: "one, three, five, six months", rows: duesPayers(paidMonths("p1", "2026-01", "2026-02")),
		days: [][2]string{{"2026-03-31", ""}, {"2026-04-01", "提示"}, {"2026-05-31", "提示"}, {"2026-06-01", "将到期"}, {"2026-07-31", "将到期"}, {"2026-08-01", "已超期"}, {"2026-09-01", "已超期"}}},
	{code: "R-DUE-01", what: "a gap", rows: duesPayers(paidMonths("p1", "2026-01", "2026-03", "2026-04")), days: [][2]string{{"2026-05-01", "提示"}}},
	{code: "R-DUE-01", what: "paid", rows: duesPayers(paidMonths("p1", year2026...)), days: [][2]string{{"2026-11-30", ""}}},
	{code: "R-DUE-01", what: "exempt", rows: append(duesPayers()[2:], ledgerFrom("2025-12"), dueMember("dues_basis", "免交")), days: [][2]string{{"2026-11-30", ""}}},
	{code: "R-DUE-01", what: "a branch that collects by the quarter", rows: []row{ledgerFrom("2025-12"), dueMember("dues_basis", "农民")}, days: [][2]string{{"2026-02-01", ""}, {"2026-03-31", ""}, {"2026-04-01", "将到期"}}},
	{code: "R-DUE-01", what: "not before the ledger", rows: []row{ledgerFrom("2026-10"), dueMember("dues_basis", "农民")}, days: [][2]string{{"2026-10-31", ""}, {"2026-11-30", ""}}},
	{code: "R-DUE-01", what: "not before moving in", rows: duesPayers([]row{{"movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-05-12"}}), days: [][2]string{{"2026-06-30", ""}, {"2026-07-01", "提示"}}},
	{code: "R-DUE-01", what: "paid elsewhere up to a month", rows: duesPayers([]row{{"movement", "m1", "person", "p1", "kind", "转入", "happened_on", "2026-05-12", "dues_paid_to", "2026-06"}}), days: [][2]string{{"2026-07-31", ""}, {"2026-08-01", "提示"}}},
	{code: "R-DUE-01", what: "not before joining", rows: append(duesPayers()[2:], ledgerFrom("2025-12"), dueMember("joined_on", "2026-04-20", "dues_basis", "农民")), days: [][2]string{{"2026-04-30", ""}, {"2026-05-01", "提示"}}},

	{code: "R-DUE-02", what: "after the quarter", rows: paidMonths("p1", "2026-07"), days: [][2]string{{"2026-09-30", ""}, {"2026-10-01", "将到期"}, {"2026-10-15", "将到期"}, {"2026-10-16", "已超期"}, {"2026-12-31", "已超期"}, {"2027-01-01", ""}}},
	{code: "R-DUE-02", what: "nothing was collected here", rows: []row{{"dues", "d1", "person", "p1", "month", "2026-07", "amount", "0.5", "paid_on", "2026-07-15", "method", "流入地交"}}, days: [][2]string{{"2026-10-16", ""}}},
	{code: "R-DUE-02", what: "handed up", rows: append(paidMonths("p1", "2026-07"), row{"remittance", "y1", "period", "2026年第三季度", "amount", "30", "paid_on", "2026-09-28", "receiver", "镇党委"}), days: [][2]string{{"2026-10-16", ""}}},
	{code: "R-DUE-02", what: "that was the quarter before", rows: append(paidMonths("p1", "2026-07"), row{"remittance", "y1", "period", "2026年第二季度", "amount", "30", "paid_on", "2026-07-02", "receiver", "镇党委"}), days: [][2]string{{"2026-10-01", "将到期"}}},

	{code: "R-DUE-03", what: "in January", rows: []row{dueMember("dues_from", "2025-01")}, days: [][2]string{{"2025-12-31", ""}, {"2026-01-01", "提示"}, {"2026-01-31", "提示"}, {"2026-02-01", ""}}},
	{code: "R-DUE-03", what: "fixed", rows: []row{dueMember("dues_from", "2026-01")}, days: [][2]string{{"2026-01-15", ""}}},

	{code: "R-DUE-04", what: "from December", rows: []row{ledgerFrom("2025-11"), dueMember()}, days: [][2]string{{"2026-11-30", ""}, {"2026-12-01", "将到期"}, {"2026-12-31", "将到期"}, {"2027-01-01", ""}}},
	{code: "R-DUE-04", what: "published", rows: []row{ledgerFrom("2025-11"), dueMember(), heldOn("党务公开", "2026-10-09", "agenda", "公开党费收缴情况")}, days: [][2]string{{"2026-12-01", ""}}},
}

var otherDueTests = []dueTest{
	{code: "R-ORG-10", what: "six months before the end of five years", home: []string{"term_started_on", "2021-08-31", "term_years", "5"},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-08-31", "将到期"}, {"2026-09-01", "已超期"}}},
	{code: "R-ORG-10", what: "from a leap day, three years", home: []string{"term_started_on", "2024-02-29", "term_years", "3"},
		days: [][2]string{{"2026-08-27", ""}, {"2026-08-28", "将到期"}, {"2027-02-28", "将到期"}, {"2027-03-01", "已超期"}}},
	{code: "R-ORG-10", what: "abolished", rows: []row{{"organization", "s1", "code", "990101101203", "name", "企业支部", "kind", "党支部", "domain", "非公企业", "term_started_on", "2020-01-01", "term_years", "3", "abolished_on", "2022-01-01"}},
		days: [][2]string{{"2026-02-28", ""}}},
	{code: "R-PAIR-01", what: "a quarter since the last visit", rows: []row{pairedOn(), {"visit", "v1", "happened_on", "2025-11-30", "kind", "结对走访", "pairing", "d1", "visited_by", "李四"}},
		days: [][2]string{{"2026-02-27", ""}, {"2026-02-28", "将到期"}, {"2026-03-01", "将到期"}}},
	{code: "R-PAIR-01", what: "since it began", rows: []row{pairedOn()}, days: [][2]string{{"2025-06-09", ""}, {"2025-06-10", "将到期"}}},
	{code: "R-PAIR-01", what: "visits before the ledger are on paper", rows: []row{ledgerFrom("2026-05"), pairedOn()}, days: [][2]string{{"2026-08-31", ""}, {"2026-09-01", "将到期"}}},
	{code: "R-PAIR-01", what: "ended", rows: []row{append(pairedOn(), "ended_on", "2026-01-05")}, days: [][2]string{{"2026-02-28", ""}}},
}

func pairedOn() row {
	return row{"pairing", "d1", "kind", "党员帮群众", "helper", "p1", "helped_name", "王五家", "started_on", "2025-03-10"}
}
