package party

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/model/party/membership"
)

const sourceAway = "《关于进一步加强和改进流动党员管理工作的意见》(2024)"

// personDue are the reminders about a person: probation without an admission on
// file, members away or out of contact, the medal, absence, hours.
var personDue = []model.DueItem{
	{Code: "R-PER-01", Text: "没有发展党员记录的预备党员,预备期将满或已满", Line: "%d 名预备党员预备期将满或已满",
		Source: admission.Source, Limits: []string{"probation.months", "admission.ask.days", "admission.discuss.months", "admission.moved.months"}, Find: dueProbationers},
	{Code: "R-MOB-01", Text: "外出五个月还没有登记活动证", Line: "%d 名外出党员还没有登记活动证", Source: sourceAway,
		Limits: []string{"away.notice.months", "away.transfer.months"}, Find: dueUnregistered},
	{Code: "R-MOB-02", Text: "流动党员要经常联系", Line: "%d 名流动党员很久没有联系", Source: sourceAway,
		Limits: []string{"away.contact.months", "away.lost.months"}, Find: dueContact},
	{Code: "R-MOB-03", Text: "流动党员五个月没有联系,快到失联的界限", Line: "%d 名流动党员快要失去联系", Source: sourceEducation,
		Limits: []string{"away.lost.months"}, Find: dueNearlyLost},
	{Code: "R-MOB-04", Text: "外出六个月以上、地点固定的,应当转组织关系", Line: "%d 名外出党员应当转组织关系或办活动证", Source: sourceEducation,
		Limits: []string{"away.transfer.months"}, Find: dueTransfer},
	homecomingDue,
	{Code: "R-STS-01", Text: "失去联系五个月,要抓紧查找", Line: "%d 名党员失去联系已五个月", Source: sourceEducation,
		Limits: []string{"lost.notice.months", "lost.stop.months"}, Find: dueLost},
	{Code: "R-STS-02", Text: "失去联系六个月以上,要研究停止党籍", Line: "%d 名党员失去联系六个月以上,要研究处理", Source: sourceEducation,
		Limits: []string{"lost.stop.months"}, Find: dueStop},
	{Code: "R-STS-03", Text: "停止党籍两年仍未取得联系,予以除名", Line: "%d 人停止党籍将满或已满两年", Source: sourceEducation,
		Limits: []string{"stop.notice.months", "stop.remove.months"}, Find: dueRemove},
	{Code: "R-STS-06", Text: "到七月一日党龄满五十年,申报“光荣在党50年”纪念章", Line: "%d 名党员可以申报“光荣在党50年”纪念章",
		Source: model.SourcePractice, Limits: []string{"medal.years", "medal.again.years"}, Find: dueMedals},
	{Code: "R-ORG-09", Text: "连续三个月、五个月无故不参加组织生活", Line: "%d 名党员连续无故缺席", Source: "《中国共产党章程》(2022)第九条",
		Limits: []string{"absence.first", "absence.second", "member.inactive.months"}, Find: dueAbsent},
	{Code: "R-ORG-11", Text: "从九月底起,全年学时落后于进度的要补上", Line: "%d 名党员学时落后于进度", Source: sourceEducation + "、《2019—2023年全国党员教育培训工作规划》",
		Limits: []string{"hours.member", "hours.committee", "hours.month", "year.opened.month"}, Find: dueHours},
	{Code: "R-TRF-03", Text: "转来的党员要编入支部或党小组", Line: "%d 名转来的党员还没有编入党小组", Source: "《中国共产党党员组织关系介绍信》使用要求",
		Limits: []string{"transfer.group.days"}, Find: dueGroups},
}

// dueProbationers speaks of probationary members who moved in or were read from a
// list; those with an admission on file are its own matter.
func dueProbationers(x *model.DueExam) {
	admitted := map[string]bool{}
	for _, r := range x.Find("admission", model.Where("ended_on", model.Empty), model.Where("approved_on", model.Filled)) {
		admitted[r.Str("person")] = true
	}
	membership.EachMember(x, func(p *model.Record) {
		if !p.Is("status", "预备党员") || admitted[p.ID] {
			return
		}
		end, err := ProbationEnd(x.Env, p)
		if err != nil {
			x.Fail(err)
			return
		}
		ask, discuss := x.Limit("admission.ask.days"), admission.DiscussLimit(x, p.ID, p.Date("joined_on"), end)
		by := end.AddMonths(discuss.Int())
		switch {
		case end == "" || x.Today < end.AddDays(-ask.Int()):
		case x.Today < end:
			x.AddOf(ask, p, end, model.ForInformation, "预备期到 %s 满,请提醒本人写转正申请", end)
		case x.Today <= by:
			x.AddOf(discuss, p, by, model.Soon, "预备期已在 %s 满,请及时开支部大会讨论转正,批准后办理变动“转正”", end)
		default:
			x.AddOf(discuss, p, by, model.Overdue, "预备期已在 %s 满,还没有转正或延长,请抓紧讨论并办理变动", end)
		}
	}, nil)
}

