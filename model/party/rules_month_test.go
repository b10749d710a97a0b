package party_test

import (
	"testing"

	"taizhang/model"
)

// monthCases hold the limits of rules to what begins on the first and on the last day of
// a month, where the kinds' own cases don't.
var monthCases = []ruleCase{
	passed("a month from the first", "W-DEV-TALK", "admission", "applied_on", "2020-02-01", "talked_on", "2020-03-01"),
	warned("a month and a day from the first", "W-DEV-TALK", "admission", "applied_on", "2020-02-01", "talked_on", "2020-03-02"),
	passed("a year from the last", "E-DEV-12M", "admission", "activist_on", "2020-05-31", "candidate_on", "2021-05-31"),
	warned("a day less than a year from the last", "E-DEV-12M", "admission", "activist_on", "2020-05-31", "candidate_on", "2021-05-30"),
	passed("a month from the first", "W-DEV-MTG1M", "admission", by2026("prereviewed_on", "2028-02-01", "accepted_on", "2028-03-01")...),
	warned("a month and a day from the first", "W-DEV-MTG1M", "admission", by2026("prereviewed_on", "2028-02-01", "accepted_on", "2028-03-02")...),
	passed("vetted a year before, on the last", "W-DEV-VETTED-OLD", "admission", "vetted_on", "2020-10-31", "accepted_on", "2021-10-31"),
	passed("six months from the last", "E-DEV-6M", "admission", "accepted_on", "2021-10-31", "approved_on", "2022-04-30"),
	warned("six months and a day from the last", "E-DEV-6M", "admission", "accepted_on", "2021-10-31", "approved_on", "2022-05-01"),
	passed("a month from the first", "W-OATH", "admission", by2026("approved_on", "2028-04-01", "oath_on", "2028-05-01")...),
	warned("a month and a day from the first", "W-OATH", "admission", by2026("approved_on", "2028-04-01", "oath_on", "2028-05-02")...),
	passed("a year from the last", "W-DEV-PROBATION", "admission", "accepted_on", "2021-10-31", "confirm_voted_on", "2022-10-31"),
	warned("a day less than a year from the last", "W-DEV-PROBATION", "admission", "accepted_on", "2021-10-31", "confirm_voted_on", "2022-10-30"),

	passed("90 days from the last", "E-TRF-90D", "movement", "happened_on", "2026-08-31", "valid_until", "2026-11-29"),
	warned("91 days from the last", "E-TRF-90D", "movement", "happened_on", "2026-08-31", "valid_until", "2026-11-30"),
	passed("lost since the first", "W-STS-STOP", "movement", "kind", "停止党籍", "person", "lost", "happened_on", "2026-09-01").in(lost("2026-03-01")),
	warned("lost since the first, a day early", "W-STS-STOP", "movement", "kind", "停止党籍", "person", "lost", "happened_on", "2026-08-31").in(lost("2026-03-01")),
	passed("two years from the last", "W-STS-REMOVE", "movement", "kind", "自行脱党除名", "happened_on", "2026-08-31").in(movements([2]string{"停止党籍", "2024-08-31"})),
	warned("two years from the last, a day early", "W-STS-REMOVE", "movement", "kind", "自行脱党除名", "happened_on", "2026-08-30").in(movements([2]string{"停止党籍", "2024-08-31"})),
	passed("a year to correct, from the last", "W-STS-UNTIL", "movement", "kind", "限期改正", "happened_on", "2026-08-31", "until", "2027-08-31"),
	warned("a day more to correct, from the last", "W-STS-UNTIL", "movement", "kind", "限期改正", "happened_on", "2026-08-31", "until", "2027-09-01"),
	passed("留党察看 for two years, from the last", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "happened_on", "2026-08-31", "until", "2028-08-31"),
	warned("留党察看 for a day more, from the last", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "happened_on", "2026-08-31", "until", "2028-09-01"),
	passed("extended by half a year, from the last", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p8", "until", "2022-02-28").among(joinedOn("2020-08-31")),
	warned("extended by a day less, from the last", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p8", "until", "2022-02-27").among(joinedOn("2020-08-31")),
	passed("extended by a year, from the last", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p8", "until", "2022-08-31").among(joinedOn("2020-08-31")),
	warned("extended by a day more, from the last", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p8", "until", "2022-09-01").among(joinedOn("2020-08-31")),
	passed("back after five years, on the last", "W-STS-REENTRY", "movement", "kind", "接收预备党员", "happened_on", "2026-08-31").in(movements([2]string{"劝其退党", "2021-08-31"})),
	warned("back within five years, before the last", "W-STS-REENTRY", "movement", "kind", "接收预备党员", "happened_on", "2026-08-30").in(movements([2]string{"劝其退党", "2021-08-31"})),
	{name: "the first day of a closed month", code: "W-CLOSED-MONTH", kind: "movement", look: closedAt("2026-08", ""), set: []string{"happened_on", "2026-08-01"}, fails: true, warns: true},
	passed("put on file for the first month", "W-OPENING-LATE", "movement", "kind", "期初在册", "happened_on", "2026-01-31").home().in(movements([2]string{"期初在册", "2026-01-31"})),
	warned("put on file after the first month", "W-OPENING-LATE", "movement", "kind", "期初在册", "happened_on", "2026-02-28").home().in(movements([2]string{"期初在册", "2026-01-31"})),
	passed("come after the first month", "W-OPENING-LATE", "movement", "kind", "转入", "happened_on", "2026-02-28").home().in(movements([2]string{"期初在册", "2026-01-31"})),

	passed("a year's standing from the last", "W-POS-STANDING", "position", "person", "p8", "started_on", "2022-10-31").among(confirmedOn("2021-10-31")),
	warned("a day less, from the last", "W-POS-STANDING", "position", "person", "p8", "started_on", "2022-10-30").among(confirmedOn("2021-10-31")),
	passed("a year's standing from the first", "W-POS-STANDING", "position", "person", "p8", "started_on", "2022-11-01").among(confirmedOn("2021-11-01")),
	warned("a day less, from the first", "W-POS-STANDING", "position", "person", "p8", "started_on", "2022-10-31").among(confirmedOn("2021-11-01")),

	warned("two years before, on the first", "W-MTG-04", "activity", "held_on", "2026-10-01").among(meeting("m1", "held_on", "2024-10-01", "minutes", routine)),
	passed("more than two years before the first", "W-MTG-04", "activity", "held_on", "2026-10-01").among(meeting("m1", "held_on", "2024-09-30", "minutes", routine)),
	passed("seven days from the last", "W-FG-NOTICE", "assessment", "level", "公示", "held_on", "2026-09-30", "notice_to", "2026-10-06"),
	warned("six days from the last", "W-FG-NOTICE", "assessment", "level", "公示", "held_on", "2026-09-30", "notice_to", "2026-10-05"),
}

// joinedOn is p8, on probation since a day.
func joinedOn(day string) func(t *testing.T) []*model.Record {
	return one("person", "p8", "name", "陈八", "status", "预备党员", "standing", "在册", "joined_on", day)
}

// confirmedOn is p8, a full member since a day.
func confirmedOn(day string) func(t *testing.T) []*model.Record {
	return one("person", "p8", "name", "陈八", "status", "正式党员", "standing", "在册", "joined_on", "2020-10-01", "confirmed_on", day)
}
