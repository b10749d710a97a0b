package party_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/model/party/packs"
)

// wholeAdmission is one that keeps the edition of 2014 to the day.
var wholeAdmission = []string{"person", "p1", "applied_on", "2020-01-05", "talked_on", "2020-02-05",
	"activist_on", "2020-06-01", "activist_filed_on", "2020-06-10", "mentors", "p2;p3",
	"candidate_on", "2021-06-01", "candidate_filed_on", "2021-06-08", "sponsors", "p2;p3", "vetted_on", "2021-08-01", "vetted", "合格",
	"trained_on", "2021-09-01", "training_days", "3", "training_hours", "24", "committee_on", "2021-09-20", "prereviewed_on", "2021-10-01",
	"form_no", "2021-001", "accepted_on", "2021-11-01", "votes_due", "20", "votes_present", "11", "votes_for", "11",
	"superior_talk_on", "2021-12-01", "approved_on", "2022-02-01", "filed_on", "2022-02-10", "grouped_on", "2022-02-10", "oath_on", "2022-05-01",
	"asked_on", "2022-10-20", "confirm_voted_on", "2022-11-01", "confirm_due", "20", "confirm_present", "11", "confirm_for", "11",
	"confirm_result", "按期转正", "confirm_approved_on", "2023-02-01", "archived_on", "2023-02-20"}

// by2026 makes the pairs of an admission begun under the edition of 2026. Each step goes
// by the edition of its own day all the same.
func by2026(pairs ...string) []string { return append([]string{"applied_on", "2026-05-11"}, pairs...) }

// by2014 is one begun on the last day of the edition of 2014.
func by2014(pairs ...string) []string { return append([]string{"applied_on", "2026-05-10"}, pairs...) }

func warned(name, code, kind string, set ...string) ruleCase {
	return ruleCase{name: name, code: code, kind: kind, set: set, fails: true, warns: true}
}

func refused(name, code, kind string, set ...string) ruleCase {
	return ruleCase{name: name, code: code, kind: kind, set: set, fails: true}
}

func passed(name, code, kind string, set ...string) ruleCase {
	return ruleCase{name: name, code: code, kind: kind, set: set}
}

// among adds the records that stand on file.
func (c ruleCase) among(more func(t *testing.T) []*model.Record) ruleCase {
	c.look = with(more)
	return c
}

func one(kind, id string, pairs ...string) func(t *testing.T) []*model.Record {
	return func(t *testing.T) []*model.Record { return []*model.Record{record(t, kind, id, pairs...)} }
}

