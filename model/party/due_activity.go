package party

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// activityDue are the reminders about meetings that have not been held (domain.md
// §4.1, §4.4). They speak of the organisation or the group, where there is one.
var activityDue = []model.DueItem{
	{Code: "R-ORG-01", Text: "支部党员大会每季度至少一次", Line: "支部党员大会缺 %d 个季度", Source: sourceBranch + "第十一条", Table: "activity",
		Limits: []string{"meeting.general.quarter", "meeting.general.days"}, Find: dueGeneral},
	{Code: "R-ORG-02", Text: "支部委员会每月至少一次", Line: "支部委员会缺 %d 个月", Source: sourceBranch + "第十二条", Table: "activity",
		Limits: []string{"meeting.committee.month", "meeting.month.day", "org.branch.committee.min"}, Find: dueCommittee},
	{Code: "R-ORG-03", Text: "党小组会每月至少一次", Line: "党小组会缺 %d 次", Source: sourceBranch + "第十三条", Table: "activity",
		Limits: []string{"meeting.group.month", "meeting.month.day"}, Find: dueGroupMeetings},
	{Code: "R-ORG-04", Text: "主题党日每月至少一次", Line: "主题党日缺 %d 个月", Source: sourceBranch + "第十六条", Table: "activity",
		Limits: []string{"meeting.theme.month", "meeting.month.day"}, Find: dueThemeDay},
	{Code: "R-ORG-05", Text: "党课每季度至少一次", Line: "党课缺 %d 个季度", Source: model.SourcePractice, Table: "activity",
		Limits: []string{"meeting.lecture.year", "meeting.general.days"}, Find: dueLecture},
	{Code: "R-ORG-06", Text: "组织生活会每年至少一次,一般在第四季度", Line: "今年还没有开组织生活会", Source: sourceBranch + "第十七条", Table: "activity",
		Limits: []string{"meeting.life.year", "meeting.life.month"}, Find: dueLifeMeeting},
	{Code: "R-ORG-07", Text: "民主评议党员每年一次", Line: "今年还没有民主评议党员", Source: sourceBranch + "第十八条", Table: "activity",
		Limits: []string{"meeting.review.month"}, Find: dueReview},
	{Code: "R-JNT-01", Text: "联席例会每年至少两次", Line: "今年联席例会次数不够", Source: "三级联创活动要求", Table: "activity",
		Limits: []string{"joint.year", "joint.first.month", "joint.last.month", "joint.county", "joint.township", "joint.village"}, Find: dueJoint},
}

// activities gives those of the last twelve months up to the day looked at.
func activities(x *model.DueExam) []*model.Record {
	return x.Find("activity", model.Where("held_on", model.Ge, string(x.Today.AddMonths(-12).Month().First())), model.Where("held_on", model.Le, string(x.Today)))
}

// held gives the organisation's own activities that count as a kind, from one day
// to another.
func held(x *model.DueExam, kind string, from, to model.Date) []*model.Record {
	var all []*model.Record
	for _, r := range activities(x) {
		counts := r.Is("kind", kind) || slices.Contains(r.List("counts_as"), kind)
		if d := r.Date("held_on"); counts && d >= from && d <= to && !r.Is("kept_as", "参加或接受") {
			all = append(all, r)
		}
	}
	return all
}

// frequency is a kind of meeting that is held so often in each period.
type frequency struct {
	kind    string
	figure  string // of the summary, e.g. "B03.theme_met"
	least   model.Limit
	speaks  model.Date    // from when the present period's is missed
	present model.Period  // the one before is overdue while this one lasts
	of      *model.Record // the home organisation or a group
	exists  func(day model.Date) bool
}

// often reports the present period once it can be missed, the one before it as overdue,
// and of this year's the earlier ones, which nobody can make good any more, for
// information: the bar of the year shows them too. A period counts when the book was
// kept since its first day, by its beginning or by an earlier meeting of the kind; one
// in which it began waits until a whole one has passed.
func often(x *model.DueExam, f frequency) {
	if f.of == nil || f.least.Int() == 0 {
		return
	}
	own := func(from, to model.Date) int {
		n := 0
		for _, r := range held(x, f.kind, from, to) {
			n += model.OneIf(f.of == x.Home || r.Str("held_by") == f.of.ID)
		}
		return n
	}
	x.Stand(model.Standing{Figure: f.figure})
	for p := f.present; p.Last >= x.YearFrom() || p == f.present.Before(); p = p.Before() {
		x.Within(p)
		past := p.Last < x.Today
		n := own(p.First, p.Last)
		missing := f.least.Int() - min(n, f.least.Int())
		waits := missing > 0 && !membership.OpenedBy(x, p.First) && own("", p.First.AddDays(-1)) == 0
		switch {
		case !past && x.Today < f.speaks && missing > 0 && !waits || f.exists != nil && !f.exists(p.First):
			continue
		case waits:
			waitFor(x, f, p)
			continue
		case p.Last >= x.YearFrom():
			judge(x, f, p, missing, past)
		}
		f.say(x, p, missing, past)
	}
}

