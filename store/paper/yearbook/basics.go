package yearbook

import (
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// sameAsComparison is the formula between tables: the members are line 14 of table 1. It
// is checked where table 1 is made too.
func (b *book) sameAsComparison(g *grid) []string {
	r := b.reckon
	if r == nil {
		return nil
	}
	if total := g.cells[0][0].n; total != int64(r.Closing) {
		return []string{fmt.Sprintf("表间:总计 %d 与第一表第 14 行 %d 不符,差 %d。", total, r.Closing, total-int64(r.Closing))}
	}
	return []string{fmt.Sprintf("表间:总计与第一表第 14 行(%d)相符。", r.Closing)}
}

// basics is table 2 (domain.md §8.3).
func (b *book) basics() ([]page.Block, error) {
	members, err := b.members()
	if err != nil {
		return nil, err
	}
	columns := []class[*person]{{label: "总数", is: all[*person]},
		{label: "预备党员", is: func(p *person) answer { return when(p.probationary) }}, {label: "女", is: women},
		{label: "少数民族", is: minority}, {label: "台湾省籍", is: taiwanese}}
	columns = append(columns, ages("30岁\n及以下", 30, 35, 40, 45, 50, 55, 60, 65, 70)...)
	g := cross("项目", members, jobRows(), columns)
	more, err := b.basicsMore(members)
	if err != nil {
		return nil, err
	}
	return b.blocks(g, 17, more, check(g, append(slices.Clone(jobFormulas), columnIs(1, to(6, 15)...), columnHolds(1, 2), columnHolds(1, 3))...), b.sameAsComparison(g),
		b.lacking(members, "occupation", "第 2 行以下各行"), b.lacking(members, "birth_date", "年龄各栏"),
		[]string{jobNote, "台湾省籍看“籍贯”,没有填籍贯的人数不清,所在的格留空。"}, b.asOfNow("学历、籍贯、工作岗位等")), nil
}

// ages makes the columns of ages: up to the first limit, between two, and above the last.
func ages(first string, limits ...int) []class[*person] {
	columns := []class[*person]{{above: []string{"年龄"}, label: first, is: aged(0, limits[0])}}
	for i, from := range limits {
		c := class[*person]{above: []string{"年龄"}, label: fmt.Sprintf("%d岁\n及以上", from+1), is: aged(from+1, 0)}
		if i+1 < len(limits) {
			c.label, c.is = fmt.Sprintf("%d至\n%d岁", from+1, limits[i+1]), aged(from+1, limits[i+1])
		}
		columns = append(columns, c)
	}
	return columns
}

// basicsMore is 补充资料 of table 2.
func (b *book) basicsMore(members []*person) ([]string, error) {
	last := b.to.Month()
	if last.Last() > b.to {
		last = last.Add(-1) // only months that have ended are due
	}
	paid, newest, err := count.DuesMonths(b.ctx, b.q.Ledger, b.from.Month(), last, b.to)
	if err != nil {
		return nil, err
	}
	punctual, less, free, unable := 0, 0, 0, 0
	for _, p := range members {
		switch {
		case p.r.Is("dues_basis", "免交"):
			free++
		case p.owed(b.from.Month(), b.due(p, last, newest)) <= paid[p.r.ID]:
			punctual++
		}
		less += model.OneIf(p.r.Is("dues_basis", "减交"))
		unable += model.OneIf(!p.r.Bool("able_bodied"))
	}
	return []string{
		fmt.Sprintf("补充资料:1.能够按时按标准交纳党费的党员 %d 名(已过的月份都交了的),经批准少交党费的党员 %d 名,免交党费的党员 %d 名,自愿一次性多交纳1000元以上党费的____名(台账不分记,留空)。", punctual, less, free),
		fmt.Sprintf("2.生活不能自理、丧失劳动能力的党员 %d 名(按“有劳动能力”填否的)。", unable),
		"3.担任高级____名、中级____名、初级____名专业技术职务的(台账不记职称,留空)。",
	}, nil
}

// due is the last month for which a person's dues can be told: at the county that up to
// which the unit's dues have been reported.
func (b *book) due(p *person, last model.Month, newest map[string]model.Month) model.Month {
	if b.county {
		return min(last, newest[p.r.OrgID])
	}
	return last
}

// owed counts the months from the first to the last in which the person was a member at
// the month's end.
func (p *person) owed(first, last model.Month) int {
	n := 0
	for m := first; m <= last; m = m.Add(1) {
		for _, s := range p.stays {
			if s.From <= m.Last() && (s.Until == "" || s.Until > m.Last()) {
				n++
				break
			}
		}
	}
	return n
}

// joining is table 3 (domain.md §8.3).
func (b *book) joining() ([]page.Block, error) {
	members, err := b.members()
	if err != nil {
		return nil, err
	}
	columns := append([]class[*person]{{label: "总数", is: all[*person]}}, joined(0)...)
	g := cross("项目", members, jobRows(), columns)
	selfEmployed := 0
	for _, p := range members {
		selfEmployed += model.OneIf(p.r.Is("occupation", "个体工商户"))
	}
	return b.blocks(g, 17, []string{fmt.Sprintf("补充资料:新的社会阶层党员中,个体劳动者 %d 名;民营科技企业创业人员和技术人员、受聘于外资企业管理技术人员、私营企业主、中介组织从业人员、自由职业人员____名(台账不分记,留空)。", selfEmployed)},
		check(g, append(slices.Clone(jobFormulas), columnIs(1, to(2, 10)...))...), b.sameAsComparison(g),
		b.lacking(members, "occupation", "第 2 行以下各行"), b.lacking(members, "joined_on", "入党时间各栏"), []string{jobNote}, b.asOfNow("工作岗位")), nil
}

// admitting is table 14: those received in the span, each once (domain.md §8.6).
func (b *book) admitting() ([]page.Block, error) {
	everyone, err := b.everyone()
	if err != nil {
		return nil, err
	}
	var received []*person
	n := 0
	for _, p := range everyone {
		before := n
		for _, x := range p.passages {
			n += model.OneIf(x.In && x.Move.Is("kind", "接收预备党员") && b.in(x.Day))
		}
		if n > before {
			received = append(received, p)
		}
	}
	columns := []class[*person]{{label: "总数", is: all[*person]}, {label: "女", is: women}, {label: "少数民族", is: minority}}
	columns = append(columns, ages("25岁\n及以下", 25, 30, 35, 40, 59)...)
	for _, s := range []struct {
		label string
		is    func(*person) answer
	}{{"研究生", schooled("研究生")}, {"大学本科", schooled("本科")}, {"大学专科", schooled("大专")}, {"中专", schooled("中专")}, {"高中中技", secondary}, {"初中及以下", primary}} {
		columns = append(columns, class[*person]{above: []string{"学历"}, label: s.label, is: s.is})
	}
	g := cross("项目", received, jobRows(), columns)
	var between []string
	switch r := b.reckon; {
	case r == nil:
	case n != r.Developed || len(received) != n:
		between = []string{fmt.Sprintf("表间:总计 %d 人(%d 人次)与第一表第 3 行 %d 不符。", len(received), n, r.Developed)}
	default:
		between = []string{fmt.Sprintf("表间:总计与第一表第 3 行(%d)相符。", n)}
	}
	return b.blocks(g, 17, []string{"补充资料:报告期内发展劳务派遣工党员____名(台账不记,留空)。"},
		check(g, append(slices.Clone(jobFormulas), columnIs(1, to(4, 9)...), columnIs(1, to(10, 15)...))...), between,
		b.lacking(received, "occupation", "第 2 行以下各行"), b.lacking(received, "birth_date", "年龄各栏"), b.lacking(received, "education", "学历各栏"),
		[]string{jobNote}, b.asOfNow("学历、工作岗位等")), nil
}
