package party_test

// admissionFrom is an admission begun on a day, of the person p1.
func admissionFrom(applied string, pairs ...string) row {
	return append(row{"admission", "a1", "person", "p1", "applied_on", applied}, pairs...)
}

func notYetMember(status string) row {
	return row{"person", "p1", "name", "张三", "sex", "男", "birth_date", "1990-01-01", "status", status, "standing", "在册"}
}

// onProbation is an admission under the edition of 2014, approved, of a branch
// meeting on a day.
func onProbation(accepted, approved string, pairs ...string) row {
	return admissionFrom("2022-01-10", append([]string{"talked_on", "2022-02-01", "activist_on", "2022-06-01", "candidate_on", "2023-06-02",
		"accepted_on", accepted, "approved_on", approved, "oath_on", approved}, pairs...)...)
}

var admissionDueTests = []dueTest{
	{code: "R-DEV-01", what: "a talk within a month, at a month's end", rows: []row{notYetMember("入党申请人"), admissionFrom("2024-01-31")},
		days: [][2]string{{"2024-02-13", ""}, {"2024-02-14", "将到期"}, {"2024-02-28", "将到期"}, {"2024-02-29", "将到期"}, {"2024-03-01", "已超期"}}},
	{code: "R-DEV-01", what: "talked with", rows: []row{notYetMember("入党申请人"), admissionFrom("2024-01-31", "talked_on", "2024-02-20")}, days: [][2]string{{"2024-03-05", ""}}},
	{code: "R-DEV-01", what: "ended", rows: []row{notYetMember("入党申请人"), admissionFrom("2024-01-31", "ended_on", "2024-02-20")}, days: [][2]string{{"2024-03-05", ""}}},
	{code: "R-DEV-01", what: "gone", rows: []row{{"person", "p1", "name", "张三", "sex", "男", "status", "入党申请人", "standing", "去世"}, admissionFrom("2024-01-31")}, days: [][2]string{{"2024-03-05", ""}}},

	{code: "R-DEV-02", what: "half a year from the decision", rows: []row{notYetMember("入党积极分子"), admissionFrom("2024-01-31", "talked_on", "2024-02-20", "activist_on", "2024-08-30")},
		days: [][2]string{{"2025-02-12", ""}, {"2025-02-13", "将到期"}, {"2025-02-28", "将到期"}, {"2025-03-01", "已超期"}}},
	{code: "R-DEV-02", what: "half a year from the last observation", rows: []row{notYetMember("入党积极分子"),
		admissionFrom("2024-01-31", "talked_on", "2024-02-20", "activist_on", "2024-08-30"), {"observation", "o1", "admission", "a1", "held_on", "2025-01-10", "stage", "积极分子"}},
		days: [][2]string{{"2025-03-01", ""}, {"2025-06-24", ""}, {"2025-06-25", "将到期"}, {"2025-07-10", "将到期"}, {"2025-07-11", "已超期"}}},
	{code: "R-DEV-02", what: "an observation before the ledger is on paper", rows: []row{ledgerFrom("2025-01"), notYetMember("入党积极分子"),
		admissionFrom("2023-01-31", "talked_on", "2023-02-20", "activist_on", "2023-08-30")},
		days: [][2]string{{"2025-07-16", ""}, {"2025-07-17", "将到期"}, {"2025-08-02", "已超期"}}},
	{code: "R-DEV-02", what: "on probation", rows: []row{notYetMember("预备党员"), onProbation("2024-01-10", "2024-02-10")},
		days: [][2]string{{"2024-06-24", ""}, {"2024-06-25", "将到期"}, {"2024-07-10", "将到期"}, {"2024-07-11", "已超期"}}},
	{code: "R-DEV-02", what: "discussed", rows: []row{notYetMember("预备党员"), onProbation("2024-01-10", "2024-02-10", "confirm_voted_on", "2025-01-12", "confirm_result", "按期转正")},
		days: [][2]string{{"2025-07-11", ""}}},

	{code: "R-DEV-03", what: "a year as an activist, from a leap day", rows: []row{notYetMember("入党积极分子"), admissionFrom("2023-10-31", "talked_on", "2023-11-20", "activist_on", "2024-02-29")},
		days: [][2]string{{"2025-02-27", ""}, {"2025-02-28", "提示"}, {"2025-03-01", "提示"}}},
	{code: "R-DEV-03", what: "a candidate", rows: []row{notYetMember("发展对象"), admissionFrom("2023-10-31", "activist_on", "2024-02-29", "candidate_on", "2025-03-05")}, days: [][2]string{{"2025-03-06", ""}}},

	{code: "R-DEV-04", what: "five working days around a holiday (2026)", rows: []row{notYetMember("入党积极分子"),
		admissionFrom("2026-05-20", "activist_on", "2026-06-01", "notice_from", "2027-06-07")},
		days: [][2]string{{"2027-06-06", ""}, {"2027-06-07", "提示"}, {"2027-06-11", "提示"}, {"2027-06-12", "将到期"}}},
	{code: "R-DEV-04", what: "days worked instead of others", rows: []row{notYetMember("入党积极分子"),
		admissionFrom("2026-05-20", "activist_on", "2026-06-01", "notice_from", "2026-09-29")}, // 1 to 7 October are free, the 10th is worked
		days: [][2]string{{"2026-10-10", "提示"}, {"2026-10-11", "将到期"}}},
	{code: "R-DEV-04", what: "none under 2014", rows: []row{notYetMember("入党积极分子"), admissionFrom("2024-05-10", "activist_on", "2024-06-01", "notice_from", "2025-06-09")},
		days: [][2]string{{"2025-06-10", ""}, {"2025-06-20", ""}}},

	{code: "R-DEV-05", what: "examined without training", rows: []row{notYetMember("发展对象"), admissionFrom("2023-10-31", "candidate_on", "2025-03-05", "committee_on", "2025-05-05")}, days: [][2]string{{"2025-05-06", "将到期"}}},
	{code: "R-DEV-05", what: "two days and 23 hours", rows: []row{notYetMember("发展对象"),
		admissionFrom("2023-10-31", "candidate_on", "2025-03-05", "trained_on", "2025-04-01", "training_days", "2", "training_hours", "23", "committee_on", "2025-05-05")}, days: [][2]string{{"2025-05-06", "将到期"}}},
	{code: "R-DEV-05", what: "three days", rows: []row{notYetMember("发展对象"),
		admissionFrom("2023-10-31", "candidate_on", "2025-03-05", "trained_on", "2025-04-01", "training_days", "3", "committee_on", "2025-05-05")}, days: [][2]string{{"2025-05-06", ""}}},
	{code: "R-DEV-05", what: "24 hours", rows: []row{notYetMember("发展对象"),
		admissionFrom("2023-10-31", "candidate_on", "2025-03-05", "trained_on", "2025-04-01", "training_hours", "24", "committee_on", "2025-05-05")}, days: [][2]string{{"2025-05-06", ""}}},

	{code: "R-DEV-06", what: "a month after the pre-review (2026)", rows: []row{notYetMember("发展对象"), admissionFrom("2026-05-11", "candidate_on", "2027-08-01", "prereviewed_on", "2028-01-31")},
		days: [][2]string{{"2028-02-13", ""}, {"2028-02-14", "将到期"}, {"2028-02-28", "将到期"}, {"2028-02-29", "将到期"}, {"2028-03-01", "已超期"}}},
	{code: "R-DEV-06", what: "no term for a pre-review of 2014's last day", rows: []row{notYetMember("发展对象"), admissionFrom("2024-05-10", "candidate_on", "2025-08-01", "prereviewed_on", "2026-05-10")}, days: [][2]string{{"2026-09-01", ""}}},
	{code: "R-DEV-06", what: "a pre-review on 2026's first day of one who began before", rows: []row{notYetMember("发展对象"), admissionFrom("2024-05-10", "candidate_on", "2025-08-01", "prereviewed_on", "2026-05-11")},
		days: [][2]string{{"2026-05-26", ""}, {"2026-05-27", "将到期"}, {"2026-06-11", "将到期"}, {"2026-06-12", "已超期"}}},

	{code: "R-DEV-07", what: "three and six months", rows: []row{notYetMember("发展对象"), admissionFrom("2022-10-31", "candidate_on", "2023-08-01", "accepted_on", "2023-11-30")},
		days: [][2]string{{"2024-02-13", ""}, {"2024-02-14", "将到期"}, {"2024-02-28", "将到期"}, {"2024-02-29", "将到期"}, {"2024-03-01", "已超期"}, {"2024-05-30", "已超期"}, {"2024-05-31", "已超期"}}},
	{code: "R-DEV-07", what: "approved", rows: []row{notYetMember("预备党员"), onProbation("2023-11-30", "2024-02-01")}, days: [][2]string{{"2024-03-01", ""}}},

	{code: "R-DEV-08", what: "an oath within a month (2026)", rows: []row{notYetMember("预备党员"), admissionFrom("2026-05-11", "accepted_on", "2027-11-30", "approved_on", "2027-12-31")},
		days: [][2]string{{"2028-01-15", ""}, {"2028-01-16", "将到期"}, {"2028-01-31", "将到期"}, {"2028-02-01", "已超期"}}},
	{code: "R-DEV-08", what: "no term for an approval of 2014's last day", rows: []row{notYetMember("预备党员"), admissionFrom("2024-05-10", "accepted_on", "2026-04-30", "approved_on", "2026-05-10")}, days: [][2]string{{"2026-09-01", ""}}},
	{code: "R-DEV-08", what: "an approval on 2026's first day of one who began before", rows: []row{notYetMember("预备党员"), admissionFrom("2024-05-10", "accepted_on", "2026-04-30", "approved_on", "2026-05-11")},
		days: [][2]string{{"2026-05-26", ""}, {"2026-05-27", "将到期"}, {"2026-06-11", "将到期"}, {"2026-06-12", "已超期"}}},

	{code: "R-DEV-09", what: "thirty days before the end", rows: []row{notYetMember("预备党员"), onProbation("2024-02-29", "2024-04-01")},
		days: [][2]string{{"2025-01-28", ""}, {"2025-01-29", "提示"}, {"2025-02-27", "提示"}, {"2025-02-28", ""}}},
	{code: "R-DEV-10", what: "from the end on", rows: []row{notYetMember("预备党员"), onProbation("2024-02-29", "2024-04-01", "asked_on", "2025-02-20")},
		days: [][2]string{{"2025-02-27", ""}, {"2025-02-28", "将到期"}, {"2025-03-27", "将到期"}, {"2025-03-28", "将到期"}, {"2025-03-29", "已超期"}}},
	{code: "R-DEV-10", what: "ended 45 days ago", rows: []row{notYetMember("预备党员"), onProbation("2025-09-16", "2025-10-20")}, days: [][2]string{{"2026-10-31", "已超期"}}},

	{code: "R-DEV-11", what: "three months after the discussion", rows: []row{notYetMember("预备党员"), onProbation("2023-11-20", "2024-01-01", "confirm_voted_on", "2024-11-30", "confirm_result", "按期转正")},
		days: [][2]string{{"2025-02-12", ""}, {"2025-02-13", "将到期"}, {"2025-02-28", "将到期"}, {"2025-03-01", "已超期"}}},

	{code: "R-DEV-12", what: "the extension ends", rows: []row{notYetMember("预备党员"),
		onProbation("2023-11-20", "2024-01-01", "confirm_voted_on", "2024-11-30", "confirm_result", "延长预备期", "extended_to", "2025-08-31", "confirm_approved_on", "2024-12-20")},
		days: [][2]string{{"2025-07-31", ""}, {"2025-08-01", "提示"}, {"2025-08-30", "提示"}, {"2025-08-31", "将到期"}, {"2025-09-30", "将到期"}, {"2025-10-01", "已超期"}}},
	{code: "R-DEV-12", what: "discussed again", rows: []row{notYetMember("预备党员"),
		onProbation("2023-11-20", "2024-01-01", "confirm_voted_on", "2025-09-05", "confirm_result", "按期转正", "extended_to", "2025-08-31")}, days: [][2]string{{"2025-09-06", ""}}},

	{code: "R-DEV-13", what: "a month after the approval", rows: []row{notYetMember("正式党员"),
		onProbation("2023-11-20", "2024-01-01", "confirm_voted_on", "2024-11-30", "confirm_result", "按期转正", "confirm_approved_on", "2024-12-31")},
		days: [][2]string{{"2025-01-15", ""}, {"2025-01-16", "将到期"}, {"2025-01-31", "将到期"}, {"2025-02-01", "已超期"}}},
	{code: "R-DEV-13", what: "archived", rows: []row{notYetMember("正式党员"),
		onProbation("2023-11-20", "2024-01-01", "confirm_voted_on", "2024-11-30", "confirm_approved_on", "2024-12-31", "archived_on", "2025-01-05")}, days: [][2]string{{"2025-02-01", ""}}},

	{code: "R-DEV-14", what: "a review a year old", rows: []row{notYetMember("发展对象"), admissionFrom("2022-10-31", "candidate_on", "2023-12-01", "vetted_on", "2024-02-29")},
		days: [][2]string{{"2025-02-12", ""}, {"2025-02-13", "将到期"}, {"2025-02-28", "将到期"}, {"2025-03-01", "已超期"}}},
	{code: "R-DEV-14", what: "switched off by the county", params: map[string]string{"admission.vetting.months": "0"},
		rows: []row{notYetMember("发展对象"), admissionFrom("2022-10-31", "candidate_on", "2023-12-01", "vetted_on", "2024-02-29")}, days: [][2]string{{"2025-03-01", ""}}},

	{code: "R-PER-01", what: "probation without an admission", rows: []row{probationer("2024-02-29")},
		days: [][2]string{{"2025-01-28", ""}, {"2025-01-29", "提示"}, {"2025-02-27", "提示"}, {"2025-02-28", "将到期"}, {"2025-03-28", "将到期"}, {"2025-03-29", "已超期"}}},
	{code: "R-PER-01", what: "an admission on file", rows: []row{probationer("2024-02-29"), onProbation("2024-02-29", "2024-04-01")}, days: [][2]string{{"2025-03-29", ""}}},
	{code: "R-PER-01", what: "extended", rows: []row{probationer("2024-02-29"), {"movement", "m1", "person", "p1", "kind", "延长预备期", "happened_on", "2025-03-10", "until", "2025-08-31"}},
		days: [][2]string{{"2025-03-29", ""}, {"2025-08-31", "将到期"}, {"2025-10-01", "已超期"}}},
}

func probationer(day string) row {
	return append(notYetMember("预备党员"), "joined_on", day)
}