// judge adds a period of this year to how the meeting stands.
func judge(x *model.DueExam, f frequency, p model.Period, missing int, past bool) {
	s := model.Standing{Figure: f.figure, Asked: f.least.Value, Met: f.least.Value - int64(missing)}
	switch {
	case missing > 0 && x.OnPaper(f.of):
		s = model.Standing{Figure: f.figure, Paper: 1}
	case missing > 0 && !past:
		s.Gap = fmt.Sprintf("%s还差 %d 次", p.Present(), missing)
	}
	x.Stand(s)
}

// say reports what is missing in a period.
func (f frequency) say(x *model.DueExam, p model.Period, missing int, past bool) {
	least := f.least.Int()
	none := fmt.Sprintf("没有%s的记录(至少 %d 次)", f.kind, least)
	if missing < least {
		none = fmt.Sprintf("差 %d 次%s(至少 %d 次)", missing, f.kind, least)
	}
	switch {
	case missing == 0:
	case !past:
		x.AddOf(f.least, f.of, p.Last, model.Soon, "%s还%s,请在 %s 以前安排并登记%s", p.Chinese(), none, p.Last, membership.PaperHint(x, p))
	case p.Key == f.present.Before().Key:
		x.AddOf(f.least, f.of, p.Last, model.Overdue, "%s%s;开过的请补登记,没开的请尽快补上", p.Chinese(), none)
	default:
		x.AddOf(f.least, f.of, p.Last, model.ForInformation, "%s%s;开过的请补登记", p.Chinese(), none)
	}
}

// waitFor says that a period in which the book began is not judged, and since when the
// book is kept. Of one that is over there is nothing to say.
func waitFor(x *model.DueExam, f frequency, p model.Period) {
	opened := membership.Opened(x)
	if opened == "" || p != f.present || x.OnPaper(f.of) {
		return
	}
	whole := map[bool]string{true: "季", false: "月"}[strings.Contains(p.Key, "Q")]
	wait := fmt.Sprintf("%s 起记,满%s后判断", opened.Month(), whole)
	x.Stand(model.Standing{Figure: f.figure, Wait: wait})
	x.WaitOf(f.least, f.of, p.Last, f.kind+":"+wait, "台账从 %s 记起,满一个%s以后再判断;%s 以前开过%s的请补登记,或按 F2 记“已在纸质台账办理”", opened.Month(), whole, opened, f.kind)
}

// hasMembers asks for a body that exists wherever there are members.
func hasMembers(x *model.DueExam) func(model.Date) bool {
	return func(model.Date) bool { return membership.AnyMember(x) }
}

// monthly makes the frequency of a meeting of every month.
func monthly(x *model.DueExam, kind, figure, limit string, of *model.Record) frequency {
	m := x.Today.Month()
	return frequency{kind: kind, figure: figure, least: x.Limit(limit), of: of, present: model.MonthPeriod(m),
		speaks: m.First().AddDays(x.Limit("meeting.month.day").Int() - 1), exists: hasMembers(x)}
}

func quarterly(x *model.DueExam, kind, figure string, least model.Limit) frequency {
	q := model.QuarterPeriod(x.Today.Month())
	return frequency{kind: kind, figure: figure, least: least, of: x.Home, present: q,
		speaks: q.Last.AddDays(-x.Limit("meeting.general.days").Int()), exists: hasMembers(x)}
}

func dueGeneral(x *model.DueExam) {
	often(x, quarterly(x, "支部党员大会", "B03.general_met", x.Limit("meeting.general.quarter")))
}

func dueThemeDay(x *model.DueExam) {
	often(x, monthly(x, "主题党日", "B03.theme_met", "meeting.theme.month", x.Home))
}

// dueCommittee asks where there is a committee: three offices held by as many.
func dueCommittee(x *model.DueExam) {
	f := monthly(x, "支部委员会", "B03.committee_met", "meeting.committee.month", x.Home)
	f.exists = func(day model.Date) bool {
		return len(committeeOn(x, day)) >= x.Limit("org.branch.committee.min").Int()
	}
	often(x, f)
}

