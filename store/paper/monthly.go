package paper

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// monthlyPapers are form F of domain.md §8.7: five sheets, without a name on them.
var monthlyPapers = []*page.Paper{
	{Name: "monthly", Title: "党建工作月报", Group: "月报", Over: page.OverMonth, Make: monthly},
}

// monthOf is what a month's report is made of.
type monthOf struct {
	q        *page.Request
	from, to model.Date
	office   bool
	units    []monthUnit
	figures  map[string]map[string]map[string]map[string]int64 // of the month alone, by organisation's code
	balance  *membership.Reckoning                             // of a village: as at its month-end
	tallied  map[string]*monthTally                            // by organisation's id
}

// monthUnit is a line of the report.
type monthUnit struct{ id, code, name, township string }

// monthTally is what is counted from records, of one organisation.
type monthTally struct {
	inflow, lost, confirmed int64
	due, present            int64
	themes                  []string
	absent                  map[string]int // times, by person, in the year so far
	overdue, arrears        any            // nil at an office: its own reminders are no village's
}

// monthly makes the five sheets.
func monthly(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	m := &monthOf{q: q, from: q.Month.First(), to: q.Day}
	if !q.Blank {
		if err := m.load(ctx); err != nil {
			return nil, err
		}
	}
	stock, err := m.stock(ctx)
	if err != nil {
		return nil, err
	}
	return []page.Sheet{m.members(), m.meetings(), m.admissions(), m.dues(), stock}, nil
}

func (m *monthOf) load(ctx context.Context) (err error) {
	l := m.q.Ledger
	if m.office, err = l.IsCounty(ctx); err != nil {
		return err
	}
	if err := m.loadUnits(ctx); err != nil {
		return err
	}
	var wanted []*count.Indicator
	for _, i := range count.Indicators() {
		if slices.Contains([]string{"A02", "A08", "A09", "A11", "B03"}, i.Code) {
			wanted = append(wanted, i)
		}
	}
	sum, err := count.Summarize(ctx, l, count.SummaryQuery{Period: count.Period{From: m.from, To: m.to, Month: m.q.Month}, By: count.ByOrganisation, Indicators: wanted})
	if err != nil {
		return err
	}
	m.figures = map[string]map[string]map[string]map[string]int64{}
	for _, g := range sum.Groups {
		m.figures[g.Key] = g.Values
	}
	if !m.office {
		b, err := count.Balance(ctx, l, m.q.Month)
		if err != nil {
			return err
		}
		m.balance = &b
	}
	return m.tally(ctx)
}

// loadUnits lists whose lines there are: a village's own, at an office those whose
// records are there.
func (m *monthOf) loadUnits(ctx context.Context) error {
	all, err := m.q.Ledger.Organisations(ctx)
	if err != nil {
		return err
	}
	names, err := m.q.Ledger.OrganisationNames(ctx)
	if err != nil {
		return err
	}
	home := m.q.Ledger.Home()
	for id, u := range all {
		if m.office == (home != nil && id == home.ID) {
			continue
		}
		unit := monthUnit{id, u.Code, u.Name, u.Township}
		if m.office {
			unit.name = cmp.Or(names[id], u.Name)
		}
		m.units = append(m.units, unit)
	}
	slices.SortFunc(m.units, func(a, b monthUnit) int {
		return cmp.Or(cmp.Compare(a.township, b.township), cmp.Compare(a.code, b.code))
	})
	return nil
}

// rows makes a line of each unit, at an office below the name of its township.
func (m *monthOf) rows(line func(u monthUnit) []any) [][]any {
	var rows [][]any
	for i, u := range m.units {
		if m.office && u.township != "" && (i == 0 || m.units[i-1].township != u.township) {
			rows = append(rows, []any{page.Span(u.township)})
		}
		rows = append(rows, line(u))
	}
	return rows
}

// figure gives a month's figure of a unit, its parts added up; part names one of them.
func (m *monthOf) figure(u monthUnit, name string, part ...string) int64 {
	if len(part) > 0 {
		code, key, _ := strings.Cut(name, ".")
		return m.figures[u.code][code][key][part[0]]
	}
	return all(m.figures[u.code], name)
}

// theMeetings are the sorts of meeting whose attendance is reported.
var theMeetings = []string{"支部党员大会", "支部委员会", "党小组会", "党课", "主题党日"}

