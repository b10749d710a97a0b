package truth

import (
	"taizhang/model"
)

// shelfAnswer tells of a record of a kind whether it answers a ledger of the shelf
// (domain.md §8.10) in a span.
type shelfAnswer struct {
	kind    string
	answers func(r *model.Record, s Span) bool
}

// dated answers by a record with its day in the span.
func dated(kind, day string, fits func(*model.Record) bool) shelfAnswer {
	return shelfAnswer{kind, func(r *model.Record, s Span) bool { return s.holds(r.Date(day)) && fits(r) }}
}

// going answers by a record that is open at the day.
func going(kind string, fits func(*model.Record) bool) shelfAnswer {
	return shelfAnswer{kind, func(r *model.Record, s Span) bool {
		return openAt(r, "started_on", "ended_on", s.To) && fits(r)
	}}
}

// ofYear answers by a record of the day's year.
func ofYear(kind string, fits func(*model.Record) bool) shelfAnswer {
	return shelfAnswer{kind, func(r *model.Record, s Span) bool { return int(r.Int("year")) == s.To.Year() && fits(r) }}
}

func anyRecord(*model.Record) bool { return true }

func hasOne(field string, values ...string) func(*model.Record) bool {
	return func(r *model.Record) bool { return r.Is(field, values...) }
}

// notBefore tells whether a date is none, or in the span or after it.
func (s Span) notBefore(day model.Date) bool { return day == "" || day >= s.From }

// listed answers by what is 培养中, or came to its end in the span or later.
func listed(kind, begin, end string) shelfAnswer {
	return shelfAnswer{kind, func(r *model.Record, s Span) bool {
		begun, ended := r.Date(begin), r.Date(end)
		return begun != "" && begun <= s.To && (r.Is("state", "培养中") || ended != "" && ended >= s.From)
	}}
}

// shelfLedgers are the 24 ledgers, in the order of domain.md; that of the members
// has no answers: they are known.
var shelfLedgers = []struct {
	title   string
	answers []shelfAnswer
}{
	{"01 党支部情况", []shelfAnswer{{"organization", func(r *model.Record, _ Span) bool { return r.ID == r.OrgID }}}},
	{"02 两委成员花名册", []shelfAnswer{going("position", hasOne("body", "党组织", "村民委员会", "居民委员会"))}},
	{"03 党员名册", nil},
	{"04 积极分子与发展党员", []shelfAnswer{{"admission", func(r *model.Record, s Span) bool {
		begun := r.Date("applied_on")
		return begun != "" && begun <= s.To && s.notBefore(r.Date("ended_on")) && s.notBefore(r.Date("archived_on"))
	}}}},
	{"05 流入流出党员", []shelfAnswer{{"person", func(r *model.Record, _ Span) bool {
		return (r.Filled("away") || r.Filled("home_org")) && r.Is("standing", "在册", "组织关系在外")
	}}, dated("movement", "happened_on", hasOne("kind", "外出流动", "流动返回"))}},
	{"06 组织关系转接", []shelfAnswer{dated("movement", "happened_on", hasOne("kind", "转入", "转出"))}},
	{"07 计划与总结", []shelfAnswer{ofYear("plan", anyRecord)}},
	{"08 组织生活记录", []shelfAnswer{dated("activity", "held_on", anyRecord)}},
	{"09 组织生活会与民主评议", []shelfAnswer{ofYear("appraisal", anyRecord), dated("activity", "held_on", hasOne("kind", "组织生活会", "民主评议"))}},
	{"10 谈心谈话", []shelfAnswer{dated("talk", "held_on", anyRecord)}},
	{"11 党费交纳", []shelfAnswer{{"dues", func(r *model.Record, s Span) bool {
		return r.Month("month") >= s.From.Month() && r.Month("month") <= s.To.Month()
	}}}},
	{"12 教育培训", []shelfAnswer{dated("training", "started_on", anyRecord)}},
	{"13 后备干部", []shelfAnswer{listed("reserve", "listed_on", "appointed_on")}},
	{"14 双培双带", []shelfAnswer{listed("cultivation", "started_on", "achieved_on")}},
	{"15 设岗定责", []shelfAnswer{going("duty", anyRecord)}},
	{"16 承诺践诺", []shelfAnswer{ofYear("pledge", anyRecord)}},
	{"17 结对帮扶", []shelfAnswer{going("pairing", anyRecord), dated("visit", "happened_on", anyRecord)}},
	{"18 两委成员述职", []shelfAnswer{ofYear("plan", hasOne("kind", "半年述职")), dated("activity", "held_on", hasOne("kind", "述职"))}},
	{"19 重要决策", []shelfAnswer{dated("decision", "proposed_on", anyRecord)}},
	{"20 党务公开", []shelfAnswer{dated("activity", "held_on", hasOne("kind", "党务公开")), {"decision", func(r *model.Record, s Span) bool {
		return s.holds(r.Date("resolution_shown_on")) || s.holds(r.Date("result_shown_on"))
	}}}},
	{"21 换届选举", []shelfAnswer{{"election", func(r *model.Record, s Span) bool { return r.Filled("held_on") && r.Date("held_on") <= s.To }}}},
	{"22 奖励与处分", []shelfAnswer{dated("honor", "granted_on", anyRecord), dated("movement", "happened_on", hasOne("kind", "处分"))}},
	{"23 经济实体和项目", []shelfAnswer{going("undertaking", anyRecord)}},
	{"24 五好申报与考核", []shelfAnswer{ofYear("assessment", anyRecord)}},
}

// countShelf counts G01: of the shelf's ledgers those with a record.
func countShelf(b *book) {
	if gone := b.home.Date("abolished_on"); gone != "" && gone <= b.To {
		return
	}
	b.count("G01", "asked", "", b.home.ID, int64(len(shelfLedgers)))
	for _, l := range shelfLedgers {
		if b.kept(l.answers) {
			b.count("G01", "kept", "", b.home.ID, 1)
			b.count("G01", "by_ledger", l.title, b.home.ID, 1)
		}
	}
}

func (b *book) kept(answers []shelfAnswer) bool {
	if answers == nil {
		return len(b.status) > 0
	}
	for _, a := range answers {
		for _, r := range b.records[a.kind] {
			if a.answers(r, b.Span) {
				return true
			}
		}
	}
	return false
}