func dueGroupMeetings(x *model.DueExam) {
	for _, g := range x.Find("organization", model.Where("kind", model.Eq, "党小组")) {
		f := monthly(x, "党小组会", "B03.group_met", "meeting.group.month", g)
		f.exists = func(day model.Date) bool {
			return g.Date("founded_on") <= day && (!g.Filled("abolished_on") || g.Date("abolished_on") > day && g.Date("abolished_on") > x.Today)
		}
		often(x, f)
	}
}

// dueLecture asks every quarter where four a year are asked for, else in the last
// months of the year.
func dueLecture(x *model.DueExam) {
	l := x.Limit("meeting.lecture.year")
	if l.Value >= 4 {
		l.Value /= 4
		often(x, quarterly(x, "党课", "B03.lecture_met", l))
		return
	}
	if x.Home != nil {
		standYearly(x, "B03.lecture_met", "党课", l, yearly(x, "党课", l, x.Limit("meeting.life.month").Int()))
	}
}

// yearly reports from a month on that a kind was held too seldom this year, and gives
// how many are missing; 0 too while nobody asks.
func yearly(x *model.DueExam, kind string, least model.Limit, from int) (missing int) {
	if x.Home == nil || x.Today < x.MonthOf(from).First() || !membership.Owes(x, model.FirstDay(activities(x), "held_on")) || !membership.AnyMember(x) {
		return 0
	}
	x.Within(x.Year())
	n := len(held(x, kind, x.YearFrom(), x.Today))
	if n < least.Int() {
		x.AddOf(least, x.Home, x.Year().Last, model.Soon, "今年%s已有 %d 次,至少要 %d 次,请在年底以前安排并登记%s", kind, n, least.Int(), membership.PaperHint(x, x.Year()))
	}
	return max(least.Int()-n, 0)
}

// standYearly says how a kind stands that is held so often in a year: it counts once it
// was held often enough, or once its absence is spoken of.
func standYearly(x *model.DueExam, figure, kind string, least model.Limit, missing int) {
	x.Within(x.Year())
	s := model.Standing{Figure: figure}
	n := int64(len(held(x, kind, x.YearFrom(), x.Today)))
	switch {
	case least.Value == 0:
	case missing > 0 && x.OnPaper(x.Home):
		s.Paper = 1
	case missing > 0:
		s.Asked, s.Met, s.Gap = least.Value, min(n, least.Value), fmt.Sprintf("今年还差 %d 次", missing)
	case n >= least.Value:
		s.Asked, s.Met = least.Value, least.Value
	}
	x.Stand(s)
}

func dueLifeMeeting(x *model.DueExam) {
	yearly(x, "组织生活会", x.Limit("meeting.life.year"), x.Limit("meeting.life.month").Int())
}

// dueReview is content with the meeting or with grades on file.
func dueReview(x *model.DueExam) {
	if len(x.Find("appraisal", model.Where("year", model.Eq, string(x.Today[:4])))) > 0 {
		return
	}
	l := x.Limit("meeting.review.month")
	from := l.Int()
	l.Value = 1
	yearly(x, "民主评议", l, from)
}

// dueJoint speaks to the county's own organisation and to the sorts that the
// county's profile names.
func dueJoint(x *model.DueExam) {
	if x.Home == nil {
		return
	}
	asked := ""
	switch {
	case x.Home.Is("domain", "机关") && x.Home.Is("kind", "党委"):
		asked = "joint.county"
	case x.Home.Is("domain", "乡镇"):
		asked = "joint.township"
	case x.Home.Is("domain", "行政村", "社区"):
		asked = "joint.village"
	}
	if asked == "" || x.Limit(asked).Value == 0 {
		return
	}
	l := x.Limit("joint.year")
	n := len(held(x, "联席例会", x.YearFrom(), x.Today))
	first, last := x.MonthOf(x.Limit("joint.first.month").Int()).First(), x.MonthOf(x.Limit("joint.last.month").Int()).First()
	speaks := x.Today >= last && n < l.Int() || x.Today >= first && n == 0 && l.Int() > 0
	standYearly(x, "B02.met", "联席例会", l, (l.Int()-n)*model.OneIf(speaks))
	if speaks {
		x.AddOf(l, x.Home, x.Year().Last, model.Soon, "今年联席例会已开 %d 次,每年至少 %d 次,请安排召开并登记议定事项", n, l.Int())
	}
}

func containsAny(text string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}