// tally counts what no indicator counts.
func (m *monthOf) tally(ctx context.Context) error {
	m.tallied = map[string]*monthTally{}
	for _, u := range m.units {
		m.tallied[u.id] = &monthTally{absent: map[string]int{}}
	}
	inflow, err := flowedIn(ctx, m.q)
	if err != nil {
		return err
	}
	m.each(inflow, func(t *monthTally, _ *model.Record) { t.inflow++ })
	lost, err := read(ctx, m.q, "person", nil, model.Where("standing", model.Eq, membership.OnRolls), model.Where("status", model.In, membership.States...), model.Where("lost_since", model.Le, string(m.to)))
	if err != nil {
		return err
	}
	m.each(lost, func(t *monthTally, _ *model.Record) { t.lost++ })
	confirmed, err := read(ctx, m.q, "movement", nil, model.Where("kind", model.Eq, "转正"), model.Where("happened_on", model.Ge, string(m.from)), model.Where("happened_on", model.Le, string(m.to)))
	if err != nil {
		return err
	}
	m.each(confirmed, func(t *monthTally, _ *model.Record) { t.confirmed++ })
	if err := m.tallyMeetings(ctx); err != nil || m.office {
		return err
	}
	return m.tallyDue(ctx)
}

func (m *monthOf) each(records []*model.Record, add func(*monthTally, *model.Record)) {
	for _, r := range records {
		if t := m.tallied[r.OrgID]; t != nil {
			add(t, r)
		}
	}
}

// tallyMeetings adds up who should have come and who came, in the month, and how often
// each was absent in the year so far and has not made it up.
func (m *monthOf) tallyMeetings(ctx context.Context) error {
	excused := map[string]bool{}
	people, err := read(ctx, m.q, "person", nil, model.Where("not_due", model.Filled))
	if err != nil {
		return err
	}
	for _, p := range people {
		excused[p.ID] = true
	}
	query := store.Query{Kind: "activity", Sort: []string{"held_on"}, Conds: []model.Cond{model.Where("held_on", model.Ge, string(m.from[:4])+"-01-01"), model.Where("held_on", model.Le, string(m.to))}}
	return m.q.Ledger.Each(ctx, query, func(r *model.Record) error {
		t := m.tallied[r.OrgID]
		if t == nil || !counts(r, theMeetings...) {
			return nil
		}
		inMonth := r.Date("held_on") >= m.from
		if inMonth && counts(r, "主题党日") {
			t.themes = append(t.themes, r.Date("held_on").Time().Format("1月2日")+" "+r.Text("title"))
		}
		madeUp := r.List("made_up")
		for _, mark := range r.Roll("attendance") {
			came := mark.State == "到会"
			if excused[mark.Target] && !came {
				continue
			}
			if inMonth {
				t.due++
				t.present += int64(model.OneIf(came))
			}
			if !came && !slices.Contains(madeUp, mark.Target) {
				t.absent[mark.Target]++
			}
		}
		return nil
	})
}

// counts tells whether an activity is of one of the sorts, or counts as one.
func counts(r *model.Record, sorts ...string) bool {
	return r.Is("kind", sorts...) || slices.ContainsFunc(r.List("counts_as"), func(s string) bool { return slices.Contains(sorts, s) })
}

// tallyDue counts the steps of 发展党员 that are late and those behind with dues for three
// months or more: what R-DUE-01 says more urgently than for information.
func (m *monthOf) tallyDue(ctx context.Context) error {
	all, err := m.q.Ledger.Due(ctx, m.to)
	if err != nil {
		return err
	}
	late, behind := int64(0), int64(0)
	for _, d := range all {
		switch {
		case strings.HasPrefix(d.Code, "R-DEV-") && d.Urgency == model.Overdue:
			late++
		case d.Code == "R-DUE-01" && d.Urgency >= model.Soon:
			behind++
		}
	}
	for _, t := range m.tallied {
		t.overdue, t.arrears = late, behind
	}
	return nil
}

// sheet puts a table of the report on its page.
func (m *monthOf) sheet(name, title, middle string, t *page.Table, notes ...string) page.Sheet {
	t.Tall = max(t.Tall, 22)
	if m.q.Blank {
		t.Rows, t.Empty, t.Tall = nil, 3, 28
	}
	right := m.q.Month.Chinese()
	if m.q.Blank {
		right = "      年    月"
	}
	s := page.Sheet{Name: name, Title: title, Left: "填报单位:" + m.q.Home(), Middle: middle, Right: right, Landscape: true, Blocks: []page.Block{t}}
	if len(notes) > 0 {
		s.Blocks = append(s.Blocks, page.Lines{Text: notes, Size: page.MinSize, Space: 4})
	}
	s.Blocks = append(s.Blocks, page.Lines{Text: []string{"党组织书记:                    填表人:                    填报日期:      年    月    日"}, Space: 10})
	return s
}

