package party_test

import (
	"testing"

	"taizhang/model"
)

// votes makes an admission accepted on a day with so many who should have come.
func votes(on, due string) []string {
	return []string{"accepted_on", on, "votes_due", due, "confirm_voted_on", "", "confirm_due", ""}
}

// four are p2, p3, p6 and one who moved in on 2026-03-10: with a vote on that day. p1 has
// gone, p5 is on probation, and one has no vote.
func four(t *testing.T) []*model.Record {
	return []*model.Record{
		record(t, "movement", "m0", "person", "p2", "kind", "期初在册", "happened_on", "2025-01-01"),
		record(t, "person", "q3", "name", "冯十", "status", "正式党员", "standing", "在册", "joined_on", "1990-01-01", "confirmed_on", "1991-01-01"),
		record(t, "movement", "m1", "person", "q3", "kind", "转入", "happened_on", "2026-03-10"),
		record(t, "person", "q4", "name", "褚一", "status", "正式党员", "standing", "转出", "joined_on", "1990-01-01", "confirmed_on", "1991-01-01", "left_on", "2026-02-01"),
		record(t, "movement", "m2", "person", "q4", "kind", "转出", "happened_on", "2026-02-01"),
		record(t, "person", "q5", "name", "卫二", "status", "正式党员", "standing", "在册", "joined_on", "1990-01-01", "confirmed_on", "1991-01-01", "voting_suspended", "是"),
	}
}

var rollCases = []ruleCase{
	passed("as many as have a vote", "W-VOTE-ROLL", "admission", votes("2026-03-10", "5")...).among(four),
	warned("one more than have a vote", "W-VOTE-ROLL", "admission", votes("2026-03-10", "6")...).among(four),
	warned("a day before one moved in", "W-VOTE-ROLL", "admission", votes("2026-03-09", "5")...).among(four),
	passed("a day before one moved out", "W-VOTE-ROLL", "admission", votes("2026-01-31", "5")...).among(four),
	warned("on the day on which one moved out", "W-VOTE-ROLL", "admission", votes("2026-02-01", "5")...).among(four),
	warned("one of them under 留党察看", "W-VOTE-ROLL", "admission", votes("2026-03-10", "5")...).among(both(four, one("movement", "pm", "person", "p2", "kind", "处分", "penalty", "留党察看", "happened_on", "2025-03-10", "until", "2026-03-10"))),
	passed("one of them no longer under 留党察看", "W-VOTE-ROLL", "admission", votes("2026-03-11", "5")...).among(both(four, one("movement", "pm", "person", "p2", "kind", "处分", "penalty", "留党察看", "happened_on", "2025-03-10", "until", "2026-03-10"))),
	passed("less than have a vote", "W-VOTE-ROLL", "admission", votes("2026-03-10", "3")...).among(four),
	warned("three years before the book was begun", "W-VOTE-ROLL", "admission", votes("2022-01-01", "20")...).among(four),
	passed("longer before", "W-VOTE-ROLL", "admission", votes("2021-12-31", "20")...).among(four),

	passed("as many at a meeting", "W-VOTE-ROLL", "activity", "held_on", "2026-03-10", "votes", "应到 5 人,实到 5 人,赞成 5 票").among(four),
	warned("more at a meeting", "W-VOTE-ROLL", "activity", "held_on", "2026-03-10", "votes", "应到 6 人,实到 6 人,赞成 6 票").among(four),
	passed("a meeting elsewhere", "W-VOTE-ROLL", "activity", "held_on", "2026-03-10", "kept_as", "参加或接受", "votes", "应到 60 人,实到 60 人,赞成 60 票").among(four),
}

// lastTerm is the election before.
func lastTerm(on, due string) func(t *testing.T) []*model.Record {
	return one("election", "e0", "organization", "home", "kind", "换届", "method", "公推直选", "held_on", on, "next_due_on", due)
}

