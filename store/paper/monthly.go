package paper

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
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
	within := int64(0)
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
				n := m.figure(u, "A11.month_"+key)
				switch key { // of one unit it is still one who came, or went
				case "moved_in":
					n += m.figure(u, "A11.month_within_in")
				case "moved_out":
					n += m.figure(u, "A11.month_within_out")
				}
				within += m.figure(u, "A11.month_within_in") * int64(model.OneIf(key == "moved_in"))
				row = append(row, n)
			}
			row = append(row, m.figure(u, "A02.probationary"))
		}
		c := m.tallied[u.id]
		return append(row, m.figure(u, "A02.away"), c.inflow, c.lost)
	})
	if within > 0 {
		notes = append(notes, fmt.Sprintf("转入、转出各有县内转接 %d 人次:一边转出、一边转入,全县合计相抵,不是增加和减少。", within))
	}
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
	t := &page.Table{Fixed: 1, Total: m.total(), Columns: []page.Column{page.Head("支部", 24), sumOf("申请人"), sumOf("积极分子"), sumOf("发展对象"), sumOf("本月接收"), sumOf("本月转正"), m.ofVillage("超期事项数")}}
	t.Rows = m.rows(func(u monthUnit) []any {
		c := m.tallied[u.id]
		return []any{u.name, m.figure(u, "A08.under_way", "申请人"), m.figure(u, "A08.under_way", "积极分子"), m.figure(u, "A08.under_way", "发展对象"), m.figure(u, "A08.approved"), c.confirmed, c.overdue}
	})
	return m.sheet("发展党员", "发展党员月报", "单位:人", t, m.atHome("超期事项数")...)
}

// ofVillage is a column that an office leaves blank, in the sums too.
func (m *monthOf) ofVillage(heading string) page.Column {
	c := sumOf(heading)
	c.Sum = !m.office
	return c
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
	t := &page.Table{Fixed: 1, Total: m.total(), Columns: []page.Column{page.Head("支部", 24), sumOf("应交人数"), money("应交额"), sumOf("实交人数"), money("实交额"), m.ofVillage("欠交3个月以上人数"), money("已上缴")}}
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
			was, is := stoodAt(before, s.figure), stoodAt(after, s.figure)
			line := []any{s.item, s.unit, was, count.Unknown, is, nil}
			x, known := was.(int64)
			if y, both := is.(int64); known && both {
				line[3] = y - x
			}
			t.Rows = append(t.Rows, line)
		}
	}
	s := m.sheet("五好与双带", "五好、双带台账变动月报", "", t, "五好、双带型、能人、示范户这些项不记日期,照当月报送时的数;没有报送的月份是“—”。")
	s.Landscape = false
	if m.q.Blank {
		t.Empty = 0
		for _, l := range stocks {
			t.Rows = append(t.Rows, []any{l.item, l.unit})
		}
	}
	return s, nil
}
