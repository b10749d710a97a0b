package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// talkDue: each member is talked with once a year, whoever began the talk.
var talkDue = []model.DueItem{
	{Code: "R-ORG-08", Text: "每名党员每年至少谈心谈话一次,从十月起提醒", Line: "%d 名党员今年未谈话", Source: sourceBranch + "第十九条",
		Limits: []string{"talk.year", "talk.month"}, Find: dueTalks},
	model.LaterDue("R-LATER-01", "一次登记的谈心谈话,要点要逐条补上", "%d 条谈心谈话的要点待填"),
}

// visitDue: what calls made at once left open.
var visitDue = []model.DueItem{
	model.LaterDue("R-LATER-02", "一次登记的走访联系,情况要逐条补上", "%d 条走访联系的情况待填"),
}

func dueTalks(x *model.DueExam) {
	l := x.Limit("talk.year")
	if l.Int() == 0 || x.Today < x.MonthOf(x.Limit("talk.month").Int()).First() {
		return
	}
	n, first := map[string]int{}, model.Date("")
	x.Now(&model.Walk{Kind: "talk", Fields: []string{"person", "talker", "held_on"},
		Conds: []model.Cond{model.Where("held_on", model.Ge, string(x.YearFrom())), model.Where("held_on", model.Le, string(x.Today))}}, func(t *model.Record) {
		n[t.Str("person")]++
		if t.Str("talker") != t.Str("person") {
			n[t.Str("talker")]++
		}
		if d := t.Date("held_on"); first == "" || d < first {
			first = d
		}
	})
	if !membership.Owes(x, first) {
		return
	}
	x.Within(x.Year())
	membership.EachMember(x, func(p *model.Record) {
		if n[p.ID] < l.Int() && !p.Filled("lost_since") {
			x.AddOf(l, p, x.Year().Last, model.Soon, "今年谈心谈话 %d 次,每年至少 %d 次,请在年底以前谈一次并登记%s", n[p.ID], l.Int(), membership.PaperHint(x, x.Year()))
		}
	}, nil)
}

// organizationDue: terms that end.
var organizationDue = []model.DueItem{
	{Code: "R-ORG-10", Text: "任期届满前六个月准备换届", Line: "%d 个党组织任期将满或已满", Source: sourceBranch,
		Limits: []string{"org.term.notice.months"}, Find: dueTerms},
}

func dueTerms(x *model.DueExam) {
	l := x.Limit("org.term.notice.months")
	for _, r := range x.Find("organization", model.Where("kind", model.Ne, "党小组"), model.Where("abolished_on", model.Empty), model.Where("term_started_on", model.Filled), model.Where("term_years", model.Filled)) {
		end := r.Date("term_started_on").AddYears(int(r.Int("term_years")))
		switch {
		case x.Today > end:
			x.AddOf(l, r, end, model.Overdue, "本届任期已在 %s 届满,请抓紧换届;延期要报上级批准,一般不超过一年", end)
		case x.Today >= end.AddMonths(-l.Int()):
			x.AddOf(l, r, end, model.Soon, "本届任期到 %s 届满,请准备换届并向上级请示", end)
		}
	}
}

// pairingDue: who helps calls at least once a quarter.
var pairingDue = []model.DueItem{
	{Code: "R-PAIR-01", Text: "结对帮扶一个季度没有走访", Line: "%d 对结对帮扶一个季度没有走访", Source: "三级联创活动要求",
		Limits: []string{"pairing.visit.months"}, Find: dueVisits},
}

func dueVisits(x *model.DueExam) {
	l := x.Limit("pairing.visit.months")
	last := map[string]model.Date{}
	for _, v := range x.Find("visit", model.Where("pairing", model.Filled), model.Where("happened_on", model.Le, string(x.Today))) {
		last[v.Str("pairing")] = max(last[v.Str("pairing")], v.Date("happened_on"))
	}
	for _, r := range x.Find("pairing", model.Where("ended_on", model.Empty), model.Where("started_on", model.Le, string(x.Today))) {
		since := max(r.Date("started_on"), last[r.ID], membership.Opened(x))
		if by := since.AddMonths(l.Int()); x.Today >= by {
			x.AddOf(l, r, by, model.Soon, "自 %s 起没有走访的记录,请上门走访并登记", since)
		}
	}
}
