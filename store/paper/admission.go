package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/model/party/membership"
	"taizhang/store/paper/page"
)

// admissionPapers go with 发展党员 (domain.md §3).
var admissionPapers = []*page.Paper{
	{Name: "admission-record", Title: "发展党员全程纪实表", Group: "发展党员", Over: page.OverRecord, Kind: "admission", Make: admissionRecord},
	{Name: "admission-schedule", Title: "发展党员一览", Group: "发展党员", Over: page.OverDay, Make: admissionSchedule},
	{Name: "admission-votes", Title: "发展党员票决情况汇总表", Group: "发展党员", Over: page.OverYear, Make: admissionVotes},
	{Name: "admission-ballots", Title: "发展党员表决票", Group: "发展党员", Over: page.OverRecord, Kind: "admission", Make: admissionBallots},
	{Name: "observation-record", Title: "教育考察登记表", Group: "发展党员", Over: page.OverRecord, Kind: "admission", Make: observationRecord},
}

// admissionRecord is form K of domain.md §8.9: a row for each of the twenty-five steps.
// Who answers for a step is usage: regulations name the organisation, not the person.
func admissionRecord(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Record == nil && !q.Blank {
		return nil, nil
	}
	r := q.Record
	head, branch, err := admissionHead(ctx, q, r)
	if err != nil {
		return nil, err
	}
	of, observed, err := coursed(ctx, q, r)
	if err != nil {
		return nil, err
	}
	t := &page.Table{Columns: []page.Column{page.Head("步骤", 12), {Heading: []string{"时限要求"}, Min: 16, Max: 26}, {Heading: []string{"实际日期"}, Format: page.Date, Min: 10},
		{Heading: []string{"形成材料"}, Min: 10, Max: 16}, {Heading: []string{"责任主体"}, Min: 8, Max: 12}, page.Head("责任人\n签字", 8), {Heading: []string{"备注"}, Min: 14, Max: 24}}}
	for _, s := range of {
		for _, stage := range admission.Stages {
			if stage.First == s.No {
				t.Rows = append(t.Rows, []any{page.Span(stage.Title)})
			}
		}
		var on any
		if s.On != "" {
			on = s.On.Time()
		}
		t.Rows = append(t.Rows, []any{fmt.Sprintf("%d %s", s.No, s.Name), termText(q, r, s), on, s.Document(), answerable[s.No], nil, stepRemark(r, s, observed)})
	}
	sheet := page.Sheet{Name: "全程纪实表", Title: "发展党员全程纪实表", Left: "党支部:" + branch, Blocks: []page.Block{head, page.Lines{Text: []string{""}, Size: 4}, t,
		page.Lines{Text: []string{"本人签字:                培养联系人签字:                党支部书记签字:                "}, Space: 10}}}
	if !q.Blank {
		sheet.Right = q.Day.Chinese()
	}
	return []page.Sheet{sheet}, nil
}

// coursed gives the twenty-five steps as they stand at the day, all ahead for a blank
// form, and the observations on file.
func coursed(ctx context.Context, q *page.Request, r *model.Record) ([]admission.StepAt, []*model.Record, error) {
	if r == nil {
		r = model.NewRecord(q.Ledger.Kinds().Kind("admission"))
		return admission.Course(q.Env.Packs, r, nil, "", q.Day), nil, nil
	}
	observed, err := read(ctx, q, "observation", []string{"held_on"}, model.Where("admission", model.Eq, r.ID))
	if err != nil {
		return nil, nil, err
	}
	opened, err := keptSince(q)
	return admission.Course(q.Env.Packs, r, observed, opened, q.Day), observed, err
}

// keptSince is the day from which the book is kept, "" where nothing tells.
func keptSince(q *page.Request) (model.Date, error) {
	b, err := membership.ReadBegun(q.Env)
	if err != nil || b.First == "" {
		return "", err
	}
	return b.First.First(), nil
}

// admissionHead is who is being admitted.
func admissionHead(ctx context.Context, q *page.Request, r *model.Record) (*page.Form, string, error) {
	p, err := personOf(q, r, "person")
	if err != nil {
		return nil, "", err
	}
	branch, err := branchOf(ctx, q, r)
	if r == nil && q.Blank && err == nil {
		branch = q.Home()
	}
	born := page.Blank(date(p, "birth_date"), 1)
	born.Format = page.Month
	row := func(a string, av page.Item, b string, bv page.Item, c string, cv page.Item) page.FormRow {
		return page.FormRow{Items: []page.Item{page.Label(a, 1), av, page.Label(b, 1), bv, page.Label(c, 1), cv}}
	}
	text := func(r *model.Record, field string) page.Item { return page.Blank(textAt(r, field), 1.4) }
	born.Weight = 1.4
	return &page.Form{Rows: []page.FormRow{
		row("姓名", text(p, "name"), "性别", text(p, "sex"), "出生年月", born),
		row("民族", text(p, "ethnicity"), "学历", text(p, "education"), "工作岗位", text(p, "occupation")),
		row("来源", text(r, "source"), "培养联系人", text(r, "mentors"), "入党介绍人", text(r, "sponsors")),
	}}, branch, err
}

