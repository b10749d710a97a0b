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
	{Code: "W-DUE-LATE", Field: "paid_on", Text: "补交党费一般不超过六个月", Source: sourceDues + "第十二条", Limits: []string{"dues.late.months"}, Check: checkPaidLate},
	{Code: "W-DUE-PART", Field: "amount", Text: "党费按核定的标准交足", Source: sourceDues, Check: checkPaidInPart},
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

// checkPaidLate counts from the end of the month for which is paid.
func checkPaidLate(x *model.Exam) {
	month, paid := x.Record.Month("month"), x.Record.Date("paid_on")
	if month == "" || paid == "" || paid > x.Today {
		return
	}
	l := x.Packs.Limit("dues.late.months", month.First())
	if last := month.Add(l.Int()).Last(); paid > last {
		x.SayOf(l, "%s的党费 %s 才交,迟了 %d 个月以上;补交一般不超过 %d 个月,请核对日期,确实迟交的在备注里说明原因", month.Chinese(), paid, l.Int(), l.Int())
	}
}

// checkPaidInPart speaks while it is being entered: of what stands on file R-DUE-01
// says that the rest is due, once a member and not once a month.
func checkPaidInPart(x *model.Exam) {
	r := x.Record
	p := x.Get("person", r.Str("person"))
	if x.Old == r || p == nil || !r.Filled("amount") || r.Month("month") == "" {
		return
	}
	if owed := standingDues(p, r.Month("month")); r.Int("amount") < owed {
		x.Say("%s每月应交 %s 元,这里是 %s 元,只算交了一部分,还差 %s 元;标准改了的请先改人员里的月缴党费和标准起始",
			p.Str("name"), model.FormatYuan(owed), model.FormatYuan(r.Int("amount")), model.FormatYuan(owed-r.Int("amount")))
	}
}

// standingDues gives what a member owes for a month by the standard on file, in fen; 0
// where none is or it holds from a later month only.
func standingDues(p *model.Record, month model.Month) int64 {
	if p.Is("dues_basis", "免交") || p.Month("dues_from") > month {
		return 0
	}
	return p.Int("monthly_dues")
}

// reducedBases are those that the branch meeting decides on and the superior approves.
var reducedBases = []string{"免交", "减交", "0.2元档"}

// checkReduced says once how many members pay less without an approval on file.
func checkReduced(x *model.Exam) {
	if !keepsLedger(x.Record) {
		return
	}
	n, first := 0, ""
	for _, p := range x.Find("person", ofMembers(model.Where("org_id", model.Eq, x.Record.ID), model.Where("dues_basis", model.In, reducedBases...))...) {
		if reductionApproved(p) {
			continue
		}
		n++
		if n == 1 {
			first = p.Str("name")
		}
	}
	if n > 0 {
		x.Say("有 %d 名党员免交、减交或按 0.2 元交党费(例如%s),没有写批准的会议或文号;请在人员里补上,没有批准的按标准交", n, first)
	}
}

// reductionApproved looks where the approval is written: in the field made for it, and
// in the note, where it stood before there was one.
func reductionApproved(p *model.Record) bool {
	return p.Filled("dues_approval") || containsAny(p.Str("note"), "批准", "批复", "同意", "复〔", "号")
}

var remittanceRules = []model.Rule{
	{Code: "W-REM-SUM", Field: "amount", Text: "上缴的党费不多于收缴的党费(流入地交的不算)", Source: sourceDues, Check: checkRemitted},
}

// checkRemitted compares all that was remitted with all that was collected up to
// then, but for what was paid where a member lives away. Only the last remittance does:
// one finding says it all, and every record of dues is read once. Remittances before the
// first dues on file are of dues that stand in no ledger.
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
	elsewhere := append(own, model.Where("paid_on", model.Le, string(on)), model.Where("method", model.Ne, methodElsewhere))
	x.Walk("dues", []string{"amount", "paid_on"}, elsewhere, func(d *model.Record) {
		collected += d.Int("amount")
		if first == "" || d.Date("paid_on") < first {
			first = d.Date("paid_on")
		}
	})
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
