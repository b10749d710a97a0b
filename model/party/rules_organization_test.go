package party_test

import (
	"fmt"
	"testing"

	"taizhang/model"
)

// crowd gives a ledger of so many full members, then probationary ones, and more
// records beside them.
func crowd(full, probationary int, more ...func(t *testing.T) []*model.Record) func(t *testing.T) shelf {
	return func(t *testing.T) shelf {
		s := shelf{}
		for i := range full + probationary {
			status := "正式党员"
			if i >= full {
				status = "预备党员"
			}
			id := fmt.Sprintf("c%03d", i)
			s["person"] = append(s["person"], record(t, "person", id, "name", "某", "status", status, "standing", "在册", "joined_on", "2000-01-01", "party_group", "me"))
		}
		for _, m := range more {
			for _, r := range m(t) {
				s[r.Kind.Name] = append(s[r.Kind.Name], r)
			}
		}
		return s
	}
}

// offices gives that many open offices in the committee, one a person.
func offices(n int, pairs ...string) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record {
		var all []*model.Record
		for i := range n {
			all = append(all, record(t, "position", fmt.Sprintf("o%d", i), append([]string{"person", fmt.Sprintf("c%03d", i), "body", "党组织", "post", "委员", "started_on", "2021-01-01"}, pairs...)...))
		}
		return all
	}
}

func units(n int) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record {
		var all []*model.Record
		for i := range n {
			all = append(all, record(t, "unit", fmt.Sprintf("u%d", i), "organization", "me"))
		}
		return all
	}
}

// appraised gives that many appraisals of a year, the first ones 优秀.
func appraised(year string, best, all int) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record {
		var rs []*model.Record
		for i := range all {
			grade := "合格"
			if i < best {
				grade = "优秀"
			}
			rs = append(rs, record(t, "appraisal", fmt.Sprintf("a%s%d", year, i), "person", fmt.Sprintf("c%03d", i), "year", year, "grade", grade))
		}
		return rs
	}
}

// in gives a case its ledger.
func (c ruleCase) in(look func(t *testing.T) shelf) ruleCase { c.look = look; return c }

// home makes the case one of the organisation that keeps the ledger.
func (c ruleCase) home() ruleCase { c.id = "home"; return c }

func (c ruleCase) onFile() ruleCase { c.stays = true; return c }

var (
	branch         = []string{"kind", "党支部", "parent", ""}
	general        = []string{"kind", "党总支", "parent", ""}
	partyCommittee = []string{"kind", "党委", "parent", "", "approval_no", "澄委组〔2020〕1号"}
	town           = []string{"kind", "党委", "parent", "", "domain", "乡镇"}
	joint          = []string{"kind", "联合党支部", "parent", ""}
)