// answerable says who usually answers for a step, by its number.
var answerable = map[int]string{1: "申请人", 2: "党支部", 3: "党支部", 4: "上级党委", 5: "党支部", 6: "党支部、培养联系人", 7: "党支部", 8: "上级党委", 9: "党支部",
	10: "党支部、上级党委", 11: "上级党委", 12: "支部委员会", 13: "上级党委", 14: "本人、介绍人", 15: "支部大会", 16: "上级党委", 17: "上级党委", 18: "组织部门",
	19: "党支部", 20: "党支部", 21: "党支部、介绍人", 22: "本人", 23: "支部大会", 24: "上级党委", 25: "上级党委、党支部"}

// termText is what the edition asks of a step in time, and its first and last day where
// they are known.
func termText(q *page.Request, r *model.Record, s admission.StepAt) string {
	limit := func(name, field string) int {
		day := q.Day
		if r != nil && r.Date(field) != "" {
			day = r.Date(field)
		}
		return q.Env.Packs.Limit(name, day).Int()
	}
	text := stepTerms(s.No, limit)
	switch {
	case s.Latest != "" && s.Field == "":
		text += fmt.Sprintf(",下次最迟 %s", s.Latest)
	case s.Latest != "":
		text += fmt.Sprintf(",最迟 %s", s.Latest)
	case s.No == 7 && s.Earliest != "":
		text += fmt.Sprintf(",最早 %s", s.Earliest)
	}
	return text
}

// stepTerms puts the limits into words (domain.md §3.1); limit gives one by its name and
// the field whose day decides by which edition.
func stepTerms(no int, limit func(name, field string) int) string {
	months := func(name, field, after, else_ string) string {
		if n := limit(name, field); n > 0 {
			return fmt.Sprintf("%s %d 个月内", after, n)
		}
		return else_
	}
	switch no {
	case 1:
		return fmt.Sprintf("年满 %d 周岁", limit("admission.age", "applied_on"))
	case 2:
		return months("admission.talk.months", "applied_on", "收到申请后", "及时")
	case 5:
		return fmt.Sprintf("%d 至 %d 名正式党员", limit("admission.mentors.min", "activist_on"), limit("admission.mentors.max", "activist_on"))
	case 6:
		return fmt.Sprintf("培养满 %d 个月,每 %d 个月考察一次", limit("admission.activist.months", "activist_on"), limit("admission.observe.months", "activist_on"))
	case 7:
		text := fmt.Sprintf("确定积极分子满 %d 个月", limit("admission.activist.months", "activist_on"))
		if n := limit("admission.notice.workdays", "candidate_on"); n > 0 {
			text += fmt.Sprintf(",公示不少于 %d 个工作日", n)
		}
		return text
	case 9:
		return fmt.Sprintf("%d 名正式党员", limit("admission.sponsors", "accepted_on"))
	case 10:
		return "支部大会以前,必须合格"
	case 11:
		return fmt.Sprintf("不少于 %d 天或 %d 学时", limit("admission.training.days", "trained_on"), limit("admission.training.hours", "trained_on"))
	case 14:
		return "预审通过以后"
	case 15:
		return months("admission.meeting.months", "prereviewed_on", "预审通过后", "预审通过以后")
	case 16:
		return "审批以前"
	case 17:
		return fmt.Sprintf("支部大会后 %d 个月内,最长 %d 个月", limit("admission.approve.months", "accepted_on"), limit("admission.approve.longest", "accepted_on"))
	case 20:
		return months("admission.oath.months", "approved_on", "审批后", "审批后及时")
	case 21:
		return fmt.Sprintf("预备期 %d 个月,每 %d 个月考察一次", limit("admission.probation.months", "accepted_on"), limit("admission.observe.months", "accepted_on"))
	case 22:
		return "预备期满时"
	case 23:
		return months("admission.discuss.months", "accepted_on", "预备期满后", "预备期满后及时")
	case 24:
		return months("admission.confirm.months", "confirm_voted_on", "支部大会后", "及时")
	case 25:
		return months("admission.archive.months", "confirm_approved_on", "审批后", "及时")
	}
	return "及时"
}

// stepRemark is what else is on file of a step: names, numbers, votes, the days of all
// observations.
func stepRemark(r *model.Record, s admission.StepAt, observed []*model.Record) string {
	if r == nil {
		return ""
	}
	var parts []string
	switch {
	case s.Field == "":
		stage := "积极分子"
		if s.No == 21 {
			stage = "预备党员"
		}
		for _, o := range observed {
			if o.Is("stage", stage) {
				parts = append(parts, o.Text("held_on"))
			}
		}
		if n := len(parts); n > 0 {
			return fmt.Sprintf("考察 %d 次:%s", n, strings.Join(parts, "、"))
		}
		return ""
	case r.Kind.Field(s.Field).Type != model.TypeDate:
		parts = append(parts, r.Text(s.Field))
	}
	for _, name := range s.Fields() {
		if v := r.Text(name); v != "" {
			parts = append(parts, r.Kind.Field(name).Label+" "+v)
		}
	}
	return strings.Trim(strings.Join(parts, ","), ",")
}

