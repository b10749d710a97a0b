package party

import (
	"cmp"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// standingDue are what the regulations of 2019 and 2024 say of members abroad and of
// those who were out of contact (domain.md §6.3).
var standingDue = []model.DueItem{
	{Code: "R-STS-07", Text: "失去联系六个月以上又取得联系的,要研究限期改正", Line: "%d 名党员重新取得联系,要研究处置", Source: sourceDisposing,
		Limits: []string{"found.correct.months", "found.decide.days"}, Find: dueFound},
	{Code: "R-STS-08", Text: "出国(境)五年以上未返回的,一般停止党籍", Line: "%d 名党员出国(境)已满五年", Source: sourceEducation + "第二十四条",
		Limits: []string{"abroad.stop.months"}, Find: dueAbroad},
}

// dueFound speaks until the member is disposed of, or until the time to decide is well
// over: then it was decided not to.
func dueFound(x *model.DueExam) {
	decide := x.Limit("found.decide.days")
	all := membership.Movements(x, "失联", "取得联系", "限期改正", "劝其退党", "其他除名")
	slices.SortStableFunc(all, func(a, b *model.Record) int {
		return cmp.Or(cmp.Compare(a.Str("happened_on"), b.Str("happened_on")), membership.CompareIDs(a, b))
	})
	lost, found := map[string]model.Date{}, map[string]*model.Record{}
	for _, m := range all {
		id := m.Str("person")
		switch since := lost[id]; {
		case m.Is("kind", "失联"):
			lost[id] = m.Date("happened_on")
			delete(found, id)
		case m.Is("kind", "取得联系") && since != "":
			l := x.Packs.Limit("found.correct.months", m.Date("happened_on"))
			if m.Date("happened_on") >= since.AddMonths(l.Int()) {
				found[id] = m
			}
			delete(lost, id)
		default:
			delete(found, id)
		}
	}
	membership.EachMember(x, func(p *model.Record) {
		m := found[p.ID]
		if m == nil {
			return
		}
		l := x.Packs.Limit("found.correct.months", m.Date("happened_on"))
		by := m.Date("happened_on").AddDays(decide.Int())
		if x.Today <= by.AddDays(decide.Int()) {
			x.Until(l, m, by, decide.Int(), "失去联系 %d 个月以上,%s 取得联系,请研究是否给予限期改正,决定后办理变动", l.Int(), m.Str("happened_on"))
		}
	}, nil)
}

func dueAbroad(x *model.DueExam) {
	l := x.Limit("abroad.stop.months")
	awayMembers(x, func(p *model.Record, since model.Date) {
		if by := since.AddMonths(l.Int()); p.Is("away", "境外") && x.Today > by {
			x.AddOf(l, p, by, model.Soon, "%s 出国(境),已超过 %d 个月;出国学习研究未返回或者在国外长期定居的,请研究停止党籍并报上级,已回来的办理变动“流动返回”", since, l.Int())
		}
	})
}
