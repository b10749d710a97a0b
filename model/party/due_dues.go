package party

import (
	"fmt"
	"strings"

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
	months []duesMonth // not paid in full, in order
	row    int         // of these, the months in a row up to last month for which nothing was paid
	part   int         // of these, those of which a part was paid
	paid   []duesMonth // paid in full, in order
}

// duesMonth is what was paid for a month and what should have been, in fen.
type duesMonth struct {
	month      model.Month
	paid, owed int64
}

// dueArrears names those behind. A branch that collects by the quarter, with its
// consent, has nearly everyone a month or two behind: then these are left out.
func dueArrears(x *model.DueExam) {
	book := readDues(x)
	few, payers := int64(0), int64(0)
	second := x.Limit("dues.arrears.second").Int()
	isFew := func(a arrear) bool { return len(a.months) < second && a.part == 0 }
	heads := model.Standing{Figure: "A09.paid"}
	money := model.Standing{Figure: "A09.paid_money"}
	var short, shortMoney model.Standing // of those who are a month or two behind
	behind := false
	membership.EachMember(x, func(p *model.Record) {
		a, pays := book.arrear(x, p)
		if !pays {
			return
		}
		payers++
		few += int64(model.OneIf(len(a.months) > 0 && isFew(a)))
		behind = behind || len(a.months) > 0
		standArrears(x, a.paid, &heads, &money, 1)
		if isFew(a) {
			standArrears(x, a.months, &short, &shortMoney, 0)
		} else {
			standArrears(x, a.months, &heads, &money, 0)
		}
	}, func() {
		quarterly := x.Limit("dues.quarterly").MoreThan(few, payers)
		if !quarterly { // else it is not asked for yet
			heads.Asked, money.Asked, money.Met = heads.Asked+short.Asked, money.Asked+shortMoney.Asked, money.Met+shortMoney.Met
		}
		x.Stand(heads)
		x.Stand(money)
		if !behind {
			return
		}
		membership.EachMemberNow(x, func(p *model.Record) { // once more: only now it is known who is asked
			if a, pays := book.arrear(x, p); pays && len(a.months) > 0 && !(quarterly && isFew(a)) {
				sayArrear(x, a)
			}
		})
	})
}