// admissionSchedule says who may take which step from when to when.
func admissionSchedule(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 6), {Heading: []string{"年龄"}, Min: 4, Align: page.Centre},
		page.Head("所处阶段", 8), {Heading: []string{"申请入党"}, Format: page.Date, Min: 10}, {Heading: []string{"确定积极分子"}, Format: page.Date, Min: 10}, {Heading: []string{"确定发展对象"}, Format: page.Date, Min: 10},
		{Heading: []string{"支部大会接收"}, Format: page.Date, Min: 10}, {Heading: []string{"下一步", "步骤"}, Min: 10}, {Heading: []string{"下一步", "最早"}, Format: page.Date, Min: 10},
		{Heading: []string{"下一步", "最迟"}, Format: page.Date, Min: 10}, {Heading: []string{"下一步", "眼下"}, Min: 8}, {Heading: []string{"下次考察最迟"}, Format: page.Date, Min: 10},
		{Heading: []string{"预备期满"}, Format: page.Date, Min: 10}, {Heading: []string{"漏填的步骤"}, Min: 8, Max: 24}}}
	if q.Blank {
		t.Empty, t.Tall = 15, 24
	} else if err := fillSchedule(ctx, q, t); err != nil || len(t.Rows) == 0 {
		return nil, err
	}
	return []page.Sheet{{Name: "发展党员一览", Title: "发展党员一览", Left: "填报单位:" + q.Home(), Right: spanOf(q, page.OverDay), Landscape: true, Blocks: []page.Block{t,
		page.Lines{Text: []string{"最早、最迟按该步骤适用的《中国共产党发展党员工作细则》计算,没有写的为没有规定期限。"}, Size: page.MinSize, Space: 4}}}}, nil
}

func fillSchedule(ctx context.Context, q *page.Request, t *page.Table) error {
	open, err := underWay(ctx, q)
	if err != nil {
		return err
	}
	var fault error
	t.Rows, err = rowsOf(ctx, q, open, func(n int, r *model.Record) []any {
		p, err := personOf(q, r, "person")
		steps, _, courseErr := coursed(ctx, q, r)
		if fault = cmp.Or(fault, err, courseErr); fault != nil {
			return nil
		}
		g := admission.AdmissionProgress(q.Env.Packs, r)
		next := ""
		if g.Next != nil {
			next = fmt.Sprintf("%d %s", g.Next.No, g.Next.Name)
		}
		observe := steps[5].Latest
		if steps[20].Latest != "" {
			observe = steps[20].Latest
		}
		return []any{int64(n), textAt(p, "name"), ageAt(q, p), r.Kind.DerivedValue("stage").Value(q.Env, r),
			date(r, "applied_on"), date(r, "activist_on"), date(r, "candidate_on"), date(r, "accepted_on"), next, dayOf(g.Earliest), dayOf(g.Latest),
			standingOf(q.Day, g), dayOf(observe), dayOf(admission.AdmissionProbationEnd(q.Env.Packs, r)), g.MissingText()}
	})
	return cmp.Or(fault, err)
}

// ageAt gives a person's age at the day, "" where it is not known.
func ageAt(q *page.Request, p *model.Record) string {
	if p == nil || !p.Filled("birth_date") {
		return ""
	}
	return strconv.Itoa(p.Date("birth_date").YearsAt(q.Day))
}

// underWay gives the admissions that go on, those first whose next step is due first.
func underWay(ctx context.Context, q *page.Request) ([]*model.Record, error) {
	all, err := read(ctx, q, "admission", []string{"applied_on"}, model.Where("ended_on", model.Empty), model.Where("archived_on", model.Empty))
	if err != nil {
		return nil, err
	}
	last := map[string]model.Date{}
	open := all[:0]
	for _, r := range all {
		g := admission.AdmissionProgress(q.Env.Packs, r)
		p, err := personOf(q, r, "person")
		if err != nil {
			return nil, err
		}
		if g.Next == nil || p != nil && membership.HasLeft(p) {
			continue
		}
		last[r.ID] = cmp.Or(g.Latest, "9999")
		open = append(open, r)
	}
	slices.SortStableFunc(open, func(a, b *model.Record) int { return cmp.Compare(last[a.ID], last[b.ID]) })
	return open, nil
}

// standingOf says whether the next step's time has come.
func standingOf(day model.Date, g admission.Progress) string {
	switch {
	case g.Next == nil:
		return ""
	case g.Latest != "" && day > g.Latest:
		return fmt.Sprintf("已超期 %d 天", g.Latest.DaysUntil(day))
	case g.Earliest != "" && day < g.Earliest:
		return fmt.Sprintf("还差 %d 天", day.DaysUntil(g.Earliest))
	case g.Latest == day:
		return "今天到期"
	case g.Latest != "":
		return fmt.Sprintf("可以办,还剩 %d 天", day.DaysUntil(g.Latest))
	}
	return "可以办"
}

// dayOf gives a day for a cell, nil for none.
func dayOf(d model.Date) any {
	if d == "" {
		return nil
	}
	return d.Time()
}
