package paper

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/membership"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// commend is a recommendation for an honour, a person a page, with what the ledger holds
// against it; before several persons stands a list to compare them by.
func commend(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Blank {
		return []page.Sheet{commendPage(q, nil)}, nil
	}
	all, err := conducts(ctx, q)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var sheets []page.Sheet
	if len(all) > 1 {
		sheets = append(sheets, commendList(q, all))
	}
	for _, c := range all {
		sheets = append(sheets, commendPage(q, c))
	}
	return sheets, nil
}

// conduct is what is asked about a person before an honour.
type conduct struct {
	q *page.Request
	p *model.Record

	unit, posts, honours, penalised, dues, absences, grades string
	against                                                 []string // what speaks against, in words
}

// conducts finds out about the persons of the request.
func conducts(ctx context.Context, q *page.Request) ([]*conduct, error) {
	owing, err := arrearsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	missed, err := absencesOf(q)
	if err != nil {
		return nil, err
	}
	var all []*conduct
	for _, p := range q.Records {
		c := &conduct{q: q, p: p, dues: "没有欠交", absences: "近一年没有无故缺席"}
		text := owing[p.ID]
		switch home := q.Ledger.Home(); {
		case text != "":
			c.dues = text
			c.against = append(c.against, "党费"+text)
		case home == nil || home.ID != p.OrgID:
			c.dues = "请向所在党支部核对"
		}
		if days := missed[p.ID]; len(days) > 0 {
			c.absences = fmt.Sprintf("近一年无故缺席 %d 次:%s", len(days), strings.Join(days, "、"))
			c.against = append(c.against, fmt.Sprintf("近一年无故缺席 %d 次", len(days)))
		}
		if err := c.read(); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// arrearsOf says who is behind with dues of this year and the last, by person: of the
// organisation whose ledger it is.
func arrearsOf(ctx context.Context, q *page.Request) (map[string]string, error) {
	months, missing := map[string][]model.Month{}, map[string]int64{}
	for _, year := range []int{q.Year - 1, q.Year} {
		s, err := count.Dues(ctx, q.Ledger, year)
		if err != nil {
			return nil, err
		}
		for _, r := range s.Rows {
			for i, cell := range r.Months {
				n := cell.Missing(s.Today.Month(), s.Month(i))
				if n > 0 || cell.State == count.DuesArrears {
					months[r.Person.ID] = append(months[r.Person.ID], s.Month(i))
					missing[r.Person.ID] += n
				}
			}
		}
	}
	said := map[string]string{}
	for id, owed := range months {
		said[id] = fmt.Sprintf("欠交 %d 个月(%s)", len(owed), monthsText(owed, q.Year))
		if missing[id] > 0 {
			said[id] += " " + model.FormatYuan(missing[id]) + " 元"
		}
	}
	return said, nil
}

// absencesOf gives the days of the last twelve months on which somebody was absent
// without leave from what was held, and has not made up for it.
func absencesOf(q *page.Request) (map[string][]string, error) {
	var books []string
	for _, p := range q.Records {
		if !slices.Contains(books, p.OrgID) {
			books = append(books, p.OrgID)
		}
	}
	held, err := q.Env.Look.Find("activity", model.Where("org_id", model.In, books...),
		model.Where("held_on", model.Gt, string(q.Day.AddMonths(-12))), model.Where("held_on", model.Le, string(q.Day)))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(held, func(a, b *model.Record) int { return strings.Compare(a.Str("held_on"), b.Str("held_on")) })
	days := map[string][]string{}
	for _, r := range held {
		for _, m := range r.Roll("attendance") {
			if m.State == "无故缺席" && !slices.Contains(r.List("made_up"), m.Target) {
				days[m.Target] = append(days[m.Target], r.Str("held_on"))
			}
		}
	}
	return days, nil
}

// read finds out what stands on file about the person alone.
func (c *conduct) read() (err error) {
	if c.unit, err = unitOf(c.q, c.p); err != nil {
		return err
	}
	if c.posts, err = postsOf(c.q, c.p); err != nil {
		return err
	}
	if c.penalised, err = c.penalties(); err != nil {
		return err
	}
	if c.penalised == "" {
		c.penalised = "没有"
	} else {
		c.against = append(c.against, "处分或组织处理:"+c.penalised)
	}
	x := &model.Exam{Env: c.q.Env, Record: c.p}
	if s := membership.SuspendedOn(x, c.p, c.q.Day); s != nil {
		c.against = append(c.against, strings.Trim(s.Text(), "()"))
	}
	switch {
	case !c.p.Is("status", membership.States...):
		c.against = append(c.against, "人员类别是"+c.p.Text("status")+",不是党员")
	case !membership.IsMember(c.p):
		c.against = append(c.against, "在册状态是"+c.p.Text("standing"))
	case c.p.Filled("lost_since"):
		c.against = append(c.against, "自 "+c.p.Str("lost_since")+" 失去联系")
	}
	if err := c.readGrades(); err != nil {
		return err
	}
	return c.readHonours()
}

// penalties lists penalties and dispositions with their days, the oldest first.
func (c *conduct) penalties() (string, error) {
	found, err := c.q.Env.Look.Find(membership.MovementKind, model.Where("person", model.Eq, c.p.ID),
		model.Where("kind", model.In, "处分", "限期改正", "延长预备期", "取消预备党员资格", "停止党籍", "自行脱党除名", "劝其退党", "其他除名", "退党除名", "开除党籍"))
	if err != nil {
		return "", err
	}
	slices.SortStableFunc(found, func(a, b *model.Record) int { return strings.Compare(a.Str("happened_on"), b.Str("happened_on")) })
	var all []string
	for _, m := range found {
		what := m.Text("kind")
		if m.Filled("penalty") {
			what = m.Text("penalty")
		}
		text := m.Str("happened_on") + " " + what
		if m.Filled("until") {
			text += "(到 " + m.Str("until") + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, ";"), nil
}

// readGrades gives the grades of the last three years that are over or were held.
func (c *conduct) readGrades() error {
	found, err := c.q.Env.Look.Find("appraisal", model.Where("person", model.Eq, c.p.ID))
	if err != nil {
		return err
	}
	var parts []string
	for year := c.q.Year; year > c.q.Year-4; year-- {
		at := slices.IndexFunc(found, func(a *model.Record) bool { return a.Int("year") == int64(year) })
		if at < 0 {
			continue
		}
		grade := found[at].Text("grade")
		parts = append(parts, strconv.Itoa(year)+"年"+grade)
		if grade == "基本合格" || grade == "不合格" {
			c.against = append(c.against, fmt.Sprintf("%d年民主评议%s", year, grade))
		}
	}
	c.grades = strings.Join(parts, "、")
	if c.grades == "" {
		c.grades = "台账里没有评议记录"
	}
	return nil
}

func (c *conduct) readHonours() error {
	found, err := c.q.Env.Look.Find("honor", model.Where("person", model.Eq, c.p.ID))
	if err != nil {
		return err
	}
	slices.SortStableFunc(found, func(a, b *model.Record) int { return strings.Compare(b.Str("granted_on"), a.Str("granted_on")) })
	var parts []string
	for _, h := range found {
		parts = append(parts, h.Str("granted_on")+" "+h.Text("granted_by")+" "+h.Text("title"))
	}
	c.honours = strings.Join(parts, ";")
	return nil
}

// verdict says what has to be looked into before the person is put forward.
func (c *conduct) verdict() string {
	if len(c.against) == 0 {
		return "台账里没有查到不宜推荐的情况"
	}
	return strings.Join(c.against, ";")
}

// commendList compares several persons.
func commendList(q *page.Request, all []*conduct) page.Sheet {
	t := &page.Table{Fixed: 2, Columns: slices.Concat([]page.Column{page.Serial(), page.Head("姓名", 8), page.Head("性别", 4), {Heading: []string{"入党时间"}, Format: page.Month, Min: 8},
		{Heading: []string{"现任职务"}, Min: 8, Max: 16}}, page.Under("核查情况", page.Column{Heading: []string{"处分和组织处理"}, Min: 8, Max: 20}, page.Column{Heading: []string{"党费"}, Min: 8, Max: 20},
		page.Column{Heading: []string{"组织生活"}, Min: 10, Max: 22}, page.Column{Heading: []string{"民主评议"}, Min: 10, Max: 22}),
		[]page.Column{{Heading: []string{"曾受表彰"}, Min: 10, Max: 26}, {Heading: []string{"需要研究"}, Min: 10, Max: 26}})}
	for i, c := range all {
		mark := "没有"
		if len(c.against) > 0 {
			mark = c.verdict()
		}
		t.Rows = append(t.Rows, []any{int64(i + 1), c.p.Text("name"), c.p.Text("sex"), date(c.p, "joined_on"), c.posts, c.penalised, c.dues, c.absences, c.grades, c.honours, mark})
	}
	return page.Sheet{Name: "核查一览", Title: "表彰推荐人选核查一览", Left: "党支部:" + q.Home(), Right: q.Day.Chinese(), Landscape: true, Blocks: []page.Block{t,
		page.Lines{Text: []string{"核查情况按台账登记汇总,是否推荐由党组织集体研究决定。"}, Size: page.MinSize}}}
}

// commendPage is one person's form; c is nil for a blank one.
func commendPage(q *page.Request, c *conduct) page.Sheet {
	name := "审批表"
	text := func(string) string { return "" }
	private := text
	var joined, confirmed, born any
	if c == nil {
		c = &conduct{q: q, unit: q.Home()}
	} else {
		name, text = c.p.Text("name"), c.p.Text
		private = func(field string) string { return q.Private(c.p, field) }
		joined, confirmed, born = month(c.p, "joined_on"), month(c.p, "confirmed_on"), month(c.p, "birth_date")
	}
	opinion := "\n\n                                                (盖章)      年    月    日"
	f := &page.Form{Rows: []page.FormRow{
		page.Pairs("姓名", text("name"), "性别", text("sex"), "民族", text("ethnicity")),
		page.Pairs("出生年月", born, "入党时间", joined, "转正时间", confirmed),
		page.Pairs("学历", text("education"), "人员类别", text("status"), "联系电话", private("phone")),
		{Items: []page.Item{page.Label("现任职务", 1.33), page.Blank(c.posts, 3.67), page.Label("公民身份号码", 1.67), page.Blank(private("id_number"), 3.33)}},
		{Items: []page.Item{page.Label("拟推荐称号", 1.33), page.Blank("", 3.67), page.Label("表彰级别", 1.67), page.Blank("", 3.33)}},
		page.Long("主要事迹", "", 220),
		page.Long("曾受表彰", c.honours, 34),
	}}
	verdict := ""
	if c.p != nil {
		verdict = c.verdict()
	}
	for i, line := range [][2]string{{"处分和组织处理", c.penalised}, {"党费交纳", c.dues}, {"组织生活", c.absences}, {"民主评议", c.grades}, {"需要研究", verdict}} {
		label := page.Label("核查\n情况", 1.2)
		label.Down, label.Skip = 5, i > 0
		f.Rows = append(f.Rows, page.FormRow{Items: []page.Item{label, page.Label(line[0], 1.8), page.Blank(line[1], 7)}})
	}
	for _, who := range []string{"党支部\n推荐意见", "乡镇党委\n意见", "审批机关\n意见"} {
		f.Rows = append(f.Rows, page.Long(who, opinion, 60))
	}
	return page.Sheet{Name: name, Title: "表彰推荐审批表", Left: "推荐单位:" + c.unit, Right: q.Day.Chinese(), Blocks: []page.Block{f}}
}

// month writes the month of a date field as forms do: 1998.06.
func month(r *model.Record, field string) any {
	if !r.Filled(field) {
		return nil
	}
	return r.Date(field).Time().Format("2006.01")
}