// sayArrear reports what a member owes.
func sayArrear(x *model.DueExam, a arrear) {
	first, second := x.Limit("dues.arrears.first"), x.Limit("dues.arrears.second")
	third, last := x.Limit("dues.arrears.third"), x.Limit("dues.arrears.last")
	n := len(a.months)
	from, to := a.months[0].month, a.months[n-1].month
	span := from.Chinese()
	if from != to {
		span += "至" + to.Chinese()
	}
	if a.part > 0 {
		span += fmt.Sprintf(",其中 %d 个月交的少于标准,只算交了一部分", a.part)
	}
	switch {
	case n < first.Int():
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

// standArrears adds months to how the dues of this year stand, of heads and in money. What
// a branch that collects by the quarter leaves open for a month or two is not asked for yet.
func standArrears(x *model.DueExam, months []duesMonth, heads, money *model.Standing, met int64) {
	year := x.YearFrom().Month()
	for _, m := range months {
		if m.month >= year {
			heads.Asked, heads.Met = heads.Asked+1, heads.Met+met
			money.Asked, money.Met = money.Asked+m.owed, money.Met+min(m.paid, m.owed)
		}
	}
}

// duesBook is what was paid in the twelve months before this one.
type duesBook struct {
	months [12]model.Month
	began  model.Month // from which the dues are kept, "" where nothing tells
	paid   map[string]*duesYear
}

// duesYear is what a person paid in twelve months; any has a bit for each for which
// something is on file.
type duesYear struct {
	fen [12]int64
	any uint16
}

func readDues(x *model.DueExam) duesBook {
	b := duesBook{paid: map[string]*duesYear{}}
	place := map[model.Month]int{}
	for i := range b.months {
		b.months[i] = x.Today.Month().Add(i - 12)
		place[b.months[i]] = i
	}
	oldest := model.Month("")
	x.Now(&model.Walk{Kind: "dues", Fields: []string{"person", "month", "amount"}, Conds: []model.Cond{model.Where("month", model.Ge, string(b.months[0]))}}, func(d *model.Record) {
		m := d.Month("month")
		if oldest == "" || m < oldest {
			oldest = m
		}
		i, within := place[m]
		if !within {
			return
		}
		y := b.paid[d.Str("person")]
		if y == nil {
			y = &duesYear{}
			b.paid[strings.Clone(d.Str("person"))] = y
		}
		y.fen[i] += d.Int("amount")
		y.any |= 1 << i
	})
	b.began = DuesKeptFrom(membership.Opened(x), oldest)
	return b
}

// arrear gives what one who has to pay has paid and not paid; pays is false for others. A
// month counts when the ledger was kept in it and the member here.
func (b *duesBook) arrear(x *model.DueExam, p *model.Record) (a arrear, pays bool) {
	if b.began == "" || p.Is("dues_basis", "免交") {
		return arrear{}, false
	}
	a.person = p
	year, first := b.paid[p.ID], max(b.began, paysFrom(x, p))
	for i, m := range b.months {
		if m < first {
			continue
		}
		due := duesMonth{month: m, owed: standingDues(p, m)}
		any := year != nil && year.any&(1<<i) != 0
		if any {
			due.paid = year.fen[i]
		}
		switch {
		case !any:
			a.months = append(a.months, due)
			a.row++
		case due.paid < due.owed:
			a.months = append(a.months, due)
			a.part++
			a.row = 0
		default:
			a.row = 0
			a.paid = append(a.paid, due)
		}
	}
	return a, true
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
	q := model.QuarterPeriod(x.Today.Month()).Before()
	collected := x.Any(&model.Walk{Kind: "dues", Conds: []model.Cond{model.Where("month", model.Ge, string(q.First.Month())),
		model.Where("month", model.Le, string(q.Last.Month())), model.Where("method", model.Ne, methodElsewhere)}})
	if !collected || len(x.Find("remittance", model.Where("paid_on", model.Ge, string(q.Last.Month().First())))) > 0 {
		return
	}
	x.Within(q)
	by := q.Last.AddDays(x.Limit("dues.remit.days").Int())
	x.UntilBy(x.Limit("dues.remit.days"), x.Home, by, x.Limit("dues.remit.days").Int(), "%s的党费还没有上缴的记录,最迟 %s 上缴并登记", q.Chinese(), by)
}

func dueFixing(x *model.DueExam) {
	month := x.MonthOf(x.Limit("dues.fix.month").Int())
	if x.Home == nil || x.Today.Month() != month || !membership.AnyMember(x) {
		return
	}
	if !membership.AnyMember(x, model.Where("dues_from", model.Ge, string(x.YearFrom().Month()))) {
		x.Within(x.Year())
		x.Add(x.Home, month.Last(), model.ForInformation, "年初要核定每名党员今年的月缴党费,有变动的请改人员里的月缴党费和标准起始")
	}
}

// firstPaid gives the first day on which dues of the year were paid, "" for none.
func firstPaid(x *model.DueExam) (first model.Date) {
	x.Now(&model.Walk{Kind: "dues", Fields: []string{"paid_on"}, Conds: []model.Cond{model.Where("month", model.Ge, string(x.YearFrom().Month()))}}, func(d *model.Record) {
		if day := d.Date("paid_on"); day != "" && (first == "" || day < first) {
			first = model.Date(strings.Clone(string(day)))
		}
	})
	return first
}

func duePublishing(x *model.DueExam) {
	from := x.MonthOf(x.Limit("dues.publish.month").Int()).First()
	if x.Home == nil || x.Today < from || !membership.AnyMember(x) || !membership.Owes(x, firstPaid(x)) {
		return
	}
	x.Within(x.Year())
	for _, a := range held(x, "党务公开", x.YearFrom(), x.Today) {
		for _, field := range []string{"title", "agenda", "minutes", "decisions"} {
			if containsAny(a.Str(field), "党费") {
				return
			}
		}
	}
	x.Add(x.Home, x.Year().Last, model.Soon, "今年还没有公布过党费收缴情况,请在党务公开里公布一次并登记%s", membership.PaperHint(x, x.Year()))
}