var admissionCases = []ruleCase{
	refused("17 at application", "E-AGE-01", "admission", "applied_on", "2008-01-31"),
	passed("18 at application", "E-AGE-01", "admission", "applied_on", "2008-02-01"),
	passed("18 and a day", "E-AGE-01", "admission", "applied_on", "2008-02-02"),
	refused("born on a leap day, 28 February", "E-AGE-01", "admission", "applied_on", "2026-02-28", "person", "leap"),
	passed("born on a leap day, 1 March", "E-AGE-01", "admission", "applied_on", "2026-03-01", "person", "leap"),
	passed("no birth date on file", "E-AGE-01", "admission", "applied_on", "1999-03-01", "person", "p4"),

	passed("all in order", "E-DEV-ORDER", "admission"),
	refused("2 before 1", "E-DEV-ORDER", "admission", "talked_on", "2020-01-04"),
	passed("2 on the day of 1", "E-DEV-ORDER", "admission", "talked_on", "2020-01-05"),
	refused("3 before 2", "E-DEV-ORDER", "admission", "activist_on", "2020-02-04"),
	refused("7 before 3", "E-DEV-ORDER", "admission", "candidate_on", "2020-05-31"),
	refused("13 before 7", "E-DEV-ORDER", "admission", "prereviewed_on", "2021-05-31"),
	refused("15 before 13", "E-DEV-ORDER", "admission", "accepted_on", "2021-09-30"),
	refused("17 before 15", "E-DEV-ORDER", "admission", "approved_on", "2021-10-31"),
	refused("23 before 17", "E-DEV-ORDER", "admission", "confirm_voted_on", "2022-01-31"),
	refused("24 before 23", "E-DEV-ORDER", "admission", "confirm_approved_on", "2022-10-31"),
	refused("20 before 15", "E-DEV-ORDER", "admission", "oath_on", "2021-10-31"),
	passed("20 on the day of 15", "E-DEV-ORDER", "admission", "oath_on", "2021-11-01"),
	refused("a step left out between", "E-DEV-ORDER", "admission", "talked_on", "", "activist_on", "", "candidate_on", "2020-01-04"),

	warned("4 before 3", "W-DEV-STEPS", "admission", "activist_filed_on", "2020-05-31"),
	warned("8 before 7", "W-DEV-STEPS", "admission", "candidate_filed_on", "2021-05-31"),
	warned("10 after 13", "W-DEV-STEPS", "admission", "vetted_on", "2021-10-02"),
	warned("12 after 13", "W-DEV-STEPS", "admission", "committee_on", "2021-10-02"),
	warned("16 after 17", "W-DEV-STEPS", "admission", "superior_talk_on", "2022-02-02"),
	passed("16 on the day of 17", "W-DEV-STEPS", "admission", "superior_talk_on", "2022-02-01"),
	warned("18 before 17", "W-DEV-STEPS", "admission", "filed_on", "2022-01-31"),
	warned("22 after 23", "W-DEV-STEPS", "admission", "asked_on", "2022-11-02"),
	warned("25 before 24", "W-DEV-STEPS", "admission", "archived_on", "2023-01-31"),

	passed("a day less than a month", "W-DEV-TALK", "admission", "talked_on", "2020-02-04"),
	passed("a month", "W-DEV-TALK", "admission"),
	warned("a month and a day", "W-DEV-TALK", "admission", "talked_on", "2020-02-06"),
	passed("from 31 January to 29 February", "W-DEV-TALK", "admission", "applied_on", "2020-01-31", "talked_on", "2020-02-29"),
	warned("from 31 January to 1 March", "W-DEV-TALK", "admission", "applied_on", "2020-01-31", "talked_on", "2020-03-01"),
	warned("a month and a day in 2026", "W-DEV-TALK", "admission", by2026("talked_on", "2026-06-12")...),
	passed("a month in 2026", "W-DEV-TALK", "admission", by2026("talked_on", "2026-06-11")...),

	passed("one mentor", "W-DEV-MENTORS", "admission", "mentors", "p2"),
	passed("no mentor before step 3", "W-DEV-MENTORS", "admission", "mentors", "", "activist_on", ""),
	warned("no mentor", "W-DEV-MENTORS", "admission", "mentors", ""),
	warned("three mentors", "W-DEV-MENTORS", "admission", "mentors", "p1;p2;p3"),
	warned("a mentor who is no member", "W-DEV-MENTORS", "admission", "mentors", "p4"),
	warned("a mentor confirmed a day later", "W-DEV-MENTORS", "admission", "mentors", "p2", "activist_on", "1990-12-31"),
	passed("a mentor confirmed on the day", "W-DEV-MENTORS", "admission", "mentors", "p2", "activist_on", "1991-01-01"),

	warned("a day less than a year", "E-DEV-12M", "admission", "candidate_on", "2021-05-31"),
	passed("a year", "E-DEV-12M", "admission"),
	passed("a year and a day", "E-DEV-12M", "admission", "candidate_on", "2021-06-02"),
	passed("a year from a leap day", "E-DEV-12M", "admission", "activist_on", "2020-02-29", "candidate_on", "2021-02-28"),
	warned("less than a year from a leap day", "E-DEV-12M", "admission", "activist_on", "2020-02-29", "candidate_on", "2021-02-27"),
	warned("eleven months in 2026", "E-DEV-12M", "admission", by2026("activist_on", "2026-10-01", "candidate_on", "2027-09-01")...),
	passed("a year in 2026", "E-DEV-12M", "admission", by2026("activist_on", "2026-10-01", "candidate_on", "2027-10-01")...),

	passed("no notice in 2014", "E-DEV-NOTICE", "admission"),
	passed("no notice, chosen on the last day of 2014's", "E-DEV-NOTICE", "admission", "candidate_on", "2026-05-10"),
	warned("no notice, chosen on the first day of 2026's", "E-DEV-NOTICE", "admission", "candidate_on", "2026-05-11"),
	warned("no notice, chosen a day later", "E-DEV-NOTICE", "admission", "candidate_on", "2026-05-12"),
	warned("no notice, begun under 2014's", "E-DEV-NOTICE", "admission", by2014("candidate_on", "2027-10-01")...),
	passed("not a candidate yet", "E-DEV-NOTICE", "admission", by2026("candidate_on", "")...),
	warned("four working days around a holiday", "E-DEV-NOTICE", "admission", by2026("notice_from", "2026-09-28", "notice_to", "2026-10-08", "candidate_on", "2026-10-09")...),
	passed("five working days around a holiday", "E-DEV-NOTICE", "admission", by2026("notice_from", "2026-09-28", "notice_to", "2026-10-09", "candidate_on", "2026-10-10")...),
	passed("six working days", "E-DEV-NOTICE", "admission", by2026("notice_from", "2026-09-28", "notice_to", "2026-10-10", "candidate_on", "2026-10-11")...),
	warned("four working days while under notice", "E-DEV-NOTICE", "admission", by2026("notice_from", "2026-09-28", "notice_to", "2026-10-08", "candidate_on", "")...),
	warned("decided on the notice's last day", "E-DEV-NOTICE", "admission", by2026("notice_from", "2026-09-28", "notice_to", "2026-10-09", "candidate_on", "2026-10-09")...),
	warned("four weekdays of a year without a calendar", "E-DEV-NOTICE", "admission", by2026("notice_from", "2031-06-02", "notice_to", "2031-06-05", "candidate_on", "2031-06-06")...),
	passed("five weekdays of a year without a calendar", "E-DEV-NOTICE", "admission", by2026("notice_from", "2031-06-02", "notice_to", "2031-06-06", "candidate_on", "2031-06-07")...),

	passed("two sponsors", "W-DEV-SPONSORS", "admission"),
	warned("one sponsor", "W-DEV-SPONSORS", "admission", "sponsors", "p2"),
	warned("no sponsor at the meeting", "W-DEV-SPONSORS", "admission", "sponsors", ""),
	passed("no sponsor before the meeting", "W-DEV-SPONSORS", "admission", "sponsors", "", "accepted_on", ""),
	warned("oneself", "W-DEV-SPONSORS", "admission", "sponsors", "p1;p2"),
	warned("a sponsor on probation", "W-DEV-SPONSORS", "admission", "sponsors", "p2;p5"),
	warned("a sponsor confirmed a day later", "W-DEV-SPONSORS", "admission", "sponsors", "p2;p6"),
	warned("a sponsor expelled before", "W-DEV-SPONSORS", "admission", "sponsors", "p2;p7"),
	warned("a sponsor under 留党察看", "W-DEV-SPONSORS", "admission").among(one("movement", "m1", "person", "p2", "kind", "处分", "penalty", "留党察看", "happened_on", "2020-11-01", "until", "2021-11-01")),
	passed("a sponsor after 留党察看", "W-DEV-SPONSORS", "admission").among(one("movement", "m1", "person", "p2", "kind", "处分", "penalty", "留党察看", "happened_on", "2020-10-31", "until", "2021-10-31")),

	passed("vetted", "W-DEV-VETTING", "admission"),
	warned("vetted in vain", "W-DEV-VETTING", "admission", "vetted", "不合格"),
	warned("not vetted", "W-DEV-VETTING", "admission", "vetted_on", "", "vetted", ""),
	warned("no conclusion", "W-DEV-VETTING", "admission", "vetted", ""),
	passed("not vetted yet", "W-DEV-VETTING", "admission", "vetted_on", "", "vetted", "", "prereviewed_on", "", "accepted_on", ""),

	passed("vetted a year before", "W-DEV-VETTED-OLD", "admission", "vetted_on", "2020-11-01"),
	passed("vetted a day less than a year before", "W-DEV-VETTED-OLD", "admission", "vetted_on", "2020-11-02"),
	warned("vetted a year and a day before", "W-DEV-VETTED-OLD", "admission", "vetted_on", "2020-10-31"),
	passed("vetted on a leap day", "W-DEV-VETTED-OLD", "admission", "vetted_on", "2020-02-29", "accepted_on", "2021-02-28"),
	warned("vetted on a leap day, a day late", "W-DEV-VETTED-OLD", "admission", "vetted_on", "2020-02-29", "accepted_on", "2021-03-01"),

	passed("three days", "W-DEV-TRAINING", "admission", "training_hours", ""),
	passed("24 hours", "W-DEV-TRAINING", "admission", "training_days", "2"),
	warned("two days and 23 hours", "W-DEV-TRAINING", "admission", "training_days", "2", "training_hours", "23"),
	passed("four days", "W-DEV-TRAINING", "admission", "training_days", "4", "training_hours", "23"),
	warned("not trained", "W-DEV-TRAINING", "admission", "trained_on", ""),
	passed("not trained yet", "W-DEV-TRAINING", "admission", "trained_on", "", "prereviewed_on", ""),
	passed("trained on the day of the pre-review", "W-DEV-TRAINING", "admission", "trained_on", "2021-10-01"),
	warned("trained a day after the pre-review", "W-DEV-TRAINING", "admission", "trained_on", "2021-10-02"),

	passed("five weeks in 2014", "W-DEV-MTG1M", "admission", "prereviewed_on", "2021-09-27"),
	passed("two months from the last day of 2014's", "W-DEV-MTG1M", "admission", "prereviewed_on", "2026-05-10", "accepted_on", "2026-07-10"),
	warned("two months from the first day of 2026's", "W-DEV-MTG1M", "admission", "prereviewed_on", "2026-05-11", "accepted_on", "2026-07-11"),
	warned("two months, begun under 2014's", "W-DEV-MTG1M", "admission", by2014("prereviewed_on", "2028-01-31", "accepted_on", "2028-03-31")...),
	passed("a month less a day", "W-DEV-MTG1M", "admission", by2026("prereviewed_on", "2028-01-31", "accepted_on", "2028-02-28")...),
	passed("a month to the end of a leap February", "W-DEV-MTG1M", "admission", by2026("prereviewed_on", "2028-01-31", "accepted_on", "2028-02-29")...),
	warned("a month and a day", "W-DEV-MTG1M", "admission", by2026("prereviewed_on", "2028-01-31", "accepted_on", "2028-03-01")...),

	passed("votes", "W-DEV-VOTES", "admission"),
	warned("no votes", "W-DEV-VOTES", "admission", "votes_due", ""),
	warned("no votes for", "W-DEV-VOTES", "admission", "votes_for", ""),
	warned("no votes at the confirmation", "W-DEV-VOTES", "admission", "confirm_present", ""),
	passed("no votes before the meeting", "W-DEV-VOTES", "admission", "accepted_on", "", "votes_due", ""),

	warned("half of those due", "E-VOTE-HALF", "admission", "votes_present", "10", "votes_for", "10"),
	passed("half and one", "E-VOTE-HALF", "admission"),
	passed("half of an odd number", "E-VOTE-HALF", "admission", "votes_due", "21", "votes_present", "11", "votes_for", "11"),
	warned("half say yes", "E-VOTE-HALF", "admission", "votes_present", "12", "votes_for", "10"),
	passed("written opinions count", "E-VOTE-HALF", "admission", "votes_for", "12", "votes_against", "1"),
	warned("more present than due", "E-VOTE-HALF", "admission", "votes_present", "21"),
	warned("more votes than due", "E-VOTE-HALF", "admission", "votes_for", "11", "votes_against", "9", "votes_abstain", "1"),
	warned("half at the confirmation", "E-VOTE-HALF", "admission", "confirm_present", "10"),
	warned("half say yes at the confirmation", "E-VOTE-HALF", "admission", "confirm_for", "10"),
	warned("half of those due in 2026", "E-VOTE-HALF", "admission", by2026("votes_present", "10")...),
	passed("half and one in 2026", "E-VOTE-HALF", "admission", by2026()...),

	passed("a day less than three months", "W-DEV-3M", "admission", "approved_on", "2022-01-31"),
	passed("three months", "W-DEV-3M", "admission"),
	warned("three months and a day", "W-DEV-3M", "admission", "approved_on", "2022-02-02"),
	passed("three months from 30 November", "W-DEV-3M", "admission", "accepted_on", "2021-11-30", "approved_on", "2022-02-28"),
	warned("three months from 30 November and a day", "W-DEV-3M", "admission", "accepted_on", "2021-11-30", "approved_on", "2022-03-01"),
	warned("six months", "W-DEV-3M", "admission", "approved_on", "2022-05-01"),
	passed("beyond six months it is the other rule", "W-DEV-3M", "admission", "approved_on", "2022-05-02"),
	passed("six months", "E-DEV-6M", "admission", "approved_on", "2022-05-01"),
	passed("a day less than six months", "E-DEV-6M", "admission", "approved_on", "2022-04-30"),
	warned("six months and a day", "E-DEV-6M", "admission", "approved_on", "2022-05-02"),
	warned("six months and a day in 2026", "E-DEV-6M", "admission", by2026("accepted_on", "2028-08-31", "approved_on", "2029-03-01")...),
	passed("six months in 2026", "E-DEV-6M", "admission", by2026("accepted_on", "2028-08-31", "approved_on", "2029-02-28")...),

	passed("three months in 2014", "W-OATH", "admission"),
	passed("a month less a day", "W-OATH", "admission", by2026("approved_on", "2028-03-31", "oath_on", "2028-04-29")...),
	passed("a month to its end", "W-OATH", "admission", by2026("approved_on", "2028-03-31", "oath_on", "2028-04-30")...),
	warned("a month and a day", "W-OATH", "admission", by2026("approved_on", "2028-03-31", "oath_on", "2028-05-01")...),
	passed("a month and a day from the last day of 2014's", "W-OATH", "admission", "approved_on", "2026-05-10", "oath_on", "2026-06-11"),
	passed("a month from the first day of 2026's", "W-OATH", "admission", "approved_on", "2026-05-11", "oath_on", "2026-06-11"),
	warned("a month and a day from the first day of 2026's", "W-OATH", "admission", "approved_on", "2026-05-11", "oath_on", "2026-06-12"),

	warned("a day before the end", "W-DEV-PROBATION", "admission", "confirm_voted_on", "2022-10-31"),
	passed("on the end", "W-DEV-PROBATION", "admission"),
	passed("a day after the end", "W-DEV-PROBATION", "admission", "confirm_voted_on", "2022-11-02"),
	passed("a year from a leap day", "W-DEV-PROBATION", "admission", "accepted_on", "2024-02-29", "confirm_voted_on", "2025-02-28"),
	warned("a year from a leap day, a day early", "W-DEV-PROBATION", "admission", "accepted_on", "2024-02-29", "confirm_voted_on", "2025-02-27"),
	warned("before the end of the extension", "W-DEV-PROBATION", "admission", "extended_to", "2023-05-01", "confirm_voted_on", "2023-04-30"),
	passed("at the end of the extension", "W-DEV-PROBATION", "admission", "extended_to", "2023-05-01", "confirm_voted_on", "2023-05-01"),
	passed("the meeting that extends", "W-DEV-PROBATION", "admission", "extended_to", "2023-05-01", "confirm_result", "延长预备期"),
	passed("the meeting that cancels", "W-DEV-PROBATION", "admission", "confirm_voted_on", "2022-06-01", "confirm_result", "取消资格"),

	passed("half a year", "W-DEV-EXTEND", "admission", "extended_to", "2023-05-01"),
	warned("a day less than half a year", "W-DEV-EXTEND", "admission", "extended_to", "2023-04-30"),
	passed("a year more", "W-DEV-EXTEND", "admission", "extended_to", "2023-11-01"),
	warned("a year and a day more", "W-DEV-EXTEND", "admission", "extended_to", "2023-11-02"),
	warned("five months in 2026", "W-DEV-EXTEND", "admission", by2026("accepted_on", "2028-01-10", "extended_to", "2029-06-10")...),
	passed("half a year to a month's end", "W-DEV-EXTEND", "admission", by2026("accepted_on", "2027-08-31", "extended_to", "2029-02-28")...),
	warned("extended to no day", "W-DEV-EXTEND", "admission", "confirm_result", "延长预备期"),

	passed("a day less than three months", "W-DEV-CONFIRM3M", "admission", "confirm_approved_on", "2023-01-31"),
	passed("three months", "W-DEV-CONFIRM3M", "admission"),
	warned("three months and a day", "W-DEV-CONFIRM3M", "admission", "confirm_approved_on", "2023-02-02"),
	warned("three months and a day in 2026", "W-DEV-CONFIRM3M", "admission", by2026("confirm_voted_on", "2029-01-31", "confirm_approved_on", "2029-05-01")...),
	passed("three months in 2026", "W-DEV-CONFIRM3M", "admission", by2026("confirm_voted_on", "2029-01-31", "confirm_approved_on", "2029-04-30")...),
}

