package party_test

import (
	"testing"

	"taizhang/model"
)

const routine = "会议听取了修路方案,赵一、钱二等发言,一致认为可行,请村委会抓紧落实。"

func meeting(id string, pairs ...string) func(t *testing.T) []*model.Record {
	return one("activity", id, append([]string{"kind", "党小组会", "title", "上次的会"}, pairs...)...)
}

var meetingCases = []ruleCase{
	passed("yesterday", "W-FUTURE", "activity", "held_on", "2026-10-30"),
	passed("today", "W-FUTURE", "activity"),
	warned("tomorrow", "W-FUTURE", "activity", "held_on", "2026-11-01"),

	passed("a place", "W-MTG-01", "activity"),
	warned("no place", "W-MTG-01", "activity", "place", ""),
	passed("a public notice has no place", "W-MTG-01", "activity", "kind", "党务公开", "place", ""),

	passed("a roll", "W-MTG-02", "activity"),
	warned("no roll", "W-MTG-02", "activity", "attendance", ""),
	passed("no roll of volunteers", "W-MTG-02", "activity", "kind", "志愿服务", "attendance", ""),
	passed("no roll of another's meeting", "W-MTG-02", "activity", "kept_as", "参加或接受", "attendance", ""),

	passed("votes", "W-MTG-03", "activity"),
	warned("a decision without votes", "W-MTG-03", "activity", "votes", ""),
	warned("a decision of what counts as a general meeting", "W-MTG-03", "activity", "kind", "主题党日", "counts_as", "支部党员大会", "votes", ""),
	passed("no decision", "W-MTG-03", "activity", "votes", "", "decisions", ""),
	passed("a group decides", "W-MTG-03", "activity", "kind", "党小组会", "votes", ""),

	warned("the same text as before", "W-MTG-04", "activity").among(meeting("m1", "held_on", "2026-09-30", "minutes", routine)),
	warned("the same text on the same day", "W-MTG-04", "activity").among(meeting("m1", "held_on", "2026-10-31", "minutes", routine)),
	passed("the same text on the same day, entered later", "W-MTG-04", "activity").among(meeting("z1", "held_on", "2026-10-31", "minutes", routine)),
	passed("the same text afterwards", "W-MTG-04", "activity", "held_on", "2026-08-31").among(meeting("m1", "held_on", "2026-09-30", "minutes", routine)),
	passed("the same few words", "W-MTG-04", "activity", "minutes", "学习文件。").among(meeting("m1", "held_on", "2026-09-30", "minutes", "学习文件。")),
	warned("two years before", "W-MTG-04", "activity").among(meeting("m1", "held_on", "2024-10-31", "minutes", routine)),
	passed("more than two years before", "W-MTG-04", "activity").among(meeting("m1", "held_on", "2024-10-30", "minutes", routine)),
	passed("another organisation's text", "W-MTG-04", "activity").among(func(t *testing.T) []*model.Record {
		rs := meeting("m1", "held_on", "2026-09-30", "minutes", routine)(t)
		rs[0].OrgID = "other"
		return rs
	}),

	passed("half of those due", "E-VOTE-HALF", "activity", "votes", "应到 10 人,实到 5 人,赞成 6 人"),
	warned("one less than half", "E-VOTE-HALF", "activity", "votes", "应到 10 人,实到 4 人,赞成 6 人"),
	passed("one more than half", "E-VOTE-HALF", "activity", "votes", "应到10人,实到6人,赞成6人"),
	warned("half say yes", "E-VOTE-HALF", "activity", "votes", "应到 10 人,实到 9 人,同意 5 人"),
	warned("more present than due", "E-VOTE-HALF", "activity", "votes", "应到 10 人,实到 11 人,赞成 11 人"),
	passed("several ballots", "E-VOTE-HALF", "activity", "votes", "应到 10 人,实到 9 人;一、赞成 9 人;二、赞成 4 人"),
	passed("half of the roll", "E-VOTE-HALF", "activity", "votes", "举手表决通过"),
	warned("a third of the roll", "E-VOTE-HALF", "activity", "votes", "举手表决通过", "attendance", "p2=到会;p3=请假-外出;p6=请假-公务"),
	passed("a probationary member has no vote", "E-VOTE-HALF", "activity", "votes", "举手表决通过", "attendance", "p2=到会;p3=请假-外出;p5=请假-公务"),
	passed("no decision", "E-VOTE-HALF", "activity", "votes", "应到 10 人,实到 4 人", "decisions", ""),
	passed("half of a committee", "E-VOTE-HALF", "activity", "kind", "支部委员会", "attendance", "p2=到会;p3=请假-外出"),
	warned("less than half of a committee", "E-VOTE-HALF", "activity", "kind", "支部委员会", "attendance", "p2=到会;p3=请假-外出;p6=无故缺席"),
	passed("more than half of a committee", "E-VOTE-HALF", "activity", "kind", "支部委员会", "attendance", "p2=到会;p3=到会;p6=无故缺席"),

	warned("one who was expelled comes", "E-STS-CHAIN", "activity", "attendance", "p2=到会;p7=到会", "held_on", "2021-11-01"),
	passed("one who was expelled does not come", "E-STS-CHAIN", "activity", "attendance", "p2=到会;p7=请假-其他", "held_on", "2021-11-01"),
	passed("one comes on the last day", "E-STS-CHAIN", "activity", "attendance", "p2=到会;p7=到会", "held_on", "2021-10-31"),
	warned("one who was expelled is trained", "E-STS-CHAIN", "training", "attendance", "p7=参加", "started_on", "2021-11-01"),
	passed("one is trained on the last day", "E-STS-CHAIN", "training", "attendance", "p7=结业", "started_on", "2021-10-31"),
	passed("one who was expelled is absent", "E-STS-CHAIN", "training", "attendance", "p7=缺席", "started_on", "2021-11-01"),
	warned("a talk with one who was expelled", "E-STS-CHAIN", "talk", "person", "p7", "held_on", "2021-11-01"),
	passed("a talk on the last day", "E-STS-CHAIN", "talk", "person", "p7", "held_on", "2021-10-31"),
}

