package party_test

import (
	"testing"

	"taizhang/model"
)

// punished is p2 under a penalty, whose rights are suspended or not.
func punished(penalty, on, until, suspended string) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record {
		return []*model.Record{
			record(t, "movement", "pm", "person", "q2", "kind", "处分", "penalty", penalty, "happened_on", on, "until", until),
			record(t, "person", "q2", "name", "吴八", "status", "正式党员", "standing", "在册", "joined_on", "1990-01-01", "confirmed_on", "1991-01-01", "voting_suspended", suspended),
		}
	}
}

// both adds what two make.
func both(one, other func(t *testing.T) []*model.Record) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record { return append(one(t), other(t)...) }
}

var rightsCases = []ruleCase{
	passed("a full member", "W-POS-RIGHTS", "position", "post", "组织委员"),
	warned("a probationary member", "W-POS-RIGHTS", "position", "post", "组织委员", "person", "p5"),
	warned("no member", "W-POS-RIGHTS", "position", "post", "宣传委员", "person", "p4"),
	passed("no member on the villagers' committee", "W-POS-RIGHTS", "position", "body", "村民委员会", "post", "委员", "person", "p4"),
	passed("no member who helps", "W-POS-RIGHTS", "position", "post", "网格员", "person", "p4"),
	warned("a day before becoming a full member", "W-POS-RIGHTS", "position", "post", "委员", "person", "p6", "started_on", "2021-11-01"),
	passed("on the day of becoming a full member", "W-POS-RIGHTS", "position", "post", "委员", "person", "p6", "started_on", "2021-11-02"),
	passed("a day after", "W-POS-RIGHTS", "position", "post", "委员", "person", "p6", "started_on", "2021-11-03"),
	passed("in office until the day before 留党察看", "W-POS-RIGHTS", "position", "post", "委员", "person", "q2", "started_on", "2024-01-01", "ended_on", "2025-03-09").among(punished("留党察看", "2025-03-10", "2026-03-10", "")),
	warned("still in office under 留党察看", "W-POS-RIGHTS", "position", "post", "委员", "person", "q2", "started_on", "2024-01-01").among(punished("留党察看", "2025-03-10", "2027-03-10", "是")),
	warned("on the first day of 留党察看", "W-POS-RIGHTS", "position", "post", "委员", "person", "q2", "started_on", "2025-03-10", "ended_on", "2025-04-01").among(punished("留党察看", "2025-03-10", "2026-03-10", "")),
	warned("on its last day", "W-POS-RIGHTS", "position", "post", "委员", "person", "q2", "started_on", "2026-03-10").among(punished("留党察看", "2025-03-10", "2026-03-10", "")),
	passed("a day after, restored", "W-POS-RIGHTS", "position", "post", "委员", "person", "q2", "started_on", "2026-03-11").among(punished("留党察看", "2025-03-10", "2026-03-10", "")),
	warned("a day after, not restored", "W-POS-RIGHTS", "position", "post", "委员", "person", "q2", "started_on", "2026-03-11").among(punished("留党察看", "2025-03-10", "2026-03-10", "是")),
	warned("rights suspended", "W-POS-RIGHTS", "position", "post", "副书记", "person", "q2", "started_on", "2026-03-11").among(punished("警告", "2020-01-01", "", "是")),

	passed("full members elected", "W-ELEC-RIGHTS", "election"),
	warned("a probationary member elected", "W-ELEC-RIGHTS", "election", "elected", "p2;p5"),
	warned("a secretary whose rights are suspended", "W-ELEC-RIGHTS", "election", "secretary", "q2").among(punished("留党察看", "2025-06-01", "2026-06-01", "是")),
	passed("elected a day after, restored", "W-ELEC-RIGHTS", "election", "secretary", "q2").among(punished("留党察看", "2025-02-28", "2026-02-28", "")),
	warned("elected on the last day", "W-ELEC-RIGHTS", "election", "secretary", "q2").among(punished("留党察看", "2025-03-01", "2026-03-01", "")),

	warned("a sponsor under 留党察看", "W-DEV-SPONSORS", "admission", "sponsors", "p3;q2").among(punished("留党察看", "2020-11-01", "2021-11-01", "")),
	passed("a sponsor a day after", "W-DEV-SPONSORS", "admission", "sponsors", "p3;q2").among(punished("留党察看", "2020-10-31", "2021-10-31", "")),
	warned("a sponsor whose rights are not restored", "W-DEV-SPONSORS", "admission", "sponsors", "p3;q2").among(punished("留党察看", "2020-10-31", "2021-10-31", "是")),
}

