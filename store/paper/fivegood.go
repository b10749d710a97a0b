package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// fiveGoodPapers are form N of domain.md §8.9: of the organisation's own year, and of the
// year and organisation of an assessment.
var fiveGoodPapers = []*page.Paper{
	{Name: "five-good", Title: "五好党组织申报表", Group: "五好", Over: page.OverYear, Make: fiveGoodYear},
	{Name: "five-good-case", Title: "五好党组织申报表(按考核记录)", Group: "五好", Over: page.OverRecord, Kind: "assessment", Make: fiveGoodCase},
}

// goods are the five criteria, in the order of the form.
var goods = []string{"leadership", "team", "mechanism", "results", "satisfaction"}

// goodCase is one organisation's application in one year, as far as it has come.
type goodCase struct {
	q      *page.Request
	year   int
	org    *model.Record            // nil where it is not on file
	name   string                   // of the organisation
	stages map[string]*model.Record // the last assessment of each stage
}

func fiveGoodYear(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	home := q.Ledger.Home()
	if home == nil {
		return nil, nil
	}
	return fiveGood(ctx, q, home.Str("code"), q.Year)
}

func fiveGoodCase(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Blank {
		return fiveGoodYear(ctx, q)
	}
	if q.Record == nil {
		return nil, nil
	}
	return fiveGood(ctx, q, q.Record.Str("target_code"), int(q.Record.Int("year")))
}

func fiveGood(ctx context.Context, q *page.Request, code string, year int) ([]page.Sheet, error) {
	c := &goodCase{q: q, year: year, stages: map[string]*model.Record{}}
	orgs, err := q.Env.Look.Find("organization", model.Where("code", model.Eq, code))
	if err != nil {
		return nil, err
	}
	if len(orgs) > 0 {
		c.org, c.name = orgs[0], orgs[0].Text("name")
	} else if c.name, _, err = q.Env.Look.OrgCode(code); err != nil {
		return nil, err
	}
	if !q.Blank {
		all, err := read(ctx, q, "assessment", []string{"held_on"}, model.Where("target_code", model.Eq, code), model.Where("year", model.Eq, strconv.Itoa(year)))
		if err != nil {
			return nil, err
		}
		for _, r := range all {
			c.stages[r.Str("level")] = r
		}
	}
	form, err := c.form(ctx)
	if err != nil {
		return nil, err
	}
	return []page.Sheet{form, c.vetoes()}, nil
}

func (c *goodCase) form(ctx context.Context) (page.Sheet, error) {
	secretary, members, deeds, err := c.facts(ctx)
	if err != nil {
		return page.Sheet{}, err
	}
	scores := &page.Table{Tall: 22, Columns: []page.Column{page.Head("得分", 10)}}
	for _, field := range goods {
		scores.Columns = append(scores.Columns, page.Column{Heading: []string{fmt.Sprintf("%s(%d分)", c.label(field), c.limit("assess.full."+field))}, Format: page.Number, Min: 8, Align: page.Centre})
	}
	scores.Columns = append(scores.Columns, page.Column{Heading: []string{"总分"}, Format: page.Number, Min: 6, Align: page.Centre}, page.Head("结果", 8), page.Column{Heading: []string{"日期"}, Format: page.Date, Min: 10})
	for _, stage := range []string{"自评", "乡镇考核", "市级过堂", "抽查"} {
		r := c.stages[stage]
		if r == nil && stage == "抽查" {
			continue
		}
		row := []any{stage}
		for _, field := range goods {
			row = append(row, valueOf(r, field))
		}
		scores.Rows = append(scores.Rows, append(row, c.total(r), c.derived(r, "result"), date(r, "held_on")))
	}
	township, notice, county, named := c.stages["乡镇考核"], c.stages["公示"], c.stages["市级过堂"], c.stages["命名"]
	upper := &page.Form{Rows: []page.FormRow{
		{Items: []page.Item{page.Label("党组织名称", 1.2), page.Blank(c.name, 8.8)}},
		{Items: []page.Item{page.Label("书记", 1.2), page.Blank(secretary, 2), page.Label("党员数", 1.2), {Value: members, Weight: 2, Format: page.Number, Align: page.LeftAlign}, page.Label("自评得分", 1.2), {Value: c.total(c.stages["自评"]), Weight: 2.4, Format: page.Number, Align: page.LeftAlign}}},
	}}
	upper.Rows = append(upper.Rows, longRows("主要事迹", deeds, 130)...)
	lower := &page.Form{}
	for _, part := range []struct {
		label, text string
		tall        float64
	}{
		{"乡镇考核得分与意见", c.opinion(township, "findings"), 64},
		{"公示情况", noticeText(notice), 46},
		{"县组织部门意见", c.opinion(county, "hearing"), 64},
		{"审批意见", approvalText(named), 56},
	} {
		rows := longRows(part.label, part.text, part.tall)
		rows[len(rows)-1].Items[0].Down = 2
		lower.Rows = append(lower.Rows, rows...)
		lower.Rows = append(lower.Rows, page.FormRow{Tall: 20, Items: []page.Item{{Weight: 1.2, Skip: true}, {Value: "负责人签字:              (盖章)        年    月    日", Weight: 8.8, Align: page.RightAlign}}})
	}
	return page.Sheet{Name: "申报表", Title: "五好党组织申报表", Left: "申报单位:" + c.name, Right: fmt.Sprintf("%d年度", c.year),
		Blocks: []page.Block{upper, page.Lines{Text: []string{""}, Size: 4}, scores, page.Lines{Text: []string{""}, Size: 4}, lower}}, nil
}

