package party

import (
	"cmp"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

const (
	sourceEducation = "《中国共产党党员教育管理工作条例》(2019)"
	sourceDisposing = "《中国共产党不合格党员组织处置办法》(2024)"
	sourceLetter    = "《中国共产党党员组织关系介绍信》使用要求"
)

// movementRules are the steps that can follow one another (domain.md §6.3), the
// letter of §6.2, and the terms of the rules on dispositions.
var movementRules = []model.Rule{
	{Code: "E-MOVE-TO", Severity: model.Fault, Field: "to_org", Text: "转出要写明转到哪个党组织", Source: sourceEducation,
		Check: func(x *model.Exam) {
			if x.Record.Is("kind", "转出") && !x.Record.Filled("to_org") {
				x.Say("转出要写明转到哪里,请填写转入党组织")
			}
		}},
	{Code: "E-MOVE-FROM", Severity: model.Fault, Field: "from_org", Text: "转入要写明从哪个党组织转来", Source: sourceEducation,
		Check: func(x *model.Exam) {
			if x.Record.Is("kind", "转入") && !x.Record.Filled("from_org") {
				x.Say("转入要写明从哪里转来,请填写转出党组织")
			}
		}},
	{Code: "E-STS-STEP", Severity: model.Fault, Field: "kind", Text: "变动要接得上这名党员前一次变动后的状态", Source: "《中国共产党章程》第五至九条",
		Check: membership.CheckStep},
	{Code: "E-TRF-90D", Field: "valid_until", Text: "组织关系介绍信有效期最长 90 天", Source: sourceLetter,
		Limits: []string{"letter.days"}, Check: checkLetter},
	{Code: "W-STS-STOP", Field: "happened_on", Text: "失去联系六个月以上才停止党籍", Source: sourceEducation + "第二十四条",
		Limits: []string{"lost.stop.months"}, Check: checkStopped},
	{Code: "W-STS-REMOVE", Field: "happened_on", Text: "停止党籍两年后仍未取得联系的才按自行脱党除名", Source: sourceEducation + "第二十四条",
		Limits: []string{"stop.remove.months"}, Check: checkRemoved},
	{Code: "W-STS-UNTIL", Field: "until", Text: "限期改正一年以内,留党察看一年以上、两年以内,延长预备期写明到哪一天", Source: sourceDisposing,
		Limits: []string{"correct.months", "penalty.probation.months", "penalty.probation.least"}, Check: checkUntil},
	{Code: "W-STS-EXTEND", Field: "kind", Text: "预备期只能延长一次,半年以上、一年以内", Source: sourceConstitution + "第七条",
		Limits: []string{"admission.extend.min", "admission.extend.max"}, Check: checkExtendedOnce},
	{Code: "W-STS-RESTORE", Field: "kind", Text: "劝退、除名、退党、开除的原则上不恢复党籍", Source: sourceEducation, Check: checkRestored},
	{Code: "W-STS-REENTRY", Field: "happened_on", Text: "劝退、除名、开除后五年内不得重新入党", Source: sourceDisposing,
		Limits: []string{"reentry.years", "reentry.expelled.years"}, Check: checkReentry},
	{Code: "W-TRF-DUES", Field: "dues_paid_to", Text: "介绍信的党费交至月份与台账相符", Source: sourceLetter, Check: checkLetterDues},
}

// checkLetter counts the days from the letter's own: of one that moved out it is
// the movement's.
func checkLetter(x *model.Exam) {
	on, until := x.Record.Date("happened_on"), x.Record.Date("valid_until")
	if on == "" || until == "" {
		return
	}
	l := x.Packs.Limit("letter.days", on)
	switch {
	case x.Record.Is("kind", "转出") && until < on:
		x.Say("介绍信有效期(%s)早于开具的日期(%s),请核对", until, on)
	case until > on.AddDays(l.Int()):
		x.SayOf(l, "介绍信有效期最长 %d 天,从 %s 起到 %s 为止,现在是 %s,请核对", l.Int(), on, on.AddDays(l.Int()), until)
	}
}

// lastBefore gives the person's last movement of some kinds up to this one's day,
// or nil.
func lastBefore(x *model.Exam, kinds ...string) *model.Record {
	me := x.Record
	all := x.Find("movement", model.Where("person", model.Eq, me.Str("person")), model.Where("kind", model.In, kinds...), model.Where("happened_on", model.Le, me.Str("happened_on")))
	all = slices.DeleteFunc(all, func(m *model.Record) bool { return m.ID == me.ID })
	if len(all) == 0 || me.Str("happened_on") == "" {
		return nil
	}
	return slices.MaxFunc(all, func(a, b *model.Record) int {
		return cmp.Or(cmp.Compare(a.Str("happened_on"), b.Str("happened_on")), membership.CompareIDs(a, b))
	})
}

// checkStopped knows since when someone is out of contact from the movement 失联 or
// from the person; of one who settled abroad neither says anything.
func checkStopped(x *model.Exam) {
	if !x.Record.Is("kind", "停止党籍") {
		return
	}
	since := model.Date("")
	if m := lastBefore(x, "失联", "取得联系"); m != nil && m.Is("kind", "失联") {
		since = m.Date("happened_on")
	} else if p := x.Get("person", x.Record.Str("person")); p != nil {
		since = p.Date("lost_since")
	}
	on := x.Record.Date("happened_on")
	l := x.Packs.Limit("lost.stop.months", on)
	if earliest := since.AddMonths(l.Int()); since != "" && on != "" && on < earliest {
		x.SayOf(l, "从 %s 失去联系,满 %d 个月(%s)以后才能停止党籍,请核对日期", since, l.Int(), earliest)
	}
}

func checkRemoved(x *model.Exam) {
	if !x.Record.Is("kind", "自行脱党除名") {
		return
	}
	on := x.Record.Date("happened_on")
	l := x.Packs.Limit("stop.remove.months", on)
	stopped := lastBefore(x, "停止党籍", "恢复党籍")
	if stopped == nil || !stopped.Is("kind", "停止党籍") {
		return
	}
	if earliest := stopped.Date("happened_on").AddMonths(l.Int()); on < earliest {
		x.SayOf(l, "%s 停止党籍,满 %d 个月(%s)仍未取得联系才按自行脱党除名,请核对日期", stopped.Str("happened_on"), l.Int(), earliest)
	}
}

// checkUntil asks for the term of what has one, and that it is not beyond the longest.
func checkUntil(x *model.Exam) {
	r := x.Record
	on, until := r.Date("happened_on"), r.Date("until")
	limit, what := "", ""
	switch {
	case r.Is("kind", "限期改正"):
		limit, what = "correct.months", "限期改正"
	case r.Is("kind", "处分") && r.Is("penalty", "留党察看"):
		limit, what = "penalty.probation.months", "留党察看"
	case r.Is("kind", "延长预备期") && until == "":
		x.Say("延长预备期要写明延长到哪一天,请填写期限")
		return
	default:
		return
	}
	l := x.Packs.Limit(limit, on)
	switch last := on.AddMonths(l.Int()); {
	case until == "":
		x.SayOf(l, "%s要写明到哪一天为止,请填写期限", what)
	case on != "" && until > last:
		x.SayOf(l, "%s最长 %d 个月,从 %s 起到 %s 为止,现在是 %s,请核对", what, l.Int(), on, last, until)
	case on != "" && r.Is("penalty", "留党察看"):
		least := x.Packs.Limit("penalty.probation.least", on)
		if first := on.AddMonths(least.Int()); until < first {
			x.SayOf(least, "%s至少 %d 个月,从 %s 起不早于 %s,现在是 %s,请核对", what, least.Int(), on, first, until)
		}
	}
}

// checkLetterDues compares what a letter says of dues with the last month on file. Where
// nobody's dues of that time are on file, the ledger is not kept for them.
func checkLetterDues(x *model.Exam) {
	r := x.Record
	said := r.Month("dues_paid_to")
	if !r.Is("kind", "转出") || said == "" {
		return
	}
	p := x.Get("person", r.Str("person"))
	if p == nil || p.Is("dues_basis", "免交") {
		return
	}
	last := model.Month("")
	upTo := max(said, r.Date("happened_on").Month()) // who came back pays again
	for _, d := range x.Find("dues", model.Where("person", model.Eq, p.ID), model.Where("month", model.Le, string(upTo))) {
		last = max(last, d.Month("month"))
	}
	switch {
	case last == "":
		if others := x.Count("dues", append(model.OwnConds(x.Env, r), model.Where("month", model.Ge, string(said.Add(-2))), model.Where("month", model.Le, string(said)))...); others > 0 {
			x.Say("介绍信写党费交至 %s,台账里没有%s的党费,请核对,漏登的请补登", said, p.Str("name"))
		}
	case said > last:
		x.Say("介绍信写党费交至 %s,台账里%s只交到 %s,请核对,漏登的请补登", said, p.Str("name"), last)
	case said < last:
		x.Say("介绍信写党费交至 %s,台账里%s已交到 %s,请核对", said, p.Str("name"), last)
	}
}

// checkExtendedOnce leaves the length of an extension to the admission where there
// is one on file: one finding suffices.
func checkExtendedOnce(x *model.Exam) {
	r := x.Record
	if !r.Is("kind", "延长预备期") {
		return
	}
	if m := lastBefore(x, "延长预备期", "接收预备党员"); m != nil && m.Is("kind", "延长预备期") {
		x.Say("预备期只能延长一次,%s 已经延长过;期满应讨论转正或取消预备党员资格", m.Str("happened_on"))
		return
	}
	p, until := x.Get("person", r.Str("person")), r.Date("until")
	if p == nil || until == "" || !p.Filled("joined_on") || len(x.Find("admission", model.Where("person", model.Eq, p.ID), model.Where("extended_to", model.Filled))) > 0 {
		return
	}
	joined := p.Date("joined_on")
	end := joined.AddMonths(x.Packs.Limit("probation.months", joined).Int())
	least, most := x.Packs.Limit("admission.extend.min", joined), x.Packs.Limit("admission.extend.max", joined)
	if first, last := end.AddMonths(least.Int()), end.AddMonths(most.Int()); until < first || until > last {
		x.SayAtOf("until", least, "预备期 %s 期满,延长 %d 至 %d 个月应到 %s 至 %s 之间,现在是 %s,请核对", end, least.Int(), most.Int(), first, last, until)
	}
}

func checkRestored(x *model.Exam) {
	if !x.Record.Is("kind", "恢复党籍") {
		return
	}
	if m := lastBefore(x, append([]string{"停止党籍"}, expulsions...)...); m != nil && !m.Is("kind", "停止党籍") {
		x.Say("%s 办过“%s”,原则上不恢复党籍,可以重新申请入党;上级已批准恢复的请在备注里写明", m.Str("happened_on"), m.Str("kind"))
	}
}

func checkReentry(x *model.Exam) {
	if !x.Record.Is("kind", "接收预备党员") {
		return
	}
	if m, l, earliest := membership.ExpelledWithin(x, x.Record.Str("person"), x.Record.Date("happened_on")); m != nil {
		x.SayOf(l, "%s 办过“%s”,%d 年内(到 %s)不得重新入党,请核对", m.Str("happened_on"), m.Str("kind"), l.Int(), earliest)
	}
}
