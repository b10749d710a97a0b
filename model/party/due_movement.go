package party

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// movementDue are the reminders about a movement on file: letters that went out,
// and terms set by a disposition or a penalty.
var movementDue = []model.DueItem{
	{Code: "R-TRF-01", Text: "介绍信快到期,还没有收到回执", Line: "%d 封介绍信快到期", Source: sourceLetter,
		Limits: []string{"letter.notice.days", "letter.days"}, Find: dueLetters},
	{Code: "R-TRF-02", Text: "介绍信到期三十天还没有收到回执", Line: "%d 封介绍信到期后没有收到回执", Source: sourceLetter,
		Limits: []string{"letter.receipt.days", "letter.days"}, Find: dueReceipts},
	{Code: "R-STS-04", Text: "限期改正的期限将满,要作出决定", Line: "%d 名党员限期改正将满或已满", Source: "《中国共产党不合格党员组织处置办法》(2024)",
		Limits: []string{"correct.notice.days", "correct.months", "correct.decide.days"}, Find: dueCorrections},
	{Code: "R-STS-05", Text: "留党察看期满,要恢复党员权利或作出决定", Line: "%d 名党员留党察看将满或已满", Source: "《中国共产党章程》(2022)第四十一条",
		Limits: []string{"penalty.notice.days", "penalty.probation.months"}, Find: duePenalties},
}

// letters calls with each letter that went out without a receipt, and its last day.
func letters(x *model.DueExam, with func(r *model.Record, end model.Date)) {
	for _, r := range membership.Movements(x, "转出") {
		if r.Filled("receipt_on") {
			continue
		}
		end := r.Date("valid_until")
		if end == "" && r.Filled("letter_no") {
			end = r.Date("happened_on").AddDays(x.Packs.Limit("letter.days", r.Date("happened_on")).Int())
		}
		if end != "" {
			with(r, end)
		}
	}
}

func dueLetters(x *model.DueExam) {
	l := x.Limit("letter.notice.days")
	letters(x, func(r *model.Record, end model.Date) {
		if x.Today >= end.AddDays(-l.Int()) && x.Today <= end {
			x.AddOf(l, r, end, model.Soon, "介绍信有效期到 %s,请问对方是否报到,收到回执后填回执日期", end)
		}
	})
}

func dueReceipts(x *model.DueExam) {
	l := x.Limit("letter.receipt.days")
	letters(x, func(r *model.Record, end model.Date) {
		x.Until(l, r, end.AddDays(l.Int()), 0, "介绍信 %s 到期,%d 天后仍没有收到回执,请与对方党组织联系;没有报到以前本支部仍要管", end, l.Int())
	})
}

// dueCorrections speaks until a while after the term, since no movement says that
// a member has put things right.
func dueCorrections(x *model.DueExam) {
	for _, r := range membership.Movements(x, "限期改正") {
		p := membership.Person(x, r.Str("person"))
		if p == nil || !membership.IsMember(p) {
			continue
		}
		began := r.Date("happened_on")
		longest := x.Packs.Limit("correct.months", began)
		end := r.Date("until")
		if end == "" {
			end = began.AddMonths(longest.Int())
		}
		if x.Today <= end.AddDays(x.Limit("correct.decide.days").Int()) {
			x.Until(longest, r, end, x.Limit("correct.notice.days").Int(), "限期改正到 %s 期满,请考察改正情况,作出决定并报上级", end)
		}
	}
}

// duePenalties speaks as long as the rights stay suspended.
func duePenalties(x *model.DueExam) {
	for _, r := range membership.Movements(x, "处分") {
		p := membership.Person(x, r.Str("person"))
		if !r.Is("penalty", "留党察看") || p == nil || !membership.IsMember(p) || !p.Bool("voting_suspended") {
			continue
		}
		l := x.Limit("penalty.probation.months")
		end := r.Date("until")
		if end == "" {
			end = r.Date("happened_on").AddMonths(l.Int())
		}
		x.Until(l, r, end, x.Limit("penalty.notice.days").Int(), "留党察看到 %s 期满,请研究恢复党员权利;恢复后把这名党员的“权利中止”改为 否", end)
	}
}
