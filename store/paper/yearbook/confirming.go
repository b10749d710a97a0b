package yearbook

import (
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/store/paper/page"
)

// outcome is what became of one whose probation ended, or was ended, in the span.
type outcome int

const (
	notDue outcome = iota
	confirmed
	confirmedExtended // after an extension
	extended
	cancelled
	undecided
	cancelledEarly // before the probation's end
)

// confirming is table 13 (domain.md §8.6): what became of the probationary members. One
// person counts once, by what was decided last in the span.
func (b *book) confirming() ([]page.Block, error) {
	everyone, err := b.everyone()
	if err != nil {
		return nil, err
	}
	admissions, err := b.find("admission", model.Where("accepted_on", model.Filled))
	if err != nil {
		return nil, err
	}
	by := map[string]*model.Record{}
	for _, a := range admissions {
		if had := by[a.Str("person")]; had == nil || had.Date("accepted_on") < a.Date("accepted_on") {
			by[a.Str("person")] = a
		}
	}
	var found []outcome
	var waiting, undated []*person
	for _, p := range everyone {
		o, dated := b.outcome(p, by[p.r.ID])
		if o != notDue {
			found = append(found, o)
		}
		if o == undecided {
			waiting = append(waiting, p)
		}
		if !dated {
			undated = append(undated, p)
		}
	}
	const approved = "已经上级党组织审批"
	is := func(of ...outcome) func(outcome) answer {
		return func(o outcome) answer { return when(slices.Contains(of, o)) }
	}
	decided := []outcome{confirmed, confirmedExtended, extended, cancelled}
	late := func(o outcome) answer { return both(is(confirmed)(o), unclear) }
	g := cross("项目", found, []class[outcome]{{label: "人数", is: all[outcome]}}, []class[outcome]{
		{label: "预备期满的党员", is: is(append(decided, undecided)...)},
		{above: []string{approved, "合计"}, label: "合计", is: is(decided...)},
		{above: []string{approved, "转为正式党员"}, label: "转为正式党员", is: is(confirmed, confirmedExtended)},
		{above: []string{approved, "其中"}, label: "延长预备期转正", is: is(confirmedExtended)},
		{above: []string{approved, "其中"}, label: "推迟讨论转正", is: late},
		{above: []string{approved, "延长预备期"}, label: "延长预备期", is: is(extended)},
		{above: []string{approved, "取消预备党员资格"}, label: "取消预备党员资格", is: is(cancelled)},
		{label: "尚未讨论或审批", is: is(undecided)},
		{label: "预备期未满被取消预备党员资格", is: is(cancelledEarly)},
	})
	below := []string{"推迟讨论转正台账不单记,有转正的留空。预备期从支部大会通过之日起算一年,延长的到延长期满;按本期最后一次决定列。"}
	if len(waiting) > 0 {
		below = append(below, fmt.Sprintf("预备期已满、尚未讨论或审批的:%s。", b.named(waiting)))
	}
	if len(undated) > 0 {
		below = append(below, fmt.Sprintf("没有填入党日期、算不出预备期的预备党员 %d 人,没有计入:%s。", len(undated), b.named(undated)))
	}
	return b.blocks(g, 8, check(g, columnIs(1, 2, 8), columnIs(2, 3, 6, 7), columnHolds(3, 4, 5)), below), nil
}

// outcome says what became of a person; dated is false where the probation's end can't be
// told.
func (b *book) outcome(p *person, a *model.Record) (o outcome, dated bool) {
	end := b.probationEnd(p, a)
	var last *model.Record
	for _, m := range p.moves {
		if m.Is("kind", "转正", "延长预备期", "取消预备党员资格") && b.in(m.Date("happened_on")) {
			last = m
		}
	}
	if p.member && p.probationary && end == "" {
		return notDue, false
	}
	if p.member && p.probationary && end <= b.to {
		return undecided, true
	}
	if last == nil {
		return notDue, true
	}
	switch day := last.Date("happened_on"); last.Str("kind") {
	case "延长预备期":
		return extended, true
	case "取消预备党员资格":
		if end != "" && day < end {
			return cancelledEarly, true
		}
		return cancelled, true
	}
	if p.last(b.to, "延长预备期") != nil || a != nil && a.Filled("extended_to") {
		return confirmedExtended, true
	}
	return confirmed, true
}

// probationEnd is the end of the probation as it stood at the day: a year after the branch
// meeting, or the end of its extension; "" where nobody wrote when it began.
func (b *book) probationEnd(p *person, a *model.Record) model.Date {
	end := model.Date("")
	if joined := p.r.Date("joined_on"); joined != "" {
		end = joined.AddMonths(b.q.Env.Packs.Limit("admission.probation.months", joined).Int())
	}
	voted := model.Date("")
	if a != nil {
		voted = a.Date("confirm_voted_on")
	}
	if voted != "" && voted <= b.to {
		end = max(end, admission.AdmissionProbationEnd(b.q.Env.Packs, a))
	}
	if m := p.last(b.to, "延长预备期"); m != nil {
		end = max(end, m.Date("until"))
	}
	return end
}
