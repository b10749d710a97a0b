package party

import (
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party/membership"
)

// duesDue are the reminders about dues of domain.md §5.3.
var duesDue = []model.DueItem{
	{Code: "R-DUE-01", Text: "欠交党费一、三、五、六个月的提醒", Line: "%d 名党员欠交党费", Source: sourceDues,
		Limits: []string{"dues.arrears.first", "dues.arrears.second", "dues.arrears.third", "dues.arrears.last", "dues.quarterly"}, Find: dueArrears},
	{Code: "R-DUE-03", Text: "每年一月核定当年党费标准", Line: "今年党费标准还没有核定", Source: sourceDues, Table: "person",
		Limits: []string{"dues.fix.month"}, Find: dueFixing},
	{Code: "R-DUE-04", Text: "每年至少公布一次党费收缴情况", Line: "今年还没有公布党费收缴情况", Source: sourceDues, Table: "activity",
		Limits: []string{"dues.publish.month"}, Find: duePublishing},
}

// remittanceDue is the handing up at a quarter's end.
var remittanceDue = []model.DueItem{
	{Code: "R-DUE-02", Text: "季度结束后要上缴党费", Line: "上季度党费还没有上缴", Source: sourceDues, Table: "remittance",
		Limits: []string{"dues.remit.days"}, Find: dueRemitting},
}

// arrear is what a member has not paid.
type arrear struct {
	person *model.Record
	months []model.Month // not paid in full, in order
	row    int           // of these, the months in a row up to last month for which nothing was paid
	part   int           // of these, those of which a part was paid
}

// dueArrears names those behind. A branch that collects by the quarter, with its
// consent, has nearly everyone a month or two behind: then these are left out.
func dueArrears(x *model.DueExam) {
	all, payers := arrears(x)
	first, second := x.Limit("dues.arrears.first"), x.Limit("dues.arrears.second")
	third, last := x.Limit("dues.arrears.third"), x.Limit("dues.arrears.last")
	few := int64(0)
	for _, a := range all {
		few += int64(model.OneIf(len(a.months) < second.Int() && a.part == 0))
	}
	quarterly := x.Limit("dues.quarterly").MoreThan(few, int64(payers))
	for _, a := range all {
		n := len(a.months)
		from, to := a.months[0], a.months[n-1]
		span := from.Chinese()
		if from != to {
			span += "至" + to.Chinese()
		}
		if a.part > 0 {
			span += fmt.Sprintf(",其中 %d 个月交的少于标准,只算交了一部分", a.part)
		}
		switch {
		case n < first.Int() || n < second.Int() && quarterly && a.part == 0:
		case a.row >= last.Int():
			x.AddOf(last, a.person, from.Last(), model.Overdue, "连续 %d 个月没有交党费(%s),没有正当理由的按自行脱党处理,请调查核实并研究", a.row, span)
		case n >= third.Int():
			x.AddOf(third, a.person, from.Last(), model.Overdue, "欠交 %d 个月党费(%s),连续 %d 个月不交按自行脱党处理,请马上催交", n, span, last.Int())
		case n >= second.Int():
			x.AddOf(second, a.person, from.Last(), model.Soon, "欠交 %d 个月党费(%s),请催交", n, span)
		default:
			x.AddOf(first, a.person, from.Last(), model.ForInformation, "欠交 %d 个月党费(%s),请提醒补交", n, span)
		}
	}
}

// arrears gives who is behind in the twelve months before this one, and how many
// have to pay. A month counts when the ledger was kept in it and the member here.
func arrears(x *model.DueExam) (all []arrear, payers int) {
	last := x.Today.Month().Add(-1)
	from := last.Add(-11)
	paid := map[string]map[model.Month]int64{}
	oldest := model.Month("")
	for _, d := range x.Find("dues", model.Where("month", model.Ge, string(from))) {
		p, m := d.Str("person"), d.Month("month")
		if paid[p] == nil {
			paid[p] = map[model.Month]int64{}
		}
		paid[p][m] += d.Int("amount")
		if oldest == "" || m < oldest {
			oldest = m
		}
	}
	began := DuesKeptFrom(membership.Opened(x), oldest)
	if began == "" {
		return nil, 0
	}
	for _, p := range membership.Members(x) {
		if p.Is("dues_basis", "免交") {
			continue
		}
		payers++
		a := arrear{person: p}
		for m := max(from, began, paysFrom(x, p)); m <= last; m = m.Add(1) {
			amount, any := paid[p.ID][m]
			switch {
			case !any:
				a.months = append(a.months, m)
				a.row++
			case amount < standingDues(p, m):
				a.months = append(a.months, m)
				a.part++
				a.row = 0
			default:
				a.row = 0
			}
		}
		if len(a.months) > 0 {
			all = append(all, a)
		}
	}
	return all, payers
}

// paysFrom gives the first month for which a member pays here.
func paysFrom(x *model.DueExam, p *model.Record) model.Month {
	return DuesFrom(p, membership.Entry(x, p.ID))
}

// dueRemitting asks after the quarter last ended, when dues were collected here in it.
// A remittance from the quarter's last month on is taken as that quarter's.
func dueRemitting(x *model.DueExam) {
	if x.Home == nil {
		return
	}
	q := quarterOf(x.Today.Month()).before()
	collected := x.Find("dues", model.Where("month", model.Ge, string(q.first.Month())), model.Where("month", model.Le, string(q.last.Month())),
		model.Where("method", model.Ne, methodElsewhere))
	if len(collected) == 0 || len(x.Find("remittance", model.Where("paid_on", model.Ge, string(q.last.Month().First())))) > 0 {
		return
	}
	by := q.last.AddDays(x.Limit("dues.remit.days").Int())
	x.UntilBy(x.Limit("dues.remit.days"), x.Home, by, x.Limit("dues.remit.days").Int(), "%s的党费还没有上缴的记录,最迟 %s 上缴并登记", q.name, by)
}

func dueFixing(x *model.DueExam) {
	month := x.MonthOf(x.Limit("dues.fix.month").Int())
	if x.Home == nil || x.Today.Month() != month || len(membership.Members(x)) == 0 {
		return
	}
	fixed := slices.ContainsFunc(membership.Members(x), func(p *model.Record) bool { return p.Month("dues_from") >= x.YearFrom().Month() })
	if !fixed {
		x.Add(x.Home, month.Last(), model.ForInformation, "年初要核定每名党员今年的月缴党费,有变动的请改人员里的月缴党费和标准起始")
	}
}

func duePublishing(x *model.DueExam) {
	from := x.MonthOf(x.Limit("dues.publish.month").Int()).First()
	if x.Home == nil || x.Today < from || len(membership.Members(x)) == 0 || !membership.WholeYear(x, x.Find("dues", model.Where("month", model.Ge, string(x.YearFrom().Month()))), "paid_on") {
		return
	}
	for _, a := range held(x, "党务公开", x.YearFrom(), x.Today) {
		for _, field := range []string{"title", "agenda", "minutes", "decisions"} {
			if containsAny(a.Str(field), "党费") {
				return
			}
		}
	}
	x.Add(x.Home, x.MonthOf(12).Last(), model.Soon, "今年还没有公布过党费收缴情况,请在党务公开里公布一次并登记")
}