var termCases = []ruleCase{
	passed("on the day", "W-ELEC-TERM", "election", "held_on", "2026-03-01").among(lastTerm("2021-03-01", "2026-03-01")),
	passed("a year late", "W-ELEC-TERM", "election", "held_on", "2026-03-01").among(lastTerm("2020-03-01", "2025-03-01")),
	warned("a year and a day late", "W-ELEC-TERM", "election", "held_on", "2026-03-01").among(lastTerm("2020-02-28", "2025-02-28")),
	passed("a year less a day late", "W-ELEC-TERM", "election", "held_on", "2026-03-01").among(lastTerm("2020-03-02", "2025-03-02")),
	passed("thirty days early", "W-ELEC-TERM", "election", "held_on", "2026-03-01").among(lastTerm("2021-03-31", "2026-03-31")),
	warned("thirty-one days early", "W-ELEC-TERM", "election", "held_on", "2026-03-01").among(lastTerm("2021-04-01", "2026-04-01")),
	passed("brought forward with approval", "W-ELEC-TERM", "election", "held_on", "2026-03-01", "reply_no", "芦委复〔2026〕3号").among(lastTerm("2022-03-01", "2027-03-01")),
	warned("more than a year early with approval", "W-ELEC-TERM", "election", "held_on", "2026-03-01", "reply_no", "芦委复〔2026〕3号").among(lastTerm("2022-03-02", "2027-03-02")),
	passed("a by-election", "W-ELEC-TERM", "election", "held_on", "2026-03-01", "kind", "补选").among(lastTerm("2016-03-02", "2021-03-02")),
	passed("the first on file", "W-ELEC-TERM", "election", "held_on", "2026-03-01"),
	warned("by the organisation's present term", "W-ELEC-TERM", "election", "held_on", "2026-03-01", "organization", "b1").among(one("organization", "b1", "kind", "党支部", "name", "第一支部", "term_started_on", "2018-12-15", "term_years", "5")),
	passed("the term began with this election", "W-ELEC-TERM", "election", "held_on", "2026-03-01", "organization", "b1").among(one("organization", "b1", "kind", "党支部", "name", "第一支部", "term_started_on", "2026-03-01", "term_years", "5")),
}

// gone is p1's leaving the Party or the branch.
func gone(kind, on string) func(t *testing.T) []*model.Record {
	return one("movement", "x1", "person", "p1", "kind", kind, "happened_on", on)
}

func readmitted(on string) []string {
	return []string{"kind", "接收预备党员", "happened_on", on, "to_org", ""}
}

var reentryCases = []ruleCase{
	warned("five years less a day after 开除党籍", "W-STS-REENTRY", "movement", readmitted("2026-08-31")...).among(gone("开除党籍", "2021-09-01")),
	passed("five years after 开除党籍", "W-STS-REENTRY", "movement", readmitted("2026-09-01")...).among(gone("开除党籍", "2021-09-01")),
	passed("five years and a day after 开除党籍", "W-STS-REENTRY", "movement", readmitted("2026-09-02")...).among(gone("开除党籍", "2021-09-01")),
	warned("five years less a day after 退党除名", "W-STS-REENTRY", "movement", readmitted("2026-08-31")...).among(gone("退党除名", "2021-09-01")),
	passed("after 取消预备党员资格", "W-STS-REENTRY", "movement", readmitted("2026-08-31")...).among(gone("取消预备党员资格", "2026-01-01")),
	warned("accepted within five years", "W-STS-REENTRY", "admission", "accepted_on", "2021-11-01").among(gone("劝其退党", "2016-11-02")),
	passed("accepted after five years", "W-STS-REENTRY", "admission", "accepted_on", "2021-11-01").among(gone("劝其退党", "2016-11-01")),
	warned("on the way within five years", "W-STS-REENTRY", "admission", "accepted_on", "", "votes_due", "").among(gone("其他除名", "2021-11-01")),
	passed("on the way after five years", "W-STS-REENTRY", "admission", "accepted_on", "", "votes_due", "").among(gone("其他除名", "2021-10-31")),

	warned("moved out on the last day of three months", "W-DEV-LEAVING", "admission").among(gone("转出", "2022-02-01")),
	passed("moved out a day later", "W-DEV-LEAVING", "admission").among(gone("转出", "2022-02-02")),
	warned("moved out a day before", "W-DEV-LEAVING", "admission").among(gone("转出", "2022-01-31")),
	warned("moved out in 2026", "W-DEV-LEAVING", "admission", "accepted_on", "2026-06-01").among(gone("转出", "2026-09-01")),
	passed("moved out later in 2026", "W-DEV-LEAVING", "admission", "accepted_on", "2026-06-01").among(gone("转出", "2026-09-02")),
}