// TestEditionsNameThemselves: a finding names the edition in force on the day of the
// step, whenever the admission began, and says when the working days are provisional.
func TestEditionsNameThemselves(t *testing.T) {
	for _, c := range []struct {
		code    string
		set     []string
		source  string
		message string
	}{
		{"E-DEV-12M", by2014("activist_on", "2026-05-10", "candidate_on", "2027-05-09"), "《中国共产党发展党员工作细则》(2014)第十三条", "最早 2027-05-10"},
		{"E-DEV-12M", by2014("activist_on", "2026-05-11", "candidate_on", "2027-05-10"), "《中国共产党发展党员工作细则》(2026)第十三条", "最早 2027-05-11"},
		{"E-DEV-6M", by2014("accepted_on", "2026-05-10", "approved_on", "2026-11-11"), "《中国共产党发展党员工作细则》(2014)第二十六条", "不晚于 2026-11-10"},
		{"E-DEV-6M", by2014("accepted_on", "2026-05-11", "approved_on", "2026-11-12"), "《中国共产党发展党员工作细则》(2026)第二十五条", "不晚于 2026-11-11"},
		{"E-DEV-NOTICE", by2026("candidate_on", "", "notice_from", "2031-06-02", "notice_to", "2031-06-05"), "《中国共产党发展党员工作细则》(2026)第十三条", model.ProvisionalWorkdays},
	} {
		env := testEnv(t, around(t))
		all, err := model.Check(env, record(t, "admission", "me", append(slices.Clone(wholeAdmission), c.set...)...), nil)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(all, func(f model.Finding) bool { return f.Code == c.code })
		if i < 0 || all[i].Source != c.source || !strings.Contains(all[i].Message, c.message) {
			t.Errorf("%s: %+v, want source %s and %s", c.code, all, c.source, c.message)
		}
	}
}

