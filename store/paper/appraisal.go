package paper

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/store/count"
	"taizhang/store/paper/page"
)

// appraisalPapers are those of the yearly review: domain.md §4.3, form L of §8.9.
var appraisalPapers = []*page.Paper{
	{Name: "appraisal-ballot", Title: "民主评议票", Group: "评议与谈话", Over: page.OverYear, Make: appraisalBallots},
	{Name: "appraisal-summary", Title: "民主评议汇总", Group: "评议与谈话", Over: page.OverYear, Make: appraisalSummary},
}

// gradesGiven are those that a ballot offers; who gets none gets no line on it.
func gradesGiven(q *page.Request) []string {
	all := q.Ledger.Kinds().Kind("appraisal").Field("grade").Choices
	return slices.DeleteFunc(slices.Clone(all), func(g string) bool { return g == "不定等次" })
}

// ballotPages bounds how many pages of ballots are made: of a large branch one ballot is
// made, to be copied.
const ballotPages = 60

// rowsPerPage is how many of a ballot's rows stand on an upright page below its head.
const rowsPerPage = 30

// appraisalBallots makes the ballots of 民主测评, as many as there are members, each with
// all who are graded; and the sheet on which they are counted. Nothing on a ballot tells
// whose it is.
func appraisalBallots(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	all, err := membersHere(ctx, q)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	people := slices.DeleteFunc(slices.Clone(all), func(p *model.Record) bool { return !p.Is("status", "正式党员") })
	if len(people) == 0 {
		return nil, nil
	}
	grades := gradesGiven(q)
	table := &page.Table{Tall: 22, Columns: []page.Column{page.Serial(), page.Head("姓名", 10)}}
	for _, g := range grades {
		table.Columns = append(table.Columns, page.Column{Heading: []string{g}, Min: 8, Align: page.Centre})
	}
	table.Columns = append(table.Columns, page.Head("存在问题", 30))
	for i, p := range people {
		table.Rows = append(table.Rows, []any{int64(i + 1), p.Text("name")})
	}
	ballot := []page.Block{page.Lines{Size: page.MinSize, Text: []string{
		"在同意的等次下面打“√”,每人只选一个等次;选两个以上或不选的,这个人的这一票无效。本票不记名。",
		excellentLimit(q, len(people)) + "预备党员参加评议,不评定等次,不列在票上。"}}, table}
	sheet := page.Sheet{Name: "评议票", Title: fmt.Sprintf("%d年度民主评议党员测评票", q.Year), Left: q.Home(), Right: "      年    月    日"}
	copies := len(all)
	pages := (len(people) + rowsPerPage - 1) / rowsPerPage
	if copies*pages > ballotPages {
		sheet.Blocks = ballot
	} else {
		head := page.Lines{Text: []string{sheet.Title}, Bold: true, Size: 16, Align: page.Centre}
		below := page.Lines{Text: []string{q.Home() + strings.Repeat(" ", 30) + "      年    月    日"}}
		table.Once = true
		perPage := max(rowsPerPage/(len(people)+6), 1)
		sheet.Title, sheet.Left, sheet.Right = "", "", ""
		for i := range copies {
			switch {
			case i == 0:
			case i%perPage == 0:
				sheet.Blocks = append(sheet.Blocks, page.Break{})
			default:
				sheet.Blocks = append(sheet.Blocks, page.Cut{Text: "沿虚线剪开"})
			}
			sheet.Blocks = append(sheet.Blocks, head, below)
			sheet.Blocks = append(sheet.Blocks, ballot...)
		}
	}
	return []page.Sheet{sheet, ballotCount(q, people, grades, copies)}, nil
}

// excellentLimit says how many may be 优秀, by the limit in force, of so many full members.
func excellentLimit(q *page.Request, full int) string {
	l := q.Env.Packs.Limit("appraisal.excellent", q.Day)
	if l.Value == 0 || l.Per == 0 {
		return ""
	}
	return fmt.Sprintf("优秀一般不超过 %s,即 %d 人。", l.Number(), int64(full)*l.Value/l.Per)
}

// ballotCount is the sheet on which the ballots are counted.
func ballotCount(q *page.Request, people []*model.Record, grades []string, copies int) page.Sheet {
	t := &page.Table{Columns: []page.Column{page.Serial(), page.Head("姓名", 10)}}
	for _, g := range grades {
		t.Columns = append(t.Columns, page.Head(g+"票数", 10))
	}
	t.Columns = append(t.Columns, page.Head("无效票数", 10), page.Head("备注", 14))
	for i, p := range people {
		t.Rows = append(t.Rows, []any{int64(i + 1), p.Text("name")})
	}
	number := func(label string) []page.Item {
		return []page.Item{page.Label(label, 1.5), {Value: "张", Weight: 1, Align: page.RightAlign}}
	}
	return page.Sheet{Name: "计票表", Title: fmt.Sprintf("%d年度民主评议党员测评计票表", q.Year), Left: "党支部:" + q.Home(), Right: fmt.Sprintf("评议票每人一张,共印 %d 张", copies),
		Blocks: []page.Block{
			&page.Form{Rows: []page.FormRow{{Items: slices.Concat(number("发出"), number("收回"), number("有效"), number("无效"))}}},
			t, signedBy("监票人(签字):", "计票人(签字):", "日期:")}}
}