var organizationCases = []ruleCase{
	warned("two full members", "E-ORG-3", "organization", branch...).in(crowd(2, 3)),
	passed("three full members", "E-ORG-3", "organization", branch...).in(crowd(3, 0)),
	passed("four full members", "E-ORG-3", "organization", branch...).in(crowd(4, 0)),
	passed("no member on file yet", "E-ORG-3", "organization", branch...).in(crowd(0, 0)),
	warned("two full members in the ledger's own", "E-ORG-3", "organization", branch...).home().in(crowd(2, 0)),
	passed("a branch that is gone", "E-ORG-3", "organization", append([]string{"abolished_on", "2020-01-01"}, branch...)...).in(crowd(2, 0)),
	passed("a group of two", "E-ORG-3", "organization").in(crowd(2, 0)),
	passed("members in the groups below", "E-ORG-3", "organization", branch...).in(crowd(2, 0, func(t *testing.T) []*model.Record {
		return []*model.Record{record(t, "organization", "g1", "kind", "党小组", "parent", "me"),
			record(t, "person", "x", "name", "某", "status", "正式党员", "standing", "在册", "party_group", "g1")}
	})),

	passed("one above the ledger's own", "E-ORG-3", "organization", branch...).in(crowd(2, 0, func(t *testing.T) []*model.Record {
		r := record(t, "organization", "below", "kind", "党支部", "parent", "me")
		r.OrgID = "below"
		return []*model.Record{r}
	})),

	passed("a unit of two members", "E-ORG-3", "unit"),
	warned("a unit of three members", "E-ORG-3", "unit", "members", "3"),
	warned("a unit of four members", "E-ORG-3", "unit", "members", "4"),
	passed("a unit with a branch", "E-ORG-3", "unit", "members", "3", "party_body", "单独组建"),

	passed("a branch of 49", "W-ORG-SIZE", "organization", branch...).in(crowd(49, 0)),
	passed("a branch of 50", "W-ORG-SIZE", "organization", branch...).in(crowd(49, 1)),
	warned("a branch of 51", "W-ORG-SIZE", "organization", branch...).in(crowd(50, 1)),
	warned("a branch of 115", "W-ORG-SIZE", "organization", branch...).home().in(crowd(113, 2)),
	passed("a group of 51", "W-ORG-SIZE", "organization").in(crowd(51, 0)),
	warned("a general branch of 50", "W-ORG-SIZE", "organization", general...).in(crowd(50, 0)),
	passed("a general branch of 51", "W-ORG-SIZE", "organization", general...).in(crowd(51, 0)),
	passed("a general branch of 52", "W-ORG-SIZE", "organization", general...).in(crowd(52, 0)),
	warned("a committee of 99", "W-ORG-SIZE", "organization", partyCommittee...).in(crowd(99, 0)),
	passed("a committee of 100", "W-ORG-SIZE", "organization", partyCommittee...).in(crowd(100, 0)),
	passed("a committee of 101", "W-ORG-SIZE", "organization", partyCommittee...).in(crowd(101, 0)),
	passed("a town's committee", "W-ORG-SIZE", "organization", town...).in(crowd(20, 0)),

	warned("a village's committee without approval", "W-ORG-APPROVAL", "organization", "kind", "党委", "parent", ""),
	passed("a village's committee with approval", "W-ORG-APPROVAL", "organization", partyCommittee...),
	passed("a town's committee", "W-ORG-APPROVAL", "organization", town...),

	passed("four units", "W-ORG-JOINT", "organization", joint...).in(crowd(5, 0, units(4))),
	passed("five units", "W-ORG-JOINT", "organization", joint...).in(crowd(5, 0, units(5))),
	warned("six units", "W-ORG-JOINT", "organization", joint...).in(crowd(5, 0, units(6))),

	passed("six full members without a committee", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(6, 2)),
	warned("seven full members without a committee", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(7, 0)),
	warned("eight full members without a committee", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(8, 0)),
	warned("a committee of two", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(2))),
	passed("a committee of three", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(3))),
	warned("a committee of four", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(4))),
	passed("a committee of seven", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(7))),
	warned("a committee of eight", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(8))),
	warned("a committee that has ended", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(5, "ended_on", "2026-01-01"))),
	warned("the village's committee is another body", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(5, "body", "村民委员会"))),
	passed("one who holds two offices counts once", "W-ORG-COMMITTEE", "organization", branch...).home().in(crowd(20, 0, offices(3), one("position", "oo", "person", "c000", "body", "党组织", "post", "书记", "started_on", "2021-01-01"))),
	passed("a branch within the ledger", "W-ORG-COMMITTEE", "organization", branch...).in(crowd(20, 0)),
	warned("a general branch with four", "W-ORG-COMMITTEE", "organization", general...).home().in(crowd(60, 0, offices(4))),
	passed("a general branch with five", "W-ORG-COMMITTEE", "organization", general...).home().in(crowd(60, 0, offices(5))),
	passed("a general branch with nine", "W-ORG-COMMITTEE", "organization", general...).home().in(crowd(60, 0, offices(9))),
	warned("a general branch with ten", "W-ORG-COMMITTEE", "organization", general...).home().in(crowd(60, 0, offices(10))),
	passed("a committee of nine", "W-ORG-COMMITTEE", "organization", partyCommittee...).home().in(crowd(100, 0, offices(9))),
	warned("a committee of eleven", "W-ORG-COMMITTEE", "organization", partyCommittee...).home().in(crowd(100, 0, offices(11))),
	warned("a committee of twelve", "W-ORG-COMMITTEE", "organization", partyCommittee...).home().in(crowd(100, 0, offices(12))),
	warned("a town's committee of six", "W-ORG-COMMITTEE", "organization", town...).home().in(crowd(20, 0, offices(6))),
	passed("a town's committee of seven", "W-ORG-COMMITTEE", "organization", town...).home().in(crowd(20, 0, offices(7))),
	passed("a town's committee of nine", "W-ORG-COMMITTEE", "organization", town...).home().in(crowd(20, 0, offices(9))),
	warned("a town's committee of ten", "W-ORG-COMMITTEE", "organization", town...).home().in(crowd(20, 0, offices(10))),

	passed("a third of the full members", "W-REV-THIRD", "organization", branch...).home().in(crowd(48, 0, appraised("2025", 16, 45))),
	warned("a third of the full members and one", "W-REV-THIRD", "organization", branch...).home().in(crowd(48, 0, appraised("2025", 17, 45))),
	passed("probationary members don't count", "W-REV-THIRD", "organization", branch...).home().in(crowd(45, 6, appraised("2025", 15, 45))),
	warned("one too many for the full members alone", "W-REV-THIRD", "organization", branch...).home().in(crowd(45, 6, appraised("2025", 16, 45))),
	passed("less than a third of last year's", "W-REV-THIRD", "organization", branch...).home().in(crowd(50, 0, appraised("2025", 14, 45))),
	passed("36 of 110", "W-REV-THIRD", "organization", branch...).home().in(crowd(110, 0, appraised("2025", 36, 100))),
	warned("37 of 110", "W-REV-THIRD", "organization", branch...).home().in(crowd(110, 0, appraised("2025", 37, 100))),
	passed("too many, two years ago", "W-REV-THIRD", "organization", branch...).home().in(crowd(50, 0, appraised("2024", 45, 45))),
	passed("this year's not half begun", "W-REV-THIRD", "organization", branch...).home().in(crowd(50, 0, appraised("2026", 24, 24))),
	warned("this year's half done", "W-REV-THIRD", "organization", branch...).home().in(crowd(50, 0, appraised("2026", 17, 25))),
	passed("a group", "W-REV-THIRD", "organization").in(crowd(50, 0, appraised("2025", 45, 45))),

	passed("the fifteenth 优秀 of 45", "W-REV-THIRD", "appraisal", "grade", "优秀", "person", "c000").in(crowd(45, 0, appraised("2025", 14, 44))),
	warned("the sixteenth 优秀 of 45", "W-REV-THIRD", "appraisal", "grade", "优秀", "person", "c000").in(crowd(45, 0, appraised("2025", 15, 44))),
	passed("the first 优秀 of all", "W-REV-THIRD", "appraisal", "grade", "优秀", "person", "c000").in(crowd(45, 0)),
	passed("合格 beside too many", "W-REV-THIRD", "appraisal", "person", "c000").in(crowd(45, 0, appraised("2025", 40, 44))),
	passed("on file the organisation's rule speaks", "W-REV-THIRD", "appraisal", "grade", "优秀", "person", "c000").onFile().in(crowd(45, 0, appraised("2025", 15, 44))),

	warned("a probationary member graded", "W-REV-PROBATION", "appraisal", "person", "p5"),
	passed("a probationary member not graded", "W-REV-PROBATION", "appraisal", "person", "p5", "grade", "不定等次"),
	passed("a full member graded", "W-REV-PROBATION", "appraisal"),
	warned("graded a day before the confirmation", "W-REV-PROBATION", "appraisal", "person", "p6", "year", "2021", "held_on", "2021-11-01"),
	passed("graded on the day of confirmation", "W-REV-PROBATION", "appraisal", "person", "p6", "year", "2021", "held_on", "2021-11-02"),

	warned("reviewed after the expulsion", "E-STS-CHAIN", "appraisal", "person", "p7", "year", "2022"),
	passed("reviewed in the year of the expulsion", "E-STS-CHAIN", "appraisal", "person", "p7", "year", "2021"),
}
