package party_test

import (
	"testing"

	"taizhang/model"
)

// lost is a person out of contact since a day, without a movement that says so.
func lost(since string) func(t *testing.T) shelf {
	return with(one("person", "lost", "name", "冯十", "status", "正式党员", "standing", "在册", "joined_on", "1990-01-01", "lost_since", since))
}

func after(c ruleCase, moves ...[2]string) ruleCase { return c.in(movements(moves...)) }

var movementCases = []ruleCase{
	passed("89 days", "E-TRF-90D", "movement", "valid_until", "2026-11-29"),
	passed("90 days", "E-TRF-90D", "movement", "valid_until", "2026-11-30"),
	warned("91 days", "E-TRF-90D", "movement", "valid_until", "2026-12-01"),
	passed("90 days over a leap day", "E-TRF-90D", "movement", "happened_on", "2024-02-01", "valid_until", "2024-05-01"),
	warned("91 days over a leap day", "E-TRF-90D", "movement", "happened_on", "2024-02-01", "valid_until", "2024-05-02"),
	warned("ended before it was written", "E-TRF-90D", "movement", "valid_until", "2026-08-31"),
	passed("no letter", "E-TRF-90D", "movement"),

	passed("lost six months", "W-STS-STOP", "movement", "kind", "停止党籍", "person", "lost", "happened_on", "2026-08-28").in(lost("2026-02-28")),
	warned("lost a day less than six months", "W-STS-STOP", "movement", "kind", "停止党籍", "person", "lost", "happened_on", "2026-08-27").in(lost("2026-02-28")),
	passed("lost since the end of August", "W-STS-STOP", "movement", "kind", "停止党籍", "person", "lost", "happened_on", "2026-02-28").in(lost("2025-08-31")),
	warned("lost since the end of August, a day early", "W-STS-STOP", "movement", "kind", "停止党籍", "person", "lost", "happened_on", "2026-02-27").in(lost("2025-08-31")),
	passed("settled abroad", "W-STS-STOP", "movement", "kind", "停止党籍"),
	after(warned("lost by a movement", "W-STS-STOP", "movement", "kind", "停止党籍"), [2]string{"失联", "2026-03-02"}),
	after(passed("lost by a movement for six months", "W-STS-STOP", "movement", "kind", "停止党籍"), [2]string{"失联", "2026-03-01"}),

	after(warned("23 months after 停止党籍", "W-STS-REMOVE", "movement", "kind", "自行脱党除名"), [2]string{"停止党籍", "2024-09-02"}),
	after(passed("two years after 停止党籍", "W-STS-REMOVE", "movement", "kind", "自行脱党除名"), [2]string{"停止党籍", "2024-09-01"}),
	after(passed("more than two years after", "W-STS-REMOVE", "movement", "kind", "自行脱党除名"), [2]string{"停止党籍", "2024-08-31"}),
	passed("two years from a leap day", "W-STS-REMOVE", "movement", "kind", "自行脱党除名", "happened_on", "2026-02-28").in(movements([2]string{"停止党籍", "2024-02-29"})),
	passed("without 停止党籍", "W-STS-REMOVE", "movement", "kind", "自行脱党除名"),

	passed("a year to correct", "W-STS-UNTIL", "movement", "kind", "限期改正", "until", "2027-09-01"),
	passed("a day less to correct", "W-STS-UNTIL", "movement", "kind", "限期改正", "until", "2027-08-31"),
	warned("a day more to correct", "W-STS-UNTIL", "movement", "kind", "限期改正", "until", "2027-09-02"),
	warned("no term to correct", "W-STS-UNTIL", "movement", "kind", "限期改正"),
	passed("留党察看 for two years", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "until", "2028-09-01"),
	warned("留党察看 for two years and a day", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "until", "2028-09-02"),
	passed("a warning has no term", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "警告"),
	warned("an extension to no day", "W-STS-UNTIL", "movement", "kind", "延长预备期"),

	after(warned("extended twice", "W-STS-EXTEND", "movement", "kind", "延长预备期", "until", "2027-09-01"), [2]string{"接收预备党员", "2025-01-01"}, [2]string{"延长预备期", "2026-01-01"}),
	passed("extended by half a year", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p5", "until", "2021-07-01"),
	warned("extended by a day less than half a year", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p5", "until", "2021-06-30"),
	passed("extended by a year", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p5", "until", "2022-01-01"),
	warned("extended by a year and a day", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p5", "until", "2022-01-02"),
	passed("the admission's own rule speaks", "W-STS-EXTEND", "movement", "kind", "延长预备期", "person", "p5", "until", "2022-01-02").
		among(one("admission", "a1", "person", "p5", "applied_on", "2018-01-01", "accepted_on", "2020-01-01", "extended_to", "2022-01-02")),
	after(passed("extended once", "W-STS-EXTEND", "movement", "kind", "延长预备期", "until", "2016-09-01"), [2]string{"接收预备党员", "2015-01-01"}),

	after(warned("restored after an expulsion", "W-STS-RESTORE", "movement", "kind", "恢复党籍"), [2]string{"开除党籍", "2020-01-01"}),
	after(passed("restored after 停止党籍", "W-STS-RESTORE", "movement", "kind", "恢复党籍"), [2]string{"停止党籍", "2025-01-01"}),

	after(warned("back within five years", "W-STS-REENTRY", "movement", "kind", "接收预备党员"), [2]string{"劝其退党", "2021-09-02"}),
	after(passed("back after five years", "W-STS-REENTRY", "movement", "kind", "接收预备党员"), [2]string{"劝其退党", "2021-09-01"}),
	after(passed("back after more than five years", "W-STS-REENTRY", "movement", "kind", "接收预备党员"), [2]string{"劝其退党", "2021-08-31"}),
	passed("five years from a leap day", "W-STS-REENTRY", "movement", "kind", "接收预备党员", "happened_on", "2029-02-28").in(movements([2]string{"其他除名", "2024-02-29"})),
}

// paid gives dues and remittances on file.
func paid(dues, remitted string) func(t *testing.T) []*model.Record {
	return paidBy("", dues, remitted)
}

// paidBy has half a yuan of the dues paid in a way of its own.
func paidBy(method, dues, remitted string) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record {
		first := record(t, "dues", "d1", "person", "p2", "month", "2026-09", "amount", dues, "paid_on", "2026-09-10")
		second := record(t, "dues", "d2", "person", "p3", "month", "2026-09", "amount", "0.5", "paid_on", "2026-09-10", "method", method)
		first.Set("amount", first.Int("amount")-second.Int("amount"))
		return []*model.Record{
			first, second,
			record(t, "remittance", "a1", "period", "2026-08", "amount", remitted, "paid_on", "2026-09-20"),
			record(t, "remittance", "a0", "period", "2026-01", "amount", "99", "paid_on", "2026-09-09"),
		}
	}
}

var moneyCases = []ruleCase{
	warned("the month before joining", "W-DUES-MEMBER", "dues", "month", "2014-12"),
	passed("the month of joining", "W-DUES-MEMBER", "dues", "month", "2015-01"),
	passed("the month after joining", "W-DUES-MEMBER", "dues", "month", "2015-02"),
	passed("the month before leaving", "W-DUES-MEMBER", "dues", "person", "p7", "month", "2021-09"),
	passed("the month of leaving", "W-DUES-MEMBER", "dues", "person", "p7", "month", "2021-10"),
	warned("the month after leaving", "W-DUES-MEMBER", "dues", "person", "p7", "month", "2021-11"),
	warned("no member", "W-DUES-MEMBER", "dues", "person", "p4"),

	passed("as much as was collected", "W-REM-SUM", "remittance").among(paid("15", "5")),
	warned("a fen more than was collected", "W-REM-SUM", "remittance", "amount", "10.01").among(paid("15", "5")),
	passed("a fen less than was collected", "W-REM-SUM", "remittance", "amount", "9.99").among(paid("15", "5")),
	passed("no dues on file", "W-REM-SUM", "remittance"),
	passed("all of it collected here", "W-REM-SUM", "remittance").among(paidBy("", "15", "5")),
	warned("some of it paid where a member lives away", "W-REM-SUM", "remittance").among(paidBy("流入地交", "15", "5")),
	passed("not the last remittance", "W-REM-SUM", "remittance", "amount", "1000").among(one("remittance", "z", "period", "2026-10", "amount", "1", "paid_on", "2026-10-11")),
}

func secretary(id, from, to string) func(t *testing.T) []*model.Record {
	return one("position", id, "person", "p3", "body", "党组织", "post", "书记", "started_on", from, "ended_on", to)
}

var officeCases = []ruleCase{
	passed("the only secretary", "W-POS-SECRETARY", "position"),
	passed("the predecessor ended on the day", "W-POS-SECRETARY", "position").among(secretary("s", "2016-01-10", "2021-01-10")),
	passed("the predecessor ended a day before", "W-POS-SECRETARY", "position").among(secretary("s", "2016-01-10", "2021-01-09")),
	warned("the predecessor ended a day after", "W-POS-SECRETARY", "position").among(secretary("s", "2016-01-10", "2021-01-11")),
	warned("the predecessor did not end", "W-POS-SECRETARY", "position").among(secretary("s", "2016-01-10", "")),
	passed("the successor's record speaks", "W-POS-SECRETARY", "position").among(secretary("s", "2022-01-10", "")),
	passed("another office", "W-POS-SECRETARY", "position", "post", "委员").among(secretary("s", "2016-01-10", "")),
	passed("a branch within the ledger has its own", "W-POS-SECRETARY", "position").among(func(t *testing.T) []*model.Record {
		return append(secretary("s", "2016-01-10", "")(t), record(t, "organization", "b1", "kind", "党支部", "name", "第二支部", "parent", "home"))
	}),

	passed("a year's standing", "W-POS-STANDING", "position", "person", "p6", "started_on", "2022-11-02"),
	warned("a day less than a year's standing", "W-POS-STANDING", "position", "person", "p6", "started_on", "2022-11-01"),
	passed("a day more than a year's standing", "W-POS-STANDING", "position", "person", "p6", "started_on", "2022-11-03"),
	warned("a probationary secretary", "W-POS-STANDING", "position", "person", "p5"),
	passed("a villager on the village's committee", "W-POS-STANDING", "position", "person", "p4", "body", "村民委员会", "post", "主任"),

	warned("an office after the expulsion", "E-STS-CHAIN", "position", "person", "p7"),
	passed("an office ended on the day of leaving", "E-STS-CHAIN", "position", "person", "p7", "ended_on", "2021-10-31"),
	warned("an office ended a day after leaving", "E-STS-CHAIN", "position", "person", "p7", "ended_on", "2021-11-01"),
	passed("the village's office", "E-STS-CHAIN", "position", "person", "p7", "body", "村民委员会", "post", "主任"),
	warned("a duty after the expulsion", "E-STS-CHAIN", "duty", "person", "p7"),
	passed("a duty before", "E-STS-CHAIN", "duty", "person", "p7", "started_on", "2021-01-01", "ended_on", "2021-10-31"),

	passed("38 years", "W-RESERVE-AGE", "reserve", "listed_on", "2029-01-31"),
	warned("39 years", "W-RESERVE-AGE", "reserve", "listed_on", "2029-02-01"),
	passed("35 years", "W-RESERVE-AGE", "reserve"),
	warned("junior school", "W-RESERVE-SCHOOL", "reserve", "person", "q1").among(one("person", "q1", "name", "某", "education", "初中")),
	passed("senior school", "W-RESERVE-SCHOOL", "reserve", "person", "q1").among(one("person", "q1", "name", "某", "education", "高中")),
	passed("technical school", "W-RESERVE-SCHOOL", "reserve", "person", "q1").among(one("person", "q1", "name", "某", "education", "中专")),

	warned("a duty of one in office", "W-DUTY-OFFICE", "duty", "person", "p3", "ended_on", "").among(secretary("s", "2016-01-10", "")),
	passed("a duty of one no longer in office", "W-DUTY-OFFICE", "duty", "person", "p3", "ended_on", "").among(secretary("s", "2016-01-10", "2021-01-10")),
	passed("a duty that has ended", "W-DUTY-OFFICE", "duty", "person", "p3").among(secretary("s", "2016-01-10", "")),
}

// staged gives the other stages of the same assessment.
func staged(level, on string, pairs ...string) func(t *testing.T) []*model.Record {
	return one("assessment", "s-"+level, append([]string{"target_code", "990101101201", "year", "2026", "level", level, "held_on", on}, pairs...)...)
}

var assessmentCases = []ruleCase{
	passed("the first stage", "E-FG-STEP", "assessment"),
	passed("a re-check", "E-FG-STEP", "assessment", "level", "复查"),
	warned("named at once", "E-FG-STEP", "assessment", "level", "命名"),
	passed("named after the county", "E-FG-STEP", "assessment", "level", "命名").among(staged("市级过堂", "2026-10-01")),
	passed("named a day after the county", "E-FG-STEP", "assessment", "level", "命名").among(staged("市级过堂", "2026-09-30")),
	warned("named a day before the county", "E-FG-STEP", "assessment", "level", "命名").among(staged("市级过堂", "2026-10-02")),
	warned("the county without a notice", "E-FG-STEP", "assessment", "level", "市级过堂").among(staged("乡镇考核", "2026-09-01")),
	passed("the county after a notice", "E-FG-STEP", "assessment", "level", "市级过堂").among(staged("公示", "2026-09-01")),
	warned("a notice without the town", "E-FG-STEP", "assessment", "level", "公示"),
	warned("the town without the village's own", "E-FG-STEP", "assessment", "level", "乡镇考核"),
	warned("another organisation's stage", "E-FG-STEP", "assessment", "level", "乡镇考核").among(staged("自评", "2026-09-01", "target_code", "990101101299")),
	warned("another year's stage", "E-FG-STEP", "assessment", "level", "乡镇考核").among(staged("自评", "2025-09-01", "year", "2025")),

	warned("six days", "W-FG-NOTICE", "assessment", "level", "公示", "notice_to", "2026-10-06"),
	passed("seven days", "W-FG-NOTICE", "assessment", "level", "公示", "notice_to", "2026-10-07"),
	passed("eight days", "W-FG-NOTICE", "assessment", "level", "公示", "notice_to", "2026-10-08"),
	warned("six days over a leap day", "W-FG-NOTICE", "assessment", "level", "公示", "held_on", "2024-02-27", "notice_to", "2024-03-03"),
	passed("seven days over a leap day", "W-FG-NOTICE", "assessment", "level", "公示", "held_on", "2024-02-27", "notice_to", "2024-03-04"),

	passed("计生 no longer keeps from a name", "E-FG-VETO", "assessment", "level", "命名", "vetoes", "计生"),
	refused("计生 in 2021", "E-FG-VETO", "assessment", "level", "命名", "vetoes", "计生", "year", "2021"),
	warned("计生 in 2022", "W-FG-VETO-YEAR", "assessment", "vetoes", "计生", "year", "2022"),
}