// owes is q1, who pays a yuan a month from 2026 on.
func owes(pairs ...string) func(t *testing.T) []*model.Record {
	return one("person", "q1", append([]string{"name", "陈九", "status", "正式党员", "standing", "在册", "joined_on", "1990-01-01", "confirmed_on", "1991-01-01", "monthly_dues", "1", "dues_from", "2026-01"}, pairs...)...)
}

// paidFor is a month of p1's dues on file.
func paidFor(month string) func(t *testing.T) []*model.Record {
	return one("dues", "d"+month, "person", "p1", "month", month, "amount", "0.5", "paid_on", month+"-10")
}

// less is a member of the ledger's own branch who pays less.
func less(basis, note string) func(t *testing.T) []*model.Record {
	return one("person", "q1", "name", "陈九", "status", "正式党员", "standing", "在册", "joined_on", "1990-01-01", "dues_basis", basis, "note", note)
}

var lateCases = []ruleCase{
	passed("paid a day before half a year is over", "W-DUE-LATE", "dues", "month", "2026-01", "paid_on", "2026-07-30"),
	passed("paid on the last day of half a year", "W-DUE-LATE", "dues", "month", "2026-01", "paid_on", "2026-07-31"),
	warned("paid a day later", "W-DUE-LATE", "dues", "month", "2026-01", "paid_on", "2026-08-01"),
	passed("paid years ahead", "W-DUE-LATE", "dues", "month", "2028-01"),
	warned("a cent less", "W-DUE-PART", "dues", "person", "q1", "amount", "0.99").among(owes()),
	passed("the whole", "W-DUE-PART", "dues", "person", "q1", "amount", "1").among(owes()),
	passed("more", "W-DUE-PART", "dues", "person", "q1", "amount", "1.01").among(owes()),
	passed("before the standard held", "W-DUE-PART", "dues", "person", "q1", "amount", "0.5", "month", "2025-12").among(owes()),
	passed("less on file", "W-DUE-PART", "dues", "person", "q1", "amount", "0.5").among(owes()).onFile(),

	warned("paid tomorrow", "W-FUTURE", "dues", "paid_on", "2026-11-01"),
	passed("paid today", "W-FUTURE", "dues", "paid_on", "2026-10-31"),
	warned("moved tomorrow", "W-FUTURE", "movement", "happened_on", "2026-11-01"),
	warned("talked tomorrow", "W-FUTURE", "talk", "held_on", "2026-11-01"),
	warned("joined tomorrow", "W-FUTURE", "person", "joined_on", "2026-11-01", "confirmed_on", ""),
	passed("a letter valid beyond today", "W-FUTURE", "movement", "valid_until", "2026-11-30"),
	passed("a goal of next year", "W-FUTURE", "goal", "started_on", "2027-01-01", "due_on", "2027-12-31", "state", "进行中", "finished_on", ""),

	passed("a letter that says what the ledger says", "W-TRF-DUES", "movement", "dues_paid_to", "2026-08").among(paidFor("2026-08")),
	warned("a letter a month beyond the ledger", "W-TRF-DUES", "movement", "dues_paid_to", "2026-09").among(paidFor("2026-08")),
	warned("a letter a month short of the ledger", "W-TRF-DUES", "movement", "dues_paid_to", "2026-07").among(paidFor("2026-08")),
	passed("no dues on file at all", "W-TRF-DUES", "movement", "dues_paid_to", "2026-08"),
	warned("only others' dues on file", "W-TRF-DUES", "movement", "dues_paid_to", "2026-08").among(one("dues", "d9", "person", "p2", "month", "2026-08", "amount", "1", "paid_on", "2026-08-10")),

	warned("members left in a branch that is no more", "W-ORG-ABOLISHED", "organization", "abolished_on", "2026-10-31").in(crowd(2, 1)),
	passed("a branch that will be no more", "W-ORG-ABOLISHED", "organization", "abolished_on", "2026-11-01").in(crowd(2, 1)),
	passed("nobody left", "W-ORG-ABOLISHED", "organization", "abolished_on", "2026-10-31"),

	warned("exempt without an approval", "W-DUE-APPROVAL", "organization", branch...).home().among(less("免交", "")),
	warned("0.2 yuan without an approval", "W-DUE-APPROVAL", "organization", branch...).home().among(less("0.2元档", "学生")),
	passed("approved", "W-DUE-APPROVAL", "organization", branch...).home().among(less("减交", "党员大会讨论,镇党委批复")),
	passed("a farmer", "W-DUE-APPROVAL", "organization", branch...).home().among(less("农民", "")),
}