var electionCases = []ruleCase{
	warned("one less than four fifths", "E-ELEC-45", "election", "attended", "79"),
	passed("four fifths", "E-ELEC-45", "election"),
	passed("one more than four fifths", "E-ELEC-45", "election", "attended", "81"),
	passed("four fifths of 36 is 28.8", "E-ELEC-45", "election", "eligible", "36", "attended", "29"),
	warned("28 of 36", "E-ELEC-45", "election", "eligible", "36", "attended", "28"),
	warned("more than were due", "E-ELEC-45", "election", "attended", "101"),
	passed("an appointment", "E-ELEC-45", "election", "method", "任命", "attended", "1"),
	passed("an appointment by kind", "E-ELEC-45", "election", "kind", "任命", "attended", "1"),
	passed("no figures", "E-ELEC-45", "election", "attended", ""),

	passed("as many ballots as present", "W-VOTE-PROXY", "election"),
	warned("a ballot more than present", "W-VOTE-PROXY", "election", "ballots_issued", "81"),
	passed("a ballot less than present", "W-VOTE-PROXY", "election", "ballots_issued", "79"),

	passed("all returned", "E-ELEC-BALLOT", "election"),
	passed("one less returned", "E-ELEC-BALLOT", "election", "ballots_returned", "79"),
	warned("one more returned", "E-ELEC-BALLOT", "election", "ballots_returned", "81"),
	warned("more valid than returned", "E-ELEC-BALLOT", "election", "ballots_valid", "81"),

	passed("six for five", "E-ELEC-DIFF", "election"),
	warned("five for five", "E-ELEC-DIFF", "election", "votes", "甲 70\n乙 70\n丙 70\n丁 70\n戊 70\n"),
	passed("seven for five", "E-ELEC-DIFF", "election", "votes", "甲;乙;丙;丁;戊;己;庚"),
	passed("four for three", "E-ELEC-DIFF", "election", "seats", "3", "votes", "甲\n乙\n丙\n丁"),
	warned("three for three", "E-ELEC-DIFF", "election", "seats", "3", "votes", "甲\n乙\n丙"),
	passed("nine for seven", "E-ELEC-DIFF", "election", "seats", "7", "votes", "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛\n壬"),
	warned("eight for seven", "E-ELEC-DIFF", "election", "seats", "7", "votes", "甲\n乙\n丙\n丁\n戊\n己\n庚\n辛"),
	passed("without a list", "E-ELEC-DIFF", "election", "method", "海选", "votes", "甲"),
	passed("the committee's secretary", "E-ELEC-DIFF", "election", "method", "委员会选举", "votes", "甲"),

	passed("nobody elected by name", "W-ELEC-HALF", "election"),
	passed("half and one", "W-ELEC-HALF", "election", "votes", "赵一 41 票;钱二 41 票;丙 10 票"),
	warned("half of those present", "W-ELEC-HALF", "election", "votes", "赵一 40 票;钱二 41 票"),
	warned("less than half", "W-ELEC-HALF", "election", "votes", "赵一 赞成39 不赞成41\n钱二 赞成41"),

	passed("as many as seats", "W-ELEC-SEATS", "election", "seats", "2"),
	warned("one more than seats", "W-ELEC-SEATS", "election", "seats", "1"),
	passed("one less than seats", "W-ELEC-SEATS", "election", "seats", "3"),
}
