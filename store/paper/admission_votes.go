package paper

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party/vote"
	"taizhang/store/paper/page"
)

// admissionMeeting is a branch meeting that votes on one person.
type admissionMeeting struct{ day, prefix, matter string }

var admissionMeetings = []admissionMeeting{{"accepted_on", "votes", "接收为预备党员"}, {"confirm_voted_on", "confirm", "转为正式党员"}}

// admissionVotes lists the year's votes on admissions and confirmations, with what the
// rules ask of them (domain.md §3.6).
func admissionVotes(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	t := &page.Table{Fixed: 2, Columns: []page.Column{page.Serial(), page.Head("姓名", 6), page.Head("表决事项", 10), {Heading: []string{"支部大会日期"}, Format: page.Date, Min: 10},
		{Heading: []string{"有表决权的党员", "应到会"}, Format: page.Number, Align: page.Centre, Min: 6}, {Heading: []string{"有表决权的党员", "实到会"}, Format: page.Number, Align: page.Centre, Min: 6}, {Heading: []string{"票数", "赞成"}, Format: page.Number, Align: page.Centre, Min: 6},
		{Heading: []string{"票数", "反对"}, Format: page.Number, Align: page.Centre, Min: 6}, {Heading: []string{"票数", "弃权"}, Format: page.Number, Align: page.Centre, Min: 6}, {Heading: []string{"到会超过半数"}, Align: page.Centre, Min: 8}, {Heading: []string{"赞成超过半数"}, Align: page.Centre, Min: 8}, page.Head("表决结果", 8), page.Head("备注", 8)}}
	if q.Blank {
		t.Empty, t.Tall = 12, 26
	} else if err := fillVotes(ctx, q, t); err != nil || len(t.Rows) == 0 {
		return nil, err
	}
	return []page.Sheet{{Name: "票决情况汇总表", Title: "发展党员票决情况汇总表", Left: "党支部:" + q.Home(), Right: spanOf(q, page.OverYear), Landscape: true, Blocks: []page.Block{t,
		page.Lines{Text: []string{"赞成票含因故不能到会、会前正式交来的书面赞成意见。半数以应到会有表决权的正式党员计算,到会和赞成都要超过半数。"}, Size: page.MinSize, Space: 4},
		page.Lines{Text: []string{"监票人:                    计票人:                    支部书记:                    日期:      年    月    日"}, Space: 10}}}}, nil
}

func fillVotes(ctx context.Context, q *page.Request, t *page.Table) error {
	type ballot struct {
		admissionMeeting
		r *model.Record
	}
	var all []*model.Record
	meets := map[*model.Record]ballot{} // a record that was voted on twice is there twice
	for _, m := range admissionMeetings {
		found, err := read(ctx, q, "admission", []string{m.day}, withinYear(m.day)(q)...)
		if err != nil {
			return err
		}
		for _, r := range found {
			meets[r] = ballot{m, r}
			all = append(all, r)
		}
	}
	slices.SortStableFunc(all, func(a, b *model.Record) int { return cmp.Compare(a.Date(meets[a].day), b.Date(meets[b].day)) })
	var err error
	t.Rows, err = rowsOf(ctx, q, all, func(n int, r *model.Record) []any {
		m := meets[r]
		due, came, yes := r.Int(m.prefix+"_due"), r.Int(m.prefix+"_present"), r.Int(m.prefix+"_for")
		quorum, majority, result := "", "", ""
		if r.Filled(m.prefix+"_due") && r.Filled(m.prefix+"_present") {
			quorum = yesNo(vote.AdmissionQuorum(q.Env.Packs, r.Date(m.day), due, came))
		}
		if r.Filled(m.prefix+"_due") && r.Filled(m.prefix+"_for") {
			passes := vote.AdmissionPasses(q.Env.Packs, r.Date(m.day), due, yes)
			majority, result = yesNo(passes), "通过"
			if !passes {
				result = "没有通过"
			}
		}
		matter := m.matter
		if m.prefix == "confirm" {
			matter = cmp.Or(map[string]string{"延长预备期": "延长预备期", "取消资格": "取消预备党员资格"}[r.Str("confirm_result")], matter)
		}
		return []any{int64(n), r.Text("person"), matter, date(r, m.day), valueOf(r, m.prefix+"_due"), valueOf(r, m.prefix+"_present"),
			valueOf(r, m.prefix+"_for"), valueOf(r, m.prefix+"_against"), valueOf(r, m.prefix+"_abstain"), quorum, majority, result, ""}
	})
	return err
}

// admissionBallots are the slips of a secret vote on one person, as many as may vote.
func admissionBallots(ctx context.Context, q *page.Request) ([]page.Sheet, error) {
	if q.Record == nil && !q.Blank {
		return nil, nil
	}
	r, name, matter, votes := q.Record, "", admissionMeetings[0].matter, 12
	if r != nil {
		name = r.Text("person")
		if r.Filled("approved_on") {
			matter = admissionMeetings[1].matter
		}
		var err error
		if votes, err = voters(q, r); err != nil {
			return nil, err
		}
	}
	branch, err := branchOf(ctx, q, r)
	if err != nil {
		return nil, err
	}
	ballot := []page.Block{
		page.Lines{Text: []string{"发展党员表决票"}, Align: page.Centre, Size: 15, Bold: true},
		page.Lines{Text: []string{branch + "支部大会        事项:" + matter}, Align: page.Centre},
		&page.Form{Rows: []page.FormRow{
			{Tall: 24, Items: []page.Item{page.Label("姓名", 3), page.Label("赞成", 2), page.Label("反对", 2), page.Label("弃权", 2)}},
			{Tall: 30, Items: []page.Item{{Value: name, Weight: 3, Align: page.Centre}, page.Blank(nil, 2), page.Blank(nil, 2), page.Blank(nil, 2)}}}},
		page.Lines{Text: []string{"说明:无记名投票,在一栏内画“○”,多画或不画的按弃权计。        (党支部盖章)"}, Size: page.MinSize},
	}
	return []page.Sheet{{Name: "表决票", Blocks: slips(ballot, votes)}}, nil
}

// voters counts who has a vote at the day in the organisation of a record.
func voters(q *page.Request, r *model.Record) (int, error) {
	all, err := q.Env.Look.Find("person", append(model.OwnConds(q.Env, r), model.Where("status", model.Eq, "正式党员"), model.Where("standing", model.Eq, "在册"), model.Where("not_due", model.Empty))...)
	if err != nil {
		return 0, fmt.Errorf("voters: %w", err)
	}
	n := 0
	for _, p := range all {
		n += model.OneIf(p.Kind.DerivedValue("voting").Value(q.Env, p) == "有")
	}
	return n, nil
}

// slips repeats a slip with a line to cut along below it, as many on a page as it holds.
func slips(slip []page.Block, n int) []page.Block {
	const pageHeight, cut = 735, 32 // points, without the margins
	height := 0.0
	for _, r := range page.Lay(page.Sheet{Blocks: slip}).Rows {
		height += r.Height
	}
	onPage := max(1, int((pageHeight+cut)/(height+cut)))
	var all []page.Block
	for i := range n {
		switch {
		case i == 0:
		case i%onPage == 0:
			all = append(all, page.Break{})
		default:
			all = append(all, page.Cut{Text: "裁 切 线"})
		}
		all = append(all, slip...)
	}
	return all
}