// votesFor are a person's votes by grade, as the totals on file say them: 优秀 32,合格 61.
func votesFor(text string, grades []string) []any {
	votes := make([]any, len(grades))
	text = model.HalfWidth(text)
	for i, g := range grades {
		for at := strings.Index(text, g); at >= 0; {
			// 合格 stands in 基本合格 and 不合格 too.
			rest := strings.TrimLeft(text[at+len(g):], " ::")
			digits := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
			own := !strings.HasSuffix(text[:at], "基本") && !strings.HasSuffix(text[:at], "不")
			if n, err := strconv.ParseInt(digits, 10, 64); err == nil && (own || g != "合格") {
				votes[i] = n
				break
			}
			next := strings.Index(text[at+len(g):], g)
			if next < 0 {
				break
			}
			at += len(g) + next
		}
	}
	return votes
}

// appraisalSummary lists the year's grades with the votes and the opinion on each, those
// who have none yet, and how many have which grade. Blank, the names stand alone.
func appraisalSummary(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	found, err := q.Env.Look.Find("appraisal", atHome(q, model.Where("year", model.Eq, strconv.Itoa(q.Year)))...)
	if err != nil {
		return nil, err
	}
	graded := map[string]*model.Record{}
	for _, a := range found {
		graded[a.Str("person")] = a
	}
	people, err := appraised(ctx, q, graded)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	grades := gradesGiven(q)
	var votes []page.Column
	for _, g := range grades {
		votes = append(votes, page.Column{Heading: []string{g}, Format: page.Number, Min: 4})
	}
	t := &page.Table{Fixed: 2, Columns: slices.Concat([]page.Column{page.Serial(), page.Head("姓名", 8), page.Head("性别", 4), page.Head("人员类别", 8),
		{Heading: []string{"入党时间"}, Format: page.Month, Min: 8}}, page.Under("测评票数", votes...),
		[]page.Column{{Heading: []string{"评定等次"}, Min: 8, Align: page.Centre}, {Heading: []string{"评议日期"}, Format: page.Date, Min: 10},
			{Heading: []string{"支部评定意见"}, Min: 20, Max: 44}, page.Head("本人签名", 10)})}
	missing := 0
	for i, p := range people {
		row := []any{int64(i + 1), p.Text("name"), p.Text("sex"), sortOfMember(p, q.Day), date(p, "joined_on")}
		a := graded[p.ID]
		switch {
		case q.Blank:
		case a == nil:
			missing++
			row = append(append(row, make([]any, len(grades))...), "没有评议")
		default:
			grade := a.Text("grade")
			if why := a.Text("not_graded_why"); why != "" {
				grade += "\n(" + why + ")"
			}
			row = append(append(row, votesFor(a.Str("votes"), grades)...), grade, date(a, "held_on"), brief(a.Text("opinion")))
		}
		t.Rows = append(t.Rows, row)
	}
	sheet := page.Sheet{Name: "民主评议汇总", Title: fmt.Sprintf("%d年度民主评议党员汇总表", q.Year), Left: "党支部:" + q.Home(), Right: q.Day.Chinese(), Landscape: true, Blocks: []page.Block{t}}
	if !q.Blank {
		foot, err := appraisalFoot(ctx, q, missing)
		if err != nil {
			return nil, err
		}
		sheet.Blocks = append(sheet.Blocks, foot...)
	}
	sheet.Blocks = append(sheet.Blocks, signedBy("支部书记(签字):", "组织委员(签字):", "上级党组织意见(盖章):"))
	return []page.Sheet{sheet}, nil
}

// sortOfMember is what a member was on a day: one who is full now may have been on
// probation then.
func sortOfMember(p *model.Record, day model.Date) string {
	if p.Is("status", "正式党员") && !admission.FullMemberOn(p, day) {
		return "预备党员"
	}
	return p.Text("status")
}

// appraised gives the members at the end of the year or today and who was graded, by name.
func appraised(ctx context.Context, q *page.Request, graded map[string]*model.Record) ([]*model.Record, error) {
	ids, err := count.MembersAt(ctx, q.Ledger, q.Day)
	if err != nil {
		return nil, err
	}
	for id := range graded {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	home := q.Ledger.Home()
	var people []*model.Record
	for _, id := range ids {
		p, err := q.Env.Look.Get("person", id)
		if err != nil {
			return nil, err
		}
		if p != nil && home != nil && p.OrgID == home.ID {
			people = append(people, p)
		}
	}
	return byName(people), nil
}

// appraisalFoot counts the grades as the summary does (indicator A10), and says what the
// rule on 优秀 says.
func appraisalFoot(ctx context.Context, q *page.Request, missing int) ([]page.Block, error) {
	report, err := count.ReadReport(ctx, q.Ledger, count.Ask{Year: q.Year, Indicators: []string{"A10"}})
	if err != nil {
		return nil, err
	}
	all := report.Columns[0]
	row := page.FormRow{Items: page.Pair("党员", strconv.FormatInt(all.Value("A10", "members", ""), 10), 1)}
	for _, g := range q.Ledger.Kinds().Kind("appraisal").Field("grade").Choices {
		row.Items = append(row.Items, page.Pair(g, strconv.FormatInt(all.Value("A10", "appraised", g), 10), 1)...)
	}
	row.Items = append(row.Items, page.Pair("没有评议", strconv.Itoa(missing), 1)...)
	blocks := []page.Block{page.Lines{Text: []string{"结果(人)"}, Bold: true, Space: 6}, &page.Form{Rows: []page.FormRow{row}}}
	if home := q.Ledger.Home(); home != nil {
		findings, err := q.Ledger.Check(ctx, home)
		if err != nil {
			return nil, err
		}
		for _, f := range findings {
			if f.Code == "W-REV-THIRD" && strings.HasPrefix(f.Message, strconv.Itoa(q.Year)) {
				blocks = append(blocks, page.Lines{Text: []string{"请核对:" + f.Message + "。"}, Size: page.MinSize})
			}
		}
	}
	return blocks, nil
}