// sum is a column of numbers below one or two headings that the total adds up.
func sumOf(headings ...string) page.Column {
	return page.Column{Heading: headings, Format: page.Number, Align: page.Centre, Min: 6, Sum: true}
}

// total is the word before the sums: one line needs none.
func (m *monthOf) total() string {
	if len(m.units) > 1 {
		return "合计"
	}
	return ""
}

func (m *monthOf) members() page.Sheet {
	t := &page.Table{Fixed: 1, Total: m.total(), Columns: []page.Column{page.Head("支部", 16), sumOf("上月末"), sumOf("本月增加", "发展"), sumOf("本月增加", "恢复"), sumOf("本月增加", "转入"),
		sumOf("本月减少", "出党"), sumOf("本月减少", "停止党籍"), sumOf("本月减少", "死亡"), sumOf("本月减少", "转出"), sumOf("本月末"), sumOf("预备党员"), sumOf("流出"), sumOf("流入"), sumOf("失联")}}
	var notes []string
	t.Rows = m.rows(func(u monthUnit) []any {
		row := []any{u.name}
		if b := m.balance; b != nil {
			for _, n := range []int{b.Opening, b.Developed, b.Restored, b.MovedIn, b.Expelled, b.Stopped, b.Died, b.MovedOut, b.Closing, b.Probationary} {
				row = append(row, int64(n))
			}
			if b.Difference != 0 {
				notes = append(notes, "本月末实有数与应有数相差 "+strconv.Itoa(b.Difference)+" 人,请先核对名册(月度上报)。")
			}
		} else {
			for _, key := range []string{"opening", "developed", "restored", "moved_in", "expelled", "stopped", "died", "moved_out", "closing"} {
				row = append(row, m.figure(u, "A11.month_"+key))
			}
			row = append(row, m.figure(u, "A02.probationary"))
		}
		c := m.tallied[u.id]
		return append(row, m.figure(u, "A02.away"), c.inflow, c.lost)
	})
	notes = append(notes, "本月末 = 上月末 + 本月增加 - 本月减少。流出、流入、失联按台账现在的记录。")
	return m.sheet("党员增减", "党员增减月报", "单位:人", t, notes...)
}

func (m *monthOf) meetings() page.Sheet {
	t := &page.Table{Fixed: 1, Total: m.total(), Columns: []page.Column{page.Head("支部", 16), sumOf("党员大会"), sumOf("支委会"), sumOf("党小组会"), sumOf("党课"), {Heading: []string{"主题党日", "次数"}, Format: page.Number, Align: page.Centre, Min: 4, Sum: true},
		{Heading: []string{"主题党日", "日期、主题"}, Min: 18, Max: 44}, sumOf("应到"), sumOf("实到"), {Heading: []string{"出勤率"}, Format: page.Percent, Align: page.Centre, Min: 7}, sumOf("缺席超过3次人数")}}
	t.Rows = m.rows(func(u monthUnit) []any {
		c := m.tallied[u.id]
		var rate any
		if c.due > 0 {
			rate = float64(c.present) / float64(c.due)
		}
		often := int64(0)
		for _, n := range c.absent {
			often += int64(model.OneIf(n > 3))
		}
		return []any{u.name, m.figure(u, "B03.general_held"), m.figure(u, "B03.committee_held"), m.figure(u, "B03.group_held"), m.figure(u, "B03.lecture_held"), m.figure(u, "B03.theme_held"),
			strings.Join(c.themes, "\n"), c.due, c.present, rate, often}
	})
	return m.sheet("组织生活", "组织生活月报", "", t, "应到、实到为本月各次会议之和(人次),按到会登记。缺席超过3次:本年到本月末缺席超过3次、没有补课的人数,请假也算缺席。")
}

func (m *monthOf) admissions() page.Sheet {
	t := &page.Table{Fixed: 1, Total: m.total(), Columns: []page.Column{page.Head("支部", 24), sumOf("申请人"), sumOf("积极分子"), sumOf("发展对象"), sumOf("本月接收"), sumOf("本月转正"), sumOf("超期事项数")}}
	t.Rows = m.rows(func(u monthUnit) []any {
		c := m.tallied[u.id]
		return []any{u.name, m.figure(u, "A08.under_way", "申请人"), m.figure(u, "A08.under_way", "积极分子"), m.figure(u, "A08.under_way", "发展对象"), m.figure(u, "A08.approved"), c.confirmed, c.overdue}
	})
	return m.sheet("发展党员", "发展党员月报", "单位:人", t, m.atHome("超期事项数")...)
}