// dueLost and dueStop speak of members out of contact; after the second limit only
// the second.
func dueLost(x *model.DueExam) {
	notice, stop := x.Limit("lost.notice.months"), x.Limit("lost.stop.months")
	membership.EachMember(x, func(p *model.Record) {
		since := p.Date("lost_since")
		from, to := since.AddMonths(notice.Int()), since.AddMonths(stop.Int())
		if since != "" && x.Today >= from && x.Today < to {
			x.AddOf(notice, p, to, model.Soon, "自 %s 失去联系,到 %s 满 %d 个月,请用各种办法抓紧查找并记下经过", since, to, stop.Int())
		}
	}, nil)
}

func dueStop(x *model.DueExam) {
	stop := x.Limit("lost.stop.months")
	membership.EachMember(x, func(p *model.Record) {
		since := p.Date("lost_since")
		if by := since.AddMonths(stop.Int()); since != "" && x.Today >= by {
			x.AddOf(stop, p, by, model.Overdue, "自 %s 失去联系已满 %d 个月,仍找不到的请研究停止党籍并报上级;找到了的办理变动“取得联系”", since, stop.Int())
		}
	}, nil)
}

func dueRemove(x *model.DueExam) {
	notice, remove := x.Limit("stop.notice.months"), x.Limit("stop.remove.months")
	for _, p := range x.Find("person", model.Where("standing", model.Eq, "停止党籍"), model.Where("left_on", model.Filled)) {
		since := p.Date("left_on")
		from, by := since.AddMonths(notice.Int()), since.AddMonths(remove.Int())
		switch {
		case x.Today >= by:
			x.AddOf(remove, p, by, model.Overdue, "%s 停止党籍,已满 %d 个月,仍未取得联系的要予以除名,请研究并报上级", since, remove.Int())
		case x.Today >= from:
			x.AddOf(remove, p, by, model.Soon, "%s 停止党籍,到 %s 满 %d 个月,请再查找一次,准备研究处理", since, by, remove.Int())
		}
	}
}

// dueMedals speaks of those who reach fifty years between the last 1 July and the
// coming one, so that the list is this year's and not all who ever reached it; of who
// was passed over once more when they reach fifty-five, and of all beyond fifty in the
// year in which the book is begun, when nobody can know yet.
func dueMedals(x *model.DueExam) {
	coming := x.MonthOf(7).First()
	if x.Today > coming {
		coming = coming.AddYears(1)
	}
	has := map[string]bool{}
	for _, h := range x.Find("honor", model.Where("kind", model.Eq, "光荣在党50年纪念章")) {
		has[h.Str("person")] = true
	}
	l, again := x.Limit("medal.years"), x.Limit("medal.again.years")
	begun := !membership.OpenedBy(x, coming.AddYears(-1))
	reaches := func(since model.Date, years int) bool {
		full := since.AddYears(years)
		return full <= coming && full > coming.AddYears(-1)
	}
	membership.EachMember(x, func(p *model.Record) {
		if has[p.ID] || !p.Is("status", "正式党员") {
			return
		}
		since := p.Date("confirmed_on")
		if since == "" {
			end, err := ProbationEnd(x.Env, p)
			if err != nil {
				x.Fail(err)
				return
			}
			since = end
		}
		switch {
		case since == "":
		case reaches(since, l.Int()):
			x.AddOf(l, p, coming, model.ForInformation, "%s 转正,到 %s 党龄满 %d 年,请核对档案并申报纪念章", since, coming, l.Int())
		case reaches(since, again.Int()) || begun && since.AddYears(l.Int()) < coming:
			x.AddOf(l, p, coming, model.ForInformation, "%s 转正,党龄早已满 %d 年,台账里没有纪念章;已领的请在表彰里补登,没有领的请申报", since, l.Int())
		}
	}, nil)
}

// dueGroups speaks of members who moved in, where members are kept by groups.
func dueGroups(x *model.DueExam) {
	if !membership.AnyMember(x, model.Where("party_group", model.Filled)) {
		return
	}
	l := x.Limit("transfer.group.days")
	membership.EachMember(x, func(p *model.Record) {
		e := membership.Entry(x, p.ID)
		if e == nil || !e.Is("kind", "转入") || p.Filled("party_group") {
			return
		}
		by := e.Date("happened_on").AddDays(l.Int())
		u := model.Soon
		if x.Today > by {
			u = model.Overdue
		}
		x.AddOf(l, p, by, u, "%s 转入,还没有编入支部或党小组,最迟 %s 编好并填写“所在支部或小组”", e.Date("happened_on"), by)
	}, nil)
}

// committeeOffices are the posts of the committee of a Party organisation.
var committeeOffices = []string{"书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员"}

// committeeOn gives the persons of the organisation's committee on a day.
func committeeOn(x *model.DueExam, day model.Date) map[string]bool {
	on := map[string]bool{}
	for _, r := range x.Find("position", model.Where("body", model.Eq, "党组织"), model.Where("post", model.In, committeeOffices...)) {
		if r.Date("started_on") <= day && (!r.Filled("ended_on") || r.Date("ended_on") > day) {
			on[r.Str("person")] = true
		}
	}
	return on
}

