package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/store"
	"taizhang/store/paper/page"
	"taizhang/store/quota"
)

var quotaPapers = []*page.Paper{
	{Name: "admission-plan", Title: "发展党员计划和志愿书使用情况", Group: "发展党员", Over: page.OverYear, Make: admissionPlan},
}

// planLine is what is left of a unit's plan, and of its forms.
type planLine struct {
	name, township string
	plan           int // -1 for none
	quota          admission.Quota
	forms          admission.Forms
}

// left is what may still be developed; below 0 where the plan is exceeded.
func (p *planLine) left() int { return p.plan - p.quota.Approved - p.quota.UnderWay }

// admissionPlan says how far the year's plan is used, and which forms are left.
func admissionPlan(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	number := func(of, heading string) page.Column {
		return page.Column{Heading: []string{of, heading}, Format: page.Number, Min: 5, Align: page.Centre, Sum: !q.Blank}
	}
	t := &page.Table{Fixed: 2, Total: "合计", Columns: []page.Column{page.Serial(), page.Head("单位", 14),
		number("发展党员", "计划"), number("发展党员", "已批准"), number("发展党员", "在办"), number("发展党员", "还剩"),
		number("入党志愿书", "发出"), number("入党志愿书", "已用"), number("入党志愿书", "作废"), number("入党志愿书", "还剩"),
		{Heading: []string{"入党志愿书", "剩下的编号"}, Min: 12, Max: 40}}}
	notes := []string{"“已批准”是本年度党委审批接收的预备党员,“在办”是填了志愿书还没有批准的。"}
	if q.Blank {
		t.Empty, t.Tall, t.Total = 14, 24, ""
	} else {
		b, err := quota.Read(ctx, q.Ledger)
		if err != nil {
			return nil, err
		}
		lines, err := planLines(ctx, q, b)
		if err != nil || len(lines) == 0 {
			return nil, err
		}
		t.Rows = planRows(lines)
		notes = append(notes, planNotes(q.Year, b, lines)...)
	}
	return []page.Sheet{{Name: "发展党员计划", Title: fmt.Sprintf("%d年度发展党员计划和入党志愿书使用情况", q.Year), Left: "填报单位:" + q.Home(), Right: spanOf(q, page.OverDay),
		Landscape: true, Blocks: []page.Block{t, page.Lines{Text: notes, Size: page.MinSize, Space: 4}}}}, nil
}

// planLines gives a line for each unit that has a plan, forms or admissions of the year,
// by township and name.
func planLines(ctx context.Context, q *page.Request, b quota.Book) ([]*planLine, error) {
	units, err := q.Ledger.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	roll, err := q.Ledger.Roll(ctx)
	if err != nil {
		return nil, err
	}
	lines := map[string]*planLine{}
	line := func(code string) *planLine {
		if lines[code] == nil {
			lines[code] = &planLine{name: code, plan: -1}
		}
		return lines[code]
	}
	for _, p := range b.Plans {
		if p.Year == q.Year && p.Code != "" {
			line(p.Code).plan, line(p.Code).township = p.Quota, p.Township
		}
	}
	for _, r := range b.Ranges {
		line(r.Code)
	}
	codes := map[string]string{} // by the organisation's id
	for id, u := range units {
		codes[id] = u.Code
	}
	found, err := q.Ledger.Page(ctx, store.Query{Kind: "admission"})
	if err != nil {
		return nil, err
	}
	of := map[string][]*model.Record{}
	for _, a := range found.Records {
		code := codes[a.OrgID]
		of[code] = append(of[code], a)
		if c := admission.CountQuota([]*model.Record{a}, q.Year, q.Day); c != (admission.Quota{}) {
			line(code)
		}
	}
	for code, l := range lines {
		l.quota = admission.CountQuota(of[code], q.Year, q.Day)
		l.forms = admission.CountForms(b.Forms(code), b.Void[code], of[code])
	}
	for _, u := range slices.Concat(roll, unitsOf(units)) {
		if l := lines[u.Code]; l != nil {
			l.name, l.township = u.Name, cmp.Or(u.Township, l.township)
		}
	}
	all := make([]*planLine, 0, len(lines))
	for _, l := range lines {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *planLine) int {
		return cmp.Or(cmp.Compare(a.township, b.township), cmp.Compare(a.name, b.name))
	})
	return all, nil
}

func unitsOf(all map[string]store.Unit) []store.Unit {
	var list []store.Unit
	for _, u := range all {
		list = append(list, u)
	}
	return list
}

// planRows writes the lines, with the townships above them where there are several.
func planRows(lines []*planLine) [][]any {
	var rows [][]any
	several := lines[0].township != lines[len(lines)-1].township
	n := int64(0)
	for i, l := range lines {
		if several && (i == 0 || l.township != lines[i-1].township) {
			rows = append(rows, []any{page.Span(cmp.Or(l.township, "未写乡镇"))})
		}
		n++
		var plan, left any
		if l.plan >= 0 {
			plan, left = int64(l.plan), int64(l.left())
		}
		rows = append(rows, []any{n, l.name, plan, int64(l.quota.Approved), int64(l.quota.UnderWay), left,
			int64(l.forms.Issued), int64(len(l.forms.Used)), int64(len(l.forms.Void)), int64(len(l.forms.Left)), admission.Runs(l.forms.Left)})
	}
	return rows
}

// planNotes names the townships' own plans, and what doesn't fit.
func planNotes(year int, b quota.Book, lines []*planLine) []string {
	var notes, over, strange []string
	for _, p := range b.Plans {
		if p.Year != year || p.Code != "" {
			continue
		}
		given, used := 0, 0
		for _, l := range lines {
			if l.township == p.Township {
				given, used = given+max(l.plan, 0), used+l.quota.Approved+l.quota.UnderWay
			}
		}
		notes = append(notes, fmt.Sprintf("%s计划 %d 名,已分到单位 %d 名,已批准和在办 %d 名,还剩 %d 名。", model.Clean(p.Township, false), p.Quota, given, used, p.Quota-used))
	}
	for _, l := range lines {
		if l.plan >= 0 && l.left() < 0 {
			over = append(over, model.Clean(l.name, false))
		}
		if len(l.forms.Strange) > 0 && l.forms.Issued > 0 {
			strange = append(strange, model.Clean(l.name, false)+" "+model.Clean(strings.Join(l.forms.Strange, "、"), false))
		}
	}
	if len(over) > 0 {
		notes = append(notes, "超过计划的:"+strings.Join(over, "、")+"。")
	}
	if len(strange) > 0 {
		notes = append(notes, "填的志愿书编号不在发出的里面,请核对:"+strings.Join(strange, ";")+"。")
	}
	return notes
}