// atHome says what an office's ledger doesn't reckon for its units.
func (m *monthOf) atHome(what string) []string {
	if !m.office {
		return nil
	}
	return []string{what + "由各支部在自己的台账里算,这里不填。"}
}

func (m *monthOf) dues() page.Sheet {
	money := func(heading string) page.Column {
		return page.Column{Heading: []string{heading}, Format: page.Money, Min: 10, Sum: true}
	}
	t := &page.Table{Fixed: 1, Total: m.total(), Columns: []page.Column{page.Head("支部", 24), sumOf("应交人数"), money("应交额"), sumOf("实交人数"), money("实交额"), sumOf("欠交3个月以上人数"), money("已上缴")}}
	t.Rows = m.rows(func(u monthUnit) []any {
		yuan := func(name string) any { return float64(m.figure(u, name)) / 100 }
		return []any{u.name, m.figure(u, "A09.due"), yuan("A09.due_money"), m.figure(u, "A09.paid"), yuan("A09.paid_money"), m.tallied[u.id].arrears, yuan("A09.remitted")}
	})
	notes := append([]string{"实交为到本月末已交的本月党费;在流入地交的算实交人数,不算金额。已上缴为本月上缴的金额。"}, m.atHome("欠交3个月以上人数")...)
	return m.sheet("党费", "党费月报", "单位:人、元", t, notes...)
}

// stocks are the lines of the fifth sheet: what there is at a day.
var stocks = []struct{ item, unit, figure string }{
	{"五好党组织", "个", "A03.named"}, {"双带型党员", "人", "D01.members"}, {"双带型书记", "人", "D01.both_leader"}, {"经济能人(党员)", "人", "E02.able_person"}, {"科技示范户(党员)", "人", "E02.tech_household"},
	{"致富项目", "个", "D02.all"}, {"骨干项目", "个", "D02.key_projects"}, {"项目带动户数", "户", "D02.households"}, {"四培一促培养中", "人", "D03.under_way"}, {"后备干部培养中", "人", "A07.reserves"},
	{"示范典型", "个", "E01.in_force"}, {"党员结对帮扶", "对", "B07.pairs"}, {"村结对帮扶", "对", "B06.open"},
}

// stock compares the end of the month with the end of the one before.
func (m *monthOf) stock(ctx context.Context) (page.Sheet, error) {
	t := &page.Table{Tall: 22, Columns: []page.Column{page.Head("项目", 24), {Heading: []string{"单位"}, Min: 6, Align: page.Centre}, {Heading: []string{"上月末"}, Format: page.Number, Align: page.Centre, Min: 10}, {Heading: []string{"增减"}, Format: page.Number, Align: page.Centre, Min: 10}, {Heading: []string{"本月末"}, Format: page.Number, Align: page.Centre, Min: 10}, page.Head("备注", 16)}}
	if !m.q.Blank {
		before, err := m.standing(ctx, m.from.AddDays(-1))
		if err != nil {
			return page.Sheet{}, err
		}
		after, err := m.standing(ctx, m.to)
		if err != nil {
			return page.Sheet{}, err
		}
		for _, s := range stocks {
			was, is := all(before, s.figure), all(after, s.figure)
			t.Rows = append(t.Rows, []any{s.item, s.unit, was, is - was, is, nil})
		}
	}
	s := m.sheet("五好与双带", "五好、双带台账变动月报", "", t, "双带型、能人、示范户按台账现在的登记,增减只反映党员的进出和项目、典型的起止日期。")
	s.Landscape = false
	if m.q.Blank {
		t.Empty = 0
		for _, l := range stocks {
			t.Rows = append(t.Rows, []any{l.item, l.unit})
		}
	}
	return s, nil
}

// standing gives the figures of all at a day.
func (m *monthOf) standing(ctx context.Context, day model.Date) (map[string]map[string]map[string]int64, error) {
	var wanted []*count.Indicator
	for _, i := range count.Indicators() {
		if slices.ContainsFunc(stocks, func(s struct{ item, unit, figure string }) bool { return strings.HasPrefix(s.figure, i.Code+".") }) {
			wanted = append(wanted, i)
		}
	}
	sum, err := count.Summarize(ctx, m.q.Ledger, count.SummaryQuery{Period: count.Period{From: model.Date(day[:4] + "-01-01"), To: day}, Indicators: wanted})
	if err != nil || len(sum.Groups) == 0 {
		return nil, err
	}
	return sum.Groups[0].Values, nil
}