// held is q2's office of a Party organisation before.
func held(post, from, to string) func(t *testing.T) []*model.Record {
	return one("position", "o1", "person", "q2", "body", "党组织", "post", post, "started_on", from, "ended_on", to)
}

var penaltyCases = []ruleCase{
	warned("a day less than a year after a warning", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-03-09").among(punished("警告", "2025-03-10", "", "")),
	passed("a year after a warning", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-03-10").among(punished("警告", "2025-03-10", "", "")),
	passed("a year and a day after a warning", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-03-11").among(punished("警告", "2025-03-10", "", "")),
	passed("before the warning", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2025-03-09").among(punished("警告", "2025-03-10", "", "")),
	warned("a day less than a year and a half after 严重警告", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-09-09").among(punished("严重警告", "2025-03-10", "", "")),
	passed("a year and a half after 严重警告", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-09-10").among(punished("严重警告", "2025-03-10", "", "")),
	passed("a year and a half and a day", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-09-11").among(punished("严重警告", "2025-03-10", "", "")),
	warned("the same under the edition of 2018", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2023-06-29").among(punished("严重警告", "2021-12-30", "", "")),
	passed("a year and a half by the edition of 2018", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2023-06-30").among(punished("严重警告", "2021-12-30", "", "")),
	passed("the same office again after a warning", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-01-10").among(both(punished("警告", "2025-03-10", "", ""), held("书记", "2021-01-10", "2026-01-10"))),
	warned("a higher office after a warning", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-01-10").among(both(punished("警告", "2025-03-10", "", ""), held("组织委员", "2021-01-10", "2026-01-10"))),
	warned("two years less a day after 撤销党内职务", "W-POS-PENALTY", "position", "person", "q2", "post", "委员", "started_on", "2026-03-09").among(punished("撤销党内职务", "2024-03-10", "", "")),
	passed("two years after 撤销党内职务", "W-POS-PENALTY", "position", "person", "q2", "post", "委员", "started_on", "2026-03-10").among(punished("撤销党内职务", "2024-03-10", "", "")),
	passed("a lower office after 撤销党内职务", "W-POS-PENALTY", "position", "person", "q2", "post", "委员", "started_on", "2025-03-10").among(both(punished("撤销党内职务", "2024-03-10", "", ""), held("书记", "2021-01-10", "2024-03-10"))),
	warned("two years less a day after 留党察看", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-03-09").among(punished("留党察看", "2023-03-10", "2024-03-10", "")),
	passed("two years after 留党察看", "W-POS-PENALTY", "position", "person", "q2", "started_on", "2026-03-10").among(punished("留党察看", "2023-03-10", "2024-03-10", "")),
	passed("the villagers' committee", "W-POS-PENALTY", "position", "person", "q2", "body", "村民委员会", "post", "主任", "started_on", "2026-03-09").among(punished("警告", "2025-03-10", "", "")),

	warned("elected within a year after a warning", "W-ELEC-PENALTY", "election", "elected", "p2;q2").among(punished("警告", "2025-03-02", "", "")),
	passed("elected a year after a warning", "W-ELEC-PENALTY", "election", "elected", "p2;q2").among(punished("警告", "2025-03-01", "", "")),

	warned("留党察看 of a day less than a year", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "happened_on", "2026-09-01", "until", "2027-08-31"),
	passed("留党察看 of a year", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "happened_on", "2026-09-01", "until", "2027-09-01"),
	passed("留党察看 of a year and a day", "W-STS-UNTIL", "movement", "kind", "处分", "penalty", "留党察看", "happened_on", "2026-09-01", "until", "2027-09-02"),
}