// facts are what the form says of the organisation: of the ledger's own the year's
// figures too, as a beginning of the story.
func (c *goodCase) facts(ctx context.Context) (secretary string, members any, deeds string, err error) {
	if c.org == nil || c.q.Blank {
		return "", nil, "", nil
	}
	posts, err := c.q.Env.Look.Find("position", model.Where("org_id", model.Eq, c.org.OrgID), model.Where("body", model.Eq, "党组织"), model.Where("post", model.Eq, "书记"))
	if err != nil {
		return "", nil, "", err
	}
	day := min(model.Date(fmt.Sprintf("%04d-12-31", c.year)), c.q.Env.Today)
	for _, p := range posts {
		if p.Date("started_on") <= day && (!p.Filled("ended_on") || p.Date("ended_on") > day) {
			secretary = p.Text("person")
		}
	}
	period, err := count.YearPeriod(c.q.Ledger, c.year)
	if err != nil {
		return "", nil, "", err
	}
	sum, err := count.Summarize(ctx, c.q.Ledger, count.SummaryQuery{Period: period, Org: c.org.OrgID})
	if err != nil || len(sum.Groups) == 0 {
		return secretary, nil, "", err
	}
	g := sum.Groups[0].Values
	return secretary, all(g, "A02.members"), deedsOf(g), nil
}

// all adds the parts of a figure up.
func all(values map[string]map[string]map[string]int64, name string) int64 {
	code, key, _ := strings.Cut(name, ".")
	n := int64(0)
	for _, v := range values[code][key] {
		n += v
	}
	return n
}