// dueHours compares a member's hours of the year with the plan so far: the year's
// hours by the months since January, since the ledger began or the member came. Of a
// year in whose second half the book began it says that it can't be judged: the hours of
// the months before stand on paper.
func dueHours(x *model.DueExam) {
	if x.Today < x.MonthOf(x.Limit("hours.month").Int()).Last() {
		return
	}
	hours, first := studied(x)
	opened := membership.Opened(x)
	if late := opened > x.MonthOf(x.Limit("year.opened.month").Int()).Last(); late && (first == "" || first >= opened) {
		if x.Home != nil && membership.AnyMember(x) {
			x.WaitOf(x.Limit("hours.member"), x.Home, x.Year().Last,
				fmt.Sprintf("学时:%s 起记,满一年后判断", opened.Month()), "台账从 %s 记起,今年的学时记不满一年,从 %d 年起判断;今年的学习培训照常登记", opened.Month(), x.Today.Year()+1)
		}
		return
	}
	began := opened
	if first != "" && (began == "" || first < began) {
		began = first.Month().First()
	}
	if began == "" {
		return
	}
	committee := committeeOn(x, x.Today)
	membership.EachMember(x, func(p *model.Record) {
		if p.Filled("not_due") || p.Filled("lost_since") || p.Filled("away") {
			return // they study elsewhere or can't
		}
		from := max(x.YearFrom(), began)
		if e := membership.Entry(x, p.ID); e != nil {
			from = max(from, e.Date("happened_on"))
		}
		name := "hours.member"
		if committee[p.ID] {
			name = "hours.committee"
		}
		l := x.Limit(name)
		plan := l.Value * int64(model.WholeMonths(from, x.Today)) / 12
		if got := hours[p.ID]; got < plan {
			x.AddOf(l, p, x.MonthOf(12).Last(), model.Soon, "今年已有 %d 个学时,按进度应有 %d 个(全年 %d 个),请安排补学并登记", got, plan, l.Int())
		}
	}, nil)
}

// studied gives everybody's hours of the year, of training and of activities, and
// the first day on which hours were written down.
func studied(x *model.DueExam) (hours map[string]int64, first model.Date) {
	hours = map[string]int64{}
	add := func(r *model.Record, date string, came ...string) {
		if r.Int("hours") == 0 || r.Date(date) > x.Today {
			return
		}
		if d := r.Date(date); first == "" || d < first {
			first = d
		}
		counted := map[string]bool{}
		for _, m := range r.Roll("attendance") {
			if slices.Contains(came, m.State) {
				counted[m.Target] = true
			}
		}
		if r.Kind.Field("made_up") != nil {
			for _, id := range r.List("made_up") {
				counted[id] = true
			}
		}
		for id := range counted {
			hours[id] += r.Int("hours")
		}
	}
	for _, r := range activities(x) {
		if r.Date("held_on") >= x.YearFrom() {
			add(r, "held_on", present)
		}
	}
	for _, r := range x.Find("training", model.Where("started_on", model.Ge, string(x.YearFrom()))) {
		add(r, "started_on", "参加", "结业")
	}
	return hours, first
}

// dueAbsent counts the months in a row in which a member was absent without leave
// from all that was held for him, up to now.
func dueAbsent(x *model.DueExam) {
	months := map[string][]model.Month{}
	held := slices.Clone(activities(x))
	slices.SortStableFunc(held, func(a, b *model.Record) int { return strings.Compare(a.Str("held_on"), b.Str("held_on")) })
	for _, r := range held {
		for _, m := range r.Roll("attendance") {
			if m.State != "无故缺席" || slices.Contains(r.List("made_up"), m.Target) {
				months[m.Target] = nil
			} else if run := months[m.Target]; len(run) == 0 || run[len(run)-1] != r.Date("held_on").Month() {
				months[m.Target] = append(run, r.Date("held_on").Month())
			}
		}
	}
	first, second, last := x.Limit("absence.first").Int(), x.Limit("absence.second").Int(), x.Limit("member.inactive.months")
	membership.EachMember(x, func(p *model.Record) {
		run := months[p.ID]
		switch n := len(run); {
		case n < first:
		case n >= last.Int():
			x.AddOf(last, p, "", model.Overdue, "自 %s 起连续 %d 个月无故不参加组织生活,没有正当理由的按自行脱党处理,请调查核实并研究", run[0].Chinese(), n)
		case n >= second:
			x.AddOf(last, p, "", model.Overdue, "自 %s 起连续 %d 个月无故不参加组织生活,满 %d 个月按自行脱党处理,请马上谈话", run[0].Chinese(), n, last.Int())
		default:
			x.AddOf(last, p, "", model.Soon, "自 %s 起连续 %d 个月无故不参加组织生活,请找本人谈话", run[0].Chinese(), n)
		}
	}, nil)
}
