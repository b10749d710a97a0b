package admission

import (
	"taizhang/model"
	"taizhang/model/party/membership"
)

// checkVotersOnRoll compares those who should have come to a vote with the member list
// of that day: probationary members and those whose rights are suspended have none.
func checkVotersOnRoll(x *model.Exam) {
	for _, b := range admissionBallots {
		field := b.prefix + "_due"
		due := x.Record.Int(field)
		if due == 0 || !x.Record.Filled(b.day) {
			continue
		}
		if n, known := membership.VotersOn(x, x.Record.Date(b.day)); known && due > n {
			x.SayAt(field, "%s应到 %d 人,多于名册上那天有表决权的正式党员 %d 人;预备党员和权利中止的不计入应到,请核对", b.what, due, n)
		}
	}
}

// checkLeaving speaks of one who moved out soon after the branch meeting.
func checkLeaving(x *model.Exam) {
	accepted := x.Record.Date("accepted_on")
	if accepted == "" {
		return
	}
	l := limitOn(x, "admission.leaving.months", accepted)
	for _, m := range x.Find("movement", model.Where("person", model.Eq, x.Record.Str("person")), model.Where("kind", model.Eq, "转出"),
		model.Where("happened_on", model.Ge, string(accepted)), model.Where("happened_on", model.Le, string(accepted.AddMonths(l.Int())))) {
		x.SayOf(l, "支部大会(%s)接收以后,%s 就转出了;%d 个月内要离开的一般不办理接收手续,请核对日期,有特殊情况的在备注里写明", accepted, m.Str("happened_on"), l.Int())
		return
	}
}

// checkReadmitted speaks of the branch meeting, and of one who is still on the way as of
// today: the five years can be waited for.
func checkReadmitted(x *model.Exam) {
	day := x.Record.Date("accepted_on")
	if day == "" {
		day = x.Today
	}
	if x.Record.Filled("ended_on") {
		return
	}
	if m, l, earliest := membership.ExpelledWithin(x, x.Record.Str("person"), day); m != nil {
		x.SayOf(l, "%s 办过“%s”,%d 年内(到 %s)不得重新入党,请核对日期", m.Str("happened_on"), m.Str("kind"), l.Int(), earliest)
	}
}