// deedsOf puts the year's figures into a sentence; what was not done is not said.
func deedsOf(g map[string]map[string]map[string]int64) string {
	var parts []string
	for _, f := range []struct{ name, text string }{
		{"B03.general_held", "召开支部党员大会 %d 次"}, {"B03.committee_held", "支部委员会 %d 次"}, {"B03.lecture_held", "上党课 %d 次"}, {"B03.theme_held", "开展主题党日 %d 次"},
		{"A08.approved", "接收预备党员 %d 名"}, {"D01.members", "双带型党员 %d 名"}, {"D02.all", "党员干部致富项目 %d 个"}, {"D02.households", "带动 %d 户"},
		{"B07.pairs", "党员结对帮扶 %d 对"}, {"E01.in_force", "示范典型 %d 个"}, {"E04.by_kind", "获得表彰 %d 项"}, {"E05.by_media", "宣传事迹 %d 篇"},
	} {
		if n := all(g, f.name); n > 0 {
			parts = append(parts, fmt.Sprintf(f.text, n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "本年度" + strings.Join(parts, ",") + "。"
}

func (c *goodCase) label(field string) string {
	return c.q.Ledger.Kinds().Kind("assessment").MustField(field).Label
}

func (c *goodCase) limit(name string) int {
	return c.q.Env.Packs.Limit(name, model.Date(fmt.Sprintf("%04d-12-31", c.year))).Int()
}

func (c *goodCase) derived(r *model.Record, name string) string {
	if r == nil {
		return ""
	}
	return r.Kind.DerivedValue(name).Value(c.q.Env, r)
}

// total is the sum of the five scores, nil where none is given.
func (c *goodCase) total(r *model.Record) any {
	n, err := strconv.ParseInt(c.derived(r, "total"), 10, 64)
	if err != nil {
		return nil // no score, no sum
	}
	return n
}

// opinion is an assessment's score and words.
func (c *goodCase) opinion(r *model.Record, field string) string {
	if r == nil {
		return ""
	}
	text := ""
	if total := c.derived(r, "total"); total != "" {
		text = fmt.Sprintf("得分 %s 分(%s,%s)。", total, cmp.Or(r.Text("assessor"), "考核单位未填"), r.Text("held_on"))
	}
	return text + firstOf(r, field, "findings")
}

func noticeText(r *model.Record) string {
	if r == nil {
		return ""
	}
	text := ""
	if r.Filled("held_on") && r.Filled("notice_to") {
		text = fmt.Sprintf("%s 至 %s 公示。", r.Text("held_on"), r.Text("notice_to"))
	}
	if o := r.Text("objections"); o != "" {
		return text + "公示异议:" + o
	}
	return text
}

func approvalText(r *model.Record) string {
	if r == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%s 命名 %s", r.Text("held_on"), r.Text("document_no")))
}

// vetoedBy is the department that answers for a veto (domain.md §7.3).
var vetoedBy = map[string]string{"综治": "政法委(综治部门)", "纪检监察": "纪委监委", "计生": "计划生育主管部门", "安全生产": "应急管理(安全生产)部门", "信访": "信访部门", "环保": "生态环境部门"}

// vetoes is the page on which each department says whether it vetoes: of those that hold
// in the year, with what is on file.
func (c *goodCase) vetoes() page.Sheet {
	t := &page.Table{Tall: 62, Columns: []page.Column{page.Serial(), page.Head("否决项目", 10), page.Head("主管部门", 16), {Heading: []string{"有无一票否决情形"}, Min: 10, Align: page.Centre}, page.Head("核查意见和文号", 24), page.Head("核查日期", 12), page.Head("签字盖章", 14)}}
	for _, v := range party.VetoesIn(c.q.Env.Packs, c.year) {
		found, when := "", any(nil)
		for _, r := range c.sorted() {
			if slices.Contains(r.List("vetoes"), v) {
				found, when = "有", r.Text("held_on")
			}
		}
		t.Rows = append(t.Rows, []any{int64(len(t.Rows) + 1), v, vetoedBy[v], found, nil, when, nil})
	}
	return page.Sheet{Name: "一票否决核查表", Title: "五好党组织申报一票否决核查表", Left: "申报单位:" + c.name, Right: fmt.Sprintf("%d年度", c.year), Blocks: []page.Block{t,
		page.Lines{Text: []string{"有一票否决情形的,当年不能命名。只写有无和文号,不写当事人和事情经过。", fmt.Sprintf("达标分数:%d 分。", c.limit("assess.pass"))}, Size: page.MinSize, Space: 4}}}
}

// sorted gives the stages' records by day.
func (c *goodCase) sorted() []*model.Record {
	var all []*model.Record
	for _, r := range c.stages {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *model.Record) int {
		return cmp.Or(cmp.Compare(a.Date("held_on"), b.Date("held_on")), cmp.Compare(a.ID, b.ID))
	})
	return all
}
