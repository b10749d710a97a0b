package party

import (
	"cmp"

	"taizhang/model"
	"taizhang/model/party/membership"
)

const sourceDues = "《关于中国共产党党费收缴、使用和管理的规定》(2008)"

// duesRules: dues are a member's, from the month of joining to that of leaving.
var duesRules = []model.Rule{
	{Code: "W-DUES-MEMBER", Field: "month", Text: "入党以前、离开以后的月份没有党费", Source: sourceDues, Check: checkDuesMonth},
	{Code: "W-DUES-AHEAD", Field: "month", Text: "预交党费不超过一年", Source: sourceDues + "第十二条", Limits: []string{"dues.ahead.months"},
		Check: func(x *model.Exam) {
			l := x.Packs.Limit("dues.ahead.months", x.Today)
			if m, last := x.Record.Month("month"), x.Today.Month().Add(l.Int()); m > last {
				x.SayOf(l, "月份 %s 太远,党费最多预交到 %s,请核对", m, last)
			}
		}},
}

func checkDuesMonth(x *model.Exam) {
	p, month := x.Get("person", x.Record.Str("person")), x.Record.Month("month")
	if p == nil || month == "" {
		return
	}
	joined, left := p.Date("joined_on"), p.Date("left_on")
	switch {
	case !p.Is("status", membership.States...):
		x.Say("%s的人员类别是%s,不是党员不交党费,请核对人员", p.Str("name"), p.Str("status"))
	case joined != "" && month < joined.Month():
		x.Say("%s在 %s 入党,%s 还不是党员,请核对月份", p.Str("name"), joined, month)
	case membership.HasLeft(p) && left != "" && month > left.Month():
		x.Say("%s已于 %s %s,%s 不再在本支部交党费,请核对月份", p.Str("name"), left, p.Str("standing"), month)
	}
}

var remittanceRules = []model.Rule{
	{Code: "W-REM-SUM", Field: "amount", Text: "上缴的党费不多于收缴的党费(流入地交的不算)", Source: sourceDues, Check: checkRemitted},
}

// checkRemitted compares all that was remitted with all that was collected up to
// then, but for what was paid where a member lives away. Only the last remittance does: one finding says it all, and every record of
// dues is read once. Remittances before the first dues on file are of dues that
// stand in no ledger.
func checkRemitted(x *model.Exam) {
	r := x.Record
	on := r.Date("paid_on")
	if on == "" || !r.Filled("amount") {
		return
	}
	own := model.OwnConds(x.Env, r)
	remitted := x.Find("remittance", own...)
	for _, o := range remitted {
		if o.ID != r.ID && (o.Date("paid_on") > on || o.Date("paid_on") == on && r.ID != "" && cmp.Compare(o.ID, r.ID) > 0) {
			return
		}
	}
	collected, first := int64(0), model.Date("")
	for _, d := range x.Find("dues", append(own, model.Where("paid_on", model.Le, string(on)), model.Where("method", model.Ne, methodElsewhere))...) {
		collected += d.Int("amount")
		if first == "" || d.Date("paid_on") < first {
			first = d.Date("paid_on")
		}
	}
	if first == "" {
		return
	}
	sum := r.Int("amount")
	for _, o := range remitted {
		if o.ID != r.ID && o.Date("paid_on") >= first {
			sum += o.Int("amount")
		}
	}
	if sum > collected {
		x.Say("到 %s 上缴共 %s 元,多于台账里收缴的 %s 元;请核对上缴金额,漏登的党费请补登", on, model.FormatYuan(sum), model.FormatYuan(collected))
	}
}