// TestCountySetsLimits: the county's limit holds and is named as the source.
func TestCountySetsLimits(t *testing.T) {
	limits, err := model.NewPacks(packs.Default(), map[string]string{"admission.activist.months": "18", "admission.majority": "2/3"})
	if err != nil {
		t.Fatal(err)
	}
	env := testEnv(t, around(t))
	env.Packs = limits
	all, err := model.Check(env, record(t, "admission", "me", wholeAdmission...), nil)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range all {
		codes = append(codes, f.Code+" "+f.Source)
	}
	want := []string{"E-DEV-12M 本县(市)规定", "E-VOTE-HALF 本县(市)规定", "E-VOTE-HALF 本县(市)规定"}
	if !slices.Equal(codes, want) {
		t.Errorf("findings %v, want %v", codes, want)
	}
	if limits, err = model.NewPacks(packs.Default(), map[string]string{"election.base": "1"}); err != nil {
		t.Fatal(err)
	}
	for yes, want := range map[string]bool{"50": true, "51": false} { // of a hundred who should attend; eighty did
		env.Packs = limits
		r := record(t, "election", "me", append(slices.Clone(right["election"]), "votes", "赵一 "+yes+"\n钱二 70", "elected", "p2;p3")...)
		all, err := model.Check(env, r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.ContainsFunc(all, func(f model.Finding) bool { return f.Code == "W-ELEC-HALF" }); got != want {
			t.Errorf("elected by %s of those who should attend: %+v", yes, all)
		}
	}
	for _, bad := range []map[string]string{{"admission.activist.months": "-1"}, {"admission.activist.months": "1/2"}, {"admission.majority": "1/0"}, {"admission.age": "17"}, {"no.such": "1"}} {
		if _, err := model.NewPacks(packs.Default(), bad); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}
